"""Hearing responses: lease a batch, analyse it with no transaction open, store everything in one short transaction.

Killed anywhere, it is as if it had not begun: the lease runs out and the batch is heard again, once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups, searching
from surveyapp.backlog.days import today
from surveyapp.db import Database
from surveyapp.listening import findings
from surveyapp.listening.analysers import Analysers
from surveyapp.listening.effective import effective
from surveyapp.models import Comment, Response, Theme
from surveyapp.pipeline import batch, newer, spans
from surveyapp.pipeline.filing import Filer, Plan
from surveyapp.recovery import opening
from surveyapp.sharing import recognition

log = structlog.get_logger()
PATIENCE = 3
"""How often a plan is made anew because somebody moved mentions, before it is made behind the lock."""


class Moved(Exception):
    """Somebody changed the backlog between the plan and its storing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A batch after analysis: the comments and the findings line of each."""

    ids: list[int]
    comments: list[Comment]
    bodies: dict[int, dict[str, Any]]


class Hearing:
    """Hears batches for one process. `between` is called between lease and store, for tests of what a crash leaves."""

    def __init__(
        self,
        database: Database,
        *,
        holder: str,
        size: int = 200,
        lease: float = 60.0,
        between: Callable[[], None] | None = None,
    ) -> None:
        self.database, self.holder, self.size = database, holder, size
        self.analysers, self.filer = Analysers(), Filer()
        self._lease_seconds = lease
        self._between = between or (lambda: None)

    def hear_batch(self) -> int:
        """Hear one batch; return how many responses it had, 0 when none waits."""
        ids = self._lease()
        if not ids:
            return 0
        heard = self._analyse(ids)
        self._between()
        try:
            self._store(heard)
        except Exception:
            self.filer.forget()
            raise
        return len(ids)

    def hear_all(self, progress: Callable[[int], object] = lambda _n: None) -> int:
        """Hear until nothing waits; `progress` is told the size of each batch. Return how many responses were heard."""
        total = 0
        while n := self.hear_batch():
            total += n
            progress(n)
        return total

    def _lease(self) -> list[int]:
        with self.database.read() as session:  # an idle look must not cost customers a durable write
            if not batch.any_free(session):
                return []
        with self.database.write() as session:
            return batch.lease(session, self.holder, size=self.size, seconds=self._lease_seconds)

    def _analyse(self, ids: list[int]) -> Heard:
        with self.database.read() as session:
            self.analysers.refresh(session)
            comments = batch.read(session, ids)
        return Heard(ids, comments, {comment.id: self.analysers.body(comment) for comment in comments})

    def _store(self, heard: Heard) -> None:
        for _attempt in range(PATIENCE):
            with self.database.read() as session:
                self.filer.read(session)
            plans = self._plan(heard)
            try:
                with self.database.write() as session:
                    if not self.filer.is_current(session):
                        raise Moved  # undoes the transaction; nothing of this attempt is kept
                    stored = self._write(session, heard, plans)
                self.filer.stored(*stored)
            except Moved:
                self.filer.unplan(plans)
                continue
            return
        with self.database.write() as session:
            rollups.bump(session, "backlog")
            self.filer.read(session)
            stored = self._write(session, heard, self._plan(heard))
        self.filer.stored(*stored)

    def _plan(self, heard: Heard) -> list[Plan]:
        plans = []
        for comment in heard.comments:
            body = heard.bodies[comment.id]
            theme = next(iter(body.get("themes", ())), None)
            plans += [self.filer.plan(comment, span, theme) for span in spans.wanted(body, effective(body, ()))]
        return plans

    def _write(self, session: Session, heard: Heard, plans: list[Plan]) -> tuple[list[Any], int]:
        held = {response.id: response for response in batch.still_held(session, heard.ids, self.holder)}
        themes = {theme.name: theme for theme in session.scalars(select(Theme))}
        for comment in heard.comments:
            if comment.response_id in held:
                findings.store_new(session, comment, heard.bodies[comment.id], themes)
        self._note_version(session, heard)
        kept = [plan for plan in plans if plan.comment.response_id in held]
        lost = [plan for plan in plans if plan.comment.response_id not in held]
        mentions = self.filer.store(session, kept, themes)
        self.filer.unplan(lost)
        batch.close(list(held.values()))
        session.flush()
        rollups.apply(session, rollups.counted(session, held))
        heard_texts = [comment.text for comment in heard.comments if comment.response_id in held]
        searching.learn(session, [*heard_texts, *(mention.improvement.title for mention in mentions)])
        opening.open_for(session, held.values())
        recognition.propose(
            session, [(each, heard.bodies[each.id]) for each in heard.comments if each.response_id in held]
        )
        return mentions, rollups.value(session, "backlog")

    def _note_version(self, session: Session, heard: Heard) -> None:
        """Mark on the charts that another version of the analyser has begun to read."""
        for version in sorted({body["analyser"] for body in heard.bodies.values()}):
            if not version.startswith(newer.FAILED):
                newer.begins(session, version, first=min(heard.bodies), day=today(session))


def waiting(session: Session) -> int:
    """Return how many responses have not been heard yet."""
    return _count(session, "pending")


def heard(session: Session) -> int:
    """Return how many responses have been heard."""
    return _count(session, "heard")


def _count(session: Session, state: str) -> int:
    return session.scalar(select(func.count()).select_from(Response).where(Response.state == state)) or 0
