"""Notes: dated events that people enter on the charts, and take off again."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from surveyapp import rollups
from surveyapp.accounts.access import allow
from surveyapp.accounts.audit import record
from surveyapp.errors import Invalid, NotFound
from surveyapp.extensions import session
from surveyapp.models import Note
from surveyapp.trends.room import asked, blueprint, scope


class NoteForm(FlaskForm):
    """A dated event for the charts."""

    day = DateField(validators=[InputRequired()])
    text = StringField(validators=[InputRequired(), Length(max=200)])


@blueprint.post("/trends/notes")
@allow("lead", "administrator")
def add_note() -> ResponseReturnValue:
    """Enter a note."""
    frame, form = asked(), NoteForm()
    if not form.validate_on_submit():
        raise Invalid(gettext("A note needs a day and some words. Go back and fill in both."))
    note = Note(service_id=frame.service.id, day=form.day.data, text=form.text.data.strip(), by=current_user.id)
    session.add(note)
    record(session(), current_user, "note", note, service=frame.service.id, day=form.day.data)
    rollups.bump(session(), "rollups")  # the pictures change with it
    flash(gettext("The note stands on the charts."), "success")
    return redirect(url_for("trends.show", **frame.query))


@blueprint.post("/trends/notes/<int:note_id>/remove")
@allow("lead", "administrator")
def remove_note(note_id: int) -> ResponseReturnValue:
    """Take a note off the charts."""
    note = session.get(Note, note_id)
    if note is None or not scope().sees(note.service):
        raise NotFound(gettext("There is no such note, or it is not one of yours."))
    record(session(), current_user, "remove note", note, service=note.service_id, day=note.day)
    session.delete(note)
    rollups.bump(session(), "rollups")
    flash(gettext("Taken off the charts."), "success")
    return redirect(url_for("trends.show", **asked().query))
