"""The editor: a draft's texts and questions, in a preview as on a phone, and tried without storing anything."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.accounts.access import allow
from surveyapp.accounts.audit import record
from surveyapp.building import draft, parts, publishing
from surveyapp.building.forms import PURPOSES, AddForm, QuestionForm, TextsForm
from surveyapp.building.room import BUILDERS, READERS, blueprint, me, owned, scope, seen, unit
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import Question, Survey, SurveyVersion
from surveyapp.questions import KINDS, Edition, Form, edition_of
from surveyapp.questions.page import render_questions
from surveyapp.questions.reading import read


@blueprint.get("/surveys/<int:survey_id>/edit")
@allow(*BUILDERS)
def edit(survey_id: int) -> ResponseReturnValue:
    """Show the draft."""
    survey = owned(survey_id)
    if survey.draft is None:
        return redirect(url_for("building.show", survey_id=survey_id), 303)
    return _editor(survey, survey.draft)


def _editor(survey: Survey, version: SurveyVersion, form: TextsForm | None = None) -> ResponseReturnValue:
    texts = version.texts.get(survey.language, {})
    form = form or TextsForm(formdata=None, data={"title": survey.title} | texts)
    page = render_template(
        "building/edit.html", survey=survey, version=version, form=form, add_form=AddForm(formdata=None), kinds=KINDS,
        purposes=PURPOSES, problems=publishing.problems(version), questions=sorted(version.questions, key=_position),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _position(question: Question) -> int:
    return question.position


@blueprint.post("/surveys/<int:survey_id>/edit")
@allow(*BUILDERS)
def begin(survey_id: int) -> ResponseReturnValue:
    """Begin a draft from what is published."""
    survey = owned(survey_id)
    draft.begin(unit(), survey)
    _note(survey, "begin draft")
    return redirect(url_for("building.edit", survey_id=survey_id), 303)


@blueprint.post("/surveys/<int:survey_id>/texts")
@allow(*BUILDERS)
def texts(survey_id: int) -> ResponseReturnValue:
    """Set what stands above and after the questions."""
    survey, form = owned(survey_id), TextsForm()
    version = draft.begin(unit(), survey)
    if not form.validate_on_submit():
        return _editor(survey, version, form)
    draft.write_texts(
        version,
        survey.language,
        title=form.title.data or "",
        intro=form.intro.data or "",
        thanks=form.thanks.data or "",
    )
    _note(survey, "edit draft")
    flash(gettext("Kept."), "success")
    return redirect(url_for("building.edit", survey_id=survey_id), 303)


@blueprint.post("/surveys/<int:survey_id>/questions")
@allow(*BUILDERS)
def add(survey_id: int) -> ResponseReturnValue:
    """Add a question and go on to its words."""
    survey = owned(survey_id)
    question = draft.add(unit(), draft.begin(unit(), survey), request.form.get("kind", ""))
    unit().flush()
    _note(survey, "add question", question=question.id)
    return redirect(url_for("building.question", survey_id=survey_id, question_id=question.id), 303)


def _note(survey: Survey, verb: str, **fields: int) -> None:
    record(unit(), me(), verb, survey, **fields)


def _question(survey_id: int, question_id: int) -> Question:
    question = draft.editable(unit(), scope(), question_id)
    if question.version.survey_id != survey_id:
        raise NotFound(gettext("There is no such question in this survey."))
    return question


@blueprint.route("/surveys/<int:survey_id>/questions/<int:question_id>", methods=["GET", "POST"])
@allow(*BUILDERS)
def question(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Change one question of the draft."""
    asked = _question(survey_id, question_id)
    language = asked.version.survey.language
    form = QuestionForm(data=parts.as_typed(asked, language)).for_kind(asked.kind)
    if form.validate_on_submit():
        try:
            settings, words = parts.understood(asked, language, form.data)
            draft.change(
                asked, purpose=form.purpose.data or None, required=form.required.data, settings=settings, texts=words
            )
            _note(asked.version.survey, "edit question", question=question_id)
            return redirect(url_for("building.edit", survey_id=survey_id) + f"#question-{question_id}", 303)
        except Invalid as wrong:
            unit().rollback()
            form[wrong.field or "label"].errors = [str(wrong)]
    page = render_template(
        "building/question.html", survey=asked.version.survey, question=asked, form=form, kind=KINDS[asked.kind]
    )
    return page, 422 if form.errors else 200


@blueprint.post("/surveys/<int:survey_id>/questions/<int:question_id>/move")
@allow(*BUILDERS)
def move(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Move a question up or down."""
    asked = _question(survey_id, question_id)
    draft.move(asked, -1 if request.form.get("way") == "up" else 1)
    _note(asked.version.survey, "move question", question=question_id)
    return redirect(url_for("building.edit", survey_id=survey_id) + f"#question-{question_id}", 303)


@blueprint.post("/surveys/<int:survey_id>/questions/<int:question_id>/remove")
@allow(*BUILDERS)
def remove(survey_id: int, question_id: int) -> ResponseReturnValue:
    """Take a question out of the draft."""
    draft.remove(unit(), _question(survey_id, question_id))
    _note(owned(survey_id), "remove question", question=question_id)
    return redirect(url_for("building.edit", survey_id=survey_id), 303)


@blueprint.route("/surveys/<int:survey_id>/preview", methods=["GET", "POST"])
@allow(*READERS)
def preview(survey_id: int) -> ResponseReturnValue:
    """Show the draft (or else what is published) as on a phone; what is sent from there is checked and not stored."""
    survey = seen(survey_id)
    version = survey.draft or survey.published
    if version is None:
        raise NotFound(gettext("There is nothing to see yet."))
    edition = edition_of(version)
    if request.method == "GET":
        return _phone(survey, edition)
    reading = read(edition, request.form)
    if reading.right:
        return render_template("building/tried.html", survey=survey, edition=edition)
    notice = gettext("Answer at least one question, then press Send.") if reading.empty else ""
    return _phone(survey, edition, request.form, reading.wrong, notice), 422


def _phone(
    survey: Survey, edition: Edition, form: Form | None = None, wrong: dict[int, str] | None = None, notice: str = ""
) -> str:
    return render_template(
        "building/preview.html", survey=survey, edition=edition, language=edition.language, direction=edition.direction,
        body=render_questions(edition, form, wrong), wrong=wrong, notice=notice,
    )  # fmt: skip
