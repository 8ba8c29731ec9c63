"""Sentences that somebody should read today. Tuned to miss little: a lead looks at each, and a false alarm costs a minute."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from analysis.finding import Sentence, UrgentSign

_SIGNS: dict[str, tuple[str, ...]] = {
    "self-harm": (
        r"\b(?:kill(?:ing)?|hang(?:ing)?|harm(?:ing|ed)?|hurt(?:ing)?|cut(?:ting)?) (?:myself|himself|herself|themselves|my self)\b",
        r"\bsuicid(?:e|al)\b", r"\bself[- ]?harm", r"\bend(?:ing)? (?:it all|my life|his life|her life)\b",
        r"\b(?:want(?:ed)?|wish(?:ed)?|rather|better off) (?:to die\b|to be dead|i (?:was|were) dead|dead\b|not (?:to )?(?:wake up|be here))",
        r"\b(?:don't|do not|dont|no reason|nothing) (?:want )?to (?:live|go on|be alive|be here any ?more)\b",
        r"\btook an overdose\b|\boverdos(?:e|ed|ing)\b", r"\bcan(?:'t|not| not) go on (?:any ?more|like this|living)\b",
        r"\btaking? my own life\b", r"\bthrow myself\b|\bjump(?:ing)? (?:off|in front)\b",
    ),
    "child": (
        r"\b(?:child|children|kid|kids|baby|toddler|daughter|son|boy|girl|pupil|minor)\b[^.!?]{0,50}\b(?:alone|unsupervised|unattended|hit|"
        r"slapped|smacked|touched|groped|hurt|injured|missing|abused|neglected|bruis\w+|drown\w*|choking|choked|locked in|crying for|"
        r"screamed at|grabbed|left outside|nearly (?:fell|drowned)|followed)\b",
        r"\b(?:hit|slapped|smacked|groped|abus\w+|neglect\w*|grabbed|shook|hurt(?:ing)?|photograph\w*|film(?:ed|ing)|staring at|following)\b"
        r"[^.!?]{0,40}\b(?:child|children|kid|kids|baby|toddler|daughter|son|girls|boys)\b",
        r"\bchild (?:abuse|protection)\b|\bsafeguarding\b|\bpaedophil|\bpedophil|\bgrooming\b(?! (?:dog|pet|salon|parlou?r))",
    ),
    "abuse": (
        r"\b(?:sexual(?:ly)?|physical(?:ly)?|verbal(?:ly)?|emotional(?:ly)?) (?:assault\w*|abus\w*|harass\w*|attack\w*)\b",
        r"\b(?:assault(?:ed|ing)?|abus(?:e|ed|ing|ive)|harass(?:ed|ing|ment)|molest\w*|raped?|groped?|bull(?:ied|ying))\b",
        r"\b(?:hit|punched|slapped|kicked|pushed|shoved|spat (?:at|on)|grabbed|pinned|dragged|choked|threatened)(?: to \w+)? (?:me|him|her|us|my|a patient|"
        r"a customer|an? (?:old|elderly)|another)\b",
        r"\btouched (?:me|her|him|my)\b[^.!?]{0,30}\b(?:inappropriat\w*|without|leg|breast|bottom|thigh|against)\b",
        r"\binappropriate(?:ly)? touch\w*|\btouch\w* (?:me )?inappropriate(?:ly)?", r"\bthreaten(?:ed|ing) (?:me|us|him|her|to|my)\b",
        r"\bneglected (?:for|and left)\b|\bleft (?:in (?:his|her|my|their) own (?:urine|mess|faeces|vomit))", r"\bstalk(?:ed|ing|er)\b",
    ),
    "discrimination": (
        r"\bracis[tm]\b|\bracial(?:ly)?\b", r"\bdiscriminat\w*", r"\bhomophob\w*|\btransphob\w*|\bislamophob\w*|\bantisemit\w*|\bsexis[tm]\b|\bageis[tm]\b|\bableis[tm]\b|\bmisogyn\w*|\bxenophob\w*|\bbigot\w*",
        r"\bbecause (?:i am|i'm|im|we are|we're|she is|he is|of my|of our|of her|of his)[^.!?]{0,25}\b(?:black|asian|white|brown|muslim|jewish|gay|lesbian|"
        r"trans|disabled|deaf|blind|foreign\w*|polish|indian|pakistani|romanian|african|irish|traveller|race|skin|colou?r|religion|accent|"
        r"disability|hijab|headscarf|sexuality|gender|age|old|pregnant)\b",
        r"\b(?:told (?:me|us|her|him) to )?go back to (?:my|our|your|his|her|where)[^.!?]{0,20}\b(?:country|came|come)\b",
        r"\bwouldn't serve (?:me|us)[^.!?]{0,30}\b(?:wheelchair|guide dog|assistance dog|black|asian|gay)\b",
        r"\bslur\b|\bn[- ]word\b", r"\brefused (?:entry|service)[^.!?]{0,40}\b(?:guide dog|assistance dog|wheelchair|hijab|turban|race|skin)\b",
    ),
    "data leak": (
        r"\b(?:someone|somebody|another (?:person|patient|customer|client|member|family|man|woman)|other (?:people|patients|customers)|(?:a )?stranger)(?:'s|s'|’s)? "
        r"(?:\w+ )?(?:letter|details|data|results|records?|notes|medical|information|file|statement|address|bill|account|appointment|name and address)\b",
        r"\b(?:my|our|her|his) (?:\w+ )?(?:details|data|letter|results|records?|information|notes|file|address|password|bank details|account)\b[^.!?]{0,50}"
        r"\b(?:sent to (?:the wrong|someone|another|a stranger|my neighbou?r|my ex)|shared|leaked|disclosed|given (?:out|to)|passed (?:on )?to|stolen|"
        r"hacked|exposed|visible|on display|wrong (?:person|address|house)|read out|posted|lost)\b",
        r"\b(?:data|privacy|gdpr|confidentiality|security) breach\b|\bbreach of (?:data|privacy|gdpr|confidentiality|confidence)\b|\bidentity theft\b",
        r"\b(?:see|saw|hear|heard|read|received|got|given)\b[^.!?]{0,20}\b(?:other|another|someone else|somebody else)(?:'s|’s| people's| patients'?| customers'?)?[^.!?]{0,25}"
        r"\b(?:details|data|records?|notes|medical|diagnosis|confidential|private|letters?|results|bank)\b",
        r"\b(?:discuss\w*|talk\w* about|shout\w*|read out|announc\w*)\b[^.!?]{0,40}\b(?:medical|private|personal|confidential)\b[^.!?]{0,40}\b(?:in front of|publicly|loud\w*|everyone|whole|waiting room)\b",
    ),
    "danger": (
        r"\b(?:nearly|almost|could have|could've|someone will|somebody will|going to|gonna|might|will) (?:\w+ ){0,2}(?:die|died|killed|get killed|be killed|drown\w*|"
        r"electrocut\w*|suffocat\w*|choke|choked|seriously hurt|badly hurt|get hurt|be hurt|break (?:my|a|his|her|their) \w+|fall and|crush\w*)\b",
        r"\b(?:fell|slipped|tripped|collapsed|fainted|passed out)\b[^.!?]{0,60}\b(?:broke|broken|hospital|ambulance|stitches|head|hip|wrist|unconscious|bleeding|blood|injur\w+|a&e)\b",
        r"\b(?:gas (?:leak|smell)|smell (?:of|like) gas|carbon monoxide|exposed wir\w*|live wires?|bare wires?|electric shock|sparks?|asbestos|legionella)\b",
        r"\bfire (?:exit|door|escape|alarm)s?\b[^.!?]{0,40}\b(?:block\w*|lock\w*|chained|broken|not work\w*|doesn't|didn't|did not|does not|jammed|shut)\b|\bblocked fire\b|\bcaught fire\b|\bon fire\b(?! today| tonight)",
        r"\b(?:allerg\w+|anaphyla\w+|epipen|nuts?)\b[^.!?]{0,60}\b(?:reaction|hospital|ambulance|served|wrong|not told|nearly|almost|ignored|swell\w*|contained|in it)\b",
        r"\banaphyla\w+|\bfood poisoning\b|\bpoisoned\b", r"\b(?:wrong|double|too much) (?:medication|medicine|dose|drug|tablets|blood|insulin|injection)\b",
        r"\b(?:knife|gun|weapon|armed|stabb(?:ed|ing))\b(?! and fork)", r"\b(?:not|isn't|un)[ ]?safe\b[^.!?]{0,40}\b(?:child|anyone|public|people|dangerous|wires?|roof|ceiling|floor|lift)\b",
        r"\b(?:ceiling|roof|wall|shelf|lift|elevator|ladder|scaffold\w*|tile|glass|sign)\b[^.!?]{0,30}\b(?:collaps\w*|fell (?:on|down|off)|about to fall|came down|falling|hanging off|stuck with)\b",
        r"\b(?:very|really|extremely|so|highly|bloody|positively) dangerous\b|\b(?:is|was|are|were|it's|its) (?:a )?(?:danger\w*|death ?trap|accident waiting|hazard)\b",
        r"\b(?:call(?:ed)?|had to call|needed) (?:an |the )?(?:ambulance|police|999|911|112)\b", r"\bchest pains?\b[^.!?]{0,40}\b(?:ignored|turned|sent|wait\w*|no one|nobody)\b",
        r"\bdrunk\b[^.!?]{0,30}\b(?:driver|nurse|doctor|surgeon|lifeguard|staff)\b|\b(?:driver|nurse|doctor|surgeon|lifeguard)\b[^.!?]{0,30}\bdrunk\b",
        r"\b(?:no|without a?) lifeguards?\b",
    ),
}  # fmt: skip
_PATTERNS = {kind: re.compile("|".join(f"(?:{sign})" for sign in signs), re.I) for kind, signs in _SIGNS.items()}
# No sign without one of these; looking for plain strings one by one is far quicker than one pattern of them all.
_HINTS = (
    "kill", "hang", "harm", "hurt", "cut", "suicid", "end", "die", "dead", "live", "here", "overdos", "go on", "life",
    "throw", "jump", "child", "kid", "baby", "toddler", "daughter", "son", "boy", "girl", "pupil", "minor",
    "safeguard", "paedo", "pedo", "groom", "assault", "abus", "harass", "molest", "rape", "grope", "bull", "hit",
    "punch", "slap", "kick", "push", "shove", "spat", "grab", "pin", "drag", "chok", "threat", "touch", "neglect",
    "left", "stalk", "rac", "discrim", "phob", "semit", "ist", "ism", "misog", "bigot", "because", "back to", "serve",
    "slur", "n word", "n-word", "refused", "letter", "detail", "data", "result", "record", "note", "information",
    "file", "breach", "theft", "medical", "confid", "private", "personal", "drown", "electr", "suffoc", "crush",
    "fell", "slip", "trip", "collaps", "faint", "passed out", "gas", "monoxide", "wire", "shock", "spark", "asbestos",
    "legion", "fire", "allerg", "anaph", "epipen", "nut", "poison", "wrong", "double", "dose", "knife", "gun",
    "weapon", "armed", "stab", "safe", "ceiling", "roof", "wall", "shelf", "lift", "elevator", "ladder", "tile",
    "glass", "sign", "danger", "trap", "hazard", "accident", "ambulance", "police", "999", "911", "112", "chest",
    "drunk", "lifeguard", "break",
)  # fmt: skip
_HARMLESS = re.compile(
    r"\b(?:pain|feet|back|legs?|prices?|wait|suspense|heat|boredom) (?:was|were|is|are)? ?killing me\b|\bto die for\b|\bkiller (?:view|deal|app|feature|cocktail|price)\w*|"
    r"\bdead (?:battery|batteries|slow|easy|good|nice|handy|simple|line|end|phone|spot|on|pixels?)\b|\bdying (?:to|for)\b|\bcut (?:myself|himself|herself) (?:some|a) (?:slack|slice|piece)\b|"
    r"\bon fire (?:today|tonight)\b|\bracial (?:mix|diversity)|\brace (?:day|track|course)|\bhang out\b|\bfire ?place\b|\bcould (?:have )?(?:kill(?:ed)?|murder(?:ed)?) (?:for )?a\b|"
    r"\b(?:shot|stab) (?:of|at)\b|\bkill(?:ed|ing)? time\b|\bglue gun\b|\bknife and fork\b|\b(?:bread|butter|steak|sharp) kni(?:fe|ves)\b|\bbombs?hell\b|"
    r"\bno (?:danger|harm|abuse|discrimination|racism)\b|\b(?:never|not|didn't|did not|don't|wasn't|isn't) (?:\w+ )?(?:feel |felt |been |any )?(?:unsafe|dangerous|discriminat\w+|threatened|abused|harassed|racist)\b",
    re.I,
)
_LONGEST = 600


def find(text: str, sentences: Sequence[Sentence]) -> list[UrgentSign]:
    """Return the urgent sentences of a comment with the type of each; a sentence may have several."""
    low = text.lower()
    if not any(hint in low for hint in _HINTS):
        return []
    found = []
    for start, end in _stretches([(sentence.start, sentence.end) for sentence in sentences] or [(0, len(text))]):
        words = _HARMLESS.sub(" ", text[start:end])
        found += [UrgentSign(start, end, kind, 0.6) for kind, pattern in _PATTERNS.items() if pattern.search(words)]
    return found


def _stretches(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut what is too long for a sentence, so that a page without a full stop costs no more than a page with some."""
    found = []
    for start, end in spans:
        cuts = [*range(start, end, _LONGEST), end]
        found += list(pairwise(cuts))
    return found
