"""The backlog's forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional


class VersionForm(FlaskForm):
    """A form that says which state of the improvement it was drawn from."""

    version = IntegerField(widget=HiddenField.widget, validators=[Optional()])


class NewForm(FlaskForm):
    """An improvement written by hand."""

    title = StringField(
        _("What should be better?"),
        [InputRequired(_("Give it a short title.")), Length(max=200)],
        description=_("A few words, as a customer would say it: “More chairs in the waiting room”."),
    )
    service = SelectField(_("Where"), coerce=int)
    theme = SelectField(_("Theme"), coerce=int)


class PlaceForm(VersionForm):
    """Title, node of the tree and theme."""

    title = StringField(_("Title"), [InputRequired(_("Give it a short title.")), Length(max=200)])
    service = SelectField(_("Belongs to"), coerce=int)
    theme = SelectField(_("Theme"), coerce=int)


class OwnerForm(VersionForm):
    """Owner and colleague."""

    owner = SelectField(_("Owner"), coerce=int, description=_("Answers for it, to customers and to the organisation."))
    handed_to = SelectField(_("Handed to"), coerce=int, description=_("Gets it done; sees only this improvement."))


class TargetForm(FlaskForm):
    """An internal date."""

    due_on = DateField(
        _("Done by"), [Optional()], description=_("For colleagues only. Leave empty to take the date away.")
    )
    reason = StringField(_("Why this date"), [Length(max=1000)])


class PromiseForm(FlaskForm):
    """A date that customers read."""

    due_on = DateField(
        _("Promised for"), [Optional()], description=_("Customers will read this date. Leave empty to withdraw.")
    )
    sentence = StringField(
        _("The sentence that customers read"),
        [Length(max=1000)],
        description=_("For example: “We will put twelve more chairs into the waiting room.”"),
    )
    reason = StringField(_("Why it changes"), [Length(max=1000)])


class LeaveForm(FlaskForm):
    """When somebody is away, and who stands in."""

    since = DateField(_("First day away"), [InputRequired(_("Choose the first day."))])
    until = DateField(_("Last day away"), [InputRequired(_("Choose the last day."))])
    stand_in = SelectField(_("Who stands in"), coerce=int)


class DoneForm(VersionForm):
    """Done, and since when customers can feel it."""

    what = TextAreaField(_("What was done"), [Length(max=2000)], description=_("Customers who asked for it read this."))
    since = DateField(_("In effect since"), [InputRequired(_("Say since which day customers can feel it."))])
    serves = SelectMultipleField(_("Whom it serves"), [Optional()], coerce=int)


class ReasonForm(VersionForm):
    """A reason, for declining or re-opening."""

    reason = TextAreaField(_("Reason"), [Length(max=2000)])


class RemarkForm(FlaskForm):
    """A note for colleagues."""

    text = TextAreaField(_("A note for colleagues"), [Length(max=4000)])


class ChosenForm(FlaskForm):
    """Mentions that were ticked, what to do with them, and where they go."""

    target = IntegerField(_("Improvement"), [Optional()])
    title = StringField(_("Title of the new improvement"), [Length(max=200)])
