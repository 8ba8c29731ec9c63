"""What tells how far a label of sentiment can be trusted, whatever is talked about."""

import pytest

from analysis.text import ngrams, sentiment, trust
from analysis.text.evidence import NAMES as OF_EVIDENCE


def told(chances, learned=(0.0, 0.0, 0.0), known=0.5, **evidence):
    values = [evidence.get(name, 0.0) for name in OF_EVIDENCE]
    return dict(zip(trust.NAMES, trust.signs(values, learned, known, chances), strict=True))


def test_scorers_that_agree_with_the_label_count_for_it_whichever_side_it_is():
    good = told([0.1, 0.1, 0.8], learned=(-1.0, 0.0, 2.0), ours_balance=0.6)
    bad = told([0.8, 0.1, 0.1], learned=(2.0, 0.0, -1.0), ours_balance=-0.6)
    assert good["learned"] == bad["learned"] == 3.0
    assert good["opinions"] == bad["opinions"] == pytest.approx(0.6)
    assert (good["negative"], bad["negative"]) == (0.0, 1.0)


def test_opinion_words_that_contradict_the_label_are_told():
    assert told([0.7, 0.1, 0.2], ours_balance=0.5)["against"] == 1.0
    assert told([0.7, 0.1, 0.2], ours_balance=-0.5)["against"] == 0.0


def test_a_neutral_label_is_doubted_when_words_lean():
    assert told([0.3, 0.4, 0.3], learned=(-1.0, 0.0, 1.5))["leaning"] == 2.5
    assert told([0.3, 0.2, 0.5], learned=(-1.0, 0.0, 1.5))["leaning"] == 0.0


def test_a_chance_counts_as_far_as_the_words_are_known():
    assert told([0.05, 0.05, 0.9], known=0.0)["known_odds"] == 0.0
    assert told([0.05, 0.05, 0.9], known=1.0)["known_odds"] > told([0.2, 0.2, 0.6], known=1.0)["known_odds"] > 0


def test_certainty_stays_finite():
    assert told([0.0, 0.0, 1.0], known=1.0)["known_odds"] < 20


def test_the_share_of_known_n_grams_is_between_none_and_all():
    learned = ngrams.weights()
    assert learned.scored([])[1] == 0.0
    assert learned.scored(["qxzzy", "good"])[1] == 0.5


def test_words_nobody_has_seen_lower_the_confidence_in_the_same_praise():
    assert (
        sentiment.of_sentence("The staff were great").confidence
        > sentiment.of_sentence("The zquorlings glimmed great fnordwise").confidence
    )
