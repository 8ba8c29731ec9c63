"""What the story's people passed on: praise that a lead confirmed, and what colleagues heard at the desk."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.scope import Scope
from surveyapp.demo.house import House
from surveyapp.models import Recognition
from surveyapp.sharing import recognition, told

CONFIRMED = 6
HEARD = (
    "A gentleman at the desk said he would come twice a week if the pool opened at six.",
    "A mother asked whether the café could have high chairs.",
    "Somebody told me that the new lockers are the best thing we ever did.",
)


def pass_on(session: Session, house: House, today: date) -> None:
    """Confirm some of the latest praise by name, pass one on, and tell what was heard; the rest waits for the lead."""
    latest = select(Recognition).where(Recognition.state == "proposed").order_by(Recognition.day.desc(), Recognition.id)
    for place, praise in enumerate(session.scalars(latest.limit(CONFIRMED)).all()):
        recognition.confirm(session, praise, praise.name, house.colleague if place == 0 else None, by=house.lead.id)
    services, everything = list(house.services.values()), Scope.everything(session)
    for place, words in enumerate(HEARD):
        heard = told.Told(services[-1 - place].id, today, words, key=f"heard {place}")
        told.keep(session, everything, heard, by=house.colleague, today=today)
