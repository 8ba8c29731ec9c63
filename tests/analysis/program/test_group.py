"""How `group` weighs likeness: what is like everything is like nothing in particular."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from analysis.program import group as program
from analysis.program.group import _beyond, _crowds, group
from analysis.text.grouping import Near


def near(*pairs: tuple[int, float]) -> list[Near]:
    """Neighbours with how alike they are, nearest first."""
    return [Near(other, likeness, ()) for other, likeness in pairs]


def test_of_two_as_near_the_one_with_fewer_friends_is_nearer() -> None:
    """Mention 1 is as near to everybody as to 0; mention 2 is near to 0 alone."""
    rows = [
        near((1, 0.5), (2, 0.5)),
        near((0, 0.5), (3, 0.5), (4, 0.5), (5, 0.5)),
        near((0, 0.5)),
        near((1, 0.5)),
        near((1, 0.5)),
        near((1, 0.5)),
    ]
    crowds = _crowds(rows)
    assert crowds.round(2).tolist() == [0.1, 0.2, 0.05, 0.05, 0.05, 0.05]
    scaled = _beyond(rows[0], 0, crowds)
    assert [each.mention for each in scaled] == [2, 1]
    assert [each.likeness for each in scaled] == pytest.approx([0.3 + 0.5 - 0.075, 0.3 + 0.5 - 0.15])


def test_the_nearest_is_who_wants_the_same_not_who_shares_the_field_s_word() -> None:
    """Everybody speaks of cards; the lost ones find each other, and so do the fees."""
    texts = [
        "I lost my card", "My card is lost, what now?", "What is the fee for the card?", "Why is there a card fee?",
        "The card reader is slow", "Which colours does the card come in?",
    ]  # fmt: skip
    found = group([{"id": n, "text": text} for n, text in enumerate(texts)])
    named = [line["group"] for line in found]
    assert named[0] == named[1]
    assert named[2] == named[3]
    assert found[0]["similar"][0] == 1
    assert found[2]["similar"][0] == 3


@pytest.mark.parametrize(
    "lines", [[], [{"id": 1, "text": "Only me"}], [{"id": n, "text": "More chairs in the hall"} for n in range(300)]]
)
def test_none_one_and_all_the_same(lines: list[dict[str, object]]) -> None:
    found = group(lines)
    assert [line["id"] for line in found] == [line["id"] for line in lines]
    assert len({line["group"] for line in found}) == (1 if lines else 0)
    assert all(line["id"] not in line["similar"] for line in found)


def test_a_line_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps({"id": 1, "text": "A ramp"}) + "\n{broken\n"))
    assert program.main([]) == 2
    assert "2" in capsys.readouterr().err


def test_a_popular_wish_is_one_group_among_others() -> None:
    """Forty who say the same, in capitals or not, beside a few who want other things; lines without a word stay by themselves."""
    rows = [{"id": n, "text": "MORE CHAIRS IN THE HALL!" if n % 2 else "more chairs in the hall"} for n in range(40)]
    others = [
        "A ramp at the door",
        "The soup was cold",
        "Open earlier on Sundays",
        "Parking is dear",
        "The music is too loud",
        "!",
        "?",
    ]
    rows += [{"id": 40 + n, "text": text} for n, text in enumerate(others)]
    named = [line["group"] for line in group(rows)]
    assert len(set(named[:40])) == 1
    assert len(set(named)) >= 6
    assert len({line["group"] for line in group([{"id": 1, "text": "!"}, {"id": 2, "text": "?"}])}) == 2
