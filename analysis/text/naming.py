"""The turns of phrase in which somebody is named: introduced, praised, thanked or blamed."""

from __future__ import annotations

import re

from analysis.text.names import TITLES

ROLES = (
    "receptionist|nurse|doctor|midwife|consultant|surgeon|dentist|hygienist|optician|pharmacist|physio|physiotherapist|therapist|"
    "counsellor|psychologist|psychiatrist|paramedic|carer|health visitor|social worker|support worker|care worker|caseworker|"
    "manager|manageress|supervisor|team leader|boss|owner|landlord|landlady|waiter|waitress|server|barman|barmaid|bartender|barista|"
    "chef|hostess|host|sommelier|assistant|cashier|teller|clerk|attendant|steward|stewardess|usher|concierge|porter|doorman|bouncer|"
    "guard|security guard|cleaner|housekeeper|maid|driver|conductor|courier|postman|engineer|technician|mechanic|plumber|electrician|"
    "builder|fitter|installer|surveyor|salesman|saleswoman|salesperson|rep|representative|agent|adviser|advisor|officer|operator|"
    "instructor|trainer|coach|teacher|tutor|lecturer|guide|tour guide|lifeguard|librarian|volunteer|registrar|colleague|employee|"
    "staff member|member of staff|worker|hairdresser|stylist|barber|beautician|masseuse|lady|man|woman|girl|boy|guy|bloke|chap|"
    "gentleman|gent|fella|person|lad"
)
PLACES = (
    "desk|front desk|help desk|reception|counter|till|checkout|check-in|bar|door|phone|office|shop|store|branch|pool|gym|library|"
    "clinic|surgery|ward|department|pharmacy|kitchen|restaurant|cafe|café|café|spa|salon|garage|gate|entrance|station|switchboard|"
    "enquiries|customer services?|sales|support|accounts|team|front of house|triage|a&e|x-ray|maternity|bakery|deli|line"
)
_GOOD = (
    "wonderful|lovely|great|brilliant|fantastic|amazing|excellent|kind|kindest|kindness|helpful|friendly|friendliest|patient|patience|"
    "superb|outstanding|fabulous|fab|terrific|professional|professionalism|caring|compassionate|empathetic|awesome|star|superstar|gem|"
    "angel|legend|hero|credit|asset|delight|delightful|incredible|best|super|marvellous|exceptional|attentive|knowledgeable|polite|"
    "perfect|welcoming|thoughtful|joy|treasure|diamond|reassuring|supportive|gentle|cheerful|courteous|efficient|nicest|nice|sweet|"
    "sweetest|warm|pleasant|good|fun|funny|thorough|understanding|considerate|accommodating|respectful|personable|phenomenal|"
    "extraordinary|impeccable|first class|second to none|spot on|top notch|on the ball|the business|deserves?|promotion|pay rise|"
    "raise|medal|award|bonus|praise|above and beyond|extra mile|out of (?:her|his|their) way|at ease|feel (?:so |very |really )?welcome|"
    "made (?:my|our) (?:day|stay|visit|night|evening)|with a smile|smile|smiling|lifesaver|life saver|saved (?:my|our|the)|pleasure"
)
_HELPED = (
    "helped|went (?:above|out of|the extra|beyond|over)|goes (?:above|out of|the extra|beyond)|took (?:the |her |his |"
    "great |such |good |really "
    r"good |very good )?(?:time|care|trouble)|looked after|looks after|made (?:me|us|my|our|it|everything|sure)|makes (?:me|you|us|it)|"
    r"could(?:n't| not) have been (?:more|nicer|kinder|better)|can(?:'t|not) be faulted|explained|listened|listens|sorted|solved|fixed|"
    "found (?:me|us|my|our)|got (?:me|us|my)|stayed (?:late|on|behind)|kept (?:me|us)|put (?:me|us|my)|gave (?:me|us|"
    "great|excellent|good)|"
    "showed (?:me|us)|welcomed|greeted|reassured|supported|treated (?:me|us) (?:so |very |really )?(?:well|kindly|like)|answered|"
    "always (?:has|had|makes|greets|remembers|goes|smiles|takes)|remembers?|cheered|calmed|came to (?:my|our) rescue"
)
_BAD = (
    "rude|rudest|rudely|rudeness|unhelpful|useless|awful|horrible|terrible|dismissive|aggressive|arrogant|arrogance|incompetent|"
    "incompetence|lazy|impatient|abrupt|disrespectful|unprofessional|nasty|hostile|bully|bullied|bullying|disgrace|disgraceful|"
    "disgusting|shout|shouted|shouting|shouts|swore|swearing|yelled|yelling|screamed|lied|liar|lies|lying|ignored|ignoring|refused|"
    "laughed at|mocked|threatened|hung up|put the phone down|snapped|sneered|smirked|rolled (?:her|his) eyes|sacked|fired|attitude|"
    "attitude problem|complain|complained|complaint|worst|unfriendly|ignorant|insulting|insulted|patronising|patronizing|"
    "condescending|couldn't care less|could not care less|didn't care|did not care|didn't listen|did not listen|"
    "not (?:very |at all )?helpful|"
    "uninterested|disinterested|grumpy|miserable|surly|obnoxious|inappropriate|inappropriately|racist|sexist|drunk|"
    "cold|dishonest|cheated|"
    "overcharged|wrong|mistake|fault|blame|blamed|let (?:me|us) down|unacceptable|shameful|appalling|poor|bad|forgot|"
    "never (?:called|rang|"
    "came|turned|replied|answered)|no (?:manners|interest|idea|empathy|compassion)|lost my|slow|careless|rough|unkind|uncaring|clueless|"
    "sarcastic|bossy|intimidating|judgmental|judgemental|harassed|abused|abusive|assaulted|hit|pushed|touched"
)
GOOD = re.compile(rf"\b(?:{_GOOD})\b", re.I)
BAD = re.compile(rf"\b(?:{_BAD})\b", re.I)
NOT_GOOD = re.compile(
    rf"\b(?:not|never|n't|hardly|far from|less than|anything but|no longer|isn't|wasn't|aren't|"
    rf"weren't)\b(?:\s\w+){{0,3}}?\s(?:{_GOOD})\b",
    re.I,
)
SAID_OF = re.compile(  # what may stand between a name and what is said of that person
    r"(?:,? (?:at|on|in|from|behind|who|the|our|your|my|is the|and (?:her|his|their|the) (?:team|staff|"
    r"colleagues))\b[\w ,'’&-]{0,60}?)?"
    r"(?:['’]s\b|,? ?(?:was|is|were|are|has|have|had|did|does|deserves?|really|truly|always|also|seems?|could|couldn['’]t|gave|provides?|"
    r"provided|remains|you|you['’]re|made|went)\b| ?[-–—:,])",
    re.I,
)
DID_WELL = re.compile(
    rf",? ?(?:who |at (?:the )?\w+ |on (?:the )?\w+ |in (?:the )?\w+ |from (?:the )?\w+ )?(?:has |have |"
    rf"had )?(?:really |always |kindly |patiently |very "
    rf"kindly |also |just |immediately |quickly |then )*(?:{_HELPED})\b",
    re.I,
)
THANKED = re.compile(
    r"(?:\b(?:thank(?:s|ing|ed)?(?: ?you)?|thx|cheers|ta|shout ?-?out|kudos|praise|credit|well done|hats off|big up|"
    r"bravo|special mention|"
    r"mention|grateful|gratitude|appreciation|compliments|congratulations|congrats|hug|appreciate[ds]?|commend|applaud|praised?|"
    r"recommend|ask for|couldn't fault|could not fault|cannot fault|can't fault|can not fault|hail|god bless|bless)\b"
    r"(?:[ ,:!-]+(?:so|very|much|a|an|the|many|big|huge|massive|lot|lots|million|again|all|also|you|to|for|goes|go|"
    r"go out|out|our|my|your|"
    r"especially|particularly|really|must|special|kind|lovely|wonderful|amazing|brilliant|fantastic|great|friendly|"
    r"helpful|dear|must|be|with|"
    r"from|in particular|well done|waiter|waitress|server|nurse|doctor|receptionist|manager|instructor|teacher|driver|staff|team|guide|"
    r"everyone|work|job|done|by|services?|care|help|of|and|hard)\b){0,10}"
    r"|\b(?:helped|served|treated|assisted|looked after|welcomed|greeted|cared for|seen|advised|supported|reassured|"
    r"cut|taught) (?:so well |very well "
    r"|wonderfully |brilliantly |quickly |kindly )?by (?:the |our |a |an |my )?(?:\w+ ){0,4}?"
    rf"|\b(?:wonderful|lovely|great|brilliant|fantastic|amazing|excellent|kind|helpful|friendly|superb|outstanding|delightful|caring|"
    rf"attentive|best|nicest|star) (?:\w+ ){{0,2}}?(?:{ROLES})?,? ?(?:called |named |was |is |like |by the name of )?"
    r"|\b(?:especially|particularly|in particular|star of the show (?:is|was)|my favou?rite(?: \w+)? (?:is|was)) ,?)[ ,:-]*$",
    re.I,
)
ROLE_BEFORE = re.compile(
    rf"\b(?:{ROLES}),? (?:called |named |by the name of |is called |was called |whose name (?:is|was) |- )?$", re.I
)
NAMED_BEFORE = re.compile(r"\b(?:called|named|by the name of|name (?:is|was)|name of)\s$", re.I)
ROLE_AFTER = re.compile(
    rf"(?:,? (?:the|your|our|a) (?:\w+ ){{0,2}}?(?:{ROLES})\b|,? (?:at|on|in|from|behind) (?:the |your |"
    rf"our )?(?:\w+ ){{0,2}}?(?:{PLACES})\b"
    r"|,? (?:who (?:works|worked|served|answered|dealt|saw)|working)\b)",
    re.I,
)
BLAMED_BEFORE = re.compile(
    r"\b(?:complain(?:ed|ing|t)?s? (?:about|against|regarding)|attitude of|rudeness of|behaviou?r of|treatment by|"
    r"shouted at by|ignored by|"
    r"insulted by|let down by|spoken to by|treated (?:\w+ ){0,2}by|problem with|issue with|avoid|beware of|sack|fire|blame|no thanks to|"
    r"disappointed (?:with|by|in)|fed up with|except(?: for)?|apart from) (?:the |your |our |a )?$",
    re.I,
)
THE_ATTITUDE = re.compile(
    r"['’]s (?:\w+ ){0,2}?(?:attitude|manner|tone|behaviou?r|rudeness|incompetence|mistake|fault|lack of)\b", re.I
)
I_AM = re.compile(
    r"\b(?:my name is|my name's|my name’s|my names|name:|name is|i am called|i'm called|they call me|signed,?|"
    r"signed by:?|yours sincerely,?|"
    r"yours faithfully,?|yours truly,?|kind regards,?|best regards,?|many regards,?|regards,?|best wishes,?|yours,?|sincerely,?)\s*$",
    re.I,
)
THIS_IS = re.compile(r"\b(?:i am|i'm|i’m|im|this is|it's|it’s|i,)\s$", re.I)
OUTSIDE = re.compile(
    r"[.!?;\n]|\b(?:but|however|although|though|whereas|while|unlike|except|shame about)\b|,\s(?=(?:[A-Z]\w+ (?:was|is|were)))"
)
NO_THANKS = re.compile(r"\bno thanks\b|\bthank god\b|\bnot? (?:thank|grateful|recommend)", re.I)
THANKS = re.compile(r"\b(?:thank|thx|cheers|kudos|shout ?-?out|well done|hats off|praise|credit to|by)\b|thanks", re.I)
ARTICLE = re.compile(r"\b(?:the|an?|this|that)\s$", re.I)
OF_A_THING = re.compile(
    r"\b(?:the|an?|this|that|near|in|of|at|around|recommend)\s$", re.I
)  # "the Astoria", "near Arles"
_TITLE = re.compile(rf"\b(?:{TITLES})\.? $")


def without_title(before: str) -> str:
    """Return what stands before a name, without its title."""
    return _TITLE.sub("", before)
