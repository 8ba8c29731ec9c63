"""What can be seen in a sentence, as numbers that mean the same everywhere: turns of phrase, form, person, tense and tone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from analysis.finding import Kind, Sentiment
from analysis.text import asking, cues
from analysis.text import lexical_classes as lex


def _names(text: str) -> tuple[str, ...]:
    """Return the names in a block of text."""
    return tuple(text.split())


PURPOSES = ("suggestion", "experience", "none")
FORMS = _names(
    "bias clause fragment short_fragment gerund by_gerund imperative someone_to comparative_first "
    "later_imperative later_comparative_first first_person second_person third_person past felt_good felt_bad "
    "comparative one_word short medium long question exclaims opens_halfway ask_cues good_words bad_words "
    "no_tone plain_clause good_fragment negated not_bad only_fixed no_ask"
)
WITH_PURPOSE = _names(
    "fragment short_fragment gerund imperative comparative_first clause good_words bad_words felt_good "
    "felt_bad ask_cues no_ask no_tone"
)
_ASKING = frozenset(
    [
        "please",
        "must",
        "must_not",
        "needs",
        "needed",
        "we_need",
        "want_of",
        "can_be_better",
        "could_do_with",
        "nice_if",
        "nice_to",
        "i_wish",
        "would_like",
        "suggest",
        "how_about",
        "can_you",
        "let_us",
        "add_option",
        "someone_to",
        "to_do",
        "consider",
    ]
)
_ASKING_FORMS = frozenset(
    _names(
        "imperative later_imperative comparative_first gerund by_gerund not_doing someone_to could_do would_help "
        "perhaps want able_to room_for hope if_could time_to"
    )
)
_MAX_LETTERS = 800  # a longer "sentence" is read by its first and last parts
_APOSTROPHES = str.maketrans({**dict.fromkeys("’‘`´", "'"), **dict.fromkeys("\n\t\r\xa0", " ")})
_EDGES = " '\"“”•*-–—.…"
_ING = re.compile(r"[a-z]{2,}ing$")
_NOT_GERUNDS = frozenset(
    [
        "nothing",
        "something",
        "anything",
        "everything",
        "morning",
        "evening",
        "building",
        "thing",
        "during",
        "king",
        "ring",
        "string",
        "spring",
        "ceiling",
        "amazing",
        "caring",
        "understanding",
        "outstanding",
        "welcoming",
        "parking",
        "waiting",
        "staffing",
        "including",
        "feeling",
        "boring",
        "disappointing",
        "disgusting",
        "reassuring",
        "charming",
        "loving",
        "frustrating",
        "annoying",
        "shocking",
        "appalling",
    ]
)
_TONE_ENDS = frozenset({"but", ".", ",", ";", "because", "however"})
_SHORT, _MEDIUM, _LONG = 3, 8, 25
_NEGATION_REACH = 4
_ANSWERS = frozenset({"no", "nothing", "none", "never"})  # "No, happy with everything": an answer, not a negation


@dataclass(slots=True)
class Shape:
    """What was seen in a sentence: named numbers from 0 to 1, and the words that stand behind a name."""

    values: dict[str, float] = field(default_factory=lambda: {"bias": 1.0})
    words: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, words: str = "", value: float = 1.0) -> None:
        """Note a thing seen, with its words."""
        self.values[name] = value
        if words:
            self.words[name] = words


@cache
def features() -> tuple[str, ...]:
    """Return the names of all numbers that a shape may hold, in a fixed order."""
    purposes = (*(f"asked_{p}" for p in PURPOSES), *(f"{name}|{p}" for name in WITH_PURPOSE for p in PURPOSES))
    return (*FORMS, *(cue.name for cue in cues.cues()), *purposes)


def plain(text: str) -> str:
    """Return the text in lower case with plain apostrophes, exactly as long as the text, so that offsets stay true."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_APOSTROPHES)


def describe(text: str, asked: str | None, sentiment: Sentiment | None, before: Kind | None = None) -> Shape:
    """Return what can be seen in one sentence. Linear in its length."""
    seen = Shape()
    lowered = plain(text).strip(_EDGES)
    if len(lowered) > _MAX_LETTERS:
        lowered = lowered[: _MAX_LETTERS // 2] + " " + lowered[-_MAX_LETTERS // 2 :]
    tokens = asking.tokens(lowered)
    words = [token[0] for token in tokens if token[0][0].isalpha()]
    _size(words, text, seen)
    fixed = cues.find_fixed(lowered, words)
    if fixed:
        lowered = _without(lowered, fixed)
        tokens = asking.tokens(lowered)
        words = [token[0] for token in tokens if token[0][0].isalpha()]
    for name, match in (fixed | cues.find(lowered, words)).items():
        seen.note(name, match.group().strip()[:60])
    _form(list(asking.clauses(tokens)), words, bool(fixed), seen)
    _person_and_time(words, seen)
    _tone([token[0] for token in tokens], seen)
    _together(bool(fixed), sentiment, seen)
    _with_purpose(asked, seen)
    return seen


def _without(lowered: str, fixed: cues.Found) -> str:
    """Return the text with fixed phrases blotted out, so that their words are not read again."""
    for match in fixed.values():
        lowered = lowered[: match.start()] + "|" * (match.end() - match.start()) + lowered[match.end() :]
    return lowered


def _size(words: list[str], text: str, seen: Shape) -> None:
    count = len(words)
    size = "one_word" if count <= 1 else "short" if count <= _SHORT else "medium" if count <= _MEDIUM else "long"
    if size != "long" or count > _LONG:
        seen.note(size)
    for name, sign in (("question", "?"), ("exclaims", "!")):
        if sign in text:
            seen.note(name)
    if text[:1] in "(-,":
        seen.note("opens_halfway")


def _form(parts: list[asking.Clause], words: list[str], fixed: bool, seen: Shape) -> None:
    """Note whether there is a subject and a verb, and how the clauses begin."""
    finite = any(word in lex.FINITE for word in words) or any(word in lex.SUBJECTS for word in words[:6])
    seen.note("clause" if finite else "only_fixed" if fixed else "fragment")
    if not finite and not fixed and len(words) <= _SHORT:
        seen.note("short_fragment")
    opening = parts[0].words if parts else ("",)
    if _ING.match(opening[0]) and opening[0] not in _NOT_GERUNDS:
        seen.note("gerund", opening[0])
    if opening[0] == "by" and len(opening) > 1 and _ING.match(opening[1]):
        seen.note("by_gerund", " ".join(opening[:2]))
    wanted = asking.someone_to(opening) if opening[0] not in lex.FINITE and opening[0] not in lex.SUBJECTS else None
    if wanted:
        seen.note("someone_to", wanted)
    for place, part in enumerate(parts):
        _beginning(place, part, seen)


def _beginning(place: int, part: asking.Clause, seen: Shape) -> None:
    """Note a request or a word of more or less at the start of a clause; after "and" only if the first clause has one too."""
    for name, read in (("imperative", asking.imperative), ("comparative_first", asking.comparative_start)):
        if place and part.joined and name not in seen.values:
            continue
        word = read(part.words)
        if word:
            seen.note(f"later_{name}" if place else name, word)


def _person_and_time(words: list[str], seen: Shape) -> None:
    there = set(words)
    for name, kinds in (
        ("first_person", lex.FIRST_PERSON),
        ("second_person", lex.SECOND_PERSON),
        ("third_person", lex.THIRD_PERSON),
        ("comparative", lex.COMPARATIVES),
        ("negated", lex.NEGATIONS),
    ):
        if not there.isdisjoint(kinds):
            seen.note(name)
    past = sum(word in lex.PAST or (len(word) > 4 and word.endswith("ed") and word != "indeed") for word in words)
    if past:
        seen.note("past", value=min(past, 3) / 3)


def _tone(tokens: list[str], seen: Shape) -> None:
    """Note the words of good and of bad; a negation shortly before turns one into the other."""
    found: dict[str, list[str]] = {"good_words": [], "bad_words": []}
    negated = 0
    for place, word in enumerate(tokens):
        if word in lex.NEGATIONS and (place or word not in _ANSWERS):
            negated = _NEGATION_REACH
        elif word in _TONE_ENDS:
            negated = 0
        elif word in lex.GOOD:
            found["bad_words" if negated else "good_words"].append(word)
        elif word in lex.BAD:
            found["good_words" if negated else "bad_words"].append(word)
            if negated:
                seen.note("not_bad", word)
        negated = max(0, negated - 1)
    for name, words in found.items():
        if words:
            seen.note(name, ", ".join(words[:3]), 1 - 0.45 ** len(words))


def _together(fixed: bool, sentiment: Sentiment | None, seen: Shape) -> None:
    """Note what follows from several things at once, and the sentiment, coarsely, so that a better one does no harm."""
    values = seen.values
    asks = len(_ASKING.intersection(values))
    if asks:
        seen.note("ask_cues", value=min(2, asks) / 2)
    toneless = "good_words" not in values and "bad_words" not in values
    if toneless and not fixed:
        seen.note("no_tone")
    if toneless and "clause" in values and not fixed and not asks and "negated" not in values:
        seen.note("plain_clause")
    if "good_words" in values and "fragment" in values and not {"comparative", "imperative", "gerund"} & values.keys():
        seen.note("good_fragment")
    if not asks and not _ASKING_FORMS & values.keys():
        seen.note("no_ask")
    score = sentiment.score if sentiment else 0.0
    if score:
        seen.note("felt_good" if score > 0 else "felt_bad", value=min(1.0, abs(score) * 1.5))


def _with_purpose(asked: str | None, seen: Shape) -> None:
    """Add what the question was used for, alone and together with the form: "More chairs." asks only when asked."""
    purpose = asked if asked in PURPOSES else "none"
    seen.note(f"asked_{purpose}")
    for name in WITH_PURPOSE:
        if name in seen.values:
            seen.note(f"{name}|{purpose}", value=seen.values[name])
