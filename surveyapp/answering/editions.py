"""What this process keeps to answer quickly: published editions (they never change), doors as last seen, and whole pages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from markupsafe import Markup
from sqlalchemy.orm import Session

from surveyapp.answering.door import Door
from surveyapp.errors import NotFound
from surveyapp.models import SurveyVersion
from surveyapp.questions import Edition, edition_of

MOST = 500
FRESH = 60.0
"""Seconds for which a door is believed; what matters of it is asked again in the transaction that stores an answer."""
Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition and the HTML of its questions, unanswered."""

    edition: Edition
    body: Markup


class Editions:
    """The cache; one per application."""

    def __init__(self, render: Callable[[Edition], Markup]) -> None:
        self._render = render
        self._shown: OrderedDict[int, Shown] = OrderedDict()
        self._doors: OrderedDict[str, tuple[float, Door]] = OrderedDict()
        self._pages: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, session: Session, version_id: int) -> Shown:
        """Return an edition, from the database the first time. Raises NotFound for one that was never published."""
        shown = self._shown.get(version_id)
        if shown is not None:
            return shown
        version = session.get(SurveyVersion, version_id)
        if version is None or version.number is None:
            raise NotFound("There is no such survey.")
        edition = edition_of(version)
        return _keep(self._shown, version_id, Shown(edition, self._render(edition)))

    def seen(self, version_id: int) -> Shown | None:
        """Return an edition without asking the database, if this process has shown it."""
        return self._shown.get(version_id)

    def saw(self, door: Door) -> None:
        """Remember a door as it was just now."""
        _keep(self._doors, door.slug, (monotonic(), door))

    def door(self, slug: str, within: float = FRESH) -> Door | None:
        """Return a door as it was seen within so many seconds, or None."""
        at, door = self._doors.get(slug, (0.0, None))
        return door if door is not None and monotonic() - at <= within else None

    def page(self, key: Hashable, render: Callable[[], str]) -> str:
        """Return a page that depends on its key alone, rendered the first time."""
        page = self._pages.get(key)
        return page if page is not None else _keep(self._pages, key, render())

    def forget(self) -> None:
        """Forget everything, as a process that has just started."""
        for kept in (self._shown, self._doors, self._pages):
            kept.clear()


def _keep(where: OrderedDict[Key, Kept], key: Key, what: Kept) -> Kept:
    where[key] = what
    while len(where) > MOST:
        where.popitem(last=False)
    return what
