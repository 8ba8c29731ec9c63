"""Reading a whole form against an edition, and carrying a form over from an older edition to a newer one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from surveyapp.questions import KINDS, Asked, Edition, Form, Value, Wrong


@dataclass(slots=True)
class Reading:
    """What a form holds: the answers that can be kept, and what is wrong with the others, by question id."""

    answers: dict[int, Value] = field(default_factory=dict)
    wrong: dict[int, str] = field(default_factory=dict)
    empty: bool = False

    @property
    def right(self) -> bool:
        """Whether all of it can be stored."""
        return not self.wrong and not self.empty


def read(edition: Edition, form: Form) -> Reading:
    """Read every question's answer; nothing at all is not an answer."""
    reading = Reading()
    for asked in edition.questions:
        try:
            value = KINDS[asked.kind].read(asked, form)
        except Wrong as wrong:
            reading.wrong[asked.id] = str(wrong)
            continue
        if value is not None:
            reading.answers[asked.id] = value
        elif asked.required:
            reading.wrong[asked.id] = _missing(asked)
    reading.empty = not reading.answers and not reading.wrong
    return reading


def checked(edition: Edition, answers: Mapping[int, Value]) -> dict[int, Value]:
    """Normalise typed answers that came by another way than a form. Raises Wrong, naming the question."""
    kept = {}
    for asked in edition.questions:
        if asked.id in answers:
            try:
                value = KINDS[asked.kind].check(asked, answers[asked.id])
            except Wrong as wrong:
                raise Wrong(f"{asked.label}: {wrong}") from wrong
            if value not in ("", ()):
                kept[asked.id] = value
    unknown = set(answers) - {asked.id for asked in edition.questions}
    if unknown:
        raise Wrong(f"the survey has no question {min(unknown)}")
    return kept


def carry(old: Edition, new: Edition, form: Form) -> tuple[Form, list[tuple[str, str]]]:
    """Fill a newer edition's form from an older one's; also return what found no place, as (question, words).

    A question takes the answer of the same line, or else of the same kind and purpose, so that nothing typed is lost.
    """
    filled = Form()
    homes = _homes(old, new)
    left = []
    for asked in old.questions:
        given = {name: form.getlist(name) for name in form if name.split("-")[0] == asked.field}
        if asked.id in homes:
            for name, values in given.items():
                filled.setlist(homes[asked.id].field + name.removeprefix(asked.field), values)
        else:
            left += [(asked.label, _shown(asked, value)) for values in given.values() for value in values if value]
    return filled, left


def _homes(old: Edition, new: Edition) -> dict[int, Asked]:
    homes: dict[int, Asked] = {}
    taken: set[int] = set()
    for same in (_same_line, _same_use):
        for asked in old.questions:
            free = (home for home in new.questions if home.id not in taken and same(asked, home))
            home = next(free, None) if asked.id not in homes else None
            if home is not None:
                homes[asked.id] = home
                taken.add(home.id)
    return homes


def _same_line(old: Asked, new: Asked) -> bool:
    return old.line == new.line and old.kind == new.kind


def _same_use(old: Asked, new: Asked) -> bool:
    scale = (old.low, old.high, old.options) == (new.low, new.high, new.options)
    return old.kind == new.kind and old.purpose == new.purpose and scale


def _shown(asked: Asked, value: str) -> str:
    return dict(asked.options).get(value, value)


def _missing(asked: Asked) -> str:
    if asked.kind in {"rating", "choice", "choices"}:
        return str(gettext("Choose an answer."))
    return str(gettext("Fill this in."))
