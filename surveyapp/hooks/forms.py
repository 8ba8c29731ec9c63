"""The form of a webhook."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from surveyapp.db import UNSTORABLE
from surveyapp.hooks.kinds import EVENTS
from surveyapp.models import URL_LIMIT


def storable(_form: FlaskForm, field: StringField) -> None:
    """Refuse characters that no database stores."""
    if field.data and UNSTORABLE.search(field.data):
        raise ValidationError(_l("This holds a character that cannot be stored. Type it anew."))


class HookForm(FlaskForm):
    """Where a webhook goes and what it is told."""

    name = StringField(
        _l("Name"), [DataRequired(_l("Write a name.")), Length(max=80, message=_l("At most 80 characters.")), storable]
    )
    url = URLField(
        _l("Address"),
        [DataRequired(_l("Write the address that takes posts.")), Length(max=URL_LIMIT), storable],
        description=_l("With https://, on the public internet."),
    )
    events = SelectMultipleField(_l("What it is told"), choices=[SelectChoice(*each) for each in EVENTS.items()])
    words = BooleanField(
        _l("Send words too"),
        description=_l(
            "Titles, quotes and sentences, personal data covered. Without it, ids, days, states and ratings only."
        ),
    )

    def validate_events(self, field: SelectMultipleField) -> None:
        """An endpoint that is told nothing is a slip."""
        if not field.data:
            raise ValidationError(_l("Tick at least one."))
