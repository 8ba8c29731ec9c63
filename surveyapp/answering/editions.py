"""The published editions that this process has shown, with the body of each one's empty form: versions never change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from surveyapp.answering.door import Door
from surveyapp.errors import NotFound
from surveyapp.models import SurveyVersion
from surveyapp.questions import Edition, edition_of

MOST = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition and the HTML of its questions, unanswered."""

    edition: Edition
    body: Markup


class Editions:
    """A cache of published editions by version; one per process."""

    def __init__(self, render: Callable[[Edition], Markup]) -> None:
        self._render = render
        self._shown: OrderedDict[int, Shown] = OrderedDict()
        self.doors: dict[str, Door] = {}  # as last seen, for the page of a survey while the database is down

    def seen(self, version_id: int) -> Shown | None:
        """Return an edition without asking the database, if this process has shown it."""
        return self._shown.get(version_id)

    def get(self, session: Session, version_id: int) -> Shown:
        """Return an edition, from the database the first time. Raises NotFound for one that was never published."""
        shown = self._shown.get(version_id)
        if shown is not None:
            return shown
        version = session.get(SurveyVersion, version_id)
        if version is None or version.number is None:
            raise NotFound("There is no such survey.")
        edition = edition_of(version)
        shown = self._shown[version_id] = Shown(edition, self._render(edition))
        while len(self._shown) > MOST:
            self._shown.popitem(last=False)
        return shown
