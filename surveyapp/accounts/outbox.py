"""The outbox: letters are rows first, so that a letter belongs to what caused it and mail that is down loses nothing.

A letter is marked "handed over" and that is committed before the mail server gets it: after a crash in between nobody is
written to twice. The page of jobs shows what was handed over and never confirmed.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import Database, now
from surveyapp.models import Letter

BATCH = 50
Send = Callable[[str, str, str], None]
"""Takes an address, a subject and a text to the mail server; raises OSError or smtplib's errors, which are OSErrors."""


def post(session: Session, *, to: str, subject: str, body: str) -> Letter:
    """Put a letter into the outbox; it leaves when the transaction of its cause has been committed."""
    letter = Letter(to=to, subject=" ".join(subject.split())[:255], body=body[:20_000])
    session.add(letter)
    return letter


def send_waiting(database: Database, send: Send, *, limit: int = BATCH) -> tuple[int, int]:
    """Send what waits, oldest first; return how many were sent and how many failed. A failed letter stays, with its error."""
    sent = failed = 0
    while sent + failed < limit and (letter := _hand_over(database)) is not None:
        error = _try(send, letter)
        with database.write() as session:
            row = session.get_one(Letter, letter.id)
            row.state, row.error = ("failed", error) if error else ("sent", "")
            row.sent_at = None if error else now()
        sent, failed = sent + (not error), failed + bool(error)
    return sent, failed


def retry(session: Session, letter: Letter) -> None:
    """Let a failed letter wait again."""
    if letter.state == "failed":
        letter.state, letter.error = "waiting", ""


def counts(session: Session) -> dict[str, int]:
    """Return how many letters stand in each state."""
    found = session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all()
    return {row[0]: row[1] for row in found}


def _hand_over(database: Database) -> Letter | None:
    with database.write() as session:
        letter = session.scalar(
            select(Letter)
            .where(Letter.state == "waiting")
            .order_by(Letter.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if letter is not None:
            letter.state, letter.handed_over_at = "handed over", now()
        return letter


def _try(send: Send, letter: Letter) -> str:
    try:
        send(letter.to, letter.subject, letter.body)
    except OSError as error:
        return f"{type(error).__name__}: {error}"[:1000]
    return ""
