"""The forms of winning back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

HOW_NAMES = {
    "phone": _l("by phone"),
    "e-mail": _l("by e-mail"),
    "letter": _l("by letter"),
    "in person": _l("in person"),
}
RESULT_NAMES = {
    "spoke": _l("spoke with them"), "message left": _l("left a message"), "no answer": _l("no answer"),
    "wrong address": _l("wrong number or address"),
}  # fmt: skip
VERDICT_NAMES = {"yes": _l("Yes"), "partly": _l("Partly"), "no": _l("No")}
OUTCOME_NAMES = {
    "won back": _l("Won back"), "not won back": _l("Not won back"), "not reached": _l("Could not be reached"),
    "nothing to do": _l("Nothing to do"), "erased": _l("Erased by the customer"),
}  # fmt: skip
CAUSE_NAMES = {"urgent": _l("urgent"), "complaint": _l("serious complaint"), "rating": _l("low rating")}
WAY_NAMES = {"phone": _l("call them"), "e-mail": _l("write to them")}
URGENT_NAMES = {
    "danger": _l("danger"), "self-harm": _l("self-harm"), "abuse": _l("abuse"), "child": _l("a child"),
    "discrimination": _l("discrimination"), "data leak": _l("a data leak"),
}  # fmt: skip
NAMES = {
    "hows": HOW_NAMES, "results": RESULT_NAMES, "verdicts": VERDICT_NAMES, "outcomes": OUTCOME_NAMES, "causes": CAUSE_NAMES,
    "ways": WAY_NAMES, "urgents": URGENT_NAMES,
}  # fmt: skip
"""What the pages call the values that are stored."""


def _choices(names: dict[str, Any], but: str = "") -> list[SelectChoice]:
    return [SelectChoice(value, name) for value, name in names.items() if value != but]


class OwnerForm(FlaskForm):
    """Whose it is."""

    owner = SelectField(_l("Whose is it?"), coerce=int)


class AttemptForm(FlaskForm):
    """What somebody tried."""

    how = SelectField(_l("How did you try?"), choices=_choices(HOW_NAMES))
    result = SelectField(_l("What came of it?"), choices=_choices(RESULT_NAMES))
    note = TextAreaField(
        _l("What was said"), [Length(max=1000, message=_l("At most 1,000 characters."))],
        description=_l("For colleagues. It goes when the customer erases what they wrote."),
    )  # fmt: skip


class GiveForm(FlaskForm):
    """What was given."""

    gesture = SelectField(_l("What did you give?"), coerce=int)
    cost = StringField(_l("What did it cost?"), [Length(max=12)])


class VerdictForm(FlaskForm):
    """What the customer says, taken down by somebody who spoke with them."""

    verdict = SelectField(_l("Are they content with how we dealt with it?"), choices=_choices(VERDICT_NAMES))


class CloseForm(FlaskForm):
    """What came of it."""

    outcome = SelectField(_l("What came of it?"), choices=_choices(OUTCOME_NAMES, but="erased"))
    words = TextAreaField(_l("In a sentence"), [Length(max=1000, message=_l("At most 1,000 characters."))])
    version = HiddenField()


class AcknowledgeForm(FlaskForm):
    """What is done about something urgent."""

    doing = TextAreaField(
        _l("What do you do about it?"),
        [DataRequired(_l("Say in a sentence what you do about it.")), Length(max=1000, message=_l("At most 1,000 characters."))],
    )  # fmt: skip
