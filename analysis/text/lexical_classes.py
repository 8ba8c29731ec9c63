"""Closed lists of English words that mean the same in every trade: verbs that ask, words of degree, of good and of bad.

They were written down by hand for this project, from grammar rather than from any one field's vocabulary. The lists are what
lets a sentence from a hotel, a clinic or a help desk be read in the same way.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    """Return the words of a block of text as a set."""
    return frozenset(text.split())


# Verbs in the base form that hardly serve as nouns: at the start of a clause they ask for something.
CLEAR_VERBS = _words("""
    accept accommodate acknowledge act adapt add address adjust adopt advertise advise agree align allocate allow answer
    apologise apologize appoint apply arrange ask assess assign assist attend automate avoid ban be
    bring build buy call cancel carry cater chase check choose clarify clean clear close collect combine come
    communicate compare complete concentrate confirm connect consider consult contact continue convert coordinate copy
    cover create cut deal decide decrease dedicate deliver develop direct discuss dismiss display distribute divide do
    drop educate eliminate employ empower enable encourage engage enhance enlarge ensure establish examine expand
    explain explore expose extend finish fit fix follow forget fund gather get give go guarantee handle have hear
    help hire hold identify ignore implement improve include incorporate increase inform insist inspect install integrate
    introduce invest investigate invite involve join keep learn leave lend let link listen look lose lower maintain
    make manage measure meet mend merge modernise modernize monitor move notify observe obtain offer open optimise
    optimize organise organize overhaul own pay perform pick plan prepare prevent prioritise prioritize promote protect
    prove provide publicise publicize publish put raise read rebuild recognise recognize reconsider recruit redesign
    reduce refer refund refurbish refuse reinstate relax relocate remain remember remind remove renovate repair replace
    reply require resolve respect respond restore restrict rethink retrain return reverse review revise rewrite rid run
    sack schedule seek select sell send separate serve set share shorten show shut simplify sit solve sort speak spend
    split stagger start state stay stick stop streamline strengthen supply supervise support suspend switch take talk
    teach tell tidy tighten train translate treat trust try turn understand unify update upgrade use utilise
    utilize vary visit wait warn watch widen work write hurry bear beware book bring-back lighten warm cool wash hoover
    dust paint decorate insulate label signpost mark print post email e-mail text phone ring advertise sync
    render expose revert rename sort port rotate highlight hide pin unpin mute unmute scroll customise customize
    support default detect download upload export import search filter group preview undo redo
""")

# Of those, the ones that are as often nouns: only what follows shows that a verb is meant.
NOUN_OR_VERB = _words("""
    act address answer appeal approach attempt book break call care cause change chase check clean clear close comment
    complete contact control cook cost cover cut deal default demand design direct display download drop dust email
    e-mail employ experience export filter fit focus fund group guarantee help hold import increase
    influence invite issue label lead link list mark mix move need offer
    open order own paint park pay phone pick place plan play point port post practice praise press preview price print
    process promise question raise reach rebuild record refund rent repair reply report request rescue respect rest
    return review reward ring run sale schedule search separate set share sign sort sound split stand start
    state stick stress supply support switch taste test text time touch train treat trust turn
    update upgrade use visit walk warm wash watch work cool update highlight
    scroll focus set free secure double bear
""")

# Words that may stand before the verb of a request.
LEAD_INS = _words("""
    please just also and then so but maybe perhaps possibly simply actually always definitely again next first secondly
    firstly finally lastly or kindly either really instead further furthermore additionally plus ideally personally
    hi hello hey sorry ok okay well yes no obviously generally at least
""")

# What follows a verb that asks: an object, a place, a way.
AFTER_VERB = _words("""
    the a an this that these those my our your his her its their me us him them it you people everyone everybody
    someone something anything patients customers users clients guests residents visitors staff families carers children
    more less fewer better some any all both each every another other extra up down out on off in into back over away to
    for with about when if before after by of at sure there what how who why where longer earlier sooner not
    information one two three time things
""")

DETERMINERS = _words("the a an this that these those my our your his her its their some any all each every no another")

# A token that shows a clause with a finite verb.
FINITE = _words("""
    am is are was were been be being isn't aren't wasn't weren't i'm it's that's there's he's she's you're we're they're
    i've we've they've you've i'd we'd he'd she'd they'd you'd i'll we'll you'll they'll he'll she'll it'll
    has have had hasn't haven't hadn't do does did don't doesn't didn't can could can't cannot couldn't will would won't
    wouldn't should shouldn't shall may might must mustn't need needs needed get gets got getting gave give gives went
    goes go said says say told tell made make makes felt feel feels seem seems seemed came come comes took take takes
    know knew knows think thought found find want wants wanted kept keep left let lets helped listened explained
    treated asked answered gave received offered provided waited called rang spoke saw seen looked worked understood
    dont didnt doesnt wasnt isnt cant couldnt wont wouldnt hasnt havent im ive id thats its theres whats
""")

SUBJECTS = _words("i we he she they you it there who which everyone everybody nobody someone i'm i've i'd we're we've")
FIRST_PERSON = _words("i i'm i've i'd i'll im ive me my myself we we're we've we'd our us mine")
SECOND_PERSON = _words("you your yours you're you've you'll you'd u yourselves")
THIRD_PERSON = _words("he she they them his her their him")
PAST = _words("""
    was were had did went told said felt came took gave got made found left kept rang saw spoke thought knew wasn't
    weren't didn't hadn't couldn't lost broke became began paid sent met put
""")

COMPARATIVES = _words("""
    more less fewer better longer shorter quicker faster easier clearer earlier sooner bigger larger smaller cheaper
    greater nicer kinder friendlier warmer cooler quieter cleaner brighter safer simpler wider higher lower closer nearer
    stronger lighter softer fresher healthier tastier newer improved increased reduced extra additional larger smoother
    slower firmer cosier comfier prompter swifter stricter tighter fairer tidier deeper fuller richer hotter colder
    smarter calmer happier
""")
DEGREE = _words("much a bit little slightly far even lot some many way so very really of lots just maybe perhaps also")

GOOD = _words("""
    good great excellent lovely brilliant amazing fantastic wonderful perfect superb outstanding exceptional awesome
    terrific marvellous marvelous fabulous incredible splendid impressive best first-class fab kind caring friendly
    helpful polite professional supportive understanding compassionate considerate courteous welcoming attentive
    thoughtful respectful warm knowledgeable efficient thorough prompt punctual quick fast clean comfortable calm safe
    reassuring reassured comforting informative clear useful pleasant nice happy pleased satisfied delighted grateful
    thankful thank thanks appreciate appreciated appreciative enjoyed enjoy enjoyable loved love liked impressed
    delicious tasty beautiful easy convenient responsive reliable competent skilled smooth flawless faultless spotless
    valued supported encouraged relaxed positive fine well gentle approachable kindness empathy
    compassion professionalism super smashing magnificent cheerful smile smiling smiles accommodating personable
    effective timely flexible empathetic empathic sympathetic sensitive dedicated hardworking hard-working informed
    kindly quickly promptly efficiently friendliness satisfactory improved better glad lucky pleasure
    excellently perfectly beautifully ok okay fun interesting recommend cheers bravo superbly welcomed sincere
    inspiring invaluable valuable generous honest trustworthy praise ease beneficial included orderly painless hero angel
""")

BAD = _words("""
    bad poor terrible awful horrible appalling dreadful disgusting shocking atrocious abysmal diabolical worst worse
    rude unhelpful unprofessional unfriendly useless pointless rubbish unacceptable inadequate disappointing disappointed
    disappointment frustrating frustrated frustration annoying annoyed angry upset upsetting distressing stressful
    stressed confusing confused confusion unclear vague slow late delay delays delayed cancelled canceled cancellation
    ignored dismissed dismissive abandoned forgotten neglected neglect refused refusal rejected lied lies lost broken
    broke fault faulty dirty filthy smelly noisy cold freezing uncomfortable painful pain unsafe dangerous unfair
    unreasonable ridiculous disgrace disgraceful disorganised disorganized unorganised chaotic chaos mess messy
    inconsistent unreliable incompetent incompetence careless uncaring boring bored expensive overpriced difficult
    difficulty difficulties hard struggle struggled struggling problem problems issue issues complaint complain
    complained fail failed fails failing failure lack lacking lacks shortage short understaffed under-staffed
    overcrowded crowded cramped insufficient unable impossible missed missing unnecessary unfortunately sadly wrong
    mistake mistakes error errors waste wasted worried anxious anxiety scared frightened hate hated dislike disliked
    unhappy dissatisfied unsatisfactory inappropriate impersonal patronising patronizing judgemental judgmental
    condescending aggressive abusive abuse bully bullied bullying nightmare disaster let-down unwelcome unwilling
    rushed fobbed stuck crash crashes crashed bug bugs buggy clunky clumsy ugly stale tasteless bland undercooked
    overcooked inedible soggy tired outdated shabby pathetic hopeless nasty horrendous unhelpfully never nobody pity
    shame repetitive limited isolated unsupported unbearable traumatic humiliated humiliation restrictive unclean
    silly afraid judgement judgment judged belittled provoking monsters fake insulted insulting unfriendliness
    lonely ill-informed lies unanswered
""")

NEGATIONS = _words("""
    not no never n't none nobody nothing neither nor without cannot can't don't doesn't didn't isn't aren't wasn't
    weren't won't wouldn't couldn't shouldn't hasn't haven't hadn't dont didnt doesnt cant couldnt wont wasnt isnt hardly
    barely rarely seldom ain't unable ill
""")
