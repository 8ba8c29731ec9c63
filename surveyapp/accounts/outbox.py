"""The outbox: letters are rows first, so that a letter belongs to what caused it and mail that is down loses nothing.

A letter is marked "handed over" and that is committed before the mail server gets it: after a crash in between nobody is
written to twice. The page of jobs shows what was handed over and never confirmed.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, make_msgid
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import Database, now
from surveyapp.errors import Conflict, NotFound
from surveyapp.models import Letter

BATCH = 50
UNFOLDED = default.clone(max_line_length=998)
"""A long address in a header stays as it is; folded at 78 it would be encoded, and no mail program could unsubscribe with it."""
PATIENCE = 20
"""Seconds that a mail server may take to answer."""
HANGS = timedelta(minutes=5)
"""After which a letter that was handed over and not confirmed hangs: the process died in between, and a person must decide."""
Send = Callable[..., None]
"""Takes an address, a subject, a text and (for letters that have one) the address at which to unsubscribe to the mail server;
raises OSError (smtplib's errors are such) or ValueError."""


def post(session: Session, *, to: str, subject: str, body: str, unsubscribe: str = "") -> Letter:
    """Put a letter into the outbox; it leaves when the transaction of its cause has been committed.

    `unsubscribe` is an address that takes a POST without asking who it is, for the one click of RFC 8058.
    """
    letter = Letter(to=to, subject=" ".join(subject.split())[:255], body=body[:20_000], unsubscribe=unsubscribe)
    session.add(letter)
    return letter


def mailer(config: Mapping[str, Any]) -> Send | None:
    """Return what takes letters to the mail server of the settings (MAIL_SERVER and so on), or None where none is named."""
    if not config.get("MAIL_SERVER"):
        return None

    def send(to: str, subject: str, body: str, unsubscribe: str = "") -> None:
        message = EmailMessage(policy=UNFOLDED)
        message["From"], message["To"], message["Subject"] = str(config["MAIL_DEFAULT_SENDER"]), to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid()
        if unsubscribe:
            message["List-Unsubscribe"] = f"<{unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(body)
        kind = smtplib.SMTP_SSL if config.get("MAIL_USE_SSL") else smtplib.SMTP
        with kind(str(config["MAIL_SERVER"]), int(config.get("MAIL_PORT", 587)), timeout=PATIENCE) as server:
            if config.get("MAIL_USE_TLS") and not config.get("MAIL_USE_SSL"):
                server.starttls()
            if config.get("MAIL_USERNAME"):
                server.login(str(config["MAIL_USERNAME"]), str(config.get("MAIL_PASSWORD", "")))
            server.send_message(message)

    return send


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Send what waits, as the clock does it; return what the page of jobs shows."""
    send = mailer(config)
    if send is None:
        return {"skipped": "no mail server is named: set HEED_MAIL_SERVER"}
    sent, failed = send_waiting(database, send)
    return {"sent": sent, "failed": failed}


def send_waiting(database: Database, send: Send, *, limit: int = BATCH) -> tuple[int, int]:
    """Send what waits, oldest first; return how many were sent and how many failed. A failed letter stays, with its error."""
    sent = failed = 0
    while sent + failed < limit and (letter := _hand_over(database)) is not None:
        if _deliver(database, send, letter):
            sent += 1
        else:
            failed += 1
    return sent, failed


def send_one(database: Database, send: Send, letter_id: int) -> bool:
    """Send one letter now; return whether the mail server took it. One that does not wait any more is left alone."""
    letter = _hand_over(database, letter_id)
    return letter is not None and _deliver(database, send, letter)


def retry(session: Session, letter: Letter) -> None:
    """Let a failed letter wait again."""
    if letter.state == "failed":
        letter.state, letter.error = "waiting", ""


def hanging(session: Session, letter_id: int) -> Letter:
    """Return a letter that hangs, locked. Raises NotFound where there is none, Conflict for one about which nothing is to decide."""
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None:
        raise NotFound("There is no such letter. It may have been erased with a customer's words.")
    if not hangs(letter):
        raise Conflict("Nothing is to decide about this letter: it was sent, or it is on its way.")
    return letter


def hangs(letter: Letter) -> bool:
    """Say whether a letter was handed over so long ago that nobody can know whether it arrived."""
    return letter.state == "handed over" and letter.handed_over_at is not None and now() - letter.handed_over_at > HANGS


def send_again(letter: Letter) -> None:
    """Let a letter that hangs wait again, as somebody decided who knows that it may arrive twice."""
    letter.state, letter.handed_over_at = "waiting", None


def call_arrived(letter: Letter) -> None:
    """Take a letter that hangs for sent, as somebody decided."""
    letter.state, letter.sent_at = "sent", letter.handed_over_at


def counts(session: Session) -> dict[str, int]:
    """Return how many letters stand in each state."""
    found = session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all()
    return {row[0]: row[1] for row in found}


def _hand_over(database: Database, letter_id: int | None = None) -> Letter | None:
    waiting = select(Letter).where(Letter.state == "waiting").order_by(Letter.id).limit(1)
    if letter_id is not None:
        waiting = waiting.where(Letter.id == letter_id)
    with database.write() as session:
        letter = session.scalar(waiting.with_for_update(skip_locked=True))
        if letter is not None:
            letter.state, letter.handed_over_at = "handed over", now()
        return letter


def _deliver(database: Database, send: Send, letter: Letter) -> bool:
    error = _try(send, letter)
    with database.write() as session:
        row = session.get(Letter, letter.id)
        if row is None:  # erased with its customer's words while it was on its way
            return not error
        row.state, row.error = ("failed", error) if error else ("sent", "")
        row.sent_at = None if error else now()
    return not error


def _try(send: Send, letter: Letter) -> str:
    try:
        send(letter.to, letter.subject, letter.body, *([letter.unsubscribe] if letter.unsubscribe else []))
    except (OSError, ValueError) as error:  # ValueError: a header that mail cannot carry
        return f"{type(error).__name__}: {error}"[:1000]
    return ""
