"""An executive reads what customers said, and where and when only if enough others answered there in that month."""

from __future__ import annotations

from datetime import date

from flask import Flask

from surveyapp import rollups
from surveyapp.backlog import mentions
from surveyapp.extensions import database
from tests.support import make
from tests.support.pages import Browser


def test_a_quote_from_a_place_where_few_answered_names_neither_place_nor_day(app: Flask) -> None:
    """Three answered at the Quay and twelve at the Pier; the lead, who reads the comments anyway, is told both."""
    with database(app).write() as session:
        survey, it = make.survey(session), make.improvement(session, "More chairs")
        for name, n in (("Quay", 3), ("Pier", 12)):
            at = make.service(session, name, make.root(session))
            for number in range(n):
                words = "" if number else "More chairs."
                said = make.response(session, survey, at=at, day=date(2026, 3, 10), suggestion=words, state="heard")
                if words:
                    mentions.add(session, said.comments[0], 0, 12, it, kind="suggestion", by=None)
        rollups.rebuild(session)
        people, address = [make.person(session, duty) for duty in ("executive", "lead")], f"/backlog/{it.id}"
    told = []
    for person in people:
        browser = Browser(app)
        browser.sign_in(person)
        told.append([each.partition(" · whole")[0] for each in browser.get(address).said("p.source")])
    executive, lead = told
    assert executive == ["10 March 2026 · Pier", "from a month and a place in which few answered"]
    assert lead == ["10 March 2026 · Pier", "10 March 2026 · Quay"]
