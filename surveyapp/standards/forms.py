"""The forms of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional


class LevelForm(FlaskForm):
    """A version of a standard: its words, its level, from when."""

    sentence = StringField(
        _("The standard, in a sentence"),
        [InputRequired(_("Write the sentence.")), Length(max=200)],
        description=_("As you would say it to a customer: “You get an answer within two months.”"),
    )
    looks_like = TextAreaField(
        _("It looks like this"),
        [InputRequired(_("Say what it looks like.")), Length(max=300)],
        description=_("What a customer sees when it is met: “You can read at your code what became of it.”"),
    )
    not_like = TextAreaField(
        _("Not like that"),
        [InputRequired(_("Say what it does not look like.")), Length(max=300)],
        description=_("What it looks like when it is not: “We have passed it on.”"),
    )
    level = StringField(
        _("Level"),
        [InputRequired(_("Give it a level.")), Length(max=40)],
        description=_("A number: 90 for per cent, 4.2 for a mean rating, 400,000 for money."),
    )
    days = IntegerField(
        _("Within how many days"), [Optional()], description=_("Only where it is about answering or reading in time.")
    )
    from_month = SelectField(_("From"), coerce=int, description=_("The first month that is judged by it."))


class NewForm(LevelForm):
    """A standard that is declared for the first time."""

    service = SelectField(
        _("Where"), coerce=int, description=_("Everything under it inherits it, unless it has its own.")
    )
    gauge = SelectField(_("Measured by"))
    public = BooleanField(_("Tell customers on the public page"))


class ChangeForm(LevelForm):
    """A new version of a standard."""

    why = StringField(
        _("Why it changes"),
        [InputRequired(_("Say why it changes.")), Length(max=400)],
        description=_("Everybody reads it, and is asked to agree anew."),
    )


class ActionForm(FlaskForm):
    """A corrective action."""

    what = TextAreaField(_("What will be done"), [InputRequired(_("Say what will be done.")), Length(max=600)])
    owner = SelectField(_("Who does it"), coerce=int)
    due_on = DateField(_("By when"), [InputRequired(_("Choose a day."))])
