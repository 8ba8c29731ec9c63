"""A survey's results: bars with counts, the responses one by one, and everything as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from surveyapp import csv_safe
from surveyapp.accounts.access import allow
from surveyapp.accounts.scope import Scope
from surveyapp.building import results, surveys
from surveyapp.building.responses import FIXED, Cells, fixed
from surveyapp.building.room import READERS, blueprint, me, scope, seen, unit
from surveyapp.db import Database
from surveyapp.errors import Refused
from surveyapp.extensions import database


def _sees_words() -> bool:
    return bool(me().duties & {"lead", "administrator"})


@blueprint.get("/surveys/<int:survey_id>/results", endpoint="results")
@allow(*READERS)
def show_results(survey_id: int) -> ResponseReturnValue:
    """Show every question's bars with counts."""
    survey = seen(survey_id)
    n = results.counted(unit(), scope(), survey)
    return render_template(
        "building/results.html", survey=survey, n=n, results=results.results(unit(), scope(), survey)
    )  # fmt: skip


@blueprint.get("/surveys/<int:survey_id>/responses")
@allow(*READERS)
def responses(survey_id: int) -> ResponseReturnValue:
    """Show responses one by one, newest first."""
    survey = seen(survey_id)
    found, earlier = results.page(unit(), scope(), survey, request.args.get("before", type=int))
    cells = Cells(survey, results.lines_of(survey), open_words=_sees_words())
    rows = list(zip(found, cells.of(unit(), found), strict=True))
    return render_template(
        "building/responses.html",
        survey=survey,
        heads=cells.heads,
        rows=rows,
        earlier=earlier,
        open_words=_sees_words(),
    )


@blueprint.get("/surveys/<int:survey_id>/results.csv")
@allow(*READERS)
def results_csv(survey_id: int) -> ResponseReturnValue:
    """Stream every response as a row of CSV."""
    survey = seen(survey_id)
    if survey.confidential:
        raise Refused("This survey is confidential: its answers are not handed out one by one.")
    answer = Response(_rows(database(), scope(), survey_id, _sees_words()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="survey-{survey_id}.csv"'
    return answer


def _rows(database: Database, scope: Scope, survey_id: int, open_words: bool) -> Iterator[str]:
    with database.read() as session:
        survey = surveys.seen(session, scope, survey_id)
        cells = Cells(survey, results.lines_of(survey), open_words=open_words)
        batches = results.every(session, scope, survey)
        rows = (
            [*fixed(response), *row]
            for batch in batches
            for response, row in zip(batch, cells.of(session, batch), strict=True)
        )
        yield from csv_safe.lines([*FIXED, *cells.heads], rows)
