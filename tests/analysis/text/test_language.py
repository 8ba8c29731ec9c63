"""Which language a comment is in: known, unknown, and never a short English answer turned away."""

import pytest

from analysis.text.language import detect


@pytest.mark.parametrize(
    "text",
    ["ok", "no", "N/A", "Parking!", "More staff", "all good", "Nothing", "super", "Care.", "La staff was nice", "wont come back",
     "DON'T CARE DON'T CARE DON'T CARE", "Plan B, café and naïve résumé were fine", "x", "Wi-Fi"],
)  # fmt: skip
def test_short_english_is_english(text):
    assert detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("El personal fue muy amable y la comida estaba buena", "es"),
        ("gracias por todo", "es"),
        ("O atendimento foi muito bom, obrigado", "pt"),
        ("Le personnel était très gentil mais c'est trop cher", "fr"),
        ("Das Personal war sehr freundlich, aber die Wartezeit war zu lang", "de"),
        ("Il personale è stato molto gentile", "it"),
        ("Het personeel was heel vriendelijk en het was goed", "nl"),
        ("Personalen var mycket trevlig och allt var bra", "sv"),
        ("Obsługa była bardzo miła, dziękuję", "pl"),
        ("Personel çok iyi, teşekkürler", "tr"),
        ("Roedd y staff yn garedig iawn", "cy"),
        ("Персонал очень добрый", "ru"),
        ("Персонал дуже привітний і ввічливий", "uk"),
        ("非常好，谢谢", "zh"),
        ("とても良いサービスでした", "ja"),
        ("직원들이 친절했어요", "ko"),
        ("الخدمة ممتازة", "ar"),
        ("सेवा अच्छी थी", "hi"),
        ("Το προσωπικό ήταν ευγενικό", "el"),
    ],
)
def test_other_languages_are_known_by_script_and_words(text, code):
    assert detect(text) == code


@pytest.mark.parametrize("text", ["", "   ", "10/10", "👍👍", "!!!", "asdf qwer zxcv poiu lkjh mnbv gfds rtzu"])
def test_what_cannot_be_told_is_none(text):
    assert detect(text) is None


@pytest.mark.parametrize("text", ["é" * 100_000, "\x00\ud800" * 1_000, "ab " * 50_000, "ǅ҉" * 999])
def test_odd_texts_do_no_harm(text):
    detect(text)
