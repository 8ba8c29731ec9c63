"""Training the sentiment model, on a few made-up families of easy texts."""

import csv
import json

import numpy as np
import pytest

pytest.importorskip("sklearn")

from analysis.text import trust
from analysis.text.evidence import NAMES
from analysis.training import train_sentiment
from analysis.training.calibration import Judged, calibration_error, fit_trust, temperature
from analysis.training.families import training_families

GOOD = ["The {} was lovely", "I liked the {}", "What a great {}", "Wonderful {}, thank you"]
BAD = ["The {} was awful", "I hated the {}", "What a dreadful {}", "Terrible {}, never again"]
PLAIN = ["There is a {}", "I saw the {} on Monday", "The {} is by the door", "It was a {}"]
THINGS = ["room", "nurse", "film", "queue", "meal", "letter"]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    for name in ("sentiment", "surveys", "kinds"):
        (folder / name).mkdir()
    rows = [
        {"id": n, "text": pattern.format(thing), "label": label}
        for n, (label, patterns) in enumerate((("positive", GOOD), ("negative", BAD), ("neutral", PLAIN)))
        for pattern in patterns
        for thing in THINGS
    ]
    for name in ("rated_films", "rated_tweets", "nhs_nhft", "made_up"):
        (folder / f"sentiment/{name}.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
        )
    grade = {"positive": "1.0", "negative": "5.0", "neutral": "3.0"}
    with (folder / "surveys/nhs_nhft.csv").open("w", encoding="utf-8", newline="") as file:
        survey = csv.writer(file)
        survey.writerow(["FFT question", "FFT answer", "Comment sentiment"])
        survey.writerows(["What was good?", row["text"], grade[row["label"]]] for row in rows)
    with (folder / "surveys/nhs_phase1.csv").open("w", encoding="utf-8", newline="") as file:
        survey = csv.writer(file)
        survey.writerow(["question", "feedback", "criticality"])
        survey.writerows(
            ["Trust A - Q1", row["text"], {"positive": 3, "negative": -3, "neutral": 0}[row["label"]]] for row in rows
        )
        survey.writerow(["Trust A - Q1", "not judged", "-9"])
    kinds: list[dict] = [
        {"text": "Lovely", "trust": "NHFT", "kind": "praise", "certain": 1},
        {"text": "Hm", "trust": "NHFT", "kind": "other", "certain": 0},
    ]
    (folder / "kinds/nhs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kinds), encoding="utf-8")
    return folder


def test_families_hold_what_their_sets_say(data):
    families = training_families(data)
    assert set(families) == {"rated_films", "rated_tweets", "nhs_nhft", "nhs_phase1"}
    assert {example.asked for example in families["nhs_nhft"]} == {"experience", None}
    assert "Hm" not in {example.text for example in families["nhs_nhft"]}
    assert "not judged" not in {example.text for example in families["nhs_phase1"]}
    assert sum(example.weight for example in families["nhs_phase1"]) == 3 * len(GOOD) * len(THINGS)


def test_the_same_data_gives_the_same_bytes_without_a_pickle(data, tmp_path, capsys):
    for name in ("one", "two"):
        assert train_sentiment.main(["--data", str(data), "--output", str(tmp_path / f"{name}.npz")]) == 0
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as arrays:
        words = bytes(arrays["vocabulary"]).decode().split("\n")
        assert len(words) == len(arrays["ngrams"])
        assert arrays["judge"].shape[0] == 3
        assert arrays["trust"].shape == (len(trust.NAMES),)
    assert "made_up" in capsys.readouterr().out


def test_a_family_left_out_is_measured_and_nothing_is_written(data, tmp_path, capsys):
    output = tmp_path / "none.npz"
    train_sentiment.main(["--data", str(data), "--leave-out", "nhs_nhft", "--output", str(output)])
    said = capsys.readouterr().out
    assert not output.exists()
    assert said.startswith("nhs_nhft")
    assert "macro_f1" in said


def test_the_reliability_of_confidences_is_drawn(data, tmp_path):
    plot = tmp_path / "reliability.svg"
    train_sentiment.main(["--data", str(data), "--leave-out", "each", "--plot", str(plot)])
    assert "<svg" in plot.read_text(encoding="utf-8")


def test_halves_share_no_text_and_keep_a_text_with_its_question_together(data):
    trainer = train_sentiment.Trainer(
        {name: train_sentiment.prepare(each) for name, each in training_families(data).items()}
    )
    out = trainer.half_left_out("nhs_nhft", frozenset(trainer.families))
    total = len(trainer.families["nhs_nhft"].labels)
    assert 0 < len(out.labels) < total
    assert len(out.labels) % 2 == 0  # each text twice: with its question and without


def judged(sums, labels, known=1.0):
    rows = len(labels)
    return Judged(
        "made_up",
        np.zeros((rows, len(NAMES))),
        np.zeros((rows, 3)),
        np.full(rows, known),
        np.array(sums),
        np.array(labels),
        np.ones(rows),
    )


def test_a_model_too_sure_of_itself_is_cooled():
    assert temperature([judged([[5.0, 0.0, 0.0]] * 100, [0] * 60 + [2] * 40)]) > 2


def test_confidence_is_how_often_a_label_was_right():
    texts = judged([[2.0, 0.0, 0.0]] * 100, [0] * 70 + [1] * 30)
    assert fit_trust([texts], [texts]).confidence(texts)[0] == pytest.approx(0.7, abs=0.02)


def test_trust_falls_away_from_home():
    home = judged([[2.0, 0.0, 0.0]] * 100, [0] * 90 + [1] * 10, known=0.9)
    abroad = judged([[2.0, 0.0, 0.0]] * 100, [0] * 55 + [1] * 45, known=0.3)
    model = fit_trust([home, abroad], [home, abroad])
    assert model.confidence(home)[0] == pytest.approx(0.9, abs=0.03)
    assert model.confidence(abroad)[0] == pytest.approx(0.55, abs=0.03)


def test_labels_that_were_all_right_teach_no_difference():
    texts = judged([[2.0, 0.0, 0.0]] * 10, [0] * 10)
    assert fit_trust([texts], [texts]).confidence(texts)[0] > 0.9


def test_the_calibration_error_of_honest_and_of_boastful_confidence():
    right = np.array([True] * 80 + [False] * 20)
    assert calibration_error(np.full(100, 0.8), right) == pytest.approx(0.0, abs=1e-9)
    assert calibration_error(np.full(100, 0.99), right) == pytest.approx(0.19)
