"""What programs read, and what they never do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from surveyapp.db import now
from surveyapp.models import Mention, WorkLink
from surveyapp.pipeline.hear import Hearing
from surveyapp.trends import registry
from tests.support import make
from tests.support.program import Program, token

NEED = "Please add more chairs by the lake."


@pytest.fixture
def program(app, unit):
    given = token(unit)
    unit.commit()
    return Program(app, given, unit)


def hear(app):
    Hearing(app.extensions["heed_database"], holder="test").hear_all()


def test_services_come_as_a_tree(program, unit):
    north = make.service(unit, "North", make.root(unit))
    unit.commit()
    rows = program.all("/services")
    assert rows[-1] == {"id": north.id, "name": "North", "parent": north.parent_id, "depth": 1, "closed": False}


def test_surveys_come_with_their_questions(program, unit):
    survey = make.survey(unit, title="How did we do?")
    unit.commit()
    (row,) = program.all("/surveys")
    assert (row["id"], row["title"], row["version"]) == (survey.id, "How did we do?", 1)
    assert [(each["kind"], each["low"], each["high"]) for each in row["questions"]] == [
        ("rating", 1, 5), ("comment", None, None), ("comment", None, None),
    ]  # fmt: skip


def test_responses_come_page_by_page_and_filtered(program, unit):
    survey, north = make.survey(unit), make.service(unit, "North", make.root(unit))
    days = [date(2026, 3, n) for n in range(1, 6)]
    ids = [make.response(unit, survey, day=day, rating=n + 1, channel="kiosk").id for n, day in enumerate(days)]
    there = make.response(unit, survey, at=north, day=days[0], channel="qr").id
    unit.commit()
    assert [each["id"] for each in program.all("/responses")] == [*ids, there]
    assert [each["id"] for each in program.all("/responses", since="2026-03-04")] == ids[3:]
    assert [each["id"] for each in program.all("/responses", until="2026-03-02", channel="kiosk")] == ids[:2]
    assert [each["id"] for each in program.all("/responses", service=north.id)] == [there]
    assert program.all("/responses", survey=survey.id + 1) == []
    first = program.get("/responses")["data"][0]
    assert first["answers"][0]["value"] == 1 and first["answers"][0]["purpose"] == "csat"


def test_a_page_neither_repeats_nor_skips_when_something_is_erased(program, unit):
    survey = make.survey(unit)
    rows = [make.response(unit, survey) for _ in range(5)]
    unit.commit()
    ids = [row.id for row in rows]
    first = program.get("/responses", limit=2)
    unit.delete(rows[1])
    unit.commit()
    rest = program.get("/responses", limit=10, cursor=first["next"])
    assert [each["id"] for each in first["data"] + rest["data"]] == ids and rest["next"] is None


def test_what_was_said_in_confidence_is_not_handed_out(program, app, unit):
    survey = make.survey(unit, confidential=True)
    make.response(unit, survey, rating=1, suggestion=NEED)
    unit.commit()
    hear(app)
    assert program.all("/responses") == [] and program.all("/comments") == []
    assert [each["text"] for each in program.all("/mentions")] == [None]
    assert {each["title"] for each in program.all("/improvements")} == {None}


def test_comments_come_with_what_was_found_personal_data_covered(program, app, unit):
    said = "The staff were lovely. Please add chairs. Call me on 07700 900123 or ada@example.org."
    response = make.response(unit, make.survey(unit), suggestion=said)
    unit.commit()
    (waiting,) = program.all("/comments")
    assert (waiting["text"], waiting["finding"]) == (None, None)  # nobody has looked for personal data yet
    hear(app)
    (row,) = program.all("/comments")
    assert row["response"] == response.id and row["text"].startswith("The staff were lovely. Please add chairs.")
    assert "suggestion" in row["finding"]["kinds"] and row["finding"]["language"] == "en"
    assert "Please add chairs." in [each["text"] for each in row["finding"]["sentences"]]
    assert program.all("/comments", kind="suggestion", service=make.root(unit).id) == [row]
    assert program.all("/comments", theme=999) == []
    wrong = {"positive": "negative", "negative": "positive"}.get(row["finding"]["sentiment"], "negative")
    assert program.all("/comments", sentiment=wrong) == []
    everything = str([program.all(path) for path in ("/comments", "/mentions", "/responses", "/improvements")])
    assert "07700" not in everything and "ada@example.org" not in everything


def test_improvements_come_with_weight_promise_outcome_and_links(program, unit):
    chairs, done = make.improvement(unit, "More chairs"), make.improvement(unit, "Lights", state="done")
    unit.add(WorkLink(improvement_id=chairs.id, url="https://tracker.example.org/1"))
    response = make.response(unit, make.survey(unit), suggestion=NEED, state="heard")
    comment = response.comments[0]
    unit.add(
        Mention(
            comment_id=comment.id, start=0, end=6, kind="suggestion", improvement_id=chairs.id, service_id=comment.service_id,
            day=comment.day,
        )
    )  # fmt: skip
    unit.commit()
    assert [each["title"] for each in program.all("/improvements", state="open")] == ["More chairs"]
    row = program.get(f"/improvements/{chairs.id}")
    assert row["links"] == ["https://tracker.example.org/1"] and row["url"] == f"http://localhost/backlog/{chairs.id}"
    assert (row["promise"], row["outcome"], row["weight"]) == (None, None, 0)
    assert [each["comment"] for each in program.all("/mentions", improvement=chairs.id)] == [comment.id]
    assert program.all("/mentions", improvement=done.id) == []
    assert program.all("/mentions", since=(comment.day + timedelta(days=1)).isoformat()) == []


def rated(unit, n, **fields):
    survey = make.survey(unit, **fields)
    for each in range(n):
        make.response(unit, survey, rating=1 + each % 5, day=now().date() - timedelta(days=40))
    unit.commit()


def test_a_chart_comes_as_its_table_with_what_it_says(program, app, unit):
    rated(unit, 30)
    hear(app)
    said = program.get("/chart", span=12)
    assert said["head"] and len(said["rows"]) == 13 and said["sentence"] and said["how"]
    assert all(len(row) == len(said["head"]) for row in said["rows"])
    assert {program.get("/chart", name=name)["name"] for name in registry.CHARTS} == set(registry.CHARTS)


def test_figures_of_so_few_that_they_could_point_at_somebody_are_not_handed_out(program, app, unit):
    minimum = make.organisation(unit).minimum_group
    rated(unit, minimum - 1)
    hear(app)
    for name in registry.CHARTS:
        assert "could point at somebody" in program.get("/chart", 403, name=name)["detail"]
    rated(unit, 1)
    hear(app)
    assert program.get("/chart")["rows"]
    assert "could point" in program.get("/chart", 403, back=1)["detail"]


def test_a_chart_of_nothing_is_not_there(program, unit):
    program.get("/chart", 422, name="nonsense")
    program.get("/chart", 422, span=7)
    program.get("/chart", 404, service=999_999)
    program.get("/chart", 404, segment="nobody")
