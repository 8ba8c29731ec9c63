"""Turns of phrase that say what a sentence does: ask, wish, complain, praise or add nothing.

A cue is a name, the words of which at least one must be there (so that most cues cost nothing), and a pattern over the
lower-case text. All patterns are bounded, so that they run in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.finding import Kind

_DEGREE = r"(?:(?:so|really|very|quite|much|also|even|just|more|most|perhaps|maybe|absolutely|pretty|extremely|a lot|far|always) ){0,3}"
_NICE = (
    r"(?:good|nice|great|helpful|useful|better|best|awesome|cool|lovely|ideal|fantastic|amazing|wonderful|perfect|handy|"
    r"beneficial|brilliant|sweet|excellent|super|easier|interesting|welcome|welcomed|appreciated|advisable|preferable|"
    r"preferred|worthwhile|valuable|sensible|neat|terrific|convenient|comfortable|friendly|logical|wise|reassuring|fair|fairer|"
    r"kinder|quicker|simpler|clearer|improvement|bonus|advantage|sense|difference)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One turn of phrase: its name, the words that make it worth looking for, and its pattern."""

    name: str
    speaks_for: Kind
    triggers: frozenset[str]
    pattern: re.Pattern[str]


def _cue(name: str, speaks_for: Kind, triggers: str, pattern: str) -> Cue:
    return Cue(name, speaks_for, frozenset(triggers.split()), re.compile(pattern))


_NOT_AFTER_SHOULD = r"(?! (?:you|i|we) )"

CUES: tuple[Cue, ...] = (
    # -- asking ------------------------------------------------------------------------------------------------------
    _cue("please", "suggestion", "please pls plz", r"\b(?:please|pls|plz)\b(?! (?:to say|to be here|with|pass on|thank|give (?:my|our) thanks|keep up|make sure they (?:get|know)|note|be aware|be advised|see (?:the|my|attached)))"),
    _cue("must", "suggestion", "should shoud must ought", r"\b(?:should|shoud|must|ought to)(?: (?:also|all|always|really|at least|definitely|probably|ideally|only|just|either|not|never|still|perhaps|maybe|never ever)){0,2} (?!have\b|of\b|i\b|you need\b|say\b|admit\b|mention\b|add\b|note\b|you have\b|i\b|we expect\b)[a-z]"),
    _cue("must_not_be_said", "suggestion", "should shouldn't must", r"\b(?:shouldn't|should not|should never|mustn't|must not)\b"),
    _cue("should_have", "suggestion", "should shouldn't could ought", r"\b(?:should|could|ought to)(?:n't| not)?(?: (?:really|also|at least|easily|perhaps|maybe))? (?:have|of|'ve)\b|\bcould've\b|\bshould've\b"),
    _cue("needs", "suggestion", "need needs needed needing", r"\b(?:(?:it|this|that|they|there|staff|system|service|which|and|really|also|still|communication|care|people|[a-z]+s?|\)) needs?|needs?) (?:to|more|a|an|some|better|improv\w+|fix\w+|updat\w+|chang\w+|clos\w+|address\w+|replac\w+|explain\w+|[a-z]+ing|[a-z]+ed|help|less|the|fresh|long|new|proper|further|regular|treatment|good)\b"),
    _cue("needed", "suggestion", "needed required", r"\b(?:is|are|urgently|badly|desperately|definitely|much|really|also|s|be|still|that is|more [a-z ]{2,30}) (?:needed|required)\b|^[a-z ]{3,40} (?:needed|required)\b(?! (?:to|it|me|him|help)\b)|\bin (?:need|want) of\b|\b(?:due|overdue) for\b"),
    _cue("we_need", "suggestion", "we i we'd need", r"\b(?:we|i|they|you|patients|people|users|developers|customers|guests|staff) (?:(?:really|all|also|do|just|still|only|both|definitely|desperately|urgently) ){0,2}need\b(?! not\b|ed\b)"),
    _cue("can_be_better", "suggestion", "could can cud may might", r"\b(?:could|can|cud|may|might)(?: (?:also|all|always|really|definitely|probably|only|perhaps|maybe|possibly|easily|still|sometimes|just)){0,2} (?:be|do with|have been|have|use|get|become|benefit)(?: (?:a|an|a bit|a little|much|more|slightly|far|even|some|done|made|run|so much|lot|given|provided)){0,3} (?:improv\w+|better|\w{2,}er\b|more|done (?:more|better|quicker|with)|chang\w+|increas\w+|reduc\w+|updat\w+|add\w+|help\w*|a )"),
    _cue("could_verb", "suggestion", "could", r"\b(?:they|you|staff|it|there|people|patients|we|nurses|doctors|someone|somebody|also|[a-z]+s) could(?! not\b| have\b| be better\b| only\b| hear\b| see\b| tell\b| understand\b| do\b| ask\b| possibly\b| cope\b| relate\b| feel\b| get to\b)(?: (?:also|maybe|perhaps|please|just|possibly|definitely))?  ?[a-z]"),
    _cue("could_do_with", "suggestion", "do", r"\b(?:could|can|would|cud|might)(?: (?:really|also|all|maybe|definitely))? (?:do with|use (?:a|some|more|an)|benefit from)\b"),
    _cue("nice_if", "suggestion", "be", r"(?:\b(?:would|will|could|might|may|wud|should)(?:n't| not)?(?: (?:also|really|then|have|of|just|probably|definitely|certainly|perhaps|maybe|obviously|personally|actually|always)){0,3} be|\b(?:it'd|that'd|'d|d) be) (?:a |an )?" + _DEGREE + _NICE + r"\b"),
    _cue("nice_to", "suggestion", "nice good great better helpful useful best cool awesome", r"^(?:(?:also|and|maybe|perhaps|but|so),? )?(?:it's |it is |its )?" + _DEGREE + r"(?:nice|good|great|better|helpful|useful|best|cool|awesome) (?:if|to have|to be able|to see more)\b"),
    _cue("would_help", "suggestion", "would will could wud", r"\b(?:would|could|will)(?: (?:also|really|definitely|certainly|greatly|all)){0,2} (?:help|make (?:it|life|things|this|a|the|my|our|me|us|sense|us|everything)|improve|benefit|enhance|solve|save|allow|enable|be (?:in|of) )\b"),
    _cue("i_wish", "suggestion", "wish wishing", r"\b(?:(?:i|we|just|really|i'd|also|only|and) wish|wishing)\b(?! (?:to (?:thank|say|express|praise)|you (?:all|well|the|every|luck)|them|him|her|everyone))|^wish (?:i|we|you|they|there|it|the|that|this|more)\b"),
    _cue("if_only", "suggestion", "only", r"\bif only\b"),
    _cue("hope", "suggestion", "hope hopefully hoping", r"\b(?:hope|hoping|hopefully)\b.{0,60}\b(?:will|can|could|would|soon|get|gets|make|adds?|change|improve)\b"),
    _cue("would_like", "suggestion", "would like love prefer liked i'd we'd wanted appreciate want id", r"\b(?:(?:would|wud)(?: (?:of|have|also|really|very much|just|definitely|absolutely|personally|still)){0,3}|i'd|we'd|they'd|'d|i'd really|i'd also)(?: (?:of|have|also|really|absolutely|personally|still|just)){0,2} (?:like(?:d)?|love(?:d)?|prefer(?:red)?|appreciate(?:d)?|want(?:ed)?|be grateful|be happier|wish)\b(?! (?:to (?:thank|say|express|congratulate|praise|point|recommend|commend|think|mention|add that|come back|return|stay|go to)|it if you want|this (?:hotel|place)|nothing))"),
    _cue("want", "suggestion", "want wants wanted", r"(?:^|\b(?:i|we|people|users|customers|patients|just|really|also|who|may|developers) )(?:want|wants)\b(?! (?:to (?:thank|say|know why|express|praise|point|buy|stay|go|see the|be in|mention)|for nothing|a (?:quiet|cheap)))"),
    _cue("wanted", "suggestion", "wanted", r"^(?:just )?(?:i )?wanted\b"),
    _cue("suggest", "suggestion", "suggest suggestion suggestions suggesting propose proposal recommend idea advise request requesting requests feature urge vote votes", r"\b(?:(?:i|we|i'd|we'd|would|my|one|only|a|another|main|small|few|two|minor|some|couple of) (?:(?:would|really|strongly|only|also|just|will|other|big|humbly|quick|small|strongly) ){0,3}(?:suggest(?:ions?|ing)?|propos(?:e|al|ing)|request(?:ing)?|urge|idea|advise|recommendation)|suggest(?:ion)?s?:|feature request|requesting|please vote|vote for|good idea|great idea|better idea)\b(?! (?:was|were|of|where|why|what (?:i|was|is)|made|the suggestions|i had|hotel))"),
    _cue("perhaps", "suggestion", "perhaps maybe mabe possibly", r"(?:^|[,.;!-] ?)(?:perhaps|maybe|mabe|possibly)\b(?! (?:it was|they were|i was|because|it's|its|i am|we were|that was|i|it is|just me))"),
    _cue("how_about", "suggestion", "how why what", r"\b(?:how about|what about|why not|why (?:don't|can't|couldn't|doesn't|not|dont) (?:you|we|they|i|it|the|there)|why (?:can|can't) )\b"),
    _cue("can_you", "suggestion", "can could would will cant couldn't can't", r"(?:^|[,.;:!?-] ?|\b(?:please|and|so|but|or|also|hi|hello|maybe|perhaps),? )(?:can|could|would|will|can't|couldn't)(?: (?:we|you|i|they|there|someone|somebody|it|the \w+|this|that|microsoft|staff|not)) (?:also |just |please |all |at least |possibly |maybe |not )?(?!be the|believe|be that|hear|say|definitely|stay|recommend)[a-z]"),
    _cue("let_us", "suggestion", "let allow enable", r"(?:^|[,.;:!?-] ?|\b(?:please|and|to|just) )(?:let|allow|enable)(?:ing)? (?:us|me|the|users?|people|patients|customers|developers|devs|apps?|guests|a|an|for|to|more|our|my|visitors|family|families|them|him|her|all|everyone|setting|[a-z]+s)\b"),
    _cue("consider", "suggestion", "consider considered considering look", r"\b(?:please consider|should consider|could consider|be considered|to be considered|(?:^|to )consider\b|take into account|look (?:at|into)|needs? looking)"),
    _cue("have_to_add", "suggestion", "add adding include option options support ability feature", r"\b(?:(?:add|adding|include|give|provide|have|having|with|be|an?|the) (?:an? |the |more |some |us )?(?:option|ability|possibility|support|feature|choice|chance|opportunity)s? (?:to|for|of|that|in))\b"),
    _cue("instead", "suggestion", "instead rather than so", r"\b(?:instead of|rather than|rather then|so that (?:we|i|you|they|it|people|users|patients)|so (?:we|i|you|they|people|users|patients) can)\b"),
    _cue("able_to", "suggestion", "able ability option", r"^(?:(?:to|and|being|be) )*(?:be )?(?:able|ability|option) to\b|\b(?:to|should) be able to\b"),
    _cue("if_could", "suggestion", "if", r"\bif (?:only )?(?:you|they|we|there|it|i|the|staff|someone|this|that|possible)\b.{0,40}\b(?:could|can|had|would|were|was|possible)\b"),
    _cue("room_for", "suggestion", "room improvement improvements area", r"\b(?:room for improvement|areas? (?:for|of|to) improve\w*|improvements? (?:could|can|needed|to|in|on|is|are))\b"),
    _cue("time_to", "suggestion", "time high", r"\b(?:high time|about time|it's time|time to (?:change|update|get|start|stop|make|upgrade|fix|bring))\b"),
    _cue("to_fragment", "suggestion", "to", r"^(?:(?!i |we |they |he |she |it |you |was |is |had )[a-z'-]+ ){0,4}to (?:be|have|get|make|take|give|listen|see|do|improve|provide|stop|help|know|not|come|go|be able|actually|let|offer|allow|speak|talk|keep|show|ensure|explain|communicate|bring|include|receive)\b"),
    _cue("not_verb", "suggestion", "not", r"^(?:but |and |to |just |by )?not (?:to )?(?:be(?:ing)?|have|having|make|making|leave|leaving|take|taking|talk\w*|treat\w*|show\w*|remov\w*|put\w*|giv\w*|judg\w*|rush\w*|cancel\w*|chang\w*|keep\w*|us\w*|send\w*|wait\w*|com\w*|go\w*|do\w*|let\w*|ask\w*|tell\w*|assum\w*|forc\w*|ignor\w*|discharg\w*|charg\w*|shout\w*|blam\w*|hav\w*|sto\w*) "),
    _cue("for_them_to", "suggestion", "for", r"^(?:for|that) (?:the |more |your |a )?[a-z]+(?: [a-z]+)? (?:to|should|be|start|could)\b"),
    # -- advice to other customers -----------------------------------------------------------------------------------
    _cue("if_you_are", "other", "if when", r"\b(?:if|when|whenever|before|unless) (?:you|your|you're|ur|you'd|u)\b"),
    # -- complaining -------------------------------------------------------------------------------------------------
    _cue("lack_of", "complaint", "lack lacking lacks shortage short insufficient understaffed under-staffed enough low", r"\b(?:(?:a )?(?:complete |total |general |real |big )?lack(?:s|ing)?(?: of)?|shortages?|short (?:of|on|staff\w*|notice)|insufficient|under-?staffed|(?:not|n't|never|hardly)(?: \w+){0,3} enough|not enough|low (?:on )?staff)\b"),
    _cue("no_thing", "complaint", "no not", r"(?:^|\b(?:and|but|was|were|is|are|had|have|has|there's|got|with|have had|had) )(?:absolutely |literally |just |still )?no(?:t any)? (?!complaints?|problems?|issues?|concerns?|improvements?|suggestions?|comments?|changes?|negatives?|criticisms?|faults?|more |one |not|it|i |the |thanks?|need|further|other|everything|all |bad|thank|pressure|rush|doubt|longer|matter|wonder|where|way|worries|waiting|idea)[a-z]+"),
    _cue("too_much", "complaint", "too", r"\btoo (?:many|much|little|few|long|short|late|slow|early|big|small|hot|cold|loud|noisy|quick|fast|busy|[a-z]{3,12})\b(?!.{0,3}$)|\btoo (?:many|much|little|few|long|late|slow|cold|hot|small|loud|noisy|expensive)\b"),
    _cue("so_long", "complaint", "long wait waiting hours weeks months years", r"\b(?:(?:long|longer|lengthy) (?:wait|waiting|delay|queue|time to (?:wait|get))\w*|(?:wait|waited|waiting|took|taken|takes|after) (?:[a-z]+ ){0,3}(?:\d+|several|many|two|three|four|five|six|long|ages|hours|weeks|months|years)|still waiting|waiting lists?)\b"),
    _cue("negated_verb", "complaint", "not n't never didn't don't doesn't wasn't weren't isn't aren't haven't hasn't hadn't won't wouldn't can't couldn't cannot nobody one dont didnt doesnt wasnt isnt cant unable unwilling rarely hardly", r"\b(?:didn't|don't|doesn't|wasn't|weren't|isn't|aren't|haven't|hasn't|hadn't|won't|wouldn't|cannot|can't|couldn't|didnt|doesnt|wasnt|isnt|(?:was|were|is|are|am|did|do|does|has|have|had|will|would|could|can) (?:still |just |really )?(?:not|never)|never|nobody|no one|unable|rarely|hardly)\b"),
    _cue("not_good", "complaint", "not n't wasn't isn't never aren't weren't no", r"\b(?:not|n't|wasn't|isn't|aren't|weren't|don't|didn't|never|no)(?: (?:very|so|really|at all|as|always|been|feel|find|found|the|a|that|particularly|had|have|much)){0,3} (?:good|great|helpful|useful|happy|satisfied|impressed|nice|kind|friendly|clear|clean|comfortable|helped|listened|like|enjoy|care|understand|professional|appropriate|acceptable|welcome|best|supportive|listening|adequate|respond\w*|heard|well|seamless|easy|positioned|fair|right)\b"),
    _cue("told_but", "complaint", "told promised supposed said expected led", r"\b(?:(?:was|were|been|being|got|am) (?:then |also |just |simply |never )?(?:told|promised|advised|given|sent|left|put|passed|kept|forced|ignored|refused|accused|made to|discharged|turned away|fobbed)|supposed to|led to believe|expected to)\b"),
    _cue("never_happened", "complaint", "never still yet nothing since", r"\b(?:never (?:happened|came|called|received|arrived|got|had|heard|materialised|did|been|rang|turned|answered|again)|but never|still (?:not|haven't|hasn't|waiting|no|unsure|don't|am|have|struggl\w+)|yet to (?:receive|hear|get|see|be)|since then)\b"),
    _cue("had_to", "complaint", "had have has having", r"\b(?:had|have|has|having|having) to (?!say|admit|thank|be honest|compliment|praise)(?:[a-z]+)"),
    _cue("what_point", "complaint", "point wonder why what where how else", r"\b(?:what(?:'s| is| was) the point|no wonder|makes me wonder|why (?:is|are|was|were|did|do|does|am|has|have)|where (?:is|are|else)|how (?:long|come|can|many times)|surely)\b"),
    _cue("left_feeling", "complaint", "left made makes make feel felt feeling", r"\b(?:left|made|makes?|making|leaves?|leaving|feel|felt|feeling)(?: (?:me|us|you|him|her|patients|people|very|like|so|as if|even|more|quite|really|extremely|it|them|as though)){0,4} (?:feeling|feel|worse|bad|ignored|like|let down|unsupported|abandoned|alone|worthless|stupid|small|rushed|fobbed|upset|anxious|desperate|frustrated|sad|belittled|sick|unwell|unsafe|uncomfortable|unwelcome|a burden|dismissed|judged|insulted|angry|worried|low|lonely|isolated)\b"),
    _cue("no_use", "complaint", "waste time useless mistake disgrace joke", r"\b(?:waste of (?:time|money|space)|a (?:joke|disgrace|shambles|farce|mess|nightmare)|not (?:worth|fit|acceptable|good enough))\b"),
    _cue("shame", "complaint", "shame pity unfortunately sadly however problem downside only", r"\b(?:it's a (?:shame|pity)|shame|pity|unfortunately|sadly|the (?:only|main|biggest) (?:problem|issue|downside|negative|complaint|drawback|thing))\b"),
    _cue("nothing_works", "complaint", "nothing none nobody", r"\bnothing (?:works?|changes?|is (?:joined|explained|done|being|working|ever|getting)|was (?:done|explained|offered|given|clean|ready|working|available|sorted)|happen(?:s|ed)|good|helps?|helped|seems to|ever|has (?:been|happened|changed|worked)|to do\b|gets|got|came|worked|but (?:trouble|problems|delays|issues|rude))"),
    # -- praising ----------------------------------------------------------------------------------------------------
    _cue("thanks", "praise", "thank thanks thankyou thankful thankfully grateful gratitude appreciate appreciated appreciative cheers praise credit bless kudos", r"\b(?:thank(?:s|ful|fully|you)?|grateful|gratitude|(?:i|we|really|much|so|very|always) appreciat(?:e|ed|ive)|cheers|praise|(?:a )?credit to|bless|kudos)\b"),
    _cue("keep_it_up", "praise", "keep carry continue continued", r"^(?:just |please |and |but |so |to )?(?:keep (?:it|up|going|doing|on|being|the)|carry on|continue(?:d)? (?:to do|what|as|doing|being|with|the|good|your|giving))\b.{0,60}|\bkeep up\b"),
    _cue("no_fault", "praise", "fault better improved faulted ask asked happier enough flaw more", r"\b(?:(?:cannot|can't|could not|couldn't|cant|couldnt|no|wouldn't|would not|don't|never|nothing|not|nobody|one)(?: (?:have|of|really|be|been|possibly|honestly|think|how|you|it|they|could|can|do|done|find|any|ask|asked|for|a|get|single|to)){0,7} (?:fault(?:ed)?|improved?|better|happier|flaw|more (?:helpful|kind|caring|pleased|happy|supportive))|second to none|(?:can't|couldn't|cannot|could not|can not) (?:ask|have asked|fault|thank|praise|recommend))\b"),
    _cue("very_good", "praise", "very so extremely really most absolutely always exceptionally incredibly highly excellent all everything everyone", r"\b(?:very|so|extremely|really|most|absolutely|always|exceptionally|incredibly|highly|truly|quite|exceptional|genuinely) (?:good|great|nice|kind|helpful|friendly|happy|pleased|caring|professional|grateful|well|supportive|polite|understanding|satisfied|thankful|clear|easy|efficient|informative|attentive|lovely|thorough|patient|welcoming|impressed|comfortable|clean|amazing|useful|approachable|knowledgeable|reassuring|smooth|appreciated|recommend|quick|prompt|responsive|positive|respectful|interesting|relaxed)\b"),
    _cue("all_good", "praise", "all everything everyone every", r"\b(?:all|everything|everyone|every (?:thing|one|aspect))(?: (?:of|the|them|it|about|was|is|were|are|has|been|staff|else|seems|went|very|so|just|really|i|needed|this|to)){0,6} (?:good|great|fine|ok|okay|perfect|excellent|well|lovely|brilliant|amazing|fantastic|wonderful|kind|helpful|friendly|satisfactory|happy|caring|smooth|alright|superb)\b|^all good\b"),
    _cue("helped_me", "praise", "helped helping help helps made listened explained supported treated cared answered saved understood gave put took taught felt", r"\b(?:(?:has |have |really |always |also |they |she |he |you |who |staff |that )?(?:helped|helps) (?:me|us|my|him|her|with|a lot|so|out)|made (?:me|us|it) (?:feel (?:at|very|so|comfortable|welcome|safe|better|relaxed|like a person|valued|heard|really|reassured|important|confident|extremely|good)|easy|welcome|comfortable)|listened|listening to (?:me|my|us|patients)|explained (?:everything|things|well|clearly|what|all|the|how)|(?:well )?supported (?:me|us)|treated (?:me |us )?(?:with|well|like|as)|looked after|at ease|understood|saved my|felt (?:listened|heard|safe|supported|comfortable|reassured|valued|at|very|so|welcome|well|really|able|i could)|gave (?:me|us) (?:advice|good|great|time|hope|confidence|excellent|options)|took (?:the |their )?time|went (?:above|out|beyond|well)|(?:answered|addressed) (?:all |my |any |our )|put (?:me|us|my) )"),
    # -- adding nothing ----------------------------------------------------------------------------------------------
    _cue("nothing_start", "nothing", "nothing nothin none nowt nil na n no nope nah nada", r"^(?:(?:honestly|absolutely|really|literally|well|um|erm|at the moment|at present|currently|so far|personally|there is|there's|there was|i have|i've|have|got|to be honest|for me|as far as i can see|realistically|basically|pretty much),? ){0,3}(?:nothing|nothin|none|nowt|nil|na|n/a|n\.a|no|nope|nah|nada)\b(?:[.,!;: -]{0,4}$|[.,!;:-]| (?:really|at all|at the|at this|that|i|to (?:add|improve|say|report|comment|change|mention|complain|suggest)|more|else|needs?|could|can|much|comes?|springs?|in particular|particular|specific|special|as|so far|it|everything|all|thank|thanks|the|you|we|they|major|drastic|until|bad|negative|better|different|further|whatsoever|was|now|comment|i'm|i've))"),
    _cue("nothing_only", "nothing", "nothing none nowt nil na n no nope nah nada ok fine pass", r"^(?:(?:absolutely|honestly|really|literally|no|well) ){0,2}(?:nothing|none|nowt|nil|na|n/a|n\.a|no|nope|nah|nada|pass|not applicable|nothing at all|none at all|nothing really|no thank(?:s| you))[.,! -]*$"),
    _cue("no_complaints", "nothing", "no not any don't complaints complaint", r"\b(?:no|not any|don't have any|haven't any|without|have no|got no|zero|nor any) (?:real |further |other |major |particular |specific |more |additional |new )?(?:complaints?|problems?|issues?|concerns?|improvements?|suggestions?|comments?|changes?|negatives?|criticisms?|faults?|recommendations?|ideas?|worries|thoughts|feedback)\b"),
    _cue("cant_think", "nothing", "think see know say comment sure idea unsure find anything fault imagine", r"\b(?:(?:can't|cannot|can not|cant|couldn't|could not|don't|do not|dont|wouldn't|unable to|didn't|not)(?: (?:really|honestly|personally|actually|at the moment|currently|possibly|even|genuinely|quite|to))?(?: (?:to))? (?:think|see|find|fault|say|comment|know|imagine|suggest|answer)(?: (?:of|there|there's|that|how|what|wat|if|on|about|it|you|is|are|much|could|be|you)){0,5} (?:any|anything|much|a single|else|better|thing|more|improv\w*|could|what|how|fault|one)|not sure|unsure|no idea|(?:don't|do not|dont|doesn't|didn't) (?:really )?know[.! ]*$|(?:i )?(?:don't|do not|dont) know\b(?! (?:why|when|who|where|about|if))|anything (?:else|more|better|different|particular|you could)|hard to (?:say|think)|difficult to (?:say|offer|think|comment))\b"),
    _cue("not_much", "nothing", "not much lot really little anything applicable", r"^(?:(?:honestly|well|really|given the circumstances|in most areas|probably|there's|there is|there was|to be honest),? ){0,2}(?:not (?:much|a lot|really|a thing|anything|applicable|that i|a great deal|at the moment|at this)|very little|hardly anything|don't think|(?:you )?(?:couldn't|could not)[.! ]*$)"),
    _cue("nothing_could", "nothing", "nothing no improvements could couldn't better improve improved", r"\b(?:nothing|no(?:thing)? (?:more|else|improvements?|changes?)|n't think (?:there(?:'s| is)|anything|you|it|that))\b.{0,40}\b(?:could|can|needs?|needed|necessary|to (?:improve|change|be)|be|improved?|better|required|more|done)\b"),
    _cue("no_need", "nothing", "no need", r"\bno (?:need|changes? (?:needed|required)|improvements? (?:needed|required|necessary))\b"),
)

CUE_NAMES = tuple(cue.name for cue in CUES)


def _index() -> dict[str, tuple[Cue, ...]]:
    """Return, for each trigger word, the cues it makes worth looking for."""
    found: dict[str, list[Cue]] = {}
    for cue in CUES:
        for word in cue.triggers:
            found.setdefault(word, []).append(cue)
    return {word: tuple(cues) for word, cues in found.items()}


_BY_TRIGGER = _index()


def find_cues(lowered: str, words: list[str]) -> dict[str, re.Match[str]]:
    """Return the cues found in a lower-case sentence, each with the match that showed it."""
    tried: set[str] = set()
    found: dict[str, re.Match[str]] = {}
    for word in words:
        for cue in _BY_TRIGGER.get(word, ()):
            if cue.name in tried:
                continue
            tried.add(cue.name)
            match = cue.pattern.search(lowered)
            if match:
                found[cue.name] = match
    return found
