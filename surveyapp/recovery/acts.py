"""What people do about a follow-up: take it on, try to reach the customer, give something, hear how it went, close it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.db import now
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import OUTCOMES, Attempt, FollowUp, Gesture, Given, Person

HOW = ("phone", "e-mail", "letter", "in person")
RESULTS = ("spoke", "message left", "no answer", "wrong address")
VERDICTS = ("yes", "partly", "no")
CHOSEN_OUTCOMES = tuple(each for each in OUTCOMES if each != "erased")


def own(session: Session, follow_up: FollowUp, person: Person | None, *, by: int) -> None:
    """Make somebody the owner, or nobody. Raises Invalid for a person who is gone or does not see the service."""
    _open(follow_up)
    if person is not None and (not person.active or not Scope.of(person, session).sees(follow_up.service)):
        raise Invalid(f"{person.name} does not work for this service. Choose somebody who does.", field="owner")
    before, follow_up.owner_id = follow_up.owner_id, person.id if person else None
    follow_up.owner = person
    record(session, by, "own", follow_up, owner=[before, follow_up.owner_id])


def attempt(session: Session, follow_up: FollowUp, *, how: str, result: str, note: str, by: int) -> Attempt:
    """Log an attempt to reach the customer; nobody can change it afterwards. Raises Conflict once it is closed."""
    _open(follow_up)
    if how not in HOW or result not in RESULTS:
        raise Invalid("Say how you tried, and what came of it.", field="how")
    made = Attempt(follow_up_id=follow_up.id, how=how, result=result, note=note.strip(), by=by)
    follow_up.attempts.append(made)
    flag_modified(follow_up, "state")  # a new version: whoever is about to close it should look at this first
    record(session, by, "attempt", made, follow_up=follow_up.id)
    return made


def give(session: Session, follow_up: FollowUp, gesture_id: int, cost: int, *, by: int) -> Given:
    """Give something from the list; `cost` is in hundredths. Raises NotFound for what is not on it, Invalid beyond its limit."""
    _open(follow_up)
    gesture = session.get(Gesture, gesture_id)
    if gesture is None or not gesture.active:
        raise NotFound("This is no longer on the list of what may be given. Reload the page and choose again.")
    if not 0 <= cost <= gesture.most:
        raise Invalid(
            "That is more than may be given without asking. Give less, or ask an administrator.", field="cost"
        )
    got = (
        select(func.count())
        .select_from(Given)
        .where(Given.follow_up_id == follow_up.id, Given.gesture_id == gesture.id)
    )
    if (session.scalar(got) or 0) >= gesture.times:
        raise Invalid("This customer has been given that as often as the list allows.", field="gesture")
    made = Given(follow_up_id=follow_up.id, gesture_id=gesture.id, gesture=gesture, cost=cost, by=by)
    follow_up.given.append(made)
    flag_modified(follow_up, "state")
    record(session, by, "give", made, follow_up=follow_up.id, gesture=gesture.id, cost=cost)
    return made


def say(session: Session, follow_up: FollowUp, verdict: str, *, by: int | None) -> None:
    """Keep what the customer says of how we dealt with it; `by` is None where they said it themselves, which then stands."""
    if verdict not in VERDICTS:
        raise Invalid("Answer yes, partly or no.", field="verdict")
    if by is not None and follow_up.verdict is not None and follow_up.verdict_by is None:
        raise Conflict("The customer has answered this themselves. Their own answer stands.")
    before, follow_up.verdict = follow_up.verdict, verdict
    follow_up.verdict_by, follow_up.verdict_at = by, now()
    record(session, by, "verdict", follow_up, verdict=[before, verdict])


def close(session: Session, follow_up: FollowUp, *, outcome: str, words: str, by: int) -> None:
    """Close it with what came of it. Raises Conflict for one that is closed, or urgent and not acknowledged."""
    _open(follow_up)
    if follow_up.waits:
        raise Conflict("This is urgent: acknowledge it before you close it.")
    if outcome not in CHOSEN_OUTCOMES:
        raise Invalid("Say what came of it.", field="outcome")
    follow_up.state, follow_up.outcome, follow_up.closing = "closed", outcome, words.strip()
    follow_up.closed_by, follow_up.closed_at = by, now()
    record(session, by, "close", follow_up, outcome=outcome)


def reopen(session: Session, follow_up: FollowUp, *, by: int) -> None:
    """Open a closed one again, with the due time that it had. Raises Conflict for one that is open or whose words are gone."""
    if follow_up.state == "open":
        raise Conflict("This is open already. Somebody may have opened it while you were reading.")
    if follow_up.erased_at is not None:
        raise Conflict("Its customer has erased what they wrote: there is nobody to follow up.")
    follow_up.state, follow_up.outcome = "open", None
    follow_up.closed_by = follow_up.closed_at = None
    record(session, by, "reopen", follow_up)


def _open(follow_up: FollowUp) -> None:
    if follow_up.state != "open":
        raise Conflict("This follow-up is closed already. Open it again first, if there is more to do.")
