"""`/quality`: how right the machine is, as people found it; check 20; and corrections to train with."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.extensions import session
from surveyapp.listening import masking
from surveyapp.quality import checking, rates, training

blueprint = Blueprint("quality", __name__)
LEADS = ("lead", "administrator")


@blueprint.get("/quality")
@allow(*LEADS, "executive")
def show() -> ResponseReturnValue:
    """Say how much is missed and let in, month by month."""
    leads = bool(current_user.duties & set(LEADS))
    left = checking.waiting(Scope.of(current_user, session()), session()) if leads else None
    return render_template(
        "quality/show.html", quality=rates.quality(session()), months=rates.months(session()), leads=leads, left=left,
        enough=rates.ENOUGH, customers=rates.customers(session()),
    )  # fmt: skip


@blueprint.get("/quality/check")
@allow(*LEADS)
def check() -> ResponseReturnValue:
    """Show the next sentence of the sample."""
    scope = Scope.of(current_user, session())
    drawn = checking.waiting(scope, session())
    comment = drawn.comment if drawn else None
    return render_template(
        "quality/check.html", check=drawn, comment=comment, filed=bool(drawn and drawn.said in rates.IN),
        pieces=masking.pieces(comment.text, [(drawn.start, drawn.end)]) if drawn and comment else (),
        progress=checking.progress(scope, session(), drawn.month) if drawn else None,
        before=request.args.get("before", type=int),
    )  # fmt: skip


@blueprint.post("/quality/check/<int:check_id>")
@allow(*LEADS)
def answer(check_id: int) -> ResponseReturnValue:
    """Keep whether the machine was right, and go on."""
    found = checking.fetch(Scope.of(current_user, session()), session(), check_id)
    checking.answer(session(), found, request.form.get("verdict", ""), by=current_user.id)
    if found.verdict == "wrong":
        flash(
            gettext("Noted as wrong. To put it right as well, open the comment before and say what it is."), "success"
        )
    return redirect(url_for("quality.check", before=found.id))


@blueprint.post("/quality/check/<int:check_id>/back")
@allow(*LEADS)
def take_back(check_id: int) -> ResponseReturnValue:
    """Take an answer back and ask again."""
    found = checking.fetch(Scope.of(current_user, session()), session(), check_id)
    checking.take_back(session(), found, by=current_user.id)
    return redirect(url_for("quality.check"))


@blueprint.get("/quality/comments/<int:check_id>")
@allow(*LEADS)
def comment_of(check_id: int) -> ResponseReturnValue:
    """Go to the comment of a sentence that was checked."""
    found = checking.fetch(Scope.of(current_user, session()), session(), check_id)
    return redirect(url_for("listening.show", comment_id=found.comment_id))


@blueprint.get("/quality/training.jsonl")
@allow("administrator")
def training_data() -> ResponseReturnValue:
    """Hand out what people said as training data."""
    rows = (json.dumps(line, ensure_ascii=False) + "\n" for line in training.lines(session()))
    answer = Response("".join(rows), mimetype="application/jsonl")
    answer.headers["Content-Disposition"] = "attachment; filename=training.jsonl"
    return answer
