"""Urgent sentences are marked; figures of speech are not."""

from __future__ import annotations

import pytest

from analysis.text import urgent

URGENT = [
    ("I want to kill myself", "self-harm"), ("There is no reason to live any more", "self-harm"), ("she took an overdose in the toilets", "self-harm"),
    ("My son was left alone by the pool", "child"), ("a man was photographing children in the changing room", "child"),
    ("The trainer hit my daughter", "child"), ("He touched me inappropriately", "abuse"), ("I was bullied by the manager", "abuse"),
    ("a guard pushed me to the floor", "abuse"), ("The receptionist made a racist remark", "discrimination"),
    ("They ignored me because I am deaf", "discrimination"), ("told us to go back to our own country", "discrimination"),
    ("I was sent another patient's letter", "data leak"), ("My bank details were shared with a stranger", "data leak"),
    ("You can see other people's records on the screen", "data leak"), ("the fire exit was blocked with boxes", "danger"),
    ("I nearly drowned and nobody noticed", "danger"), ("there are exposed wires by the sink", "danger"),
    ("She slipped on the wet floor and broke her wrist", "danger"), ("He had an allergic reaction and was ignored", "danger"),
    ("we had to call an ambulance", "danger"), ("I was given the wrong medication", "danger"),
]  # fmt: skip
HARMLESS = [
    "The pain was killing me", "The cake is to die for", "killer view from the roof", "my phone had a dead battery", "dying to come back",
    "I could murder a coffee", "We killed time in the shop", "cut the prices please", "the steps are steep", "staff are drop dead gorgeous",
    "the app crashed again", "I never felt unsafe", "My son loves the slide", "Hang on, it was fine", "fire up the sauna", "knife and fork were dirty",
    "nice racial mix of people", "Children were well looked after", "A letter would help", "My details were correct",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), URGENT)
def test_urgent_is_marked(text: str, kind: str) -> None:
    """The type is among those found, and the whole sentence is marked."""
    found = urgent.find(text, [])
    assert kind in {sign.type for sign in found}
    assert {(sign.start, sign.end) for sign in found} == {(0, len(text))}


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_of_speech_are_not(text: str) -> None:
    """A near-miss wakes nobody."""
    assert urgent.find(text, []) == []
