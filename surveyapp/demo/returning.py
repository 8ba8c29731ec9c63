"""What came back to the story's customers: letters, verdicts, a word to and fro, and the public page as the lead wrote it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import rollups
from surveyapp.accounts.scope import Scope
from surveyapp.answering import codes
from surveyapp.backlog.mentions import family
from surveyapp.db import now
from surveyapp.demo.house import House
from surveyapp.demo.visits import HOME
from surveyapp.models import Contact, Improvement, Letter, Mention, Notice, Reply, Response, Unsubscribed, Verdict
from surveyapp.telling import entries, letters, replies
from surveyapp.telling.room import code_keys, links

Found = dict[str, Improvement]
KEPT = 40
"""Customers of one improvement who kept their code."""
HELPED = {
    "showers": (6, 2, 1), "lockers": (7, 1, 0), "fountain": (5, 2, 0), "kit": (1, 3, 5), "bikes": (4, 1, 1),
    "phones": (1, 2, 6), "cleaning": (3, 3, 2),
}  # fmt: skip
"""How they lean when asked whether it helped: yes, partly, no."""
SAID = {
    "showers": ("The showers are cold, or scalding.", "Millbeck has a new boiler, and every shower a valve.", "approved"),
    "lockers": ("Lockers should lock, and hold a bag.", "640 lockers with code locks; nobody needs a pound coin any more.", "approved"),
    "fountain": ("Let us fill our bottles.", "Every gym has a place to fill a bottle.", "approved"),
    "bikes": ("There is nowhere safe to lock a bike.", "Stands under a camera at every centre.", "approved"),
    "parking": ("More parking spaces.", "The land is not ours to build on. We asked for a bus stop instead.", "approved"),
    "kit": ("Machines stand broken for weeks.", "A repair is ordered the same day, and a note on the machine says for when.", "draft"),
    "pooltemp": ("Make the pool warmer.", "One degree more costs as much as four teachers; the learner pools stay at 31.", "draft"),
}  # fmt: skip
TALKS = (
    ("lanes", ["Is it only on weekdays that you plan more lanes? I work until seven."]),
    ("cafe", ["Thank you for asking. Would soup be possible in winter?", "From next month, on weekdays.", "Lovely, thank you."]),
    ("showers", ["They are warm at last. Only the left one still drips."]),
    ("hours", ["Which two centres try it first?", "Millbeck and Saltmere, from the spring."]),
)  # fmt: skip


def come_back(session: Session, found: Found, house: House, today: date) -> None:
    """Let some customers have kept their code, and some have left an address; the lead writes to them and in public."""
    draw = random.Random(29)  # noqa: S311 - a story, not a secret
    kept = {key: _keep(session, found[key], draw) for key in [*HELPED, "lanes", "cafe", "hours"] if key in found}
    _judge(session, found, kept, draw, today)
    for key in ("lockers", "fountain"):
        if key in found:
            _write_to(session, found[key], house)
    _some_went(session)
    _talk(session, kept, house)
    for key in SAID:
        if key in found and found[key].state != "open":
            _in_public(session, found[key], key, house)


def _keep(session: Session, improvement: Improvement, draw: random.Random) -> Sequence[Mention]:
    """Give codes to the latest who asked, an address to one in three, and of one in five the leave to quote."""
    asked = select(Mention).where(Mention.improvement_id.in_(family(session, improvement.id)), Mention.state == "filed")
    until = improvement.in_effect_since
    if until is not None:
        asked = asked.where(Mention.day < until)
    mentions = session.scalars(asked.order_by(Mention.id.desc()).limit(KEPT)).all()
    for mention in mentions:
        response = mention.comment.response
        if response.code_hash is None:
            response.submission_id, response.digest = uuid4().hex, uuid4().hex
            response.code_hash = codes.hashed(codes.make(code_keys(), response.submission_id, response.digest))
            if draw.random() < 1 / 3:
                response.contact = Contact(email=f"customer{response.id}@post.example", consent=True)
        mention.comment.may_quote = draw.random() < 1 / 5
    session.flush()
    return mentions


def _judge(
    session: Session, found: Found, kept: dict[str, Sequence[Mention]], draw: random.Random, today: date
) -> None:
    said: dict[tuple[int, int], Verdict] = {}
    for key, leaning in HELPED.items():
        since = found[key].in_effect_since if key in found else None
        for mention in kept.get(key, ()) if since else ():
            if draw.random() < 0.6:
                place = (mention.comment.response_id, mention.improvement_id)
                says = draw.choices(("yes", "partly", "no"), leaning)[0]
                day = min(today, (since or today) + timedelta(days=draw.randrange(5, 60)))
                said[place] = Verdict(response_id=place[0], improvement_id=place[1], says=says, day=day)
    with rollups.recounted(session, sorted({response for response, _improvement in said})):
        session.add_all(said.values())


def _write_to(session: Session, improvement: Improvement, house: House) -> None:
    seen = letters.preview(Scope.everything(session), session, improvement, code_keys())
    if seen is not None:
        letters.send(session, improvement, seen, seen.mark, links=links(), by=house.lead.id)


def _some_went(session: Session) -> None:
    """Let all letters but the last few have been sent; over one of them the server was restarted, so somebody must decide."""
    out = session.scalars(select(Letter).where(Letter.state == "waiting").order_by(Letter.id)).all()
    for letter in out[:-3]:
        letter.state, letter.handed_over_at, letter.sent_at = "sent", now(), now()
    for letter in out[-3:-2]:
        letter.state, letter.handed_over_at = "handed over", now() - timedelta(hours=3)
    for notice in session.scalars(select(Notice).order_by(Notice.id).limit(1)):
        session.add(Unsubscribed(person=notice.person, day=now().date()))


def _talk(session: Session, kept: dict[str, Sequence[Mention]], house: House) -> None:
    for key, lines in TALKS:
        heard = kept.get(key, ())
        if heard:
            response: Response = heard[0].comment.response
            for number, text in enumerate(lines):
                line: Reply = replies.write(session, response, text, by=house.lead.id if number % 2 else None)
                line.at = now() - timedelta(days=len(lines) - number, hours=5)


def _in_public(session: Session, improvement: Improvement, key: str, house: House) -> None:
    said, did, state = SAID[key]
    quotable = entries.quotable(session, improvement)
    shortest = min(quotable, key=lambda mention: mention.end - mention.start) if quotable else None
    quoted = shortest.id if shortest is not None else None
    entry = entries.write(session, improvement, said=said, did=did, quoted_id=quoted, by=house.lead.id)
    session.flush()
    if state == "approved":
        entries.decide(session, improvement, state, by=house.lead.id)
        on = improvement.outcomes[-1].at.date()
        entry.decided_at = entry.written_at = datetime.combine(on, time(15), ZoneInfo(str(HOME)))
