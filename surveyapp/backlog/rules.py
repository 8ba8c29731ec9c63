"""Rules in the way: which rule of ours hurt, how often customers met it, and what was decided about it and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from surveyapp import rollups
from surveyapp.accounts.audit import record
from surveyapp.accounts.scope import Scope
from surveyapp.backlog import listing
from surveyapp.backlog.families import roots
from surveyapp.errors import Invalid, NotFound
from surveyapp.models import (
    DECISIONS,
    Improvement,
    ImprovementCount,
    Mention,
    Person,
    Rule,
    RuleDecision,
    improvement_rule,
)

LONGEST = 160
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rule with how many comments met it, the improvements that it stands in the way of, and some of the customers' words."""

    rule: Rule
    comments: int
    improvements: list[Improvement]
    quotes: list[Mention]

    @property
    def decision(self) -> RuleDecision | None:
        """What was decided last."""
        return self.rule.decisions[-1] if self.rule.decisions else None


def put(session: Session, improvement: Improvement, name: str, *, by: int) -> Rule:
    """Name the rule that stands in the way of an improvement. Raises Invalid for an empty or long name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise Invalid(f"Name the rule in a sentence of at most {LONGEST} characters.", field="name")
    rollups.bump(session, "rules")  # two who name the same rule at once would make it twice
    rule = session.scalars(select(Rule).where(Rule.name == name)).first() or Rule(name=name, created_by=by)
    session.add(rule)
    session.flush()
    if rule not in improvement.rules:
        improvement.rules.append(rule)
        record(session, by, "rule in the way", improvement, rule=rule.id)
    return rule


def remove(session: Session, improvement: Improvement, rule_id: int, *, by: int) -> None:
    """Say that a rule is not in the way after all; it stays known with what was decided about it."""
    rule = next((each for each in improvement.rules if each.id == rule_id), None)
    if rule is not None:
        improvement.rules.remove(rule)
        record(session, by, "rule out of the way", improvement, rule=rule.id)


def decide(session: Session, rule: Rule, decision: str, why: str, *, by: int) -> RuleDecision:
    """Decide about a rule: drop it, bend it or keep it. Raises Invalid for another word, or without a reason."""
    if decision not in DECISIONS:
        raise Invalid("Choose whether the rule is dropped, bent or kept.", field="decision")
    if not why.strip():
        raise Invalid("Say why: whoever meets the rule next will ask.", field="why")
    made = RuleDecision(rule_id=rule.id, decision=decision, why=why.strip(), by=by)
    rule.decisions.append(made)
    record(session, by, f"{decision} rule", rule)
    return made


def fetch(scope: Scope, session: Session, person: Person, rule_id: int) -> Rule:
    """Fetch a rule. Raises NotFound unless it stands in the way of something that this person sees."""
    seen = select(improvement_rule.c.rule_id).join(Improvement, Improvement.id == improvement_rule.c.improvement_id)
    seen = seen.where(listing.seen_by(scope, session, person))
    found = session.scalars(select(Rule).where(Rule.id == rule_id, Rule.id.in_(seen))).first()
    if found is None:
        raise NotFound("There is no such rule, or it stands in the way of nothing of yours.")
    return found


def names(scope: Scope, session: Session, person: Person) -> list[str]:
    """Return the names of the rules that this person may know, to choose from."""
    return sorted(each.rule.name for each in _seen(scope, session, person))


def ranked(scope: Scope, session: Session, person: Person) -> list[Ranked]:
    """Return the rules that this person sees, with what their own branches' customers said, most comments first."""
    found = _seen(scope, session, person)
    families = _families(session, [each.id for rule in found for each in rule.improvements])
    counted = _counted(scope, session, [member for members in families.values() for member in members])
    made = []
    for rule in found:
        members = [member for each in rule.improvements for member in families[each.id]]
        quotes = _quotes(scope, session, members)
        made.append(
            Ranked(rule.rule, sum(counted.get(member, 0) for member in set(members)), rule.improvements, quotes)
        )
    return sorted(made, key=lambda each: (-each.comments, each.rule.name))


@dataclass(frozen=True, slots=True)
class _Seen:
    rule: Rule
    improvements: list[Improvement]


def _seen(scope: Scope, session: Session, person: Person) -> list[_Seen]:
    there = (
        select(Rule, Improvement)
        .join(improvement_rule, improvement_rule.c.rule_id == Rule.id)
        .join(Improvement, Improvement.id == improvement_rule.c.improvement_id)
        .where(listing.seen_by(scope, session, person))
        .options(selectinload(Rule.decisions))
        .order_by(Rule.id, Improvement.id)
    )
    found: dict[int, _Seen] = {}
    for rule, improvement in session.execute(there):
        found.setdefault(rule.id, _Seen(rule, [])).improvements.append(improvement)
    return list(found.values())


def _families(session: Session, ids: list[int]) -> dict[int, list[int]]:
    up = roots()
    found = {each: [each] for each in ids}
    for member, root in session.execute(select(up.c.id, up.c.root_id).where(up.c.root_id.in_(ids))):
        found[root].append(member)
    return found


def _counted(scope: Scope, session: Session, ids: list[int]) -> dict[int, int]:
    counts = select(ImprovementCount.improvement_id, func.sum(ImprovementCount.n))
    counts = counts.where(ImprovementCount.improvement_id.in_(ids), ImprovementCount.service_id.in_(scope.services()))
    return {each: int(n) for each, n in session.execute(counts.group_by(ImprovementCount.improvement_id))}


def _quotes(scope: Scope, session: Session, ids: list[int]) -> list[Mention]:
    said = select(Mention).where(
        Mention.improvement_id.in_(ids), Mention.state == "filed", Mention.service_id.in_(scope.services())
    )
    newest = said.order_by(Mention.day.desc(), Mention.id.desc()).limit(QUOTES).options(joinedload(Mention.comment))
    return list(session.scalars(newest))
