"""Taking responses in: from a customer once, from an import in bulk, into the same rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.answering import codes, identity
from surveyapp.answering.door import Changed, find
from surveyapp.answering.intake import Arrival, Receipt, known, store, submit
from surveyapp.db import UNDATED
from surveyapp.errors import Conflict
from surveyapp.models import Answer, Comment, Contact, ErasedIdentity, Response, SurveyLink
from surveyapp.questions import Edition, Reach, Wrong, edition_of
from tests.support import make

LATE = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
EXTRA = (
    {
        "kind": "choice",
        "purpose": "segment",
        "settings": {"options": ["car", "bus"]},
        "texts": {"en": {"label": "How?"}},
    },
    {"kind": "text", "settings": {"limit": 20}, "texts": {"en": {"label": "Booking"}}},
    {"kind": "contact", "texts": {"en": {"label": "Contact"}}},
)


@pytest.fixture
def edition(unit: Session) -> Edition:
    """A survey with one question of each kind."""
    survey = make.survey(unit, questions=(*make.QUESTIONS, *EXTRA))
    survey.links[0].channel = "qr"
    unit.flush()
    version = survey.published
    assert version is not None
    return edition_of(version)


def send(unit: Session, edition: Edition, answers: dict, submission: str = "one", keys: dict | None = None) -> Receipt:
    slug = unit.scalars(select(SurveyLink.slug)).one()
    return submit(
        unit.connection(), door=find(unit, slug), edition=edition, submission_id=submission, answers=answers, at=LATE,
        code_keys=keys or {"1": "key"},
    )  # fmt: skip


def by_purpose(edition: Edition) -> dict[str, int]:
    return {asked.purpose or asked.kind: asked.id for asked in edition.questions}


def test_every_kind_of_answer_finds_its_row(unit: Session, edition: Edition) -> None:
    q = by_purpose(edition)
    given = {
        q["csat"]: 5, q["suggestion"]: "More seats", q["segment"]: ("bus",), q["text"]: " B 12 ",
        q["contact"]: Reach("Ann", "ann@example.org", ""),
    }  # fmt: skip
    receipt = send(unit, edition, given)
    response = unit.get_one(Response, receipt.response_id)
    assert response.day == date(2026, 7, 2), "half past eleven in UTC is after midnight in London in July"
    assert response.channel == "qr"
    rows = {row.question_id: (row.value, row.options, row.words) for row in unit.scalars(select(Answer))}
    assert rows == {q["csat"]: (5, None, None), q["segment"]: (None, ["bus"], None), q["text"]: (None, None, "B 12")}
    comment = unit.scalars(select(Comment)).one()
    assert (comment.text, comment.purpose, comment.rating, comment.day) == (
        "More seats",
        "suggestion",
        100,
        response.day,
    )
    contact = unit.scalars(select(Contact)).one()
    assert (contact.email, contact.consent) == ("ann@example.org", True)


def test_the_same_again_is_told_so_even_after_the_key_was_changed(unit: Session, edition: Edition) -> None:
    q = by_purpose(edition)
    first = send(unit, edition, {q["csat"]: 5})
    second = send(unit, edition, {q["csat"]: 5}, keys={"1": "key", "2": "newer"})
    assert (second.code, second.response_id, second.again) == (first.code, first.response_id, True)
    assert send(unit, edition, {q["csat"]: 4}).code != first.code


def test_what_was_erased_does_not_come_back_by_sending_it_again(unit: Session, edition: Edition) -> None:
    answers = {by_purpose(edition)["csat"]: 5}
    print_ = identity.of_submission("one", identity.digest(answers))
    unit.add(ErasedIdentity(fingerprint=print_, day=date(2026, 7, 2)))
    unit.flush()
    with pytest.raises(Conflict, match="erased"):
        send(unit, edition, answers)
    assert not send(unit, edition, answers, submission="two").again


def test_many_are_stored_at_once_in_the_order_given(unit: Session, edition: Edition) -> None:
    q = by_purpose(edition)
    place = make.root(unit).id
    arrivals = [
        Arrival(edition, place, "import", {q["csat"]: 1 + n % 5, q["experience"]: f"Visit {n}"}, source="s", identity=str(n))
        for n in range(50)
    ]  # fmt: skip
    ids = store(unit, arrivals)
    for n in (0, 17, 49):
        response = unit.get_one(Response, ids[n])
        assert (response.identity, response.comments[0].text, response.day) == (str(n), f"Visit {n}", UNDATED)
        assert (response.state, response.code_hash) == ("pending", None)
    assert store(unit, []) == []


def test_rows_that_are_stored_or_were_erased_are_known(unit: Session, edition: Edition) -> None:
    q = by_purpose(edition)
    store(unit, [Arrival(edition, make.root(unit).id, "import", {q["csat"]: 1}, source="s", identity="a")])
    unit.add(ErasedIdentity(fingerprint=identity.of_row("s", "b"), day=date(2026, 7, 2)))
    unit.flush()
    assert known(unit, "s", ["a", "b", "c"]) == {"a", "b"}
    assert known(unit, "another", ["a", "b", "c"]) == set()


@pytest.mark.parametrize(
    "bad", [{"csat": 6}, {"csat": "5"}, {"csat": True}, {"segment": ("train",)}, {"suggestion": 5}]
)
def test_an_answer_that_does_not_fit_is_named_and_nothing_is_stored(unit: Session, edition: Edition, bad: dict) -> None:
    q = by_purpose(edition)
    with pytest.raises(Wrong, match=r"^(How|What)"):
        store(unit, [Arrival(edition, make.root(unit).id, "import", {q[name]: value for name, value in bad.items()})])
    assert unit.scalars(select(Response)).all() == []


def test_an_answer_to_a_question_that_is_not_asked_is_refused(unit: Session, edition: Edition) -> None:
    with pytest.raises(Wrong, match="no question 999999"):
        send(unit, edition, {999999: 1})


def test_the_code_is_not_in_the_database(unit: Session, edition: Edition) -> None:
    receipt = send(unit, edition, {by_purpose(edition)["csat"]: 5})
    stored = unit.get_one(Response, receipt.response_id)
    assert stored.code_hash == codes.hashed(receipt.code)
    assert receipt.code not in str(vars(stored))


def test_a_door_that_has_changed_since_it_was_seen_takes_nothing(unit: Session, edition: Edition) -> None:
    link = unit.scalars(select(SurveyLink)).one()
    door = find(unit, link.slug)
    link.survey.state = "closed"
    unit.flush()
    with pytest.raises(Changed):
        submit(
            unit.connection(), door=door, edition=edition, submission_id="one", answers={by_purpose(edition)["csat"]: 5}, at=LATE,
            code_keys={"1": "key"},
        )  # fmt: skip
