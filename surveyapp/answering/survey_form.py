"""The pages around a survey: empty, thanked for, closed, or handed back with everything that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext
from markupsafe import Markup

from surveyapp.answering import codes, ticket
from surveyapp.answering.door import Door
from surveyapp.answering.editions import Shown
from surveyapp.answering.intake import Receipt
from surveyapp.answering.room import editions
from surveyapp.questions import Edition, Form
from surveyapp.questions.page import render_questions
from surveyapp.questions.reading import carry

TICKET, CODE = "TICKET-OF-THIS-VIEW", "CODE-OF-THIS-RESPONSE"
"""Stand in a kept page for what differs from view to view."""


def empty(door: Door, shown: Shown) -> Response:
    """Return the page of a survey with a new ticket; all else of it is rendered once."""
    page = editions().page(("empty", door), lambda: _survey(door, shown.edition, shown.body, TICKET))
    return make_response(page.replace(TICKET, _ticket(door, shown.edition), 1))


def thanks(door: Door, shown: Shown, receipt: Receipt) -> Response:
    """Return the thanks with the customer's code; all else of it is rendered once."""
    page = editions().page(
        ("thanks", door, shown.edition.version_id, receipt.again), lambda: _thanks(door, shown.edition, receipt.again)
    )
    return make_response(page.replace(CODE, codes.grouped(receipt.code)))


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
    because = gettext("These answers have no place in the survey as it is now. Copy what you want to keep.")
    page = _survey(
        door, edition, render_questions(edition, form, wrong), same or _ticket(door, edition), notice=notice,
        wrong=wrong, left=left, left_because=because, wait=wait,
    )  # fmt: skip
    return make_response(page, status)


def in_full(slug: str, status: int, notice: str) -> Response:
    """Hand back everything that was posted, for a survey that this process knows nothing of and cannot ask about."""
    fields = [pair for pair in request.form.items(multi=True) if pair[0] != "website"]
    return make_response(render_template("answering/wait.html", fields=fields, slug=slug, notice=notice), status)


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


def _survey(door: Door, edition: Edition, body: Markup, signed: str, **more: object) -> str:
    return render_template(
        "answering/survey.html", edition=edition, body=body, slug=door.slug, service=door.service,
        service_id=door.service_id, asker=door.asker, language=edition.language, direction=edition.direction, ticket=signed, **more,
    )  # fmt: skip


def _thanks(door: Door, edition: Edition, again: bool) -> str:
    return render_template(
        "answering/thanks.html", edition=edition, language=edition.language, direction=edition.direction,
        asker=door.asker, service_id=door.service_id, code=CODE, slug=door.slug, again=again,
        address=f"{current_app.config['PUBLIC_URL'].rstrip('/')}/r/{CODE}",
    )  # fmt: skip


def _ticket(door: Door, edition: Edition) -> str:
    return ticket.issue(current_app.config["SECRET_KEY"], door.survey_id, edition.version_id)
