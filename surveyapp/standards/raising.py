""" "Raise it?": asked once a standard was met six months running, until it is raised, or put away with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid
from surveyapp.models import PART, Judgement, RaisePutAway, Standard
from surveyapp.standards.gauges import KINDS
from surveyapp.standards.judging import MET

RUNNING = 6


def asks(session: Session, standard: Standard, judged: Sequence[Judgement]) -> bool:
    """Say whether "raise it?" is asked, given the judgements of a standard at its own node, oldest first."""
    last = streak(standard, judged)
    if standard.retired_from is not None or not last:
        return False
    away = put_away(session, standard)
    return away is None or sum(each.month > away.month for each in last) >= RUNNING


def streak(standard: Standard, judged: Sequence[Judgement]) -> list[Judgement]:
    """Return the months met in a row, without a gap, up to the last that was judged by the latest level; empty if fewer than six."""
    found: list[Judgement] = []
    for each in reversed(judged):
        gap = bool(found) and found[-1].month != each.month + 1
        if gap or each.verdict != MET or each.version_id != standard.latest.id:
            break
        found.append(each)
    return found[::-1] if len(found) >= RUNNING else []


def proposed(standard: Standard, months: Sequence[Judgement]) -> int:
    """Return the level to prefill: what each of the last six months reached, in whole steps; the level that holds, if no better."""
    values = [each.value for each in months[-RUNNING:] if each.value is not None]
    level, step = standard.latest.level, _step(standard)
    if not values:
        return level
    if standard.latest.at_most:
        return min(-(-max(values) // step) * step, level)
    return max(min(values) // step * step, level)


def leave(session: Session, standard: Standard, judged: Sequence[Judgement], why: str, *, by: int) -> RaisePutAway:
    """Leave the level as it is, with a reason. Raises Conflict where nothing is asked, Invalid without a reason."""
    if not asks(session, standard, judged):
        raise Conflict(gettext("Nobody asks to raise this any more. Reload the page."))
    if not why.strip():
        raise Invalid(gettext("Say why it stays: whoever asks next will want to know."), field="why")
    made = RaisePutAway(version_id=standard.latest.id, month=judged[-1].month, why=why.strip()[:400], by=by)
    session.add(made)
    record(session, by, "keep standard", standard, version=standard.latest.id)
    return made


def ask_again(session: Session, standard: Standard, *, by: int) -> None:
    """Take back that it was left as it is."""
    found = put_away(session, standard)
    if found is None:
        raise Conflict(gettext("There is nothing to take back here."))
    found.taken_back_at = now()
    record(session, by, "ask to raise standard", standard, version=standard.latest.id)


def put_away(session: Session, standard: Standard) -> RaisePutAway | None:
    """Return when and why raising the latest version was last left, if it was."""
    wanted = select(RaisePutAway).where(
        RaisePutAway.version_id == standard.latest.id, RaisePutAway.taken_back_at.is_(None)
    )
    return session.scalars(wanted.order_by(RaisePutAway.id.desc()).limit(1)).first()


def _step(standard: Standard) -> int:
    if standard.measure is None:
        return KINDS[standard.gauge].step
    whole = max(abs(standard.latest.level) // PART, 1)
    return PART * max(10 ** (len(str(whole)) - 2), 1)  # two figures of it: 410,000 rather than 412,345
