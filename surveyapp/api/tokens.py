"""Tokens: made by an administrator, shown once, stored hashed, with scopes, revocable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveyapp.accounts import sessions
from surveyapp.accounts.audit import record
from surveyapp.accounts.tokens import hash_token, new_token
from surveyapp.db import Database, now
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import SCOPES, ApiToken

PREFIX = "heed_"
"""So that a token that leaks into a repository is recognised as one."""
USED_EVERY = timedelta(minutes=1)


def make(session: Session, name: str, scopes: Sequence[str], *, by: int) -> tuple[ApiToken, str]:
    """Make a token and return its row and the token itself, which is nowhere else. Raises Invalid without a name or a scope."""
    wanted = [each for each in SCOPES if each in scopes]
    if not name.strip():
        raise Invalid("Write a name, so that you know it again.", field="name")
    if not wanted:
        raise Invalid("Tick at least one.", field="scopes")
    token = PREFIX + new_token()
    made = ApiToken(name=name.strip(), hash=hash_token(token), scopes=wanted, person_id=by)
    session.add(made)
    record(session, by, "made", made, scopes=wanted)
    return made, token


def everything(session: Session) -> Sequence[ApiToken]:
    """Return every token, revoked ones last, newest first."""
    return session.scalars(select(ApiToken).order_by(ApiToken.revoked_at.is_not(None), ApiToken.id.desc())).all()


def revoke(session: Session, token_id: int, *, by: int) -> ApiToken:
    """Make a token worthless at once and for good. Raises NotFound."""
    found = session.get(ApiToken, token_id)
    if found is None:
        raise NotFound("There is no such token.")
    if found.revoked_at is None:
        found.revoked_at = now()
        record(session, by, "revoked", found)
    return found


def find(session: Session, token: str) -> ApiToken | None:
    """Return the row of a token that is good: not revoked, and its maker is still an administrator here."""
    if not token.startswith(PREFIX):
        return None
    row = session.scalar(select(ApiToken).where(ApiToken.hash == hash_token(token), ApiToken.revoked_at.is_(None)))
    if row is None or not row.person.active or "administrator" not in row.person.duties:
        return None
    return row if sessions.may_sign_in(session, row.person) else None


def touch(database: Database, row: ApiToken) -> None:
    """Note that a token was used, at most once a minute, in a short write of its own; a GET's transaction cannot write."""
    if row.last_used_at is not None and now() - row.last_used_at < USED_EVERY:
        return
    with database.write() as writing:
        writing.execute(update(ApiToken).where(ApiToken.id == row.id).values(last_used_at=now()))
