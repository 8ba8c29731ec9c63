"""Text at the door: normalised once, before anything counts its characters, and never again."""

from __future__ import annotations

import re

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
CARD_LENGTH = 13


def clean(text: str) -> str:
    r"""Return text with line ends as \n, without NUL, lone surrogates and outer blanks, and with card numbers cut."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return _without_cards(LONE_SURROGATE.sub("", text).strip())


def clean_line(text: str) -> str:
    """Return text that belongs on one line: clean, with every run of white space as one blank."""
    return " ".join(clean(text).split())


def _without_cards(text: str) -> str:
    if sum(map(str.isdigit, text)) < CARD_LENGTH:
        return text
    from analysis.text.personal import cut_cards  # noqa: PLC0415 - few comments need it, and a web worker stays small

    cut: str = cut_cards(text)
    return cut
