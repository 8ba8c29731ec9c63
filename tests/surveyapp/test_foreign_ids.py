"""Another's ids: every route that takes one is walked with ids of a branch that the visitor does not see, and finds nothing.

A new kind of id is a new line in FOREIGN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from surveyapp.accounts import access
from surveyapp.backlog import rules, saved
from surveyapp.db import now
from surveyapp.models import (
    DUTIES,
    Check,
    Correction,
    CorrectiveAction,
    Enquiry,
    Finding,
    FollowUp,
    Judgement,
    Leave,
    LoginSession,
    Mention,
    NewLevel,
    Note,
    Person,
    Question,
    Recognition,
    Service,
    Standard,
    Survey,
    SurveyVersion,
    Undo,
    WorkLink,
)
from tests.support import make
from tests.support.pages import Browser
from tests.support.routes import ADMINISTRATOR, address, ask, who
from tests.support.routes import rules as routes


def _comment(session: Session, elsewhere: Service) -> Any:
    return make.response(session, make.survey(session, elsewhere), suggestion="More chairs, please.").comments[0]


def _correction(session: Session, elsewhere: Service) -> int:
    comment = _comment(session, elsewhere)
    session.add(Finding(comment_id=comment.id, analyser="test"))
    made = Correction(comment_id=comment.id, field="sentiment", value="negative")
    session.add(made)
    session.flush()
    return made.id


def _mention(session: Session, elsewhere: Service) -> int:
    improvement = make.improvement(session, service=elsewhere)
    made = Mention(
        comment_id=_comment(session, elsewhere).id, start=0, end=12, kind="suggestion", improvement_id=improvement.id,
        service_id=elsewhere.id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def _session(session: Session, elsewhere: Service) -> int:
    other = make.person(session, "lead", services=[elsewhere])
    made = LoginSession(person_id=other.id, token_hash=f"{other.id:064d}")
    session.add(made)
    session.flush()
    return made.id


def _being_edited(session: Session, elsewhere: Service) -> Survey:
    """A survey with a draft of one question, so that no act on it stops before it looks whose it is."""
    made = make.survey(session, elsewhere)
    draft = SurveyVersion(texts={"en": {"title": made.title}})
    draft.questions.append(Question(kind="comment", texts={"en": {"label": "Anything else?"}}))
    made.versions.append(draft)
    session.flush()
    return made


def _enquiry(session: Session, elsewhere: Service) -> int:
    asker = make.person(session, "executive", services=[elsewhere])
    made = Enquiry(service_id=elsewhere.id, chart="rating", question="Why?", by=asker.id)
    session.add(made)
    session.flush()
    return made.id


def _note(session: Session, elsewhere: Service) -> int:
    made = Note(service_id=elsewhere.id, day=make.DAY, text="A strike")
    session.add(made)
    session.flush()
    return made.id


def _level(session: Session, elsewhere: Service) -> int:
    made = NewLevel(service_id=elsewhere.id, purpose="csat", month=24300, reason="Rebuilt")
    session.add(made)
    session.flush()
    return made.id


def _check(session: Session, elsewhere: Service) -> int:
    comment = _comment(session, elsewhere)
    drawn = Check(month=24300, place=comment.id, comment_id=comment.id, start=0, end=4, said="other", analyser="test")
    session.add(drawn)
    session.flush()
    return drawn.id


def _undo(session: Session, elsewhere: Service) -> int:
    made = Undo(by=make.person(session, "lead", services=[elsewhere]).id, verb="owner")
    session.add(made)
    session.flush()
    return made.id


def _follow_up(session: Session, elsewhere: Service) -> int:
    response_id = _comment(session, elsewhere).response_id
    made = FollowUp(response_id=response_id, service_id=elsewhere.id, cause="rating", due_at=now())
    session.add(made)
    session.flush()
    return made.id


def _rule(session: Session, elsewhere: Service) -> int:
    improvement, person = (
        make.improvement(session, service=elsewhere),
        make.person(session, "lead", services=[elsewhere]),
    )
    return rules.put(session, improvement, f"Rule {improvement.id}", by=person.id).id


def _saved(session: Session, elsewhere: Service) -> int:
    person = make.person(session, "lead", services=[elsewhere])
    return saved.save(session, person, "Mine", "state=done", shared=False).id


def _leave(session: Session, elsewhere: Service) -> int:
    person, other = (make.person(session, "lead", services=[elsewhere]) for _ in range(2))
    away = Leave(person_id=person.id, stand_in_id=other.id, since=make.DAY, until=make.DAY)
    session.add(away)
    session.flush()
    return away.id


def _work_link(session: Session, elsewhere: Service) -> int:
    improvement = make.improvement(session, service=elsewhere)
    link = WorkLink(improvement_id=improvement.id, url="https://tracker.example.org/1")
    session.add(link)
    session.flush()
    return link.id


def _standard(session: Session, elsewhere: Service) -> Standard:
    made = make.standard(session, elsewhere)
    judgement = Judgement(
        standard=made,
        version=made.latest,
        service=elsewhere,
        month=24300,
        verdict="missed",
        n=40,
        value=5,
        low=1,
        high=9,
    )
    session.add(judgement)
    session.flush()
    return made


def _judgement(session: Session, elsewhere: Service) -> int:
    standard = _standard(session, elsewhere)
    return session.scalars(select(Judgement.id).where(Judgement.standard_id == standard.id)).one()


def _action(session: Session, elsewhere: Service) -> int:
    owner = make.person(session, "lead", services=[elsewhere])
    made = CorrectiveAction(
        standard=_standard(session, elsewhere), service=elsewhere, month=24300, what="Mend it.", owner=owner, due_on=make.DAY
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made.id


def _recognition(session: Session, elsewhere: Service) -> int:
    comment = _comment(session, elsewhere)
    made = Recognition(comment_id=comment.id, start=0, end=4, service_id=elsewhere.id, name="Maria")
    session.add(made)
    session.flush()
    return made.id


FOREIGN: dict[str, Callable[[Session, Service], int]] = {
    "enquiry_id": _enquiry,
    "action_id": _action,
    "check_id": _check,
    "comment_id": lambda session, elsewhere: _comment(session, elsewhere).id,
    "correction_id": _correction,
    "follow_up_id": _follow_up,
    "improvement_id": lambda session, elsewhere: make.improvement(session, service=elsewhere).id,
    "judgement_id": _judgement,
    "leave_id": _leave,
    "mention_id": _mention,
    "note_id": _note,
    "level_id": _level,
    "recognition_id": _recognition,
    "rule_id": _rule,
    "saved_id": _saved,
    "service_id": lambda _session, elsewhere: elsewhere.id,
    "session_id": _session,
    "standard_id": lambda session, elsewhere: _standard(session, elsewhere).id,
    "version_id": lambda session, elsewhere: _standard(session, elsewhere).latest.id,
    "undo_id": _undo,
    "work_link_id": _work_link,
    "survey_id": lambda session, elsewhere: _being_edited(session, elsewhere).id,
    "question_id": lambda session, elsewhere: _being_edited(session, elsewhere).versions[-1].questions[0].id,
    "link_id": lambda session, elsewhere: make.survey(session, elsewhere).links[0].id,
}
SECRETS = {"token", "code", "slug", "filename"}
"""Arguments that are no ids: whoever knows them may use them."""


def with_ids(app: Flask) -> list[Rule]:
    """The rules that take an id and are open to somebody who does not see everything."""
    return [
        rule for rule in routes(app)
        if rule.arguments - SECRETS and who(rule) != ADMINISTRATOR and access.EVERYBODY not in who(rule)
    ]  # fmt: skip


def visitor(session: Session, rule: Rule, own: Service) -> Person:
    """Somebody who may open the rule's page, for one branch."""
    return make.person(session, *(sorted(who(rule) - {"administrator", access.SIGNED_IN}) or ["lead"]), services=[own])


def forged(rule: Rule, foreign: dict[str, int], own: dict[str, int]) -> list[dict[str, int]]:
    """The values to try: every id foreign, and each one foreign among others that are the visitor's own."""
    names = sorted(rule.arguments - SECRETS)
    unknown = [name for name in names if name.endswith("_id") and name not in FOREIGN]
    assert not unknown, f"say in FOREIGN what {unknown} of {rule} is"
    ids = [name for name in names if name in FOREIGN]
    mixed = [{other: own[other] for other in ids} | {name: foreign[name]} for name in ids] if len(ids) > 1 else []
    return [{name: foreign[name] for name in ids}, *mixed]


def test_every_id_of_another_branch_is_not_found(open_app, unit):
    make.organisation(unit)
    here, elsewhere = (make.service(unit, name, make.root(unit)) for name in ("North", "South"))
    foreign, own = ({name: maker(unit, branch) for name, maker in FOREIGN.items()} for branch in (elsewhere, here))
    people = [(rule, visitor(unit, rule, here)) for rule in with_ids(open_app)]
    unit.commit()
    found = []
    for rule, person in people:
        browser = Browser(open_app)
        browser.sign_in(person)
        for values in forged(rule, foreign, own):
            answer = ask(browser, rule, address(rule, values))
            if answer.status_code != 404:
                found.append(f"{answer.status_code} {rule.endpoint} {values}")
    assert found == []


def test_ones_own_ids_are_found(open_app, unit):
    """The near miss of the sweep above: it would pass just as well if nothing were ever found."""
    make.organisation(unit)
    here = make.service(unit, "North", make.root(unit))
    own = make.improvement(unit, service=here).id
    lead = make.person(unit, "lead", services=[here])
    unit.commit()
    browser = Browser(open_app)
    browser.sign_in(lead)
    assert browser.client.get(f"/backlog/{own}").status_code == 200


def test_an_id_that_no_database_holds_is_not_found(open_app, unit):
    make.organisation(unit)
    everybody = make.person(unit, *DUTIES)
    unit.commit()
    browser = Browser(open_app)
    browser.sign_in(everybody)
    for rule in routes(open_app):
        numbers = [name for name in rule.arguments if name.endswith("_id")]
        if numbers:
            path = address(rule).replace("987654", str(10**30))
            assert ask(browser, rule, path).status_code in {404, 405}, path
