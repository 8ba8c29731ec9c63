"""The program as a person runs it: lines through a pipe, a CSV file, several processes, and mistakes explained."""

import csv
import io
import json
import sys

import pytest

from analysis.__main__ import main

LINES = [
    {"id": "a", "text": "Staff were lovely"},
    {"id": 7, "text": "More parking.", "asked": "suggestion"},
    {"id": None, "text": "Le personnel était très aimable"},
    {"id": "é", "text": ""},
]


def piped(monkeypatch, capfd, text: str | bytes, *words: str) -> tuple[int, list[dict], str]:
    given = text.encode() if isinstance(text, str) else text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    status = main(list(words))
    sys.stdout.flush()
    said = capfd.readouterr()
    return status, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_line_in_is_a_line_out_in_order_with_its_id(monkeypatch, capfd, workers):
    given = "".join(json.dumps(line) + "\n" for line in LINES)
    status, found, _ = piped(monkeypatch, capfd, given, "--workers", workers)
    assert status == 0
    assert [line["id"] for line in found] == ["a", 7, None, "é"]
    assert found[0]["sentiment"]["label"] == "positive"
    assert found[1]["suggestions"][0]["text"].startswith("More parking")
    assert found[2]["sentiment"] is None


def test_workers_find_the_same_as_one_process(monkeypatch, capfd):
    given = "".join(json.dumps({"id": n, "text": f"The room was too cold, number {n}"}) + "\n" for n in range(250))
    alone = piped(monkeypatch, capfd, given, "--workers", "1")[1]
    assert piped(monkeypatch, capfd, given, "--workers", "2")[1] == alone


def test_a_bad_line_is_named_after_the_findings_before_it(monkeypatch, capfd):
    status, found, said = piped(monkeypatch, capfd, '{"id": 1, "text": "ok"}\nnonsense\n', "--workers", "1")
    assert status == 2
    assert [line["id"] for line in found] == [1]
    assert "Line 2 is not JSON" in said


def test_nothing_in_nothing_out(monkeypatch, capfd):
    assert piped(monkeypatch, capfd, "", "--workers", "1")[:2] == (0, [])


def test_a_lone_surrogate_comes_out_as_json(monkeypatch, capfd):
    status, found, _ = piped(monkeypatch, capfd, '{"id": 1, "text": "good \\ud800"}\n', "--workers", "1")
    assert status == 0
    assert found[0]["sentences"][0]["text"] == "good \ud800"


def test_a_csv_file_gets_columns_of_findings(tmp_path):
    given, made = tmp_path / "survey.csv", tmp_path / "findings.csv"
    given.write_text('Branch,Answer\nNorth,"More chairs, please"\n=1+1,Nothing\n', encoding="utf-8")
    status = main([str(given), "--text-column", "Answer", "--asked", "suggestion", "-o", str(made), "--workers", "1"])
    with made.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert status == 0
    assert [row["Branch"] for row in rows] == ["North", "'=1+1"]
    assert rows[0]["suggestions"] == "More chairs, please"
    assert rows[1]["suggestions"] == ""


@pytest.mark.parametrize(
    ("words", "explained"),
    [
        (["missing.csv", "--text-column", "Answer"], "missing.csv"),
        (["survey.csv"], "--text-column"),
        (["--themes", "missing.json"], "missing.json"),
    ],
)
def test_mistakes_are_explained(monkeypatch, capfd, words, explained):
    status, _, said = piped(monkeypatch, capfd, "", "--workers", "1", *words)
    assert status == 2
    assert explained in said


def test_no_fewer_than_one_worker(capfd):
    with pytest.raises(SystemExit):
        main(["--workers", "0"])
    assert "at least 1" in capfd.readouterr().err
