"""What "did it help" compares with: everything acted on, and no more of the rest than says what was to be expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import Improvement, Verdict
from surveyapp.trends import customers, helping, sentences
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import Mentioned
from tests.support import make

ACTED = 7
"""The id of the improvement that was done, a year before today."""


@pytest.fixture
def frame(unit: Session) -> Frame:
    """The two years before today, of the whole organisation."""
    return Frame(make.root(unit), date(2026, 3, 10), 24, "csat", "month", None, 0, compare=False)


def asked_for(frame: Frame, others: int, *, each: int = 4) -> Mentioned:
    """Many needs, each voiced as often in every month, save the one that was acted on: twice as often before, never after."""
    done = Improvement(id=ACTED, title="More chairs", state="done", in_effect_since=date(2025, 3, 1), outcomes=[])
    months = {1_000 + n: dict.fromkeys(frame.months, each) for n in range(others)}
    months[ACTED] = {month: 2 * each for month in frame.months if month < 2025 * 12 + 2}
    return Mentioned(months, {}, {ACTED: done}, [5_000] * 24, dict.fromkeys(frame.months, 5_000), 0)


def test_an_improvement_that_ended_the_asking_helped(frame: Frame) -> None:
    """Twelve months with eight mentions, then none, among steady needs."""
    (found,) = helping.verdicts(frame, asked_for(frame, 30))
    assert (found.word, found.before > 50, found.after) == ("Helped", True, 0)


def test_thousands_of_others_say_no_more_than_a_hundred(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the backlog, as many are compared with; the verdict is the same, and none that was acted on is left out."""
    measured = []
    from analysis.stats import impact

    real = impact.measure

    def note(counts, *rest):  # type: ignore[no-untyped-def]
        measured.append(len(counts))
        return real(counts, *rest)

    monkeypatch.setattr(impact, "measure", note)
    few, many = (helping.verdicts(frame, asked_for(frame, others)) for others in (100, 3_000))
    assert measured == [101, helping.OTHERS + 1]
    assert [each.word for each in many] == [each.word for each in few] == ["Helped"]


def test_what_is_hardly_asked_for_is_not_compared_with(frame: Frame) -> None:
    """Needs that were voiced less than once a month say nothing; without any other there is still a verdict, of some kind."""
    rare = asked_for(frame, 5, each=4)
    rare.months.update({2_000 + n: {frame.first: 1} for n in range(500)})
    assert [each.improvement.id for each in helping.verdicts(frame, rare)] == [ACTED]


def test_nothing_asked_for_is_no_verdict(frame: Frame) -> None:
    """An empty backlog, or one where nothing was done."""
    assert helping.verdicts(frame, Mentioned({}, {}, {}, [0] * 24, {}, 0)) == []


def test_a_verdict_does_not_hang_on_the_span(frame: Frame) -> None:
    """A year is shown, five are judged by; what took effect before the year is not listed, and what did is judged the same."""
    found = asked_for(frame, 30)
    short = replace(frame, span=12)
    found.closed[ACTED].in_effect_since = date(2025, 2, 1)
    assert helping.verdicts(short, found) == []
    found.closed[ACTED].in_effect_since = date(2025, 3, 1)
    (seen,), (again,) = (helping.verdicts(each, found) for each in (short, frame))
    assert (seen.word, seen.before, seen.impact) == ("Helped", again.before, again.impact)


def test_what_nobody_has_sorted_can_take_a_verdict_back(frame: Frame) -> None:
    """As many comments as before wait since, and may be about it: nobody can tell. A few change nothing; nor do those of another."""
    found, since = asked_for(frame, 30), range(2025 * 12 + 2, frame.closed_months.stop)
    (bound,) = helping.verdicts(frame, found, waiting={ACTED: dict.fromkeys(since, 8)})
    assert (bound.word, bound.judged) == ("Can't tell", False)
    assert "nobody has sorted" in bound.why
    for waiting in ({ACTED: {since[2]: 1}}, {1_001: dict.fromkeys(since, 8)}):
        assert [each.word for each in helping.verdicts(frame, found, waiting=waiting)] == ["Helped"]


def test_what_else_changed_about_that_time_is_named(frame: Frame) -> None:
    """A new channel half a year later; not one of two years before."""
    changes = [(date(2023, 1, 1), "first answers by e-mail"), (date(2025, 9, 1), "first answers by kiosk")]
    (found,) = helping.verdicts(frame, asked_for(frame, 30), changes=changes)
    assert found.why.endswith("were to be expected. In the same time: first answers by kiosk")


def test_nothing_judged_claims_nothing(unit: Session) -> None:
    """No "0 of 11 helped" where nothing can be said."""
    verdict = helping.Verdict(Improvement(id=1, title="A"), "Can't tell", "", None, 0, 0)
    assert sentences.helped([verdict]) == "1 change was made, and it cannot be judged yet."
    assert sentences.helped([verdict] * 3) == "3 changes were made, and none can be judged yet."
    assert (
        sentences.helped([replace(verdict, word="Helped"), verdict]) == "Of 2 changes made, 1 can be judged: 1 helped."
    )


def test_what_customers_say_stands_beside_it(frame: Frame) -> None:
    """Twelve of fifteen; nothing is said of a handful, who might be known."""
    said = {"yes": 12, "partly": 2, "no": 1}
    (found,) = helping.verdicts(frame, asked_for(frame, 30))
    assert sentences.told([replace(found, customers=said)], 10) == (
        "Asked themselves, 12 of 15 customers say that it helped, 2 that it did partly."
    )
    assert sentences.told([replace(found, customers={"yes": 3})], 10) == sentences.told([found], 0) == ""


def test_verdicts_of_customers_are_counted_with_the_one_that_speaks(unit: Session) -> None:
    """Two said of the chairs, one of what was merged into them; at another place one more."""
    survey, chairs, stools = make.survey(unit), make.improvement(unit, "Chairs"), make.improvement(unit, "Stools")
    stools.merged_into_id = chairs.id
    quay = make.service(unit, "Quay", make.root(unit))
    for to, says, at in ((chairs, "yes", None), (chairs, "no", None), (stools, "yes", None), (chairs, "partly", quay)):
        made = make.response(unit, survey, day=date(2026, 1, 5), state="heard", **({"at": at} if at else {}))
        unit.add(Verdict(response_id=made.id, improvement_id=to.id, says=says, day=date(2026, 2, 1)))
    unit.flush()
    rollups.rebuild(unit)
    root, today = make.root(unit), date(2026, 3, 10)
    assert customers.read(unit, Frame(root, today, 12)) == {chairs.id: {"yes": 2, "no": 1, "partly": 1}}
    assert customers.read(unit, Frame(quay, today, 12)) == {chairs.id: {"partly": 1}}
