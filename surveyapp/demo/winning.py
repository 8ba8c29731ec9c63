"""What the story's people did for unhappy customers: reached them, gave something from the list, and asked how it went."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.demo.house import House
from surveyapp.models import Contact, FollowUp, Response
from surveyapp.recovery import acts, ruling, urgent
from surveyapp.recovery.rules import calendar, read

GESTURES = (("A free visit", 1000), ("Coffee and cake", 600), ("A month without fees", 3500))
"""What may be given without asking, and what it may cost, in hundredths."""
ENDS = (
    ("phone", "spoke", "Rang in the evening; the shower is repaired.", "won back", "yes"),
    ("phone", "spoke", "Wanted to be heard more than anything else.", "won back", "partly"),
    ("e-mail", "spoke", "Wrote back within the hour.", "not won back", "no"),
    ("phone", "no answer", "Twice, at lunch and at six.", "", ""),
)


def win_back(session: Session, house: House) -> None:
    """Offer gestures, open follow-ups for the latest unhappy customers with an address, and end some of them."""
    by = house.lead.id
    offered = [ruling.add_gesture(session, name, most, 1, by=by) for name, most in GESTURES]
    session.flush()
    for place, (follow_up, end) in enumerate(zip(_unhappy(session), (*ENDS, None, None), strict=False)):
        acts.own(session, follow_up, house.lead if place % 2 else None, by=by)
        if end is None:
            continue
        how, result, note, outcome, verdict = end
        acts.attempt(session, follow_up, how=how, result=result, note=note, by=by)
        if outcome:
            acts.give(session, follow_up, offered[place % 2].id, offered[place % 2].most // 2, by=by)
            acts.say(session, follow_up, verdict, by=None)
            acts.close(session, follow_up, outcome=outcome, words="", by=by)
    for follow_up in session.scalars(
        select(FollowUp).where(FollowUp.urgent_at.is_not(None)).order_by(FollowUp.id)
    ).all()[:-1]:
        urgent.acknowledge(session, follow_up, "Read it; the manager on duty knows.", by=by)


def _unhappy(session: Session) -> list[FollowUp]:
    """Open a follow-up for each of the latest poor ratings whose customer left an address, as hearing them today would have."""
    rules = read(session)
    hours = calendar(session, rules)
    low = Response.comments.any(rating=0) | Response.comments.any(rating=25)
    latest = select(Response).join(Contact).where(low).order_by(Response.day.desc(), Response.id.desc())
    known = set(session.scalars(select(FollowUp.response_id)))
    made = []
    for response in session.scalars(latest.limit(8)).all():
        if response.id not in known:
            opened = response.received_at + timedelta(minutes=5)
            made.append(
                FollowUp(
                    response_id=response.id,
                    service_id=response.service_id,
                    day=response.day,
                    cause="rating",
                    channel="e-mail",
                    opened_at=opened,
                    due_at=hours.due(opened, rules.answer_hours),
                    urgent=[],
                )
            )
    session.add_all(made)
    session.flush()
    return made[:6]
