"""How a judged month is said: in a word with its value, in a sentence, and between what chance alone may put it."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from surveyapp.models import Judgement
from surveyapp.standards import gauges
from surveyapp.trends.periods import long

NAMES = {"met": "met", "missed": "missed", "few": "too few to tell"}


def sentence(each: Judgement) -> str:
    """Say in a sentence what was missed, by how much, where and when."""
    standard = each.standard
    return gettext(
        "“%(standard)s”: %(value)s in %(month)s at %(place)s, where %(aim)s is the standard.",
        standard=each.version.sentence.rstrip("."), month=long(each.month), place=each.service.name,
        value=gauges.rounded(each.value or 0, standard.gauge, standard.measure),
        aim=gauges.aim(each.version, standard.gauge, standard.measure),
    )  # fmt: skip


def said(each: Judgement, *, exact: bool = False) -> str:
    """Say how a month stood; `exact` adds over how many, for whoever reads the comments anyway."""
    name = gettext(NAMES[each.verdict])
    if each.value is None:
        return name
    standard = each.standard
    value = gauges.rounded(each.value, standard.gauge, standard.measure)
    if exact and standard.gauge not in {"esat", "figure"}:
        return f"{name}: {value} " + ngettext("of %(num)d", "of %(num)d", each.n)
    return f"{name}: {value}"


def reach(each: Judgement) -> str:
    """Say between what chance alone may put the value of a month, "" where that is not known."""
    standard = each.standard
    if each.low is None or each.high is None or standard.gauge == "figure":
        return ""
    low, high = (gauges.rounded(value, standard.gauge, standard.measure) for value in (each.low, each.high))
    return gettext("%(low)s to %(high)s", low=low, high=high)
