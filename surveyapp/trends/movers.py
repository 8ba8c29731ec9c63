"""What moves the rating? How often each theme comes up in rated comments, and how much the rating differs where it does.

Needs the comments themselves, so the clock computes it (see computing.py) over closed months, and stores it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.models import Comment, Theme, comment_theme
from surveyapp.rollups import month_of

MOST = 200_000
"""Rated comments that are read, the newest: more would say the same, and the clock has other work."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One rated response with a comment: its rating from 0 to 100, and the themes of its comments."""

    service_id: int
    month: int
    rating: int
    themes: frozenset[int]


def read(session: Session, first: int, as_of: date) -> list[Rated]:
    """Read the rated responses with a comment from month `first` on and before the day `as_of`."""
    begins = date(first // 12, first % 12 + 1, 1)
    wanted = (
        select(Comment.id, Comment.response_id, Comment.service_id, Comment.day, Comment.rating)
        .where(Comment.rating.is_not(None), Comment.day >= begins, Comment.day < as_of)
        .order_by(Comment.day.desc(), Comment.id.desc())
        .limit(MOST)
    )
    rows = session.execute(wanted).all()
    themes = _themes(session, begins, as_of)
    responses: dict[int, tuple[int, int, int]] = {}
    about: dict[int, set[int]] = defaultdict(set)
    for comment_id, response_id, service_id, day, rating in rows:
        responses[response_id] = (service_id, month_of(day), int(rating or 0))
        about[response_id] |= themes.get(comment_id, set())
    return [Rated(*place, frozenset(about[key])) for key, place in sorted(responses.items())]


def _themes(session: Session, begins: date, as_of: date) -> dict[int, set[int]]:
    wanted = (
        select(comment_theme.c.comment_id, comment_theme.c.theme_id)
        .join(Comment, Comment.id == comment_theme.c.comment_id)
        .where(Comment.rating.is_not(None), Comment.day >= begins, Comment.day < as_of)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for comment_id, theme_id in session.execute(wanted):
        found[comment_id].add(theme_id)
    return found


def names(session: Session) -> dict[int, str]:
    """Return the active themes by id, in their order."""
    wanted = select(Theme.id, Theme.name).where(Theme.active).order_by(Theme.position, Theme.id)
    return {row[0]: row[1] for row in session.execute(wanted)}


def compute(rated: list[Rated], themes: dict[int, str]) -> dict[str, Any]:
    """Return a driver a theme, as stored: bounds and field as in analysis.stats.drivers; None for what is not known."""
    import numpy as np  # noqa: PLC0415 - never on the way to a customer's page

    from analysis.stats.drivers import drivers  # noqa: PLC0415

    ids = list(themes)
    about = np.array([[theme in each.themes for theme in ids] for each in rated], dtype=bool).reshape(-1, len(ids))
    found = drivers(
        [float(each.rating) for each in rated], about, [str(theme) for theme in ids],
        branch=[each.service_id for each in rated], month=[each.month for each in rated],
    )  # fmt: skip
    return {
        "rated": len(rated),
        "themes": [
            {
                "theme": int(each.theme), "mentions": each.mentions, "share": _known(each.share),
                "difference": _known(each.difference), "low": _known(each.low), "high": _known(each.high),
                "field": each.field,
            }
            for each in found
        ],
    }  # fmt: skip


def _known(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
