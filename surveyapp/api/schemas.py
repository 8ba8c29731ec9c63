"""The shapes of what travels, as JSON schemas: requests are checked against them, the tests check every answer."""

from __future__ import annotations

from typing import Any

from surveyapp.models import CHANNELS, STATES

Schema = dict[str, Any]
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}
WHOLE: Schema = {"type": "integer"}
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
FLAG: Schema = {"type": "boolean"}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def one(**properties: Schema) -> Schema:
    """An object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def many(item: Schema, **more: Any) -> Schema:
    """A list."""
    return {"type": "array", "items": item, **more}


def page(item: Schema) -> Schema:
    """One page of a list, and the cursor of the next one, null on the last."""
    return one(data=many(item), next=maybe(TEXT))


def text(limit: int) -> Schema:
    """Text of at most so many characters."""
    return {"type": "string", "maxLength": limit}


def given(required: list[str], **properties: Schema) -> Schema:
    """A request's body: some properties are needed, others may be left out, and nothing else is taken."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


PROBLEM = {
    "type": "object",
    "properties": {
        "type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT,
        "errors": many(one(field=TEXT, detail=TEXT)),
    },
    "required": ["type", "title", "status", "detail"],
}  # fmt: skip
QUESTION = one(
    id=ID,
    kind=TEXT,
    purpose=maybe(TEXT),
    label=TEXT,
    required=FLAG,
    low=maybe(WHOLE),
    high=maybe(WHOLE),
    options=many(TEXT),
)
SURVEY = one(
    id=ID, title=TEXT, state=TEXT, service=ID, moment=TEXT, language=TEXT, confidential=FLAG, created_at=MOMENT,
    version=maybe(WHOLE), questions=many(QUESTION),
)  # fmt: skip
ANSWER = one(question=ID, purpose=maybe(TEXT), value=maybe(WHOLE), options=maybe(many(TEXT)), segment=maybe(TEXT))
RESPONSE = one(
    id=ID, survey=ID, service=ID, channel={"enum": [*CHANNELS]}, language=TEXT, day=maybe(DAY), received_at=MOMENT,
    heard=FLAG, answers=many(ANSWER), comments=many(ID),
)  # fmt: skip
SENTENCE = one(text=TEXT, kind=TEXT, sentiment=maybe(TEXT))
FOUND = one(
    language=maybe(TEXT), sentiment=maybe(TEXT), mixed=FLAG, kinds=many(TEXT), themes=many(one(id=ID, name=TEXT)),
    sentences=many(SENTENCE), urgent=FLAG, analyser=TEXT,
)  # fmt: skip
COMMENT = one(
    id=ID,
    response=ID,
    survey=ID,
    service=ID,
    purpose=maybe(TEXT),
    day=maybe(DAY),
    text=maybe(TEXT),
    finding=maybe(FOUND),
)
PROMISE = one(due_on=maybe(DAY), first=DAY, standing=TEXT, sentence=TEXT)
OUTCOME = one(state=TEXT, words=TEXT, at=MOMENT, in_effect_since=maybe(DAY))
IMPROVEMENT = one(
    id=ID, title=maybe(TEXT), state={"enum": [*STATES]}, service=ID, theme=maybe(ID), owner=maybe(ID), handed_to=maybe(ID),
    merged_into=maybe(ID), created_at=MOMENT, in_effect_since=maybe(DAY), version=WHOLE, weight=WHOLE, comments=WHOLE,
    branches=WHOLE, promise=maybe(PROMISE), outcome=maybe(OUTCOME), links=many(TEXT), url=TEXT,
)  # fmt: skip
MENTION = one(
    id=ID,
    comment=ID,
    improvement=ID,
    kind=TEXT,
    state=TEXT,
    service=ID,
    day=maybe(DAY),
    asked_again=FLAG,
    text=maybe(TEXT),
)
CELL: Schema = {"type": ["string", "number", "boolean", "null"]}
CHART = one(name=TEXT, service=ID, question=TEXT, sentence=TEXT, head=many(TEXT), rows=many(many(CELL)), how=many(TEXT))
SERVICE = one(id=ID, name=TEXT, parent=maybe(ID), depth=WHOLE, closed=FLAG)
FIGURE = given(
    ["measure", "service", "month", "value", "unit"], measure=text(80), service=ID,
    month={"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}$"}, value={"type": "number"}, unit=text(20),
)  # fmt: skip
FIGURES = given(["figures"], figures=many(FIGURE, minItems=1, maxItems=5000), why=text(400))
TAKEN = one(new=WHOLE, changed=WHOLE, same=WHOLE)
VALUE: Schema = {"anyOf": [{"type": "integer"}, text(20_000), many(text(200), maxItems=100)]}
ARRIVAL = given(
    ["id", "answers"], id={"type": "string", "minLength": 1, "maxLength": 200}, service=ID, day=DAY,
    answers={"type": "object", "patternProperties": {"^[0-9]{1,9}$": VALUE}, "additionalProperties": False, "maxProperties": 200},
)  # fmt: skip
ARRIVALS = given(
    ["source", "survey", "responses"], source={"type": "string", "minLength": 1, "maxLength": 100}, survey=ID,
    channel={"enum": [*CHANNELS]}, responses=many(ARRIVAL, minItems=1, maxItems=500),
)  # fmt: skip
ARRIVED = one(
    stored=WHOLE, there_already=WHOLE, refused=WHOLE,
    responses=many(one(id=TEXT, state={"enum": ["stored", "there already", "refused"]}, response=maybe(ID), why=maybe(TEXT))),
)  # fmt: skip
