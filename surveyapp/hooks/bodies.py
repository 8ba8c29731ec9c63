"""What is sent: written at the moment of sending from the rows as they are then, so that erased words are in no delivery.

A body has a version, an id, a type, the time of the event and its data: ids, days, states and a rating. Words (a title, a quote,
the sentence that customers read) are in it only where the endpoint is ticked for words, with personal data covered, and never
from a confidential survey.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.backlog import weighing
from surveyapp.db import UNDATED
from surveyapp.hooks.kinds import ISSUE, TEST
from surveyapp.hooks.titles import title
from surveyapp.listening import masking
from surveyapp.models import (
    Act,
    Answer,
    Comment,
    CorrectiveAction,
    Finding,
    HookDelivery,
    Improvement,
    Judgement,
    Mention,
    Promise,
    Question,
    Response,
    Survey,
)

VERSION = 1
Data = dict[str, Any]


def body(session: Session, delivery: HookDelivery, base: str) -> bytes | None:
    """Return what a delivery says now, as JSON, or None where what it was about is gone. `base` is the public address of Heed."""
    data = _data(session, delivery, base)
    if data is None:
        return None
    whole = {
        "version": VERSION, "id": delivery.message, "type": delivery.event, "timestamp": delivery.created_at.isoformat(),
        "data": data,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _data(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    if delivery.event == TEST:
        return {"url": base}
    return MAKERS[delivery.thing](session, delivery, base)


def _response(session: Session, delivery: HookDelivery, _base: str) -> Data | None:
    found = session.get(Response, delivery.thing_id)
    if found is None or found.survey.confidential:
        return None
    return {
        "response": found.id, "survey": found.survey_id, "service": found.service_id, "channel": found.channel,
        "language": found.language, "received_at": found.received_at.isoformat(), "rating": _rating(session, found),
        "comments": [_comment(session, each, words=delivery.endpoint.words) for each in found.comments],
    }  # fmt: skip


def _rating(session: Session, response: Response) -> Data | None:
    asked = select(Answer.value, Question.settings).join(Answer.question)
    row = session.execute(asked.where(Answer.response_id == response.id, Question.purpose == "csat")).first()
    if row is None or row.value is None:
        return None
    return {"value": row.value, "low": row.settings.get("low", 1), "high": row.settings.get("high", 5)}


def _comment(session: Session, comment: Comment, *, words: bool) -> Data:
    data: Data = {"comment": comment.id, "asked": comment.purpose}
    return data | {"text": masking.covered(comment.text, session.get(Finding, comment.id))} if words else data


def _mention(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    found = session.get(Mention, delivery.thing_id)
    if found is None:
        return None
    data: Data = {
        "mention": found.id, "comment": found.comment_id, "response": found.comment.response_id, "kind": found.kind,
        "state": found.state, "improvement": found.improvement_id, "service": found.service_id,
        "day": None if found.day == UNDATED else found.day.isoformat(),
        "url": f"{base}/backlog/{found.improvement_id}",
    }  # fmt: skip
    if delivery.endpoint.words and not _confidential(session, found.comment_id):
        data["text"] = masking.covered(
            found.comment.text, session.get(Finding, found.comment_id), found.start, found.end
        )
    return data


def _urgent(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    found = session.get(Comment, delivery.thing_id)
    if found is None:
        return None
    return {
        "comment": found.id, "response": found.response_id, "service": found.service_id, "url": f"{base}/comments/{found.id}",
    }  # fmt: skip


def _act(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    act = session.get_one(Act, delivery.thing_id)
    improvement = session.get(Improvement, act.thing_id)
    if improvement is None:
        return None
    data = _improvement(session, improvement, base) | {"by": act.by, "fields": act.fields}
    if delivery.endpoint.words:
        data |= {"title": title(session, improvement), "words": _said(improvement, delivery.event)}
    return data


def _said(improvement: Improvement, event: str) -> str | None:
    """Return the latest sentence that customers read about it, where the event has one."""
    if event == "improvement.promised" and improvement.promises:
        return improvement.promises[-1].sentence
    if event in {"improvement.done", "improvement.declined"} and improvement.outcomes:
        return improvement.outcomes[-1].words
    return None


def _opened(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    improvement = session.get(Improvement, delivery.thing_id)
    if improvement is None:
        return None
    data = _improvement(session, improvement, base)
    if delivery.event == ISSUE:
        everything = Scope.everything(session)
        weight = weighing.of(everything, session, [improvement.id])[improvement.id]
        data |= {"weight": weight.total, "comments": weight.comments}
    if delivery.event == ISSUE or delivery.endpoint.words:
        data["title"] = title(session, improvement)
    return data


def _promise(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    promise = session.get(Promise, delivery.thing_id)
    if promise is None or promise.due_on is None:
        return None
    improvement = session.get_one(Improvement, promise.improvement_id)
    data = _improvement(session, improvement, base) | {"promise": promise.id, "due_on": promise.due_on.isoformat()}
    return data | {"title": title(session, improvement), "words": promise.sentence} if delivery.endpoint.words else data


def _missed(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    found = session.get(Judgement, delivery.thing_id)
    if found is None:
        return None
    data = _standard(found, base)
    return data | {"words": found.version.sentence} if delivery.endpoint.words else data


def _corrected(session: Session, delivery: HookDelivery, base: str) -> Data | None:
    found = session.get(CorrectiveAction, delivery.thing_id)
    if found is None or found.taken_back_at is not None:
        return None
    data = _standard(found, base) | {"action": found.id, "owner": found.owner_id, "due_on": found.due_on.isoformat()}
    return data | {"words": found.what} if delivery.endpoint.words else data


def _standard(of: Judgement | CorrectiveAction, base: str) -> Data:
    return {
        "standard": of.standard_id, "service": of.service_id, "month": f"{of.month // 12}-{of.month % 12 + 1:02d}",
        "url": f"{base}/standards/{of.standard_id}",
    }  # fmt: skip


def _improvement(session: Session, improvement: Improvement, base: str) -> Data:
    return {
        "improvement": improvement.id, "state": improvement.state, "service": improvement.service_id,
        "theme": improvement.theme_id, "owner": improvement.owner_id, "merged_into": improvement.merged_into_id,
        "url": f"{base}/backlog/{improvement.id}",
    }  # fmt: skip


def _confidential(session: Session, comment_id: int) -> bool:
    of = select(Survey.confidential).join(Response, Response.survey_id == Survey.id)
    return bool(session.scalar(of.join(Comment, Comment.response_id == Response.id).where(Comment.id == comment_id)))


MAKERS: dict[str, Callable[[Session, HookDelivery, str], Data | None]] = {
    "response": _response, "mention": _mention, "comment": _urgent, "act": _act, "improvement": _opened, "promise": _promise,
    "judgement": _missed, "corrective_action": _corrected,
}  # fmt: skip
"""The table that a delivery is about -> what is said of its row."""
