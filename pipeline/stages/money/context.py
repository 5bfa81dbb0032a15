"""What the words around an amount say of it: bound, unit of a rate, direction, kind.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline import trace
from pipeline.stages.money import phrases
from pipeline.stages.money.currencies import BEFORE_SIGN
from pipeline.stages.money.quantities import Quantity
from pipeline.stages.money.words import MONTHS

Kind = Literal["level", "change", "rate", "share_of"]
Sign = Literal["+", "-"]
Modifier = Literal["exact", "approx", "estimate", "lt", "le", "gt", "ge", "range", "vague"]

WINDOW = 110
"""Characters looked at on either side."""

_SENTENCE_BREAK = re.compile(r"""[.!?;:]["”’')\]]*\s+(?=\S)""")
_ABBREVIATED = frozenset(
    ("approx", "est", "min", "max", "c", "ca", "u.s", "no", "vs", "avg", "inc", "corp", "co", "ltd")
)
_STRIP = "\"'“”‘’([{<*"

_UNIT_WORDS = "|".join(sorted((re.escape(u) for u in phrases.UNITS), key=len, reverse=True))
_MEASURED = r"(?:barrel|tonne|ton|ounce|gallon|litre|liter|bushel|quintal|kilo|kilogram|kg|bag|pound|share|acre|hectare|bale|carat)"
_MEASURES = "|".join(
    sorted(phrases.UNIT_MEASURES | phrases.UNIT_ADJECTIVES | frozenset(BEFORE_SIGN), key=len, reverse=True)
).replace(".", r"\.")
_PER_WORD = re.compile(
    rf"""(?:\s*[-‐‑]\s*|\s*,?\s+)(?:(?P<per>per|each|every|for\ every|for\ each)|(?P<a>an?|the))[\s-]+
        (?P<adjectives>(?:(?:{_MEASURES}|1,?0+)[\s-]+)*)(?P<unit>[^\W\d_]+)(?!['’]s|[\w])(?P<after>\s+\w+)?""",
    re.VERBOSE,
)
_PER_SLASH = re.compile(rf"\s?/\s?(?P<unit>{_UNIT_WORDS})(?![\w$€£])")
_PER_SHR = re.compile(r"\s+shr\b")
_PER_OTHER = re.compile(rf"\s+(?:on|for)\s+(?:every|each)\s+(?P<unit>{_UNIT_WORDS})\b")
_TO_THE = re.compile(
    r"\s+(?:to|against)\s+(?:the|one|a|an|every|each)\s+(?:u\.s\.\s+|us\s+)?(?P<unit>dollar|dlr|pound|euro|yen|barrel|ounce|sterling)\b(?!\s+(?:\w+ing|at|after|from|since))"
)
_LATER_UNIT = re.compile(
    r"(?:\s+(?!-|approximately|about|for|in|within|of|over|than|is|was|were|and|or|but|after|once|at|to|from)[a-z'-]+|\s+(?:in|of|for|on)\s+[a-z'-]+(?:\s+[a-z'-]+)?){1,2}\s+(?:an?|per|every|each)\s+(?P<unit>year|month|week|day|hour|share|barrel|tonne|ton)\b(?!\s*[-\w]*\s*(?:ago|earlier|before|later|after|previously|prior))"
)
_EACH = re.compile(r"\s+(?:each|apiece)\b")
_ADVERB = re.compile(
    r"\s+(?:(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|nightly|quarterly)\b|(?P<adjective>annual|monthly|weekly|daily|hourly|nightly|yearly)\s+[a-z])"
)
_NOT_AGO = frozenset(
    ("ago", "earlier", "before", "later", "after", "previously", "prior", "old", "since", "long")
)
_ON_AVERAGE = re.compile(
    r"\b(?P<period>annual|monthly|weekly|daily|hourly|yearly|nightly)\s+(?:[a-z'-]+\s+){1,3}of\s+(?:(?:a|an|the|about|around|nearly|almost|over|approximately|more than|up to|at least|some|roughly|less than|only|just)\s+)*\Z"
)
_SUBJECT = re.compile(
    r"\b(?:an?|the|each|per|one|every)\s+(?P<unit>" + _MEASURED + r")(?:\s+of\s+[a-z]+(?:\s[a-z]+)?)?\s+"
    r"(?:averaged|averages|costs?|fetched|fetches|sold (?:for|at)|sells (?:for|at)|(?:was |is )?trad(?:ed|es|ing) at|stood at|"
    r"(?:was|is) priced at|goes for|went for|reached|hit)\s+(?:(?:about|around|nearly|almost|over|some|approximately|more than|"
    r"between|from|at least|roughly|only|up to)\s+)*\Z"
)
_SHR = re.compile(
    r"\b(?:shr|shrs|eps|(?:earnings|income|profit|loss|dividend|dividends)\s+per\s+share)(?:\s+(?:of|net|was|is|diluted|basic|primary|profit|loss|at|shr|dil|oper))*\s+\Z"
)
_PER_SHARE = re.compile(r"\b(?:shr|shrs|eps|share)\b")
_SUBJECT_VERB = re.compile(r"averag|cost|fetch|sold|sells|trad|stood|priced|goes|went|reach|hit")
_VERSUS = re.compile(r"\b(?:shr|eps)\b[^\n]*\bvs\.?\s+(?:(?:profit|loss)\s+)?\Z")

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+\s+\Z")

_SHARE = re.compile(phrases.SHARE_LEFT)
_TIMES = re.compile(r"double|twice|triple|treble|quadruple|times")
_MULTIPLE = re.compile(phrases.MULTIPLE_LEFT)
_RIGHT = [(re.compile(pattern), modifier) for pattern, modifier in phrases.RIGHT]
_NEXT_WORD = re.compile(r"[\s-]+([a-z]+)")
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)\]\"”’]|\Z)|\s+(?:a|an|per|in|for|of|to|on|at|by|and|or|each|from|with|as|but|depending|over|more|less|is|was|are|were|when|if|while)\b|[-/]"
)
_COUNTED = re.compile(r"\s*(?:%|percent|per cent|pct|percentage|basis points|points?\b)")
_COUNTED_SCALED = re.compile(
    r"\s+(?:people|shares|barrels|tonnes|tons|users|customers|units|jobs|households|residents|families|children|workers|acres|bpd|votes|passengers|viewers|subscribers)\b"
)
_COMPARING = re.compile(r"\s+(?:more|less|higher|lower|above|below|of\s|for\s)")


_THE = frozenset("the its their this previous current present new old legal federal state national".split())
_ARTICLE = re.compile(r"\b(?:an?|the)\s+(?:[a-z-]+\s+)?\Z")
_SUMS = frozenset("total sum equivalent".split())
_ROUGH = ("approx", "estimate")
_NO_CHANGE = frozenset("of at between for to with in on and".split())
_ROUGHLY = frozenset("about around some nearly roughly approximately an estimated almost only".split())
_RANGING = frozenset("range ranges ranging ranged anywhere vary varies varied varying fluctuating".split())
_RANGE_CUES = _RANGING | frozenset(
    """of at from between for worth cost costs costing estimated about around approximately roughly pay paid pays charge
    charges charged spend spent save saves fine fines earn earned need needs raise another expected a an the their its his her
    """.split()
)
_FUNCTION_WORDS = frozenset(
    "of for in on at to by and or from with as is was were are the a an that which".split()
)
_SENTENCE_STOP = re.compile(r"[.!?][\"”’)]*\s")
_ADJECTIVAL = re.compile(r"(?:al|ic|ous|ive|able|ible|ary|ed)\Z")


class Context(NamedTuple):
    """What the surroundings say of a figure."""

    modifier: Modifier | None
    kind: Kind
    sign: Sign | None
    per_unit: str | None


class Surroundings:
    """A segment's text, asked about the places around amounts."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    def left(self, position: int, window_size: int = WINDOW) -> str:
        """Lower-case text before a position, back to the sentence's beginning or ``WINDOW`` characters."""
        window = self.text[max(self.start, position - window_size) : position]
        cut = 0
        for match in _SENTENCE_BREAK.finditer(window):
            word = window[: match.start()].rpartition(" ")[2].lower()
            if window[match.start()] != "." or word not in _ABBREVIATED:
                cut = match.end()
        return window[cut:].lower()

    def right(self, position: int) -> str:
        """Lower-case text after a position, ``WINDOW`` characters or to the segment's end."""
        return self.text[position : min(self.end, position + WINDOW)].lower()

    def is_other_number(self, start: int, quantity: Quantity) -> bool:
        """Whether a bare number is a day, a year or part of a name rather than half of a range."""
        before = self.left(start).split()
        word = before[-1].strip(".,") if before else ""
        if word in ("to", "and", "-") and any(w.strip(".,") in MONTHS for w in before[-4:]):
            return True  # "March 16 to 31"
        if word in MONTHS or word in (
            "no",
            "number",
            "article",
            "section",
            "phase",
            "chapter",
            "class",
            "series",
            "flight",
            "boeing",
        ):
            return True
        if self.text[max(self.start, start - 1) : start] in ("-", "/", "."):
            return True
        named = _CAPITALISED.search(self.text, max(self.start, start - 20), start)
        if (
            named
            and not _SENTENCE_STOP.search(self.text[max(self.start, named.start() - 2) : named.start()])
            and named.start() > self.start
        ):
            return True
        return is_year(quantity)

    def is_change(self, start: int) -> Literal["from", "by", "raise", ""]:
        """How a verb of change governs the pair that begins here; blank where none does.

        "from": rose from 5 to 6. "by": rose by 5 to 20, or rose 5 to 20. "raise": the verb may also mean to
        collect ("raise 5 to 6").
        """
        words = [word.strip(_STRIP + ".,;:!?)]") for word in self.left(start, 2 * WINDOW).split()]
        while words and words[-1] in _ROUGHLY:
            words.pop()
        last = words[-1] if words else ""
        if len(words) > 1 and words[-2] in _RANGING:
            return ""
        reach = 24 if last == "from" else 16 if last == "by" else 4
        for n, word in enumerate(reversed(words[-reach:])):
            if word in phrases.CHANGE_VERBS:
                after = words[len(words) - n :]
                if last == "from":
                    return "from"
                if last == "by":
                    return "by"
                if _NO_CHANGE.intersection(after):
                    return ""
                return "raise" if word in phrases.RAISE_BY and not after else "by"
            if word in _RANGING:
                return ""
        return ""

    def follows_change(self, end: int, start: int) -> bool:
        """Whether a pair at ``start`` goes on after a change that ended at ``end``: "...; gas from $4 to $5"."""
        between = self.text[end:start]
        return (
            between.lower().rstrip().endswith("from")
            and not _SENTENCE_STOP.search(between)
            and len(between) < WINDOW
        )

    def joined_by_and(self, end: int) -> bool:
        """Whether "and" follows at once; ", or" joins two ways to say one thing ("475,000, or five cents a share")."""
        return self.text[end : end + 6].split()[:1] == ["and"]

    def says_by(self, start: int) -> bool:
        """Whether "by" stands before, an approximator between at most."""
        words = self.left(start).split()
        while words and words[-1] in _ROUGHLY:
            words.pop()
        return bool(words) and words[-1] == "by"

    def may_be_range(self, start: int, apart: Decimal) -> bool:
        """Whether nothing before a pair speaks against a range: a cue ("at $5 to $80"), or no word at all."""
        words = self.left(start).split()
        if not words or not words[-1].strip(_STRIP).isalpha():
            return apart < 50 or not words or words[-1][-1:] in "(:,"
        return words[-1].strip(_STRIP) in _RANGE_CUES or (len(words) > 1 and words[-2] in _RANGE_CUES)

    def is_from(self, start: int) -> bool:
        """Whether "from" stands before."""
        return self.left(start).rstrip().endswith("from")

    def counts_something(self, end: int, *, scaled: bool) -> bool:
        """Whether a bare number counts per cent or things rather than money."""
        right = self.right(end)
        return bool(_COUNTED.match(right) or (scaled and _COUNTED_SCALED.match(right)))

    def ends_clause(self, end: int) -> bool:
        """Whether nothing that could be counted follows."""
        return bool(_ENDS.match(self.right(end)))

    def goes_on_comparing(self, end: int) -> bool:
        """Whether "more", "less" or the like follows, so that a dash before was no range."""
        return bool(_COMPARING.match(self.right(end)))


def is_year(quantity: Quantity) -> bool:
    """Whether a number is written like a year."""
    return (
        quantity.plain
        and quantity.scale == 1
        and quantity.base is not None
        and Decimal(1800) <= quantity.base <= Decimal(2100)
    )


def _words(left: str) -> list[str]:
    return [word.lstrip(_STRIP) for word in left.split()]


def _left_modifier(words: list[str]) -> tuple[Modifier | None, list[str], bool]:
    """The bound or approximator that ends the words, the words before it, and whether one says "more"."""
    found: Modifier | None = None
    article = False
    increment = False
    while words:
        for n in range(min(phrases.LONGEST_LEFT, len(words)), 0, -1):
            modifier = phrases.LEFT.get(tuple(words[-n:]))
            if modifier is None:
                continue
            before = words[:-n]
            if n == 1 and words[-1] in phrases.PREPOSITIONS:
                if article:
                    modifier = None
                elif before and before[-1].strip(",") in phrases.TOPIC:
                    modifier = None
                elif words[-1] == "over" and before and before[-1] in phrases.PARTICLE:
                    modifier = None
            if before and n > 1 and words[-n:][0] == "as" and before[-1] == "to":
                modifier = None  # "rebounded to as high as"
            if before and "minimum" in words[-n:] + before[-1:] and before[-1] in _THE:
                modifier = None  # "the previous minimum of"
            if before and "maximum" in words[-n:] + before[-1:] and before[-1] in _THE:
                modifier = None
            if n == 2 and words[-2:] == ["up", "to"] and before and before[-1] in ("it", "them"):
                modifier = None
            if (
                n == 2
                and words[-2:] == ["up", "to"]
                and phrases.MOVES.intersection(w.strip(",") for w in before[-5:])
            ):
                modifier = None
            break
        else:
            modifier = None
            before = words
        if modifier is not None:
            # A bound outside an approximator says more: "more than an estimated", "at least about".
            plain = n == 1 and words[-1] in phrases.PREPOSITIONS
            if found is None or (found in _ROUGH and modifier not in _ROUGH and not plain):
                found = modifier
            words, article = before, False
            continue
        last = words[-1]
        if last == "of" and len(words) > 1 and words[-2] in _SUMS:
            words = words[:-2]
            continue
        if last in phrases.ARTICLES and not article:
            article = True
        elif last not in phrases.FILLERS:
            return found, words, increment
        increment = increment or last in phrases.INCREMENTS
        words = words[:-1]
    return found, words, increment


def _direction(words: list[str], left: str, right: str, article: bool) -> tuple[Kind | None, Sign | None]:
    """Change or loss, from the words before (modifiers taken off) and the word after."""
    trimmed = [w for w in words if w]
    object_ = article  # "cut a $5 million deficit": the amount is what is cut, not by how much
    while trimmed and trimmed[-1] in (phrases.ARTICLES | phrases.FILLERS - phrases.INCREMENTS):
        object_ = object_ or trimmed[-1] in phrases.ARTICLES
        trimmed = trimmed[:-1]
    last = trimmed[-1] if trimmed else ""
    before = trimmed[-2] if len(trimmed) > 1 else ""
    if last in phrases.INCREMENTS:
        return "change", "+"
    if (
        not object_
        and last in phrases.RISES
        and last not in phrases.RAISE_BY
        and not (last == "up" and before in ("put", "put", "make", "made"))
    ):
        return "change", "+"
    if not object_ and last in phrases.FALLS:
        return "change", "-"
    if last in phrases.LOSSES:
        return None, "-"
    if last in ("by", "of") and before:
        if before in phrases.RISES or (
            last == "by" and before in ("raised", "raise", "raises", "raising", "widened", "lifted")
        ):
            return "change", "+"
        if before in phrases.FALLS or (last == "by" and before in ("narrowed", "pared")):
            return "change", "-"
        if before in phrases.LOSSES:
            return None, "-"
    match = _NEXT_WORD.match(right)
    word = match[1] if match else ""
    if word in phrases.RISE_NOUNS:
        return "change", "+"
    if word in phrases.FALL_NOUNS:
        return "change", "-"
    if word in phrases.LOSS_NOUNS:
        return None, "-"
    if word in ("more", "extra") or re.match(r"\s+(?:higher|above)\s+than\b", right):
        return "change", "+"
    if word in ("less", "fewer") or re.match(r"\s+(?:lower|below)\s+than\b", right):
        return "change", "-"
    return None, None


def _clean_unit(unit: str, adjectives: str) -> str:
    bare = phrases.UNITS.get(unit, unit)
    measures = [w for w in re.split(r"[\s-]+", adjectives) if w in phrases.UNIT_MEASURES or w[:1].isdigit()]
    if measures:
        return " ".join([*measures, bare])
    return bare


def per_unit(left: str, right: str) -> tuple[str | None, int]:
    """The bare unit of a rate, and how many characters of the right side it took.

    >>> per_unit("", " a barrel on friday")
    ('barrel', 9)
    >>> per_unit("", " a year ago")
    (None, 0)
    """
    match = _PER_SLASH.match(right)
    if match:
        return _clean_unit(match["unit"], ""), match.end()
    match = _PER_WORD.match(right)
    if match:
        after = (match["after"] or "").strip()
        unit, adjectives = match["unit"], match["adjectives"]
        if unit in _FUNCTION_WORDS and adjectives:
            unit, adjectives, after = adjectives.split()[-1], "", unit
        if unit == "thermal":
            unit = "btu"
        if unit in ("kilowatt", "megawatt") and after in ("hour", "hours"):
            return f"{unit} hour", match.end()
        known = unit in phrases.UNITS
        if match["per"] is not None:
            if known or match["per"] == "per":
                if unit in ("cent", "centum"):
                    return None, 0
                if not known and after and _ADJECTIVAL.search(unit) and after not in _FUNCTION_WORDS:
                    return after, match.end()
                return _clean_unit(unit, adjectives), match.end("unit")
        elif known and not (
            match["a"] == "the"
            and unit not in ("barrel", "tonne", "ton", "ounce", "kilo", "kg", "pound", "lb")
        ):
            if after in _NOT_AGO or (unit == "share" and after in ("price", "offer", "buyback", "sale")):
                return None, 0
            return _clean_unit(unit, adjectives), match.end("unit")
    if _PER_SHR.match(right):
        return "share", _PER_SHR.match(right).end()  # type: ignore[union-attr]
    match = _PER_OTHER.match(right) or _TO_THE.match(right)
    if match:
        return _clean_unit(match["unit"], ""), match.end()
    match = _ADVERB.match(right)
    if match:
        return phrases.PERIOD_ADVERBS[match["adverb"] or match["adjective"]], match.end("adverb") if match[
            "adverb"
        ] else 0
    match = _LATER_UNIT.match(right)
    if match:
        return match["unit"], 0
    near = left[-60:]
    if "of" in near and "ly " in left or "annual" in left:
        match = _ON_AVERAGE.search(left)
        if match:
            return phrases.PERIOD_ADVERBS[match["period"]], 0
    if _PER_SHARE.search(left) and (_SHR.search(left) or _VERSUS.search(left)):
        return "share", 0
    match = _SUBJECT.search(left) if _SUBJECT_VERB.search(near) else None
    if match:
        return match["unit"], 0
    return None, 0


_BRACKET = re.compile(r"\s*\([^()]{2,40}\)")


def _outside_bracket(right: str) -> str:
    """The text after a bracket that equates two amounts: both have the unit that follows it."""
    if right[:1] == ")":
        return right[1:]
    bracket = _BRACKET.match(right)
    return right[bracket.end() :] if bracket and re.search(r"\d", bracket[0]) else right


def look(around: Surroundings, start: int, end: int, *, more: bool = False) -> Context:
    """Read the surroundings of the figure at ``start:end``."""
    left, right = around.left(start), around.right(end)
    words = _words(left)
    if words and words[-1][-1:] in ",;":
        modifier, rest, increment = None, [], False
    else:
        modifier, rest, increment = _left_modifier(words)
        if modifier:
            trace.note("money", "bound", start, end, " ".join(words[len(rest) :]))
    unit, used = per_unit(left, _outside_bracket(right))
    if right[:1] == ")" or right.lstrip()[:1] == "(":
        used = 0
    if modifier is None or modifier in ("approx", "estimate"):
        tail = right[used:] if used else right
        for pattern, right_modifier in _RIGHT:
            match = pattern.match(tail) or (pattern.match(right) if used else None)
            if match:
                if modifier is None or right_modifier in ("ge", "le"):
                    modifier = right_modifier
                    trace.note("money", "bound", start, end, match[0].strip(" ,;("))
                break
    kind, sign = _direction(
        rest, left, right[used:] if used else right, bool(words) and _ARTICLE.search(left) is not None
    )
    if more or (increment and kind is None):
        kind, sign = "change", "+"
    near = left[-60:]
    share = ("of " in near and _SHARE.search(left)) or (_TIMES.search(near) and _MULTIPLE.search(left))
    if share:
        return Context(modifier, "share_of", sign, unit)
    if kind is None:
        kind = "rate" if unit or _EACH.match(right) else "level"
    return Context(modifier, kind, sign, unit)
