"""Words and turns of phrase that tell something of a text whatever is talked about: asking, waiting, declining to answer."""

from __future__ import annotations

import re

_WORDS = {
    "too": "too",
    "all_good": "everything all everyone always both every",
    "waiting": "wait waited waiting waits hour hours minute minutes week weeks month months",
    "first_person": "i me my we our us i'm i've i'd i'll we're we've",
    "second_person": "you your you're you've",
    "compares": "than unlike",
    "reports": "said told says asked called phoned rang emailed tried",
    "if": "if",
    "why": "why",
    "dots": ".. ... .... …",
    "polite": "thank thanks please sorry",
    "never_did": "never not fail fails failed refuse refused refuses unable",
    "question": "? ?? ??? ?!",
    "exclaims": "! !! !!! !?",
    "shouts": "!! !!! !!!!",
    "again": "repeatedly constantly keep keeps kept again",
}
WORDS = {name: frozenset(words.split(" ")) for name, words in _WORDS.items()}

# What a text that declines to answer consists of: an opening, the refusal, a closing, and nothing else.
_DECLINES = (
    r"^ (?:(?:i|we|just|really|simply|honestly|sorry|am|\W) )*"
    r"(?:(?:do|did|can|could|would) not (?:really |honestly )?"
    r"(?:know|say|comment|remember|recall|wish to \w+|want to \w+|have (?:an? )?(?:opinion|comments?|answer|view))"
    r"|not (?:really |too |entirely )?sure|unsure|no (?:further |other |more )?(?:comments?|idea|answer|opinion|reply|response)"
    r"|n ?/ ?a|na|nothing (?:more |else |further |much )?to (?:say|add|report|tell|comment)(?: (?:about|on) (?:it|that|this))?"
    r"|pass|hard to say|too (?:early|soon) to (?:say|tell)|not applicable|no|yes|as above|see above"
    r"|same(?: as (?:above|before))?|dunno)"
    r"(?: (?:really|yet|at the moment|at this time|at present|at all|to be honest|sorry|thanks|thank you|here|maybe|this time))*"
    r" ?(?:[.!?…]+ )*$"
)
# Looked for in the tokens joined by blanks, with a blank at either end.
_TURNS = {
    "asks_more": r"^ (?:more|better|longer|shorter|faster|quicker|less|fewer|bigger|easier|improve\w*|provide|make|have|give|get"
    r"|offer|allow|add|keep|need|needs) ",
    "wants": r" (?:should|would like|would prefer|need to|needs to|need more|could do with|wish|if only|it would"
    r"|would have liked|would be|ought to|more) ",
    "could_be": r" (?:could|can|might) (?:be|have been|have|do|not) ",
    "had_to": r" (?:had|have|has|having) to ",
    "no_thing": r" no (?!problem|issue|complaint|doubt|trouble|fault|worr|regret)\w+",
    "nothing": r"^ (?:no )?(?:nothing|nowt|none|n / a|no|nil|na|not? (?:really|much|a lot|sure))(?: |$)",
    "no_answer": _DECLINES,
    "nothing_better": r" (?:nothing|not|no|could not|can not)[\w ]{0,40} "
    r"(?:better|improve\w*|change|different\w*|fault|add|more|complain\w*) ",
    "only": r" only (?:one|two|lasted|\d+|a|had|get|gets|got|works?) ",
    "after_time": r" (?:after|within|in) (?:only |just |about |less than )?"
    r"(?:a|an|one|two|three|four|five|six|few|a few|couple|\d+|several) "
    r"(?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|years?|uses?|times?) ",
    "again_and_again": r" (?:again and again|over and over|multiple times|several times|\d+ times|every time) ",
    "instead": r" (?:instead|rather than|supposed to|should have|even though|even after|at all|anymore|any more) ",
    "number": r" \d",
}
TURNS = {name: re.compile(pattern) for name, pattern in _TURNS.items()}
# Words of which a turn needs one: a look into the set of a text's words spares most searches. "^": it stands at the start.
_CALLED_BY = {
    "wants": "should would need needs could wish if ought more",
    "could_be": "could can might",
    "had_to": "to",
    "no_thing": "no",
    "only": "only",
    "after_time": "after within in",
    "again_and_again": "again over times time",
    "instead": "instead rather supposed should even at anymore any",
}
_LOOKS = tuple(
    (name, frozenset(_CALLED_BY.get(name, "").split()), turn.match if turn.pattern.startswith("^") else turn.search)
    for name, turn in TURNS.items()
)


def turns_in(joined: str, words: set[str]) -> dict[str, float]:
    """Return 1 or 0 for each of `TURNS`, for tokens joined by blanks (with one at either end) and the set of them."""
    return {
        name: 1.0 if (not callers or not callers.isdisjoint(words)) and look(joined) else 0.0
        for name, callers, look in _LOOKS
    }
