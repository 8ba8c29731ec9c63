"""The pages of standards as people use them: declare, read and agree, a miss and its action, raise it, and the public page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.backlog.days import today
from surveyapp.models import Act, CorrectiveAction, Judgement, Letter, Person, Service, Standard
from surveyapp.rollups import month_of
from surveyapp.standards import raising
from tests.support import make
from tests.support.pages import Browser

WORDS = {
    "sentence": "You get an answer within two months.",
    "looks_like": "You read at your code what became of it.",
    "not_like": "We have passed it on.",
}


@pytest.fixture
def north(unit: Session) -> Service:
    make.organisation(unit)
    return make.service(unit, "North", make.root(unit))


@pytest.fixture
def ada(unit: Session) -> Person:
    return make.person(unit, "lead", name="Ada Lead")


@pytest.fixture
def ben(unit: Session, north: Service) -> Person:
    return make.person(unit, "colleague", name="Ben Colleague", services=[north])


@pytest.fixture
def running(unit: Session) -> int:
    make.organisation(unit)
    return month_of(today(unit))


@pytest.fixture
def enter(app: Flask, unit: Session) -> Iterator[object]:
    """Sign somebody in; what was made before is committed."""

    def signed_in(person: Person) -> Browser:
        unit.commit()
        browser = Browser(app)
        browser.sign_in(person)
        return browser

    return signed_in


def judged(
    unit: Session, standard: Standard, verdicts: list[str], *, until: int, at: Service | None = None
) -> Judgement:
    """Months judged so, the last of them `until`."""
    for back in range(len(verdicts))[::-1]:
        verdict = verdicts[-1 - back]
        value = {"met": 91_000, "missed": 60_000, "few": None}[verdict]
        made = Judgement(
            standard=standard, version=standard.latest, service=at or standard.service, month=until - back, verdict=verdict,
            n=120 if value else 4, value=value, low=value and value - 5_000, high=value and value + 5_000,
        )  # fmt: skip
        unit.add(made)
    unit.flush()
    return made


def test_without_any_the_page_teaches_the_next_step(enter, ada, ben) -> None:
    page = enter(ada).get("/standards")
    assert "No standard has been declared yet" in page
    assert "Declare the first" in page
    assert "Declare" not in enter(ben).get("/standards").said("main a[href]")
    assert "No deviation" in enter(ben).get("/standards/actions")


def test_a_lead_declares_one_and_everybody_is_asked(enter, unit, ada, ben) -> None:
    make.person(unit, "executive", name="Erin")
    lead = enter(ada)
    lead.get("/standards/new")
    page = lead.submit(**WORDS, gauge="answered", level="80 %", days="60", public="y")
    assert page.title == WORDS["sentence"]
    assert "at least 80 % within 60 days" in page
    assert "Declared. Everybody whom it concerns is asked to read it." in page
    assert "0 of 2 have read it and agree" in page
    assert "Ben Colleague" in page and "Erin" not in page.one("#main").get_text()
    colleague = enter(ben)
    assert "1 standard waits for you to read it." in colleague.get("/backlog"), "where a colleague lands"
    assert "please read" in colleague.get("/standards")
    page = colleague.follow(WORDS["sentence"])
    assert "Not yet" not in page, "who has not agreed is the lead's to see"
    page = colleague.submit("form[action$='/agree']")
    assert "1 of 2 have read it and agree" in page
    page = colleague.submit(".notice form")
    assert "Taken back: you have not agreed." in page and "0 of 2" in page
    assert [act.verb for act in unit.scalars(select(Act).where(Act.thing == "standard").order_by(Act.id))] == [
        "declare standard", "publish standard", "agree", "agree no more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"level": "a lot"}, "is no number"),
        ({"level": "120"}, "A level lies between 0 and 100."),
        ({"level": "0"}, "A level lies between"),
        ({"days": ""}, "Say within how many days"),
        ({"days": "400"}, "Say within how many days"),
        ({"sentence": " "}, "Write between 1 and 200 characters."),
        ({"not_like": "x" * 301}, "300"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_lost(enter, ada, fields, fault) -> None:
    lead = enter(ada)
    lead.get("/standards/new")
    page = lead.submit(status=422, **{**WORDS, "gauge": "answered", "level": "80", "days": "60", **fields})
    assert fault in page
    assert fields.get("looks_like", WORDS["looks_like"]) in page.one("textarea[name=looks_like]").get_text()


def test_one_of_a_kind_at_a_node(enter, unit, ada) -> None:
    make.standard(unit)
    lead = enter(ada)
    lead.get("/standards/new")
    assert "has a standard of this measure already" in lead.submit(status=422, **WORDS, gauge="csat", level="90")


def test_a_new_level_asks_anew_and_can_be_taken_back(enter, unit, ada, ben, north) -> None:
    standard = make.standard(unit)
    unit.commit()
    colleague = enter(ben)
    colleague.get(f"/standards/{standard.id}")
    colleague.submit("form[action$='/agree']")
    colleague.get(f"/standards/{standard.id}")
    lead = enter(ada)
    lead.get(f"/standards/{standard.id}/change")
    assert "Say why it changes." in lead.submit(level="85", why="", status=422)
    assert "Nothing is changed" in lead.submit(level="80", why="Because", status=422)
    page = lead.submit(level="85", why="We have kept to 80 for a year.")
    assert "at least 85 %" in page and "We have kept to 80 for a year." in page
    assert "0 of 2 have read it and agree" in page
    stale = colleague.post(f"/standards/{standard.id}/agree", version=standard.latest.id, status=409)
    assert "changed while you were reading" in stale
    lead.get(f"/standards/{standard.id}")
    page = lead.submit("form[action$='/take-back']")
    assert "the version before holds again" in page and "1 of 2 have read it" in page


def test_a_version_that_was_agreed_to_or_judged_stays(enter, unit, ada, ben) -> None:
    standard = make.standard(unit)
    lead, colleague = enter(ada), enter(ben)
    lead.get(f"/standards/{standard.id}/change")
    lead.submit(level="85", why="Higher.")
    colleague.get(f"/standards/{standard.id}")
    colleague.submit("form[action$='/agree']")
    lead.get(f"/standards/{standard.id}")
    assert "Somebody has agreed to it already" in lead.submit("form[action$='/take-back']")


def test_who_does_not_lead_it_cannot_change_it(enter, unit, ben, north) -> None:
    standard = make.standard(unit)
    nora = make.person(unit, "lead", name="Nora", services=[north])
    lead = enter(nora)
    assert "Change it" not in lead.get(f"/standards/{standard.id}")
    assert "declared for all of Harbour Libraries" in lead.get(f"/standards/{standard.id}/change", status=403)
    enter(ben).get(f"/standards/{standard.id}/change", status=403)


def test_a_miss_asks_for_an_action_and_its_owner_does_it(enter, unit, ada, ben, running) -> None:
    standard = make.standard(unit)
    judged(unit, standard, ["met", "missed", "missed"], until=running - 1, at=ben.services[0])
    lead = enter(ada)
    assert "1 missed standard asks for a corrective action." in lead.get("/backlog/inbox")
    page = lead.get("/standards/actions")
    assert "60 % in" in page and "Missed 2 times in a row." in page
    lead.follow("Say what will be done")
    assert "Choose who does it." in lead.submit(
        what="Two more at the desk.", due_on="2099-01-01", owner="0", status=422
    )
    assert "not gone" in lead.submit(what="Two more at the desk.", due_on="2020-01-01", owner=str(ben.id), status=422)
    page = lead.submit(what="Two more at the desk.", due_on="2099-01-01", owner=str(ben.id))
    assert "Entered, and Ben Colleague is told." in page
    assert "Ask for an action" not in page and "In hand" in page
    assert "missed standard" not in lead.get("/backlog/inbox")
    letter = unit.scalars(select(Letter)).one()
    assert letter.to == ben.email and "Two more at the desk." in letter.body
    colleague = enter(ben)
    colleague.get("/standards/actions")
    page = colleague.submit("form[action$='/done']")
    assert "Done" in page.said("h2")
    page = colleague.submit(".notice form")
    assert "In hand" in page.said("h2"), "undone"
    lead.get("/standards/actions")
    page = lead.submit("form[action$='/take-back']")
    assert "Ask for an action" in page


def test_an_action_covers_what_comes_until_it_is_done(enter, unit, ada, running) -> None:
    standard = make.standard(unit)
    judged(unit, standard, ["missed"], until=running - 3)
    done = CorrectiveAction(
        standard=standard, service=standard.service, month=running - 3, what="Mend it.", owner=ada, due_on=make.DAY,
        done_on=today(unit).replace(day=1) - timedelta(days=40),
    )  # fmt: skip
    unit.add(done)
    judged(unit, standard, ["missed"], until=running - 2)
    assert "Ask for an action" not in enter(ada).get("/standards/actions")
    judged(unit, standard, ["missed"], until=running - 1)
    assert "Ask for an action" in enter(ada).get("/standards/actions")


def test_somebody_elses_action_is_not_theirs_to_finish(enter, unit, ada, ben, running) -> None:
    north = ben.services[0]
    standard = make.standard(unit, north)
    unit.add(
        CorrectiveAction(
            standard=standard, service=north, month=running - 1, what="Mend it.", owner=ada, due_on=make.DAY
        )
    )
    unit.flush()
    action = unit.scalars(select(CorrectiveAction)).one()
    colleague = enter(ben)
    assert "Mend it." in colleague.get("/standards/actions")
    assert "Ada Lead looks after this" in colleague.post(f"/standards/actions/{action.id}/done", status=403)


def test_six_months_running_asks_to_raise_it(enter, unit, ada, running) -> None:
    standard = make.standard(unit)
    judged(unit, standard, ["met"] * 6, until=running - 1)
    lead = enter(ada)
    page = lead.get(f"/standards/{standard.id}")
    assert "each of them reached 91 %" in page
    lead.follow("Write the higher level")
    assert lead.page.one("input[name=level]")["value"] == "91"
    lead.get(f"/standards/{standard.id}")
    page = lead.submit("form[action$='/leave']", why="The winter is hard.")
    assert "Raise it?" not in page.said("h2")
    assert "The winter is hard." in page
    page = lead.submit(".notice form")
    assert "Raise it?" in page.said("h2"), "undone"


@pytest.mark.parametrize(
    "verdicts", [["met"] * 5, ["met"] * 5 + ["few"], ["met"] * 3 + ["missed"] + ["met"] * 5, ["met"] * 6 + ["missed"]]
)
def test_fewer_than_six_or_broken_asks_nothing(unit, running, verdicts) -> None:
    standard = make.standard(unit)
    judged(unit, standard, verdicts, until=running - 1)
    found = unit.scalars(select(Judgement).order_by(Judgement.month)).all()
    assert not raising.asks(unit, standard, found)


def test_a_gap_between_the_months_breaks_the_row(unit, running) -> None:
    standard = make.standard(unit)
    judged(unit, standard, ["met"] * 3, until=running - 5)
    judged(unit, standard, ["met"] * 3, until=running - 1)
    found = unit.scalars(select(Judgement).order_by(Judgement.month)).all()
    assert raising.streak(standard, found) == []


def test_customers_read_only_what_is_public(app, unit, ada, north, running) -> None:
    hidden = make.standard(unit, gauge="rating", level=4_200, sentence="Hidden one.")
    shown = make.standard(unit, public=True)
    judged(unit, shown, ["met", "missed"], until=running - 1)
    judged(unit, shown, ["few"], until=running - 1, at=north)
    unit.commit()
    stranger = Browser(app)
    page = stranger.get("/expect")
    assert "You leave us happy." in page and "Hidden one." not in page
    assert "we missed it. It was 60 %." in page
    assert "120" not in page.text, "not over how many"
    assert "too few answers to tell" in stranger.get(f"/expect/{north.id}")
    answer = stranger.client.get("/expect")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert stranger.client.get("/expect", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "What you may expect of us" in stranger.get("/you-said")
    assert hidden.public is False


def test_without_public_ones_nothing_leads_there(app, unit, north) -> None:
    survey = make.survey(unit)
    unit.commit()
    stranger = Browser(app)
    assert "Nothing has been declared here yet." in stranger.get("/expect")
    assert "may expect" not in stranger.get("/you-said")
    assert "may expect" not in stranger.get(f"/s/link-{survey.id}")
    make.standard(unit, public=True)
    unit.commit()
    stranger.get(f"/s/link-{survey.id}")
    assert "You leave us happy." in stranger.follow("What you may expect"), "at the very service that asks"
    assert stranger.page.path == f"/expect/{survey.service_id}"


def test_a_closed_or_unknown_service_has_no_page(app, unit, north) -> None:
    north.closed_at = make.organisation(unit).created_at
    unit.commit()
    for service_id in (north.id, 987_654):
        Browser(app).get(f"/expect/{service_id}", status=404)


def test_publish_hide_retire_and_bring_back(app, enter, unit, ada) -> None:
    standard = make.standard(unit)
    lead, stranger = enter(ada), Browser(app)
    lead.get(f"/standards/{standard.id}")
    lead.submit("form[action$='/publish']")
    assert "You leave us happy." in stranger.get("/expect")
    page = lead.submit(".notice form")
    assert "Customers read it no more." in page
    assert "You leave us happy." not in stranger.get("/expect")
    page = lead.submit("form[action$='/retire']")
    assert "Retired. What was judged stays." in page
    assert "retired" in lead.get("/standards").said(".badge")
    lead.get(f"/standards/{standard.id}")
    assert "It holds again." in lead.submit("form[action$='/restore']")


def test_the_file_of_judgements(enter, unit, ada, north, running) -> None:
    standard = make.standard(unit, sentence="=Dangerous()")
    judged(unit, standard, ["missed"], until=running - 1)
    judged(unit, standard, ["few"], until=running - 1, at=north)
    rows = enter(ada).client.get("/standards.csv").get_data(as_text=True).splitlines()
    assert rows[0].endswith('"verdict","value","counted","look","judged at"')
    assert '"\'=Dangerous()"' in rows[1]
    assert '"missed",60.0,120,1' in rows[1]
    assert '"too few to tell","","",1' in rows[2]
    read = enter(make.person(unit, "executive")).client.get("/standards.csv").get_data(as_text=True).splitlines()
    assert '"missed",60.0,"",1' in read[1], "over how many is for whoever reads the comments anyway"


def test_a_branch_without_a_person_of_its_own_is_nobodys_business(enter, unit, north, running) -> None:
    """South's colleague reads what holds for the whole house, and nothing of North's own."""
    south = make.service(unit, "South", make.root(unit))
    sue = make.person(unit, "colleague", name="Sue", services=[south])
    whole, own = make.standard(unit), make.standard(unit, north, sentence="North only.")
    colleague = enter(sue)
    page = colleague.get("/standards")
    assert "You leave us happy." in page and "North only." not in page
    colleague.get(f"/standards/{own.id}", status=404)
    colleague.get(f"/standards/{whole.id}")


def test_whom_a_nearer_standard_serves_is_not_asked_about_the_farther(enter, unit, ben, north, running) -> None:
    make.standard(unit)
    make.standard(unit, north, sentence="North’s own.")
    page = enter(ben).get("/standards")
    assert page.said(".badge") == ["please read"]


def test_an_action_is_given_to_somebody_else(enter, unit, ada, ben, running) -> None:
    north = ben.services[0]
    standard = make.standard(unit, north)
    unit.add(
        CorrectiveAction(
            standard=standard, service=north, month=running - 1, what="Mend it.", owner=ada, due_on=make.DAY
        )
    )
    lead = enter(ada)
    page = lead.get("/standards/actions")
    assert "overdue since 10 March 2026" in page
    page = lead.submit("form[action$='/hand']", owner=str(ben.id))
    assert "Ben Colleague has it now, and is told." in page
    assert unit.scalars(select(Letter)).one().to == ben.email
    unit.commit()
    lead.get("/standards/actions")
    assert "Choose who does it." in lead.submit("form[action$='/hand']", owner="987654")


def test_a_page_shows_the_places_where_its_standard_counts(enter, unit, ada, north, running) -> None:
    south = make.service(unit, "South", make.root(unit))
    whole = make.standard(unit)
    for place in (make.root(unit), north, south):
        judged(unit, whole, ["met", "few"], until=running - 1, at=place)
    lead = enter(ada)
    names = [name.partition(" too few")[0] for name in lead.get(f"/standards/{whole.id}").said(".places h3")]
    assert names == ["Harbour Libraries", "North", "South"]
    make.standard(unit, north, sentence="North’s own.")
    unit.commit()
    names = [name.partition(" too few")[0] for name in lead.get(f"/standards/{whole.id}").said(".places h3")]
    assert names == ["Harbour Libraries", "South"]
