"""What one person writes: which things, in which order, in which words, with the truth about every sentence beside it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from surveyapp.demo.grammar import Phrase, expand, sections
from surveyapp.demo.voices import Voice

Kind = Literal["suggestion", "complaint", "praise", "nothing", "other"]
MANNERS = {"plain": 75, "short": 20, "round": 3, "mixed": 2}
"""How people ask, in a hundred: openly, in a fragment, in a roundabout way, inside something else (words/ask.txt)."""
TIMED = re.compile(
    r"again|always|still|since|yesterday|today|morning|weekend|after|before|last|ago|day\b|for \w+ (weeks|months)| on |every|any more"
)
"""Words of a complaint that already say when, so that no second time is put to it."""
KINDS: dict[str, Kind] = {"S": "suggestion", "C": "complaint", "P": "praise", "N": "nothing", "O": "other"}


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence that somebody means to write: its kind, the need that it is about (if any), and its words."""

    kind: Kind
    need: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when somebody writes, how happy they are (csat, 1 to 5), and the needs on their mind."""

    rng: random.Random
    words: dict[str, str]
    csat: int
    voice: Voice
    need: Callable[[], str]
    thanked: tuple[str, ...]


Shape = Callable[[Scene], list[Part]]


def suggestion_answer(scene: Scene) -> list[Part]:
    """What somebody answers to "What could we do better?"."""
    unhappy = 5 - scene.csat
    shapes: list[tuple[float, Shape]] = [
        (max(1.5, 15 - 4.5 * unhappy), nothing),
        (max(0.8, 5 - 1.6 * unhappy), lambda s: praise(s, 1)),
        (1.6, other),
        (26, wish),
        (7 + 2 * unhappy, lambda s: gripe(s, 1)),
        (9 + unhappy, gripe_and_wish),
        (5, lambda s: wish(s) + wish(s)),
        (2 + 1.5 * unhappy, lambda s: gripe(s, 1) + gripe(s, 1)),
        (max(1.0, 7 - 1.5 * unhappy), lambda s: praise(s, 1) + wish(s)),
        (2.5, lambda s: other(s) + gripe_and_wish(s)),
        (3.0 * scene.voice.wordy, essay),
        (1.5, wish_list),
    ]
    return _pick(scene, shapes)(scene)


def experience_answer(scene: Scene) -> list[Part]:
    """What somebody answers to "Tell us about your experience"."""
    unhappy = 5 - scene.csat
    shapes: list[tuple[float, Shape]] = [
        (max(1.0, 34 - 9 * unhappy), lambda s: praise(s, 1)),
        (max(0.6, 7 - 2 * unhappy), praised_word),
        (max(0.4, 17 - 5 * unhappy), lambda s: praise(s, 2)),
        (max(0.2, 7 - 2 * unhappy), lambda s: praise(s, 3)),
        (4, other),
        (max(0.5, 5 - unhappy), lambda s: other(s) + praise(s, 1)),
        (4, lambda s: praise(s, 1) + gripe(s, 1)),
        (1 + 7 * unhappy, lambda s: gripe(s, 1)),
        (3 * unhappy, lambda s: gripe(s, 1) + gripe(s, 1)),
        (2 * unhappy, lambda s: other(s) + gripe(s, 2)),
        (1.5, lambda s: praise(s, 1) + wish(s)),
        (1 + unhappy, gripe_and_wish),
        (2.5 * scene.voice.wordy, essay),
        (1.0, nothing),
    ]
    return _pick(scene, shapes)(scene)


def _pick(scene: Scene, shapes: list[tuple[float, Shape]]) -> Shape:
    return scene.rng.choices([shape for _, shape in shapes], [weight for weight, _ in shapes])[0]


def foreign(scene: Scene) -> list[Part]:
    """A comment in another language."""
    return _lines(scene, "foreign", "O", None)


def nothing(scene: Scene) -> list[Part]:
    """Nothing to say, said in one of many ways."""
    return _lines(scene, "nothing", "N", None)


def other(scene: Scene) -> list[Part]:
    """Something that asks for nothing, blames nobody and praises nobody."""
    return _lines(scene, "other", "O", None)


def praise(scene: Scene, sentences: int) -> list[Part]:
    """Praise: often of people, now and then of something that was put right."""
    parts: list[Part] = []
    while len(parts) < sentences:
        need = scene.need() if scene.rng.random() < 0.2 else None
        if need in scene.thanked:
            parts += _lines(scene, f"need.{need}", "P", need)
        else:
            parts += _lines(scene, "praise", "P", None)
    return parts


def praised_word(scene: Scene) -> list[Part]:
    """Praise in a word or two."""
    return [Part("praise", None, _phrase(scene, "praise", "fragment"))]


def wish(scene: Scene, need: str | None = None, *, more: bool = True) -> list[Part]:
    """Ask for something: openly, in a fragment, in a roundabout way or inside something else."""
    rng, need = scene.rng, need or scene.need()
    own = f"need.{need}"
    if rng.random() < 0.1:
        return _lines(scene, own, "S", need)
    what = "np" if rng.random() < 0.55 else "vp"
    manner = rng.choices(list(MANNERS), list(MANNERS.values()))[0]
    words = scene.words | {what: _phrase(scene, own, what), "praised": _phrase(scene, "praised", "short")}
    frame = rng.choice(sections()["ask"][what + manner])
    parts = [Part("suggestion", need, expand(frame, words, rng))]
    if more and rng.random() < 0.13 * scene.voice.wordy:
        parts.append(Part("other", None, _phrase(scene, "tell", "why")))
    return parts


def gripe(scene: Scene, sentences: int) -> list[Part]:
    """Complain: plainly, in a need's own words or with sarcasm, and then perhaps go on."""
    rng, need = scene.rng, scene.need()
    parts = _one_gripe(scene, need)
    while len(parts) < sentences or rng.random() < 0.13 * scene.voice.wordy:
        if rng.random() < 0.5:
            parts.append(Part("complaint", None, _phrase(scene, "tell", "after")))
        else:
            parts += _one_gripe(scene, scene.need())
        if len(parts) >= 4:
            break
    return parts


def _one_gripe(scene: Scene, need: str) -> list[Part]:
    rng, own = scene.rng, f"need.{need}"
    turn = rng.random()
    if turn < 0.12:
        return _lines(scene, own, "C", need)
    bad = _phrase(scene, own, "bad")
    section, name = "tell", "plain"
    if turn < 0.19:
        section, name = "sarcasm", "C"
    elif turn < 0.4 and not TIMED.search(bad):
        name = "timed"
    frame = rng.choice(sections()[section][name])
    words = scene.words | {"bad": bad}
    return [Part("complaint", need, expand(frame, words, rng))]


def gripe_and_wish(scene: Scene) -> list[Part]:
    """What is wrong and what would put it right, of the same need."""
    need = scene.need()
    own = sections()[f"need.{need}"]
    if scene.rng.random() < 0.35:
        name = scene.rng.choice([name for name in ("CS", "SC") if name in own])
        return _lines(scene, f"need.{need}", name, need)
    parts = _one_gripe(scene, need) + wish(scene, need, more=False)
    return parts if scene.rng.random() < 0.75 else parts[::-1]


def wish_list(scene: Scene) -> list[Part]:
    """Three to five short wishes, one after another."""
    rng = scene.rng
    parts = []
    for _ in range(rng.randint(3, 5)):
        need = scene.need()
        what = rng.choice(("np", "np", "vp"))
        parts.append(Part("suggestion", need, _phrase(scene, f"need.{need}", what)))
    return parts


def essay(scene: Scene) -> list[Part]:
    """A paragraph: a greeting perhaps, several matters of every kind, and a last word."""
    rng = scene.rng
    parts = _lines(scene, "opener", "O", None) if rng.random() < 0.4 else []
    if rng.random() < 0.6:
        parts += other(scene)
    parts += praise(scene, 1) if scene.csat >= 3 and rng.random() < 0.6 else []
    for _ in range(rng.randint(1, 3)):
        parts += rng.choice((gripe_and_wish, wish, lambda s: gripe(s, 2), other))(scene)
    if scene.csat >= 4 and rng.random() < 0.5:
        parts += praise(scene, 1)
    if rng.random() < 0.4:
        parts += _lines(scene, "closer", "P" if scene.csat >= 4 and rng.random() < 0.5 else "O", None)
    return parts


def _phrase(scene: Scene, section: str, name: str) -> str:
    return expand(scene.rng.choice(sections()[section][name]), scene.words, scene.rng)


def _lines(scene: Scene, section: str, name: str, need: str | None) -> list[Part]:
    """The sentences of one phrase, a kind for each letter of the field's name."""
    phrase: Phrase = scene.rng.choice(sections()[section][name])
    texts = [text.strip() for text in expand(phrase, scene.words, scene.rng).split("||")]
    return [Part(KINDS[letter], need, text) for letter, text in zip(name, texts, strict=True)]
