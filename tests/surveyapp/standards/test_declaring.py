"""Who declares what, from when, and what holds where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import (
    Act,
    CorrectiveAction,
    Judgement,
    Letter,
    Measure,
    Person,
    RaisePutAway,
    Service,
    Standard,
    StandardVersion,
)
from surveyapp.standards import acting, agreeing, declaring, gauges, letters, raising, saying
from surveyapp.standards.declaring import Said
from surveyapp.trends import declared
from tests.support import make

TODAY = date(2026, 11, 23)
NOVEMBER = 2026 * 12 + 10


def said(**fields: object) -> Said:
    """What somebody types."""
    words = {"sentence": "You leave us happy.", "looks_like": "A smile.", "not_like": "A shrug."}
    return Said(**{**words, "level": "80", "days": None, "from_month": NOVEMBER, "why": "", **fields})


@pytest.fixture
def ada(unit: Session) -> Person:
    make.organisation(unit)
    return make.person(unit, "lead", name="Ada Lead")


def declare(
    unit: Session, ada: Person, gauge: str = "csat", measure: Measure | None = None, **fields: object
) -> Standard:
    return declaring.declare(unit, make.root(unit), gauge, measure, said(**fields), by=ada.id, today=TODAY)


@pytest.mark.parametrize(
    ("text", "gauge", "level"),
    [
        ("80", "csat", 80_000),
        ("80 %", "csat", 80_000),
        ("4.2", "rating", 4_200),
        ("-10", "nps", -10_000),
        ("100", "csat", 100_000),
    ],
)
def test_levels_as_people_write_them(text: str, gauge: str, level: int) -> None:
    assert gauges.level_of(text, gauge) == level


@pytest.mark.parametrize(
    ("text", "gauge"),
    [("", "csat"), ("many", "csat"), ("100.1", "csat"), ("0", "csat"), ("1", "rating"), ("5.1", "rating")],
)
def test_levels_that_cannot_be_or_ask_nothing(text: str, gauge: str) -> None:
    with pytest.raises(Invalid):
        gauges.level_of(text, gauge)


@pytest.mark.parametrize("month", [NOVEMBER - 13, NOVEMBER + 13])
def test_a_first_version_begins_within_a_year_of_now(unit: Session, ada: Person, month: int) -> None:
    with pytest.raises(Invalid, match="month"):
        declare(unit, ada, from_month=month)


def test_a_change_begins_in_no_month_that_is_over(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada, from_month=NOVEMBER - 12)
    with pytest.raises(Invalid, match="not judged yet"):
        declaring.change(unit, standard, said(level="85", why="w", from_month=NOVEMBER - 1), by=ada.id, today=TODAY)
    declaring.change(unit, standard, said(level="85", why="w", from_month=NOVEMBER + 2), by=ada.id, today=TODAY)
    with pytest.raises(Invalid, match="not judged yet"):
        declaring.change(unit, standard, said(level="90", why="w", from_month=NOVEMBER + 1), by=ada.id, today=TODAY)
    levels = [standard.in_month(month) for month in (NOVEMBER - 13, NOVEMBER - 12, NOVEMBER + 1, NOVEMBER + 2)]
    assert [each and each.level for each in levels] == [None, 80_000, 80_000, 85_000]


def test_what_only_explains_has_no_standard_and_less_may_be_better(unit: Session, ada: Person) -> None:
    sickness = Measure(name="Days of sickness", unit="days", better="less")
    weather = Measure(name="Days of rain", unit="days", explains=True)
    unit.add_all([sickness, weather])
    unit.flush()
    with pytest.raises(Invalid, match="not scored"):
        declare(unit, ada, "figure", weather)
    with pytest.raises(Invalid, match="measured by"):
        declare(unit, ada, "figure")
    made = declare(unit, ada, "figure", sickness, level="150")
    assert gauges.aim(made.latest, "figure", sickness) == "at most 150"


def test_a_retired_one_makes_room_and_then_cannot_come_back(unit: Session, ada: Person) -> None:
    first = declare(unit, ada)
    with pytest.raises(Conflict):
        declare(unit, ada)
    declaring.retire(unit, first, by=ada.id, today=TODAY)
    second = declare(unit, ada)
    with pytest.raises(Conflict, match="taken its place"):
        declaring.restore(unit, first, by=ada.id)
    declaring.retire(unit, second, by=ada.id, today=TODAY)
    declaring.restore(unit, first, by=ada.id)
    with pytest.raises(Conflict, match="not retired"):
        declaring.restore(unit, first, by=ada.id)
    assert [act.verb for act in unit.scalars(select(Act).order_by(Act.id))] == [
        "declare standard", "retire standard", "declare standard", "retire standard", "restore standard",
    ]  # fmt: skip


def test_a_version_by_which_a_month_was_judged_stays(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    second = declaring.change(unit, standard, said(level="85", why="w"), by=ada.id, today=TODAY)
    unit.add(Judgement(standard=standard, version=second, service=standard.service, month=NOVEMBER, verdict="few", n=3))
    unit.flush()
    with pytest.raises(Conflict, match="judged by it"):
        declaring.take_back(unit, standard, second.id, by=ada.id)
    with pytest.raises(Conflict, match="newest"):
        declaring.take_back(unit, standard, standard.versions[0].id, by=ada.id)


def _node(number: int, parent: Service | None) -> Service:
    return Service(id=number, name=str(number), path=f"{parent.path if parent else '/'}{number}/")


@given(
    parents=st.lists(st.integers(0, 5), min_size=1, max_size=6),
    begun=st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 5), st.none() | st.integers(0, 7)), max_size=6),
    month=st.integers(0, 8),
)
def test_the_nearest_that_has_begun_and_is_not_retired_holds(
    parents: list[int], begun: dict[int, tuple[int, int | None]], month: int
) -> None:
    """Any tree, any standards of one gauge: going up from a node, the first that is in force in the month."""
    nodes = [_node(1, None)]
    for number, parent in enumerate(parents, 2):
        nodes.append(_node(number, nodes[min(parent, len(nodes) - 1)]))
    standards = [
        Standard(id=at, service=nodes[at], gauge="csat", retired_from=retired, versions=[
            StandardVersion(number=1, from_month=first, level=at)
        ])
        for at, (first, retired) in begun.items() if at < len(nodes)
    ]  # fmt: skip
    for node in nodes:
        above = [each for each in nodes if each.holds(node)][::-1]
        expected = next(
            (each for place in above for each in standards if each.service is place and each.in_month(month)), None
        )
        held = declared.holding(standards, node, month)
        assert [standard for standard, _version in held] == ([expected] if expected else [])


def months(standard: Standard, values: list[int]) -> list[Judgement]:
    return [
        Judgement(standard=standard, version_id=standard.latest.id, month=place, verdict="met", value=value, n=50)
        for place, value in enumerate(values)
    ]


def test_what_is_proposed_is_a_whole_step_that_all_six_reached(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    judged = months(standard, [81_000, 86_400, 85_900, 88_000, 85_999, 91_000, 85_200])
    assert raising.proposed(standard, judged) == 85_000, "the first of seven does not count"
    assert raising.proposed(standard, months(standard, [80_200] * 6)) == 80_000
    income = Measure(name="Income", unit="GBP", better="more")
    unit.add(income)
    money = declare(unit, ada, "figure", income, level="400000")
    assert raising.proposed(money, months(money, [412_345_000] * 6)) == 410_000_000
    costs = Measure(name="Costs", unit="GBP", better="less")
    unit.add(costs)
    less = declare(unit, ada, "figure", costs, level="400000")
    assert raising.proposed(less, months(less, [388_345_000] * 6)) == 390_000_000


def test_left_as_it_is_it_asks_again_after_six_more(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    judged = months(standard, [90_000] * 6)
    with pytest.raises(Invalid, match="why"):
        raising.leave(unit, standard, judged, " ", by=ada.id)
    raising.leave(unit, standard, judged, "The winter is hard.", by=ada.id)
    assert not raising.asks(unit, standard, judged)
    assert not raising.asks(unit, standard, months(standard, [90_000] * 11))
    assert raising.asks(unit, standard, months(standard, [90_000] * 12))
    raising.ask_again(unit, standard, by=ada.id)
    assert raising.asks(unit, standard, judged)
    assert len(unit.scalars(select(RaisePutAway)).all()) == 1, "what was said stays"


def test_months_met_by_the_level_before_do_not_count(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    judged = months(standard, [90_000] * 6)
    assert raising.streak(standard, judged) == judged
    declaring.change(unit, standard, said(level="85", why="w"), by=ada.id, today=TODAY)
    assert raising.streak(standard, judged) == []


def test_nobody_is_asked_who_reads_only_or_is_gone(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    make.person(unit, "executive", name="Erin")
    make.person(unit, "colleague", name="Gone", active=False)
    make.person(unit, name="Without duty")
    make.person(unit, "executive", "lead", name="Both")
    found = agreeing.standing(unit, standard, [standard], agreeing.everybody(unit), NOVEMBER)
    assert [each.name for each in found.missing] == ["Ada Lead", "Both"]
    assert found.of == 2


def test_a_double_press_agrees_once(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    for _press in range(2):
        agreeing.agree(unit, standard, ada, standard.latest.id, month=NOVEMBER)
    assert agreeing.waiting(unit, ada, NOVEMBER) == []
    assert [act.verb for act in unit.scalars(select(Act))].count("agree") == 1


def missed(unit: Session, standard: Standard, month: int, **fields: object) -> Judgement:
    made = Judgement(
        **{"standard": standard, "version": standard.latest, "service": standard.service, "month": month, "verdict": "missed",
           "n": 50, "value": 60_000, "low": 50_000, "high": 70_000, **fields}
    )  # fmt: skip
    unit.add(made)
    unit.flush()
    return made


def test_only_the_last_month_asks_and_only_while_it_is_a_miss(unit: Session, ada: Person) -> None:
    everything = Scope.everything(unit)
    standard = declare(unit, ada, from_month=NOVEMBER - 6)
    for month in (NOVEMBER - 4, NOVEMBER - 3):
        missed(unit, standard, month)
    ((found),) = acting.asking(unit, everything)
    assert (found.judgement.month, found.running) == (NOVEMBER - 3, 2)
    missed(unit, standard, NOVEMBER - 3, number=1, verdict="met")
    assert acting.asking(unit, everything) == [], "figures came late, and it was met after all"
    missed(unit, standard, NOVEMBER - 2)
    assert [each.running for each in acting.asking(unit, everything)] == [1]
    declaring.retire(unit, standard, by=ada.id, today=TODAY)
    assert acting.asking(unit, everything) == []


def test_two_who_act_on_one_miss_do_it_once(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada, from_month=NOVEMBER - 6)
    miss = missed(unit, standard, NOVEMBER - 1)
    given = {"what": "Mend it.", "owner": ada, "due_on": TODAY, "by": ada.id, "today": TODAY}
    made = acting.entrust(unit, miss, **given)
    with pytest.raises(Conflict, match="working on this already"):
        acting.entrust(unit, miss, **given)
    acting.done(unit, made, ada, leads=True, today=TODAY)
    with pytest.raises(Conflict, match="Open it again"):
        acting.take_back(unit, made, by=ada.id)
    with pytest.raises(Conflict, match="done already"):
        acting.done(unit, made, ada, leads=True, today=TODAY)
    acting.reopen(unit, made, ada, leads=True)
    acting.take_back(unit, made, by=ada.id)
    acting.entrust(unit, miss, **given)
    assert len(unit.scalars(select(CorrectiveAction)).all()) == 2, "what was taken back stays to be read"


def test_how_a_month_is_said(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada)
    judged = missed(unit, standard, NOVEMBER - 1, value=60_499, low=50_100, high=70_900)
    assert saying.said(judged) == "missed: 60\u00a0%"
    assert saying.said(judged, exact=True) == "missed: 60\u00a0% of 50"
    assert saying.reach(judged) == "50\u00a0% to 71\u00a0%"
    few = missed(unit, standard, NOVEMBER, verdict="few", value=None, low=None, high=None)
    assert (saying.said(few, exact=True), saying.reach(few)) == ("too few to tell", "")
    staff = declare(unit, ada, "esat")
    assert saying.said(missed(unit, staff, NOVEMBER - 1), exact=True) == "missed: 60\u00a0%", (
        "of staff nobody learns how many"
    )


def test_whoever_has_an_action_is_reminded_before_and_after_its_day_once_each(unit: Session, ada: Person) -> None:
    standard = declare(unit, ada, from_month=NOVEMBER - 6)
    miss = missed(unit, standard, NOVEMBER - 1)
    due = TODAY + timedelta(days=10)
    action = acting.entrust(unit, miss, what="Mend it.", owner=ada, due_on=due, by=ada.id, today=TODAY)
    base = "https://heed.example.org"
    days = [due - timedelta(days=4), due - timedelta(days=3), due, due + timedelta(days=1), due + timedelta(days=2)]
    assert [letters.remind(unit, day, base) for day in days] == [0, 1, 0, 1, 0]
    said = [letter.subject for letter in unit.scalars(select(Letter).order_by(Letter.id))]
    assert said == [
        "To be put right by 3 December 2026 at Harbour Libraries",
        "Was to be put right by 3 December 2026 at Harbour Libraries",
    ]
    acting.done(unit, action, ada, leads=True, today=due)
    assert letters.remind(unit, due + timedelta(days=9), base) == 0
