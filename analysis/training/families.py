"""The labelled sets, by family: texts that were written in one field for one purpose, and are left out together."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NEGATIVE, NEUTRAL, POSITIVE = range(3)
LABELS = {"negative": NEGATIVE, "neutral": NEUTRAL, "positive": POSITIVE}
_OF_KIND = {"praise": POSITIVE, "nothing": POSITIVE, "other": NEUTRAL, "suggestion": NEGATIVE, "complaint": NEGATIVE}
_PURPOSE = {
    "What was good?": "experience",
    "What could we do better?": "suggestion",
    "Trust A - Q1": "suggestion",
    "Trust A - Q2": "experience",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label, the purpose of its question, and how much it counts."""

    text: str
    label: int
    asked: str | None = None
    weight: float = 1.0


def training_families(data: Path) -> dict[str, list[Example]]:
    """Return the families that may train what ships, from the folder of the data."""
    return {
        "rated_films": list(_labelled(data / "sentiment/rated_films.jsonl")),
        "rated_tweets": list(_labelled(data / "sentiment/rated_tweets.jsonl")),
        "nhs_nhft": [*_with_and_without(_survey(data / "surveys/nhs_nhft.csv")), *_kinds(data, "NHFT")],
        "nhs_phase1": [*_with_and_without(_criticality(data / "surveys/nhs_phase1.csv")), *_kinds(data, "Trust A")],
    }


def scored_sets(data: Path) -> dict[str, list[Example]]:
    """Return every set of labelled sentiment as it is scored: each text once, without its question."""
    sets = {path.stem: list(_labelled(path)) for path in sorted((data / "sentiment").glob("*.jsonl"))}
    sets["nhs_phase1"] = [Example(one.text, one.label) for one in _criticality(data / "surveys/nhs_phase1.csv")]
    return sets


def _labelled(path: Path) -> Iterator[Example]:
    """Yield the lines of a set of sentiment."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(row["text"], LABELS[row["label"]])


def _survey(path: Path) -> Iterator[Example]:
    """Yield the labelled answers of the trust's survey: 1 and 2 positive, 3 neutral, 4 and 5 negative."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Comment sentiment"] and row["FFT answer"].strip():
                grade = float(row["Comment sentiment"])
                label = POSITIVE if grade < 3 else NEUTRAL if grade == 3 else NEGATIVE
                yield Example(row["FFT answer"], label, _PURPOSE[row["FFT question"]])


def _criticality(path: Path) -> Iterator[Example]:
    """Yield the answers of the other trust, by the sign of their criticality; -9 means that it was not judged."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["criticality"] and -5 <= (grade := float(row["criticality"])) <= 5:
                label = POSITIVE if grade > 0 else NEGATIVE if grade < 0 else NEUTRAL
                yield Example(row["feedback"], label, _PURPOSE[row["question"]])


def _kinds(data: Path, trust: str) -> Iterator[Example]:
    """Yield the sentences that were sorted into kinds, for half of their weight: a kind is not quite a sentiment."""
    with (data / "kinds/nhs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["trust"] == trust and row["certain"]:
                yield Example(row["text"], _OF_KIND[row["kind"]], None, 0.5)


def _with_and_without(examples: Iterator[Example]) -> Iterator[Example]:
    """Yield each example with its question and without, for half of its weight each: the question is not always known."""
    for example in examples:
        yield Example(example.text, example.label, example.asked, 0.5)
        yield Example(example.text, example.label, None, 0.5)
