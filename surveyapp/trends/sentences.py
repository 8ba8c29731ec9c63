"""What each chart finds, in a sentence computed from the data. It claims a change only when the signals do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask_babel import format_number, gettext, ngettext

from surveyapp.models import VERDICTS
from surveyapp.trends.answers import Answers
from surveyapp.trends.helping import Verdict
from surveyapp.trends.ratings import ENOUGH, Ratings

if TYPE_CHECKING:
    from analysis.stats.control_chart import ControlChart

PURPOSES = {
    "csat": "happy with the service",
    "value": "happy with the value",
    "expectation": "positively surprised",
    "nps": "willing to recommend us",
    "ces": "saying that it was easy",
    "feeling": "feeling good",
    "esat": "happy at work",
}


def rating(ratings: Ratings, chart: ControlChart | None, begins: Iterable[int] = ()) -> str:
    """Say whether customers are happier; `begins` has the places at which new levels start."""
    closed = [(place, share) for place, share in enumerate(ratings.shares[: ratings.frame.closed]) if share is not None]
    if not closed:
        return gettext("Nobody has answered yet.")
    place, share = closed[-1]
    now = gettext(
        "%(share)d %% of customers were %(what)s in %(month)s",
        share=round(100 * share), what=PURPOSES.get(ratings.frame.purpose, "positive"), month=ratings.frame.named(place),
    )  # fmt: skip
    if chart is None:
        return now + gettext(
            "; too few months to tell whether that is a change (%(n)d of %(of)d).", n=ratings.closed, of=ENOUGH
        )
    last = max(begins, default=0)
    if not last:
        return now + "; " + _moved(chart.direction[-3:])
    known = sum(n > 0 for n in ratings.n[last : ratings.frame.closed])
    moved = _moved(chart.direction[last:][-3:]) if known >= ENOUGH else _few_since(known)
    return f"{now}; {moved} {_levels(ratings, chart, last)}".rstrip()


def _few_since(known: int) -> str:
    return gettext(
        "too few months of the new level to tell whether that is a change (%(n)d of %(of)d).", n=known, of=ENOUGH
    )


def _levels(ratings: Ratings, chart: ControlChart, begin: int) -> str:
    """Say the level before and since a new one began; nothing where either has no answers."""
    before, since = float(chart.centre[begin - 1]), float(chart.centre[begin])
    if math.isnan(before) or math.isnan(since):
        return ""
    return gettext(
        "A new level began in %(month)s: %(since)d %% since, %(before)d %% before.",
        month=ratings.frame.named(begin), since=round(100 * since), before=round(100 * before),
    )  # fmt: skip


def _moved(latest: tuple[str, ...]) -> str:
    if "improvement" in latest and "concern" not in latest:
        return gettext("that is better than chance explains.")
    if "concern" in latest and "improvement" not in latest:
        return gettext("that is worse than chance explains.")
    if "concern" in latest:
        return gettext("the last months moved up and down more than chance explains.")
    return gettext("the last months differ by no more than chance.")


def answered(answers: Answers) -> str:
    """Say what became of what was raised."""
    done, declined, still_open = sum(answers.done), sum(answers.declined), sum(answers.open)
    total = done + declined + still_open
    if not total:
        return gettext("No suggestion or complaint was raised in this time.")
    return gettext(
        "Of %(total)s comments that asked for something, %(done)s are done, %(declined)s declined with a reason, and %(open)s are open.",
        total=format_number(total), done=format_number(done), declined=format_number(declined), open=format_number(still_open),
    )  # fmt: skip


def helped(verdicts: list[Verdict]) -> str:
    """Say whether acting helped."""
    if not verdicts:
        return gettext("Nothing was finished in this time, so there is nothing to judge yet.")
    judged = [each for each in verdicts if each.judged]
    helpful = sum(each.word == "Helped" for each in judged)
    worse = sum(each.word == "Got worse" for each in judged)
    if not judged:
        return ngettext(
            "%(num)d change was made, and it cannot be judged yet.", "%(num)d changes were made, and none can be judged yet.",
            len(verdicts),
        )  # fmt: skip
    said = ngettext("Of %(num)d change made, ", "Of %(num)d changes made, ", len(verdicts))
    said += gettext("%(n)d can be judged: %(helpful)d helped", n=len(judged), helpful=helpful)
    return said + (gettext(", %(n)d got worse.", n=worse) if worse else ".")


def told(verdicts: list[Verdict], least: int) -> str:
    """Say what customers themselves say of the changes; nothing where fewer than `least` said anything."""
    yes, partly, no = (sum(each.customers.get(says, 0) for each in verdicts) for says in VERDICTS)
    if yes + partly + no < max(least, 1):
        return ""
    return gettext(
        "Asked themselves, %(yes)d of %(all)d customers say that it helped, %(partly)d that it did partly.",
        yes=yes, all=yes + partly + no, partly=partly,
    )  # fmt: skip


def luck(verdicts: list[Verdict]) -> str:
    """Say how many would look helpful by luck alone."""
    from analysis.stats.reading import by_luck  # noqa: PLC0415 - numpy

    judged = sum(each.judged for each in verdicts)
    n = by_luck(judged)
    if not judged:
        return ""
    if not n:
        return ngettext(
            "Of %(num)d change judged, hardly one would look helpful by luck alone.",
            "Of %(num)d changes judged, hardly one would look helpful by luck alone.", judged,
        )  # fmt: skip
    return ngettext(
        "Of %(judged)d changes judged, about %(num)d looks helpful by luck.",
        "Of %(judged)d changes judged, about %(num)d look helpful by luck.", n, judged=judged,
    )  # fmt: skip
