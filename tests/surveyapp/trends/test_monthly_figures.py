"""Figures counted elsewhere: a file is taken in whole or not at all, faults are named, and a node is what its branches come to."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.errors import Invalid
from surveyapp.extensions import database
from surveyapp.models import LateChange, Measure, MonthlyFigure
from surveyapp.trends import figures, taking
from surveyapp.trends.frame import Frame
from tests.support import make
from tests.support.pages import Browser

TODAY = date(2026, 11, 23)
HEAD = "measure,service,month,value,unit\n"


def take(session: Session, text: str, why: str = "a new file") -> taking.Taken:
    """Take a file in as an administrator."""
    by = make.person(session, "administrator")
    return taking.take_in(session, Scope.everything(session), text.encode(), by=by, today=TODAY, why=why)


@pytest.fixture
def tree(unit: Session) -> Session:
    """Two branches under a root."""
    make.organisation(unit)
    root = make.root(unit)
    make.service(unit, "Quay", root)
    make.service(unit, "Hill", root)
    return unit


def test_a_file_makes_measures_and_figures(tree: Session) -> None:
    """Money in any currency, grouped digits, several spellings of a head; the same file again changes nothing."""
    text = "\ufeffMeasure;Service;Month;Value;Unit\nIncome;Quay;2026-09;12,345.67;EUR\nIncome;hill;2026-09-01;-5;EUR\n"
    assert take(tree, text) == taking.Taken(2, 0, 0)
    assert take(tree, text) == taking.Taken(0, 0, 2)
    measure = tree.scalars(select(Measure)).one()
    assert (measure.name, measure.unit, measure.better, measure.adds) == ("Income", "EUR", "more", True)
    assert sorted(tree.scalars(select(MonthlyFigure.value))) == [-5_000, 12_345_670]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Income,Quay,Okt 26,5,GBP", "Row 3, column month: “Okt 26” is no month"),
        ("Income,Quay,2026-13,5,GBP", "column month"),
        ("Income,Quay,2027-01,5,GBP", "has not begun yet"),
        ("Income,Nowhere,2026-09,5,GBP", "Row 3, column service: no service of yours is called “Nowhere”"),
        ("Income,Quay,2026-09,1.234,56,GBP", "column unit"),
        ("Income,Quay,2026-09,12 apples,GBP", "column value: “12 apples” is no number"),
        ("Income,Quay,2026-09,nan,GBP", "is no number"),
        ("Income,Quay,2026-09,1e9,GBP", "is no number"),
        ("Income,Quay,2026-09,0.0001,GBP", "more than three places"),
        ("Income,Quay,2026-09,5,XQQ", "“XQQ” is no currency"),
        ("Income,Quay,2026-09,5,EUR", "counted in GBP"),
        ("Income,Hill,2026-09,5,GBP", "row 2 says the same month already"),
        (",Quay,2026-09,5,GBP", "column measure: it is empty"),
    ],
)
def test_one_wrong_cell_and_nothing_is_taken_in(tree: Session, row: str, said: str) -> None:
    """The fault names row and column and what to write; the good row beside it is not kept."""
    with pytest.raises(taking.Untidy) as caught:
        take(tree, f"{HEAD}Income,Hill,2026-09,5,GBP\n{row}\n")
    assert said in " ".join(caught.value.faults)
    assert tree.scalar(select(func.count()).select_from(MonthlyFigure)) == 0


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEAD])
def test_a_file_that_is_none(tree: Session, text: str) -> None:
    """No head, another head, nothing under it."""
    with pytest.raises(taking.Untidy):
        take(tree, text)


def test_a_past_month_that_changes_is_written_down_with_why(tree: Session) -> None:
    """Before, after and the reason stay; the running month may change as it likes."""
    take(tree, f"{HEAD}Income,Quay,2026-09,5,GBP\nIncome,Quay,2026-11,5,GBP\n")
    assert take(tree, f"{HEAD}Income,Quay,2026-09,7,GBP\nIncome,Quay,2026-11,8,GBP\n", "counted twice").changed == 2
    change = tree.scalars(select(LateChange)).one()
    assert (change.before, change.after, change.why) == (5_000, 7_000, "counted twice")


def test_a_node_is_what_its_branches_come_to(tree: Session) -> None:
    """Sums, or means where that is meant; a month in which a branch is missing has no figure."""
    rows = "Income,Quay,2026-09,10,GBP\nIncome,Hill,2026-09,30,GBP\nIncome,Quay,2026-10,10,GBP\n"
    take(tree, f"{HEAD}{rows}Absence,Quay,2026-09,2,%\nAbsence,Hill,2026-09,4,%\n")
    by_name = {each.name: each for each in figures.measures(tree)}
    frame = Frame(make.root(tree), TODAY, 12)
    assert figures.by_month(tree, frame, by_name["Income"])[-3:] == [40.0, None, None]
    assert figures.by_month(tree, frame, by_name["Absence"])[-3] == 3.0


def test_what_only_explains_is_never_scored(tree: Session) -> None:
    """It takes no standard."""
    take(tree, f"{HEAD}Sickness,Quay,2026-09,10,days\n")
    (measure,) = figures.measures(tree)
    by = make.person(tree, "administrator")
    with pytest.raises(Invalid):
        figures.settle(tree, measure, better="less", adds=True, explains=True, standard="5", by=by)
    figures.settle(tree, measure, better="less", adds=True, explains=False, standard="5.5", by=by)
    assert measure.standard == 5_500


def test_the_page_takes_a_file_in_and_shows_its_lines(app: Flask) -> None:
    """Faults stand on the page; then the figures do, and the chart has their line and standard."""
    with database(app).write() as session:
        make.organisation(session)
        make.root(session)
        administrator = make.person(session, "administrator")
    browser = Browser(app)
    browser.sign_in(administrator)
    page = browser.get("/trends/figures")
    token = page.all("form[enctype] input[name=csrf_token]")[0]["value"]

    def send(text: str) -> str:
        data = {"csrf_token": token, "file": (io.BytesIO(text.encode()), "f.csv"), "why": ""}
        return browser.client.post("/trends/figures", data=data, follow_redirects=True).get_data(as_text=True)

    assert "Row 2, column value" in send(f"{HEAD}Income,Harbour Libraries,2026-01,many,GBP\n")
    months = "".join(f"Income,Harbour Libraries,2026-{month:02d},{month}000,GBP\n" for month in range(1, 10))
    assert "9 new figures, 0 changed, 0 as they were." in send(HEAD + months)
    browser.get("/trends/figures")
    browser.submit("section[aria-labelledby^=measure] form", standard="4500")
    said = browser.get("/trends?more=1&span=12").said("#together h2")[0]
    assert "Income £9,000 in September 2026 (standard £4,500)" in said
    assert browser.client.get("/trends/together.svg?span=12").status_code == 200
