"""What a chart is, and what the charts of one frame share. A new chart is one file and one line.

The file has a function `make(material: Material) -> Chart`. It reads counts by `surveyapp.trends.counts` (which minds the node, the
segment, the span and the grain), puts them into a sentence, and hands over a `draw` that makes the picture with `analysis.charts`.
The line stands in `surveyapp.trends.registry`.

What the frame (`surveyapp.trends.frame.Frame`) says, a chart follows:

- A series has one element for each of `frame.periods`; the first `frame.closed` are over. The last one, where `frame.running`, is not:
  draw it hollow and let it enter no limit, signal or sentence. Never slice by `[:-1]`.
- `frame.labels` name the periods on the axis, `frame.stamps` in the table (real dates in XLSX), `frame.named(place)` in a sentence.
- What can only be judged by month (did it help, what moves the rating) uses `frame.months` and `frame.closed_months`.
- `frame.before` is the span before: the page makes a chart of it too and shows its sentence under that of this span.

CSV, XLSX, PNG, SVG in the light and the dark, caching and the guard of small groups come from here: a chart does nothing for them.
Table cells may be str, int, float, date, `Stamp` or None (shown as "–").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from surveyapp.trends import mentioned, ratings
from surveyapp.trends.frame import Frame

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Legend:
    """What a letter on the chart stands for: what happened on a day, and whether it was an improvement done."""

    letter: str
    text: str
    done: bool
    day: date


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart as the page shows it. `how` answers "How do we know?"; `draw(dark, narrow)` makes the picture.

    `links` has, for each row of the table, where to read more: the id of an improvement, or a path.
    """

    name: str
    question: str
    sentence: str
    alt: str
    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    how: tuple[str, ...]
    draw: Callable[[bool, bool], Figure]
    legend: tuple[Legend, ...] = ()
    links: tuple[int | str | None, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether there is nothing to draw: no row, or none that says more than its name, zero or unknown. The page then shows the
        sentence without an empty picture."""
        return not any(cell not in {None, 0, ""} for row in self.rows for cell in row[1:])


class Material:
    """What the charts of one frame are made of, read once however many are drawn."""

    def __init__(self, session: Session, frame: Frame) -> None:
        self.session, self.frame = session, frame

    @cached_property
    def ratings(self) -> ratings.Ratings:
        """The frame's ratings."""
        return ratings.read(self.session, self.frame)

    @cached_property
    def mentioned(self) -> mentioned.Mentioned:
        """The frame's mentions and comments."""
        return mentioned.read(self.session, self.frame)

    @cached_property
    def before(self) -> Material:
        """The same of the span before."""
        return Material(self.session, self.frame.before)
