"""Storing what the analysis found, so that every comment has one current finding and corrections stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import now
from surveyapp.listening.effective import Effective, effective
from surveyapp.models import Comment, Correction, Finding, Theme


def store(session: Session, comment: Comment, body: dict[str, Any], themes: Mapping[str, Theme]) -> Finding:
    """Make `body` (a findings line, without its text) the current finding of a comment."""
    finding = session.get(Finding, comment.id) or Finding(comment_id=comment.id)
    sentiment = body.get("sentiment") or {}
    finding.analyser, finding.language = body["analyser"], body.get("language")
    finding.score, finding.confidence = sentiment.get("score"), sentiment.get("confidence")
    finding.mixed, finding.body, finding.found_at = bool(sentiment.get("mixed")), body, now()
    lay(
        session,
        finding,
        corrections(session, comment.id),
        [themes[name] for name in body.get("themes", ()) if name in themes],
    )
    session.add(finding)
    return finding


def store_new(session: Session, comment: Comment, body: dict[str, Any], themes: Mapping[str, Theme]) -> Finding:
    """Store the first finding of a comment, which nobody can have corrected yet: no query, because batches are large."""
    sentiment, said = body.get("sentiment") or {}, effective(body, ())
    finding = Finding(
        comment_id=comment.id, analyser=body["analyser"], language=body.get("language"), label=said.label, kinds=said.kinds,
        score=sentiment.get("score"), confidence=sentiment.get("confidence"), mixed=bool(sentiment.get("mixed")), body=body,
        themes=[themes[name] for name in body.get("themes", ()) if name in themes],
    )  # fmt: skip
    session.add(finding)
    return finding


def lay(session: Session, finding: Finding, said: list[Correction], machine: list[Theme] | None = None) -> Effective:
    """Lay corrections over a finding; `machine` are the themes it found, None to keep those that are there."""
    result = effective(finding.body, said)
    finding.label, finding.kinds = result.label, result.kinds
    if result.theme_ids is not None:
        finding.themes = list(session.scalars(select(Theme).where(Theme.id.in_(result.theme_ids))))
    elif machine is not None:
        finding.themes = machine
    return result


def corrections(session: Session, comment_id: int) -> list[Correction]:
    """Return what people said of a comment and did not take back."""
    said = select(Correction).where(Correction.comment_id == comment_id, Correction.undone_at.is_(None))
    return list(session.scalars(said.order_by(Correction.id)))
