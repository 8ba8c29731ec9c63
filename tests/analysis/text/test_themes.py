"""Themes: an organisation's own words, what goes with them, and what nobody listed but many mention."""

import json
import pickle

import pytest

from analysis.text.themes import ThemeList, default_themes, offered, starter_rows

BAKERY = [
    {"name": "Bread", "words": ["bread", "loaf", "roll", "rye"]},
    {"name": "Queue", "words": ["queue", "wait"]},
    {"name": "Till", "words": ["price", "cash desk"]},
]


def bakery() -> ThemeList:
    return ThemeList.from_rows(BAKERY)


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("The rye was gone by ten.", ["Bread"]),
        ("Two LOAVES, and both were stale", ["Bread"]),
        ("We waited and queued for our rolls", ["Bread", "Queue"]),
        ("I queued at the cash desk", ["Queue", "Till"]),
        ("Far too expensive these days", ["Till"]),
        ("My dog liked it", []),
        ("", []),
        ("🙂🙂", []),
    ],
)
def test_finds_none_one_or_several_in_the_lists_order(text, themes):
    assert bakery().match(text) == themes


@pytest.mark.parametrize("text", ["I can't wait to be back", "Worth the wait!", "cannot wait for Saturday"])
def test_a_fixed_phrase_says_nothing_of_its_words(text):
    assert bakery().match(text) == []


def test_says_which_of_the_customers_words_decided():
    assert bakery().why("Queues, and prices went up; the Queue again")["Queue"] == ("queues", "queue")


def test_a_word_that_another_theme_names_is_left_to_it():
    themes = ThemeList.from_rows(
        [
            {"name": "Food", "words": ["food", "meal", "cake"]},
            {"name": "Coffee corner", "words": ["coffee", "tea", "latte"]},
        ]
    )
    assert themes.match("A fine lasagne") == ["Food"]
    assert themes.match("A very small espresso") == ["Coffee corner"]


def test_a_list_without_waiting_leaves_it_to_the_service():
    themes = ThemeList.from_rows([{"name": "Service", "words": ["service", "staff"]}, {"name": "Food", "words": []}])
    assert themes.match("Half an hour in the queue") == ["Service"]
    assert themes.match("A lovely soup") == ["Food"]


def test_an_ambiguous_word_needs_another_beside_it():
    themes = ThemeList.from_rows([{"name": "Atmosphere", "words": ["atmosphere", "music"]}])
    assert themes.match("A cute place") == ["Atmosphere"]
    assert themes.match("A cute baby") == []


def test_small_slips_of_the_pen_are_forgiven():
    assert default_themes().match("very frendly") == ["Manner of staff"]
    assert default_themes().match("Accomodating to the last") == ["Manner of staff"]
    assert default_themes().match("the planet") == []


def test_examples_speak_for_their_theme_when_two_words_come_together():
    rows = [{"name": "Allotments", "words": ["allotment"], "examples": ["The plots by the canal are overgrown."]}]
    themes = ThemeList.from_rows(rows)
    assert themes.match("Our plot is overgrown again") == ["Allotments"]
    assert themes.match("A good plot for a film") == []


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("The lady at reception was rude to my mother", "Manner of staff"),
        ("Nobody heard me out, they brushed me off", "Being listened to"),
        ("I was sent from pillar to post", "Being sent elsewhere"),
        ("Three hours in the waiting area, running late as ever", "Waiting"),
        ("Daylight robbery", "Price and value"),
        ("It fell apart after a week", "Quality"),
        ("The loos were dirtier than last year", "Cleanliness"),
        ("Nowhere to park, and no ramp for her wheelchair", "Access and parking"),
        ("I could not rebook", "Booking"),
        ("Nobody told us anything, no leaflets", "Information"),
        ("The site logs me out and my password is never right", "Website and app"),
        ("The courier threw the parcel over the gate", "Delivery"),
        ("I want my money back", "Refunds"),
        ("Cold tea and a stale sandwich", "Food and drink"),
        ("Freezing hall, hard seats", "Surroundings"),
        ("The wet floor is slippery", "Safety"),
    ],
)
def test_the_starter_list_knows_what_services_are_told(text, theme):
    assert theme in default_themes().match(text)


@pytest.mark.parametrize("text", ["Nothing to add", "All good, thanks", "See you next year!", "It was what I expected"])
def test_the_starter_list_leaves_alone_what_has_no_theme(text):
    assert default_themes().match(text) == []


def test_a_list_reads_from_a_file_and_goes_back_to_rows(tmp_path):
    path = tmp_path / "themes.json"
    path.write_text(json.dumps(BAKERY), encoding="utf-8")
    themes = ThemeList.load(path)
    assert themes.names == ("Bread", "Queue", "Till")
    assert [(theme.name, list(theme.words)) for theme in themes] == [(row["name"], row["words"]) for row in BAKERY]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"name": "Food"}, "themes are a list"),
        (["Food"], "theme 1: must be"),
        ([{"words": ["food"]}], 'theme 1: "name" is missing'),
        ([{"name": "  ", "words": []}], 'theme 1: "name" is missing'),
        ([{"name": "Food", "words": "food, meal"}], r'theme 1 \(Food\): "words" must be a list'),
        ([{"name": "Food", "words": [], "examples": [1]}], r'theme 1 \(Food\): "examples" must be a list'),
        ([{"name": "Food", "words": []}] * 2, 'theme 2: the name "Food" is there twice'),
    ],
)
def test_a_wrong_list_is_refused_by_row_and_field(rows, said):
    with pytest.raises(ValueError, match=said):
        ThemeList.from_rows(rows)


def test_a_file_that_is_not_json_is_refused_by_name(tmp_path):
    path = tmp_path / "themes.json"
    path.write_text("name,words", encoding="utf-8")
    with pytest.raises(ValueError, match=r"themes\.json is not JSON"):
        ThemeList.load(path)


def test_a_list_travels_to_other_processes_without_its_index():
    themes = bakery()
    before = len(pickle.dumps(themes))
    themes.match("bread")
    assert len(pickle.dumps(themes)) == before
    assert pickle.loads(pickle.dumps(themes)).match("bread") == ["Bread"]


def test_offers_what_many_mention_and_no_theme_catches():
    texts = [f"The petting zoo was closed on visit {number}" for number in range(6)]
    texts += ["My goat ate a brochure", "Fresh bread", "bread", "bread", "bread", "bread", "Lovely day out"]
    offers = offered(texts, bakery(), least=5)
    assert [(offer.words, offer.n) for offer in offers] == [("petting zoo", 6), ("closed", 6)]
    assert offers[0].examples == tuple(texts[:3])


def test_offers_nothing_where_comments_share_nothing():
    assert offered(["Great", "Very good indeed", "It was all really lovely thanks"] * 9, bakery()) == []


def test_absurd_text_is_read_to_the_end():
    assert bakery().match("x" * 100_000 + " " + "!" * 10_000 + " rye") == ["Bread"]


def test_the_starter_rows_are_a_list_that_an_organisation_can_edit():
    rows = starter_rows()
    assert len(rows) == 16
    assert ThemeList.from_rows(rows).names == default_themes().names
