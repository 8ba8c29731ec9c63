"""Deviations and what is done about them: which months ask for a corrective action, and the actions, open, done or taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound, Refused
from surveyapp.models import CorrectiveAction, Judgement, Person, Standard
from surveyapp.rollups import month_of
from surveyapp.standards import judging
from surveyapp.trends import declared

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Deviation:
    """A month that missed a standard at a node, and how many months in a row have by then."""

    judgement: Judgement
    running: int


def asking(session: Session, scope: Scope) -> list[Deviation]:
    """Return the deviations in scope that nobody does anything about yet: the last judged month of each standard and node.

    An action covers every miss of its standard and node while it is open, and up to the month in which it was done.
    """
    actions = every(session, scope)
    found = []
    for last in _missed_last(session, scope):
        same = [each for each in actions if (each.standard_id, each.service_id) == (last.standard_id, last.service_id)]
        if not any(covers(each, last.month) for each in same):
            found.append(Deviation(last, _running(session, last)))
    return sorted(
        found, key=lambda each: (-each.judgement.month, each.judgement.service.path, each.judgement.standard_id)
    )


def covers(action: CorrectiveAction, month: int) -> bool:
    """Say whether a month's miss is already being, or was later, worked on by an action."""
    return action.done_on is None or month <= max(action.month, month_of(action.done_on))


def every(session: Session, scope: Scope) -> Sequence[CorrectiveAction]:
    """Return the actions in scope that stand: the open ones first, by due day, then the done ones, the latest first."""
    wanted = select(CorrectiveAction).where(
        CorrectiveAction.taken_back_at.is_(None), CorrectiveAction.service_id.in_(scope.services())
    )
    found = session.scalars(wanted.order_by(CorrectiveAction.due_on, CorrectiveAction.id)).all()
    done = sorted((each for each in found if each.done_on), key=lambda each: (each.done_on, each.id), reverse=True)
    return [*(each for each in found if each.done_on is None), *done]


def missed(session: Session, scope: Scope, judgement_id: int) -> Judgement:
    """Fetch a miss that still stands, in scope. Raises NotFound for any other."""
    found = session.get(Judgement, judgement_id)
    if found is None or not scope.sees(found.service) or found.verdict != judging.MISSED:
        raise NotFound(gettext("There is no such deviation, or it is not one of yours."))
    return found


def fetch(session: Session, scope: Scope, action_id: int) -> CorrectiveAction:
    """Fetch an action in scope. Raises NotFound for any other."""
    found = session.get(CorrectiveAction, action_id)
    if found is None or not scope.sees(found.service):
        raise NotFound(gettext("There is no such action, or it is not one of yours."))
    return found


def entrust(
    session: Session, miss: Judgement, *, what: str, owner: Person | None, due_on: date | None, by: int, today: date
) -> CorrectiveAction:
    """Say what will be done about a miss, by whom and by when. Raises Invalid for what is missing, Conflict where it is covered."""
    if not what.strip() or len(what.strip()) > LONGEST:
        raise Invalid(gettext("Say what will be done, in at most %(n)d characters.", n=LONGEST), field="what")
    if owner is None or not owner.active:
        raise Invalid(gettext("Choose who does it."), field="owner")
    if due_on is None or due_on < today:
        raise Invalid(gettext("Choose a day that is not gone."), field="due_on")
    session.get(Standard, miss.standard_id, with_for_update=True)  # two who act on one miss at once would do it twice
    same = select(CorrectiveAction).where(
        CorrectiveAction.standard_id == miss.standard_id, CorrectiveAction.service_id == miss.service_id,
        CorrectiveAction.taken_back_at.is_(None),
    )  # fmt: skip
    if any(covers(each, miss.month) for each in session.scalars(same)):
        raise Conflict(gettext("Somebody is working on this already: look at the list of actions."))
    made = CorrectiveAction(
        standard_id=miss.standard_id, service_id=miss.service_id, month=miss.month, what=what.strip(),
        owner_id=owner.id, owner=owner, due_on=due_on, by=by,
    )  # fmt: skip
    session.add(made)
    record(session, by, "corrective action", made, owner=owner.id, due_on=due_on)
    rollups.bump(session, "rollups")  # the chart's files say that something is done
    return made


def done(session: Session, action: CorrectiveAction, person: Person, *, leads: bool, today: date) -> None:
    """Say that an action is done. Raises Refused unless it is theirs or they lead, Conflict where that was said already."""
    _check(action, person, leads=leads)
    if action.done_on is not None:
        raise Conflict(gettext("This is done already."))
    action.done_on, action.done_by = today, person.id
    record(session, person, "action done", action, done_on=today)


def reopen(session: Session, action: CorrectiveAction, person: Person, *, leads: bool) -> None:
    """Say that it is not done after all."""
    _check(action, person, leads=leads)
    before, action.done_on, action.done_by = action.done_on, None, None
    record(session, person, "action open", action, done_on=[before, None])


def hand(session: Session, action: CorrectiveAction, owner: Person | None, *, by: int) -> None:
    """Give an action to somebody else. Raises Invalid for nobody, or somebody who is gone; Conflict where it is done."""
    if owner is None or not owner.active:
        raise Invalid(gettext("Choose who does it."), field="owner")
    if action.done_on is not None or action.taken_back_at is not None:
        raise Conflict(gettext("This is done already, or was taken back."))
    before, action.owner_id, action.owner = action.owner_id, owner.id, owner
    record(session, by, "hand action", action, owner=[before, owner.id])


def take_back(session: Session, action: CorrectiveAction, *, by: int) -> None:
    """Take an action back as entered by mistake. Raises Conflict for one that is done."""
    if action.done_on is not None:
        raise Conflict(gettext("This was done. Open it again first."))
    action.taken_back_at = now()
    record(session, by, "take back action", action)
    rollups.bump(session, "rollups")


def _check(action: CorrectiveAction, person: Person, *, leads: bool) -> None:
    if action.taken_back_at is not None:
        raise Conflict(gettext("This was taken back meanwhile."))
    if not leads and action.owner_id != person.id:
        raise Refused(gettext("%(name)s looks after this. Ask them, or a lead.", name=action.owner.name))


def _missed_last(session: Session, scope: Scope) -> list[Judgement]:
    """Return the last judgement of each standard and node in scope where it is a miss, and the standard still holds there."""
    last = (
        select(Judgement.standard_id, Judgement.service_id, func.max(Judgement.month).label("month"))
        .where(Judgement.service_id.in_(scope.services()))
        .group_by(Judgement.standard_id, Judgement.service_id)
        .subquery()
    )
    same = [getattr(Judgement, name) == getattr(last.c, name) for name in ("standard_id", "service_id", "month")]
    held: dict[tuple[int, int], Judgement] = {}
    for each in session.scalars(select(Judgement).join(last, and_(*same)).order_by(Judgement.id)):
        held[each.standard_id, each.service_id] = each  # a later look at the month counts
    standards = declared.every(session)
    return [each for each in held.values() if each.verdict == judging.MISSED and _holds(standards, each)]


def _holds(standards: Iterable[Standard], each: Judgement) -> bool:
    held = declared.holding(standards, each.service, each.month)
    return any(standard.id == each.standard_id and standard.retired_from is None for standard, _version in held)


def _running(session: Session, last: Judgement) -> int:
    months = judging.latest(session, nodes=[last.service_id], standard_id=last.standard_id)
    missed = [each.verdict == judging.MISSED for each in months]
    return [*missed[::-1], False].index(False)
