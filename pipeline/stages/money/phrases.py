"""The words around an amount: bounds and approximators, units of a rate, changes and losses, shares, idioms.

Phrases are lower case, words parted by one blank. Add one here and an example to ``examples.yaml``.
"""

from __future__ import annotations

from typing import Literal

Modifier = Literal["approx", "estimate", "lt", "le", "gt", "ge"]


def _phrases(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.replace("\n", "|").split("|") if p.strip()]


_LEFT: dict[Modifier, str] = {
    "gt": """more than|over|exceeding|exceeds|exceed|exceeded|above|topped|topping|tops|top|surpassed|surpassing
        surpasses|surpass|upwards of|upward of|north of|in excess of|an excess of|greater than|higher than|bigger than|larger than
        better than|beyond|well over|just over|a little over|slightly over|slightly more than|well above|just above
        far more than|much more than|well in excess of|way over|a bit over|a little more than|just more than
        ovr|passed the|well beyond|comfortably over""",
    "ge": """at least|not less than|no less than|no fewer than|a minimum of|minimum of|minimum|min|not below|as little as
        no lower than|from at least|not under|starting at|starts at|start at|>=|≥|starting from""",
    "lt": """less than|under|below|fewer than|lower than|smaller than|just under|a little under|slightly under|just below
        slightly less than|a little less than|well under|well below|just less than|far less than|south of|short of
        much less than|beneath|und""",
    "le": """up to|at most|a maximum of|maximum of|maximum|max|as much as|no more than|not more than|not exceeding
        not to exceed|no higher than|no greater than|does not exceed|do not exceed|did not exceed|may not exceed
        cannot exceed|can not exceed|must not exceed|will not exceed|shall not exceed|should not exceed|would not exceed
        not over|as high as|as many as|upto|≤|<=|never exceed|not above|not in excess of|never more than|doesn't exceed
        don't exceed|didn't exceed|won't exceed|up to a maximum of|up to as much as|not exceed|to not exceed""",
    "approx": """about|around|nearly|almost|close to|approximately|roughly|some|circa|c.|ca.|ca|approx|approx.|~|≈
        approaching|virtually|practically|in the region of|in the neighbourhood of|in the neighborhood of
        in the vicinity of|on the order of|in the order of|of the order of|somewhere around|somewhere near|something like
        just about|more or less|just shy of|shy of|a little shy of|near|nearing|not quite|just short of|well nigh
        getting on for|an average of about|close on|very nearly|very close to|right around|only about|upwards or
        at about|at around|somewhere in the neighborhood of|what amounts to about|an approximate|nigh on|towards
        and about|just around|in the ballpark of|to the tune of about|as near as|bordering on|verging on""",
    "estimate": """estimated|an estimated|estimated at|estimated to be|estimated to be worth|estimated to cost|an estimate of
        estimates of|estimate of|est|est.|estimated cost of|at an estimated|estimated value of|estimated to total
        estimated to have cost|estimated price of|estimate at|estimates at|estimated to have spent|estimating
        estimated to have been|projected at|projected to be|projected to cost|a projected|projected|forecast at
        forecast to be|is forecast at|were estimated at|provisionally put at|conservatively estimated at
        estimated to reach|estimated to earn|estimated annual cost of|estimated total cost of|estimated to amount to""",
}

LEFT: dict[tuple[str, ...], Modifier] = {
    tuple(phrase.split()): modifier for modifier, text in _LEFT.items() for phrase in _phrases(text)
}
"""What stands before an amount -> modifier. "just shy of" and "nearly" are ``approx``: either value may be it."""

LONGEST_LEFT = max(map(len, LEFT))

PREPOSITIONS = frozenset(
    ("over", "under", "above", "below", "about", "around", "beyond", "near", "beneath", "top")
)
"""Also plain prepositions: no bound before an article ("under a $5 million contract")."""

PARTICLE = frozenset(
    """hand hands handed handing turn turns turned turning carry carried carrying sign signed signing roll rolled rolling
    presides preside presiding fork forked forking""".split()
)
"""Verbs that "over" belongs to: "handed over $5 million" is no bound."""

BROUGHT = frozenset(
    """bring brings bringing brought push pushes pushing pushed went go goes going moved move moves climbed crept drove drive
    drives driving driven back jumped shot rose doubled tripled increased inched edged
    edging inching creeping nudging ticking picked""".split()
)
"""Near "up to" these and verbs of change make it a level reached, not a ceiling ("brings the total up to $5 million")."""

TOPIC = frozenset(
    """talk talking talked talks complain complained complaining complaints dispute disputes row rows fight fights fighting
    battle battles argue argued arguing argument arguments quarrel feud clash clashed concern concerns question questions
    worry worried worries controversy think thinking lied lie lying wrangle wrangling suing sued lawsuit lawsuits spat
    standoff squabble outrage uproar disagreement told know knew learned asked news scandal debate debates haggling haggle
    negotiations negotiating charges indicted""".split()
)
"""Before "over" or "about": what follows is the matter, not a bound ("a dispute over $5 million")."""

FILLERS = frozenset(
    """another additional further extra combined total net gross record whopping staggering cool reported full annual
    aggregate cumulative hefty mere paltry massive modest only just even perhaps maybe possibly probably potentially
    roughly-estimated impressive eye-watering astonishing incredible
    collective overall initial more average estimated yearly monthly weekly daily like say nearly-record""".split()
)
"""May stand between a bound and its amount ("more than a combined $5 billion")."""

ARTICLES = frozenset(("a", "an"))

RIGHT: tuple[tuple[str, Modifier], ...] = (
    (r"\+(?![\w])", "ge"),
    (r"[-‐‑ ]?plus(?=\s*(?:[.,;:!?)\"”]|\Z|\s(?:a|an|per|in|of)\b))", "ge"),
    (r"[-‐‑]plus\b", "ge"),
    (r",? or (?:even )?(?:more|better|higher|above|greater|over|up)\b", "ge"),
    (r",? and (?:more|up|above|upwards|upward|over|beyond|higher)\b(?! than)", "ge"),
    (r",? and counting\b", "ge"),
    (r",? at (?:the )?(?:least|minimum)\b", "ge"),
    (r" minimum\b", "ge"),
    (r",? or (?:even )?(?:less|lower|under|below|fewer)\b", "le"),
    (r",? and (?:under|below)\b", "le"),
    (r",? at (?:the )?(?:most|maximum)\b", "le"),
    (r" (?:tops|max|maximum)\b(?=\s*[.,;:!?)]|\Z)", "le"),
    (r",? or so\b", "approx"),
    (r",? or thereabouts\b", "approx"),
    (r",? more or less\b", "approx"),
    (r",? give or take\b", "approx"),
    (r"[-‐‑ ]?(?:odd|ish)\b", "approx"),
    (r",? or (?:approximately|about|nearly)\b(?!\s*[\d$£€])", "approx"),
)
"""What stands after an amount -> modifier; patterns on lower-case text."""

_UNITS = """
    barrel: barrel barrels bbl bbls brl | tonne: tonne tonnes mt | ton: ton tons | ounce: ounce ounces oz
    share: share shares shr | pound: pound pounds lb lbs | kilogram: kilogram kilograms | kilo: kilo kilos | kg: kg kgs
    gram: gram grams gramme grammes | gallon: gallon gallons gal gals | litre: litre litres | liter: liter liters
    pint: pint pints | bushel: bushel bushels bu | bag: bag bags | bale: bale bales | case: case cases | crate: crate
    box: box | bottle: bottle bottles | pack: pack packet | head: head | hour: hour hours hr hrs h | day: day days d
    week: week weeks wk | fortnight: fortnight | month: month months mo mth mths | quarter: quarter quarters qtr
    year: year years yr yrs annum | minute: minute minutes min | second: second | night: night nights | shift: shift
    season: season | semester: semester | term: term | decade: decade | session: session | person: person | capita: capita
    adult: adult | child: child | student: student | pupil: pupil | worker: worker | employee: employee
    household: household | family: family | couple: couple | passenger: passenger | patient: patient | seat: seat
    ticket: ticket | copy: copy | unit: unit units | item: item | piece: piece | pair: pair | dozen: dozen | set: set
    acre: acre acres | hectare: hectare hectares ha | mile: mile miles | kilometre: kilometre km | kilometer: kilometer
    metre: metre | meter: meter | foot: foot ft | yard: yard | inch: inch | MWh: mwh | kWh: kwh | GWh: gwh | MW: mw
    megawatt: megawatt | kilowatt: kilowatt | mmBtu: mmbtu | therm: therm | GJ: gj | cwt: cwt | hundredweight: hundredweight
    quintal: quintal | carat: carat | flight: flight | trip: trip | ride: ride | game: game | match: match
    episode: episode | round: round | vote: vote | word: word | page: page | call: call | message: message
    click: click | visit: visit | vehicle: vehicle | car: car | truck: truck | room: room | bed: bed | house: house
    plate: plate | cup: cup | glass: glass | meal: meal | animal: animal | cow: cow | pig: pig | bird: bird | egg: egg
    loaf: loaf | cylinder: cylinder | can: can | tin: tin | sack: sack | container: container | teu: teu | dose: dose
    pill: pill | token: token | coin: coin | bitcoin: bitcoin | warrant: warrant | right: right | bond: bond | adr: adr
    ads: ads | dollar: dollar dollars dlr dlrs | euro: euro | pop: pop | user: user | subscriber: subscriber | customer: customer
    member: member | violation: violation | offence: offence | offense: offense | transaction: transaction | goat: goat
    sheep: sheep | stem: stem | bunch: bunch | square foot: sqft psf | square metre: sqm | sq: sq | Btu: btu btus | mcf: mcf
"""


def _table(text: str) -> dict[str, str]:
    """Read rows of the form ``bare word: spellings``, parted by ``|`` or line ends, as spelling -> bare word."""
    found = {}
    for row in _phrases(text):
        bare, _, spellings = row.partition(":")
        found.update(dict.fromkeys(spellings.split(), bare.strip()))
    return found


UNITS = _table(_UNITS)
"""Spelling of a unit -> the bare word, for rates after "a", "an" or a slash; after "per" any word is taken."""

UNIT_ADJECTIVES = frozenset(
    """metric troy ordinary common preferred preference diluted basic fully u.s. us imperial gross net dry long short
    single working calendar fiscal class registered average fine outstanding existing new full private limited one first
    depositary""".split()
)
"""Left out before the unit: "per ordinary share" is by the share."""

UNIT_MEASURES = frozenset(("square", "cubic", "sq", "thousand", "hundred", "million", "mln"))
"""Part of the unit: "per square foot"."""

PERIOD_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "nightly": "night",
    "quarterly": "quarter",
    "annual": "year",
}
"""Before a noun ("a monthly rental of") or after the amount ("$5 million annually")."""

RISES = frozenset(
    """rose rise rises risen rising increased increase increases increasing grew grow grows grown growing climbed climb
    climbs climbing jumped jump jumps jumping surged surge surges surging gained gain gains gaining soared soar soaring
    advanced advance advances up hike hikes hiked hiking boost boosts boosted boosting higher growth expanded strengthened
    improved improve improvement rebounded rallied firmed upped""".split()
)
FALLS = frozenset(
    """fell fall falls fallen falling declined decline declines declining decreased decrease decreases decreasing dropped
    drop drops dropping cut cuts cutting slashed slash slashing slashes reduced reduce reduces reducing reduction
    reductions lowered lower lowering lowers trimmed trim trimming shed sheds shedding slipped slip slips slipping tumbled
    tumble tumbles plunged plunge plunges down shrank shrunk shrink contracted eased slid slide slides sank weakened""".split()
)
"""Words of change, up and down; a verb or noun before "by", "of" or the amount itself."""

CHANGE_VERBS = (
    RISES
    | FALLS
    | frozenset(
        """raised raise raises raising moved move went go goes gone changed change changes shifted revised revise widened widen
    widens widening narrowed narrow narrows narrowing doubled double doubles doubling tripled triple triples tripling
    quadrupled quadruple quadruples swung brought bring brings bringing
    pushed push taking taken took extended extend lifted lift lifts lifting scaled jumping dipped dip adjusted upgraded
    downgraded ballooned swelled swell mushroomed crept edged inched skyrocketed escalated varied amended
    lengthened converted switched rebounded halved heightened pared pare paring""".split()
    )
)
"""Verbs that make "from A to B" a change from an old to a new figure, not a range."""

MOVES = BROUGHT | (
    CHANGE_VERBS
    - frozenset(("cut", "cuts", "extend", "extended", "raise", "raised", "higher", "lower", "growth"))
)

RAISE_BY = frozenset("raised raise raises raising widened widen narrowed narrow lifted lift".split())
"""Change only with "by": to raise $5 million is to collect it."""

INCREMENTS = frozenset(("additional", "another", "further", "extra", "added"))

LOSSES = frozenset(("loss", "losses", "lost", "lose", "loses", "losing"))

RISE_NOUNS = frozenset(
    "increase increases rise hike gain gains boost raise jump surge advance improvement growth".split()
)
FALL_NOUNS = frozenset(
    "cut cuts decrease decreases decline drop fall reduction reductions dip slump discount".split()
)
LOSS_NOUNS = frozenset(("loss", "losses"))
"""Nouns after an amount that type it: "a $5 million cut"."""

SHARE_LEFT = (
    r"(?:(?:[a-z]+|\d+(?:\.\d+)?)[ -](?:percent|per cent|pct|p\.c\.)|\d+(?:\.\d+)?\s?%|\bhalf|"
    r"\b(?:an?|one|two|three|four|five|seven|nine)[ -](?:quarters?|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?|"
    r"twentieth|hundredth)) of "
    r"(?:(?:the|its|their|his|her|a|an|that|this|those|these|our|my|your|what|more|than|about|nearly|over|some|almost|"
    r"estimated|total|roughly|around|approximately|u\.s\.|initial|original) )*\Z"
)
MULTIPLE_LEFT = (
    r"\b(?:double|twice|triple|treble|quadruple|(?:\w+|\d+(?:\.\d+)?) times) "
    r"(?:(?:the|its|their|his|her|a|an|that|this|last|year's|original|previous|estimated|initial) )*\Z"
)
"""A share or multiple of the figure that follows, ending where it begins; patterns on lower-case text."""

IDIOMS_RIGHT = r"[\s-]+(?:question|man\b|baby\b|word\b)"
"""After "$64,000", "million-dollar", "50-cent": figures of speech."""

TABLE_SCALE = (
    r"[(\[]\s*(?:\$|us\$|€|£|rs\.?|¥|[a-z]{3})?\s*(?:all )?(?:figures?|amounts?|dollars?|dlrs|euros?|pounds?|numbers?|data|"
    r"expressed|stated|unaudited,?)*\s*(?:are |is |shown |expressed |stated |u\.s\. dollars )*(?:in )?"
    r"(?:us\$ |u\.s\. |us |\$)?\s*"
    r"(?:(?:dollars|euros|pounds|dlrs) in )?(?:thousands|millions|billions|crores?|lakhs?|mlns?|000s|'000s?|000's|hundreds)\b"
    r"|\b(?:figures|amounts|numbers|dollars|all values) (?:are |is |shown |expressed |stated |given )*in "
    r"(?:u\.s\. |us )?(?:dollars )?(?:thousands|millions|billions|crores?|lakhs?)\b"
)
"""A table header that scales the bare figures after it; matched on lower-case text."""
