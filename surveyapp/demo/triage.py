"""What the story's leads put beside their improvements: labels, ways to do it, rules in the way, and lists that they keep."""

from __future__ import annotations

from sqlalchemy.orm import Session

from surveyapp.backlog import labels, rules, saved, ways
from surveyapp.demo.house import House
from surveyapp.models import Improvement

LABELS = {
    "quick win": ("signs", "timetable_print", "seats"),
    "budget 2027": ("access", "air", "lessons"),
    "needs the council": ("parking", "hours"),
}
WAYS = {
    "seats": ("Benches along the viewing wall", "Folding chairs, kept at the desk", "Move the vending machines"),
    "queue": ("A second till between 17 and 19", "Turnstiles that read the app"),
    "signs": ("Floor lines in three colours", "Large print at each door"),
    "lanes": ("Two lanes kept free every evening",),
}
"""By the need; the first way is the chosen one where there are several."""
RULES = {
    "A membership can only be cancelled in person, a month ahead": ("cancel",),
    "Adult sessions end at 20.00, so that the building closes by 21.00": ("hours", "women"),
    "No food from outside": ("cafe",),
    "Spectators stand: chairs block the fire exit": ("seats",),
}
DECISIONS = {
    "A membership can only be cancelled in person, a month ahead": (
        "drop",
        "Nobody could say what it protects us from.",
    ),
    "Spectators stand: chairs block the fire exit": ("bend", "Folding chairs are allowed on the far side."),
}
LISTS = (
    ("Nobody’s yet", "owner=0", True),
    ("Quick wins", "label={quick_win}&state=all", True),
    ("Promises to keep", "sort=promise", False),
)


def put(session: Session, found: dict[str, Improvement], house: House) -> None:
    """Put it all where the story has it; `found` are the improvements by the need's key."""
    by = house.lead.id
    for name, keys in LABELS.items():
        of_name = [found[key] for key in keys if key in found]
        if of_name:
            labels.add(session, of_name, name, by=by)
    for key, texts in WAYS.items():
        if key in found:
            made = [ways.propose(session, found[key], text, by=by) for text in texts]
            if len(made) > 1:
                ways.choose(session, found[key], made[0].id, by=by)
    for name, keys in RULES.items():
        there = [rules.put(session, found[key], name, by=by) for key in keys if key in found]
        if there and name in DECISIONS:
            rules.decide(session, there[0], *DECISIONS[name], by=by)
    known = {label.name.replace(" ", "_"): label.id for label in labels.everything(session)}
    for name, query, shared in LISTS:
        if "{" not in query or "quick_win" in known:
            saved.save(session, house.lead, name, query.format(**known), shared=shared)
