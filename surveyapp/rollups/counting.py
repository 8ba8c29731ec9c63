"""A count of all rows by queries: of everybody, and once more of each group of customers that an answer tells apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, case, cast, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session

from surveyapp.models import (
    KIND_BITS,
    Answer,
    Comment,
    Finding,
    Mention,
    Question,
    Response,
    Tally,
    Verdict,
    comment_theme,
)
from surveyapp.rollups.keys import OPTION_LIMIT, POOR, Delta, Key

Counted = Iterator[tuple[Key, int]]


@dataclass(frozen=True, slots=True)
class Cut:
    """Whose rows are counted: everybody's (no `members`), or those of each group by itself; `members` pairs responses with groups."""

    members: Any = None

    @property
    def segment(self) -> ColumnElement[str]:
        """The group, as a column to group by."""
        return literal("") if self.members is None else self.members.c.segment

    def of(self, *columns: Any) -> Select[*tuple[Any, ...]]:
        """Return a query for columns and the group, of responses that were heard."""
        found = select(self.segment, *columns).select_from(Response).where(Response.state == "heard")
        return found if self.members is None else found.join(self.members, self.members.c.response_id == Response.id)


def count(session: Session) -> Delta:
    """Count every heard response, and add what erased ones left."""
    counted: Delta = Counter()
    everybody, groups = Cut(), Cut(_members(session))
    for source in (_responses, _ratings, _comments, _kinds, _themes, _mentions, _verdicts):
        for cut in (everybody, groups):
            for key, n in source(session, cut):
                counted[key] += n
    for key, n in (*_segments(session), *_erased(session)):
        counted[key] += n
    return Counter({key: n for key, n in counted.items() if n})


def _chosen(session: Session) -> Any:
    """Pair responses with the question that told them apart and the answer: one by choice, or words that were imported."""
    asked = (Answer.response_id, Question.line)
    option = _option(session)
    by_choice = select(*asked, option.label("option")).join(Question)
    by_choice = by_choice.where(Question.purpose == "segment", option.is_not(None))
    by_words = select(*asked, func.substr(Answer.words, 1, OPTION_LIMIT)).join(Question)
    by_words = by_words.where(Question.purpose == "segment", Answer.words.is_not(None), Answer.words != "")
    return union_all(by_choice, by_words).subquery("chosen")


def _option(session: Session) -> ColumnElement[str]:
    """Return one option after the other of an answer's list; where there is no list, null or nothing."""
    if session.get_bind().dialect.name == "sqlite":
        return func.json_each(Answer.options).table_valued("value", joins_implicitly=True).c.value
    listed = case(
        (func.json_typeof(Answer.options) == "array", Answer.options), else_=cast(literal_column("'[]'"), JSON)
    )
    return func.json_array_elements_text(listed).table_valued("value", joins_implicitly=True).c.value


def _members(session: Session) -> Any:
    chosen = _chosen(session)
    segment = (chosen.c.line + ":" + chosen.c.option).label("segment")
    return select(chosen.c.response_id, segment).distinct().subquery("members")


def _segments(session: Session) -> Counted:
    chosen = _chosen(session)
    what = (Response.service_id, Response.day, chosen.c.line, chosen.c.option)
    found = select(*what, func.count()).select_from(Response).join(chosen, chosen.c.response_id == Response.id)
    for *key, n in session.execute(found.where(Response.state == "heard").group_by(*what)):
        yield Key("segment", *key), n


def _erased(session: Session) -> Counted:
    row = (Tally.fact, Tally.service_id, Tally.day, Tally.purpose, Tally.key, Tally.segment, Tally.n)
    for *key, n in session.execute(select(*row)):
        yield Key(*key), n  # type: ignore[arg-type]


def _responses(session: Session, cut: Cut) -> Counted:
    place = (Response.service_id, Response.day, Response.channel)
    for segment, service, day, channel, n in session.execute(_grouped(cut, place, func.count())):
        yield Key("response", service, day, "", channel, segment), n


def _ratings(session: Session, cut: Cut) -> Counted:
    rated = select(Question).where(Question.purpose.is_not(None), Question.kind == "rating")
    asked = {question.id: question for question in session.scalars(rated)}
    place = (Response.service_id, Response.day, Answer.question_id, Answer.value)
    found = _grouped(cut, place, func.count()).join(Answer, Answer.response_id == Response.id)
    for segment, service, day, question_id, value, n in session.execute(found.where(Answer.value.is_not(None))):
        question = asked.get(question_id)
        if question is not None:
            yield Key("rating", service, day, question.purpose or "", f"{question.scale}:{value}", segment), n


def _grouped(cut: Cut, place: tuple[Any, ...], *sums: Any) -> Select[*tuple[Any, ...]]:
    by = place if cut.members is None else (cut.segment, *place)
    return cut.of(*place, *sums).group_by(*by)


def _of_comments(cut: Cut, more: tuple[Any, ...], *sums: Any) -> Select[*tuple[Any, ...]]:
    place = (Comment.service_id, Comment.day, Comment.purpose, *more)
    return _grouped(cut, place, *sums).join(Comment, Comment.response_id == Response.id)


def _comments(session: Session, cut: Cut) -> Counted:
    found = _of_comments(cut, (Finding.label,), func.count()).outerjoin(Finding, Finding.comment_id == Comment.id)
    for segment, service, day, purpose, label, n in session.execute(found):
        yield Key("comment", service, day, purpose or "", label or "unread", segment), n


def _kinds(session: Session, cut: Cut) -> Counted:
    having = [func.sum(case((Finding.kinds.op("&")(bit) > 0, 1), else_=0)) for bit in KIND_BITS.values()]
    found = _of_comments(cut, (), *having).join(Finding, Finding.comment_id == Comment.id)
    for segment, service, day, purpose, *sums in session.execute(found):
        for kind, n in zip(KIND_BITS, sums, strict=True):
            if n:
                yield Key("kind", service, day, purpose or "", kind, segment), n


def _themes(session: Session, cut: Cut) -> Counted:
    theme = comment_theme.c.theme_id
    found = (
        _of_comments(cut, (theme, Finding.label), func.count())
        .join(comment_theme, comment_theme.c.comment_id == Comment.id)
        .join(Finding, Finding.comment_id == Comment.id)
    )
    for segment, service, day, purpose, theme_id, label, n in session.execute(found):
        yield Key("theme", service, day, purpose or "", f"{theme_id}:{label or 'unread'}", segment), n


def _mentions(session: Session, cut: Cut) -> Counted:
    place = (Mention.service_id, Mention.day, Mention.purpose, Mention.improvement_id)
    poor = func.sum(case((Comment.rating <= POOR, 1), else_=0))
    found = _grouped(cut, place, func.count(), poor).join(Comment, Comment.response_id == Response.id)
    found = found.join(Mention, Mention.comment_id == Comment.id).where(Mention.state == "filed")
    for segment, service, day, purpose, improvement, n, rated_poor in session.execute(found):
        yield Key("mention", service, day, purpose or "", str(improvement), segment), n
        if rated_poor:
            yield Key("poor", service, day, purpose or "", str(improvement), segment), rated_poor


def _verdicts(session: Session, cut: Cut) -> Counted:
    place = (Response.service_id, Verdict.day, Verdict.improvement_id, Verdict.says)
    said = _grouped(cut, place, func.count()).join(Verdict, Verdict.response_id == Response.id)
    for segment, service, day, improvement, says, n in session.execute(said):
        yield Key("verdict", service, day, "", f"{improvement}:{says}", segment), n
