"""A contact: how a customer may be reached, given with consent or not at all."""

from __future__ import annotations

import re
from typing import ClassVar

from flask_babel import LazyString, gettext, lazy_gettext

from surveyapp.questions.asked import Asked
from surveyapp.questions.kind import Form, Kind, Reach, Value, Wrong
from surveyapp.questions.words import clean_line

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
PHONE = re.compile(r"[+\d][\d\s()./-]{4,38}")
LIMITS = {"name": 200, "email": 255, "phone": 40}


class Contact(Kind):
    """Its answer is a Reach. Without the tick of consent nothing is kept, and the customer is told."""

    name: ClassVar[str] = "contact"
    label: ClassVar[LazyString] = lazy_gettext("Contact, with consent")

    def read(self, asked: Asked, form: Form) -> Value | None:
        """Return how to reach the customer, if they gave it and said that we may."""
        given = {key: clean_line(form.get(f"{asked.field}-{key}", "")) for key in LIMITS}
        if not any(given.values()):
            return None
        if not form.get(f"{asked.field}-consent"):
            raise Wrong(gettext("Tick the box so that we may use this, or clear it."))
        return self.check(asked, Reach(**given))

    def check(self, asked: Asked, value: Value) -> Value:
        """Take an e-mail address or a telephone number."""
        if not isinstance(value, Reach):
            raise Wrong(gettext("Give an e-mail address or a telephone number."))
        reach = Reach(clean_line(value.name), clean_line(value.email), clean_line(value.phone))
        if any(len(getattr(reach, key)) > limit for key, limit in LIMITS.items()):
            raise Wrong(gettext("That is too long for a name, an address or a number."))
        if not (reach.email or reach.phone):
            raise Wrong(gettext("Give an e-mail address or a telephone number."))
        if reach.email and not EMAIL.fullmatch(reach.email):
            raise Wrong(gettext("Give an e-mail address like name@example.org."))
        if reach.phone and not PHONE.fullmatch(reach.phone):
            raise Wrong(gettext("Give a telephone number in digits, like 020 7946 0000."))
        return reach
