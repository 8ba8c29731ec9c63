"""What the writer tells: the same every time, like people, and in step with the story."""

import re
from collections import Counter
from datetime import UTC, timedelta
from itertools import islice, pairwise

from surveyapp.demo.story import branches
from surveyapp.demo.visits import HOME
from surveyapp.demo.writer import responses


def texts(told):
    return [text for response in told for text in (response.experience, response.suggestion) if text is not None]


def comments_of(response):
    return (response.experience is not None) + (response.suggestion is not None)


def wished(response, need):
    return sum(truth.need == need and truth.kind in ("suggestion", "complaint") for truth in response.truth)


def rate(told, need, today, newest, oldest, *, places=None):
    """Mentions of a need per 1,000 comments, between so many days before today."""
    inside = [
        response
        for response in told
        if newest <= (today - response.at.date()).days < oldest and (places is None or response.service_key in places)
    ]
    return 1000 * sum(wished(one, need) for one in inside) / sum(comments_of(one) for one in inside)


def csat(told, today, place, newest, oldest):
    ratings = [
        response.ratings["csat"]
        for response in told
        if response.service_key == place and newest <= (today - response.at.date()).days < oldest
    ]
    return sum(ratings) / len(ratings)


def test_the_same_day_and_seed_tell_the_same(told, today):
    assert list(responses(today)) == told


def test_another_seed_tells_another(today):
    assert list(islice(responses(today, seed=8, total=300), 50)) != list(
        islice(responses(today, seed=7, total=300), 50)
    )


def test_as_many_as_asked_oldest_first_up_to_yesterday(told, today):
    assert len(told) == 20_000
    assert all(one.at <= two.at for one, two in pairwise(told))
    assert timedelta(days=0) < today - told[-1].at.date() <= timedelta(days=2)
    assert 725 <= (today - told[0].at.date()).days <= 732
    assert all(response.at.tzinfo is UTC for response in told)


def test_people_answer_in_opening_hours_or_soon_after(told):
    assert all(7 <= response.at.astimezone(HOME).hour <= 22 for response in told)
    assert not [one for one in told if (one.at.month, one.at.day) == (12, 25)]


def test_every_branch_and_channel_is_heard(told):
    assert {response.service_key for response in told} == {branch.key for branch in branches()}
    assert set(Counter(response.channel for response in told)) == {"web", "qr", "email", "kiosk"}
    assert all(set(one.ratings) == {"csat", "value", "expectation"} for one in told)
    assert all(1 <= value <= 5 for one in told for value in one.ratings.values())


def test_a_smaller_and_shorter_story_can_be_told(today):
    few = list(responses(today, months=6, total=200))
    assert len(few) == 200
    assert (today - few[0].at.date()).days <= 183


def test_some_twelve_thousand_comments(told):
    assert 11_400 <= len(texts(told)) <= 12_600


def test_hardly_a_comment_of_over_four_words_repeats_another(told):
    plain = [re.sub(r"\W+", " ", text.casefold()).strip() for text in texts(told) if len(text.split()) > 4]
    assert 1 - len(set(plain)) / len(plain) <= 0.01


def test_beginnings_and_ends_vary_too(told):
    long = [text.casefold().split() for text in texts(told) if len(text.split()) > 8]
    beginnings = Counter(" ".join(words[:4]) for words in long)
    assert beginnings.most_common(1)[0][1] < 0.01 * len(long)


def test_from_one_word_to_a_paragraph(told):
    lengths = sorted(len(text.split()) for text in texts(told))
    assert lengths[len(lengths) // 20] <= 3
    assert 8 <= lengths[len(lengths) // 2] <= 16
    assert lengths[-len(lengths) // 50] >= 35


def test_truth_stands_where_it_says(told):
    for response in told:
        for name in ("experience", "suggestion"):
            text = getattr(response, name)
            spans = [truth for truth in response.truth if truth.field == name]
            assert bool(spans) == (text is not None)
            end = 0
            for truth in spans:
                assert end <= truth.start < truth.end <= len(text)
                assert text[truth.start] == text[truth.start].strip()
                assert text[truth.end - 1] == text[truth.end - 1].strip()
                end = truth.end


def test_no_text_needs_tidying_when_it_comes_in(told):
    assert all(text == text.strip() and "\r" not in text and "  " not in text for text in texts(told))


def test_shares_of_kinds_are_those_of_such_questions(told):
    def shares(name):
        found = Counter(truth.kind for response in told for truth in response.truth if truth.field == name)
        return {kind: count / found.total() for kind, count in found.items()}

    asked, told_us = shares("suggestion"), shares("experience")
    assert 0.35 < asked["suggestion"] < 0.55
    assert 0.2 < asked["complaint"] < 0.45
    assert 0.03 < asked["nothing"] < 0.12
    assert told_us["praise"] > 0.45
    assert 0.01 < told_us["suggestion"] < 0.1


def test_people_write_in_many_manners(told):
    written = texts(told)
    assert sum(text.isupper() and len(text) > 10 for text in written) > 50
    assert sum(text == text.lower() for text in written) > 2000
    assert sum(bool(re.search(r"[\U0001F300-\U0001FAFF]", text)) for text in written) > 80
    assert sum("\n" in text for text in written) > 50
    assert sum(bool(re.search(r"\b(gracias|merci|danke|polecam|grazie)\b", text.lower())) for text in written) > 10


def test_unhappy_people_complain_and_happy_people_praise(told):
    def share(kind, ratings):
        kinds = [truth.kind for one in told if one.ratings["csat"] in ratings for truth in one.truth]
        return kinds.count(kind) / len(kinds)

    assert share("complaint", (1, 2)) > 2 * share("complaint", (5,))
    assert share("praise", (5,)) > 4 * share("praise", (1, 2))


def test_a_branch_goes_wrong_and_recovers(told, today):
    before = csat(told, today, "millbeck", 460, 700)
    worst = csat(told, today, "millbeck", 300, 400)
    after = csat(told, today, "millbeck", 0, 200)
    assert worst < before - 0.8
    assert after > worst + 0.8
    elsewhere = csat(told, today, "aldersby", 460, 700) - csat(told, today, "aldersby", 300, 400)
    assert abs(elsewhere) < 0.2


def test_value_falls_with_the_rise_of_prices(told, today):
    def value(newest, oldest):
        found = [one.ratings["value"] for one in told if newest <= (today - one.at.date()).days < oldest]
        return sum(found) / len(found)

    assert value(330, 420) < value(430, 520) - 0.2
    assert value(0, 90) > value(330, 420)


def test_improvements_that_helped_are_mentioned_less(told, today):
    for need, since in (("lockers", 365), ("app", 250)):
        assert rate(told, need, today, 0, since) < 0.65 * rate(told, need, today, since, 730), need


def test_one_that_helped_at_its_branch_left_the_others_as_they_were(told, today):
    there, elsewhere = {"saltmere"}, {"aldersby", "kettlemoor", "sandrigg", "millbeck"}
    assert rate(told, "family", today, 0, 158, places=there) < 0.75 * rate(
        told, "family", today, 158, 730, places=there
    )
    assert rate(told, "family", today, 0, 158, places=elsewhere) > 0.6 * rate(
        told, "family", today, 158, 730, places=elsewhere
    )


def test_improvements_that_did_not_help_are_mentioned_as_before(told, today):
    for need, since in (("phones", 330), ("cleaning", 390)):
        ratio = rate(told, need, today, 0, since) / rate(told, need, today, since, 730)
        assert 0.72 < ratio < 1.35, need


def test_seasons_turn(told):
    def in_months(need, months):
        return sum(wished(one, need) for one in told if one.at.month in months)

    assert in_months("air", (6, 7, 8)) > 3 * in_months("air", (12, 1, 2))
    assert in_months("pooltemp", (12, 1, 2)) > 1.5 * in_months("pooltemp", (6, 7, 8))


def test_nobody_praises_what_is_not_there_yet(told, today):
    for response in told:
        if (today - response.at.date()).days > 380:
            assert not [one for one in response.truth if one.need == "lockers" and one.kind == "praise"]
