"""Analysing again with a newer analyser: findings are replaced, corrections stand, and what people placed is not touched.

Closed months stay as they were published, unless asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.backlog.days import today
from surveyapp.db import UNDATED, Database
from surveyapp.listening import findings
from surveyapp.listening.analysers import Analysers
from surveyapp.listening.effective import effective
from surveyapp.models import Comment, Mention, Response, Theme
from surveyapp.pipeline import batch, newer, spans
from surveyapp.pipeline.filing import Filer
from surveyapp.recovery import opening
from surveyapp.trends import closing


def open_since(session: Session) -> date:
    """Return the first day of the first month that is not closed."""
    month = closing.last_closed(today(session)) + 1
    return date(month // 12, month % 12 + 1, 1)


class Again:
    """Re-analyses heard responses in batches, each in one transaction that also keeps the rollups right.

    `since` is the first day that is looked at; what has no day always is.
    """

    def __init__(self, database: Database, *, since: date | None = None, size: int = 100) -> None:
        self.database, self.since, self.size = database, since, size
        self.analysers, self.filer, self._version = Analysers(), Filer(), ""

    def waiting(self) -> int:
        """Return how many responses would be re-analysed."""
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(Response).where(*self._chosen())) or 0

    def all(self, progress: Callable[[int], object] = lambda _n: None) -> int:
        """Re-analyse the heard responses, oldest first; return how many there were."""
        last = total = 0
        while ids := self._next(last):
            self.some(ids)
            last, total = ids[-1], total + len(ids)
            progress(len(ids))
        if self._version:
            with self.database.write() as session:
                newer.reread(session, self._version, self.since)
        return total

    def some(self, ids: list[int]) -> None:
        """Re-analyse these responses."""
        with self.database.read() as session:
            self.analysers.refresh(session)
            bodies = {comment.id: self.analysers.body(comment) for comment in batch.read(session, ids)}
        said = {body["analyser"] for body in bodies.values()}
        self._version = max((each for each in said if not each.startswith(newer.FAILED)), default=self._version)
        try:
            with self.database.write() as session:
                rollups.bump(session, "backlog")  # nobody moves a mention while this looks at who placed it
                self.filer.read(session)
                heard = list(
                    session.scalars(select(Response.id).where(Response.id.in_(ids), Response.state == "heard"))
                )
                with rollups.recounted(session, heard):
                    made = self._write(session, heard, bodies)
                opening.open_for(session, session.scalars(select(Response).where(Response.id.in_(heard))).all())
                changed = rollups.value(session, "backlog")
            self.filer.stored(made, changed)
        except Exception:
            self.filer.forget()
            raise

    def _next(self, last: int) -> list[int]:
        with self.database.read() as session:
            later = select(Response.id).where(*self._chosen(), Response.id > last)
            return list(session.scalars(later.order_by(Response.id).limit(self.size)))

    def _chosen(self) -> tuple[ColumnElement[bool], ...]:
        heard = Response.state == "heard"
        return (heard,) if self.since is None else (heard, (Response.day >= self.since) | (Response.day == UNDATED))

    def _write(self, session: Session, heard: list[int], bodies: dict[int, dict[str, Any]]) -> list[Mention]:
        themes = {theme.name: theme for theme in session.scalars(select(Theme))}
        plans = []
        for comment in batch.read(session, heard):
            body = bodies[comment.id]
            findings.store(session, comment, body, themes)
            theme = next(iter(body.get("themes", ())), None)
            plans += [self.filer.plan(comment, span, theme) for span in self._news(session, comment, body)]
        session.flush()
        return self.filer.store(session, plans, themes)

    def _news(self, session: Session, comment: Comment, body: dict[str, Any]) -> list[spans.Span]:
        """Drop the machine's own mentions that no longer stand, and return the stretches that are new."""
        there = list(session.scalars(select(Mention).where(Mention.comment_id == comment.id)))
        said = effective(body, findings.corrections(session, comment.id))
        kept = spans.placed_by_people(there)
        wanted = spans.free(spans.wanted(body, said), kept)
        places = {(span.start, span.end): span for span in wanted}
        for mention in there:
            if mention in kept:
                continue
            if span := places.pop((mention.start, mention.end), None):
                mention.kind = span.kind
            else:
                self.filer.drop(mention)
                session.delete(mention)
        session.flush()
        return sorted(places.values())
