"""The forms of administration."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, Email, InputRequired, Length, NumberRange, Optional, ValidationError

from surveyapp.models import DUTIES

DUTY_NAMES = {
    "administrator": _l("Administrator: services, people, settings, everything"),
    "builder": _l("Builder: makes surveys and reads their results"),
    "lead": _l("Lead: answers for services, reads comments, owns improvements"),
    "colleague": _l("Colleague: does what was handed over"),
    "executive": _l("Executive: reads the trends"),
}
NAME = [DataRequired(_l("Write a name.")), Length(max=120, message=_l("At most 120 characters."))]


def storable(_form: FlaskForm, field: Field) -> None:
    """Refuse characters that no database stores."""
    if isinstance(field.data, str) and any(each == "\0" or "\ud800" <= each <= "\udfff" for each in field.data):
        raise ValidationError(_l("This holds a character that cannot be stored. Type it anew."))


def fits(*validators: Any, limit: int) -> list[Any]:
    """Return the validators of a text of at most `limit` characters."""
    return [*validators, Length(max=limit, message=_l("At most %(max)d characters.")), storable]


class ServiceForm(FlaskForm):
    """A service: its name and the one it stands under."""

    name = StringField(_l("Name"), [*NAME, storable])
    parent = SelectField(_l("Stands under"), coerce=int)


class RootForm(FlaskForm):
    """The root's name."""

    name = StringField(_l("Name"), [*NAME, storable])


class PersonForm(FlaskForm):
    """What an administrator says of a person."""

    name = StringField(_l("Name"), [*NAME, storable])
    duties = SelectMultipleField(
        _l("Duties"),
        choices=[SelectChoice(duty, DUTY_NAMES[duty]) for duty in DUTIES],
        description=_l("What this person is here to do."),
    )
    services = SelectMultipleField(
        _l("Services"),
        coerce=int,
        description=_l("Each with everything under it. An administrator sees all of them anyway."),
    )

    def validate_duties(self, field: SelectMultipleField) -> None:
        """Nobody comes in for nothing."""
        if not field.data:
            raise ValidationError(_l("Choose at least one duty."))


class InviteForm(PersonForm):
    """Somebody new."""

    email = EmailField(
        _l("E-mail address"),
        [
            DataRequired(_l("Write the address; they sign in with it.")),
            Email(_l("That is not an address.")),
            Length(max=255),
        ],
    )


class HandOverForm(FlaskForm):
    """Who takes over."""

    to = SelectField(_l("Hand everything to"), coerce=int)


class NameForm(FlaskForm):
    """A new team or theme."""

    name = StringField(_l("Name"), fits(DataRequired(_l("Write a name.")), limit=80))


class TeamForm(NameForm):
    """Who and what belongs to a team."""

    people = SelectMultipleField(_l("People"), coerce=int)
    themes = SelectMultipleField(_l("Themes"), coerce=int)
    services = SelectMultipleField(_l("Services"), coerce=int)


class ThemeForm(NameForm):
    """What a theme is known by."""

    words = TextAreaField(
        _l("Words"),
        fits(limit=8000),
        description=_l("One a line. A comment that uses one of them is about this theme."),
    )
    examples = TextAreaField(
        _l("Examples"), fits(limit=20_000), description=_l("One sentence a line, as customers write.")
    )
    active = BooleanField(_l("In use"))


class SettingsForm(FlaskForm):
    """What the organisation says of itself."""

    name = StringField(_l("Name of the organisation"), [*NAME, storable], description=_l("Customers read it."))
    time_zone = SelectField(
        _l("Time zone"), description=_l("Decides on which day a response counts. Best left once set.")
    )
    who_reads = StringField(
        _l("Who reads the answers"),
        fits(DataRequired(_l("Customers want to know who reads what they write.")), limit=400),
        description=_l("Stands under every survey, after “Read by”."),
    )
    read_when = StringField(
        _l("When comments are read"),
        fits(limit=400),
        description=_l("Stands under every survey. A whole sentence: “We read comments on weekdays from 9 to 5.”"),
    )
    in_emergency = StringField(
        _l("What to do in an emergency"),
        fits(limit=400),
        description=_l("Stands under every survey. A whole sentence: “In an emergency call 112; do not write here.”"),
    )
    privacy_notice = TextAreaField(
        _l("Privacy notice"), fits(limit=4000), description=_l("What you keep, why, and whom to ask. In plain words.")
    )
    privacy_url = StringField(
        _l("Address of the full notice"),
        fits(Optional(), URL(message=_l("Write a whole address, with https://.")), limit=400),
    )
    retention_months = IntegerField(
        _l("Months that words are kept"),
        [InputRequired(_l("Write a number of months.")), NumberRange(1, 600, _l("Between 1 and 600 months."))],
        description=_l("After that, words and contacts are erased; the counts in charts stay."),
    )
    minimum_group = IntegerField(
        _l("Smallest group that is shown"),
        [InputRequired(_l("Write a number.")), NumberRange(2, 1000, _l("Between 2 and 1000."))],
        description=_l("Averages of fewer answers are not shown, so that nobody can be recognised."),
    )
    shared_segment = SelectField(
        _l("Groups of customers that executives see"),
        description=_l(
            "Who reads no comments sees figures by the answers to one question at most: two ways of grouping, subtracted, would "
            "point at a few. Choose once; what somebody saw by another question cannot be taken back."
        ),
    )
    owner_days = IntegerField(
        _l("Days without an owner, at most"),
        [InputRequired(_l("Write a number of days.")), NumberRange(1, 365, _l("Between 1 and 365 days."))],
        description=_l(
            "What customers ask for and nobody owns for longer is listed, and leads are reminded once a week."
        ),
    )

    def validate_privacy_url(self, field: StringField) -> None:
        """A link for customers leads to the web and nowhere else."""
        if field.data and not field.data.lower().startswith(("https://", "http://")):
            raise ValidationError(_l("Write a whole address, with https://."))


class TestMailForm(FlaskForm):
    """Where a test letter goes."""

    email = EmailField(
        _l("Send a test letter to"),
        [DataRequired(_l("Write an address.")), Email(_l("That is not an address.")), Length(max=255)],
    )
