"""The chart "Did we keep to our standards?": each standard of a node and of what lies right under it, month by month, as it was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext, ngettext
from sqlalchemy import or_, select

from surveyapp.models import CorrectiveAction, Judgement, Service
from surveyapp.trends import declared
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.frame import Frame
from surveyapp.trends.periods import Stamp, first_day, long, short

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 16
Line = tuple[int, int]
"""A standard and a node."""


def make(material: Material) -> Chart:
    """Make "Did we keep to our standards?". Judged by month, whatever the grain; part of the customers has no standard."""
    frame = material.frame
    held = _judged(material) if frame.segment is None else {}
    months = list(frame.closed_months)

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.grid import Row, grid  # noqa: PLC0415 - matplotlib takes a second

        rows = [
            Row(
                _named(next(iter(each.values())), frame),
                [each[month].verdict if month in each else "" for month in months],
            )
            for each in list(held.values())[:MOST_ROWS]
        ]
        return grid(rows, [short(month) for month in months], dark=dark, narrow=narrow)

    missed = [each for line in held.values() for each in line.values() if each.verdict == "missed"]
    missed.sort(key=lambda each: (-each.month, each.service.path, each.standard_id))
    said = _said(held, frame)
    how = (
        gettext("Each standard by the level it had in the month, at this place and at those right under it. A circle: met. A cross: missed "
                "by more than chance. A dot: too few to tell. Nothing: not judged."),
        gettext("A month stays as it was judged; where its figures changed later it was judged anew, and the latest counts here."),
    )  # fmt: skip
    return Chart(
        "standards", gettext("Did we keep to our standards?"), said, gettext("A grid of months with marks. %(said)s", said=said),
        (gettext("Deviation"), gettext("Where"), gettext("Standard"), gettext("Something was done")),
        [_row(each, _acted(material)) for each in missed], how, draw, (), tuple(f"/standards/{each.standard_id}" for each in missed),
    )  # fmt: skip


def _judged(material: Material) -> dict[Line, dict[int, Judgement]]:
    """Return the judgement that holds by line and month: the node's own first, then its children's, in the order of the tree."""
    frame = material.frame
    near = or_(Service.id == frame.service.id, Service.parent_id == frame.service.id)
    wanted = select(Judgement).join(Judgement.service).where(near, Judgement.month.in_(list(frame.closed_months)))
    found: dict[Line, dict[int, Judgement]] = {}
    ordered = wanted.order_by(Service.position, Service.name, Judgement.standard_id, Judgement.month, Judgement.number)
    standards = declared.every(material.session)
    for each in material.session.scalars(ordered):
        if (each.standard, each.version) in declared.holding(standards, each.service, each.month):
            found.setdefault((each.standard_id, each.service_id), {})[each.month] = each
    return dict(sorted(found.items(), key=lambda each: each[0][1] != frame.service.id))


def _acted(material: Material) -> set[Line]:
    wanted = select(CorrectiveAction.standard_id, CorrectiveAction.service_id).where(
        CorrectiveAction.taken_back_at.is_(None)
    )
    return {(row[0], row[1]) for row in material.session.execute(wanted)}


def _row(each: Judgement, acted: set[Line]) -> tuple[Stamp, str, str, str]:
    done = (each.standard_id, each.service_id) in acted
    stamp = Stamp(first_day(each.month), long(each.month))
    return stamp, each.service.name, each.version.sentence, gettext("yes") if done else gettext("no")


def _named(each: Judgement, frame: Frame) -> str:
    sentence = each.version.sentence.rstrip(".")
    return sentence if each.service_id == frame.service.id else f"{each.service.name}: {sentence}"


def _said(held: dict[Line, dict[int, Judgement]], frame: Frame) -> str:
    own = {line: months for line, months in held.items() if line[1] == frame.service.id}
    if frame.segment is not None:
        return gettext("Standards hold for all customers together, not for a part of them.")
    if not own:
        return gettext("No standard of this place has been judged in this time.")
    last = max(month for months in own.values() for month in months)
    latest = [months[last] for months in own.values() if last in months]
    met = sum(each.verdict == "met" for each in latest)
    missed = sum(each.verdict == "missed" for each in latest)
    return ngettext(
        "In %(month)s %(met)d of %(num)d standard was met and %(missed)d missed.",
        "In %(month)s %(met)d of %(num)d standards were met and %(missed)d missed.",
        len(latest), month=long(last), met=met, missed=missed,
    )  # fmt: skip
