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

from analysis.training import calibration, figures
from analysis.training.calibration import Floats, Judged, Trust
from analysis.training.families import scored_sets, training_families
from analysis.training.sentiment_model import FAMILY_WEIGHT, Prepared, Trainer, prepare

SHIPPED = Path(__file__).parent.parent / "text/data/sentiment.npz"


@dataclass
class Fitted:
    """A whole model: n-grams and judge of these families, the temperature of its sums, and how far to trust its labels."""

    trainer: Trainer
    names: frozenset[str]
    heat: float
    trust: Trust

    def judged(self, name: str, texts: Prepared) -> Judged:
        """Return what the model makes of texts."""
        return self.trainer.judged(name, texts, self.names).cooled(self.heat)

    def confidence(self, texts: Judged) -> Floats:
        """Return how sure to be of each text's label."""
        return self.trust.confidence(texts)


def fit(trainer: Trainer, names: frozenset[str]) -> Fitted:
    """Fit on these families; temperature and trust come from leaving each of them out in turn, wholly and by half."""
    ordered = sorted(names)
    far = [trainer.judged(name, trainer.families[name], names - {name}) for name in ordered]
    near = [trainer.half_left_out(name, names) for name in ordered]
    heat = calibration.temperature(far)
    trust = calibration.fit_trust([one.cooled(heat) for one in far], [one.cooled(heat) for one in near])
    return Fitted(trainer, names, heat, trust)


def write(fitted: Fitted, path: Path) -> None:
    """Write plain arrays: the vocabulary as UTF-8 lines, n-gram weights in steps of one byte, the judge as it is."""
    learned, judge = fitted.trainer.ngrams(fitted.names), fitted.trainer.judge(fitted.names)
    table = np.array([*learned.table.values()])
    step = float(np.abs(table).max()) / 127
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(learned.table).encode("utf-8"), dtype=np.uint8),
        ngrams=np.rint(table / step).astype(np.int8),
        step=np.float32(step),
        start=np.array(learned.start, dtype=np.float32),
        judge=(judge.weights / fitted.heat).round(6),
        judge_start=(judge.start / fitted.heat).round(6),
        trust=fitted.trust.weights.round(6),
        trust_start=round(fitted.trust.start, 6),
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
