"""The pages of standards as people use them: declare, read and agree, change, and who may do what."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from surveyapp.models import Act
from tests.support import make

WORDS = {
    "sentence": "You get an answer within two months.",
    "looks_like": "You read at your code what became of it.",
    "not_like": "We have passed it on.",
}


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


def test_a_page_shows_the_places_where_its_standard_counts(enter, unit, ada, north, running) -> None:
    south = make.service(unit, "South", make.root(unit))
    whole = make.standard(unit)
    for place in (make.root(unit), north, south):
        make.judged(unit, whole, ["met", "few"], until=running - 1, at=place)
    lead = enter(ada)
    names = [name.partition(" too few")[0] for name in lead.get(f"/standards/{whole.id}").said(".places h3")]
    assert names == ["Harbour Libraries", "North", "South"]
    make.standard(unit, north, sentence="North’s own.")
    unit.commit()
    names = [name.partition(" too few")[0] for name in lead.get(f"/standards/{whole.id}").said(".places h3")]
    assert names == ["Harbour Libraries", "South"]
