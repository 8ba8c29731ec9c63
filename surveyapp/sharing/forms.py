"""The forms of sharing."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from surveyapp.sharing.told import LIMIT


class ToldForm(FlaskForm):
    """What a customer told a colleague."""

    words = TextAreaField(
        _l("What did the customer say?"),
        [
            DataRequired(_l("Write down what the customer said.")),
            Length(max=LIMIT, message=_l("At most 4,000 characters.")),
        ],
        description=_l("In their words, as they would have written it. Leave out who they are."),
    )
    service = SelectField(_l("Where was it?"), coerce=int)
    day = DateField(_l("When were you told?"), [DataRequired(_l("Choose the day."))])
    key = HiddenField(default=lambda: uuid4().hex, validators=[DataRequired(), Length(max=64)])


class PraiseForm(FlaskForm):
    """Whom a customer praised."""

    name = StringField(_l("Name to show"), validators=[DataRequired(), Length(max=120)])
    person = SelectField(_l("Colleague"), coerce=int)


class DigestForm(FlaskForm):
    """Whether somebody wants the weekly digest."""

    wanted = BooleanField(_l("Send me the digest every Monday"))
