"""The analysis: comments a second through the program, beside bare TextBlob; and an import of 100,000 rows with its analysis."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from bench.house import folder
from bench.rows import Row
from surveyapp.demo import writer

MANY = 20_000
ROWS = 100_000


def _comments(total: int) -> list[str]:
    found = writer.responses(datetime.now(UTC).date(), total=total)
    return [words for each in found for words in (each.experience, each.suggestion) if words]


def analysis() -> Iterator[Row]:
    """Pipe 20,000 of the demo's comments through one worker, start-up included."""
    texts = (_comments(MANY) * 2)[:MANY]
    given = "".join(json.dumps({"id": number, "text": words}) + "\n" for number, words in enumerate(texts))
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "analysis", "--workers", "1"], input=given, capture_output=True, text=True, check=True
    )
    ours = len(texts) / (time.perf_counter() - begun)
    from textblob import TextBlob  # noqa: PLC0415

    sample, begun = texts[:4000], time.perf_counter()
    for words in sample:
        TextBlob(words).sentiment  # noqa: B018 - computed when asked for
    bare = len(sample) / (time.perf_counter() - begun)
    yield Row("comments analysed a second, beside bare TextBlob", ours, "/s", ">= 1500", ours >= 1500, bare)


def importing() -> Iterator[Row]:
    """Import 100,000 rows from the command line and analyse them."""
    place = folder() / "import"
    place.mkdir()
    with (place / "rows.csv").open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(["Branch", "Day", "Stars", "What was good", "What should change", "Came by"])
        for each in writer.responses(datetime.now(UTC).date(), total=ROWS):
            lines.writerow(
                [each.service_key, each.at.date(), each.ratings["csat"], each.experience, each.suggestion, ""]
            )
    environment = os.environ | {"HEED_INSTANCE": str(place)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*command, "setup"], env=environment, capture_output=True, check=True)
    begun = time.perf_counter()
    for words in (
        ["import-feedback", str(place / "rows.csv"), "--mapping", "examples/counter.mapping.json"],
        ["analyse"],
    ):
        subprocess.run([*command, *words], env=environment, capture_output=True, check=True)
    minutes = (time.perf_counter() - begun) / 60
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Row(f"import and analysis of {ROWS:,} rows", minutes, "min", "<= 5", minutes <= 5)
    yield Row("most memory of any process in this run", peak, "MB", "< 300", peak < 300)
