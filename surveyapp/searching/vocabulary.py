"""Every word that some text holds: kept in a table, read into the memory of a process, asked for what is spelt like another.

Whoever stores texts learns their words, whoever erases texts forgets those that stand nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from analysis.text.stems import stem
from surveyapp import rollups
from surveyapp.models import Word
from surveyapp.searching import index
from surveyapp.searching.words import plain, vocabulary_of

SOME = 500
"""How many words one statement names."""
SHORT, LONG = 4, 7
"""A word of so many letters may differ by one, by two."""


def learn(session: Session, texts: Iterable[str]) -> None:
    """Note the words of some texts. The counter's lock keeps ids in the order in which they become visible."""
    wanted = sorted(vocabulary_of(*texts))
    fresh: list[str] = []
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        known = set(session.scalars(select(Word.word).where(Word.word.in_(some))))
        fresh += [word for word in some if word not in known]
    if not fresh:
        return
    rollups.bump(session, "words")
    meanwhile = set(session.scalars(select(Word.word).where(Word.word.in_(fresh)))) if len(fresh) < SOME else set()
    rows = [{"word": word} for word in fresh if word not in meanwhile]
    if rows:
        session.execute(insert(Word), rows)


def forget(session: Session, texts: Iterable[str]) -> None:
    """Drop the words of erased texts that no other text holds. The texts are out of the index already."""
    gone = [word for word in sorted(vocabulary_of(*texts)) if not index.held_anywhere(session, word)]
    for start in range(0, len(gone), SOME):
        session.execute(delete(Word).where(Word.word.in_(gone[start : start + SOME])))
    if gone:
        rollups.bump(session, "words forgotten")


class Vocabulary:
    """The words in memory, by stem and spelling without accents."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._last, self._forgotten = 0, -1
        self._words: list[str] = []
        self._kin: dict[str, list[str]] = defaultdict(list)

    def refresh(self, session: Session) -> None:
        """Read what is new; read everything where something was forgotten."""
        with self._lock:
            forgotten = rollups.value(session, "words forgotten")
            if forgotten != self._forgotten:
                self._clear()
                self._forgotten = forgotten
            fresh = session.execute(select(Word.id, Word.word).where(Word.id > self._last).order_by(Word.id)).all()
            if not fresh:
                return
            for _id, word in fresh:
                self._kin[_root(word)].append(word)
            self._words = [*self._words, *(word for _id, word in fresh)]
            self._last = fresh[-1][0]

    def forms(self, word: str) -> set[str]:
        """Return the word and its other forms: "chairs" for "chair", "café" for "cafe"."""
        return {word, *self._kin.get(_root(word), ())}

    def near(self, word: str) -> set[str]:
        """Return words that are spelt like this one: a letter more, less, other or swapped; two in long words."""
        allowed = 0 if len(word) < SHORT or word.isdigit() else 1 if len(word) < LONG else 2
        if not allowed:
            return set()
        from rapidfuzz import process  # noqa: PLC0415 - a search's alone
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=allowed, limit=200)
        return {each for each, _distance, _place in found if each[0] == word[0] or _swapped(each, word)}


def _swapped(one: str, other: str) -> bool:
    return one[:2] == other[1::-1]


def _root(word: str) -> str:
    return stem(plain(word))


_known: WeakKeyDictionary[Any, Vocabulary] = WeakKeyDictionary()


def of(session: Session) -> Vocabulary:
    """Return this process's vocabulary of the session's database, up to date."""
    found: Vocabulary = _known.setdefault(session.get_bind().engine.pool, Vocabulary())
    found.refresh(session)
    return found
