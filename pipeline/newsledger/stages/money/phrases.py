"""The words around an amount: bounds and approximators, changes and losses, shares, idioms.

Phrases are lower case, words parted by one blank, phrases by ``|`` or the
end of the line. Add one here and an example to ``examples/``. Units of rates are in ``rates``.
"""

from __future__ import annotations

from typing import Literal

from newsledger.stages.money.words import word_set

Side = Literal["approx", "estimate", "lt", "le", "gt", "ge"]

_LEFT: dict[Side, str] = {
    "gt": """
        more than|over|exceeding|exceeds|exceed|exceeded|above|topped|topping|tops|surpassed|surpassing
        surpasses
        surpass|upwards of|upward of|north of|in excess of|an excess of|greater than|higher than|bigger than
        larger than|better than|beyond|well over|just over|a little over|slightly over|slightly more than
        well above|>
        just above|far more than|much more than|well in excess of|way over|a bit over|a little more than
        just more than|ovr|well beyond|comfortably over""",
    "ge": """
        at least|not less than|no less than|no fewer than|a minimum of|minimum of|minimum|min|not below
        as little as
        no lower than|from at least|not under|starting at|starts at|start at|>=|≥|starting from""",
    "lt": """
        less than|<|under|below|fewer than|lower than|smaller than|just under|a little under|slightly under
        just below
        slightly less than|a little less than|well under|well below|just less than|far less than|south of
        short of
        much less than|beneath|und""",
    "le": """
        up to|at most|a maximum of|maximum of|maximum|max|as much as|no more than|not more than|not exceeding
        not to exceed|to not exceed|no higher than|no greater than|does not exceed|do not exceed
        did not exceed
        may not exceed|cannot exceed|can not exceed|must not exceed|will not exceed|shall not exceed
        should not exceed|would not exceed|doesn't exceed|don't exceed|didn't exceed|won't exceed|never exceed
        not exceed|not over|as high as|as many as|upto|≤|<=|not above|not in excess of|never more than
        up to a maximum of|up to as much as""",
    "approx": """
        about|around|nearly|almost|close to|approximately|roughly|some|circa|c.|ca.|ca|approx|approx.|~|≈
        approaching|virtually|practically|in the region of|in the neighbourhood of|in the neighborhood of
        in the vicinity of|on the order of|in the order of|of the order of|somewhere around|somewhere near
        something like|just about|more or less|just shy of|shy of|a little shy of|near|nearing|not quite
        just short of|well nigh|getting on for|an average of about|close on|very nearly|very close to
        right around
        only about|at about|at around|somewhere in the neighborhood of|what amounts to about|an approximate
        nigh on
        towards|and about|just around|in the ballpark of|to the tune of about|bordering on|verging on""",
    "estimate": """
        estimated|an estimated|estimated at|estimated to be|estimated to be worth|estimated to cost
        an estimate of
        estimates of|estimate of|est|est.|estimated cost of|at an estimated|estimated value of
        estimated to total
        estimated to have cost|estimated price of|estimate at|estimates at|estimated to have spent|estimating
        estimated to have been|projected at|projected to be|projected to cost|a projected|projected
        forecast at
        forecast to be|is forecast at|were estimated at|provisionally put at|conservatively estimated at
        estimated to reach|estimated to earn|estimated annual cost of|estimated total cost of
        estimated to amount to""",
}


ESTIMATED = word_set("estimated projected")
"""Before a noun and "of": an estimate."""


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in text.replace("\n", "|").split("|") if phrase.strip()]


LEFT: dict[tuple[str, ...], Side] = {
    phrase: side for side, text in _LEFT.items() for phrase in _phrases(text)
}
"""What stands before an amount. "just shy of" and "nearly" are ``approx``: both values are kept."""

LONGEST_LEFT = max(map(len, LEFT))

PREPOSITIONS = word_set("over under above below about around beyond near beneath")
"""Also plain prepositions: no bound before an article ("under a $5 million contract")."""

BESIDE = word_set("below above under beneath near")
"""Right before the amount they say what level is passed, whatever verb stands before: "fell below $5"."""

TOPIC = word_set(
    """talk talking talked talks complain complained complaining complaints dispute disputes row rows fight
    fights fighting battle battles argue argued arguing argument arguments quarrel feud clash clashed
    concern concerns question questions worry worried worries controversy think thinking lied lie lying
    wrangle wrangling suing sued lawsuit lawsuits spat standoff squabble outrage uproar disagreement
    told know knew learned asked news scandal debate debates haggling haggle negotiations negotiating
    charges indicted hand hands handed handing turn turns turned turning carry carried carrying sign signed
    signing roll rolled rolling presides preside presiding fork forked forking"""
)
"""Before "over" or "about", no bound: what follows is the matter ("a dispute over $5 million"), or the
two are one verb ("handed over $5 million")."""

FILLERS = word_set(
    """another additional further extra combined total net gross record whopping staggering cool reported
    full annual aggregate cumulative hefty mere paltry massive modest only just even perhaps maybe
    possibly probably potentially impressive eye-watering astonishing incredible collective overall
    initial more average estimated yearly monthly weekly daily like say"""
)
"""May stand between a bound and its amount ("more than a combined $5 billion")."""

SUMS = word_set("total sum equivalent")
"""Likewise, before "of": "up to a total of $5 billion"."""

ARTICLES = word_set("a an")

_OF_WHAT = r"(?: (?:in|of) (?:annual |net |gross )?[a-z]+)"
RIGHT: tuple[tuple[str, Side], ...] = (
    (r"\+(?!\w)", "ge"),
    (r"[-‐‑ ]?plus(?=\s*(?:[.,;:!?)\"”]|\Z|\s(?:a|an|per|in|of)\b))", "ge"),
    (r"[-‐‑]plus\b", "ge"),
    (
        rf"{_OF_WHAT}?,? or (?:even )?(?:more|better|higher|above|greater|over|up)\b"
        r"(?! than| (?:the|its|their)\b|\s*[^\w\s]?\d)",
        "ge",
    ),
    (
        r",? and (?:more|up|above|upwards|upward|over|beyond|higher)\b"
        r"(?! than|\s*[^\w\s]?\d|\s*[a-z]{0,3}[$€£¥])",
        "ge",
    ),
    (r" upwards?\b(?= with|\s*(?:[.,;:!?)]|\Z))", "ge"),
    (r",? and counting\b", "ge"),
    (r",? at (?:the )?(?:least|minimum)\b", "ge"),
    (r" minimum\b(?=\s*(?:[.,;:!?)]|\Z)|\s(?:an?|per|for|to|in|of|on)\b)", "ge"),
    (
        rf"{_OF_WHAT}?,? or (?:even )?(?:less|lower|under|below|fewer)\b"
        r"(?! than| (?:the|its|their)\b|\s*[^\w\s]?\d)",
        "le",
    ),
    (r",? and (?:under|below)\b(?!\s*[^\w\s]?\d|\s*[a-z]{0,3}[$€£¥])", "le"),
    (r",? at (?:the )?(?:most|maximum)\b", "le"),
    (r" (?:tops|max|maximum)\b(?=\s*[.,;:!?)]|\Z)", "le"),
    (r",? or (?:so|thereabouts)\b", "approx"),
    (r",? (?:more or less|give or take)\b", "approx"),
    (r"[-‐‑ ]?(?:odd|ish)\b", "approx"),
    (r",? or (?:approximately|about|nearly)\b(?=\s*(?:[.,;:)]|\Z))", "approx"),
)
"""What stands after an amount; patterns on lower-case text, tried in order."""

RISES = word_set(
    """rose rise rises risen rising increased increase increases increasing grew grow grows grown growing
    climbed climb climbs climbing jumped jump jumps jumping surged surge surges surging gained gain
    gains gaining soared soar soaring advanced advance advances up hike hikes hiked hiking boost boosts
    boosted boosting higher growth expanded strengthened improved improve improvement rebounded rallied
    firmed upped"""
)
FALLS = word_set(
    """fell fall falls fallen falling declined decline declines declining decreased decrease decreases
    decreasing dropped drop drops dropping cut cuts cutting slashed slash slashing slashes reduced
    reduce reduces reducing reduction reductions lowered lower lowering lowers trimmed trim trimming
    shed sheds shedding slipped slip slips slipping tumbled tumble tumbles plunged plunge plunges down
    shrank shrunk shrink contracted eased slid slide slides sank weakened"""
)
"""Words of change, up and down: before the amount, before "by" or before "of"."""

UP_VERBS = word_set(
    """put puts putting make makes made making eat eats ate eating soak soaked pony ponied cough coughed stump
    stumped free freed freeing offer offers offered give gives gave given giving take takes took taken draw
    draws drew drawn pick picks picked run runs ran rack racked set sets cook scrape scraped save saved saving
    use used using buy buys bought buying come came"""
)
DOWN_VERBS = word_set(
    """draw draws drew drawn drawing pay pays paid paying put puts putting lay lays laid laying write writes
    wrote written turn turns turned hand handed pass passed shut"""
)
"""Verbs that "up" and "down" belong to: to put up or pay down $5 million is no change by it."""

RAISE_BY = word_set("raised raise raises raising widened widen narrowed narrow lifted lift")
"""Change only with "by" or two amounts: to raise $5 million is to collect it."""

UP_BY = (RISES - {"growth"}) | word_set("raised raise raises raising widened lifted")
DOWN_BY = FALLS | word_set("narrowed pared")
"""Before "by"."""

CHANGE_VERBS = (
    RISES
    | FALLS
    | RAISE_BY
    | word_set(
        """moved move went go goes gone changed change changes shifted revised revise widens widening
        narrows narrowing doubled double doubles doubling tripled triple triples tripling quadrupled
        quadruple quadruples swung brought bring brings bringing pushed push taking taken took extended
        extend lifts lifting scaled jumping dipped dip adjusted upgraded downgraded ballooned swelled
        swell mushroomed crept edged inched skyrocketed escalated varied amended lengthened converted
        switched rebounded halved heightened pared pare paring"""
    )
)
"""Verbs that make "from A to B" a change from an old to a new figure, not a range."""

REACHES = (
    CHANGE_VERBS - word_set("cut cuts extend extended raise raised higher lower growth widen narrow lift")
) | word_set(
    """pushes pushing going moves crept drove drive drives driving driven back shot edging inching creeping
    nudging ticking picked add adds added adding"""
)
"""Near "up to" these say what level is reached ("brings the total up to $5 million"): no ceiling."""

_ENDS = (
    r"(?=\s*(?:[^\w\s]|\Z)|\s(?:than|at|on|in|for|to|from|or|and|but|by|basis|compared|versus|vs|if|as|after|this|"
    r"last|today|yesterday|when|while|because|with|per|an?|since|over|under|following)\b)"
)
_CLOSED = r"(?=\s*(?:[.,;]|\Z)|\s(?:at|on|from)\s)"
_LEVEL = (
    r"(?:last|the (?:president|previous|prior|fiscal|current|budget|administration)|what|fiscal|current|fy)"
    r"(?=\d|\b)"
)
MORE = rf"\s+(?:(?:more|extra)\b|above {_LEVEL}|(?:higher|dearer|firmer|costlier){_ENDS}|up{_CLOSED})"
LESS = rf"\s+(?:(?:less|fewer)\b|below {_LEVEL}|(?:lower|cheaper|easier|weaker){_ENDS}|down{_CLOSED})"
"""After an amount they make it a difference: "27 yen higher"; not "a $5 lower fee"."""

INCREMENTS = word_set("additional another further extra added")

LOSSES = word_set("loss losses lost lose loses losing")

RISE_NOUNS = word_set("increase increases rise hike gain gains boost raise jump surge advance growth")
FALL_NOUNS = word_set("cut cuts decrease decreases decline drop fall reduction reductions dip slump discount")
LOSS_NOUNS = word_set("loss losses")
"""Nouns after an amount that type it: "a $5 million cut"."""

_BASE = "the|its|their|his|her|an?|that|this|those|these|our|my|your|what"
_PARTS = "quarters?|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?|twentieth|hundredth"
_ROUGHLY = "more|than|about|nearly|over|some|almost|estimated|total|roughly|around|approximately"
SHARE_LEFT = (
    r"(?:(?:[a-z]+|\d+(?:\.\d+)?)[ -](?:percent|per cent|pct|p\.c\.)|\d+(?:\.\d+)?\s?%|\bhalf|"
    rf"\b(?:an?|one|two|three|four|five|seven|nine)[ -](?:{_PARTS})) of "
    rf"(?:(?:{_BASE}|{_ROUGHLY}|u\.s\.|initial|original) )*\Z"
)
"""A share of the figure that follows, ending where it begins; patterns on lower-case text."""

_SCALED = "thousands|millions|billions|crores?|lakhs?"
TABLE_SCALE = (
    r"[(\[]\s*(?:(?:us|[acs])?[$€£¥]|rs\.?)?\s*"
    r"(?:(?:all|figures?|amounts?|dollars?|dlrs|euros?|pounds?|numbers?|data|unaudited|are|is|shown|expressed|"
    r"stated|u\.s\.|us),? ){0,6}"
    r"(?:in )?(?:us\$ |\$)?(?:(?:dollars|euros|pounds|dlrs) in )?"
    rf"(?:{_SCALED}|mlns?|000s|'000s?|000's|hundreds)\b"
    r"|[(\[]\s*(?:in )?(?:(?:us|[acs]|nz|hk)?\$|[€£¥₹]|rs\.? ?)\s?(?:m|mn|bn|k|cr|000s?|'000s?)\s*[)\]]"
    r"|\b(?:figures|amounts|numbers|dollars|all values) (?:are |is |shown |expressed |stated |given ){0,3}in "
    rf"(?:u\.s\. |us )?(?:dollars )?(?:{_SCALED})\b"
)
"""A table header that scales the bare figures after it; matched on lower-case text."""
