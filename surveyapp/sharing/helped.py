"""The news that a change helped, to whoever did it: once for each time it took effect, with three comments that had asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts import outbox
from surveyapp.accounts.screen import day as said_day
from surveyapp.backlog.days import today as local_day
from surveyapp.backlog.mentions import family
from surveyapp.db import Database
from surveyapp.models import Comment, HelpedNews, Improvement, Mention, Person, Response, Service, Survey
from surveyapp.sharing import quotes
from surveyapp.trends import helping, mentioned
from surveyapp.trends.frame import Frame

SPAN = 24
QUOTES = 3
NEWS = timedelta(days=366)
"""What took effect longer ago is no news: an upgrade must not flood people with it."""


def run(database: Database, config: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is due, as the clock does it; return what the page of jobs shows."""
    with database.write() as session:
        return {"letters": tell(session, str(config["PUBLIC_URL"]).rstrip("/"), local_day(session))}


def tell(session: Session, base: str, today: date) -> int:
    """Tell of every change that helped and of which nobody was told; return how many letters there are."""
    root = session.scalars(select(Service).where(Service.parent_id.is_(None)).order_by(Service.id)).first()
    if root is None:
        return 0
    frame = Frame(root, today, SPAN)
    found = [each for each in helping.read(session, frame, mentioned.read(session, frame)) if each.word == "Helped"]
    news = [each for each in found if (each.improvement.in_effect_since or date.min) >= today - NEWS]
    return sum(_tell(session, each, base) for each in news if not _told(session, each.improvement))


def _told(session: Session, improvement: Improvement) -> bool:
    same = HelpedNews.improvement_id == improvement.id, HelpedNews.in_effect_since == improvement.in_effect_since
    return session.scalars(select(HelpedNews.id).where(*same)).first() is not None


def _tell(session: Session, verdict: helping.Verdict, base: str) -> int:
    improvement = verdict.improvement
    assert improvement.in_effect_since is not None, "what is judged has taken effect"
    session.add(HelpedNews(improvement_id=improvement.id, in_effect_since=improvement.in_effect_since))
    quoted = [(each, quotes.quotable(session, each)) for each in _asked(session, improvement)]
    quoted = [(comment, said) for comment, said in quoted if said]
    people = {each.id: each for each in (improvement.owner, improvement.handed_to) if each is not None and each.active}
    for person in people.values():
        letter = outbox.post(
            session, to=person.email, subject=gettext("It helped: %(title)s", title=improvement.title),
            body=body(verdict, person, [said for _comment, said in quoted], base),
        )  # fmt: skip
        quotes.note(session, letter, quoted)
    return len(people)


def body(verdict: helping.Verdict, person: Person, said: list[str], base: str) -> str:
    """Return the letter's text: what was done, how much less it is asked for, and what customers had asked."""
    improvement = verdict.improvement
    before = gettext(
        "“%(title)s” is in effect since %(day)s, and customers ask for it less than they would have: %(after)s comments since, where more "
        "were to be expected.",
        title=improvement.title, day=said_day(improvement.in_effect_since), after=verdict.after,
    )  # fmt: skip
    asked = gettext("This is what they had asked for:") if said else ""
    return (
        "\n\n".join(
            each
            for each in (
                f"{person.name},",
                before,
                "\n".join([asked, *(f"- “{each}”" for each in said)]) if said else "",
                gettext("How we know: %(link)s", link=f"{base}/trends#helped"),
                gettext("Thank you."),
            )
            if each
        )
        + "\n"
    )


def _asked(session: Session, improvement: Improvement) -> list[Comment]:
    """Return the latest comments that had asked for it before it took effect; none of a confidential survey."""
    secret = select(Survey.id).where(Survey.confidential)
    before = (
        select(Comment)
        .join(Mention, Mention.comment_id == Comment.id)
        .join(Response, Response.id == Comment.response_id)
        .where(Mention.improvement_id.in_(family(session, improvement.id)), Mention.state == "filed")
        .where(Mention.day < improvement.in_effect_since, Response.survey_id.not_in(secret))
        .options(joinedload(Comment.service))
        .order_by(Mention.day.desc(), Comment.id.desc())
        .limit(QUOTES * 4)
    )
    return list(dict.fromkeys(session.scalars(before)))[:QUOTES]
