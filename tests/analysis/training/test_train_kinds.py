"""Training of kinds on a few sentences written for this test: repeatable, and honest about what was left out."""

import json

import numpy as np
import pytest

from analysis.finding import Sentiment
from analysis.text import sentiment, shapes
from analysis.text.kinds import KINDS
from analysis.training import kinds_model, train_kinds

ROWS = [
    ("Please open on Sundays.", "suggestion", "suggestion"),
    ("More benches.", "suggestion", "suggestion"),
    ("The queue was far too long.", "suggestion", "complaint"),
    ("Nobody answered the phone.", "experience", "complaint"),
    ("Lovely people.", "experience", "praise"),
    ("The guide was very kind.", "experience", "praise"),
    ("Nothing.", "suggestion", "nothing"),
    ("N/A", "suggestion", "nothing"),
    ("I came on Monday.", "experience", "other"),
    ("We were two.", "experience", "other"),
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(sentiment, "of_sentence", lambda text, asked=None: Sentiment("neutral", 0.0, 0.5))
    folder = tmp_path / "kinds"
    folder.mkdir()
    lines = [
        json.dumps(
            {"id": f"{trust}{place}", "text": text, "asked": asked, "trust": trust, "kind": kind, "certain": place % 2}
        )
        for trust in ("East", "West")
        for place, (text, asked, kind) in enumerate(ROWS)
    ]
    (folder / "nhs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_the_same_data_gives_the_same_bytes(data, tmp_path):
    given = train_kinds.load(data / "kinds/nhs.jsonl")
    for name in ("one.npz", "two.npz"):
        train_kinds.write(given, 2, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as arrays:
        assert arrays["names"].tolist() == list(shapes.features())
        assert arrays["weights"].shape == (len(shapes.features()), len(KINDS))


def test_a_trust_left_out_trains_nothing_nor_do_its_words_elsewhere(data, monkeypatch):
    given = train_kinds.load(data / "kinds/nhs.jsonl")
    given.texts[0] = "only here"  # otherwise both trusts say the same, and nothing is left to train on
    trained = []
    monkeypatch.setattr(train_kinds, "fit", lambda rows: trained.extend(rows.texts) or kinds_model.prior())
    test, found = train_kinds.left_out(given, "West")
    assert trained == ["only here"]
    assert set(test.trusts) == {"West"}
    assert found.shape == (len(ROWS), len(KINDS))


def test_an_unknown_trust_is_named_with_those_there_are(data):
    with pytest.raises(SystemExit, match="East, West"):
        train_kinds.left_out(train_kinds.load(data / "kinds/nhs.jsonl"), "North")


def test_the_same_words_are_always_in_the_same_fold(data, monkeypatch):
    given = train_kinds.load(data / "kinds/nhs.jsonl")
    seen = []
    monkeypatch.setattr(train_kinds, "fit", lambda rows: seen.append(set(rows.texts)) or kinds_model.prior())
    train_kinds.out_of_fold(given, 2)
    assert seen[0].isdisjoint(seen[1])


def test_leak_is_the_share_of_praise_and_nothing_that_would_enter_the_backlog():
    kinds = np.array([KINDS.index(kind) for kind in ("praise", "praise", "nothing", "nothing", "complaint")])
    guess = np.array([KINDS.index(kind) for kind in ("praise", "suggestion", "nothing", "nothing", "complaint")])
    found = train_kinds.figures(kinds, guess)
    assert found["leak"] == pytest.approx(0.25)
    assert found["nothing"] == 1.0


def test_labels_move_weights_away_from_where_they_start_but_not_far(data):
    given = train_kinds.load(data / "kinds/nhs.jsonl")
    moved = kinds_model.fit(given) - kinds_model.prior()
    assert 0 < np.abs(moved).max() < 1


def test_the_command_prints_figures_with_intervals_and_writes_nothing(data, tmp_path, monkeypatch, capsys):
    out = tmp_path / "kinds.npz"
    monkeypatch.setattr("sys.argv", ["train_kinds", "--data", str(data), "--folds", "2", "--out", str(out)])
    train_kinds.main()
    assert "macro_f1" in capsys.readouterr().out
    assert not out.exists()
