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


def test_what_a_lead_took_out_is_not_proposed_for_that_group_again(index: MentionIndex) -> None:
    """The nearest mention was taken out of "parking": its like is not proposed for it; others are."""
    index.add(10, "more parking for bicycles", "bicycles")
    index.keep_apart(10, "parking")
    assert "parking" not in {each.group for each in index.propose("more parking for bicycles please")}
    assert index.propose("the car park is too small")[0].group == "parking"


def test_what_a_lead_put_together_is_proposed_together(index: MentionIndex) -> None:
    """What is near to one is proposed for the other's group too."""
    index.add(10, "nowhere to lock a bike", "bicycles")
    index.keep_together(10, 3)
    assert "bicycles" in {each.group for each in index.propose("more parking spaces")}


def test_other_words_for_one_need_are_found(index: MentionIndex) -> None:
    """No word is shared, so the notions are the reason given."""
    index.add(10, "They never answered", "calls")
    best = index.propose("nobody picked up")[0]
    assert best.group == "calls"
    assert "unanswered" in best.because


@pytest.mark.parametrize("text", ["More help", "Poor service", "Could be better"])
def test_vague_words_are_never_sure(text: str) -> None:
    """They fit anything, so a person decides."""
    made = MentionIndex()
    for number, other in enumerate(
        ["More help with forms at the desk", "Poor service in the bar on Friday", "Better signs outside"]
    ):
        made.add(number, other, number)
    assert all(each.similarity < made.sure for each in made.propose(text))


def test_removing_most_of_them_keeps_the_rest_in_place() -> None:
    """Room is given back, and what is left is found as before."""
    made = MentionIndex()
    for number in range(2500):
        made.add(number, f"bench number{number}", number)
    for number in range(2400):
        made.remove(number)
    assert len(made) == 100
    assert made.propose("bench number2450")[0].group == 2450
    assert all(int(str(near.mention)) >= 2400 for near in made.nearest("bench", limit=50))


def test_neighbours_do_not_repeat_what_says_the_same() -> None:
    """A need told five times over leaves room for others among the five listed."""
    rows = [{"id": f"same {n}", "text": "more parking spaces"} for n in range(8)]
    rows += [{"id": "other", "text": "the car park is full"}, {"id": "asked", "text": "parking is a problem"}]
    similar = group(rows)[-1]["similar"]
    assert "other" in similar
    assert len(similar) == 5


def test_sure_puts_together_less() -> None:
    """What is only likely stays apart, as the application would leave it to a person."""
    rows = [{"id": n, "text": text} for n, text in enumerate(
        ["more parking spaces", "more parking spaces please", "there was nowhere to park the car", "parking is hard to find"]
    )]  # fmt: skip
    certain, likely = ({line["group"] for line in group(rows, sure=sure)} for sure in (True, False))
    assert len(certain) > len(likely)
    assert group(rows, sure=True)[0]["group"] == group(rows, sure=True)[1]["group"]


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
