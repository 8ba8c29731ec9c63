"""Comments: all of them, one of them, and what people say against what the machine found."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select, update

from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import database, session
from surveyapp.listening import channels, findings, listing, masking
from surveyapp.listening.effective import effective
from surveyapp.models import KINDS, Comment, Correction, Finding, Mention, Response, Team, Theme

blueprint = Blueprint("listening", __name__)
LEADS = ("lead", "administrator")


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {"channel_names": channels.NAMES}


@blueprint.get("/comments", endpoint="list")
@allow(*LEADS)
def list_comments() -> ResponseReturnValue:
    """Show comments, filtered and searched."""
    scope, filters = Scope.of(current_user, session()), read_filters()
    found = listing.listed(scope, session(), filters)
    return render_template(
        "listening/list.html", listing=found, filters=filters, themes=_themes(), nodes=scope.tree(session()), kinds=KINDS,
        ratings=tuple(listing.RATINGS), teams=_teams(),
        address=lambda **changes: url_for("listening.list", **(request.args.to_dict() | changes)),
    )  # fmt: skip


@blueprint.get("/comments/<int:comment_id>")
@allow(*LEADS)
def show(comment_id: int) -> ResponseReturnValue:
    """Show one comment, sentence by sentence, with what was found, why, and where it is filed."""
    comment = listing.fetch(Scope.of(current_user, session()), session(), comment_id)
    _note_reading(comment)
    finding = session.get(Finding, comment.id)
    mentions = session.scalars(select(Mention).where(Mention.comment_id == comment.id).order_by(Mention.start)).all()
    return render_template(
        "listening/show.html", comment=comment, finding=finding, sentences=_sentences(comment, finding), mentions=mentions,
        corrections=findings.corrections(session(), comment.id), themes=_themes(), kinds=KINDS,
        pieces=masking.pieces(comment.text, [(each.start, each.end) for each in mentions if each.state == "filed"]),
    )  # fmt: skip


@blueprint.post("/comments/<int:comment_id>/kind")
@allow(*LEADS)
def say_kind(comment_id: int) -> ResponseReturnValue:
    """Say of what kind a sentence is."""
    comment = _posted(comment_id)
    start, end = request.form.get("start", -1, type=int), request.form.get("end", -1, type=int)
    current_app.extensions["heed_pipeline"].say_kind(
        session(), comment, start, end, request.form.get("kind", ""), by=current_user.id
    )
    flash(gettext("Saved. No later analysis will change it back."), "success")
    return redirect(url_for("listening.show", comment_id=comment.id))


@blueprint.post("/comments/<int:comment_id>/sentiment")
@allow(*LEADS)
def say_sentiment(comment_id: int) -> ResponseReturnValue:
    """Say how the comment sounds."""
    comment = _posted(comment_id)
    current_app.extensions["heed_pipeline"].say_sentiment(
        session(), comment, request.form.get("label", ""), by=current_user.id
    )
    flash(gettext("Saved. No later analysis will change it back."), "success")
    return redirect(url_for("listening.show", comment_id=comment.id))


@blueprint.post("/comments/<int:comment_id>/themes")
@allow(*LEADS)
def say_themes(comment_id: int) -> ResponseReturnValue:
    """Say what the comment is about."""
    comment = _posted(comment_id)
    chosen = {theme.id for theme in _themes()} & set(request.form.getlist("theme", type=int))
    current_app.extensions["heed_pipeline"].say_themes(session(), comment, sorted(chosen), by=current_user.id)
    flash(gettext("Saved. No later analysis will change it back."), "success")
    return redirect(url_for("listening.show", comment_id=comment.id))


@blueprint.post("/comments/<int:comment_id>/corrections/<int:correction_id>/undo")
@allow(*LEADS)
def undo(comment_id: int, correction_id: int) -> ResponseReturnValue:
    """Take a correction back."""
    comment = _posted(comment_id)
    correction = session.get(Correction, correction_id)
    if correction is None or correction.comment_id != comment.id or correction.undone_at is not None:
        raise NotFound(gettext("This correction has been taken back already."))
    current_app.extensions["heed_pipeline"].undo(session(), correction, by=current_user.id)
    flash(gettext("Taken back."), "success")
    return redirect(url_for("listening.show", comment_id=comment.id))


def _note_reading(comment: Comment) -> None:
    """Keep when a person first opened the comment: its customer is told that somebody has. A short write of its own."""
    if comment.response.read_at is None:
        first = update(Response).where(Response.id == comment.response_id, Response.read_at.is_(None))
        with database().write() as own:
            own.execute(first.values(read_at=now()))


def read_filters() -> listing.Filters:
    """Read the filters from the address. Raises Invalid for a date that is none."""
    args = request.args
    return listing.Filters(
        service=args.get("service", type=int), since=_day("since"), until=_day("until"), rating=args.get("rating", ""),
        theme=args.get("theme", type=int), team=args.get("team", type=int), kind=args.get("kind", ""),
        sentiment=args.get("sentiment", "")[:10],
        channel=args.get("channel", "")[:20], words=args.get("q", "").replace("\0", " ")[:200],
        page=min(max(args.get("page", 1, type=int), 1), 10_000),
    )  # fmt: skip


def _day(name: str) -> date | None:
    given = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid(
            gettext("“%(given)s” is no date. Write it like 2026-05-31.", given=given[:40]), field=name
        ) from None


def _themes() -> list[Theme]:
    return list(session.scalars(select(Theme).where(Theme.active).order_by(Theme.position, Theme.name)))


def _teams() -> list[Team]:
    """Return the teams that have themes: theirs are the comments about them."""
    return list(session.scalars(select(Team).where(Team.themes.any()).order_by(Team.name)))


def _posted(comment_id: int) -> Comment:
    if not FlaskForm().validate_on_submit():
        raise Invalid(gettext("The page was open too long. Go back, reload it, and try again."))
    return listing.fetch(Scope.of(current_user, session()), session(), comment_id)


def _sentences(comment: Comment, finding: Finding | None) -> list[dict[str, object]]:
    if finding is None:
        return []
    said = effective(finding.body, findings.corrections(session(), comment.id) if finding.body.get("sentences") else ())
    return [{**each, "text": comment.text[each["start"] : each["end"]]} for each in said.sentences]
