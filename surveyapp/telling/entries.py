"""What the public page tells of an improvement: written by a person, approved by a person, withdrawn when it no longer holds."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.mentions import family
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.listening import masking
from surveyapp.models import Comment, Finding, Improvement, Mention, Response, Survey, YouSaid

SAID, DID = 300, 600


def of(session: Session, improvement: Improvement) -> YouSaid | None:
    """Return an improvement's entry, whatever its state."""
    return session.scalars(select(YouSaid).where(YouSaid.improvement_id == improvement.id)).first()


def write(
    session: Session, improvement: Improvement, *, said: str, did: str, quoted_id: int | None, by: int
) -> YouSaid:
    """Write the entry anew, as a draft: what was approved before is shown no more until somebody approves this.

    Raises Conflict while the improvement is open, Invalid for missing or too many words, or a quote without its writer's consent.
    """
    if improvement.state == "open" or improvement.merged_into_id is not None:
        raise Conflict(gettext("There is nothing to tell in public yet: it is neither done nor declined."))
    said, did = " ".join(said.split()), " ".join(did.split())
    for field, words, limit in (("said", said, SAID), ("did", did, DID)):
        if not words or len(words) > limit:
            raise Invalid(gettext("Write between 1 and %(limit)s characters.", limit=limit), field=field)
    if quoted_id is not None and quoted_id not in {mention.id for mention in quotable(session, improvement)}:
        raise Invalid(gettext("This customer has not agreed to be quoted, or took it back."), field="quoted")
    entry = of(session, improvement) or YouSaid(improvement_id=improvement.id)
    entry.said, entry.did, entry.quoted_id = said, did, quoted_id
    entry.state, entry.written_by, entry.written_at = "draft", by, now()
    entry.decided_by, entry.decided_at = None, None
    session.add(entry)
    record(session, by, "wrote you said", improvement, quoted=quoted_id)
    return entry


def decide(session: Session, improvement: Improvement, state: str, *, by: int) -> YouSaid:
    """Approve ("approved") an entry, which shows it to everybody, or withdraw it. Raises Conflict where that cannot be."""
    entry = of(session, improvement)
    if entry is None or (entry.state, state) not in {
        ("draft", "approved"), ("withdrawn", "approved"), ("approved", "withdrawn"), ("draft", "withdrawn")
    }:  # fmt: skip
        raise Conflict(gettext("Somebody decided about this meanwhile. Reload the page."))
    if state == "approved" and improvement.state == "open":
        raise Conflict(
            gettext("This was opened again: there is nothing to tell in public until it is done or declined.")
        )
    entry.state, entry.decided_by, entry.decided_at = state, by, now()
    record(session, by, f"{state} you said", improvement)
    return entry


def drafts(scope: Scope, session: Session, limit: int = 50) -> Sequence[YouSaid]:
    """Return the entries in scope that wait for somebody's approval, oldest first."""
    waiting = _entries().where(YouSaid.state == "draft", Improvement.service_id.in_(scope.services()))
    return session.scalars(waiting.order_by(YouSaid.written_at).limit(limit)).all()


def shown(session: Session, service_ids: Sequence[int], limit: int = 60) -> Sequence[YouSaid]:
    """Return what may be shown of these services: approved, and still done or declined; the latest first."""
    approved = _entries().where(
        YouSaid.state == "approved", Improvement.state != "open", Improvement.merged_into_id.is_(None),
        Improvement.service_id.in_(service_ids),
    )  # fmt: skip
    return session.scalars(approved.order_by(YouSaid.decided_at.desc(), YouSaid.id.desc()).limit(limit)).all()


def quotable(session: Session, improvement: Improvement, limit: int = 30) -> Sequence[Mention]:
    """Return the mentions whose customers ticked that we may quote them; none of a confidential survey."""
    found = (
        select(Mention)
        .join(Mention.comment)
        .join(Response, Response.id == Comment.response_id)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Mention.improvement_id.in_(family(session, improvement.id)), Mention.state == "filed", Comment.may_quote)
        .where(Mention.customer_says.is_distinct_from("no"), Survey.confidential.is_(False))
    )
    return session.scalars(found.options(joinedload(Mention.comment)).order_by(Mention.id.desc()).limit(limit)).all()


def quote(session: Session, mention: Mention | None) -> str:
    """Return a mention's words for everybody, personal data covered; "" where they may not (any more) be shown."""
    if mention is None or mention.state != "filed" or not mention.comment.may_quote:
        return ""
    finding = session.get(Finding, mention.comment_id)
    covered = [
        (start - mention.start, end - mention.start, kind)
        for start, end, kind in masking.hidden(finding.body if finding else {})
        if start < mention.end and end > mention.start
    ]
    return "".join(piece.text for piece in masking.pieces(mention.quote, (), covered))


def _entries() -> Select[YouSaid]:
    whole = joinedload(YouSaid.improvement, innerjoin=True).options(
        joinedload(Improvement.service), joinedload(Improvement.theme)
    )
    quoted = joinedload(YouSaid.quoted).joinedload(Mention.comment)
    return select(YouSaid).join(YouSaid.improvement).options(whole, quoted)
