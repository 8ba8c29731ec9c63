"""Who comes in: tokens, scopes, limits, problems, and the document."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp import create_app
from surveyapp.api import contract, tokens
from surveyapp.db import now
from surveyapp.models import Act, ApiToken, Person
from tests.support import make
from tests.support.pages import Browser
from tests.support.program import Program, maker, token


def made(unit, *scopes):
    given = token(unit, *scopes)
    unit.commit()
    return given


def addresses():
    return [(each.method, "/api/v1" + contract.HOLE.sub("1", each.path), each.scope) for each in contract.OPERATIONS]


def ask(app, method, path, authorization=None, **more):
    headers = {"Authorization": authorization} if authorization is not None else {}
    return app.test_client().open(path, method=method.upper(), headers=headers, **more)


def test_nothing_is_open_without_a_token(app, unit):
    good = made(unit)
    wrong = (
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer heed_",
        "Bearer null",
        f"Basic {good}",
        f"Bearer {good}x",
        f"Bearer {good[5:]}",
    )
    for method, path, _scope in addresses():
        for authorization in wrong:
            answer = ask(app, method, path, authorization)
            assert answer.status_code == 401, (path, authorization)
            assert answer.mimetype == "application/problem+json" and answer.headers["WWW-Authenticate"].startswith(
                "Bearer"
            )


def test_a_scope_opens_its_own_operations_and_no_others(app, unit):
    for scope in ("read", "write", "figures"):
        given = made(unit, scope)
        for method, path, needed in addresses():
            answer = ask(app, method, path, f"Bearer {given}")
            refused = answer.status_code == 403 and "lacks the scope" in answer.get_json()["detail"]
            assert refused == (needed != scope), (scope, path, answer.status_code)


def test_a_signed_in_browser_is_no_program(app, unit):
    """Nothing here listens to a cookie, so no other site's form can use one."""
    browser = Browser(app)
    robin = maker(unit)
    unit.commit()
    browser.sign_in(robin)
    assert browser.client.get("/api/v1/improvements").status_code == 401
    assert browser.client.post("/api/v1/improvements/1/done", json={}).status_code == 401


@pytest.mark.parametrize("change", ["revoked", "left", "no administrator any more"])
def test_a_token_dies_with_what_it_rests_on(app, unit, change):
    given = made(unit)
    assert ask(app, "get", "/api/v1/surveys", f"Bearer {given}").status_code == 200
    row, robin = unit.scalars(select(ApiToken)).one(), unit.scalars(select(Person)).one()
    if change == "revoked":
        tokens.revoke(unit, row.id, by=robin.id)
    elif change == "left":
        robin.active = False
    else:
        robin.roles = [each for each in robin.roles if each.name != "administrator"]
    unit.commit()
    assert ask(app, "get", "/api/v1/surveys", f"Bearer {given}").status_code == 401


def test_only_the_hash_is_stored_and_the_use_is_noted(app, unit):
    given = made(unit)
    row = unit.scalars(select(ApiToken)).one()
    assert given.startswith("heed_") and len(given) > 45 and given not in str(vars(row)) and row.last_used_at is None
    unit.commit()
    ask(app, "get", "/api/v1/surveys", f"Bearer {given}")
    unit.refresh(row)
    assert now() - row.last_used_at < timedelta(minutes=1)


def test_one_token_has_its_limit_and_another_has_its_own(settings, unit):
    first, second = made(unit), made(unit)
    app = create_app(settings | {"RATELIMIT_ENABLED": True, "API_LIMIT": "3 per minute"})
    said = [ask(app, "get", "/api/v1/surveys", f"Bearer {first}").status_code for _ in range(4)]
    assert said == [200, 200, 200, 429]
    last = ask(app, "get", "/api/v1/surveys", f"Bearer {first}")
    assert last.mimetype == "application/problem+json" and int(last.headers["Retry-After"]) > 0
    assert ask(app, "get", "/api/v1/surveys", f"Bearer {second}").status_code == 200
    app.extensions["heed_database"].dispose()


def test_who_guesses_tokens_is_slowed_down(settings, unit):
    maker(unit)
    unit.commit()
    app = create_app(settings | {"RATELIMIT_ENABLED": True})
    said = [ask(app, "get", "/api/v1/surveys", f"Bearer heed_{n}").status_code for n in range(40)]
    assert said[:30] == [401] * 30 and set(said[30:]) == {429}
    app.extensions["heed_database"].dispose()


def test_problems_say_what_to_do(app, unit):
    program = Program(app, made(unit))
    assert "limit" in program.get("/surveys", 422, limit=0)["detail"]
    assert program.get("/surveys", 422, limit="many")["errors"][0]["field"] == "limit"
    assert program.get("/surveys", 422, cursor="!!")["errors"][0]["field"] == "cursor"
    assert "no parameter" in program.get("/surveys", 422, colour="red")["detail"]
    assert "since" in program.get("/comments", 422, since="yesterday")["detail"]
    assert program.get("/improvements", 422, state="lost")["errors"] != []
    assert "Content-Type" in program.asks("post", "/responses", 422, data="x")["detail"]
    assert program.asks("post", "/responses", 422, json=[])["errors"][0]["field"] == "/"
    assert program.get("/improvements/999999", 404)["title"] == "Nothing here"


def test_an_address_that_is_none_is_a_problem_too(app):
    answer = app.test_client().get("/api/v1/nothing")
    assert answer.status_code == 404 and answer.mimetype == "application/problem+json"
    answer = app.test_client().delete("/api/v1/surveys")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


def test_the_document_names_everything_that_is_served(app):
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    served = {
        (method.lower(), re.sub(r"<int:(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api.openapi"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(method, path) for path, each in document["paths"].items() for method in each}
    assert served == described and document["servers"] == [{"url": "http://localhost/api/v1"}]


def test_the_document_is_good_openapi(app):
    import schemathesis

    document = app.test_client().get("/api/v1/openapi.json").get_json()
    loaded = schemathesis.openapi.from_dict(document)
    loaded.validate()
    assert len(list(loaded.get_all_operations())) == len(contract.OPERATIONS)


def test_an_administrator_makes_a_token_sees_it_once_and_revokes_it(app, unit):
    robin = maker(unit)
    unit.commit()
    browser = Browser(app)
    browser.sign_in(robin)
    assert "No token yet" in browser.get("/admin/programs")
    assert "Tick at least one" in browser.submit("/admin/programs", status=422, name="Till")
    assert "Write a name" in browser.submit("/admin/programs", status=422, name=" ", scopes=["read"])
    page = browser.submit("/admin/programs", name="Till", scopes=["read"])
    (given,) = page.said("code.secret")
    assert "Till" in page and "never" in page
    assert ask(app, "get", "/api/v1/surveys", f"Bearer {given}").status_code == 200
    page = browser.get("/admin/programs")
    assert given not in page.html and "never" not in page.said("td")
    row = unit.scalars(select(ApiToken)).one().id
    unit.rollback()
    assert "opens nothing any more" in browser.submit(f"/admin/programs/{row}/revoke")
    assert ask(app, "get", "/api/v1/surveys", f"Bearer {given}").status_code == 401
    assert set(unit.scalars(select(Act.verb).where(Act.thing == "api_token"))) == {"made", "revoked"}
    unit.rollback()
    browser.post("/admin/programs/987654/revoke", status=404)


def test_a_name_that_cannot_be_stored_is_refused(app, unit):
    robin = make.person(unit, "administrator")
    make.organisation(unit)
    unit.commit()
    browser = Browser(app)
    browser.sign_in(robin)
    browser.get("/admin/programs")
    assert "cannot be stored" in browser.submit("/admin/programs", status=422, name="a\0b", scopes=["read"])
