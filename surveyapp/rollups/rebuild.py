"""The rollups from scratch, by queries over the rows. Written apart from the increments, so that each checks the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, select
from sqlalchemy.orm import Session

from surveyapp.models import (
    KIND_BITS,
    Answer,
    Comment,
    Finding,
    Mention,
    Question,
    Response,
    Rollup,
    Tally,
    Verdict,
    comment_theme,
)
from surveyapp.rollups.keys import POOR, Delta, Key, difference, month_of
from surveyapp.rollups.write import bump, count_improvements


def rebuild(session: Session) -> int:
    """Throw all rollups away and count again; return how many there are."""
    counted = count(session)
    session.execute(delete(Rollup))
    rows = [{**key._asdict(), "month": month_of(key.day), "n": n} for key, n in sorted(counted.items()) if n]
    for start in range(0, len(rows), 10_000):
        session.execute(insert(Rollup), rows[start : start + 10_000])
    count_improvements(session)
    bump(session, "rollups")
    return len(rows)


def differences(session: Session) -> Delta:
    """Return where the stored rollups differ from a count of the rows: nothing, unless there is a fault."""
    stored = Counter({Key(*row[:5]): row[5] for row in session.execute(_stored(Rollup))})
    return difference(stored, count(session))


def count(session: Session) -> Delta:
    """Count every heard response, and add what erased ones left."""
    counted: Delta = Counter()
    for source in (_responses, _answers, _comments, _kinds, _themes, _mentions, _poor, _verdicts, _erased):
        for key, n in source(session):
            counted[key] += n
    return Counter({key: n for key, n in counted.items() if n})


def _stored(table: type[Rollup] | type[Tally]) -> Select[*tuple[Any, ...]]:
    return select(table.fact, table.service_id, table.day, table.purpose, table.key, table.n)


def _erased(session: Session) -> Iterator[tuple[Key, int]]:
    for row in session.execute(_stored(Tally)):
        yield Key(*row[:5]), row[5]


def _responses(session: Session) -> Iterator[tuple[Key, int]]:
    place = (Response.service_id, Response.day, Response.channel)
    for service, day, channel, n in session.execute(
        select(*place, func.count()).where(Response.state == "heard").group_by(*place)
    ):
        yield Key("response", service, day, "", channel), n


def _answers(session: Session) -> Iterator[tuple[Key, int]]:
    asked = {
        question.id: question for question in session.scalars(select(Question).where(Question.purpose.is_not(None)))
    }
    place = (Response.service_id, Response.day, Answer.question_id, Answer.value)
    rated = (
        select(*place, func.count()).join(Answer.response).where(Response.state == "heard", Answer.value.is_not(None))
    )
    for service, day, question_id, value, n in session.execute(rated.group_by(*place)):
        question = asked.get(question_id)
        if question is not None and question.kind == "rating":
            yield Key("rating", service, day, question.purpose or "", f"{question.scale}:{value}"), n
    segments = [question.id for question in asked.values() if question.purpose == "segment"]
    chosen = select(Response.service_id, Response.day, Answer.question_id, Answer.options).join(Answer.response)
    chosen = chosen.where(Response.state == "heard", Answer.question_id.in_(segments))
    for service, day, question_id, options in session.execute(chosen):
        for option in options or ():
            yield Key("segment", service, day, asked[question_id].line, option), 1


def _of_comments(*columns: Any) -> Select[*tuple[Any, ...]]:
    place = (Comment.service_id, Comment.day, Comment.purpose)
    found = select(*place, *columns).join(Response, Response.id == Comment.response_id)
    return found.where(Response.state == "heard").group_by(*place)


def _comments(session: Session) -> Iterator[tuple[Key, int]]:
    found = _of_comments(Finding.label, func.count()).outerjoin(Finding, Finding.comment_id == Comment.id)
    for service, day, purpose, label, n in session.execute(found.group_by(Finding.label)):
        yield Key("comment", service, day, purpose or "", label or "unread"), n


def _kinds(session: Session) -> Iterator[tuple[Key, int]]:
    having = [func.sum(case((Finding.kinds.op("&")(bit) > 0, 1), else_=0)) for bit in KIND_BITS.values()]
    for service, day, purpose, *sums in session.execute(
        _of_comments(*having).join(Finding, Finding.comment_id == Comment.id)
    ):
        for kind, n in zip(KIND_BITS, sums, strict=True):
            if n:
                yield Key("kind", service, day, purpose or "", kind), n


def _themes(session: Session) -> Iterator[tuple[Key, int]]:
    theme = comment_theme.c.theme_id
    found = (
        _of_comments(theme, Finding.label, func.count())
        .join(comment_theme, comment_theme.c.comment_id == Comment.id)
        .join(Finding, Finding.comment_id == Comment.id)
        .group_by(theme, Finding.label)
    )
    for service, day, purpose, theme_id, label, n in session.execute(found):
        yield Key("theme", service, day, purpose or "", f"{theme_id}:{label or 'unread'}"), n


def _mentions(session: Session) -> Iterator[tuple[Key, int]]:
    place = (Mention.service_id, Mention.day, Mention.purpose, Mention.improvement_id)
    filed = select(*place, func.count()).where(Mention.state == "filed").group_by(*place)
    for service, day, purpose, improvement, n in session.execute(filed):
        yield Key("mention", service, day, purpose or "", str(improvement)), n


def _poor(session: Session) -> Iterator[tuple[Key, int]]:
    place = (Mention.service_id, Mention.day, Mention.purpose, Mention.improvement_id)
    rated = select(*place, func.count()).join(Mention.comment).where(Mention.state == "filed", Comment.rating <= POOR)
    for service, day, purpose, improvement, n in session.execute(rated.group_by(*place)):
        yield Key("poor", service, day, purpose or "", str(improvement)), n


def _verdicts(session: Session) -> Iterator[tuple[Key, int]]:
    place = (Response.service_id, Verdict.day, Verdict.improvement_id, Verdict.says)
    said = select(*place, func.count()).join(Response, Response.id == Verdict.response_id)
    for service, day, improvement, says, n in session.execute(said.where(Response.state == "heard").group_by(*place)):
        yield Key("verdict", service, day, "", f"{improvement}:{says}"), n
