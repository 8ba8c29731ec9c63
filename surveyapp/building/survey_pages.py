"""Surveys: the list, a new one, one survey with its addresses, and what is done to it as a whole."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from surveyapp.accounts.access import allow
from surveyapp.accounts.screen import public_url
from surveyapp.building import draft, links, publishing, surveys
from surveyapp.building.forms import CHANNELS, LinkForm, NewForm, PublishForm, SetUpForm
from surveyapp.building.room import BUILDERS, READERS, blueprint, builds, me, owned, scope, seen, unit
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Survey


@blueprint.get("/surveys", endpoint="list")
@allow(*READERS)
def list_surveys() -> ResponseReturnValue:
    """Show the surveys of this person's services."""
    return render_template("building/list.html", surveys=surveys.listed(unit(), scope()), builds=builds())


@blueprint.route("/surveys/new", methods=["GET", "POST"])
@allow(*BUILDERS)
def new() -> ResponseReturnValue:
    """Begin a survey."""
    form = NewForm()
    form.service.choices = _services()
    if not form.validate_on_submit():
        return render_template("building/new.html", form=form), 422 if form.errors else 200
    service = scope().service(unit(), form.service.data)
    made = surveys.create(
        unit(), title=form.title.data or "", service=service, template=form.template.data, by=me()
    )  # fmt: skip
    return redirect(url_for("building.edit", survey_id=made.id), 303)


@blueprint.get("/surveys/<int:survey_id>")
@allow(*READERS)
def show(survey_id: int) -> ResponseReturnValue:
    """Show one survey: its state, its addresses, its versions."""
    survey = seen(survey_id)
    return _page(survey, publish=PublishForm())


def _page(survey: Survey, status: int = 200, **more: object) -> ResponseReturnValue:
    form = LinkForm()
    form.service.choices = _services()
    mine = scope()
    return render_template(
        "building/show.html", survey=survey, link_form=form, channels=CHANNELS, public_url=public_url,
        links=[link for link in survey.links if mine.sees(link.service)], changes=builds() and mine.sees(survey.service),
        set_up_form=SetUpForm(formdata=None, obj=survey), problems=publishing.problems(survey.draft) if survey.draft else [], **more,
    ), status  # fmt: skip


@blueprint.post("/surveys/<int:survey_id>/publish")
@allow(*BUILDERS)
def publish(survey_id: int) -> ResponseReturnValue:
    """Publish the draft."""
    survey, form = owned(survey_id), PublishForm()
    change = form.change.data if survey.published else None
    try:
        version = publishing.publish(unit(), survey, change=change, by=me())
    except Invalid as wrong:
        unit().rollback()
        return _page(owned(survey_id), 422, publish=form, wrong=str(wrong))
    flash(gettext("Version %(number)s is published.", number=version.number), "success")
    return redirect(url_for("building.show", survey_id=survey_id), 303)


def _act(survey_id: int, act: Callable[[Survey], None], said: str) -> ResponseReturnValue:
    act(owned(survey_id))
    flash(said, "success")
    return redirect(url_for("building.show", survey_id=survey_id), 303)


@blueprint.post("/surveys/<int:survey_id>/close")
@allow(*BUILDERS)
def close(survey_id: int) -> ResponseReturnValue:
    """Take no more answers."""
    said = gettext("Closed. Customers who open it are told so kindly.")
    return _act(survey_id, lambda survey: surveys.close(unit(), survey, by=me()), said)


@blueprint.post("/surveys/<int:survey_id>/reopen")
@allow(*BUILDERS)
def reopen(survey_id: int) -> ResponseReturnValue:
    """Take answers again."""
    said = gettext("Open again, at the same addresses.")
    return _act(survey_id, lambda survey: surveys.reopen(unit(), survey, by=me()), said)


@blueprint.post("/surveys/<int:survey_id>/discard")
@allow(*BUILDERS)
def discard(survey_id: int) -> ResponseReturnValue:
    """Throw the draft away."""
    said = gettext("The changes are thrown away. Customers see what is published.")
    return _act(survey_id, lambda survey: draft.discard(unit(), survey, by=me()), said)


@blueprint.post("/surveys/<int:survey_id>/set-up")
@allow(*BUILDERS)
def set_up(survey_id: int) -> ResponseReturnValue:
    """Set what holds for the survey as a whole."""
    form = SetUpForm()
    said = gettext("Kept.")
    return _act(
        survey_id,
        lambda survey: surveys.set_up(
            unit(), survey, moment=form.moment.data or "", confidential=form.confidential.data,
            count_advice=form.count_advice.data, by=me(),
        ),
        said,
    )  # fmt: skip


@blueprint.post("/surveys/<int:survey_id>/copy")
@allow(*BUILDERS)
def copy(survey_id: int) -> ResponseReturnValue:
    """Make a new survey with the same questions."""
    made = surveys.copy(unit(), owned(survey_id), by=me())
    return redirect(url_for("building.edit", survey_id=made.id), 303)


@blueprint.post("/surveys/<int:survey_id>/links")
@allow(*BUILDERS)
def link(survey_id: int) -> ResponseReturnValue:
    """Make an address for a service and a channel."""
    survey, form = owned(survey_id), LinkForm()
    form.service.choices = _services()
    if not form.validate():
        raise Invalid(gettext("Choose a service and how the address is handed out."))
    service = scope().service(unit(), form.service.data)
    try:
        links.add(unit(), survey, service, form.channel.data, by=me())
    except (Invalid, Conflict) as wrong:
        flash(str(wrong), "error")
    return redirect(url_for("building.show", survey_id=survey_id) + "#links", 303)


@blueprint.get("/surveys/<int:survey_id>/links/<int:link_id>/qr.svg")
@allow(*READERS)
def qr(survey_id: int, link_id: int) -> ResponseReturnValue:
    """Return an address as a QR code."""
    found = links.of(seen(survey_id), link_id)
    scope().service(unit(), found.service_id)
    answer = make_response(links.qr(public_url("answering.survey", slug=found.slug)))
    answer.headers["Content-Type"] = "image/svg+xml"
    answer.headers["Content-Disposition"] = f'inline; filename="{found.slug}.svg"'
    return answer


def _services() -> list[SelectChoice]:
    return [
        SelectChoice(node.id, "\u2003" * node.depth + node.name)
        for node in scope().tree(unit())
        if node.closed_at is None
    ]
