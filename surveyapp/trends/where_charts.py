"""Charts of where to look: what moves the rating, branches compared, and what comments are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask_babel import gettext

from surveyapp.trends import breakdowns, computing, guard, marks, movers, warning, words
from surveyapp.trends.charts import Chart, Material

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from analysis.stats.funnel import Funnel

MOST_THEMES = 12
ORDER = ("fix first", "watch", "keep up", "leave", "too few to tell")


def where(material: Material) -> Chart:
    """Make "Where to look next?" from what the clock stored: the map of four fields."""
    frame = material.frame
    found = computing.stored(material.session, computing.DRIVERS, frame)
    names = movers.names(material.session)
    themes: list[dict[str, Any]] = [each for each in found.body["themes"] if each["theme"] in names] if found else []
    themes.sort(key=lambda each: (ORDER.index(each["field"]), -(each["share"] or 0) * abs(each["difference"] or 0)))

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.fields import Spot, fields  # noqa: PLC0415 - matplotlib takes a second

        known = [each for each in themes if each["difference"] is not None]
        spots = [Spot(names[each["theme"]], each["share"], each["difference"], each["field"]) for each in known]
        corners = (gettext("Fix first"), gettext("Keep up"), gettext("Watch"), gettext("Leave"))
        ends = (gettext("comes up in so many rated comments"), gettext("rating where it comes up, points of 100"))
        return fields(spots, corners, ends, dark=dark, narrow=narrow)

    said = words.where([(names[each["theme"]], each["field"]) for each in themes] if found else None, frame)
    how = (
        gettext("From %(n)d rated comments in the months that are over, read by machine and checked by people where they looked.",
                n=found.body["rated"] if found else 0),
        gettext("The difference is that between ratings with and without the theme, at the same branch in the same month, "
                "all themes weighed "
                "together. It says what goes together, not what causes what; whether acting helps is the question of “Did it help?”."),
        gettext("A filled mark is a difference that chance hardly makes; a hollow one may be none. A theme in fewer than 10 "
                "comments is not "
                "judged. To the right is what comes up more often than the average theme (docs/drivers.md)."),
    )  # fmt: skip
    return Chart(
        "where", gettext("Where to look next?"), said, gettext("Map of themes in four fields. %(said)s", said=said),
        (gettext("Theme"), gettext("Field"), gettext("Rated comments"), gettext("Share, %"), gettext("Difference, points"),
         gettext("From"), gettext("To")),
        [_theme(each, names) for each in themes], how, draw, (),
        tuple(f"/backlog?{urlencode({'theme': each['theme'], 'service': frame.service.id, 'state': 'open'})}" for each in themes),
    )  # fmt: skip


def _theme(each: dict[str, Any], names: dict[int, str]) -> tuple[Any, ...]:
    ends = [None if each[key] is None else round(each[key], 1) for key in ("difference", "low", "high")]
    share = None if each["share"] is None else round(100 * each["share"], 1)
    return (names[each["theme"]], gettext(each["field"]), each["mentions"], share, *ends)


def branches(material: Material) -> Chart:
    """Make "Do branches differ?", a funnel; branches with too few answers are left out."""
    frame = material.frame
    found = breakdowns.enough(breakdowns.branches(material.session, frame), guard.minimum(material.session))
    funnel = _funnel(found)
    compared = funnel if len(found) > 1 else None

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts import branches as chart  # noqa: PLC0415

        sizes, names = [each.n for each in found], [each.service.name for each in found]
        return chart.branches(
            funnel,
            sizes,
            names,
            (gettext("answers"), gettext("good ratings")),
            dark=dark,
            narrow=narrow,
        )

    said = words.branches(found, compared)
    how = (
        gettext("Each mark is a branch over the whole time shown, against what all branches have in common (the broken "
                "line). A branch with few "
                "answers strays far by chance, so the band is wide at the left; only a branch outside it is named in colour."),
        gettext("Where branches always differ a little, the band allows for it. Branches with too few answers are left out."),
    )  # fmt: skip
    rows = [
        (each.service.name, each.n, each.good, round(100 * each.good / each.n, 1), gettext(_stands(place, compared)))
        for place, each in enumerate(found)
    ]
    return Chart(
        "branches", gettext("Do branches differ?"), said, gettext("Marks for branches in a band. %(said)s", said=said),
        (gettext("Branch"), gettext("Answers"), gettext("Good"), gettext("Good, %"), gettext("Stands")), rows, how, draw, (),
        tuple(f"/trends?{urlencode(frame.query | {'service': each.service.id})}" for each in found),
    )  # fmt: skip


def _funnel(found: list[breakdowns.Branch]) -> Funnel:
    from analysis.stats.funnel import funnel  # noqa: PLC0415 - numpy

    return funnel([each.good for each in found], [each.n for each in found])


def _stands(place: int, funnel: Funnel | None) -> str:
    direction = funnel.direction[place] if funnel else ""
    return {"concern": "below the band", "improvement": "above the band"}.get(direction, "within the band")


def themes(material: Material) -> Chart:
    """Make "What are comments about?": the themes by month."""
    frame = material.frame
    found = breakdowns.themes(material.session, frame)[:MOST_THEMES]
    closed = frame.closed
    comments = material.mentioned.comments
    signals = [
        each
        for each in warning.recent(material.session, frame.service, frame.today)
        if each.service_id == frame.service.id
    ]
    moved = {int(each.series.split(":")[1]): each.direction for each in signals if each.series.startswith("theme:")}

    def draw(dark: bool, narrow: bool) -> Figure:
        from analysis.charts.rows import Row, rows  # noqa: PLC0415

        signs = {"more": " ▲", "less": " ▼"}
        lines = [
            Row(
                each.name,
                [_share(n, of) for n, of in zip(each.n[:closed], comments, strict=False)],
                signs.get(moved.get(each.theme_id, ""), ""),
            )
            for each in found
        ]
        happened = marks.shown(material.session, frame, closed=True)
        return rows(lines, frame.labels[:closed], happened, dark=dark, narrow=narrow)

    total = sum(comments[:closed])
    shares = [(each.name, sum(each.n[:closed]) / total) for each in found if total]
    said = words.themes(shares, [each.name for each in found if each.theme_id in moved])
    how = (
        gettext("The share of comments about each theme all on one scale; a comment may be about several. The running month is left "
                "out. Read by machine and checked by people where they looked."),
        marks.named(),
        gettext("A triangle marks a theme that moved beyond the ups and downs of its weeks within the last two months "
                "(docs/early-warning.md)."),
    )  # fmt: skip
    rows_ = [
        (each.name, sum(each.n), *(_per_cent(n, of) for n, of in zip(each.n, comments, strict=True))) for each in found
    ]
    return Chart(
        "themes", gettext("What are comments about?"), said, gettext("A line for each theme by month. %(said)s", said=said),
        (gettext("Theme"), gettext("Comments"), *(f"{stamp}, %" for stamp in frame.stamps)), rows_, how, draw, (),
        tuple(comments_of(material, theme=each.theme_id) for each in found),
    )  # fmt: skip


def comments_of(material: Material, **more: Any) -> str:
    """Return the path of the comments behind a chart of a frame."""
    frame = material.frame
    days = {"since": frame.start.isoformat(), "until": frame.until.isoformat()}
    return "/comments?" + urlencode({"service": frame.service.id, **days, **more})


def _share(n: int, of: int) -> float | None:
    return n / of if of >= words.FEWEST else None


def _per_cent(n: int, of: int) -> float | None:
    return round(100 * n / of, 1) if of >= words.FEWEST else None
