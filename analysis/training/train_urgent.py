"""Train the weights by which urgent sentences in unforeseen words are marked.

    python -m analysis.training.train_urgent --data DATA    writes analysis/text/data/urgent.npz

What is urgent comes from our own sentences (tests/analysis/text/urgent_*.txt, the fresh ones left out), what is ordinary from
sets whose licence allows training. The same data and library versions give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.text import alarm, urgent
from analysis.text.roots import root, words
from analysis.text.sentences import split
from analysis.training.calibration import Floats
from analysis.training.families import training_families

SHIPPED = Path(__file__).parent.parent / "text/data/urgent.npz"
OWN = Path(__file__).parents[2] / "tests/analysis/text"
LISTS = (
    "urgent_sentences.txt", "urgent_unseen.txt", "urgent_again.txt", "urgent_families.txt", "urgent_everyday.txt",
    "urgent_many_trades.txt", "urgent_quiet_despair.txt",
)  # fmt: skip
INVENTED = "ordinary_leisure.txt"
_OF_EACH, _ORDINARY, _STRENGTH, _SEEN, _FOLDS = 3000, 0.5, 30.0, 2, 5
_SURELY, _PERHAPS, _GRAVEST = 0.005, 0.12, 0.003
"""Of ordinary sentences this share may be marked by the words alone, or would be if a rule were met too, or may sound like the
gravest type (`alarm.GRAVEST`): missing one of that costs most."""


def own(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield our own sentences with their type, "none" for near-misses."""
    for name in LISTS:
        kind = ""
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                kind = line.strip("[]")
            elif line and not line.startswith("#"):
                yield kind, line


def ordinary(data: Path, folder: Path) -> Iterator[str]:
    """Yield sentences of comments in which no rule is met; of each set as many, drawn by their digests.

    No set that may train speaks of families, lockers or websites without harm, so the demo's invented customers do.
    """
    sets = {name: [each.text for each in some] for name, some in training_families(data).items()}
    lines = (data / "grouping/banking.jsonl").read_text(encoding="utf-8").splitlines()
    sets["banking"] = [json.loads(line)["text"] for line in lines]
    sets["leisure"] = (folder / INVENTED).read_text(encoding="utf-8").splitlines()[1:]
    for texts in sets.values():
        found = {text[start:end] for text in texts for start, end in split(text)}
        drawn = sorted(found, key=lambda text: sha256(text.encode()).digest())[:_OF_EACH]
        yield from (text for text in drawn if not urgent.rules_met(text))


def _matrix(texts: Sequence[Sequence[str]], table: dict[str, int]) -> sparse.csr_matrix:
    """Return the texts' signs as rows, each as loud as when it is read."""
    columns = [[table[sign] for sign in signs if sign in table] for signs in texts]
    values = np.repeat([1 / max(len(signs), 1) ** 0.5 for signs in texts], [len(each) for each in columns])
    starts = np.concatenate([[0], np.cumsum([len(each) for each in columns])])
    flat = np.array([at for each in columns for at in each], dtype=np.int32)
    return sparse.csr_matrix((values, flat, starts), shape=(len(texts), len(table)))


def _fit(rows: sparse.csr_matrix, labels: NDArray[np.bool_], weights: Floats) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=500).fit(rows, labels, sample_weight=weights)


def unseen_sums(rows: sparse.csr_matrix, labels: NDArray[np.bool_], weights: Floats) -> Floats:
    """Return the sum of each text by a model that was trained without it."""
    place = np.arange(len(labels)) % _FOLDS
    sums = np.zeros(len(labels))
    for fold in range(_FOLDS):
        model = _fit(rows[place != fold], labels[place != fold], weights[place != fold])
        sums[place == fold] = model.decision_function(rows[place == fold])
    return sums


def main(argv: list[str] | None = None) -> int:
    """Train, write, print how many unseen sentences would be marked, and return 0."""
    args = argparse.ArgumentParser(description="Train what marks urgent sentences in unforeseen words.")
    args.add_argument("--data", type=Path, required=True, help="the folder of labelled sets")
    args.add_argument("--own", type=Path, default=OWN, help="the folder of our own sentences")
    args.add_argument("--output", type=Path, default=SHIPPED, help="where to write the weights")
    chosen = args.parse_args(argv)
    known, plain = list(own(chosen.own)), list(ordinary(chosen.data, chosen.own))
    kinds = np.array([kind for kind, _ in known] + ["none"] * len(plain))
    texts = [alarm.signs([root(word) for word in words(text)]) for text in [*(text for _, text in known), *plain]]
    counts = Counter(sign for signs in texts for sign in signs)
    table = {sign: at for at, sign in enumerate(sorted(sign for sign, seen in counts.items() if seen >= _SEEN))}
    rows, labels = _matrix(texts, table), kinds != "none"
    weights = np.where(np.arange(len(kinds)) < len(known), 1.0, _ORDINARY)
    sums = unseen_sums(rows, labels, weights)
    types = _fit(rows[labels], kinds[labels], weights[labels])
    surely, perhaps = np.quantile(sums[len(known) :], [1 - _SURELY, 1 - _PERHAPS])
    gravest = np.quantile(np.where(_sounds_gravest(types, rows), sums, sums.min())[len(known) :], 1 - _GRAVEST)
    print(
        f"urgent {labels.sum()}, others {(~labels).sum()}; marked unseen by words alone {(sums[labels] > surely).mean():.2f}"
    )
    _write(chosen.output, table, _fit(rows, labels, weights), types, (surely, perhaps, gravest))
    return 0


def _sounds_gravest(types: LogisticRegression, rows: sparse.csr_matrix) -> NDArray[np.bool_]:
    return np.asarray(types.classes_[(rows @ types.coef_.T).argmax(axis=1)] == alarm.GRAVEST)


def _write(
    path: Path,
    table: dict[str, int],
    model: LogisticRegression,
    types: LogisticRegression,
    bounds: tuple[float, float, float],
) -> None:
    """Write plain arrays, weights in steps of one byte."""
    step, type_step = (float(np.abs(each.coef_).max()) / 127 for each in (model, types))
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(table).encode("utf-8"), dtype=np.uint8),
        urgent=np.rint(model.coef_[0] / step).astype(np.int8),
        step=np.float32(step),
        start=round(float(model.intercept_[0]), 6),
        types=np.rint(types.coef_.T / type_step).astype(np.int8),
        type_step=np.float32(type_step),
        names=np.frombuffer("\n".join(types.classes_).encode("utf-8"), dtype=np.uint8),
        surely=round(float(bounds[0]), 4),
        perhaps=round(float(bounds[1]), 4),
        gravest=round(float(bounds[2]), 4),
    )


if __name__ == "__main__":
    sys.exit(main())
