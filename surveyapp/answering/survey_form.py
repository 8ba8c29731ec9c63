"""The survey's page: empty, or handed back with everything that was typed; and the page of a survey that has closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext
from markupsafe import Markup

from surveyapp.answering import ticket
from surveyapp.answering.door import Door
from surveyapp.questions import Edition, Form
from surveyapp.questions.page import render_questions
from surveyapp.questions.reading import carry


def filled(door: Door, edition: Edition, body: Markup, status: int = 200, **more: object) -> Response:
    """Return the page of a survey around the body of its questions, with a new ticket unless one is given."""
    key = current_app.config["SECRET_KEY"]
    values = {"ticket": None} | more
    values["ticket"] = values["ticket"] or ticket.issue(key, door.survey_id, edition.version_id)
    page = render_template(
        "answering/survey.html", edition=edition, body=body, slug=door.slug, service=door.service, asker=door.asker,
        language=edition.language, direction=edition.direction, **values,
    )  # fmt: skip
    return make_response(page, status)


def again(
    door: Door,
    edition: Edition,
    form: Form,
    status: int,
    *,
    notice: str = "",
    wrong: Mapping[int, str] | None = None,
    left: Sequence[tuple[str, str]] = (),
    wait: int | None = None,
) -> Response:
    """Hand the page back, filled in. What has to be sent once more unchanged (`wait`, or wrong answers) keeps its ticket."""
    same = request.form.get("ticket") if wait or status == 422 else None
    return filled(
        door, edition, render_questions(edition, form, wrong), status, notice=notice, wrong=wrong, left=left,
        left_because=gettext("These answers have no place in the survey as it is now. Copy what you want to keep."),
        wait=wait, ticket=same,
    )  # fmt: skip


def closed(door: Door, left: Sequence[tuple[str, str]] = ()) -> Response:
    """Say kindly that a survey has closed, with the words that came too late."""
    page = render_template(
        "answering/closed.html", title=door.title, service=door.service, asker=door.asker, language=door.language,
        left=left, left_because=gettext("This was not sent. Copy what you want to keep."),
    )  # fmt: skip
    return make_response(page, 410)


def words_of(edition: Edition, form: Form) -> list[tuple[str, str]]:
    """Return what somebody typed into a form, question by question."""
    nowhere = Edition(edition.survey_id, 0, edition.language, "", "", "", ())
    return carry(edition, nowhere, form)[1]
