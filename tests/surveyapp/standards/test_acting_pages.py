"""What follows from judged months, on the pages: an action for a miss, "raise it?", what customers read, and the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveyapp.backlog.days import today
from surveyapp.models import CorrectiveAction, Judgement, Letter
from surveyapp.standards import raising
from tests.support import make
from tests.support.pages import Browser


def test_a_miss_asks_for_an_action_and_its_owner_does_it(enter, unit, ada, ben, running) -> None:
    standard = make.standard(unit)
    make.judged(unit, standard, ["met", "missed", "missed"], until=running - 1, at=ben.services[0])
    lead = enter(ada)
    assert "1 missed standard asks for a corrective action." in lead.get("/backlog/inbox")
    page = lead.get("/standards/actions")
    assert "60 % in" in page and "Missed 2 times in a row." in page
    tag = lead.client.get("/trends/standards.csv").headers["ETag"]
    lead.follow("Say what will be done")
    assert "Choose who does it." in lead.submit(
        what="Two more at the desk.", due_on="2099-01-01", owner="0", status=422
    )
    assert "not gone" in lead.submit(what="Two more at the desk.", due_on="2020-01-01", owner=str(ben.id), status=422)
    page = lead.submit(what="Two more at the desk.", due_on="2099-01-01", owner=str(ben.id))
    assert "Entered, and Ben Colleague is told." in page
    assert "Ask for an action" not in page and "In hand" in page
    assert "missed standard" not in lead.get("/backlog/inbox")
    assert lead.client.get("/trends/standards.csv").headers["ETag"] != tag, "no browser keeps the file of before"
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
    make.judged(unit, standard, ["missed"], until=running - 3)
    done = CorrectiveAction(
        standard=standard, service=standard.service, month=running - 3, what="Mend it.", owner=ada, due_on=make.DAY,
        done_on=today(unit).replace(day=1) - timedelta(days=40),
    )  # fmt: skip
    unit.add(done)
    make.judged(unit, standard, ["missed"], until=running - 2)
    assert "Ask for an action" not in enter(ada).get("/standards/actions")
    make.judged(unit, standard, ["missed"], until=running - 1)
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
    make.judged(unit, standard, ["met"] * 6, until=running - 1)
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
    make.judged(unit, standard, verdicts, until=running - 1)
    found = unit.scalars(select(Judgement).order_by(Judgement.month)).all()
    assert not raising.asks(unit, standard, found)


def test_a_gap_between_the_months_breaks_the_row(unit, running) -> None:
    standard = make.standard(unit)
    make.judged(unit, standard, ["met"] * 3, until=running - 5)
    make.judged(unit, standard, ["met"] * 3, until=running - 1)
    found = unit.scalars(select(Judgement).order_by(Judgement.month)).all()
    assert raising.streak(standard, found) == []


def test_customers_read_only_what_is_public(app, unit, ada, north, running) -> None:
    hidden = make.standard(unit, gauge="rating", level=4_200, sentence="Hidden one.")
    shown = make.standard(unit, public=True)
    make.judged(unit, shown, ["met", "missed"], until=running - 1)
    make.judged(unit, shown, ["few"], until=running - 1, at=north)
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
    make.judged(unit, standard, ["missed"], until=running - 1)
    make.judged(unit, standard, ["few"], until=running - 1, at=north)
    rows = enter(ada).client.get("/standards.csv").get_data(as_text=True).splitlines()
    assert rows[0].endswith('"verdict","value","counted","look","judged at"')
    assert '"\'=Dangerous()"' in rows[1]
    assert '"missed",60.0,120,1' in rows[1]
    assert '"too few to tell","","",1' in rows[2]
    read = enter(make.person(unit, "executive")).client.get("/standards.csv").get_data(as_text=True).splitlines()
    assert '"missed",60.0,"",1' in read[1], "over how many is for whoever reads the comments anyway"


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
