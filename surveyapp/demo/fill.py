"""Filling the demo: the story's responses go through the same door as real ones, are heard, and its leads act on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.answering import intake
from surveyapp.db import Database
from surveyapp.demo import (
    checks,
    deeds,
    house,
    morning,
    passing_on,
    plot,
    programs,
    returning,
    showing,
    standing,
    story,
    triage,
    winning,
    writer,
)
from surveyapp.demo.visits import HOME
from surveyapp.demo.writer import DemoResponse, Truth
from surveyapp.models import Comment, Mention, Note, Service, Survey
from surveyapp.pipeline.hear import Hearing
from surveyapp.questions import Edition, edition_of

BATCH = 1_000
Truths = dict[tuple[int, str], list[Truth]]
Progress = Callable[[str, int], object]


def fill(database: Database, today: date, *, total: int = 20_000, progress: Progress = lambda _what, _n: None) -> str:
    """Fill an empty, migrated database with the story; return the slug of its survey. `progress` is told what was done.

    Needs an application context, for hashing the demo accounts' passwords.
    """
    turns = plot.improvements(today)
    owners = sorted({turn.owner for turn in turns if turn.owner})
    with database.write() as session:
        built = house.build(session, today, owners)
        session.expunge_all()
    truths = _answer(database, built, today, total, progress)
    showing.ask_staff(database, today)
    Hearing(database, holder="demo", size=500).hear_all(lambda n: progress("heard", n))
    with database.write() as session:
        _act(session, built, turns, truths, today)
        checks.go_through(session, truths, today, by=built.lead.id)
        for note in story.notes(today):
            session.add(Note(service_id=built.services[note.place].id, day=note.day, text=note.text, by=built.lead.id))
    showing.show(database, today)
    standing.declare(database, today)
    programs.connect(database)
    return built.slug


def _answer(database: Database, built: house.House, today: date, total: int, progress: Progress) -> Truths:
    with database.read() as session:
        edition = edition_of(session.get_one(Survey, built.survey.id).versions[0])
    truths: Truths = {}
    for some in _batches(writer.responses(today, total=total)):
        with database.write() as session:
            ids = intake.store(session, [_arrival(each, edition, built.services) for each in some])
        for response_id, each in zip(ids, some, strict=True):
            for truth in each.truth:
                truths.setdefault((response_id, truth.field), []).append(truth)
        progress("stored", len(some))
    return truths


def _arrival(each: DemoResponse, edition: Edition, services: dict[str, Service]) -> intake.Arrival:
    said: dict[str, Any] = {**each.ratings, "experience": each.experience, "suggestion": each.suggestion}
    answers = {
        asked.id: said[asked.purpose or ""] for asked in edition.questions if said.get(asked.purpose or "") is not None
    }
    return intake.Arrival(
        edition, services[each.service_key].id, each.channel, answers, each.at.astimezone(HOME).date(), each.at
    )


def _act(
    session: Session, built: house.House, turns: list[story.StoryImprovement], truths: Truths, today: date
) -> None:
    needs = _needs(session, truths)
    found = deeds.gather(session, needs, turns, built, today)
    for turn in turns:
        if turn.key in found:
            deeds.tell(session, turn, found[turn.key], built)
    deeds.merge(session, turns, found, built)
    deeds.small_change(session, found.values(), built, today)
    handed = next((found[turn.key] for turn in turns if turn.key in found and turn.fate == "promised"), None)
    if handed is not None:
        handed.handed_to_id = built.colleague.id
    triage.put(session, found, built)
    morning.leave(session, needs, found, built, today)
    returning.come_back(session, found, built, today)
    passing_on.pass_on(session, built, today)
    winning.win_back(session, built)


def _needs(session: Session, truths: Truths) -> deeds.Needs:
    """Say which need each mention voices, by where the story's customer voiced it."""
    needs: deeds.Needs = {}
    placed = select(Mention.id, Mention.start, Mention.end, Comment.response_id, Comment.purpose).join(Mention.comment)
    for mention_id, start, end, response_id, purpose in session.execute(placed):
        over: dict[str, int] = defaultdict(int)
        for truth in truths.get((response_id, purpose or ""), ()):
            if truth.need and truth.kind in {"suggestion", "complaint"}:
                over[truth.need] += max(0, min(end, truth.end) - max(start, truth.start))
        if over and max(over.values()) > 0:
            needs[mention_id] = max(sorted(over), key=lambda need: over[need])
    return needs


def _batches(responses: Iterator[DemoResponse]) -> Iterator[list[DemoResponse]]:
    some: list[DemoResponse] = []
    for each in responses:
        some.append(each)
        if len(some) == BATCH:
            yield some
            some = []
    if some:
        yield some
