"""The demo: how long it takes, how often its customers repeat each other, and the analyser on the truth that the writer knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from analysis import analyse
from bench.house import demo as filled
from bench.rows import Row
from surveyapp.backlog.days import today
from surveyapp.demo import writer
from surveyapp.demo.deeds import FEW
from surveyapp.extensions import database
from surveyapp.listening.analysers import asked_of
from surveyapp.models import Service
from surveyapp.trends import helping, mentioned
from surveyapp.trends.frame import Frame

ON_PATIENTS = 0.876
"""Suggestion F1 on real patients' sentences under five-fold cross-validation: docs/analysis-kinds.md has the command and intervals."""


def demo() -> Iterator[Row]:
    """Fill a demo, count its repeats, and judge the analyser sentence by sentence."""
    app, _slug, seconds = filled()
    yield Row("filling the demo, 20,000 responses", seconds, "s", "< 60", seconds < 60)
    yield from _verdicts(app)
    responses = list(writer.responses(datetime.now(UTC).date()))
    comments = [words for each in responses for words in (each.experience, each.suggestion) if words]
    plain = Counter(" ".join(re.findall(r"\w+", words.lower())) for words in comments if len(words.split()) > 4)
    repeats = 100 * (plain.total() - len(plain)) / plain.total()
    yield Row("of comments over four words, repeats of another", repeats, "%", "<= 1", repeats <= 1)
    f1 = _suggestion_f1(responses[::4])
    yield Row(
        "suggestion F1 on the demo's truth (floor: on patients)",
        f1,
        "",
        "within .1",
        abs(f1 - ON_PATIENTS) <= 0.1,
        ON_PATIENTS,
    )


def _verdicts(app: Flask) -> Iterator[Row]:
    """Read what the page says of a change that changed nothing, and of one that three people had asked for."""
    with app.app_context(), database().read() as session:
        root = session.scalars(select(Service).where(Service.parent_id.is_(None))).one()
        frame = Frame(root, today(session), 24)
        found = helping.read(session, frame, mentioned.read(session, frame))
    said = {each.improvement.title: each.word for each in found}
    few = [each.word for each in found if each.before + each.after == FEW]
    right = said.get("Answer the telephone") == "No real change"
    yield Row("what goes on as before reads: No real change", float(right), "", "1", right)
    yield Row("what three asked for reads: Can't tell", float(few == ["Can't tell"]), "", "1", few == ["Can't tell"])


def _suggestion_f1(responses: list[writer.DemoResponse]) -> float:
    """Judge each stretch of the truth by itself, as the kinds of real sentences are judged."""
    hit = said = there = 0
    for each in responses:
        words = {"experience": each.experience or "", "suggestion": each.suggestion or ""}
        for truth in each.truth:
            found = analyse(words[truth.field][truth.start : truth.end], asked=asked_of(truth.field))
            guess, true = any(one.kind == "suggestion" for one in found.sentences), truth.kind == "suggestion"
            hit, said, there = hit + (guess and true), said + guess, there + true
    return 2 * hit / (said + there)
