"""Opinion words in their context: what negation, emphasis, wishes and contrast make of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.text import blob
from analysis.text.lexicon import opinion_words, strength_of

# How many words a negation reaches; punctuation and contrast end it sooner.
_REACH = {
    "not": 4, "no": 3, "never": 4, "without": 3, "neither": 3, "nor": 3, "nothing": 3, "hardly": 3, "barely": 3, "none": 2,
    "nobody": 4, "rarely": 3, "seldom": 3, "isn": 3, "lack": 3, "lacks": 3, "lacking": 3, "lacked": 3, "zero": 2, "less": 2,
    "anything": 0,
}  # fmt: skip
_NOT_NEGATING = {
    ("not", "only"),
    ("not", "just"),
    ("nothing", "but"),
    ("no", "doubt"),
    ("no", "matter"),
    ("no", "wonder"),
    ("not", "to"),
}
# Two words that negate together, and how far: what one does not think or find is said late in the sentence.
_PAIRS = {
    ("not", "think"): 8, ("not", "believe"): 8, ("not", "feel"): 7, ("not", "find"): 7, ("not", "expect"): 7, ("not", "seem"): 6,
    ("far", "from"): 4, ("instead", "of"): 3, ("none", "of"): 7, ("nothing", "at"): 5, ("nor", "is"): 5, ("not", "at"): 5,
}  # fmt: skip
_AMPLIFIES = frozenset(
    ["great", "perfect", "super", "best", "real", "good", "nice", "pretty"]
)  # "a great disappointment"
_ENDS = frozenset(".,;:()!?") | {"...", "…", "but", "however", "although", "though", "because", "except", "and"}
_STRONGER = {
    "very": 1.3, "really": 1.3, "so": 1.2, "extremely": 1.5, "absolutely": 1.5, "incredibly": 1.5, "highly": 1.3, "super": 1.3,
    "totally": 1.4, "completely": 1.4, "truly": 1.3, "most": 1.2, "especially": 1.2, "particularly": 1.2, "exceptionally": 1.5,
    "always": 1.2, "such": 1.2, "utterly": 1.5, "insanely": 1.4, "ridiculously": 1.4, "thoroughly": 1.3, "too": 1.2, "all": 1.1,
    "slightly": 0.6, "somewhat": 0.6, "little": 0.6, "bit": 0.6, "fairly": 0.8, "rather": 0.9, "relatively": 0.7, "quite": 0.9,
    "mostly": 0.8, "sometimes": 0.6, "occasionally": 0.5, "partly": 0.5, "almost": 0.7, "sort": 0.6, "kinda": 0.6, "reasonably": 0.8,
}  # fmt: skip
# Before a good word these say that it is missing: "could be friendlier", "hoped for better".
_WISHED = frozenset(
    [
        "should",
        "could",
        "if",
        "wish",
        "wished",
        "hope",
        "hoped",
        "hoping",
        "expect",
        "expected",
        "expecting",
        "supposed",
        "need",
        "needs",
        "needed",
        "more",
        "want",
        "wanted",
        "ought",
        "used",
        "unless",
    ]
)
_AFTER_WOULD = frozenset(("be", "have", "like", "love", "prefer", "not"))
_CONTRAST = frozenset(["but", "however", "yet", "except", "unfortunately", "sadly", "until"])
_ASIDE = frozenset(["although", "though", "while", "despite", "whilst"])


@dataclass(slots=True)
class Hit:
    """An opinion word where it stands: its own strength, what the context made of it, and whether that turned it round."""

    place: int
    word: str
    value: float
    turned: bool = False
    wished: bool = False


@dataclass(slots=True)
class Opinions:
    """The hits of a sentence by our list, the further hits that only TextBlob's list has, and where contrast begins."""

    ours: list[Hit]
    borrowed: list[Hit]
    contrast: int  # place of the last "but", or -1
    aside: bool  # the sentence begins with "although"


@dataclass(slots=True)
class _Scope:
    """The last places where a negation and a wish still hold."""

    negated: int = -1
    wished: int = -1

    def move(self, place: int, word: str, following: str) -> None:
        """End a negation at punctuation and contrast ("and" only shortens it), and begin one, or a wish, with this word."""
        if word in _ENDS:
            self.negated = self.negated - 1 if word == "and" else -1
            self.wished -= 1
        elif (word, following) in _PAIRS:
            self.negated = max(self.negated, place + _PAIRS[word, following])
        elif word in _REACH and (word, following) not in _NOT_NEGATING:
            self.negated = max(self.negated, place + _REACH[word])
        elif word in _WISHED or (word == "would" and following in _AFTER_WOULD):
            self.wished = place + 4


@lru_cache(maxsize=16_000)
def _dull(word: str) -> bool:
    """Say whether a word neither carries an opinion nor changes one: most words, which then cost a single look."""
    moves = (
        word in _ENDS or word in _REACH or word in _WISHED or word in _CONTRAST or word in ("would", "far", "instead")
    )
    return not (moves or strength_of(word) or word in opinion_words().phrases or word in blob.words())


def opinions(words: list[str]) -> Opinions:
    """Return the opinions in a sentence's tokens, in time linear in their number."""
    lexicon, known = opinion_words(), blob.words()
    found = Opinions([], [], -1, bool(words) and words[0] in _ASIDE)
    scope, taken = _Scope(), 0
    for place, word in enumerate(words):
        if _dull(word):
            continue
        if word in _CONTRAST:
            found.contrast = place
        if place >= taken:
            phrase = lexicon.phrase_at(words, place) if word in lexicon.phrases else None
            if phrase:
                taken = place + phrase[0]
                found.ours += [Hit(place, " ".join(words[place:taken]), phrase[1])] if phrase[1] else []
            elif strength := strength_of(word):
                if strength < 0 and found.ours and found.ours[-1].place == place - 1 and words[place - 1] in _AMPLIFIES:
                    found.ours.pop()
                found.ours.append(_in_context(words, place, strength, scope))
            elif word in known and word not in lexicon.words:
                found.borrowed.append(_in_context(words, place, known[word], scope))
        if place >= taken:  # a phrase has said all that its words say
            scope.move(place, word, words[place + 1] if place + 1 < len(words) else "")
    return found


def _in_context(words: list[str], place: int, strength: float, scope: _Scope) -> Hit:
    """Return the hit with its strength as the words before it leave it."""
    value = strength
    before = words[place - 1] if place else ""
    if before in _STRONGER:
        value *= _STRONGER[before]
    if before == "too" and strength > 0:
        return Hit(place, f"too {words[place]}", -0.6 * value, turned=True)
    if scope.negated >= place:
        return Hit(place, words[place], -0.8 * value if value > 0 else -0.4 * value, turned=True)
    if scope.wished >= place and value > 0:
        return Hit(place, words[place], value * 0.3, wished=True)
    return Hit(place, words[place], value)
