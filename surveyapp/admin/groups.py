"""Teams and themes: what people share, and what comments are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.accounts import audit
from surveyapp.errors import Conflict, NotFound
from surveyapp.models import Person, Service, Team, Theme

Named = TypeVar("Named", Team, Theme)


def teams(session: Session) -> Sequence[Team]:
    """Return all teams, by name."""
    return session.scalars(select(Team).order_by(Team.name)).all()


def themes(session: Session) -> Sequence[Theme]:
    """Return all themes in their order."""
    return session.scalars(select(Theme).order_by(Theme.position, Theme.id)).all()


def fetch(session: Session, kind: type[Named], row_id: int) -> Named:
    """Fetch a team or a theme. Raises NotFound."""
    found = session.get(kind, row_id)
    if found is None:
        raise NotFound(gettext("There is no such team.") if kind is Team else gettext("There is no such theme."))
    return found


def add_team(session: Session, by: Person, name: str) -> Team:
    """Add an empty team. Raises Conflict for a name that is taken."""
    _unique(session, Team, name)
    team = Team(name=name.strip())
    session.add(team)
    audit.record(session, by, "added", team)
    return team


def change_team(
    session: Session, by: Person, team: Team, *,
    name: str, people: Sequence[Person], themes: Sequence[Theme], services: Sequence[Service],
) -> None:  # fmt: skip
    """Say anew who and what belongs to a team. Raises Conflict for a name that is taken."""
    _unique(session, Team, name, but=team.id)
    team.name = name.strip()
    team.people, team.themes, team.services = list(people), list(themes), list(services)
    audit.record(
        session, by, "changed", team,
        people=[each.id for each in people], themes=[each.id for each in themes], services=[each.id for each in services],
    )  # fmt: skip


def remove_team(session: Session, by: Person, team: Team) -> None:
    """Remove a team; its people, themes and services stay."""
    audit.record(session, by, "removed", team)
    session.delete(team)


def add_theme(session: Session, by: Person, name: str) -> Theme:
    """Add a theme at the end. Raises Conflict for a name that is taken or holds no word."""
    _telling(name)
    _unique(session, Theme, name)
    last = session.scalar(select(func.max(Theme.position))) or 0
    theme = Theme(name=name.strip(), position=last + 1)
    session.add(theme)
    audit.record(session, by, "added", theme)
    return theme


def change_theme(
    session: Session,
    by: Person,
    theme: Theme,
    *,
    name: str,
    words: Sequence[str],
    examples: Sequence[str],
    active: bool,
) -> None:
    """Change a theme; comments heard from now on follow it. Raises Conflict for a name that is taken or holds no word."""
    _telling(name)
    _unique(session, Theme, name, but=theme.id)
    theme.name, theme.active = name.strip(), active
    theme.words, theme.examples = distinct(words), distinct(examples)
    audit.record(session, by, "changed", theme, active=active, words=len(theme.words), examples=len(theme.examples))


def shift_theme(session: Session, by: Person, theme: Theme, step: int) -> None:
    """Move a theme up (-1) or down (1) by one place; at either end nothing happens."""
    order = list(themes(session))
    here = order.index(theme)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for position, each in enumerate(order):
        each.position = position
    audit.record(session, by, "moved", theme, position=[here, there])


def distinct(lines: Sequence[str]) -> list[str]:
    """Return the lines without blanks and repetitions, in their order."""
    return list(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _telling(name: str) -> None:
    """Raise Conflict for a name without a word: the analysis looks for the name itself where a theme has no words."""
    from analysis.text.roots import roots  # noqa: PLC0415 - only who edits themes waits for it

    if not roots(name):
        raise Conflict(gettext("Write a name with at least one word in it."))


def _unique(session: Session, kind: type[Named], name: str, *, but: int | None = None) -> None:
    found = session.scalar(select(kind.id).where(func.lower(kind.name) == name.strip().lower()))
    if found is not None and found != but:
        raise Conflict(gettext("%(name)s exists already.", name=name.strip()))
