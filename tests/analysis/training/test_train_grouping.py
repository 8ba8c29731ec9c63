"""What ships for grouping can be made again to the same bytes by anyone with the data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.text.stems import stem
from analysis.training.train_grouping import count, main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of the same shape, with sentences of our own."""
    (tmp_path / "surveys").mkdir()
    (tmp_path / "grouping").mkdir()
    (tmp_path / "surveys" / "nhs_nhft.csv").write_text("FFT answer\nmore chairs\n\n", encoding="utf-8-sig")
    (tmp_path / "surveys" / "nhs_phase1.csv").write_text("feedback\nchairs were hard\n", encoding="utf-8")
    for name in ("nhs", "banking", "assistant"):
        (tmp_path / "grouping" / f"{name}.jsonl").write_text(
            json.dumps({"text": "a long queue"}) + "\n", encoding="utf-8"
        )
    return tmp_path


def test_the_same_data_give_the_same_bytes(data: Path) -> None:
    """Names are sorted and nothing depends on the clock."""
    first, second = data / "one.npz", data / "two.npz"
    for out in (first, second):
        assert main(["--data", str(data), "--out", str(out)]) == 0
    assert first.read_bytes() == second.read_bytes()
    with np.load(first, allow_pickle=False) as kept:
        assert int(kept["of"]) == 5


def test_a_sign_counts_once_a_text_and_not_when_only_one_text_holds_it() -> None:
    """A word said twice in one text is in one text; what only one person said is nobody's business."""
    counted, texts = count(["queue queue", "a queue", "teapot"])
    assert texts == 3
    assert counted[stem("queue")] == 2
    assert stem("teapot") not in counted
