"""What themes catch among the last comments, before anything is saved, and what comes up that no theme catches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.admin import groups
from surveyapp.listening.masking import covered
from surveyapp.models import Comment, Finding, Response, Survey, Theme

if TYPE_CHECKING:
    from analysis.text.themes import Offer, ThemeList

LAST = 1_000
"""So many of the newest comments are looked through: enough to see what a word does, little enough to wait for."""
QUOTES = 5
OFFERED = 8


@dataclass(frozen=True, slots=True)
class Caught:
    """A comment that a theme catches, personal data covered, and the words that decided it."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a theme would catch of `of` comments, how many of them come anew or go against what is saved, and some of each."""

    of: int
    caught: int
    quotes: tuple[Caught, ...]
    more: int
    fewer: int
    lost: tuple[str, ...]


def last_comments(session: Session) -> list[str]:
    """Return the newest comments that were read, personal data covered; none of surveys that are confidential."""
    wanted = select(Comment.text, Finding).join(Finding, Finding.comment_id == Comment.id)
    wanted = wanted.join(Response, Response.id == Comment.response_id).join(Survey, Survey.id == Response.survey_id)
    wanted = wanted.where(Survey.confidential.is_(False)).order_by(Comment.day.desc(), Comment.id.desc()).limit(LAST)
    return [covered(text, finding) or "" for text, finding in session.execute(wanted)]


def preview(session: Session, theme: Theme, *, name: str, words: Sequence[str], examples: Sequence[str]) -> Preview:
    """Say what a theme would catch with this name, these words and examples, beside the other themes as they are."""
    rows = _rows(session, but=theme)
    now = _list([*rows, _row(name.strip() or theme.name, groups.distinct(words), groups.distinct(examples))])
    before = _list([*rows, _row(theme.name, theme.words, theme.examples)]) if theme.active else None
    place, texts = len(rows), last_comments(session)
    quotes: list[Caught] = []
    lost: list[str] = []
    caught = more = 0
    for text in texts:
        why = now.why(text).get(now.names[place])
        was = before is not None and before.names[place] in before.match(text)
        caught += why is not None
        more += why is not None and not was
        if why is not None and len(quotes) < QUOTES:
            quotes.append(Caught(text, why))
        if was and why is None:
            lost.append(text)
    return Preview(len(texts), caught, tuple(quotes), more, len(lost), tuple(lost[:QUOTES]))


@dataclass(frozen=True, slots=True)
class Overview:
    """How many of `of` comments each theme in use catches, by its id; how many none does; and what these mention."""

    of: int
    caught: dict[int, int]
    none: int
    offers: Sequence[Offer]


def overview(session: Session) -> Overview:
    """Look through the last comments with the themes as they are."""
    from analysis.text.themes import offered  # noqa: PLC0415 - only who edits themes waits for the list

    active = [theme for theme in groups.themes(session) if theme.active]
    listed = _list([_row(theme.name, theme.words, theme.examples) for theme in active])
    texts = last_comments(session)
    touched = [listed.match(text) for text in texts]
    caught = {theme.id: sum(theme.name in names for names in touched) for theme in active}
    loose = [text for text, names in zip(texts, touched, strict=True) if not names]
    return Overview(len(texts), caught, len(loose), offered(loose, listed, most=OFFERED))


_Row = dict[str, object]


def _rows(session: Session, *, but: Theme) -> list[_Row]:
    others = (each for each in groups.themes(session) if each.active and each.id != but.id)
    return [_row(each.name, each.words, each.examples) for each in others]


def _row(name: str, words: Sequence[str], examples: Sequence[str]) -> _Row:
    return {"name": name, "words": list(words), "examples": list(examples)}


def _list(rows: list[_Row]) -> ThemeList:
    from analysis.text.themes import ThemeList  # noqa: PLC0415 - as above

    return ThemeList.from_rows(rows)
