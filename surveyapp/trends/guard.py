"""Whose figures are guarded: of whoever reads no comments, and of everybody where a survey is confidential."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.errors import NotFound
from surveyapp.models import Organisation, Person, Question, Survey, SurveyVersion
from surveyapp.trends.frame import Frame

READ_COMMENTS = frozenset({"lead", "administrator"})
GRAINS = ("month", "quarter")
FEWEST = 10
"""The smallest group before anything is set up."""


def minimum(session: Session) -> int:
    """Return how many answers a group needs so that its figures point at nobody."""
    return session.scalar(select(Organisation.minimum_group).limit(1)) or FEWEST


def reads_comments(person: Person) -> bool:
    """Say whether somebody reads the comments anyway, so that figures tell them nothing new of anybody."""
    return bool(person.duties & READ_COMMENTS)


def confidential(session: Session) -> frozenset[str]:
    """Return the purposes that were promised confidence: that of staff, and what any confidential survey asks."""
    asked = select(Question.purpose).join(SurveyVersion, Question.version_id == SurveyVersion.id).join(Survey)
    wanted = asked.where(Survey.confidential, Question.purpose.is_not(None), Question.kind == "rating").distinct()
    return frozenset({"esat", *session.scalars(wanted)})  # type: ignore[arg-type]


def guarded(session: Session, frame: Frame, *, reads: bool) -> Frame:
    """Return the frame as it may be shown: as it is to who reads the comments, else of cells that are large enough, by month or quarter.

    Weeks and months cut each other, so that what is left of them would be a few days. Raises NotFound for a group of customers that
    is not shared with those who read no comments: two ways of grouping, subtracted, would be a few people.
    """
    if reads and frame.purpose not in confidential(session):
        return frame
    shared = session.scalar(select(Organisation.shared_segment).limit(1))
    if frame.segment is not None and frame.segment.line != shared:
        raise NotFound(gettext("This group of customers is shown to those who read their comments."))
    return replace(frame, least=minimum(session), grain="month" if frame.grain == "week" else frame.grain)


def said(frame: Frame) -> str:
    """Say what is left out of a guarded frame; nothing of another."""
    if not frame.least:
        return ""
    return gettext(
        "Counted are the months of a service in which at least %(n)d people answered; the rest is left out everywhere, so that no two "
        "figures, subtracted, point at a few.",
        n=frame.least,
    )
