"""The room's blueprint, and what its parts of other rooms' pages ask for: a conversation, and all that is told of an improvement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app
from flask_security import current_user

from surveyapp.accounts import screen
from surveyapp.accounts.scope import Scope
from surveyapp.backlog.mentions import family
from surveyapp.extensions import session
from surveyapp.models import REPLY_LIMIT, Improvement, Mention, Reply, Response, YouSaid
from surveyapp.telling import addresses, entries, forgetting, letters, replies, verdicts
from surveyapp.telling.letters import Links, Preview
from surveyapp.telling.replies import Waiting
from surveyapp.telling.verdicts import Said

blueprint = Blueprint("telling", __name__)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was written to and fro under a response, and whose turn it is."""

    lines: Sequence[Reply]
    customers_turn: bool
    our_turn: bool
    full: bool
    limit: int = REPLY_LIMIT


@dataclass(frozen=True, slots=True)
class Told:
    """What an improvement's page shows of telling: verdicts, letters to send, the public entry, and customers who wrote back."""

    said: Said
    letters: Preview | None
    unsent: int
    entry: YouSaid | None
    quotable: Sequence[Mention]
    waiting: Sequence[Waiting]


def conversation_of(response: Response) -> Conversation:
    """Return the conversation under a response."""
    lines = replies.conversation(session(), response.id)
    return Conversation(
        lines,
        replies.may_write(lines, customer=True),
        bool(lines) and replies.may_write(lines, customer=False),
        len(lines) >= replies.MOST,
    )


def told_of(improvement: Improvement) -> Told:
    """Gather what the signed-in person's page of an improvement shows of telling."""
    scope, ids = Scope.of(current_user, session()), family(session(), improvement.id)
    ended = improvement.state != "open"
    return Told(
        said=verdicts.said(session(), ids),
        letters=letters.preview(scope, session(), improvement, code_keys()),
        unsent=len(forgetting.unsent(session(), improvement)),
        entry=entries.of(session(), improvement),
        quotable=entries.quotable(session(), improvement) if ended else (),
        waiting=replies.waiting(scope, session(), ids),
    )


def code_keys() -> Mapping[str, str]:
    """Return the keys of customers' codes."""
    keys: Mapping[str, str] = current_app.config["CODE_KEYS"]
    return keys


def links() -> Links:
    """Return how letters' addresses are made: from the configuration, signed, each for one purpose."""
    key = str(current_app.config["SECRET_KEY"])
    return Links(
        page=lambda response_id: screen.public_url("telling.by_letter", token=addresses.page_ticket(key, response_id)),
        leave=lambda person: screen.public_url("telling.leave", token=addresses.leaving_ticket(key, person)),
    )


@blueprint.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "conversation_of": conversation_of,
        "told_of": told_of,
        "as_read": lambda text: replies.as_read_by(current_user, text),
    }
