"""The forms of sharing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from surveyapp.models import COMMENT_LIMIT


class ToldForm(FlaskForm):
    """What a customer told a colleague."""

    service = SelectField(_l("Where was it?"), coerce=int)
    words = TextAreaField(
        _l("What did the customer say?"),
        validators=[DataRequired(_l("Write down what the customer said.")), Length(max=COMMENT_LIMIT)],
        description=_l("In their words, as well as you remember. Leave out who they were."),
    )


class PraiseForm(FlaskForm):
    """Whom a customer praised."""

    name = StringField(_l("Name to show"), validators=[DataRequired(), Length(max=120)])
    person = SelectField(_l("Colleague"), coerce=int)


class DigestForm(FlaskForm):
    """Whether somebody wants the weekly digest."""

    wanted = BooleanField(_l("Send me the digest every Monday"))
