"""What the analysis weighs: its import, its files, its memory on long files, and its time on absurd comments."""

from __future__ import annotations

import json
import os
import random
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import analysis
from bench.rows import Row
from surveyapp.demo import writer

SHORT, LONG = 100_000, 1_000_000
LONGEST = 100_000
ABSURD = ("Mr ", "Smith was rude. ", "!", "a", "bad\n", "😀", "\x00\x01 ", "thanks to ", "Привет hello 你好 ", "1 ")


def weight() -> Iterator[Row]:
    """Import the package in a new process, and count the bytes of its files."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import analysis"], check=True)
        times.append(time.perf_counter() - begun)
    yield Row("import of analysis, the interpreter included", min(times), "s", "< 0.5", min(times) < 0.5)
    files = [file for file in Path(analysis.__path__[0]).rglob("*") if file.is_file() and file.suffix != ".pyc"]
    ships = sum(file.stat().st_size for file in files) / 1e6
    yield Row("files of analysis", ships, "MB", "<= 10", ships <= 10)


def absurd() -> Iterator[Row]:
    """Analyse comments of 50,000 and 100,000 characters: twice the length may take about twice the time, no more."""
    worst = 0.0
    for piece in ABSURD:
        half, whole = (_seconds((piece * LONGEST)[:size]) for size in (LONGEST // 2, LONGEST))
        worst = max(worst, whole / max(half, 0.02))
    yield Row("time of a comment twice as long, worst of ten kinds", worst, "times", "<= 3", worst <= 3)


def memory() -> Iterator[Row]:
    """Pipe 100,000 and 1,000,000 lines, each with a word nobody wrote before, and compare the most memory taken."""
    short, long = (_peak(lines) for lines in (SHORT, LONG))
    yield Row(f"memory at {LONG:,} lines beside {SHORT:,}", long, "MB", "<= 1.1 times", long <= 1.1 * short, short)


def _seconds(text: str) -> float:
    begun = time.process_time()
    analysis.analyse(text)
    return time.process_time() - begun


def _peak(lines: int) -> float:
    """Return the most memory (MB) that one worker takes for so many lines."""
    texts = [each.experience or "Fine." for each in writer.responses(datetime.now(UTC).date(), total=20_000)]
    chance = random.Random(1)
    with subprocess.Popen(
        [sys.executable, "-m", "analysis", "--workers", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as program:
        assert program.stdin is not None
        for number in range(lines):
            new = "".join(chance.choices(string.ascii_lowercase, k=7))
            program.stdin.write(json.dumps({"id": number, "text": f"{texts[number % len(texts)]} {new}"}) + "\n")
        program.stdin.close()
        _, _, used = os.wait4(program.pid, 0)
        program.returncode = 0
    return used.ru_maxrss / 1024
