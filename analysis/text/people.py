"""Staff praised by name, for the recognition page; a lead confirms each before anybody is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.finding import NamedPerson, Sentence

_NAME = r"[A-Z][a-z'’]{1,15}(?:-[A-Z][a-z]+)?"
_NAMES = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr|Nurse|Sister)\.? )?{_NAME}(?: [A-Z][a-z]+)?"
_PRAISED = (
    "wonderful|lovely|great|brilliant|fantastic|amazing|excellent|kind|helpful|friendly|patient|superb|outstanding|fabulous|terrific|"
    "professional|caring|awesome|star|gem|angel|legend|credit|asset|delight|incredible|best|super|marvellous|exceptional|attentive|"
    "knowledgeable|polite|perfect|welcoming|thoughtful|joy"
)
_IS_PRAISED = re.compile(
    rf"(?:^|[,;:(.!?\s])({_NAMES})((?:,? (?:and|&) {_NAMES})*)(?:,? (?:at|on|in|from|behind) (?:the |your |our )?[\w ]{{2,25}})?,? "
    rf"(?:was|is|were|are|has been|have been|'s|did)\b[^.!?]{{0,40}}\b(?:{_PRAISED})\b"
)
_THANKED = re.compile(
    rf"\b(?:[Tt]hank(?:s|ing)?(?: you)?(?: so much| very much| a lot)?(?: to| for)?|[Ss]hout ?out to|[Kk]udos to|[Pp]raise for|"
    rf"[Cc]redit to|[Ww]ell done(?: to)?|[Ss]pecial mention (?:to|for)|[Gg]rateful to|[Cc]ompliments to|[Hh]elped by|[Ss]erved by|"
    rf"[Tt]reated by|[Aa]ssisted by|[Ll]ooked after by) (?:our |the |your )?(?:[a-z]+ )?({_NAMES})((?:,? (?:and|&) {_NAMES})*)"
)
_DID_WELL = re.compile(
    rf"(?:^|[,;:(.!?\s])({_NAMES})() (?:really |always |kindly |patiently )?(?:helped|went (?:above|out of)|took (?:the |her |his |great )?"
    r"(?:time|care)|looked after|made (?:me|us|my|our)|couldn't have been|could not have been|goes (?:above|out of)|explained)"
)
_NOT_PEOPLE = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Those",
        "There",
        "They",
        "Then",
        "It",
        "He",
        "She",
        "We",
        "You",
        "I",
        "My",
        "Our",
        "Your",
        "His",
        "Her",
        "Their",
        "Everyone",
        "Everything",
        "Everybody",
        "Nothing",
        "Nobody",
        "Staff",
        "Service",
        "Food",
        "Who",
        "Which",
        "What",
        "When",
        "Where",
        "Why",
        "How",
        "And",
        "But",
        "So",
        "Also",
        "Very",
        "Please",
        "Thanks",
        "Thank",
        "Not",
        "No",
        "All",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Christmas",
        "Easter",
        "English",
        "French",
        "German",
        "Spanish",
        "Italian",
        "British",
        "American",
        "London",
        "Paris",
        "Google",
        "Amazon",
        "Facebook",
        "Apple",
        "Microsoft",
        "Booking",
        "Reception",
        "Parking",
        "Team",
        "Manager",
        "Receptionist",
        "Breakfast",
        "Lunch",
        "Dinner",
        "Room",
        "Pool",
        "Hotel",
        "Hospital",
        "Doctor",
        "Nurse",
        "Mum",
        "Dad",
        "God",
        "Overall",
        "Just",
        "Great",
        "Good",
        "Excellent",
        "Really",
        "Always",
        "Never",
        "Only",
        "Every",
        "Some",
        "Someone",
        "Somebody",
        "Both",
        "Customer",
        "Location",
        "Value",
        "Price",
        "Quality",
        "Communication",
        "Information",
        "Website",
        "Wifi",
        "Yes",
        "Well",
        "Being",
        "Having",
        "Getting",
        "One",
        "Two",
        "Three",
        "Most",
        "Many",
        "Much",
        "More",
        "Absolutely",
        "Definitely",
        "Lovely",
        "Friendly",
        "Here",
        "Once",
        "If",
        "In",
        "On",
        "At",
        "For",
        "From",
        "With",
        "As",
        "An",
        "A",
        "To",
        "Of",
        "Covid",
        "Covent",
        "Garden",
        "Street",
        "Road",
        "Lane",
        "Centre",
        "Center",
        "Clinic",
        "Ward",
        "Unit",
    ]
)


def find(text: str, sentences: Sequence[Sentence]) -> list[NamedPerson]:
    """Return who is praised by name in sentences that are not unhappy; each name once, with its first place in the text."""
    found: dict[str, NamedPerson] = {}
    for sentence in sentences:
        if sentence.kind == "complaint" or (sentence.sentiment and sentence.sentiment.label == "negative"):
            continue
        for pattern, confidence in ((_THANKED, 0.85), (_IS_PRAISED, 0.85), (_DID_WELL, 0.7)):
            for match in pattern.finditer(text, max(0, sentence.start - 1), sentence.end):
                for name, start in _split(match):
                    if name.split()[-1] not in _NOT_PEOPLE and name.split()[0] not in _NOT_PEOPLE:
                        found.setdefault(name, NamedPerson(name, start, start + len(name), confidence))
    return sorted(found.values(), key=lambda each: each.start)


def _split(match: re.Match[str]) -> list[tuple[str, int]]:
    """Return each name of a match ("Dave", "and Priya") with its place."""
    names = [(match.group(1), match.start(1))]
    for each in re.finditer(_NAMES, match.group(2) or ""):
        names.append((each.group(), match.start(2) + each.start()))
    return names
