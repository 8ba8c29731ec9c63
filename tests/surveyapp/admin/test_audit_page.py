"""The audit as an administrator reads it, and that there is an act behind every button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from flask import Flask

from surveyapp.accounts import audit
from surveyapp.db import now
from surveyapp.extensions import database
from surveyapp.models import Act
from tests.support import make
from tests.support.pages import Browser

SILENT = {
    "answering.send": "a customer's answer is the row itself, and nobody's act",
    "answering.take_code": "a customer looks",
    "security.login": "recorded by a signal: signed in",
    "security.logout": "recorded by a signal: signed out",
    "security.forgot_password": "a letter goes out; the change is recorded",
    "security.reset_password": "recorded by a signal",
    "security.change_password": "recorded by a signal",
    "accounts.end_session": "one's own session: the row says when it ended",
    "accounts.end_other_sessions": "one's own sessions: the rows say when they ended",
    "backlog.here": "who has a page open just now; nothing is decided",
    "building.preview": "what is tried there is stored nowhere",
    "telling.helped": "a customer's verdict is the row itself, and nobody's act",
    "telling.take_back_quote": "a customer's own consent",
    "telling.left": "the row of who wants no letters is the record",
    "admin.preview_theme": "what is tried there is stored nowhere",
    "admin.test_mail": "the letter is the record",
    "admin.retry_letter": "the letter is the record",
}
"""POST routes without an act of their own, and why."""


@pytest.fixture
def browser(app: Flask) -> Browser:
    """An administrator after a lead has owned and declined something."""
    with database(app).write() as session:
        make.organisation(session)
        lead = make.person(session, "lead", name="Ada Lead")
        it = make.improvement(session)
        audit.record(session, lead, "own", it, owner=[None, lead.id])
        audit.record(session, None, "dismiss", it)
        session.add(
            Act(at=now() - timedelta(days=400), by=lead.id, verb="=own", thing="improvement", thing_id=7, fields={})
        )
        admin = make.person(session, "administrator", name="Robin")
    found = Browser(app)
    found.sign_in(admin)
    return found


@pytest.mark.parametrize(("query", "rows"), [
    ("verb=own", 1), ("by=0", 1), ("thing=improvement", 3), ("thing=improvement&thing_id=7", 1), ("until=2020-01-01", 0),
    ("thing=improvement&verb=dismiss&by=1", 0), ("verb=nothing", 0), ("thing_id=x&page=-3&by=y&thing=improvement", 3),
])  # fmt: skip
def test_filters_narrow(browser: Browser, query: str, rows: int) -> None:
    """By person, thing, number, day and verb; what is no number is as if it were not there."""
    assert len(browser.get(f"/admin/audit?{query}").all("tbody tr")) == rows


def test_a_day_that_is_none_is_said(browser: Browser) -> None:
    """And a day outside every calendar too."""
    for day in ("yesterday", "0001-01-01", "9999-12-31"):
        assert "is no date" in browser.get(f"/admin/audit?since={day}", status=422)


def test_the_export_is_filtered_safe_and_written_down(browser: Browser) -> None:
    """A verb that looks like a formula is text, and exporting is an act itself."""
    browser.get("/admin/audit?thing=improvement")
    said = browser.submit("/admin/audit.csv").html
    assert said.count("\n") == 4
    assert '"\'=own"' in said
    assert "exported audit" in browser.get("/admin/audit")


def _reached(code: CodeType, scope: dict[str, Any]) -> Iterator[FunctionType]:
    """The functions of ours that some code names: its own module's, and those of modules that it imports."""
    modules = [scope[name] for name in code.co_names if isinstance(scope.get(name), ModuleType)]
    if "heed_pipeline" in code.co_consts:
        from surveyapp.pipeline import wiring

        modules.append(wiring)
    for holder in [scope, *(vars(module) for module in modules if module.__name__.startswith("surveyapp"))]:
        yield from (holder[name] for name in code.co_names if isinstance(holder.get(name), FunctionType))
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _reached(inner, scope)


def records(view: Any) -> bool:
    """Say whether a view can reach the writing of an act, through whatever it calls."""
    todo, seen = [getattr(view, "__wrapped__", view)], set()
    while todo:
        function = todo.pop()
        if function is audit.record:
            return True
        if function not in seen and function.__module__.startswith("surveyapp"):
            seen.add(function)
            todo += _reached(function.__code__, function.__globals__)
            todo += [each for each in function.__globals__.get("ACTS", {}).values() if function.__name__ == "ticked"]
    return False


def test_there_is_an_act_behind_every_button(app: Flask) -> None:
    """Each route that takes a POST writes down who did it, or says here why not."""
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    silent = {endpoint for endpoint in posts if not records(app.view_functions[endpoint])}
    assert silent - set(SILENT) == set()
    assert set(SILENT) - silent == set(), "these write an act now: take them off the list"


def test_a_silent_button_would_be_noticed(app: Flask) -> None:
    """A view that changes something and tells nobody is found."""

    def planted() -> str:
        return "done"

    assert not records(planted)
    assert records(app.view_functions["backlog.owner"])
