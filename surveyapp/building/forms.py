"""The builder's forms."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from surveyapp.building import templates
from surveyapp.building.links import HANDED_OUT
from surveyapp.questions import KINDS
from surveyapp.questions.rating import SCALES

PURPOSES = {
    "": _("nothing in particular"),
    "csat": _("satisfaction (CSAT)"),
    "nps": _("would recommend (NPS, 0 to 10)"),
    "ces": _("effort"),
    "value": _("value"),
    "expectation": _("compared with what they expected"),
    "feeling": _("how they feel"),
    "esat": _("staff satisfaction"),
    "experience": _("their experience"),
    "suggestion": _("suggestions"),
    "segment": _("telling groups apart"),
}
CHANNELS = {"web": _("a web page"), "qr": _("a QR code"), "email": _("e-mail"), "kiosk": _("a kiosk")}


class NewForm(FlaskForm):
    """A new survey."""

    title = StringField(
        _("Title"), [InputRequired(_("Give the survey a title.")), Length(max=200)],
        description=_("Customers read it above the questions."),
    )  # fmt: skip
    service = SelectField(
        _("Service"), coerce=int, description=_("What it is about; links can put it to every branch.")
    )
    template = RadioField(
        _("Start from"), choices=[SelectChoice(*each) for each in templates.NAMES.items()], default="service and value"
    )


class TextsForm(FlaskForm):
    """What stands above and after the questions."""

    title = StringField(_("Title"), [InputRequired(_("Give the survey a title.")), Length(max=200)])
    intro = TextAreaField(_("Above the questions"), [Length(max=2000)], render_kw={"rows": 2})
    thanks = TextAreaField(
        _("After sending"), [Length(max=2000)], render_kw={"rows": 2},
        description=_("Left empty it says that the answer is stored and will be read."),
    )  # fmt: skip


class SetUpForm(FlaskForm):
    """What holds for a survey as a whole."""

    moment = SelectField(
        _("Customers are asked"),
        choices=[
            SelectChoice("before", _("before a visit")), SelectChoice("during", _("during a visit")),
            SelectChoice("after", _("after a visit")),
        ],
    )  # fmt: skip
    confidential = BooleanField(
        _("Confidential"),
        description=_("No answers one by one, and no results of small groups; right for staff surveys."),
    )
    count_advice = BooleanField(_("Advice to other customers counts as a suggestion"))


class AddForm(FlaskForm):
    """A new question's kind."""

    kind = SelectField(_("Add a question"), choices=[SelectChoice(name, kind.label) for name, kind in KINDS.items()])


class QuestionForm(FlaskForm):
    """One question. Fields that its kind has no use for are taken off by `for_kind`."""

    label = StringField(_("Question"), [InputRequired(_("Write the question.")), Length(max=400)])
    help = StringField(_("Help below it"), [Length(max=400)])
    purpose = SelectField(
        _("Used for"), description=_("Reports follow this, so that surveys add up; at most one rating for each.")
    )
    required = BooleanField(_("Must be answered"), description=_("Every required question costs some answers."))
    scale = SelectField(
        _("Scale"),
        choices=[SelectChoice(f"{low}-{high}", _("%(low)s to %(high)s", low=low, high=high)) for low, high in SCALES],
    )
    reversed = BooleanField(_("The low end is the good one"))
    points = TextAreaField(
        _("Names of the points"), [Length(max=2000)], render_kw={"rows": 7},
        description=_("One a line, lowest first. Leave it as it is when you change the scale, and new names are put in."),
    )  # fmt: skip
    options = TextAreaField(
        _("Answers to choose from"), [Length(max=8000)], render_kw={"rows": 6}, description=_("One a line.")
    )
    limit = IntegerField(
        _("Most characters"), [Optional(_("Give a whole number."))],
        description=_("What is longer is handed back to be shortened, never cut."),
    )  # fmt: skip

    may_quote = BooleanField(
        _("Ask whether we may quote it"),
        description=_(
            "Adds a tick below the comment: “You may quote my words, without my name.” Only ticked ones can be shown in public."
        ),
    )

    def for_kind(self, name: str) -> QuestionForm:
        """Keep the fields that a kind of question has."""
        kind = KINDS[name]
        for part, fields in {
            "scale": ("scale", "reversed", "points"),
            "options": ("options",),
            "limit": ("limit",),
            "quote": ("may_quote",),
        }.items():
            if part not in kind.parts:
                for field in fields:
                    delattr(self, field)
        self.purpose.choices = [
            SelectChoice(key, label) for key, label in PURPOSES.items() if not key or key in kind.purposes
        ]
        return self


class PublishForm(FlaskForm):
    """What a change means for the charts."""

    change = RadioField(
        _("What does this change mean for the charts?"),
        choices=[
            SelectChoice("same line", _("Small changes of wording: the lines continue")),
            SelectChoice("new line", _("The questions ask something else now: what was changed starts a new line")),
        ],
        default="same line",
    )


class LinkForm(FlaskForm):
    """A new address."""

    service = SelectField(_("Service"), coerce=int)
    channel = SelectField(
        _("Handed out by"), choices=[SelectChoice(channel, CHANNELS[channel]) for channel in HANDED_OUT]
    )
