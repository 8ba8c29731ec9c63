"""What the pages show of standards: a card each, the words of a judgement, and every judgement as a row of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveyapp.accounts.scope import Scope
from surveyapp.models import PART, Judgement, Person, Service, Standard
from surveyapp.standards import agreeing, declaring, gauges, judging, raising, saying
from surveyapp.standards.agreeing import Agreed
from surveyapp.trends import declared
from surveyapp.trends.periods import first_day

SHOWN = 12
"""Months that a card shows."""
HEAD = ("month", "service", "standard", "measured by", "aim", "verdict", "value", "counted", "look", "judged at")


@dataclass(frozen=True, slots=True)
class Card:
    """A standard as its page and the list show it; `raised` is the level to propose where "raise it?" is asked."""

    standard: Standard
    aim: str
    judged: list[Judgement]
    agreed: Agreed
    asked: bool
    raised: str


class Cards:
    """Makes cards for one person; what all cards need is read once."""

    def __init__(self, session: Session, person: Person, month: int) -> None:
        self.session, self.person, self.month = session, person, month
        self.standards = declared.every(session)
        self.people = agreeing.everybody(session)

    def concerning(self, scope: Scope) -> list[tuple[Service, list[Card]]]:
        """Return the standards that concern a scope by node, in the order of the tree; those in force first."""
        found: dict[int, list[Card]] = {}
        for each in sorted(self.standards, key=lambda each: each.retired_from is not None):
            if declaring.concerns(scope, each.service):
                found.setdefault(each.service_id, []).append(self.of(each))
        tree = Scope.everything(self.session).tree(self.session)
        return [(node, found[node.id]) for node in tree if node.id in found]

    def of(self, standard: Standard) -> Card:
        """Return one standard as its page shows it."""
        judged = own(self.session, standard)
        agreed = agreeing.standing(self.session, standard, self.standards, self.people, self.month)
        asks = raising.asks(self.session, standard, judged)
        raised = write(raising.proposed(standard, judged), standard) if asks else ""
        asked = any(each.id == self.person.id for each in agreed.missing)
        return Card(standard, aim(standard), judged[-SHOWN:], agreed, asked, raised)


def own(session: Session, standard: Standard) -> list[Judgement]:
    """Return how a standard's own node was judged, oldest month first."""
    return judging.latest(session, nodes=[standard.service_id], standard_id=standard.id)


def places(session: Session, scope: Scope, standard: Standard) -> list[tuple[Service, list[Judgement]]]:
    """Return the last months of every node in scope at which a standard was judged and still counts, in the order of the tree."""
    found: dict[int, list[Judgement]] = {}
    for each in judging.latest(session, nodes=scope.services(), standard_id=standard.id):
        found.setdefault(each.service_id, []).append(each)
    standards = declared.every(session)

    def counts(node: Service) -> bool:
        """Say whether no nearer standard has taken its place since."""
        held = declared.holding(standards, node, found[node.id][-1].month)
        return any(each.id == standard.id for each, _version in held)

    return [(node, found[node.id][-SHOWN:]) for node in scope.tree(session) if node.id in found and counts(node)]


def aim(standard: Standard) -> str:
    """Say what the latest version of a standard aims at."""
    return gauges.aim(standard.latest, standard.gauge, standard.measure)


def write(value: int, standard: Standard) -> str:
    """Write a level or a value of a standard."""
    return gauges.write(value, standard.gauge, standard.measure)


def rows(session: Session, scope: Scope, *, exact: bool) -> Iterator[tuple[Any, ...]]:
    """Yield every judgement in scope, those that were changed by a later one too, as rows under HEAD; `exact` says over how many."""
    wanted = select(Judgement).where(Judgement.service_id.in_(scope.services()))
    ordered = wanted.order_by(Judgement.month, Judgement.service_id, Judgement.standard_id, Judgement.number)
    loaded = (joinedload(Judgement.standard), joinedload(Judgement.version), joinedload(Judgement.service))
    for each in session.scalars(ordered.options(*loaded)):
        standard = each.standard
        value = None if each.value is None else gauges.to_step(each.value, standard.gauge, standard.measure) / PART
        yield (
            first_day(each.month), each.service.name, each.version.sentence, gauges.name_of(standard.gauge, standard.measure),
            gauges.aim(each.version, standard.gauge, standard.measure), gettext(saying.NAMES[each.verdict]), value,
            each.n if exact and each.value is not None and standard.gauge != "esat" else None, each.number + 1, each.at,
        )  # fmt: skip
