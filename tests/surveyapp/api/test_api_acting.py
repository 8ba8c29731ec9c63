"""What programs do: acts on improvements, responses at most once, monthly figures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from surveyapp.db import UNDATED, now
from surveyapp.models import Act, Comment, LateChange, MonthlyFigure, Response, Undo
from surveyapp.pipeline.erase import erase
from tests.support import make
from tests.support.program import Program, token

TODAY = now().date()


@pytest.fixture
def program(app, unit):
    given = token(unit)
    unit.commit()
    return Program(app, given, unit)


def improvement(unit, **fields):
    made = make.improvement(unit, **fields)
    unit.commit()
    return made.id


def test_an_improvement_is_owned_promised_done_and_opened_again(program, unit):
    one, ada = improvement(unit), make.person(unit, "lead", name="Ada").id
    unit.commit()
    path = f"/improvements/{one}"
    assert program.post(f"{path}/owner", owner=ada)["owner"] == ada
    due = (TODAY + timedelta(days=30)).isoformat()
    promised = program.post(f"{path}/promise", due_on=due, sentence="Chairs by then.")["promise"]
    assert promised == {"due_on": due, "first": due, "standing": "upcoming", "sentence": "Chairs by then."}
    done = program.post(
        f"{path}/done", what="Six chairs stand there.", since=TODAY.isoformat(), serves=[make.root(unit).id]
    )
    assert (done["state"], done["in_effect_since"], done["outcome"]["words"]) == (
        "done",
        TODAY.isoformat(),
        "Six chairs stand there.",
    )
    assert program.post(f"{path}/reopen", reason="Two broke.")["state"] == "open"
    assert program.post(f"{path}/decline", reason="No room.")["state"] == "declined"
    assert program.post(f"{path}/link", url="https://tracker.example.org/7")["links"] == [
        "https://tracker.example.org/7"
    ]
    assert program.post(f"{path}/owner", owner=None)["owner"] is None


def test_what_a_program_does_can_be_undone_and_stands_in_the_audit(program, unit):
    one = improvement(unit)
    program.post(f"/improvements/{one}/decline", reason="No room.")
    acts = {(each.verb, each.thing): each for each in unit.scalars(select(Act))}
    robin = acts["declined", "improvement"].by
    assert (
        acts["api decline", "api_token"].fields == {"improvement": one} and acts["api decline", "api_token"].by == robin
    )
    assert unit.scalars(select(Undo)).one().by == robin


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("done", {"what": "", "since": TODAY.isoformat()}, "what"),
        ("done", {"what": "x", "since": (TODAY + timedelta(days=9)).isoformat()}, "since"),
        ("done", {"what": "x", "since": "2026-02-30"}, "since"),
        ("done", {"what": "x", "since": TODAY.isoformat(), "serves": [999_999]}, "serves"),
        ("decline", {"reason": " "}, "reason"),
        ("decline", {}, "/"),
        ("decline", {"reason": "x", "by": 1}, "/"),
        ("decline", {"reason": "a\0b"}, None),
        ("decline", {"reason": "\ud800"}, None),
        ("promise", {"due_on": "2020-01-01", "sentence": "x"}, "due_on"),
        ("promise", {"due_on": TODAY.isoformat()}, "sentence"),
        ("owner", {"owner": 999_999}, "owner"),
        ("link", {"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(program, unit, verb, body, field):
    one = improvement(unit)
    problem = program.post(f"/improvements/{one}/{verb}", 422, **body)
    assert (problem["errors"][0]["field"] if field else None) == field
    assert program.get(f"/improvements/{one}")["state"] == "open"
    assert unit.scalar(select(func.count()).select_from(Act).where(Act.thing == "improvement")) == 0


def test_two_at_once_lose_nothing(program, unit):
    one = improvement(unit)
    seen = program.get(f"/improvements/{one}")["version"]
    program.post(f"/improvements/{one}/decline", reason="No room.", version=seen)
    assert (
        "Somebody else changed"
        in program.post(f"/improvements/{one}/reopen", 409, reason="Room!", version=seen)["detail"]
    )
    assert "declined already" in program.post(f"/improvements/{one}/decline", 409, reason="No.")["detail"]


def test_what_was_merged_is_not_acted_on(program, unit):
    into = improvement(unit)
    one = improvement(unit, merged_into_id=into)
    assert str(into) in program.post(f"/improvements/{one}/decline", 409, reason="x")["detail"]


def batch(survey, *rows, source="till", **more):
    return {"source": source, "survey": survey.id, "responses": list(rows)} | more


def row(survey, name, rating=4, suggestion="More chairs, please.", **more):
    asked = {each.purpose: str(each.id) for each in survey.published.questions}
    return {"id": name, "answers": {asked["csat"]: rating, asked["suggestion"]: suggestion}} | more


@pytest.fixture
def survey(unit):
    made = make.survey(unit)
    unit.commit()
    return made


def test_responses_are_stored_once_however_often_they_come(program, unit, survey):
    day = TODAY.isoformat()
    one, two = row(survey, "1", day=day), row(survey, "2", rating=5)
    said = program.post("/responses", **batch(survey, one, two, channel="kiosk"))
    assert (said["stored"], said["there_already"], said["refused"]) == (2, 0, 0)
    again = program.post("/responses", **batch(survey, two, one, row(survey, "3"), row(survey, "3")))
    assert (again["stored"], again["there_already"]) == (1, 2)
    assert [each["state"] for each in again["responses"]] == ["there already", "there already", "stored"]
    stored = list(unit.scalars(select(Response).order_by(Response.id)))
    assert [each.channel for each in stored] == ["kiosk", "kiosk", "import"]
    assert [each.day for each in stored] == [TODAY, UNDATED, UNDATED] and {each.state for each in stored} == {"pending"}
    assert unit.scalar(select(func.count()).select_from(Comment)) == 3
    assert program.post("/responses", **batch(survey, one, source="another"))["stored"] == 1


def test_one_batch_that_comes_twice_at_the_same_moment_is_stored_once(program, unit, survey):
    whole = batch(survey, *(row(survey, str(n)) for n in range(20)))
    unit.commit()
    unit.expunge_all()

    def send(_n):
        answer = program.client.application.test_client().post(
            "/api/v1/responses", json=whole, headers={"Authorization": f"Bearer {program.token}"}
        )
        return answer.status_code, answer.get_json()["stored"]

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(send, range(4)))
    assert sorted(said) == [(200, 0), (200, 0), (200, 0), (200, 20)]
    assert unit.scalar(select(func.count()).select_from(Response)) == 20


def test_what_was_erased_does_not_come_back(program, unit, survey):
    program.post("/responses", **batch(survey, row(survey, "1")))
    erase(unit, unit.scalars(select(Response)).one())
    unit.commit()
    assert program.post("/responses", **batch(survey, row(survey, "1")))["there_already"] == 1


def test_one_that_is_wrong_does_not_hold_up_the_others(program, survey):
    asked = {each.purpose: str(each.id) for each in survey.published.questions}
    said = program.post(
        "/responses",
        **batch(
            survey, row(survey, "good"), row(survey, "rating", rating=9), row(survey, "text", rating="4"), row(survey, "words", suggestion=7),
            row(survey, "future", day=(TODAY + timedelta(days=9)).isoformat()), row(survey, "day", day="2026-02-30"),
            row(survey, "place", service=999_999), {"id": "empty", "answers": {}}, {"id": "other", "answers": {"999999": 1}},
            {"id": "blank", "answers": {asked["suggestion"]: "  "}}, {"id": "list", "answers": {asked["csat"]: ["4"]}},
        ),
    )  # fmt: skip
    assert [each["id"] for each in said["responses"] if each["state"] == "stored"] == ["good"]
    assert said["refused"] == 10 and all(each["why"] for each in said["responses"][1:])
    assert "write it like" in said["responses"][5]["why"] and "no open service" in said["responses"][6]["why"]


def test_a_batch_for_a_survey_that_is_none_or_a_draft_is_refused(program, unit, survey):
    program.post("/responses", 404, **batch(survey, row(survey, "1")) | {"survey": 999_999})
    program.post("/responses", 404, **batch(survey, row(survey, "1")) | {"survey": 2**40})
    draft = make.survey(unit)
    draft.versions[0].number = None
    unit.commit()
    program.post("/responses", 409, **batch(survey, row(survey, "1")) | {"survey": draft.id})
    program.post("/responses", 422, **batch(survey))
    program.post("/responses", 422, **batch(survey, row(survey, "")))
    program.post("/responses", 422, **batch(survey, *(row(survey, str(n)) for n in range(501))))
    assert unit.scalar(select(func.count()).select_from(Response)) == 0


def figure(**more):
    return {"measure": "Income", "service": 1, "month": "2026-03", "value": 1200.5, "unit": "GBP"} | more


def test_monthly_figures_are_taken_as_from_a_file(program, unit):
    root = make.root(unit).id
    assert program.put("/figures", figures=[figure(service=root), figure(service=root, month="2026-04", value=-3)]) == {
        "new": 2, "changed": 0, "same": 0,
    }  # fmt: skip
    assert program.put("/figures", figures=[figure(service=root)])["same"] == 1
    changed = program.put("/figures", figures=[figure(service=root, value=1300)], why="The till was wrong.")
    assert changed["changed"] == 1
    stored = unit.scalars(select(MonthlyFigure.value).order_by(MonthlyFigure.month))
    assert list(stored) == [1_300_000, -3_000]
    assert unit.scalars(select(LateChange)).one().why == "The till was wrong."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"service": 999_999}, "no service"), ({"month": "2026-13"}, "no month"), ({"month": "2099-01"}, "not begun"),
        ({"value": 0.12345}, "more than three places"), ({"value": 1e300}, "too large"), ({"unit": "XQZ"}, "no currency"),
        ({"measure": " "}, "empty"),
    ],
)  # fmt: skip
def test_one_figure_that_is_wrong_stops_all(program, unit, wrong, said):
    root = make.root(unit).id
    figures = [figure(service=root), figure(**({"service": root, "month": "2026-02"} | wrong))]
    problem = program.put("/figures", 422, figures=figures)
    assert said in problem["detail"]
    assert unit.scalar(select(func.count()).select_from(MonthlyFigure)) == 0


def test_a_measure_with_line_breaks_and_commas_is_one_cell(program, unit):
    root = make.root(unit).id
    program.put("/figures", figures=[figure(service=root, measure='Sales,\n"net"')])
    assert unit.scalar(select(func.count()).select_from(MonthlyFigure)) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    max_leaves=8,
)
PATHS = ("/responses", "/improvements/1/done", "/improvements/1/promise", "/improvements/1/owner")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(PATHS), body=JSON)
def test_no_nonsense_is_ever_our_fault(program, path, body):
    answer = program.client.post(f"/api/v1{path}", json=body, headers={"Authorization": f"Bearer {program.token}"})
    assert answer.status_code in {404, 422} and answer.mimetype == "application/problem+json"
