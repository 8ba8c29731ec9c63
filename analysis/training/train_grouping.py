"""Count in how many texts of everyday feedback each sign occurs: what `analysis.text.grouping` ships.

Run:  python -m analysis.training.train_grouping --data FOLDER
The same data give the same bytes. Only sets whose licence allows it are read: answers of two NHS trusts' surveys (MIT), and the
grouped questions of banking77 (PolyAI, CC BY 4.0) and CLINC150 (clinc/oos-eval, CC BY 3.0).
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np

from analysis.text.vectors import signs
from analysis.training import grouping_figures

SURVEYS = {"nhs_nhft.csv": "FFT answer", "nhs_phase1.csv": "feedback"}
GROUPED = ("nhs", "banking", "assistant")
OUT = Path(__file__).parents[1] / "text" / "data" / "grouping.npz"


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m analysis.training.train_grouping", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds surveys/ and grouping/")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument(
        "--figures", action="store_true", help="say how well each family is grouped, its bound chosen by the others"
    )
    given = parser.parse_args(argv)
    counted, texts = count(read(given.data))
    names = sorted(counted)
    joined = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
    times = np.array([counted[name] for name in names], np.int32)
    np.savez_compressed(given.out, signs=joined, texts=times, of=np.array(texts))
    print(f"{len(names)} signs of {texts} texts in {given.out.name}, {given.out.stat().st_size} bytes")
    if given.figures:
        print(*grouping_figures.report(grouping_figures.load(given.data, GROUPED)), sep="\n")
    return 0


def read(folder: Path) -> list[str]:
    """Return every text that may be counted, in a fixed order."""
    found = []
    for name, column in SURVEYS.items():
        with (folder / "surveys" / name).open(encoding="utf-8-sig", newline="") as lines:
            found += [row[column] for row in csv.DictReader(lines) if row[column]]
    for name in GROUPED:
        with (folder / "grouping" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    return found


def count(texts: list[str]) -> tuple[Counter[str], int]:
    """Return in how many texts each sign occurs, signs of a single text left out, and how many texts there are."""
    counted = Counter(sign for text in texts for sign in signs(text))
    return Counter({sign: times for sign, times in counted.items() if times > 1}), len(texts)


if __name__ == "__main__":
    raise SystemExit(main())
