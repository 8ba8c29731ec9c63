"""What a program reads of asking and listening: services, surveys, responses, comments with their findings.

Answers to confidential surveys are not handed out one by one, contacts and short texts never, and personal data in comments is
covered; the words of a comment that nobody has read yet are not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from surveyapp.api import schemas
from surveyapp.api.contract import Operation
from surveyapp.api.door import serves
from surveyapp.api.paging import PAGES, choice, day, number, of_day, page
from surveyapp.extensions import session
from surveyapp.listening import masking
from surveyapp.listening.effective import effective
from surveyapp.models import (
    CHANNELS,
    KINDS,
    Answer,
    Comment,
    Correction,
    Finding,
    Question,
    Response,
    Service,
    Survey,
    comment_theme,
)

LABELS = ("negative", "neutral", "positive")
Row = dict[str, Any]
SPAN = (day("since", "the first day"), day("until", "the last day"))


@serves(Operation("services", "get", "/services", "read", "The tree of services", schemas.page(schemas.SERVICE), PAGES))
def services(limit: int, cursor: str | None) -> Row:
    """Return the services, each with what it stands under."""

    def shown(rows: Sequence[Service]) -> list[Row]:
        return [
            {
                "id": each.id,
                "name": each.name,
                "parent": each.parent_id,
                "depth": each.depth,
                "closed": bool(each.closed_at),
            }
            for each in rows
        ]

    return page(session(), select(Service), Service.id, limit=limit, cursor=cursor, shown=shown)


@serves(
    Operation("surveys", "get", "/surveys", "read", "Surveys and their questions", schemas.page(schemas.SURVEY), PAGES)
)
def surveys(limit: int, cursor: str | None) -> Row:
    """Return the surveys, each with the questions of its published version."""
    return page(
        session(), select(Survey), Survey.id, limit=limit, cursor=cursor, shown=lambda rows: [*map(_survey, rows)]
    )


@serves(
    Operation(
        "responses", "get", "/responses", "read", "Responses, save those in confidence", schemas.page(schemas.RESPONSE),
        (*PAGES, number("survey", "a survey's id"), number("service", "a service's id"), choice("channel", CHANNELS, "one of"), *SPAN),
    )
)  # fmt: skip
def responses(
    *, limit: int, cursor: str | None, survey: int | None, service: int | None, channel: str | None,
    since: date | None, until: date | None,
) -> Row:  # fmt: skip
    """Return responses with their ratings and choices."""
    wanted = select(Response).join(Response.survey).where(Survey.confidential.is_(False))
    for column, value in ((Response.survey_id, survey), (Response.service_id, service), (Response.channel, channel)):
        wanted = wanted.where(column == value) if value is not None else wanted
    wanted = _within(wanted, Response.day, since, until)
    whole = wanted.options(selectinload(Response.comments), selectinload(Response.answers).joinedload(Answer.question))
    return page(session(), whole, Response.id, limit=limit, cursor=cursor, shown=lambda rows: [*map(_response, rows)])


@serves(
    Operation(
        "comments", "get", "/comments", "read", "Comments with what was found in them", schemas.page(schemas.COMMENT),
        (
            *PAGES, number("service", "a service's id"), number("theme", "a theme's id"), choice("sentiment", LABELS, "one of"),
            choice("kind", KINDS, "a sentence of this kind"), *SPAN,
        ),
    )
)  # fmt: skip
def comments(
    *, limit: int, cursor: str | None, service: int | None, theme: int | None, sentiment: str | None, kind: str | None,
    since: date | None, until: date | None,
) -> Row:  # fmt: skip
    """Return comments, personal data covered."""
    wanted = select(Comment).join(Comment.response).join(Response.survey).where(Survey.confidential.is_(False))
    wanted = _within(wanted, Comment.day, since, until).options(joinedload(Comment.response))
    if service is not None:
        wanted = wanted.where(Comment.service_id == service)
    if theme is not None:
        wanted = wanted.where(
            Comment.id.in_(select(comment_theme.c.comment_id).where(comment_theme.c.theme_id == theme))
        )
    if sentiment is not None or kind is not None:
        wanted = wanted.join(Finding, Finding.comment_id == Comment.id)
        wanted = wanted.where(Finding.label == sentiment) if sentiment else wanted
        wanted = wanted.where(Finding.kinds.bitwise_and(1 << KINDS.index(kind)) != 0) if kind else wanted
    return page(session(), wanted, Comment.id, limit=limit, cursor=cursor, shown=_comments)


def _within(wanted: Select[Any], column: Any, since: date | None, until: date | None) -> Select[Any]:
    wanted = wanted.where(column >= since) if since else wanted
    return wanted.where(column <= until) if until else wanted


def _survey(survey: Survey) -> Row:
    published = survey.published
    return {
        "id": survey.id, "title": survey.title, "state": survey.state, "service": survey.service_id, "moment": survey.moment,
        "language": survey.language, "confidential": survey.confidential, "created_at": survey.created_at.isoformat(),
        "version": published.number if published else None,
        "questions": [_question(each, survey.language) for each in (published.questions if published else ())],
    }  # fmt: skip


def _question(question: Question, language: str) -> Row:
    rated = question.kind == "rating"
    return {
        "id": question.id, "kind": question.kind, "purpose": question.purpose, "label": str(question.text("label", language)),
        "required": question.required, "low": question.settings.get("low", 1) if rated else None,
        "high": question.settings.get("high", 5) if rated else None, "options": list(question.settings.get("options", ())),
    }  # fmt: skip


def _response(response: Response) -> Row:
    return {
        "id": response.id, "survey": response.survey_id, "service": response.service_id, "channel": response.channel,
        "language": response.language, "day": of_day(response.day), "received_at": response.received_at.isoformat(),
        "heard": response.state == "heard", "comments": sorted(each.id for each in response.comments),
        "answers": [_answer(each) for each in sorted(response.answers, key=lambda each: each.id)],
    }  # fmt: skip


def _answer(answer: Answer) -> Row:
    purpose = answer.question.purpose
    return {
        "question": answer.question_id, "purpose": purpose, "value": answer.value, "options": answer.options,
        "segment": answer.words if purpose == "segment" else None,
    }  # fmt: skip


def _comments(rows: Sequence[Comment]) -> list[Row]:
    ids = [each.id for each in rows]
    themed = select(Finding).where(Finding.comment_id.in_(ids)).options(selectinload(Finding.themes))
    found = {each.comment_id: each for each in session.scalars(themed)}
    said: dict[int, list[Correction]] = {}
    standing = select(Correction).where(Correction.comment_id.in_(ids), Correction.undone_at.is_(None))
    for each in session.scalars(standing.order_by(Correction.id)):
        said.setdefault(each.comment_id, []).append(each)
    return [_comment(each, found.get(each.id), said.get(each.id, [])) for each in rows]


def _comment(comment: Comment, finding: Finding | None, said: list[Correction]) -> Row:
    return {
        "id": comment.id, "response": comment.response_id, "survey": comment.response.survey_id,
        "service": comment.service_id, "purpose": comment.purpose, "day": of_day(comment.day),
        "text": masking.covered(comment.text, finding), "finding": _finding(comment, finding, said) if finding else None,
    }  # fmt: skip


def _finding(comment: Comment, finding: Finding, said: list[Correction]) -> Row:
    sentences = [
        {
            "text": masking.covered(comment.text, finding, each["start"], each["end"]), "kind": each["kind"],
            "sentiment": _label(each.get("sentiment")),
        }
        for each in effective(finding.body, said).sentences
    ]  # fmt: skip
    return {
        "language": finding.language, "sentiment": finding.label, "mixed": finding.mixed, "sentences": sentences,
        "kinds": [kind for kind in KINDS if finding.has(kind)], "urgent": bool(finding.body.get("urgent")),
        "themes": [{"id": each.id, "name": each.name} for each in finding.themes], "analyser": finding.analyser,
    }  # fmt: skip


def _label(sentiment: Any) -> str | None:
    return sentiment.get("label") if isinstance(sentiment, dict) else sentiment
