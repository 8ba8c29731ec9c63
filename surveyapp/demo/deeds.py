"""What the leads of the story did: they gathered what belongs together, owned it, promised, finished, declined and merged."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.backlog import mentions, merging, owning
from surveyapp.demo.house import STORY_THEMES, House
from surveyapp.demo.story import StoryImprovement
from surveyapp.models import Improvement, Mention, Outcome, Promise, Target, Theme

Needs = dict[int, str]
"""Mention id -> the key of the need that the story's customer had."""
LEFT_LYING = 0.12
"""The share of mentions that nobody has sorted: leads are busy."""
FEW, SMALL_SINCE = 3, 200
"""How many asked for the small change, and how many days ago it took effect."""


def gather(
    session: Session, needs: Needs, story: Iterable[StoryImprovement], house: House, today: date
) -> dict[str, Improvement]:
    """Let the lead file what belongs to one need under one improvement; the last weeks' are still in the inbox."""
    draw = random.Random(11)  # noqa: S311 - a story, not a secret
    filed: dict[str, list[Mention]] = defaultdict(list)
    for mention in session.scalars(select(Mention).where(Mention.state == "filed").order_by(Mention.id)):
        if need := needs.get(mention.id):
            filed[need].append(mention)
    found: dict[str, Improvement] = {}
    for turn in story:
        of_need = filed.get(turn.key, [])
        if not of_need:
            continue
        home = session.get_one(Improvement, Counter(mention.improvement_id for mention in of_need).most_common(1)[0][0])
        if home in found.values():
            home = owning.write_by_hand(session, turn.title, house.services[turn.place], by=house.lead.id)
        settled = [m for m in of_need if m.day < today - timedelta(days=21) and draw.random() > LEFT_LYING]
        mentions.move(session, [m for m in settled if m.improvement_id != home.id], home, by=house.lead.id)
        found[turn.key] = home
    return found


def tell(session: Session, turn: StoryImprovement, improvement: Improvement, house: House) -> None:
    """Let one need's story happen to its improvement, with its own dates."""
    owner = house.owners.get(turn.owner or "")
    by = (owner or house.lead).id
    owning.rename(session, improvement, turn.title, by=by)
    theme = session.scalars(select(Theme).where(Theme.name == STORY_THEMES.get(turn.theme, turn.theme))).first()
    owning.place(session, improvement, house.services[turn.place], theme or improvement.theme, by=by)
    if owner is not None:
        owning.own(session, improvement, owner, by=house.lead.id)
    if turn.target is not None:
        improvement.targets.append(
            Target(improvement_id=improvement.id, due_on=turn.target, by=by, at=_noon(turn.owned_on or turn.target))
        )
    for promise in turn.promises:
        improvement.promises.append(
            Promise(
                improvement_id=improvement.id,
                due_on=promise.promised_for,
                sentence=promise.sentence,
                reason=promise.reason,
                by=by,
                at=_noon(promise.made_on),
            )
        )
    if turn.done_on is not None:
        _end(session, improvement, "done", turn.note or turn.title + ".", by=by, on=turn.done_on, since=turn.in_effect)
    elif turn.declined_on is not None:
        _end(session, improvement, "declined", turn.reason, by=by, on=turn.declined_on)
    if turn.fate in {"open", "promised"} and turn.note:
        owning.remark(session, improvement, turn.note, by=by)
    session.flush()


def small_change(session: Session, found: Iterable[Improvement], house: House, today: date) -> Improvement | None:
    """Let the lead also do something that three customers asked for: too few to tell whether it helped. None where there is none."""
    known = {each.id for each in found}
    rare = (
        select(Mention.improvement_id)
        .where(Mention.state == "filed", Mention.kind == "suggestion")
        .group_by(Mention.improvement_id)
        .having(func.count() == FEW, func.min(Mention.day) < today - timedelta(days=SMALL_SINCE + 200))
        .order_by(Mention.improvement_id)
    )
    for key in session.scalars(rare).all():
        improvement = session.get_one(Improvement, key)
        whole = session.scalar(
            select(func.count()).select_from(Mention).where(Mention.improvement_id == improvement.id)
        )
        if improvement.id not in known and improvement.state == "open" and whole == FEW:
            since = today - timedelta(days=SMALL_SINCE)
            _end(session, improvement, "done", improvement.title + ".", by=house.lead.id, on=since, since=since)
            return improvement
    return None


def merge(session: Session, story: Iterable[StoryImprovement], found: dict[str, Improvement], house: House) -> None:
    """Merge the needs that the story says are one."""
    for turn in story:
        if turn.merged_into and turn.key in found and turn.merged_into in found:
            merging.merge(session, found[turn.key], found[turn.merged_into], by=house.lead.id)


def _end(
    session: Session, improvement: Improvement, state: str, words: str, *, by: int, on: date, since: date | None = None
) -> None:
    improvement.state, improvement.in_effect_since = state, since
    made = Outcome(improvement_id=improvement.id, state=state, words=words, by=by, at=_noon(on), effective_on=since)
    made.services = [improvement.service] if state == "done" else []
    improvement.outcomes.append(made)
    record(session, by, state, improvement, in_effect_since=since)
    for mention in session.scalars(select(Mention).where(Mention.improvement_id == improvement.id)):
        mention.asked_again = mentions.asked_again(improvement, mention.day)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
