"""How a closed month stands: met, missed only beyond chance, else too few to tell; and never changed without a trace."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups, standards
from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.models import (
    Judgement,
    Letter,
    Measure,
    Mention,
    MonthlyFigure,
    Outcome,
    Promise,
    Service,
    StandardVersion,
)
from surveyapp.rollups import month_of
from surveyapp.standards import judging
from surveyapp.standards.judging import verdict
from surveyapp.standards.reading import Observed, on_five, recommends
from surveyapp.trends import closing
from surveyapp.trends.periods import first_day
from tests.support import make

TODAY = date(2026, 11, 23)
OCTOBER = 2026 * 12 + 9


def rated(unit: Session, good: int, poor: int, *, at: Service | None = None, day: date = date(2026, 10, 5)) -> None:
    """So many answered "good" and "poor" on a day."""
    survey = make.survey(unit, at)
    for rating in [4] * good + [2] * poor:
        make.response(unit, survey, rating=rating, day=day, state="heard")
    rollups.rebuild(unit)


def judged(unit: Session, month: int = OCTOBER, at: Service | None = None, day: date = TODAY) -> str:
    """The word for one month of one node, after the clock has run."""
    judging.judge(unit, day)
    node = at or make.root(unit)
    found = [each for each in judging.latest(unit, nodes=[node.id]) if each.month == month]
    return found[-1].verdict if found else "not judged"


@pytest.mark.parametrize(
    ("good", "poor", "word"),
    [
        (80, 20, "met"),  # at the level itself
        (79, 21, "few"),  # below, but chance reaches it
        (60, 40, "missed"),
        (4, 0, "few"),  # four answers say nothing, however good
        (0, 4, "few"),
        (9, 0, "few"),
        (10, 0, "met"),
        (0, 0, "not judged"),
    ],
)
def test_a_share_against_its_level(unit: Session, good: int, poor: int, word: str) -> None:
    make.organisation(unit, minimum_group=10)
    make.standard(unit)
    rated(unit, good, poor)
    assert judged(unit) == word


def test_four_answers_are_counted_but_their_value_is_not_kept(unit: Session) -> None:
    make.organisation(unit, minimum_group=10)
    make.standard(unit)
    rated(unit, 4, 0)
    (made,) = judging.judge(unit, TODAY)
    assert (made.n, made.value, made.low, made.high) == (4, None, None, None)


@given(
    value=st.integers(0, 100_000), down=st.integers(0, 30_000), up=st.integers(0, 30_000), level=st.integers(0, 100_000),
    at_most=st.booleans(),
)  # fmt: skip
def test_never_missed_where_chance_reaches_the_level(value: int, down: int, up: int, level: int, at_most: bool) -> None:
    found = Observed(50, value, value - down, value + up)
    word = verdict(found, StandardVersion(level=level, at_most=at_most))
    if found.low <= level <= found.high:
        assert word != "missed"
    if word == "met":
        assert value <= level if at_most else value >= level
    assert (word == "missed") == (found.low > level if at_most else found.high < level)


def test_the_interval_that_just_touches_the_level_is_no_miss() -> None:
    level = StandardVersion(level=80_000, at_most=False)
    assert verdict(Observed(50, 70_000, 60_000, 80_000), level) == "few"
    assert verdict(Observed(50, 70_000, 60_000, 79_999), level) == "missed"
    ceiling = StandardVersion(level=80_000, at_most=True)
    assert verdict(Observed(50, 90_000, 80_000, 99_000), ceiling) == "few"
    assert verdict(Observed(50, 90_000, 80_001, 99_000), ceiling) == "missed"


def test_a_month_that_is_not_closed_is_not_judged(unit: Session) -> None:
    """On Sunday 1 November October's page is not due yet."""
    make.standard(unit)
    rated(unit, 90, 10)
    assert judged(unit, day=date(2026, 11, 1)) == "not judged"
    assert judged(unit, day=date(2026, 11, 2)) == "met"


def test_a_branch_inherits_the_nearest_standard(unit: Session) -> None:
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    make.standard(unit, level=50_000)
    make.standard(unit, north, level=95_000)
    for branch in (north, south):
        rated(unit, 60, 40, at=branch)
    assert (judged(unit, at=north), judged(unit, at=south), judged(unit)) == ("missed", "met", "met")
    assert len(unit.scalars(select(Judgement)).all()) == 3


def test_until_its_own_begins_a_branch_has_the_one_above(unit: Session) -> None:
    north = make.service(unit, "North", make.root(unit))
    make.standard(unit, level=50_000)
    make.standard(unit, north, level=95_000, from_month=OCTOBER)
    rated(unit, 60, 40, at=north, day=date(2026, 9, 5))
    rated(unit, 60, 40, at=north)
    assert (judged(unit, OCTOBER - 1, north), judged(unit, OCTOBER, north)) == ("met", "missed")


def test_a_new_level_holds_from_its_month_and_a_retired_one_for_none(unit: Session) -> None:
    standard = make.standard(unit, level=50_000)
    unit.add(
        StandardVersion(
            standard=standard, number=2, from_month=OCTOBER, level=95_000, sentence="s", looks_like="l", not_like="n"
        )
    )
    unit.flush()
    for month in (8, 9, 10):
        rated(unit, 60, 40, day=date(2026, month, 5))
    assert (judged(unit, OCTOBER - 1), judged(unit)) == ("met", "missed")
    retired = make.standard(unit, gauge="rating", level=3_000, retired_from=OCTOBER)
    judging.judge(unit, TODAY)
    assert {each.month for each in unit.scalars(select(Judgement).where(Judgement.standard_id == retired.id))} == {
        OCTOBER - 2, OCTOBER - 1,
    }  # fmt: skip


def test_judging_twice_changes_nothing_and_late_figures_add_a_row(unit: Session) -> None:
    make.standard(unit)
    rated(unit, 85, 15)
    assert len(judging.judge(unit, TODAY)) == 1
    assert judging.judge(unit, TODAY) == []
    rated(unit, 0, 60)
    (anew,) = judging.judge(unit, TODAY)
    first, second = unit.scalars(select(Judgement).order_by(Judgement.id)).all()
    assert (first.verdict, first.value, first.number) == ("met", 85_000, 0)
    assert second is anew
    assert (second.verdict, second.n, second.number) == ("missed", 160, 1)
    assert judging.judge(unit, TODAY) == []


def test_mean_ratings_on_every_scale_and_recommendations() -> None:
    assert [on_five(key) for key in ("1-5:4", "1-5r:2", "0-10:10", "1-7:4")] == [4, 4, 5, 3]
    assert [recommends(f"0-10:{value}") for value in (0, 6, 7, 8, 9, 10)] == [-100, -100, 0, 0, 100, 100]


def test_a_mean_rating(unit: Session) -> None:
    make.standard(unit, gauge="rating", level=4_200)
    rated(unit, 40, 10)
    judging.judge(unit, TODAY)
    (found,) = unit.scalars(select(Judgement)).all()
    assert (found.value, found.verdict) == (3_600, "missed")
    assert found.low < 3_600 < found.high < 4_200


def test_promises_are_judged_by_the_first_date(unit: Session) -> None:
    make.standard(unit, gauge="promises", level=90_000)
    for day, since in ((5, 4), (6, None), (7, None), (8, None)):
        due = date(2026, 10, day)
        state = "done" if since else "open"
        each = make.improvement(unit, state=state, in_effect_since=date(2026, 10, since) if since else None)
        each.promises.append(Promise(due_on=due, sentence="Soon."))
    unit.flush()
    north = make.service(unit, "North", make.root(unit))
    assert judged(unit) == "missed"
    assert judged(unit, OCTOBER - 1) == "not judged"
    assert judged(unit, at=north) == "not judged", "what was promised for the whole house is the house's"


def read_on(unit: Session, day: date, moments: list[datetime | None]) -> None:
    """Suggestions of a day, each sorted at a moment, or not at all."""
    survey, improvement = make.survey(unit), make.improvement(unit)
    for at in moments:
        comment = make.response(unit, survey, suggestion="More chairs.", day=day).comments[0]
        unit.add(
            Mention(
                comment_id=comment.id, start=0, end=12, kind="suggestion", improvement=improvement, sorted_at=at,
                service_id=survey.service_id, day=day,
            )
        )  # fmt: skip
    unit.flush()


def test_reading_in_time_waits_until_the_days_are_over(unit: Session) -> None:
    make.standard(unit, gauge="read", level=90_000, days=30)
    soon, later = datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 10, 29, tzinfo=UTC)
    read_on(unit, date(2026, 10, 3), [soon] * 12 + [later] * 7 + [None])
    assert judged(unit, day=date(2026, 11, 30)) == "not judged"
    assert judged(unit, day=date(2026, 12, 1)) == "met"


def test_what_is_older_than_the_day_of_sorting_was_never_to_be_read(unit: Session) -> None:
    make.organisation(unit, sort_from=date(2026, 10, 10))
    make.standard(unit, gauge="read", level=90_000, days=7)
    read_on(unit, date(2026, 10, 9), [None] * 30)
    read_on(unit, date(2026, 10, 10), [datetime(2026, 10, 12, tzinfo=UTC)] * 9)
    assert judged(unit) == "met"


def test_a_day_too_late_is_not_in_time(unit: Session) -> None:
    make.standard(unit, gauge="read", level=90_000, days=7)
    read_on(unit, date(2026, 10, 10), [datetime(2026, 10, 18, 12, tzinfo=UTC)] * 20)
    assert judged(unit) == "missed"


def test_answered_in_time_counts_what_was_done_or_declined_within_the_days(unit: Session) -> None:
    """Ten asked for what was done after 20 days, ten for what was declined after 40."""
    make.standard(unit, gauge="answered", level=90_000, days=30)
    survey = make.survey(unit)
    for state, end in (("done", date(2026, 9, 21)), ("declined", date(2026, 10, 11))):
        improvement = make.improvement(unit, state=state)
        improvement.outcomes.append(Outcome(state=state, words="w", effective_on=end))
        for _each in range(10):
            comment = make.response(
                unit, survey, suggestion="More chairs.", day=date(2026, 9, 1), state="heard"
            ).comments[0]
            unit.add(
                Mention(
                    comment_id=comment.id, start=0, end=12, kind="suggestion", improvement=improvement, day=date(2026, 9, 1),
                    service_id=survey.service_id, purpose="suggestion",
                )
            )  # fmt: skip
    unit.flush()
    rollups.rebuild(unit)
    judging.judge(unit, TODAY)
    (found,) = unit.scalars(select(Judgement)).all()
    assert (found.n, found.value, found.verdict) == (20, 50_000, "missed")


def test_a_monthly_figure_is_met_or_missed_plainly(unit: Session) -> None:
    measure = Measure(name="Days of sickness", unit="days", better="less")
    unit.add(measure)
    unit.flush()
    make.standard(unit, gauge="figure", measure=measure, level=150_000, at_most=True)
    for back, value in ((0, 150_000), (1, 150_001)):
        unit.add(MonthlyFigure(measure_id=measure.id, service_id=make.root(unit).id, month=OCTOBER - back, value=value))
    unit.flush()
    assert (judged(unit), judged(unit, OCTOBER - 1), judged(unit, OCTOBER - 2)) == ("met", "missed", "not judged")


def test_staff_are_not_shown_by_subtracting_branches(unit: Session) -> None:
    """Twelve at North and two at South: South hides itself, and North too, or the whole less North would be South."""
    make.organisation(unit, minimum_group=10)
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    make.standard(unit, gauge="esat")
    staff = ({**make.QUESTIONS[0], "purpose": "esat"},)
    for branch, n in ((north, 12), (south, 2)):
        survey = make.survey(unit, branch, questions=staff)
        for _each in range(n):
            make.response(unit, survey, at=branch, day=date(2026, 10, 5), rating=5, state="heard")
    rollups.rebuild(unit)
    assert [judged(unit, at=node) for node in (north, south, make.root(unit))] == ["few", "few", "met"]


def test_a_miss_is_told_to_the_leads_once_and_to_a_briefing(unit: Session) -> None:
    ada = make.person(unit, "lead", name="Ada")
    make.standard(unit)
    rated(unit, 60, 40)
    made = judging.judge(unit, TODAY)
    assert judging.letters.tell(unit, made, TODAY, "https://heed.example.org/") == 1
    letter = unit.scalars(select(Letter)).one()
    assert letter.to == ada.email
    assert "“You leave us happy”: 60\u00a0% in October 2026" in letter.body
    assert "https://heed.example.org/standards/actions" in letter.body
    assert standards.missed(unit, make.root(unit), OCTOBER) == [
        "“You leave us happy”: 60\u00a0% in October 2026 at Harbour Libraries, where at least 80\u00a0% is the standard."
    ]
    assert standards.missed(unit, make.root(unit), OCTOBER - 1) == []
    assert month_of(TODAY) == OCTOBER + 1


def test_two_clocks_at_once_judge_once_and_leave_out_what_was_taken_back(unit: Session) -> None:
    standard = make.standard(unit)
    rated(unit, 85, 15)
    found = judging.look(unit, TODAY)
    assert len(judging.store(unit, found)) == 1
    assert judging.store(unit, found) == []
    rated(unit, 0, 60)
    late = judging.look(unit, TODAY)
    standard.latest.taken_back_at = datetime(2026, 11, 23, tzinfo=UTC)
    unit.flush()
    assert judging.store(unit, late) == []


def test_the_clock_judges_and_writes(database: Database) -> None:
    """Reading first, in a transaction that cannot write; then what was found."""
    config = {"PUBLIC_URL": "https://heed.example.org"}
    assert judging.run(database, config) == {"judged": 0, "letters": 0}
    with database.write() as session:
        make.standard(session, from_month=24_000)
        make.person(session, "lead")
        survey, last = make.survey(session), closing.last_closed(today(session))
        for _each in range(20):
            make.response(session, survey, rating=1, day=first_day(last), state="heard")
        rollups.rebuild(session)
    assert judging.run(database, config) == {"judged": 1, "letters": 1}
    assert judging.run(database, config) == {"judged": 0, "letters": 0}
