"""What people said, as training data: one JSON object a line, personal data covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.listening.masking import hidden, pieces
from surveyapp.models import Check, Comment, Correction, Finding, Mention


def lines(session: Session) -> Iterator[dict[str, Any]]:
    """Yield corrections, customers' answers and checks: {"text", "asked", "language", "about", "value", "right", "by"}.

    `about` is kind, sentiment or in-backlog; `right` is false where somebody said only what it is not. Themes are left out:
    their numbers mean nothing elsewhere.
    """
    yield from _corrections(session)
    yield from _votes(session)
    yield from _checks(session)


def _corrections(session: Session) -> Iterator[dict[str, Any]]:
    said = select(Correction, Comment, Finding).join(Comment, Comment.id == Correction.comment_id)
    said = said.join(Finding, Finding.comment_id == Comment.id).order_by(Correction.id)
    said = said.where(Correction.undone_at.is_(None), Correction.field.in_(("kind", "sentiment")))
    for correction, comment, finding in session.execute(said):
        by = "customer" if correction.by is None else "person"
        yield _line(comment, finding, correction.start, correction.end, correction.field, correction.value, True, by)


def _votes(session: Session) -> Iterator[dict[str, Any]]:
    told = select(Mention, Comment, Finding).join(Comment, Comment.id == Mention.comment_id)
    told = told.join(Finding, Finding.comment_id == Comment.id).order_by(Mention.id)
    for mention, comment, finding in session.execute(told.where(Mention.customer_says.is_not(None))):
        right = mention.customer_says == "yes"
        yield _line(comment, finding, mention.start, mention.end, "kind", mention.kind, right, "customer")


def _checks(session: Session) -> Iterator[dict[str, Any]]:
    found = select(Check, Comment, Finding).join(Comment, Comment.id == Check.comment_id)
    found = found.join(Finding, Finding.comment_id == Comment.id).order_by(Check.id)
    for check, comment, finding in session.execute(found.where(Check.verdict.is_not(None))):
        yield _line(
            comment, finding, check.start, check.end, "in-backlog", check.said, check.verdict == "right", "person"
        )


def _line(  # noqa: PLR0917 - one line has this many parts
    comment: Comment, finding: Finding, start: int | None, end: int | None, about: str, value: str, right: bool, by: str
) -> dict[str, Any]:
    first, last = start or 0, len(comment.text) if end is None else end
    covered = [(s - first, e - first, kind) for s, e, kind in hidden(finding.body) if s < last and first < e]
    text = "".join(piece.text for piece in pieces(comment.text[first:last], (), covered))
    asked = {"asked": comment.purpose, "language": finding.language}
    return {"text": text, **asked, "about": about, "value": value, "right": right, "by": by}
