"""One measured figure as a line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, the floor beside it (None: there is none), what is asked for, and whether that is met."""

    name: str
    ours: float
    unit: str
    target: str
    met: bool | None
    floor: float | None = None

    def line(self) -> str:
        """Return the row as the table prints it."""
        floor = "" if self.floor is None else f"{self.floor:.4g} {self.unit}"
        ratio = f"{self.ours / self.floor:.2f}" if self.floor else ""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{self.name:52}{f'{self.ours:.4g} {self.unit}':>14}{floor:>14}{ratio:>8}  {self.target} {verdict}"


def percentile(values: list[float], share: float) -> float:
    """Return the value that a share of the others does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
