"""What a column of dates means. 05/06/2021 is decided by the column's other rows, or the file is refused; it is never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from surveyapp.errors import Invalid

EARLIEST = date(1970, 1, 1)


class Column:
    """The days of one column: `day(text)` returns the day, or None for text that no format fits."""

    def __init__(self, texts: Iterable[str], formats: Sequence[str]) -> None:
        self._readings = {text: _readings(text, formats) for text in set(texts) if text}
        for stated in formats:
            self._check_order(stated, formats)
        proven: dict[str, set[str]] = defaultdict(set)
        for readings in self._readings.values():
            for known in readings:
                proven[known] |= set(formats) - set(readings)
        self._chosen = {
            text: self._choose(text, readings, proven) for text, readings in self._readings.items() if readings
        }

    def day(self, text: str) -> date | None:
        """Return the day that a text of the column stands for."""
        return self._chosen.get(text)

    def _check_order(self, stated: str, formats: Sequence[str]) -> None:
        """Refuse a column that says month first where the mapping says day first, or the other way about.

        Its 25th would be refused row by row, and its 5th of June stored as the 6th of May. One slip among rows that prove the
        mapping right is only that row's.
        """
        swapped = stated.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
        if swapped == stated or swapped in formats:
            return
        against = next((text for text, read in self._readings.items() if not read and _readings(text, [swapped])), None)
        backed = any(stated in read and not _readings(text, [swapped]) for text, read in self._readings.items())
        if against is not None and not backed:
            raise Invalid(
                f"The date “{against}” fits “{swapped}”, and no row proves the mapping's “{stated}”. "
                'Put the right one into "formats".',
                field="date",
            )

    @staticmethod
    def _choose(text: str, readings: dict[str, date], proven: dict[str, set[str]]) -> date:
        if len(set(readings.values())) == 1:
            return next(iter(readings.values()))
        # A format is proven against another by a value that it alone of the two can read.
        sure = [one for one in readings if all(other in proven[one] for other in readings if other != one)]
        sure = [one for one in sure if not any(one in proven[other] for other in readings if other != one)]
        if len(sure) != 1:
            raise Invalid(
                f"The date “{text}” can be read in {len(set(readings.values()))} ways, and no other row of the column decides it. "
                'Leave one of the "formats" out of the mapping.',
                field="date",
            )
        return readings[sure[0]]


def _readings(text: str, formats: Sequence[str]) -> dict[str, date]:
    found = {}
    for each in formats:
        try:
            day = datetime.strptime(text, each).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if day >= EARLIEST:
            found[each] = day
    return found
