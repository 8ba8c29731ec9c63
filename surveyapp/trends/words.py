"""What the further charts find, in sentences computed from the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext

from surveyapp.trends.breakdowns import Branch
from surveyapp.trends.frame import Frame
from surveyapp.trends.kept import Promised

if TYPE_CHECKING:
    from analysis.stats.funnel import Funnel

FEWEST = 10
"""Mentions, ratings or promises below which a share is not put into words."""


def some(names: Sequence[str], most: int = 3) -> str:
    """Join names in a sentence, at most a few: "a, b and c"."""
    shown = list(names[:most])
    if len(names) > most:
        return gettext("%(shown)s and %(n)d more", shown=", ".join(shown), n=len(names) - most)
    if len(shown) < 2:
        return "".join(shown)
    return gettext("%(first)s and %(last)s", first=", ".join(shown[:-1]), last=shown[-1])


def per_cent(share: float) -> str:
    """Write a share of 1 in whole per cent; what is more than none never reads as none, nor what is less than all as all."""
    if 0 < share < 0.005:
        return gettext("less than 1 %")
    if 0.995 < share < 1:
        return gettext("more than 99 %")
    return f"{100 * share:.0f} %"


def not_there(frame: Frame) -> str:
    """Say why nothing is stored for a frame."""
    if frame.running and frame.segment is None:
        return gettext("These figures are made once an hour, and this one's turn has not come yet.")
    return gettext("These figures are made for everybody together and up to today only.")


def waits(body: dict[str, Any] | None, frame: Frame) -> str:
    """Say how soon what was raised was answered, from what the clock stored."""
    if body is None:
        return not_there(frame)
    last = {name: rows[-1][0] for name, rows in body["shares"].items()}
    if body["mentions"] < FEWEST or None in last.values():
        return gettext("Too little was raised in the months that are over to say how soon it is answered.")
    return gettext(
        "Half a year after somebody asked, %(done)s was done and %(declined)s declined with a reason; %(open)s still waited.",
        **{name: per_cent(share) for name, share in last.items()},
    )


def where(themes: Sequence[tuple[str, str]] | None, frame: Frame) -> str:
    """Say where to look next, from (theme, field) pairs, those that matter most first; None where nothing is stored."""
    if themes is None:
        return not_there(frame)
    first = [name for name, field in themes if field == "fix first"]
    watch = [name for name, field in themes if field == "watch"]
    keep = [name for name, field in themes if field == "keep up"]
    if first:
        return gettext(
            "Look first at %(names)s: often written about, and where they are, ratings are lower.", names=some(first)
        )
    if watch:
        return gettext(
            "Keep an eye on %(names)s: seldom written about, but where they are, ratings are lower.", names=some(watch)
        )
    if keep:
        return gettext(
            "Keep up %(names)s: often written about, and where they are, ratings are higher.", names=some(keep)
        )
    return gettext("No theme goes with clearly lower or higher ratings.")


def kept(promised: Iterable[Promised]) -> str:
    """Say how promises were kept."""
    words = Counter(each.word for each in promised)
    if not words:
        return gettext("No promise fell due in this time.")
    said = ngettext("Of %(num)d promise that fell due, ", "Of %(num)d promises that fell due, ", words.total())
    return said + gettext(
        "%(kept)d kept (%(early)d early), %(late)d late, %(broken)d broken.",
        kept=words["kept"] + words["kept early"], early=words["kept early"], late=words["late"], broken=words["broken"],
    )  # fmt: skip


def branches(found: Sequence[Branch], funnel: Funnel | None) -> str:
    """Say which branches stand out."""
    if funnel is None:
        return gettext("There are not two branches here with enough answers to compare.")
    out = {
        word: [b.service.name for b, d in zip(found, funnel.direction, strict=True) if d == word]
        for word in ("concern", "improvement")
    }
    if not any(out.values()):
        return gettext("The %(n)d branches differ by no more than is usual among them.", n=len(found))
    parts = [gettext("clearly lower at %(names)s", names=some(out["concern"]))] if out["concern"] else []
    parts += [gettext("clearly higher at %(names)s", names=some(out["improvement"]))] if out["improvement"] else []
    return gettext(
        "Compared with all %(n)d branches, ratings are %(parts)s.", n=len(found), parts=gettext(" and ").join(parts)
    )


def levels(counts: dict[str, list[int]], frame: Frame) -> str:
    """Say how the last closed period with enough ratings divides."""
    totals = [sum(each) for each in zip(*counts.values(), strict=True)][: frame.closed]
    places = [place for place, total in enumerate(totals) if total >= FEWEST]
    if not places:
        return gettext("Nothing that is over has ratings enough to divide them.")
    place = places[-1]
    shares = {name: per_cent(n[place] / totals[place]) for name, n in counts.items()}
    return gettext(
        "In %(month)s, %(great)s of ratings were great, %(good)s good and %(poor)s poor.",
        month=frame.named(place),
        **shares,
    )


def themes(shares: Sequence[tuple[str, float]], moved: Sequence[str]) -> str:
    """Say what comments are about most, from (theme, share) pairs, and what moved lately."""
    if not shares:
        return gettext("No comment in this time is about one of the themes.")
    name, share = shares[0]
    said = gettext("“%(name)s” comes up most, in %(share)s of comments.", name=name, share=per_cent(share))
    return said + (" " + gettext("Lately out of the ordinary: %(names)s.", names=some(moved)) if moved else "")
