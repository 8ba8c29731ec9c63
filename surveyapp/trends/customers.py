"""What customers themselves say of what was done: whoever came back with a code, or was told, and was asked "did it help you?"."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy.orm import Session

from surveyapp.models import VERDICTS
from surveyapp.trends import counts
from surveyapp.trends.frame import Frame
from surveyapp.trends.mentioned import roots

Said = dict[int, Counter[str]]
"""How often each of VERDICTS was said, by the improvement that speaks for itself."""


def read(session: Session, frame: Frame) -> Said:
    """Return what was said in the months that are shown or judged by, at the frame's node and under it."""
    up, found = roots(session), defaultdict[int, Counter[str]](Counter)
    for (key, _month), n in counts.by_month(session, frame, "verdict", [""]).items():
        improvement, _colon, says = key.partition(":")
        if says in VERDICTS:
            found[up.get(int(improvement), int(improvement))][says] += n
    return dict(found)
