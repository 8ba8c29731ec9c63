"""One response as a row of a table: a cell a question, with personal data covered for whoever has no need to see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.db import UNDATED
from surveyapp.models import Answer, Finding, Question, Response, Survey
from surveyapp.questions import asked_of

FIXED = ("response", "day", "service", "channel")


class Cells:
    """Turns responses of one survey into cells. `open_words` shows comments as written; otherwise personal data is covered."""

    def __init__(self, survey: Survey, lines: list[list[Question]], *, open_words: bool) -> None:
        self._place = {question.id: place for place, line in enumerate(lines) for question in line}
        self._asked = {question.id: asked_of(question, survey.language) for line in lines for question in line}
        self.heads = [asked_of(line[-1], survey.language).label for line in lines]
        self._open = open_words

    def of(self, session: Session, responses: Iterable[Response]) -> Iterator[list[str]]:
        """Yield the answers of each response, in the order of `heads`."""
        responses = list(responses)
        findings = {} if self._open else _findings(session, responses)
        for response in responses:
            cells = [""] * len(self.heads)
            for answer in response.answers:
                cells[self._place[answer.question_id]] = self._answer(answer)
            for comment in response.comments:
                text = comment.text if self._open else covered(comment.text, findings.get(comment.id))
                cells[self._place[comment.question_id]] = text
            yield cells

    def _answer(self, answer: Answer) -> str:
        if answer.value is not None:
            return str(answer.value)
        if answer.options is not None:
            names = dict(self._asked[answer.question_id].options)
            return "; ".join(names.get(key, key) for key in answer.options)
        return answer.words or "" if self._open else "[covered]"


def fixed(response: Response) -> list[object]:
    """Return what every row begins with; see FIXED."""
    day = "" if response.day == UNDATED else response.day
    return [response.id, day, response.service.name, response.channel]


def covered(text: str, finding: Finding | None) -> str:
    """Return a comment with its personal data covered; one that was not read yet is covered whole."""
    if finding is None:
        return "[not read yet]"
    for each in sorted(finding.body.get("personal", ()), key=lambda each: each["start"], reverse=True):
        text = f"{text[: each['start']]}[{each['type']}]{text[each['end'] :]}"
    return text


def _findings(session: Session, responses: list[Response]) -> dict[int, Finding]:
    ids = [comment.id for response in responses for comment in response.comments]
    return {
        finding.comment_id: finding for finding in session.scalars(select(Finding).where(Finding.comment_id.in_(ids)))
    }
