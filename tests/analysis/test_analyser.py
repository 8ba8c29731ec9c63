"""The analyser: one comment in, everything found in it out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import analyse
from analysis.analyser import ANALYSER, Analyser
from analysis.text.themes import ThemeList


def test_a_comment_is_read_sentence_by_sentence():
    found = analyse("Staff were lovely. But please add a ramp at the door.", asked="experience")
    assert found.language == "en"
    assert [sentence.kind for sentence in found.sentences] == ["praise", "suggestion"]
    assert [suggestion.text for suggestion in found.suggestions] == ["please add a ramp at the door"]
    assert found.analyser == ANALYSER


def test_offsets_point_at_the_customers_own_words():
    text = "  😀 Lovely tea!\r\n- more chairs please\n"
    found = analyse(text, asked="suggestion")
    for part in [*found.sentences, *found.suggestions]:
        assert text[part.start : part.end] == part.text


@pytest.mark.parametrize(
    "text",
    [
        "Le personnel était très aimable mais l’attente était longue",
        "Персонал очень добрый",
        "qwzx vbnm plok ijuh ygtf rdes wsaq",
    ],
)
def test_what_cannot_be_read_is_not_guessed(text):
    found = analyse(text)
    assert found.sentiment is None
    assert found.sentences == []
    assert found.suggestions == []
    assert found.themes == []


def test_an_address_is_found_in_any_language_so_that_it_can_be_masked():
    text = "Le personnel était très aimable, écrivez à ana.lopez@example.org"
    found = analyse(text)
    assert found.language == "fr"


def test_emoji_and_marks_need_no_language():
    found = analyse("👍")
    assert found.language is None
    assert found.sentiment is not None
    assert found.sentiment.label == "positive"


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_comment_holds_nothing(text):
    found = analyse(text)
    assert found.sentiment is None
    assert found.sentences == []


def test_an_organisations_own_themes_are_used():
    own = ThemeList.from_rows([{"name": "Boats", "words": ["boat", "boats", "ferry"], "examples": []}])
    assert Analyser(own).analyse("The ferry was late").themes == ["Boats"]


def test_a_finding_is_plain_data_in_the_promised_shape():
    line = analyse("Maria was wonderful, please write to me at me@example.org").as_dict()
    assert set(line) == {
        "language", "sentiment", "sentences", "suggestions", "themes", "personal", "people", "urgent", "analyser"
    }  # fmt: skip
    assert set(line["sentiment"]) >= {"label", "score", "confidence", "mixed"}
    assert set(line["sentences"][0]) >= {"text", "start", "end", "kind", "sentiment", "confidence"}
    assert json.loads(json.dumps(line)) == json.loads(json.dumps(line))


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_is_analysed(text):
    found = analyse(text, asked="suggestion")
    json.dumps(found.as_dict())


@pytest.mark.parametrize(
    "text",
    [
        "!" * 10_000,
        "good " * 20_000,
        "🙂" * 20_000,
        "Good. " * 2_000,
        "\x00\x07\x1b" * 3_000,
        "\ud800 broken",
        "مرحبا hello 你好 " * 500,
    ],
)
def test_odd_and_long_comments_do_no_harm(text):
    Analyser().analyse(text)
