"""What a customer does who came back: write, say whether it helped, take a consent back; and the links that letters carry."""

from __future__ import annotations

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.answering import codes
from surveyapp.answering.code_pages import draw
from surveyapp.answering.door import asker
from surveyapp.answering.story import mention_of, response_of
from surveyapp.backlog.days import today
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.extensions import csrf, limiter
from surveyapp.extensions import session as request_session
from surveyapp.models import Response
from surveyapp.telling import addresses, forgetting, replies, verdicts
from surveyapp.telling.room import blueprint, code_keys

OFTEN, SELDOM = "120 per minute", "10 per minute"


def _session() -> Session:
    return request_session()


@blueprint.post("/r/<code>/reply")
@csrf.exempt
@limiter.limit(SELDOM)
@allow(EVERYBODY)
def write(code: str) -> ResponseReturnValue:
    """Keep what the customer writes to us; what is wrong with it is said above their own words."""
    session, typed = _session(), request.form.get("text", "")
    response = response_of(session, code)
    try:
        replies.write(session, response, typed)
    except (Invalid, Conflict) as error:
        session.rollback()
        return make_response(draw(response_of(session, code), code, typed=typed[:4000], wrong=str(error)), error.status)
    return _back(code, "talk")


@blueprint.post("/r/<code>/helped")
@csrf.exempt
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def helped(code: str) -> ResponseReturnValue:
    """Keep whether what was done helped."""
    session = _session()
    response = response_of(session, code)
    mention = mention_of(session, response, request.form.get("mention", 0, type=int))
    verdicts.say(session, response, mention, request.form.get("says", ""), today=today(session))
    return _back(code, f"m{mention.id}")


@blueprint.post("/r/<code>/quote")
@csrf.exempt
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def take_back_quote(code: str) -> ResponseReturnValue:
    """Let nobody quote the customer any more; where a page does, the words go from it at once."""
    for comment in response_of(_session(), code).comments:
        comment.may_quote = False
    return _back(code, "")


@blueprint.get("/l/<token>")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def by_letter(token: str) -> ResponseReturnValue:
    """Open the page of the response that a letter was about.

    Codes are stored as hashes only, and letters hold none: the link names the response, signed for this purpose, and the code is
    made anew from what the response was sent with and the key.
    """
    response_id = addresses.response_in(str(current_app.config["SECRET_KEY"]), token)
    response = _session().get(Response, response_id) if response_id is not None else None
    code = _code(response) if response is not None else None
    if code is None:
        raise NotFound("This link leads nowhere any more: the answer was erased, or the letter is years old.")
    return redirect(url_for("answering.came_of_it", code=codes.grouped(code)), 303)


@blueprint.get("/unsubscribe/<token>")
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def leave(token: str) -> ResponseReturnValue:
    """Show a button: programs that look at links in letters must not unsubscribe anybody."""
    _person(token)
    return render_template("telling/leave.html", token=token, asker=asker(_session()))


@blueprint.post("/unsubscribe/<token>")
@csrf.exempt
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def left(token: str) -> ResponseReturnValue:
    """Write to this person no more, at one click of theirs or of their mail program (RFC 8058)."""
    forgetting.unsubscribe(_session(), _person(token), today=today(_session()))
    return render_template("telling/left.html", asker=asker(_session()))


def _person(token: str) -> str:
    person = addresses.person_in(str(current_app.config["SECRET_KEY"]), token)
    if person is None:
        raise NotFound("This link is not complete. Copy all of it from the letter, or write to us and we will stop.")
    return person


def _code(response: Response) -> str | None:
    if not (response.submission_id and response.digest and response.code_hash):
        return None
    return codes.matching(code_keys(), response.submission_id, response.digest, response.code_hash)


def _back(code: str, part: str) -> ResponseReturnValue:
    return redirect(url_for("answering.came_of_it", code=code, _anchor=part or None), 303)
