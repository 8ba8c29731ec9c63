"""Staff praised by name are found; places, brands, months, headings and people who are blamed are not."""

import pytest

from analysis.finding import Sentence, Sentiment
from analysis.text import people
from analysis.text.sentences import split

PRAISED = [
    ("Maria at the desk was wonderful", ["Maria"]),
    ("thanks to Dave and Priya", ["Dave", "Priya"]),
    ("Big thank you to Aoife, Dr Okafor and Tomasz for everything", ["Aoife", "Okafor", "Tomasz"]),
    ("Special thanks go to the receptionist Siobhan!", ["Siobhan"]),
    ("Shout out to Kev on the till", ["Kev"]),
    ("Kudos to our driver Mehmet", ["Mehmet"]),
    ("Sarah Jones was so patient with my mum", ["Sarah Jones"]),
    ("The midwife, Hannah, was amazing", ["Hannah"]),
    ("Nurse Whitlock was very kind", ["Whitlock"]),
    ("I was looked after by Oluwaseun, who was great", ["Oluwaseun"]),
    ("Served by Chloe, lovely girl", ["Chloe"]),
    ("Our instructor Bartek is the best", ["Bartek"]),
    ("Ahmed went above and beyond", ["Ahmed"]),
    ("Priya took the time to explain everything", ["Priya"]),
    ("Grace at reception was lovely", ["Grace"]),
    ("Thank you so much Will and Rose", ["Will", "Rose"]),
    ("A lady called Zbyszka helped us, she was brilliant. Zbyszka on reception was brilliant", ["Zbyszka"]),
    ("thank you maria, you made my day", ["maria"]),
    ("MARIA WAS WONDERFUL", ["MARIA"]),
    ("Jo & Sam were fab", ["Jo", "Sam"]),
    ("Maria was wonderful but Gary was rude", ["Maria"]),
    ("It was a mess until Fatima sorted it all out for us", ["Fatima"]),
    ("Mrs Hill deserves a medal", ["Hill"]),
    ("Jean-Paul's kindness will stay with me", ["Jean-Paul"]),
    ("Everyone was great, especially Lucy", ["Lucy"]),
    ("Couldn't fault Deepa, so professional", ["Deepa"]),
]
NOT_PRAISED = [
    "London was lovely",
    "Monday was great",
    "May was wonderful this year",
    "Thanks to Google we found it",
    "Tesco was brilliant",
    "The Guggenheim was amazing",
    "Breakfast was excellent",
    "Cheesecake at the bar was wonderful",
    "Staff were lovely",
    "Everyone was kind",
    "Excellent. Great. Lovely.",
    "Very Good Service",
    "Thank God it is over",
    "Thanks Everyone",
    "Thank You All",
    "Gary was rude and horrible",
    "Gary was not helpful",
    "No thanks to Gary",
    "Karen at reception was anything but friendly",
    "I complained to Dave about the wait",
    "Dave told me to sit down",
    "My name is Tom and it was great",
    "English tea is great",
    "Will was asked but I will return",
    "The Hilton was superb",
    "We loved Paris",
    "Christmas was fantastic here",
    "Amazon was quick and helpful",
    "More staff like Priya on Mondays please",
    "Hope was lost",
    "",
]


def find(text, kind="praise", label="positive"):
    feeling = Sentiment(label, 0.5 if label == "positive" else -0.5, 0.8)
    sentences = [Sentence(text[start:end], start, end, kind, feeling, 0.8) for start, end in split(text)]
    return people.find(text, sentences)


@pytest.mark.parametrize(("text", "names"), PRAISED)
def test_praised_by_name(text, names):
    assert [person.name for person in find(text)] == names


@pytest.mark.parametrize("text", NOT_PRAISED)
def test_not_praised_or_nobody(text):
    assert find(text, kind="other") == []


def test_each_name_once_with_its_first_place_and_a_confidence():
    text = "Thanks to Priya. Priya was lovely."
    (person,) = find(text)
    assert (text[person.start : person.end], person.start) == ("Priya", 10)
    assert 0.5 < person.confidence <= 1


def test_what_somebody_did_is_praise_only_where_the_customer_was_not_unhappy():
    assert [person.name for person in find("Ines explained it to me")] == ["Ines"]
    assert find("Ines explained it to me", kind="complaint", label="negative") == []


def test_clear_praise_counts_in_an_unhappy_sentence_too():
    text = "Three hours of waiting, Ines was wonderful though"
    assert [person.name for person in find(text, kind="complaint", label="negative")] == ["Ines"]


@pytest.mark.parametrize("text", ["Dave " * 5_000, "thanks to " * 5_000, "Dave, " * 5_000, "A" * 50_000])
def test_absurd_text_is_read_to_the_end(text):
    assert isinstance(find(text), list)


def test_in_a_comment_of_many_sentences_each_name_keeps_its_own_place():
    text = "Maria was wonderful. The soup was cold. Gary was rude. Thanks to Dave. London was lovely."
    sentences = [Sentence(text[start:end], start, end, "other", None, 1.0) for start, end in split(text)]
    found = people.find(text, sentences)
    assert [(person.name, text[person.start : person.end]) for person in found] == [
        ("Maria", "Maria"),
        ("Dave", "Dave"),
    ]
