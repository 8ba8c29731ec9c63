"""What the customers of the story want, and what became of each wish, from plot.json.

There, days are counted back from today (below zero: to come): `owned`, `target`, `done` (marked done), `since` (in effect
since), `declined`, and for each promise the days on which it was `made` and for which it was `due`; `says` is
what customers read of it.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from surveyapp.demo.story import StoryImprovement, StoryPromise, days_ago

PLOT = Path(__file__).with_name("plot.json")


def improvements(today: date) -> list[StoryImprovement]:
    """Every need of the story with its fate, its dates reckoned from today."""
    return [_dated(turn, today) for turn in _plot()]


@cache
def _plot() -> list[dict[str, Any]]:
    turns: list[dict[str, Any]] = json.loads(PLOT.read_text(encoding="utf-8"))
    return turns


def _dated(turn: dict[str, Any], today: date) -> StoryImprovement:
    def day(name: str) -> date | None:
        return days_ago(today, turn[name]) if name in turn else None

    return StoryImprovement(
        key=turn["key"],
        title=turn["title"],
        theme=turn["theme"],
        words=tuple(turn["words"]),
        fate=turn.get("fate", "open"),
        place=turn.get("place", "tamberry"),
        owner=turn.get("owner"),
        owned_on=day("owned"),
        target=day("target"),
        promises=tuple(
            StoryPromise(
                days_ago(today, each["made"]), days_ago(today, each["due"]), each.get("reason", ""), turn["says"]
            )
            for each in turn.get("promises", ())
        ),
        done_on=day("done"),
        in_effect=day("since"),
        effect=turn.get("effect", "none"),
        declined_on=day("declined"),
        reason=turn.get("reason", ""),
        merged_into=turn.get("merged_into"),
        note=turn.get("note", ""),
    )
