"""What a survey's answers add up to, question by question over all its versions, and the responses one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Text, and_, cast, func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.base import ExecutableOption

from surveyapp.accounts.scope import Scope
from surveyapp.errors import Refused
from surveyapp.models import Answer, Comment, Organisation, Question, Response, Survey
from surveyapp.questions import Asked, asked_of

PAGE = 25


@dataclass(slots=True)
class Bar:
    """One answer that could be given, and how often it was."""

    name: str
    n: int
    share: int  # per cent of those who answered


@dataclass(slots=True)
class Result:
    """What one question's answers add up to; `versions` are the questions of other versions on the same line."""

    asked: Asked
    answered: int
    bars: list[Bar] = field(default_factory=list)
    headline: str = ""


def counted(session: Session, scope: Scope, survey: Survey) -> int:
    """Return how many responses of the survey somebody may see counted. Raises Refused below a confidential survey's minimum.

    A confidential survey counts by whole steps of the minimum: what two looks differ by is never one person's answer.
    """
    n = session.scalar(select(func.count()).select_from(Response).where(_mine(scope, survey))) or 0
    if not survey.confidential:
        return n
    if n < minimum(session):
        raise Refused(f"This survey is confidential: its results are shown from {minimum(session)} answers on.")
    return n - n % minimum(session)


def minimum(session: Session) -> int:
    """Return the smallest group that may be shown of a confidential survey."""
    return session.scalar(select(Organisation.minimum_group)) or 10


def results(session: Session, scope: Scope, survey: Survey) -> list[Result]:
    """Add up every question, in the order of the newest version, with questions of older versions on the same line."""
    lines = lines_of(survey)
    values, options, words = _counts(session, scope, survey)
    found = []
    for questions in lines:
        asked = asked_of(questions[-1], survey.language)
        ids = [question.id for question in questions]
        if asked.kind == "rating":
            found.append(_rating(asked, sum((values.get(id_, Counter()) for id_ in ids), Counter())))
        elif asked.options:
            found.append(_choice(asked, [pair for id_ in ids for pair in options.get(id_, ())]))
        else:
            found.append(Result(asked, sum(words.get(id_, 0) for id_ in ids)))
    return found


def lines_of(survey: Survey) -> list[list[Question]]:
    """Return the published questions, oldest first within a line, the newest version's lines first."""
    published = [version for version in survey.versions if version.number is not None]
    lines: dict[tuple[str, str, str], list[Question]] = {}
    for version in reversed(published):
        for question in version.questions:
            lines.setdefault((question.line, question.kind, question.scale), []).insert(0, question)
    return list(lines.values())


def page(
    session: Session, scope: Scope, survey: Survey, before: int | None = None
) -> tuple[Sequence[Response], int | None]:
    """Return some responses, newest first, and where the next page begins (None: nowhere)."""
    if survey.confidential:
        raise Refused("This survey is confidential: its answers are not shown one by one.")
    wanted = select(Response).where(_mine(scope, survey)).order_by(Response.id.desc()).limit(PAGE + 1)
    if before is not None:
        wanted = wanted.where(Response.id < before)
    rows = session.scalars(wanted.options(*_whole())).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def every(session: Session, scope: Scope, survey: Survey) -> Iterator[Sequence[Response]]:
    """Yield every response, oldest first, in batches; each is forgotten when the next is asked for."""
    mine = _mine(scope, survey)
    last = 0
    while True:
        wanted = select(Response).where(mine, Response.id > last).order_by(Response.id).limit(500)
        rows = session.scalars(wanted.options(*_whole())).all()
        if not rows:
            return
        last = rows[-1].id
        yield rows
        session.expunge_all()


def _whole() -> tuple[ExecutableOption, ...]:
    return (selectinload(Response.answers), selectinload(Response.comments), selectinload(Response.service))


def _mine(scope: Scope, survey: Survey) -> ColumnElement[bool]:
    return and_(Response.survey_id == survey.id, Response.service_id.in_(scope.services()))


def _shown(session: Session, scope: Scope, survey: Survey) -> ColumnElement[bool]:
    """Return the condition on the responses that are added up: all, or of a confidential survey as many of the first as `counted`."""
    mine = _mine(scope, survey)
    if not survey.confidential:
        return mine
    first = select(Response.id).where(mine).order_by(Response.id).limit(counted(session, scope, survey))
    return Response.id.in_(first)


def _counts(
    session: Session, scope: Scope, survey: Survey
) -> tuple[dict[int, Counter[int]], dict[int, list[tuple[list[str], int]]], dict[int, int]]:
    values: dict[int, Counter[int]] = {}
    options: dict[int, list[tuple[list[str], int]]] = {}
    words: dict[int, int] = {}
    mine = _shown(session, scope, survey)
    chosen = cast(Answer.options, Text)
    rated = select(Answer.question_id, Answer.value, func.count()).join(Answer.response).where(mine)
    for question, value, n in session.execute(rated.group_by(Answer.question_id, Answer.value)):
        if value is not None:
            values.setdefault(question, Counter())[value] += n
        words[question] = words.get(question, 0) + n
    picked = select(Answer.question_id, func.min(Answer.id), func.count()).join(Answer.response)
    picked = picked.where(mine, Answer.value.is_(None), Answer.words.is_(None)).group_by(Answer.question_id, chosen)
    for question, example, n in session.execute(picked).all():
        options.setdefault(question, []).append((session.get_one(Answer, example).options or [], n))
    commented = select(Comment.question_id, func.count()).join(Comment.response).where(mine)
    words.update((question, n) for question, n in session.execute(commented.group_by(Comment.question_id)))
    return values, options, words


def _rating(asked: Asked, values: Counter[int]) -> Result:
    total = sum(values.values())
    bars = [
        Bar(f"{value}, {name}" if name else str(value), values[value], share(values[value], total))
        for value, name in asked.points
    ]
    return Result(asked, total, bars, _headline(asked, values, total))


def _choice(asked: Asked, picked: list[tuple[list[str], int]]) -> Result:
    counts: Counter[str] = Counter()
    for keys, n in picked:
        counts.update(dict.fromkeys(keys, n))
    total = sum(n for _, n in picked)
    names = dict(asked.options) | {key: key for key in counts if key not in dict(asked.options)}
    return Result(asked, total, [Bar(name, counts[key], share(counts[key], total)) for key, name in names.items()])


def share(n: int, total: int) -> int:
    """Return n of total in whole per cent."""
    return round(100 * n / total) if total else 0


def _headline(asked: Asked, values: Counter[int], total: int) -> str:
    if not total:
        return ""
    if asked.purpose == "nps":
        up = sum(n for value, n in values.items() if value >= 9)
        down = sum(n for value, n in values.items() if value <= 6)
        return f"NPS {share(up, total) - share(down, total):+d}"
    order = sorted((value for value, _ in asked.points), key=asked.good_share, reverse=True)
    return f"{share(sum(values[value] for value in order[:2]), total)} % in the top two"
