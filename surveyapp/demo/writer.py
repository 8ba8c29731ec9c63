"""The seeded writer: two years of responses, in the order in which they came, with the truth about every sentence.

The same day and seed always give the same responses. Nothing here knows the analysis or the database.
"""

from __future__ import annotations

import random
import re
from bisect import bisect
from calendar import month_name
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from surveyapp.demo import comments, tide
from surveyapp.demo.comments import Kind, Part, Scene
from surveyapp.demo.pen import Draft, write
from surveyapp.demo.plot import improvements
from surveyapp.demo.story import branches
from surveyapp.demo.visits import Visit, visits
from surveyapp.demo.voices import choose

EXPERIENCE_SHARE = {"web": 0.28, "email": 0.34, "qr": 0.23, "kiosk": 0.06}
SUGGESTION_SHARE = {"web": 0.36, "email": 0.42, "qr": 0.30, "kiosk": 0.08}
CSAT_STEPS = (-1.75, -1.2, -0.55, 0.35)
VALUE_STEPS = (-1.7, -1.0, -0.15, 0.9)
EXPECTATION_STEPS = (-1.8, -1.1, 0.25, 1.1)
FOREIGN = 0.008
TRIES = 8
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Truth:
    """What one stretch of a comment is: offsets in code points into the answer named by `field`, kind, and need."""

    start: int
    end: int
    kind: Kind
    need: str | None
    field: str


@dataclass(frozen=True, slots=True)
class DemoResponse:
    """One response: the branch, the moment (UTC), the channel, three ratings of 1 to 5, two answers in words or None."""

    service_key: str
    at: datetime
    channel: str
    ratings: dict[str, int]
    experience: str | None
    suggestion: str | None
    truth: list[Truth]


def responses(today: date, *, seed: int = 7, months: int = 24, total: int = 20_000) -> Iterator[DemoResponse]:
    """Write `total` responses of the `months` before today, oldest first; the last day is yesterday."""
    rng = random.Random(seed)  # noqa: S311 - a story, not a secret
    writer = _Writer(rng, today)
    for visit in visits(today, rng, months=months, total=total):
        yield writer.answer(visit)


class _Writer:
    """Remembers what was written, so that hardly anything is written twice, and what was on people's minds each day."""

    def __init__(self, rng: random.Random, today: date) -> None:
        self.rng = rng
        self.wishes = improvements(today)
        self.since = {wish.key: (today - wish.in_effect).days for wish in self.wishes if wish.in_effect}
        self.towns = {branch.key: branch.town for branch in branches()}
        self.written: set[str] = set()
        self.minds: dict[tuple[str, int], list[float]] = {}

    def answer(self, visit: Visit) -> DemoResponse:
        """One response: the ratings first, and then words that go with them."""
        rng, ratings = self.rng, self._ratings(visit)
        sore = 0.12 if ratings["csat"] <= 2 else 0.0
        scene = self._scene(visit, ratings["csat"])
        said: dict[str, str] = {}
        truth: list[Truth] = []
        for name, share, shape in (
            ("experience", EXPERIENCE_SHARE, comments.experience_answer),
            ("suggestion", SUGGESTION_SHARE, comments.suggestion_answer),
        ):
            if rng.random() < share[visit.channel] + sore:
                draft = self._draft(scene, shape)
                said[name] = draft.text
                truth += [Truth(*span, field=name) for span in draft.spans]
        return DemoResponse(
            visit.place, visit.at, visit.channel, ratings, said.get("experience"), said.get("suggestion"), truth
        )

    def _ratings(self, visit: Visit) -> dict[str, int]:
        mood = tide.quality(visit.place, visit.ago, visit.at.month) + self.rng.gauss(0, 1)
        value = 0.7 * mood - tide.dearness(visit.ago) + self.rng.gauss(0, 0.7)
        expected = 0.75 * mood + self.rng.gauss(0, 0.65)
        return {
            "csat": 1 + bisect(CSAT_STEPS, mood),
            "value": 1 + bisect(VALUE_STEPS, value),
            "expectation": 1 + bisect(EXPECTATION_STEPS, expected),
        }

    def _scene(self, visit: Visit, csat: int) -> Scene:
        rng = self.rng
        elsewhere = rng.choice([town for key, town in self.towns.items() if key != visit.place])
        words = {"branch": self.towns[visit.place], "other": elsewhere, "month": month_name[visit.at.month]}
        thanked = tuple(
            wish.key for wish in self.wishes if wish.effect != "halved" or 0 < self.since[wish.key] - visit.ago < 240
        )
        return Scene(rng, words, csat, choose(rng, csat), self._minds(visit), thanked)

    def _minds(self, visit: Visit) -> Callable[[], str]:
        """Draws a need by how much it is on people's minds at that branch on that day."""
        key = (visit.place, visit.ago)
        if key not in self.minds:
            weights = tide.mentioned(self.wishes, self.since, visit.place, visit.ago, visit.at.month)
            self.minds[key] = list(accumulate(weights))
        totals = self.minds[key]
        return lambda: self.wishes[bisect(totals, self.rng.random() * totals[-1])].key

    def _draft(self, scene: Scene, shape: comments.Shape) -> Draft:
        """A comment that nobody wrote before, unless it is as short as "Nothing really": those repeat, as people do."""
        if self.rng.random() < FOREIGN:
            shape = comments.foreign
        for _ in range(TRIES):
            parts: list[Part] = shape(scene)
            draft = write(parts, scene.voice, self.rng)
            same = NOT_WORDS.sub(" ", draft.text.casefold()).strip()
            if same.count(" ") < 4 or same not in self.written:
                break
        self.written.add(same)
        return draft
