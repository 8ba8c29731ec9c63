"""TextBlob as one source of evidence."""

import pytest

from analysis.text import blob


@pytest.mark.parametrize(
    "text", ["a horrible film", "the staff were lovely", "not a good day", "a very good day", "the table is round"]
)
def test_it_says_what_textblob_says(text):
    textblob = pytest.importorskip("textblob")
    assert blob.polarity(text.split()) == pytest.approx(tuple(textblob.TextBlob(text).sentiment))


def test_its_list_holds_words_that_lean():
    assert blob.words()["horrible"] < 0 < blob.words()["excellent"]
    assert all(abs(polarity) >= 0.1 for polarity in blob.words().values())


def test_no_words_no_polarity():
    assert blob.polarity([]) == (0.0, 0.0)
