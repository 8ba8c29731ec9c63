"""The analyser as this organisation has set it: its own themes, and whether advice to other customers counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Comment, Theme

if TYPE_CHECKING:
    from analysis.analyser import Analyser

log = structlog.get_logger()


class Analysers:
    """Made once per process; makes its analysers anew when somebody changed the themes."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] | None = None
        self._made: dict[bool, Analyser] = {}

    def refresh(self, session: Session) -> None:
        """Read the themes; forget the analysers where they differ from last time."""
        listed = select(Theme).where(Theme.active).order_by(Theme.position, Theme.id)
        rows = [{"name": each.name, "words": each.words, "examples": each.examples} for each in session.scalars(listed)]
        if rows != self._rows:
            self._rows, self._made = rows, {}

    def body(self, comment: Comment) -> dict[str, Any]:
        """Analyse one comment; return its findings line without the text, or an unread one where the analysis failed."""
        try:
            found = self._analyser(comment.response.survey.count_advice).analyse(
                comment.text, asked=asked_of(comment.purpose)
            )
        except Exception as fault:
            log.exception("analysis failed", comment=comment.id)
            return {"language": None, "sentiment": None, "analyser": f"failed: {type(fault).__name__}"[:60]}
        body = found.as_dict()
        for part in (*body["sentences"], *body["suggestions"], *body["people"]):
            part.pop("text", None)  # the words stand in the comment alone, so that erasing it erases them
            part.pop("name", None)
        return body

    def _analyser(self, count_advice: bool) -> Analyser:
        if count_advice not in self._made:
            from analysis.analyser import Analyser  # noqa: PLC0415 - only the process that listens loads the weights
            from analysis.text.themes import ThemeList  # noqa: PLC0415

            self._made[count_advice] = Analyser(themes=ThemeList.from_rows(self._rows or []), count_advice=count_advice)
        return self._made[count_advice]


def asked_of(purpose: str | None) -> str | None:
    return purpose if purpose in {"suggestion", "experience"} else None
