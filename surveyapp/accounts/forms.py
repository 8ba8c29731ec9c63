"""The forms of the way in."""

from __future__ import annotations

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length, ValidationError


class InvitationForm(FlaskForm):
    """Choosing a password on a one-time link."""

    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Choose a password.")), Length(max=256)],
        description=_l("At least 12 characters. Three or four unrelated words are easy to keep in mind."),
        render_kw={"autocomplete": "new-password"},
    )
    password_confirm = PasswordField(
        _l("The same password again"),
        [EqualTo("password", _l("The two passwords differ. Type the same one twice."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """Hold the password to the same rules as a reset does, and normalise it the same way."""
        errors, normalised = current_app.extensions["heed_security"].password_util.validate(field.data or "", True)
        if errors:
            raise ValidationError(" ".join(map(str, errors)))
        field.data = normalised


class FirstAdministratorForm(InvitationForm):
    """The same for the first administrator, of whom nothing is known yet."""

    name = StringField(_l("Your name"), [DataRequired(_l("Write your name.")), Length(max=120)])
    email = EmailField(
        _l("Your e-mail address"),
        [
            DataRequired(_l("Write your address; you sign in with it.")),
            Email(_l("That is not an address.")),
            Length(max=255),
        ],
    )
