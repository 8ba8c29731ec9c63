"""What the words of a sentence add up to, beside the rules for urgent ones."""

from analysis.text import alarm
from analysis.text.roots import root, words


def signs(text):
    return alarm.signs([root(word) for word in words(text)])


def test_signs_are_words_pairs_leaps_and_beginnings_each_once():
    assert alarm.signs(["he", "hit", "he"]) == ["he", "hit", "^ he", "he hit", "hit he", "he $", "he _ he"]
    assert "thre-" in alarm.signs(["threaten"])


def test_a_sentence_without_words_sounds_like_nothing():
    assert alarm.alarm().sum(alarm.signs([])) < alarm.alarm().perhaps


def test_threats_sound_more_urgent_than_a_late_bus():
    learned = alarm.alarm()
    assert learned.sum(signs("He threatened to hurt my daughter")) > learned.surely
    assert learned.sum(signs("The bus was ten minutes late")) < learned.perhaps


def test_the_likeliest_type_is_named():
    learned = alarm.alarm()
    assert learned.type(signs("You sent my letter to another patient")) == "data leak"
    assert set(learned.names) == {"danger", "self-harm", "abuse", "discrimination", "child", "data leak"}


def test_the_gravest_type_needs_less_to_be_marked_by_words_alone():
    learned = alarm.alarm()
    assert learned.gravest < learned.surely
    assert learned.alone(signs("He threatened to hurt my daughter")) not in {None, alarm.GRAVEST}
    assert learned.alone(signs("The bus was ten minutes late")) is None


def test_long_texts_are_read_as_far_as_is_needed():
    assert len(alarm.signs(["word"] * 100_000)) < 600
