"""Searching: every word in any of its forms, typos forgiven, nothing left of what was erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from surveyapp import searching
from surveyapp.accounts.audit import record
from surveyapp.db import UNDATED
from surveyapp.models import Comment, Improvement, Response, Survey, Word
from surveyapp.pipeline.erase import UNTITLED, erase
from surveyapp.searching.words import plain, vocabulary_of, words
from tests.support import make


def store(session: Session, *texts: str, title: str = "") -> list[Comment]:
    """Comments with these texts, heard as far as searching is concerned."""
    survey = session.scalars(select(Survey)).first() or make.survey(session)
    made = [make.response(session, survey, suggestion=text, state="heard").comments[0] for text in texts]
    if title:
        make.improvement(session, title)
    searching.learn(session, [*texts, title])
    return made


def found(session: Session, typed: str, *, near: bool = False) -> set[str]:
    """The texts of the comments that a search finds."""
    query = searching.parse(session, typed, near=near)
    if query is None:
        return set()
    ids = session.scalars(searching.comment_ids(session, query, most=100)).all()
    return set(session.scalars(select(Comment.text).where(Comment.id.in_(ids))))


CHAIRS, PARKING, CAFE = "Please add more chairs!", "Parking costs too much, and/or is full.", "The café was closed."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chair", {CHAIRS}),
        ("CHAIRS please", {CHAIRS}),
        ("chairs parking", set()),
        ("cafe", {CAFE}),
        ("café", {CAFE}),
        ("park", {PARKING}),
        ("costs", {PARKING}),
        ("the café", {CAFE}),
        ("or", {PARKING}),
        ("!!! ***", set()),
        ("chairs*", {CHAIRS}),
        ('" OR 1=1 --', set()),
        ("'chair' & ! |", {CHAIRS}),
        ("NEAR(chairs)", set()),
        ("hair", set()),
    ],
)
def test_every_word_must_be_there_in_one_of_its_forms(unit: Session, typed: str, expected: set[str]) -> None:
    """Singular and plural, with and without accents, from its beginning; nothing that was typed is an operator."""
    store(unit, CHAIRS, PARKING, CAFE)
    assert found(unit, typed) == expected


@pytest.mark.parametrize("typo", ["parkign", "praking", "parkng", "parkinng", "pakring"])
def test_typos_are_forgiven_when_asked(unit: Session, typo: str) -> None:
    """A letter more, less, other, or two swapped; the exact search finds nothing, and says so by finding nothing."""
    store(unit, CHAIRS, PARKING)
    assert found(unit, typo) == set()
    assert found(unit, typo, near=True) == {PARKING}


@pytest.mark.parametrize(
    ("typo", "held"), [("tea", "A pea."), ("1234", "Room 1235."), ("bench", "A torch."), ("", "x")]
)
def test_short_words_numbers_and_other_words_are_no_typos(unit: Session, typo: str, held: str) -> None:
    """The near misses: three letters are too few to guess from, and another number is another number."""
    store(unit, held)
    assert found(unit, typo, near=True) == set()


def test_the_newest_come_first(unit: Session) -> None:
    """By the day on which it was said, not the order in which it was stored; what has no day comes last."""
    survey = make.survey(unit)
    days = [date(2026, 3, 1), UNDATED, date(2026, 5, 1), date(2025, 12, 31)]
    for day in days:
        make.response(unit, survey, day=day, suggestion="More chairs")
    query = searching.parse(unit, "chairs")
    assert query is not None
    ids = unit.scalars(searching.comment_ids(unit, query, most=3)).all()
    assert [unit.get_one(Comment, each).day for each in ids] == [days[2], days[0], days[3]]


def test_titles_are_found_under_the_name_they_have_now(unit: Session) -> None:
    """A new title takes the old one's words out of the index."""
    store(unit, title="A bench by the door")
    query, other = searching.parse(unit, "bench"), searching.parse(unit, "sofa")
    assert query is not None
    assert other is not None
    assert len(unit.scalars(searching.title_ids(unit, query)).all()) == 1
    unit.scalars(select(Improvement)).one().title = "A sofa by the door"
    unit.flush()
    assert unit.scalars(searching.title_ids(unit, query)).all() == []
    assert len(unit.scalars(searching.title_ids(unit, other)).all()) == 1


def test_erased_words_are_not_found_and_not_known(unit: Session) -> None:
    """Not in the index, not in the vocabulary, unless somebody else wrote them too."""
    gone, _kept = store(unit, "Mrs Quillfeather was rude about chairs.", CHAIRS)
    erase(unit, gone.response)
    assert found(unit, "Quillfeather") == found(unit, "Quilfeather", near=True) == set()
    assert found(unit, "chairs") == {CHAIRS}
    known = set(unit.scalars(select(Word.word)))
    assert known == vocabulary_of(CHAIRS)


def test_a_word_in_a_title_survives_the_erasure_of_a_comment(unit: Session) -> None:
    """The title is somebody else's text."""
    gone = store(unit, "A fountain", title="Drinking fountain")[0]
    erase(unit, gone.response)
    assert set(unit.scalars(select(Word.word))) == {"drinking", "fountain"}


def test_a_title_that_quoted_erased_words_is_known_by_its_new_ones(unit: Session) -> None:
    """What stands in its place can be searched, and nothing else can."""
    gone = store(unit, "Quillfeather fountains")[0]
    make.improvement(unit, "Quillfeather fountains", title_comment_id=gone.id)
    erase(unit, gone.response)
    assert set(unit.scalars(select(Word.word))) == vocabulary_of(UNTITLED)


TEXTS = st.lists(st.text(alphabet="abé Z9_'/-.,\n", max_size=12), min_size=1, max_size=6)


def by_eye(texts: Iterable[str], word: str) -> set[str]:
    """What a reader would find: the texts that hold the word. Written apart from the indexes."""
    return {text for text in texts if word in words(text)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, gone=st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_index_is_what_a_count_of_the_texts_says(unit: Session, texts: list[str], gone: list[bool]) -> None:
    """Whatever is stored and erased: index and vocabulary hold exactly the words of the texts that are left."""
    unit.rollback()
    stored = store(unit, *[each if each.strip() else "a" for each in texts])
    for comment, goes in zip(list(stored), gone, strict=False):
        if goes:
            erase(unit, unit.get_one(Response, comment.response_id))
    left = list(unit.scalars(select(Comment.text)))
    assert set(unit.scalars(select(Word.word))) == vocabulary_of(*left)
    for word in vocabulary_of(*texts):
        query = searching.Query(((word,),))
        ids = unit.scalars(searching.comment_ids(unit, query, most=100)).all()
        assert set(unit.scalars(select(Comment.text).where(Comment.id.in_(ids)))) == by_eye(left, word)
    unit.rollback()


def test_the_acts_of_people_cannot_be_changed_or_removed(unit: Session) -> None:
    """Not even by somebody with a hand in the database."""
    record(unit, None, "founded", make.root(unit))
    unit.commit()
    for attempt in ("UPDATE act SET verb = 'nothing'", "DELETE FROM act"):
        with pytest.raises(DBAPIError, match="acts are never"):
            unit.execute(text(attempt))
        unit.rollback()


def test_what_a_word_is() -> None:
    """Letters and digits, in lower case; everything else stands between words."""
    assert words("Wi-Fi isn't GREAT_at the café, 24/7") == [
        "wi",
        "fi",
        "isn",
        "t",
        "great",
        "at",
        "the",
        "café",
        "24",
        "7",
    ]
    assert (plain("café"), plain("cafe")) == ("cafe", "cafe")
    assert vocabulary_of("x" * 41, "y") == {"y"}
