"""Training of what marks urgent sentences, on a few made-up sets."""

import csv
import json

import numpy as np
import pytest

pytest.importorskip("sklearn")

from analysis.training import train_urgent


@pytest.fixture
def folders(tmp_path):
    data, own = tmp_path / "data", tmp_path / "own"
    for folder in (data / "sentiment", data / "grouping", data / "surveys", data / "kinds", own):
        folder.mkdir(parents=True)
    plain = [
        f"The {thing} was {how}" for thing in ("soup", "bed", "desk", "park") for how in ("warm", "fine", "near", "new")
    ]
    rows = "".join(json.dumps({"text": text, "label": "neutral"}) + "\n" for text in plain)
    for name in ("sentiment/rated_films", "sentiment/rated_tweets", "grouping/banking"):
        (data / f"{name}.jsonl").write_text(rows, encoding="utf-8")
    (data / "kinds/nhs.jsonl").write_text("", encoding="utf-8")
    for name, heads in (
        ("nhs_nhft", ["FFT question", "FFT answer", "Comment sentiment"]),
        ("nhs_phase1", ["question", "feedback", "criticality"]),
    ):
        with (data / f"surveys/{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heads])
    table = "[abuse]\nHe hit my father\nHe hit my sister\n[danger]\nThe roof fell on us\nThe roof fell on him\n[none]\nThe roof is new\n"
    for name in train_urgent.LISTS:
        (own / name).write_text("# a comment\n" + table, encoding="utf-8")
    (own / train_urgent.INVENTED).write_text("# a comment\nThe locker was jammed\n", encoding="utf-8")
    return data, own


def test_the_same_sentences_give_the_same_plain_arrays(folders, tmp_path, capsys):
    data, own = folders
    for name in ("one", "two"):
        out = tmp_path / f"{name}.npz"
        assert train_urgent.main(["--data", str(data), "--own", str(own), "--output", str(out)]) == 0
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as arrays:
        assert bytes(arrays["names"]).decode().split("\n") == ["abuse", "danger"]
        assert len(bytes(arrays["vocabulary"]).decode().split("\n")) == len(arrays["urgent"]) == len(arrays["types"])
    assert "urgent 28" in capsys.readouterr().out


def test_sentences_that_train_nothing_are_not_on_the_list():
    assert "urgent_fresh.txt" not in train_urgent.LISTS
