"""How much the machine misses and lets in, from the sentences that people have checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.stats.intervals import wilson
from surveyapp.models import Check, Mention

IN = frozenset({"suggestion", "complaint"})
"""Kinds that go into the backlog."""
MONTHS = 12
ENOUGH = 10
"""Sentences of a sort below which a rate would say next to nothing."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of `of` checked sentences with its 95 % interval (Wilson); None of it below ENOUGH."""

    events: int
    of: int

    @property
    def known(self) -> bool:
        """Say whether there is enough to say."""
        return self.of >= ENOUGH

    @property
    def share(self) -> float:
        """The share, 0 to 1."""
        return self.events / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, 0 to 1."""
        return wilson(self.events, self.of)


@dataclass(frozen=True, slots=True)
class Quality:
    """What people found in the months checked: `missed` of all that customers asked for, `leaked` of all in the backlog."""

    checked: int
    missed: Rate
    leaked: Rate
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """One month's sample: how far it is checked, and what was found wrong."""

    month: int
    drawn: int
    checked: int
    missed: int
    leaked: int


def quality(session: Session, *, until: int | None = None) -> Quality:
    """Pool the last year of samples; `until` is the last month that counts (year * 12 + month - 1), by default the newest."""
    last = until if until is not None else session.scalar(select(func.max(Check.month)))
    if last is None:
        return Quality(0, Rate(0, 0), Rate(0, 0))
    counts = _counts(session, last - MONTHS + 1, last)
    within = [month for month, _in, _verdict in counts]
    n = {sort: sum(v for (_m, *at), v in counts.items() if tuple(at) == sort) for sort in _SORTS}
    missed = Rate(n[False, "wrong"], n[False, "wrong"] + n[True, "right"])
    leaked = Rate(n[True, "wrong"], n[True, "wrong"] + n[True, "right"])
    return Quality(sum(n.values()), missed, leaked, min(within, default=None), max(within, default=None))


def customers(session: Session) -> Rate:
    """Return how many of the sentences that customers themselves judged ("Is that right?") were, as they say, not meant so.

    Whoever comes back with a code chooses what to answer, so this is no random sample: it stands beside check 20, never in it.
    """
    told = select(Mention.customer_says, func.count()).where(Mention.customer_says.is_not(None))
    said = {says: n for says, n in session.execute(told.group_by(Mention.customer_says))}  # noqa: C416 - a row is no pair to the type checker
    return Rate(said.get("no", 0), sum(said.values()))


_SORTS = tuple((filed, verdict) for filed in (True, False) for verdict in ("right", "wrong"))


def months(session: Session, limit: int = 24) -> list[Month]:
    """Return the samples, newest first."""
    newest = select(Check.month, func.count()).group_by(Check.month).order_by(Check.month.desc()).limit(limit)
    drawn = {month: n for month, n in session.execute(newest)}  # noqa: C416 - a row is no pair to the type checker
    counts = _counts(session, min(drawn, default=0), max(drawn, default=0))
    return [
        Month(
            month,
            n,
            sum(counts[month, *sort] for sort in _SORTS),
            counts[month, False, "wrong"],
            counts[month, True, "wrong"],
        )
        for month, n in drawn.items()
    ]


def _counts(session: Session, first: int, last: int) -> Counter[tuple[int, bool, str]]:
    answered = select(Check.month, Check.said, Check.verdict, func.count()).where(
        Check.verdict.is_not(None), Check.month.between(first, last)
    )
    found: Counter[tuple[int, bool, str]] = Counter()
    for month, said, verdict, n in session.execute(answered.group_by(Check.month, Check.said, Check.verdict)):
        found[month, said in IN, verdict or ""] += n
    return found
