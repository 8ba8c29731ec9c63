"""Working hours: over nights, weekends and holidays, in other time zones, and on the days when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from surveyapp.models import RecoveryRule
from surveyapp.recovery import rules
from surveyapp.recovery.hours import WorkingTime
from tests.support import make

NINE_TO_FIVE = {day: (time(9), time(17)) for day in range(5)}


def working(
    zone: str = "Europe/London", week: dict[int, tuple[time, time]] | None = None, *holidays: date
) -> WorkingTime:
    return WorkingTime(ZoneInfo(zone), NINE_TO_FIVE if week is None else week, frozenset(holidays))


def local(text: str, zone: str = "Europe/London") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("since", "hours", "due"), [
    ("2026-11-23T10:00", 2, "2026-11-23T12:00"),  # within a Monday
    ("2026-11-23T16:00", 2, "2026-11-24T10:00"),  # over the night
    ("2026-11-23T09:00", 8, "2026-11-23T17:00"),  # the whole day, to its last minute
    ("2026-11-23T03:00", 1, "2026-11-23T10:00"),  # before work begins
    ("2026-11-27T16:30", 1, "2026-11-30T09:30"),  # Friday evening: over the weekend
    ("2026-11-28T12:00", 16, "2026-12-01T17:00"),  # written on a Saturday
])  # fmt: skip
def test_nights_and_weekends_do_not_count(since: str, hours: int, due: str) -> None:
    assert working().due(local(since), hours) == local(due)


def test_a_holiday_does_not_count() -> None:
    christmas = working("Europe/London", None, date(2026, 12, 25), date(2026, 12, 28))
    assert christmas.due(local("2026-12-24T16:00"), 2) == local("2026-12-29T10:00")


@pytest.mark.parametrize(("zone", "since_utc", "due"), [
    ("Pacific/Auckland", "2026-11-22T21:00", "2026-11-23T12:00"),  # 10 in the morning of the 23rd there
    ("America/New_York", "2026-11-23T01:00", "2026-11-23T11:00"),  # still Sunday evening there
    ("Asia/Kathmandu", "2026-11-23T03:30", "2026-11-23T11:15"),  # a quarter of an hour off
])  # fmt: skip
def test_hours_are_the_organisations_own(zone: str, since_utc: str, due: str) -> None:
    since = datetime.fromisoformat(since_utc).replace(tzinfo=UTC)
    assert working(zone).due(since, 2) == local(due, zone)


@pytest.mark.parametrize(("since", "hours", "due"), [
    ("2026-03-27T16:00", 2, "2026-03-30T10:00"),  # the clocks go forward on the Sunday between: local hours stay
    ("2026-10-23T16:00", 2, "2026-10-26T10:00"),  # and back
])  # fmt: skip
def test_changing_the_clocks_at_night_moves_no_local_hour(since: str, hours: int, due: str) -> None:
    assert working().due(local(since), hours) == local(due)


def test_a_night_shift_through_the_change_has_the_hours_that_really_pass() -> None:
    nights = {6: (time(0), time(8))}
    spring, autumn = local("2026-03-29T00:00"), local("2026-10-25T00:00")
    assert working(week=nights).due(spring, 3) == local("2026-03-29T04:00")  # 1 to 2 does not exist
    assert working(week=nights).due(autumn, 3) == local("2026-10-25T02:00")  # 1 to 2 comes twice


def test_where_nobody_ever_works_hours_count_round_the_clock() -> None:
    assert working(week={}).due(local("2026-11-27T16:30"), 3) == local("2026-11-27T19:30")


def test_the_calendar_is_read_from_the_rules_and_rubbish_in_it_counts_for_nothing(unit) -> None:
    make.organisation(unit, time_zone="Europe/Berlin")
    made = RecoveryRule(
        week={"0": ["08:00", "12:00"], "1": ["x"]}, holidays=["2026-12-25 Christmas", "01-01", "soon", ""]
    )
    calendar = rules.calendar(unit, made)
    assert calendar.zone.key == "Europe/Berlin"
    assert calendar.week == {0: (time(8), time(12))}
    assert date(2026, 12, 25) in calendar.holidays
    assert {day.month for day in calendar.holidays} == {1, 12}


@pytest.mark.parametrize(("scale", "value", "low"), [
    ("1-5", 1, True), ("1-5", 2, True), ("1-5", 3, False), ("1-5r", 5, True), ("1-5r", 4, True), ("1-5r", 3, False), ("1-5r", 1, False),
    ("0-10", 2, True), ("0-10", 3, False),
])  # fmt: skip
def test_the_worst_points_of_a_scale(unit, scale: str, value: int, low: bool) -> None:
    assert rules.is_low(rules.read(unit), "csat", scale, value) is low
    assert not rules.is_low(rules.read(unit), "feeling", scale, value), "not set: never"
