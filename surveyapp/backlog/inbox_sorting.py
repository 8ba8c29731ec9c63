"""What a person does with what waits in the inbox, one mention or a whole group at a time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts import audit
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import inbox, mentions, merging, owning
from surveyapp.errors import Conflict, Invalid, Refused
from surveyapp.models import Improvement, Mention, Organisation, Person, Service


def hold(session: Session, mention: Mention, was: int) -> None:
    """Lock the backlog and make sure that a mention still waits where the page showed it. Raises Conflict where it does not."""
    mentions.hold(session, [mention])
    if mention.by is None and mention.state == "filed" and mention.improvement_id == was:
        return
    who = session.get(Person, mention.by) if mention.by else None
    raise Conflict(
        f"{who.name if who else 'The machine'} has sorted this comment in the meantime: "
        + ("it was set aside." if mention.state == "dismissed" else f"it is under “{_title(session, mention)}” now.")
        + " Nothing of yours was lost or changed."
    )


def found_on(session: Session, mention: Mention, title: str, *, by: int) -> Improvement:
    """Make a mention the beginning of an improvement of its own. Where it founded one already, that one gets the title.

    A title that is the customer's own words goes when they go. Raises Invalid without a title.
    """
    title = title.strip()
    if not title:
        raise Invalid("Give the new improvement a short title.", field="title")
    home = mention.improvement
    if _founded_by(session, mention, home):
        owning.rename(session, home, title, by=by)
        mentions.accept(session, [mention], by=by)
        made = home
    else:
        made = merging.split(session, [mention], title, by=by)
    if made.title.rstrip(".… ") in mention.comment.text:
        made.title_comment_id = mention.comment_id
    session.flush()
    return made


def group(scope: Scope, session: Session, improvement: Improvement, up_to: int) -> list[Mention]:
    """Lock the backlog and return what waits under an improvement and was there when the page was drawn.

    Raises Conflict where somebody was quicker and nothing of it is left.
    """
    rollups.bump(session, "backlog")
    found = inbox.waiting_under(scope, session, improvement.id, up_to=up_to)
    if not found:
        raise Conflict("Somebody has sorted this group in the meantime. Nothing of yours was lost or changed.")
    return found


def leads_all(session: Session, person: Person) -> bool:
    """Say whether somebody leads the whole organisation, and so may say from which day everybody sorts."""
    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    return root is not None and Scope.of(person, session).sees(root)


def begin_on(session: Session, person: Person, day: date | None, *, today: date) -> None:
    """Let the inbox begin on a day; None takes everything in. Raises Refused for a lead of a part, Invalid for a day to come."""
    if not leads_all(session, person):
        raise Refused("The day from which everybody sorts is set by whoever leads the whole organisation.")
    if day is not None and day > today:
        raise Invalid("Choose today or an earlier day: what is still to come cannot be history.", field="day")
    found = session.scalars(select(Organisation).limit(1)).one()
    before, found.sort_from = found.sort_from, day
    audit.record(session, person, "sort from", found, sort_from=[before, day])


def history(scope: Scope, session: Session, waiting: int) -> int:
    """Count what is not in the inbox, where `waiting` mentions are, because it was said before the day from which that begins."""
    start, zone = inbox.beginning(session), inbox.zone_of(session)
    if start is None:
        return 0
    if scope == Scope.everything(session):
        return inbox.everything_unsorted(session) - waiting
    theirs = select(func.count()).select_from(Mention).where(inbox.waits(scope, None, zone))
    return (session.scalar(theirs) or 0) - waiting


def oldest(scope: Scope, session: Session) -> date | None:
    """Return the day of the oldest dated mention that waits, for proposing a day to begin with."""
    start, zone = inbox.beginning(session), inbox.zone_of(session)
    dated = select(func.min(Mention.day)).where(inbox.waits(scope, start, zone), Mention.day > date(1900, 1, 1))
    return session.scalar(dated)


def _founded_by(session: Session, mention: Mention, home: Improvement) -> bool:
    if home.created_by is not None or home.merged_into_id is not None or home.state != "open":
        return False
    there = select(func.count()).select_from(Mention).where(Mention.improvement_id == home.id)
    return session.scalar(there) == 1


def _title(session: Session, mention: Mention) -> str:
    session.refresh(mention, ["improvement"])
    return mentions.root_of(mention.improvement).title
