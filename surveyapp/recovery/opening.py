"""Opening follow-ups, in the transaction that stores what was found in a response. Whatever is heard again opens none twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp.backlog.days import today
from surveyapp.db import now
from surveyapp.models import Answer, Comment, Contact, Finding, FollowUp, RecoveryRule, Response, Survey
from surveyapp.recovery import rules as rules_of
from surveyapp.recovery.hours import WorkingTime
from surveyapp.recovery.owning import Owners

SERIOUS_SCORE, SURE = -0.3, 0.75
"""A complaint is serious where the comment as a whole is at most this (of -1 to 1) and a sentence is surely a complaint."""
SOME = 500


@dataclass(slots=True)
class Case:
    """What speaks for following one response up."""

    response: Response
    confidential: bool
    contact: Contact | None = None
    low: bool = False
    serious: bool = False
    urgent: set[str] = field(default_factory=set)
    themes: set[int] = field(default_factory=set)

    def cause(self, rules: RecoveryRule) -> str | None:
        """Return why it is followed up, the gravest first, or None. Who stays unknown is only for urgent words, or by the rules."""
        if self.urgent:
            return "urgent"
        if self.confidential or (self.contact is None and not rules.without_contact):
            return None
        if self.serious and rules.complaints:
            return "complaint"
        return "rating" if self.low else None


def open_for(session: Session, responses: Iterable[Response]) -> list[FollowUp]:
    """Open what the rules call for among responses whose findings are stored; return the follow-ups that are new.

    What is older than the rules' days, or has no day, opens none: an import of old files is history. A response that has one
    keeps it, whatever is found now; only urgent words that were not seen before are added to it.
    """
    rules = rules_of.read(session)
    oldest = today(session) - timedelta(days=rules.recent_days)
    recent = [each for each in responses if each.day >= oldest]
    if not recent:
        return []
    session.flush()
    cases = _cases(session, recent, rules)
    there = _there(session, cases)
    fresh = [case for case in cases.values() if case.response.id not in there and case.cause(rules)]
    for case in cases.values():
        if case.urgent and (known := there.get(case.response.id)) is not None:
            _now_urgent(known, case.urgent)
    if not fresh:
        return []
    calendar, owners, moment = rules_of.calendar(session, rules), Owners(session), now()
    made = [_open(case, rules, calendar, owners, moment) for case in fresh]
    session.add_all(made)
    session.flush()
    return made


def _open(
    case: Case, rules: RecoveryRule, calendar: WorkingTime, owners: Owners, moment: datetime
) -> FollowUp:  # fmt: skip
    cause = case.cause(rules) or ""
    hours = rules.urgent_hours if case.urgent else rules.answer_hours
    return FollowUp(
        response_id=case.response.id, service_id=case.response.service_id, day=case.response.day, cause=cause,
        channel=_channel(case.contact), owner_id=owners.of(case.response.service, case.themes), opened_at=moment,
        due_at=calendar.due(moment, hours), urgent=sorted(case.urgent), urgent_at=moment if case.urgent else None,
    )  # fmt: skip


def _channel(contact: Contact | None) -> str:
    if contact is None:
        return ""
    return "phone" if contact.phone else "e-mail"


def _now_urgent(known: FollowUp, types: set[str]) -> None:
    if known.urgent_at is None:
        known.urgent_at, known.cause = now(), "urgent"
    if not types <= set(known.urgent):
        known.urgent = sorted({*known.urgent, *types})


def _there(session: Session, cases: dict[int, Case]) -> dict[int, FollowUp]:
    found: dict[int, FollowUp] = {}
    for ids in _parts(cases):
        for each in session.scalars(select(FollowUp).where(FollowUp.response_id.in_(ids))):
            found[each.response_id or 0] = each
    return found


def _cases(session: Session, responses: list[Response], rules: RecoveryRule) -> dict[int, Case]:
    """Gather what speaks for each response: its ratings, its findings, and whether its customer can be reached."""
    surveys = {each.survey_id for each in responses}
    confidential = set(session.scalars(select(Survey.id).where(Survey.id.in_(surveys), Survey.confidential)))
    cases = {each.id: Case(each, each.survey_id in confidential) for each in responses}
    for ids in _parts(cases):
        for contact in session.scalars(select(Contact).where(Contact.response_id.in_(ids), Contact.consent)):
            cases[contact.response_id].contact = contact
        rated = select(Answer).where(Answer.response_id.in_(ids), Answer.value.is_not(None))
        for answer in session.scalars(rated.options(joinedload(Answer.question))):
            question = answer.question
            if question.kind == "rating" and rules_of.is_low(
                rules, question.purpose or "", question.scale, answer.value or 0
            ):
                cases[answer.response_id].low = True
        _weigh(session, ids, cases)
    return cases


def _weigh(session: Session, ids: list[int], cases: dict[int, Case]) -> None:
    found = select(Finding, Comment.response_id).join(Finding.comment).where(Comment.response_id.in_(ids))
    for finding, response_id in session.execute(found.options(selectinload(Finding.themes))):
        case = cases[response_id]
        case.urgent |= {each["type"] for each in finding.body.get("urgent", ())}
        case.serious = case.serious or is_serious(finding)
        case.themes |= {theme.id for theme in finding.themes}


def is_serious(finding: Finding) -> bool:
    """Say whether a comment is a complaint that somebody should answer: negative as a whole, and surely a complaint in a sentence."""
    if finding.label != "negative" or (finding.score or 0.0) > SERIOUS_SCORE:
        return False
    said = finding.body.get("sentences", ())
    return any(each["kind"] == "complaint" and each.get("confidence", 0.0) >= SURE for each in said)


def _parts(cases: dict[int, Case]) -> list[list[int]]:
    ids = sorted(cases)
    return [ids[start : start + SOME] for start in range(0, len(ids), SOME)]
