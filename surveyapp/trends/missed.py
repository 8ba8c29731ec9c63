"""How much the machine misses, as people found who checked a sample: it stands under every chart that rests on the machine."""

from __future__ import annotations

from flask_babel import gettext
from sqlalchemy.orm import Session

from surveyapp.quality import rates

BY_MACHINE = frozenset({"answered", "helped", "where", "waits", "themes"})
"""Charts whose figures were read by the machine."""


def said(session: Session) -> str:
    """Say how many suggestions and complaints are missed, or that nobody has checked yet."""
    missed = rates.quality(session).missed
    if not missed.known:
        return gettext("Not yet checked by people: how much the machine misses is not known.")
    low, high = missed.interval
    return gettext(
        "People checked a sample: we miss about %(share)d %% of what customers ask for (%(low)d–%(high)d).",
        share=round(100 * missed.share), low=round(100 * low), high=round(100 * high),
    )  # fmt: skip
