"""Quotes in letters: a letter that quotes a comment knows it, so that erasing the comment takes its words out of the letter too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.listening.masking import covered
from surveyapp.models import Comment, Finding, Letter, LetterQuote

ERASED = "(erased by the customer)"
LONGEST = 600
"""Characters of a comment that a letter quotes; the whole stands behind its link."""


def quotable(session: Session, comment: Comment, start: int = 0, end: int | None = None) -> str:
    """Return a stretch of a comment for a letter: personal data covered, on one line; "" before anybody has looked for such data."""
    said = covered(comment.text, session.get(Finding, comment.id), start, end)
    flat = " ".join((said or "").split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def note(session: Session, letter: Letter, quoted: Iterable[tuple[Comment, str]]) -> None:
    """Note which comments a letter quotes, and in which words."""
    session.flush()
    session.add_all(
        LetterQuote(letter_id=letter.id, comment_id=comment.id, quote=said)
        for comment, said in {each.id: (each, said) for each, said in quoted}.values()
    )


def forget(session: Session, comment_ids: Sequence[int]) -> None:
    """Take the words of comments out of every letter that quotes them, sent or not."""
    for each in session.scalars(select(LetterQuote).where(LetterQuote.comment_id.in_(comment_ids))).all():
        letter = session.get(Letter, each.letter_id, with_for_update=True)
        if letter is not None:
            letter.body = letter.body.replace(each.quote, ERASED)
        session.delete(each)
    session.flush()
