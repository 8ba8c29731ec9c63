"""What a code leads back to: what the customer wrote, what we understood of it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.answering import codes
from surveyapp.errors import NotFound
from surveyapp.models import Answer, Comment, Correction, Improvement, Mention, Reply, Response, Verdict
from surveyapp.questions import asked_of

UNKNOWN = (
    "There is no answer under this code. Check every letter and digit; if you erased the answer, its code went with it."
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a suggestion: `state` is received, read, looked at, promised, done or declined. Words are ours, for customers."""

    state: str
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A stretch of a comment that we took as a suggestion (or complaint), what became of it, and whether that helped."""

    mention: Mention
    fate: Fate
    helped: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One answer as its customer gave it; comments carry what we understood of them."""

    label: str
    words: str
    is_comment: bool = False
    understood: tuple[Understood, ...] = ()
    comment: Comment | None = None


def response_of(session: Session, typed: str) -> Response:
    """Return the response behind a code, typed in any case and spacing. Raises NotFound."""
    code = codes.parse(typed)
    found = session.scalars(select(Response).where(Response.code_hash == codes.hashed(code))).first() if code else None
    if found is None:
        raise NotFound(UNKNOWN)
    return found


def mention_of(session: Session, response: Response, mention_id: int) -> Mention:
    """Return a mention of this very response. Raises NotFound for another's."""
    mine = select(Mention).join(Mention.comment).where(Comment.response_id == response.id, Mention.id == mention_id)
    found = session.scalars(mine).first()
    if found is None:
        raise NotFound("That sentence is not one of yours.")
    return found


def story(session: Session, response: Response) -> list[Written]:
    """Tell a response question by question, in the order in which they were asked."""
    answers = select(Answer).where(Answer.response_id == response.id).options(joinedload(Answer.question))
    comments = select(Comment).where(Comment.response_id == response.id).options(joinedload(Comment.question))
    told = [(answer.question.position, _answered(answer, response.language)) for answer in session.scalars(answers)]
    mentions = _mentions(session, response)
    read, helped = by_a_person(session, response), _verdicts(session, response)
    for comment in session.scalars(comments):
        understood = tuple(
            Understood(each, fate(each.improvement, read=read), helped.get(each.improvement_id))
            for each in mentions
            if each.comment_id == comment.id
        )
        label = comment.question.text("label", response.language)
        told.append((comment.question.position, Written(label, comment.text, True, understood, comment)))
    return [written for _, written in sorted(told, key=lambda pair: pair[0])]


def by_a_person(session: Session, response: Response) -> bool:
    """Say whether a person has read it: opened its comment's own page, or sorted, corrected or answered anything in it.

    What the machine did does not count, nor a list in which it went by.
    """
    if response.read_at is not None:
        return True
    mine = select(Comment.id).where(Comment.response_id == response.id)
    sorted_by = select(Mention.id).where(Mention.comment_id.in_(mine), Mention.by.is_not(None))
    said_by = select(Correction.id).where(Correction.comment_id.in_(mine), Correction.by.is_not(None))
    answered = select(Reply.id).where(Reply.response_id == response.id, Reply.by.is_not(None))
    return any(session.scalar(each.limit(1)) is not None for each in (sorted_by, said_by, answered))


def fate(improvement: Improvement, *, read: bool = False) -> Fate:
    """Say what became of an improvement, or of the one into which it was merged; `read` where a person read the suggestion."""
    seen = {improvement.id}
    while improvement.merged_into is not None and improvement.merged_into.id not in seen:
        improvement = improvement.merged_into
        seen.add(improvement.id)
    if improvement.state in {"done", "declined"}:
        outcome = next((each for each in reversed(improvement.outcomes) if each.state == improvement.state), None)
        return Fate(improvement.state, improvement.in_effect_since, outcome.words if outcome else "")
    if improvement.promises and improvement.promises[-1].due_on:
        promise = improvement.promises[-1]
        return Fate("promised", promise.due_on, promise.sentence)
    return Fate("looked at" if improvement.owner_id else "read" if read else "received")


def _verdicts(session: Session, response: Response) -> dict[int, str]:
    mine = select(Verdict.improvement_id, Verdict.says).where(Verdict.response_id == response.id)
    return {row[0]: row[1] for row in session.execute(mine)}


def _mentions(session: Session, response: Response) -> Sequence[Mention]:
    mine = select(Mention).join(Mention.comment).where(Comment.response_id == response.id)
    whole = joinedload(Mention.improvement)
    ledgers = (whole.selectinload(Improvement.promises), whole.selectinload(Improvement.outcomes))
    return session.scalars(mine.options(joinedload(Mention.comment), *ledgers).order_by(Mention.start)).all()


def _answered(answer: Answer, language: str) -> Written:
    asked = asked_of(answer.question, language)
    if answer.value is not None:
        name = dict(asked.points).get(answer.value, "")
        return Written(asked.label, f"{answer.value}, {name}" if name else str(answer.value))
    if answer.options is not None:
        names = dict(asked.options)
        return Written(asked.label, ", ".join(names.get(option, option) for option in answer.options))
    return Written(asked.label, answer.words or "")
