"""How well a model does on texts it was not trained on, with intervals from resampling the texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.training.calibration import Floats, Judged, calibration_error, macro_f1
from analysis.training.sentiment_model import Prepared

_RESAMPLES = 500
Interval = tuple[float, float, float]


class Model(Protocol):
    """What can be measured: sums of the three labels, and how sure to be of a label."""

    def judged(self, name: str, texts: Prepared) -> Judged:
        """Return what the model makes of texts."""

    def confidence(self, texts: Judged) -> Floats:
        """Return how sure to be of each text's label."""


@dataclass
class Measured:
    """The figures of a set, each with its 95 % interval, and what the reliability plot needs."""

    name: str
    accuracy: Interval
    macro: Interval
    two_class: Interval
    error: Interval
    confidence: Floats
    right: NDArray[np.bool_]

    def line(self) -> str:
        """Return the figures in a line."""
        shown = "  ".join(
            f"{name} {value:.3f} ({low:.3f}-{high:.3f})"
            for name, (value, low, high) in (
                ("macro_f1", self.macro),
                ("two_class", self.two_class),
                ("accuracy", self.accuracy),
                ("calibration error", self.error),
            )
        )
        return f"{self.name:16} n {len(self.right):5}  {shown}"


def measure(name: str, model: Model, texts: Prepared) -> Measured:
    """Return the figures of a set; two_class is accuracy by the sign of the score on positive and negative texts."""
    judged = model.judged(name, texts)
    sums, labels, right = judged.sums, judged.labels, judged.right()
    guessed = sums.argmax(axis=1)
    positive = sums[:, 2] > sums[:, 0]
    clear = labels != 1
    confidence = model.confidence(judged)
    return Measured(
        name,
        _interval(lambda rows: float(right[rows].mean()), len(labels)),
        _interval(lambda rows: macro_f1(labels[rows], guessed[rows]), len(labels)),
        _interval(lambda rows: float((positive == (labels == 2))[rows][clear[rows]].mean()), len(labels)),
        _interval(lambda rows: calibration_error(confidence[rows], right[rows]), len(labels)),
        confidence,
        right,
    )


def _interval(figure: Callable[[NDArray[np.int64]], float], count: int) -> Interval:
    """Return a figure over all rows with its 95 % bootstrap interval."""
    chance = np.random.default_rng(20_16)
    resampled = [figure(chance.integers(0, count, count)) for _ in range(_RESAMPLES)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    return figure(np.arange(count)), float(low), float(high)


def pooled_error(measured: list[Measured]) -> float:
    """Return the calibration error over the texts of all sets."""
    return calibration_error(
        np.concatenate([one.confidence for one in measured]), np.concatenate([one.right for one in measured])
    )


def draw_reliability(measured: list[Measured], path: Path) -> None:
    """Draw how often labels were right against how sure the model was of them, for each family left out and all together."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow, and only needed here

    figure = Figure(figsize=(6, 5.4), layout="constrained")
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    every = [*((one.name, one.confidence, one.right) for one in measured)]
    every.append(
        ("all", np.concatenate([one.confidence for one in measured]), np.concatenate([one.right for one in measured]))
    )
    for name, confidence, right in every:
        shown = [(confidence[place].mean(), right[place].mean()) for place in _bins(confidence)]
        error = calibration_error(confidence, right)
        width, marker = (2.4, "o") if name == "all" else (1, ".")
        axes.plot(*zip(*shown, strict=True), marker=marker, linewidth=width, label=f"{name} (error {error:.3f})")
    axes.set(xlabel="confidence in the label", ylabel="share of labels that were right", xlim=(0, 1), ylim=(0, 1))
    axes.set_title("Sentiment: confidence on families left out of training", loc="left", fontsize=11)
    axes.legend(frameon=False, loc="upper left")
    figure.savefig(path, metadata={"Date": None})


def _bins(confidence: Floats) -> list[NDArray[np.bool_]]:
    """Return the rows of each tenth of confidence that holds at least twenty texts."""
    place = np.minimum((confidence * 10).astype(int), 9)
    return [place == one for one in range(10) if (place == one).sum() >= 20]
