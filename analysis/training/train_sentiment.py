"""Train the sentiment model that ships, or say how well it travels.

    python -m analysis.training.train_sentiment --data DATA                       writes analysis/text/data/sentiment.npz
    python -m analysis.training.train_sentiment --data DATA --leave-out nhs_nhft  writes nothing, prints left-out figures

The same data and library versions give the same bytes. A family that is left out trains nothing: neither the n-grams,
nor the judge, nor the calibration.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.text import ngrams
from analysis.training import calibration, figures
from analysis.training.calibration import Floats, LeftOut
from analysis.training.families import scored_sets, training_families
from analysis.training.sentiment_model import FAMILY_WEIGHT, Judged, Prepared, Trainer, prepare

SHIPPED = Path(__file__).parent.parent / "text/data/sentiment.npz"


@dataclass
class Fitted:
    """A whole model: n-grams, judge (its sums tempered) and the confidences of its labels."""

    learned: ngrams.Weights
    judge: Judged
    table: Floats

    def sums(self, texts: Prepared) -> Floats:
        """Return the sums of the three labels, a row a text."""
        scores = np.array([self.learned.score(grams) for grams in texts.grams])
        return self.judge.sums(np.hstack([texts.values, scores]))


def fit(trainer: Trainer, names: frozenset[str]) -> Fitted:
    """Fit on these families; temperature and confidences come from leaving each of them out in turn."""
    left_out = []
    for name in sorted(names):
        others = names - {name}
        texts = trainer.families[name]
        left_out.append(LeftOut(name, trainer.judge(others).sums(trainer.numbers(texts, others)), texts.labels))
    heat = calibration.temperature(left_out)
    tempered = [LeftOut(one.name, one.sums / heat, one.labels) for one in left_out]
    judged = trainer.judge(names)
    return Fitted(
        trainer.ngrams(names),
        Judged(judged.weights / heat, judged.start / heat),
        calibration.confidences(tempered),
    )


def write(fitted: Fitted, path: Path) -> None:
    """Write plain arrays: the vocabulary as UTF-8 lines, n-gram weights in steps of one byte, the judge as it is."""
    table = np.array([*fitted.learned.table.values()])
    step = float(np.abs(table).max()) / 127
    steps = np.rint(table / step).astype(np.int8)
    kept = np.abs(steps).max(axis=1) > 0
    words = [gram for gram, keep in zip(fitted.learned.table, kept, strict=True) if keep]
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        ngrams=steps[kept],
        step=np.float32(step),
        start=np.array(fitted.learned.start, dtype=np.float32),
        judge=fitted.judge.weights.round(6),
        judge_start=fitted.judge.start.round(6),
        chances=calibration.GRID,
        confidences=fitted.table.round(4),
    )


def main(argv: list[str] | None = None) -> int:
    """Train or score, as the arguments say, and return 0."""
    args = argparse.ArgumentParser(description="Train the sentiment model, or score it on families left out.")
    args.add_argument("--data", type=Path, required=True, help="the folder of labelled sets")
    args.add_argument("--leave-out", choices=["each", *FAMILY_WEIGHT], help="score on this family, or on each in turn")
    args.add_argument("--output", type=Path, default=SHIPPED, help="where to write the weights")
    args.add_argument(
        "--plot", type=Path, help="where to draw how reliable the confidences are (with --leave-out each)"
    )
    chosen = args.parse_args(argv)
    trainer = Trainer({name: prepare(each) for name, each in training_families(chosen.data).items()})
    everything = frozenset(trainer.families)
    sets = {name: prepare(each) for name, each in scored_sets(chosen.data).items()}
    if not chosen.leave_out:
        fitted = fit(trainer, everything)
        write(fitted, chosen.output)
        _print([figures.measure(name, fitted, sets[name]) for name in sorted(set(sets) - everything)])
        return 0
    families = sorted(everything) if chosen.leave_out == "each" else [chosen.leave_out]
    measured = []
    for name in families:
        measured.append(figures.measure(name, fit(trainer, everything - {name}), sets[name]))
    _print(measured)
    print(f"calibration error of all together {figures.pooled_error(measured):.3f}")
    if chosen.plot:
        figures.draw_reliability(measured, chosen.plot)
    return 0


def _print(measured: list[figures.Measured]) -> None:
    """Print a line for each set."""
    for one in measured:
        print(one.line())


if __name__ == "__main__":
    sys.exit(main())
