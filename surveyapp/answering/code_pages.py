"""`/r`: a customer comes back with their code. The code is in the path only; pages are not kept, logged or sent as referrer."""

from __future__ import annotations

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.answering import codes
from surveyapp.answering.door import Asker, asker
from surveyapp.answering.room import blueprint
from surveyapp.answering.story import UNKNOWN, mention_of, response_of, story
from surveyapp.errors import NotFound
from surveyapp.extensions import limiter
from surveyapp.extensions import session as request_session
from surveyapp.models import Response

OFTEN = "120 per minute"


def _session() -> Session:
    return request_session()


def _asker() -> Asker:
    return asker(_session())


@blueprint.get("/r")
@allow(EVERYBODY)
def ask_code() -> ResponseReturnValue:
    """Ask for a code."""
    return render_template("answering/ask_code.html", asker=_asker())


@blueprint.post("/r")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def take_code() -> ResponseReturnValue:
    """Go to what a typed code stands for."""
    typed = request.form.get("code", "")
    try:
        response_of(_session(), typed)
    except NotFound:
        page = render_template("answering/ask_code.html", asker=_asker(), typed=typed[:100], wrong=UNKNOWN)
        return make_response(page, 404)
    return redirect(url_for("answering.came_of_it", code=codes.grouped(codes.parse(typed) or "")), 303)


@blueprint.get("/r/<code>")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def came_of_it(code: str) -> ResponseReturnValue:
    """Show what was written, what we understood and what became of it."""
    return draw(response_of(_session(), code), code)


def draw(response: Response, code: str, *, typed: str = "", wrong: str = "") -> str:
    """Draw the page of one response; `typed` and `wrong` are a line to us that could not be kept, and why."""
    return render_template(
        "answering/came_of_it.html", response=response, written=story(_session(), response), asker=_asker(),
        code=codes.grouped(codes.parse(code) or ""), typed=typed, wrong=wrong,
    )  # fmt: skip


@blueprint.post("/r/<code>/says")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def says(code: str) -> ResponseReturnValue:
    """Keep whether we understood a sentence: the customer's own vote, which moves nothing that a colleague placed."""
    session = _session()
    mention = mention_of(session, response_of(session, code), request.form.get("mention", 0, type=int))
    current_app.extensions["heed_pipeline"].vote(session, mention, request.form.get("says", ""))
    return redirect(url_for("answering.came_of_it", code=code), 303)


@blueprint.get("/r/<code>/erase")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def confirm_erasing(code: str) -> ResponseReturnValue:
    """Ask once whether to erase."""
    response_of(_session(), code)
    return render_template(
        "answering/confirm_erasing.html", code=codes.grouped(codes.parse(code) or ""), asker=_asker()
    )


@blueprint.post("/r/<code>/erase")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def erase(code: str) -> ResponseReturnValue:
    """Erase what was written, and say so."""
    session = _session()
    current_app.extensions["heed_pipeline"].erase(session, response_of(session, code))
    session.commit()  # the page that says so must not come before
    return render_template("answering/erased.html", asker=_asker())
