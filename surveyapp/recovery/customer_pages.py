"""The customer's verdict, given at `/r/<code>`. It carries no cookie, so no token can be asked for; the code is the secret."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import EVERYBODY, allow
from surveyapp.answering.story import response_of
from surveyapp.extensions import csrf, limiter, session
from surveyapp.recovery import acts, asking
from surveyapp.recovery.views import blueprint

OFTEN = "120 per minute"


@blueprint.post("/r/<code>/content")
@csrf.exempt
@limiter.limit(OFTEN)
@allow(EVERYBODY)
def content(code: str) -> ResponseReturnValue:
    """Keep whether the customer is content with how we dealt with it."""
    follow_up = asking.locked(session(), response_of(session(), code))
    acts.say(session(), follow_up, request.form.get("verdict", ""), by=None)
    return redirect(url_for("answering.came_of_it", code=code, _anchor="content"), 303)
