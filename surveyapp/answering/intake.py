"""Taking responses in: one from a customer, or many from an import or the demo, through the same door and into the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from surveyapp.answering import at_once, codes, identity
from surveyapp.answering.door import Door, check, seen
from surveyapp.answering.rows import rows_of, write_rows
from surveyapp.db import UNDATED, now
from surveyapp.errors import Conflict
from surveyapp.models import ErasedIdentity, Response
from surveyapp.questions import Edition, Value
from surveyapp.questions.reading import checked


@dataclass(frozen=True, slots=True)
class Arrival:
    """One response on its way in. `answers` maps question ids to typed values; `day` is the organisation's local day.

    `source` and `identity` (at most 64 characters, usually a hash) say which row of which import it is.
    """

    edition: Edition
    service_id: int
    channel: str
    answers: Mapping[int, Value]
    day: date = UNDATED
    received_at: datetime = field(default_factory=now)
    source: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a customer gets: the code, and whether the same had come before (`again`)."""

    code: str
    response_id: int
    again: bool


def submit(
    connection: Connection,
    *,
    door: Door,
    edition: Edition,
    submission_id: str,
    answers: Mapping[int, Value],
    at: datetime,
    code_keys: Mapping[str, str],
) -> Receipt:
    """Store one customer's response, pending, and return its code; show the code only after the commit.

    The same submission with the same answers is stored once, also when two arrive at the same moment: the second waits for
    the first and gets its code. With other answers it is another response. Raises Wrong for answers that do not fit,
    Changed for a door that no longer stands as it was seen, and Conflict for a submission that its customer has erased.
    """
    kept = checked(edition, answers)
    digest = identity.digest(kept)
    fingerprint = identity.of_submission(submission_id, digest)
    code = codes.make(code_keys, submission_id, digest)
    day = at.astimezone(ZoneInfo(door.asker.time_zone)).date()
    arrival = Arrival(edition, door.service_id, door.channel, kept, day, at)
    mine = {"submission_id": submission_id, "digest": digest, "code_hash": codes.hashed(code)}
    values = _response(arrival) | mine | seen(door, fingerprint)
    response_id = at_once.add(connection, values, rows_of(edition, kept, door.service_id, day))
    if response_id is None:
        check(connection, door, fingerprint)
        before = stored(connection, submission_id, kept, code_keys)
        if before is None:
            raise Conflict("These answers have been stored already, under a key that is no longer in use.")
        return before
    return Receipt(code, response_id, again=False)


def store(session: Session, arrivals: Sequence[Arrival]) -> list[int]:
    """Store many responses, pending, in the order given, and return their ids; nobody gets a code.

    Raises Wrong for answers that do not fit; the caller has left out rows whose (source, identity) `known` names.
    """
    kept = [checked(arrival.edition, arrival.answers) for arrival in arrivals]
    if not arrivals:
        return []
    add = insert(Response).returning(Response.id, sort_by_parameter_order=True)
    ids = list(session.scalars(add, [_response(arrival) for arrival in arrivals]))
    write_rows(
        session.connection(),
        [
            (response_id, rows_of(arrival.edition, answers, arrival.service_id, arrival.day))
            for arrival, answers, response_id in zip(arrivals, kept, ids, strict=True)
        ],
    )
    return ids


def known(session: Session, source: str, identities: Sequence[str]) -> set[str]:
    """Return which rows of a source are stored already, or were and have been erased."""
    found: set[str] = set()
    for start in range(0, len(identities), 500):
        part = identities[start : start + 500]
        stored = select(Response.identity).where(Response.source == source, Response.identity.in_(part))
        found.update(one for one in session.scalars(stored) if one is not None)
        prints = {identity.of_row(source, one): one for one in part}
        erased = select(ErasedIdentity.fingerprint).where(ErasedIdentity.fingerprint.in_(prints))
        found.update(prints[one] for one in session.scalars(erased))
    return found


def _response(arrival: Arrival) -> dict[str, Any]:
    return {
        "survey_id": arrival.edition.survey_id,
        "version_id": arrival.edition.version_id,
        "service_id": arrival.service_id,
        "channel": arrival.channel,
        "language": arrival.edition.language,
        "day": arrival.day,
        "received_at": arrival.received_at,
        "source": arrival.source,
        "identity": arrival.identity,
    }


def stored(
    connection: Connection, submission_id: str, answers: Mapping[int, Value], keys: Mapping[str, str]
) -> Receipt | None:
    """Return the receipt of a submission that is stored with these very answers, or None."""
    digest = identity.digest(answers)
    same = select(Response.id, Response.code_hash)
    row = connection.execute(same.where(Response.submission_id == submission_id, Response.digest == digest)).first()
    code = codes.matching(keys, submission_id, digest, row.code_hash or "") if row else None
    return Receipt(code, row.id, again=True) if row and code else None
