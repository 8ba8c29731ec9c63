"""You said, we did: the whole first, what a person approved, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import Conflict, Invalid
from surveyapp.models import Improvement, Mention, Organisation, Outcome, Person, Service
from surveyapp.telling import entries, whole
from tests.support import make
from tests.support.asked import asked_for, done, promised
from tests.support.pages import Browser

TODAY = date(2026, 6, 1)


@pytest.fixture
def ada(unit: Session) -> Person:
    return make.person(unit, "lead", name="Ada Lead")


@pytest.fixture
def sundays(unit: Session) -> Improvement:
    """Something done, for which twelve people asked, one of whom may be quoted."""
    survey, improvement = make.survey(unit), make.improvement(unit, "Secret title")
    for number in range(12):
        asked_for(unit, survey, improvement, quotable=number == 0)
    return done(unit, improvement)


def written(unit: Session, improvement: Improvement, ada: Person, **fields: object) -> None:
    entries.write(
        unit, improvement, **{"said": "Open on Sundays", "did": "We are open from 10 to 4.", "quoted_id": None, "by": ada.id} | fields
    )  # fmt: skip


def test_done_declined_and_open_add_up(unit: Session, sundays: Improvement) -> None:
    survey = make.survey(unit)
    wait = promised(unit, make.improvement(unit, "Shorter queues"), date(2026, 5, 1))
    merged = make.improvement(unit, "Queues", merged_into=wait)
    no = make.improvement(unit, "A pool", state="declined")
    no.outcomes.append(Outcome(state="declined", words="No room."))
    for improvement, n in ((wait, 2), (merged, 1), (no, 3)):
        for _one in range(n):
            asked_for(unit, survey, improvement)
    unit.flush()
    found = whole.whole(unit, make.root(unit), TODAY)
    assert found == whole.Whole(n=18, done=12, declined=3, open=3, broken=1)


def test_asked_for_again_after_it_was_done_is_open(unit: Session, sundays: Improvement) -> None:

    unit.scalars(select(Mention).order_by(Mention.id.desc())).first().asked_again = True
    unit.flush()
    found = whole.whole(unit, make.root(unit), TODAY)
    assert (found.done, found.open, found.n) == (11, 1, 12)


def test_small_numbers_are_held_back_also_against_subtracting(unit: Session) -> None:
    make.organisation(unit, minimum_group=10)
    root = make.root(unit)
    places: dict[str, Service] = {name: make.service(unit, name, root) for name in ("North", "South", "West")}
    improvement = make.improvement(unit, service=root)
    for name, n in (("North", 12), ("South", 11), ("West", 2)):
        survey = make.survey(unit, places[name])
        for _one in range(n):
            asked_for(unit, survey, improvement)
    assert whole.whole(unit, root, TODAY).n == 25
    assert whole.whole(unit, places["West"], TODAY) is None
    assert whole.whole(unit, places["North"], TODAY) is None, "the whole less North and South would be West"
    unit.get_one(Organisation, 1).minimum_group = 2
    unit.flush()
    assert whole.whole(unit, places["North"], TODAY).n == 12


def test_nothing_is_shown_before_somebody_approved_it(
    app: Flask, unit: Session, sundays: Improvement, ada: Person
) -> None:
    unit.commit()
    staff, stranger = Browser(app), Browser(app)
    staff.sign_in(ada)
    staff.get(f"/backlog/{sundays.id}")
    staff.submit(f"/backlog/{sundays.id}/you-said", said="Open on Sundays", did="We are open from 10 to 4.")
    page = stranger.get("/you-said")
    assert "12 suggestions : 12 done, 0 declined, 0 open. No promise broken." in page
    assert "Open on Sundays" not in page and "Secret title" not in page
    assert "Open on Sundays" in staff.get("/telling")
    staff.get(f"/backlog/{sundays.id}")
    staff.submit(f"/backlog/{sundays.id}/you-said/approved")
    assert "You said: Open on Sundays" in stranger.get("/you-said")
    assert "Approved by Ada Lead on" in staff.get(f"/backlog/{sundays.id}")
    staff.submit(f"/backlog/{sundays.id}/you-said", said="Open on Sundays, all year", did="We are open.")
    assert "Open on Sundays" not in stranger.get("/you-said"), "changed words are approved anew"
    staff.get(f"/backlog/{sundays.id}")
    staff.submit(f"/backlog/{sundays.id}/you-said/approved")
    staff.submit(f"/backlog/{sundays.id}/you-said/withdrawn")
    assert "Open on Sundays" not in stranger.get("/you-said")


def test_what_was_opened_again_leaves_the_page_by_itself(
    app: Flask, unit: Session, sundays: Improvement, ada: Person
) -> None:
    written(unit, sundays, ada)
    entries.decide(unit, sundays, "approved", by=ada.id)
    sundays.state = "open"
    unit.commit()
    assert "Open on Sundays" not in Browser(app).get("/you-said")
    with pytest.raises(Conflict):
        written(unit, sundays, ada)
    with pytest.raises(Conflict):
        entries.decide(unit, sundays, "approved", by=ada.id)


def test_customers_words_only_with_their_tick_and_while_it_holds(
    app: Flask, unit: Session, sundays: Improvement, ada: Person
) -> None:
    (quotable,) = entries.quotable(unit, sundays)
    with pytest.raises(Invalid, match="not agreed"):
        written(unit, sundays, ada, quoted_id=quotable.id + 1)
    written(unit, sundays, ada, quoted_id=quotable.id)
    entries.decide(unit, sundays, "approved", by=ada.id)
    unit.commit()
    assert Browser(app).get("/you-said").said("blockquote") == ["Please open on Sundays."]
    quotable.comment.may_quote = False
    unit.commit()
    assert Browser(app).get("/you-said").said("blockquote") == []


@pytest.mark.parametrize("fields", [{"said": " "}, {"did": ""}, {"said": "x" * 301}])
def test_missing_or_too_many_words_are_refused(
    unit: Session, sundays: Improvement, ada: Person, fields: dict[str, str]
) -> None:
    with pytest.raises(Invalid):
        written(unit, sundays, ada, **fields)


def test_a_service_shows_what_concerns_it(app: Flask, unit: Session, sundays: Improvement, ada: Person) -> None:
    north, south = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    lift = done(unit, make.improvement(unit, service=south), "It runs.")
    written(unit, sundays, ada)
    written(unit, lift, ada, said="Mend the lift")
    for improvement in (sundays, lift):
        entries.decide(unit, improvement, "approved", by=ada.id)
    unit.commit()
    stranger = Browser(app)
    assert "Mend the lift" in stranger.get("/you-said")
    page = stranger.get(f"/you-said/{north.id}")
    assert "Mend the lift" not in page and "Open on Sundays" in page, "what is done for all is done for North"
    assert "Mend the lift" in stranger.get(f"/you-said/{south.id}")
    stranger.get("/you-said/987654", status=404)


def test_it_is_embedded_where_the_settings_say_and_costs_little(
    app: Flask, unit: Session, sundays: Improvement
) -> None:
    unit.commit()
    app.config["EMBED_ON"] = ["https://www.example.org"]
    client = app.test_client()
    answer = client.get("/you-said/embed")
    assert "frame-ancestors https://www.example.org" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers and "Set-Cookie" not in answer.headers
    assert len(answer.data) < 8_000
    same = client.get("/you-said/embed", headers={"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    whole_page = client.get("/you-said")
    assert "frame-ancestors 'none'" in whole_page.headers["Content-Security-Policy"]
    assert whole_page.headers["X-Frame-Options"] == "DENY"


def test_nobody_embeds_it_unless_the_settings_name_them(app: Flask, unit: Session) -> None:
    make.organisation(unit)
    make.root(unit)
    unit.commit()
    answer = app.test_client().get("/you-said/embed")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
