"""Train the model of kinds that ships, or say how well it travels.

    python -m analysis.training.train_kinds --data DATA                        writes analysis/text/data/kinds.npz
    python -m analysis.training.train_kinds --data DATA --folds 5              writes nothing, prints cross-validated figures
    python -m analysis.training.train_kinds --data DATA --leave-out "Trust A"  writes nothing, tests on the trust left out

DATA is the folder with kinds/nhs.jsonl. Add --blind to leave out the sentence's sentiment, part of which was trained on answers
of one of these trusts. The same data, sentiment model and library versions give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.text import sentiment, shapes
from analysis.text.kinds import KINDS
from analysis.training.kinds_model import Floats, Ints, Sentences, chances, fit, numbers, sure_of

SHIPPED = Path(__file__).parent.parent / "text/data/kinds.npz"
_RESAMPLES = 1000
_OTHER = {"suggestion": "experience", "experience": "suggestion"}


def load(path: Path, *, blind: bool = False) -> Sentences:
    """Return the labelled sentences of a file, a JSON object a line."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def described(purpose: Callable[[str], str | None]) -> Floats:
        seen = []
        for row in rows:
            asked = purpose(row["asked"])
            felt = None if blind else sentiment.of_sentence(row["text"], asked)
            seen.append(shapes.describe(row["text"], asked, felt))
        return numbers(seen)

    return Sentences(
        described(lambda asked: asked),
        described(lambda asked: None),
        described(_OTHER.get),
        np.array([KINDS.index(row["kind"]) for row in rows]),
        sure_of([row["certain"] for row in rows]),
        [" ".join(shapes.plain(row["text"]).split()) for row in rows],
        [row["trust"] for row in rows],
    )


def out_of_fold(given: Sentences, folds: int) -> Floats:
    """Return the chances of each sentence from weights that never saw it; the same words are always in the same fold."""
    fold = np.array([zlib.crc32(text.encode()) % folds for text in given.texts])
    found = np.zeros((len(given.texts), len(KINDS)))
    for one in range(folds):
        weights = fit(given.rows(np.flatnonzero(fold != one)))
        found[fold == one] = chances(weights, given.asked[fold == one])
    return found


def left_out(given: Sentences, trust: str) -> tuple[Sentences, Floats]:
    """Return the sentences of a trust and their chances from weights that saw neither the trust nor the same words elsewhere."""
    tested = np.flatnonzero(np.array(given.trusts) == trust)
    if not len(tested):
        raise SystemExit(f"No sentence is of {trust!r}. There are: {', '.join(sorted(set(given.trusts)))}.")
    known = {given.texts[row] for row in tested}
    trained = [row for row, text in enumerate(given.texts) if given.trusts[row] != trust and text not in known]
    test = given.rows(tested)
    return test, chances(fit(given.rows(np.array(trained))), test.asked)


def temperature(found: Floats, kinds: Ints) -> float:
    """Return the power that makes the chances of sentences never seen most likely."""
    logs = np.log(found + 1e-12)
    powers = np.geomspace(0.4, 2.5, 85)
    losses = []
    for power in powers:
        scaled = np.exp(logs * power)
        scaled /= scaled.sum(axis=1, keepdims=True)
        losses.append(-np.log(scaled[np.arange(len(kinds)), kinds]).mean())
    return float(powers[int(np.argmin(losses))])


def figures(kinds: Ints, guess: Ints) -> dict[str, float]:
    """Return macro-F1, F1 of each kind, and leak: the share of praise and nothing that would enter the backlog."""
    each: dict[str, float] = {}
    for place, kind in enumerate(KINDS):
        hits = ((kinds == place) & (guess == place)).sum()
        each[kind] = float(2 * hits / max(1, (kinds == place).sum() + (guess == place).sum()))
    quiet = np.isin(kinds, (KINDS.index("praise"), KINDS.index("nothing")))
    leak = float(np.isin(guess[quiet], (KINDS.index("suggestion"), KINDS.index("complaint"))).mean())
    there = [each[KINDS[place]] for place in sorted(set(kinds.tolist()))]
    return {"macro_f1": float(np.mean(there)), "leak": leak, **each}


def report(name: str, kinds: Ints, found: Floats) -> None:
    """Print the figures with 95 % intervals from resampling the sentences, and the calibration error."""
    guess = found.argmax(axis=1)
    chance = np.random.default_rng(3)
    drawn = [chance.integers(0, len(kinds), len(kinds)) for _ in range(_RESAMPLES)]
    samples = [figures(kinds[rows], guess[rows]) for rows in drawn]
    print(f"{name}: n {len(kinds)}, calibration error {calibration_error(found, kinds):.3f}")
    for figure, value in figures(kinds, guess).items():
        low, high = np.percentile([sample.get(figure, np.nan) for sample in samples], [2.5, 97.5])
        print(f"  {figure:11} {value:.3f} ({low:.3f}-{high:.3f})")


def calibration_error(found: Floats, kinds: Ints) -> float:
    """Return the expected calibration error of the highest chance, over ten bins."""
    highest, right = found.max(axis=1), found.argmax(axis=1) == kinds
    place = np.minimum((highest * 10).astype(int), 9)
    gaps = [
        abs(highest[place == one].mean() - right[place == one].mean()) * (place == one).mean()
        for one in set(place.tolist())
    ]
    return float(sum(gaps))


def scaled(found: Floats, power: float) -> Floats:
    """Return the chances raised to a power and made to add up to one."""
    raised = found**power
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def write(given: Sentences, folds: int, path: Path) -> None:
    """Train on all sentences and write plain arrays; the scale makes confidences honest on sentences never seen."""
    power = temperature(out_of_fold(given, folds), given.kinds)
    weights = np.round(fit(given), 3).astype(np.float32)
    np.savez(path, names=np.array(shapes.features()), weights=weights, scale=np.float32(round(power, 3)))


def main() -> None:
    """Read the options and train or measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="the folder with kinds/nhs.jsonl")
    options.add_argument("--folds", type=int, help="print cross-validated figures of so many folds")
    options.add_argument("--leave-out", metavar="TRUST", help="print figures on a trust that trained nothing")
    options.add_argument("--blind", action="store_true", help="measure without the sentence's sentiment")
    options.add_argument("--out", type=Path, default=SHIPPED)
    given = options.parse_args()
    sentences = load(given.data / "kinds/nhs.jsonl", blind=given.blind)
    if given.leave_out:
        test, found = left_out(sentences, given.leave_out)
        report(f"{given.leave_out} left out", test.kinds, found)
    if given.folds:
        found = out_of_fold(sentences, given.folds)
        report(f"{given.folds} folds", sentences.kinds, scaled(found, temperature(found, sentences.kinds)))
    if not given.leave_out and not given.folds:
        write(sentences, 5, given.out)


if __name__ == "__main__":
    main()
