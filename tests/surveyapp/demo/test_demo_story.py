"""The plot holds together: places, dates, promises and outcomes."""

from datetime import timedelta

import pytest

from surveyapp.demo.plot import improvements
from surveyapp.demo.story import branches, notes, services, under


def by_key(today):
    return {wish.key: wish for wish in improvements(today)}


def test_three_regions_and_eight_branches():
    tree = services()
    assert len(tree.children) == 3
    assert len(branches()) == 8
    keys = [tree.key, *(region.key for region in tree.children), *(branch.key for branch in branches())]
    assert len(set(keys)) == 12


def test_under_a_node_are_its_branches():
    assert under("saltmere") == {"saltmere"}
    assert under("coast") == {"saltmere", "sandrigg", "portwenna"}
    assert len(under("tamberry")) == 8
    with pytest.raises(KeyError):
        under("atlantis")


def test_every_fate_occurs(today):
    assert {wish.fate for wish in improvements(today)} == {"open", "promised", "done", "declined", "merged"}
    assert 25 <= len(improvements(today)) <= 35


def test_dates_come_in_the_order_of_life(today):
    for wish in improvements(today):
        under(wish.place)
        for promise in wish.promises:
            assert wish.owned_on <= promise.made_on < promise.promised_for, wish.key
        if wish.fate == "done":
            assert wish.owned_on < wish.in_effect <= today, wish.key
            assert abs(wish.done_on - wish.in_effect) < timedelta(days=14), wish.key
        if wish.fate == "declined":
            assert wish.declined_on <= today
            assert wish.reason, wish.key


def test_a_later_promise_says_why_the_date_changed(today):
    for wish in improvements(today):
        assert all(promise.reason for promise in wish.promises[1:]), wish.key


def test_promises_are_kept_late_broken_and_still_to_come(today):
    wishes = by_key(today)
    assert wishes["hairdryers"].done_on < wishes["hairdryers"].promises[0].promised_for
    assert wishes["app"].done_on > wishes["app"].promises[0].promised_for
    assert wishes["lessons"].done_on is None
    assert wishes["lessons"].promises[-1].promised_for < today
    assert wishes["queue"].promises[0].promised_for > today


def test_what_was_merged_points_at_one_that_was_not(today):
    wishes = by_key(today)
    merged = [wish for wish in wishes.values() if wish.fate == "merged"]
    assert merged
    assert all(wishes[wish.merged_into].fate != "merged" for wish in merged)


def test_the_story_moves_with_today(today):
    later = by_key(today + timedelta(days=100))
    assert later["showers"].done_on - by_key(today)["showers"].done_on == timedelta(days=100)


def test_notes_are_dated_events_of_the_tree_in_order(today):
    found = notes(today)
    assert [note.day for note in found] == sorted(note.day for note in found)
    assert any("strike" in note.text.lower() for note in found)
    assert any("prices" in note.text.lower() for note in found)
    assert all(under(note.place) and note.day < today for note in found)
