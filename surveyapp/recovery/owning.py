"""Whose a follow-up is from the start: the one lead who stands nearest to the service, or whose team has the theme."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.models import Duty, Person, Service, Team


class Owners:
    """Finds owners for one batch; leads and teams are read once."""

    def __init__(self, session: Session) -> None:
        leading = select(Person).where(Person.active.is_(True), Person.roles.any(Duty.name == "lead"))
        self._leads = list(session.scalars(leading.order_by(Person.id)))
        teams = select(Team).options(selectinload(Team.people), selectinload(Team.themes), selectinload(Team.services))
        self._teams = list(session.scalars(teams))

    def of(self, service: Service, themes: Collection[int]) -> int | None:
        """Return the id of the owner; None where nobody leads the service or several do, and no team's theme decides."""
        nearest = self._nearest(service)
        if len(nearest) == 1:
            return nearest[0].id
        named = {each.id for team in self._teams if _is_about(team, service, themes) for each in team.people}
        chosen = [each.id for each in nearest if each.id in named]
        return chosen[0] if len(chosen) == 1 else None

    def _nearest(self, service: Service) -> list[Person]:
        how_near = {each.id: _nearness(each, service) for each in self._leads}
        best = max(how_near.values(), default=0)
        return [each for each in self._leads if best and how_near[each.id] == best]


def _nearness(person: Person, service: Service) -> int:
    """Return how deep in the tree the lowest of somebody's services stands that holds this one; 0 for none."""
    return max((1 + each.depth for each in person.services if each.holds(service)), default=0)


def _is_about(team: Team, service: Service, themes: Collection[int]) -> bool:
    here = not team.services or any(each.holds(service) for each in team.services)
    return here and any(theme.id in themes for theme in team.themes)
