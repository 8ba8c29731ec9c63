"""A mention finds the need it belongs to, and nothing that was filed moves by itself."""

from __future__ import annotations

import io
import json
import sys

import pytest

from analysis.program.group import group, main
from analysis.text.grouping import MentionIndex
from analysis.text.titles import title


@pytest.fixture
def index() -> MentionIndex:
    """Three needs with some mentions each, among noise."""
    made = MentionIndex()
    for number, (need, text) in enumerate([
        ("chairs", "More chairs in the waiting room please"), ("chairs", "There are not enough chairs to sit on"),
        ("parking", "Parking is impossible, we need a bigger car park"), ("parking", "more parking spaces"),
        ("hours", "Open earlier on Saturdays"), ("hours", "Please open before nine at weekends"),
    ]):  # fmt: skip
        made.add(number, text, need)
    return made


@pytest.mark.parametrize(("text", "need"), [
    ("please get more chairs for waiting", "chairs"), ("the car park is too small", "parking"), ("open on saturday earlier", "hours"),
])  # fmt: skip
def test_the_nearest_need_comes_first_with_its_reason(index: MentionIndex, text: str, need: str) -> None:
    """Each need is proposed once, and says which words it shares."""
    proposals = index.propose(text)
    assert proposals[0].group == need
    assert proposals[0].because
    assert len({each.group for each in proposals}) == len(proposals)


@pytest.mark.parametrize("text", ["the soup was cold", "", "!!!", "zzz qqq"])
def test_what_resembles_nothing_is_proposed_nothing_sure(index: MentionIndex, text: str) -> None:
    """A new need founds an improvement of its own."""
    assert all(each.similarity < index.sure for each in index.propose(text))


def test_moving_and_removing_is_followed(index: MentionIndex) -> None:
    """What people decide is what is proposed afterwards."""
    index.move(3, "bicycles")
    assert index.propose("more parking spaces")[0].group == "bicycles"
    index.remove(3)
    index.remove("never there")
    assert "bicycles" not in {each.group for each in index.propose("more parking spaces")}
    assert len(index) == 5


def test_the_same_question_gives_the_same_answer(index: MentionIndex) -> None:
    """Nothing depends on chance or order of asking."""
    assert index.propose("chairs and parking") == index.propose("chairs and parking")


def test_the_program_groups_and_lists_neighbours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines in, lines out, in the same order; a bad line is named."""
    lines = [
        {"id": "a", "text": "more parking spaces"},
        {"id": "b", "text": "more parking spaces please"},
        {"id": "c", "text": "cold soup"},
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(map(json.dumps, lines))))
    assert main([]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in out] == ["a", "b", "c"]
    assert out[0]["group"] == out[1]["group"] != out[2]["group"]
    assert out[0]["similar"] == ["b"]
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": 1}\n'))
    assert main(["--sure"]) == 2
    assert "line 1" in capsys.readouterr().err


def test_nothing_in_nothing_out() -> None:
    """An empty file is no fault."""
    assert group([]) == []


@pytest.mark.parametrize(("texts", "expected"), [
    (["Please add more chairs."], "Add more chairs"), (["It would be nice if there were more chairs", "more chairs"], "More chairs"),
    (["I think you should open earlier!"], "Open earlier"), (["please"], "Please"), (["..."], "..."), ([], "Untitled"),
])  # fmt: skip
def test_titles_are_the_customers_words_without_the_padding(texts: list[str], expected: str) -> None:
    """Short, typical, with a capital letter and no full stop."""
    assert title(texts) == expected


def test_long_titles_are_cut_at_a_word() -> None:
    """Nobody reads a paragraph in a list."""
    assert (
        title(["More benches along the river path between the old mill and the new bridge please"], limit=40)
        == "More benches along the river path…"
    )
