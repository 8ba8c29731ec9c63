"""Standards: the list, one with its months and who agreed, agreeing to it, and every judgement as a file."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp import csv_safe
from surveyapp.accounts.access import SIGNED_IN, allow
from surveyapp.extensions import session
from surveyapp.rollups import month_of
from surveyapp.standards import (
    acting,
    action_pages,
    agreeing,
    declaring_pages,
    public_pages,
    raising,
    room,
    showing,
)
from surveyapp.standards.room import blueprint

__all__ = ["action_pages", "blueprint", "declaring_pages", "public_pages"]


@blueprint.get("/standards", endpoint="list")
@allow(SIGNED_IN)
def every() -> ResponseReturnValue:
    """Show the standards that concern one, and what waits to be read or acted on."""
    found = showing.Cards(session(), current_user, month_of(room.day())).concerning(room.scope())
    asking = acting.asking(session(), room.scope()) if room.leads() else []
    return render_template("standards/list.html", places=found, asking=asking)


@blueprint.get("/standards/<int:standard_id>")
@allow(SIGNED_IN)
def show(standard_id: int) -> ResponseReturnValue:
    """Show one standard: words, versions, every judged month of every node, who agreed, what was done about misses."""
    standard, scope = room.fetch(standard_id), room.scope()
    return render_template(
        "standards/show.html", card=showing.Cards(session(), current_user, month_of(room.day())).of(standard),
        standard=standard, places=showing.places(session(), scope, standard), led=room.leads() and scope.sees(standard.service),
        actions=[each for each in acting.every(session(), scope) if each.standard_id == standard.id],
        away=raising.put_away(session(), standard), agreed_by_me=agreeing.has_agreed(session(), standard, current_user),
    )  # fmt: skip


@blueprint.post("/standards/<int:standard_id>/agree")
@allow(SIGNED_IN)
def agree(standard_id: int) -> ResponseReturnValue:
    """Say that one has read it and agrees."""
    standard = room.fetch(standard_id)
    room.check_form()
    version_id = request.form.get("version", default=0, type=int)
    agreeing.agree(session(), standard, current_user, version_id, month=month_of(room.day()))
    room.offer(gettext("You have agreed."), url_for("standards.disagree", standard_id=standard.id))
    return redirect(url_for("standards.show", standard_id=standard.id))


@blueprint.post("/standards/<int:standard_id>/disagree")
@allow(SIGNED_IN)
def disagree(standard_id: int) -> ResponseReturnValue:
    """Take one's own agreement back."""
    standard = room.fetch(standard_id)
    room.check_form()
    agreeing.take_back(session(), standard, current_user)
    flash(gettext("Taken back: you have not agreed."), "success")
    return redirect(url_for("standards.show", standard_id=standard.id))


@blueprint.get("/standards.csv", endpoint="csv")
@allow(SIGNED_IN)
def file() -> ResponseReturnValue:
    """Send every judgement in scope."""
    text = "".join(csv_safe.lines(showing.HEAD, showing.rows(session(), room.scope(), exact=room.leads())))
    name = f"standards-{room.day().isoformat()}.csv"
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
