"""Acts: who did what to which row, with ids and dates."""

from __future__ import annotations

from datetime import date

from surveyapp.accounts import audit
from surveyapp.models import Act
from tests.support import make


def test_an_act_names_the_person_the_row_and_the_fields(unit):
    lead, chairs = make.person(unit, "lead"), make.improvement(unit, "More chairs")
    audit.record(unit, lead, "promised", chairs, due_on=[None, date(2026, 5, 4)], services={3, 1})
    unit.commit()
    act = unit.query(Act).one()
    assert (act.by, act.verb, act.thing, act.thing_id) == (lead.id, "promised", "improvement", chairs.id)
    assert act.fields == {"due_on": [None, "2026-05-04"], "services": [1, 3]}


def test_the_machine_acts_without_a_name_and_new_rows_get_their_id(unit):
    root = make.root(unit)
    assert audit.record(unit, None, "founded", root).thing_id == root.id
