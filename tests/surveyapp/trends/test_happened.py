"""What may explain a move marks itself on every chart over time, and is named under the first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.models import ImportRun, Note
from surveyapp.trends import happened, marks, registry
from surveyapp.trends.charts import Material
from surveyapp.trends.frame import Frame
from tests.support import make

TODAY = date(2026, 11, 23)


def frame(unit: Session, **fields: object) -> Frame:
    """The whole organisation over a year."""
    return Frame(make.root(unit), TODAY, 12, **fields)


def answered(unit: Session) -> None:
    """A house since January, whose Quay answers by kiosk from June on."""
    make.organisation(unit, minimum_group=1)
    survey = make.survey(unit)
    quay = make.service(unit, "Quay", make.root(unit))
    for month in range(1, 11):
        make.response(unit, survey, day=date(2026, month, 4), state="heard")
        if month >= 6:
            make.response(unit, survey, at=quay, day=date(2026, month, 9), channel="kiosk", state="heard")
    unit.flush()
    rollups.rebuild(unit)


def test_nothing_marks_itself_where_nothing_came(unit: Session) -> None:
    """The first answers of all are no news, and neither is what was published the same."""
    survey = make.survey(unit)
    make.response(unit, survey, day=date(2026, 5, 1), state="heard")
    make.publish(unit, survey, [("line", make.QUESTIONS[0])]).change = "same line"
    unit.flush()
    rollups.rebuild(unit)
    assert happened.events(unit, frame(unit)) == []


def test_places_and_channels_mark_when_they_came_and_went(unit: Session) -> None:
    """From June on; the Quay closed in October. Seen from the Quay itself both were there from the start."""
    answered(unit)
    quay = max(make.root(unit).children, key=lambda each: each.id) if hasattr(make.root(unit), "children") else None
    assert happened.events(unit, frame(unit)) == [
        (date(2026, 6, 1), "first answers by kiosk"), (date(2026, 6, 1), "first answers from Quay"),
    ]  # fmt: skip
    if quay is not None:
        quay.closed_at = datetime(2026, 10, 20, tzinfo=UTC)
        unit.flush()
        assert (date(2026, 10, 20), "Quay closed") in happened.events(unit, frame(unit))
        assert happened.events(unit, Frame(quay, TODAY, 12)) == [(date(2026, 10, 20), "Quay closed")]


def test_versions_imports_and_standards_mark_their_day(unit: Session) -> None:
    """A version that begins a new line, a file, a level from a month on; a standard of one branch is not the whole house's."""
    survey = make.survey(unit)
    new = make.publish(unit, survey, [("line", make.QUESTIONS[0])])
    new.change, new.published_at = "new line", datetime(2026, 3, 2, 9, tzinfo=UTC)
    unit.add(ImportRun(source="csv", file_name="may.csv", survey_id=survey.id, at=datetime(2026, 5, 6, tzinfo=UTC)))
    make.standard(unit, from_month=2026 * 12 + 6)
    make.standard(unit, make.service(unit, "Quay", make.root(unit)))
    unit.flush()
    assert happened.events(unit, frame(unit)) == [
        (date(2026, 3, 2), "a new version of “How did we do?”, whose lines begin anew"),
        (date(2026, 5, 6), "the file may.csv was imported"),
        (date(2026, 7, 1), "standard: You leave us happy."),
    ]  # fmt: skip


def test_a_newer_analyser_marks_its_day_everywhere(unit: Session) -> None:
    """It reads the comments of every place; people's notes are not doubled by it, and it counts among what changes how we hear."""
    unit.add(Note(service_id=make.root(unit).id, day=date(2026, 8, 3), text="heed 2", kind="analyser"))
    quay = make.service(unit, "Quay", make.root(unit))
    unit.flush()
    said = [(date(2026, 8, 3), "comments are read by a newer analyser")]
    assert happened.events(unit, frame(unit)) == happened.events(unit, Frame(quay, TODAY, 12)) == said
    assert happened.of_hearing(unit, frame(unit)) == said
    assert marks.notes(unit, frame(unit)) == []


def test_letters_are_named_once_and_drawn_on_every_chart_over_time(unit: Session) -> None:
    """The same letters by month and by week; a chart drawn with a mark differs from one without."""
    answered(unit)
    named = registry.make(Material(unit, frame(unit)), "rating").legend
    assert [(each.letter, each.text.partition(" (")[0]) for each in named] == [
        ("A", "first answers by kiosk"),
        ("B", "first answers from Quay"),
    ]
    assert [each.letter for each in marks.shown(unit, frame(unit, grain="week"))] == ["A", "B"]
    for name in ("rating", "answered", "levels", "promises", "themes", "together"):
        made = registry.make(Material(unit, frame(unit)), name).draw(False, False)
        assert any("A" in str(text.get_text()) for text in made.axes[0].texts), name
    assert marks.shown(unit, Frame(make.root(unit), TODAY - timedelta(days=400), 12)) == []
