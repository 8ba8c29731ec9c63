"""What stands around the charts of a page: the headline, questions, signals, what changed in closed months, and the ways back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_security import current_user
from sqlalchemy import select

from surveyapp.extensions import session
from surveyapp.models import Theme
from surveyapp.trends import closing, enquiries, headline, letters, level_pages, missed, monthly, warning
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.closing import Changed
from surveyapp.trends.frame import Frame, long
from surveyapp.trends.room import blueprint

MOST_CHANGES, MOST_SIGNALS = 40, 12


def of(material: Material, found: Mapping[str, Chart]) -> dict[str, Any]:
    """Return what the page's template needs beside the charts."""
    frame = material.frame
    return {
        "headline": headline.sentences(found), "missed": missed.said(session()), "by_machine": missed.BY_MACHINE,
        "enquiries": enquiries.of_charts(session(), frame.service), "signals": signals(frame), "changes": changed(frame),
        "subscribed": monthly.of(session(), current_user, frame.service) is not None, "long": long, "view": letters.view,
        "levels": level_pages.of(frame),
        "here": url_for("trends.show", **frame.query | ({"more": 1} if request.args.get("more") == "1" else {})),
    }  # fmt: skip


def signals(frame: Frame) -> list[tuple[str, str]]:
    """Return what moved lately at a node and under it, each as a sentence with the path of its comments."""
    names = {row[0]: row[1] for row in session.execute(select(Theme.id, Theme.name))}
    found = warning.recent(session(), frame.service, frame.today)[:MOST_SIGNALS]
    say = letters.moved if frame.least else letters.sentence
    return [(say(each, each.service, names), letters.comments(each)) for each in found]


def changed(frame: Frame) -> list[Changed]:
    """Return what changed in closed months, the latest first."""
    every = closing.changes(session(), frame) + closing.measured(session(), frame)
    return sorted(every, key=lambda each: each.at, reverse=True)[:MOST_CHANGES]


@blueprint.app_context_processor
def _back() -> dict[str, Any]:
    return {"back_to_trends": back_to_trends}


def back_to_trends() -> str:
    """Return the view from which somebody came, if they came from one; nothing that leads elsewhere."""
    given = request.args.get("back", "") if request else ""
    return given if given == "/trends" or given.startswith(("/trends?", "/trends#")) else ""
