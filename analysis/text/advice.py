"""Advice to other customers ("Take earplugs", "if you like quiet, ask for a room at the back"), which some surveys want counted.

It differs from a wish to the organisation by whom it speaks to: a "you" that is any reader, an order, a recommendation.
"""

from __future__ import annotations

import re

from analysis.text import asking, shapes

_MAX_LETTERS = 800
_NOT_A_READER = re.compile(
    r"\b(?:thank(?:s| to)? ?you|bless you|as you can (?:imagine|see|tell)|(?:do )?you know|see you|told you|tell you|you see|"
    r"love you|you (?:were|was|did|had|gave|made|told|helped|said|all|guys|lot|never|both|should be (?:proud|ashamed))|your (?:staff|"
    r"team|service|care|help|support|kindness|time|company|website|app|employees|colleagues))\b"
)
_TO_A_READER = re.compile(
    r"\b(?:you|you're|your|yours|you'll|you'd|you've|yourself|ur|"
    r"recommend(?:ed|s|ing)?|advise|advice|beware|be (?:aware|careful|prepared|warned|advised)|make sure|(?:bear|keep) in mind|"
    r"not hesitate|n't hesitate|worth (?:a|the|it|every|paying|trying|visiting|seeing)|"
    r"well worth|(?:a )?must(?:-| )(?:see|do|try|visit|have)|"
    r"(?:top|handy|good|useful|little|big|one) (?:tip|hint|warning)s?|tip:|stay (?:clear|away)|steer clear|look elsewhere|"
    r"(?:don.t|do not) expect|expect to|if (?:travelling|traveling|staying|going|visiting|booking|arriving|driving|flying))\b"
)
_TO_STAFF = re.compile(
    r"\b(?:recommended (?:by|me|to me|us)|was recommended|were recommended|was advised|were advised|advised (?:me|us))\b"
)


def advises(text: str) -> bool:
    """Tell whether a sentence advises whoever reads it."""
    lowered = _NOT_A_READER.sub(" ", shapes.plain(text[:_MAX_LETTERS]))
    if _TO_A_READER.search(lowered) and not _TO_STAFF.search(lowered):
        return True
    return any(asking.imperative(part.words) for part in asking.clauses(asking.tokens(lowered)) if not part.joined)
