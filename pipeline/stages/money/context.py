"""What the words around an amount say of it: bound, unit of a rate, direction, kind.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.stages.money import phrases
from pipeline.stages.money.quantities import Quantity
from pipeline.stages.money.words import MONTHS

Kind = Literal["level", "change", "rate", "share_of"]
Sign = Literal["+", "-"]
Modifier = Literal["exact", "approx", "estimate", "lt", "le", "gt", "ge", "range", "vague"]

WINDOW = 110
"""Characters looked at on either side."""

_SENTENCE_BREAK = re.compile(r"""[.!?;:]["”’')\]]*\s+(?=\S)""")
_ABBREVIATED = frozenset(("approx", "est", "min", "max", "c", "ca", "u.s", "no", "vs", "avg", "inc", "corp", "co", "ltd"))
_STRIP = "\"'“”‘’([{<*"

_UNIT_WORDS = "|".join(sorted((re.escape(u) for u in phrases.UNITS), key=len, reverse=True))
_MEASURES = "|".join(sorted(phrases.UNIT_MEASURES | phrases.UNIT_ADJECTIVES, key=len, reverse=True)).replace(".", r"\.")
_PER_WORD = re.compile(
    rf"""(?:\s*[-‐‑]\s*|\s*,?\s+)(?:(?P<per>per|each|every|for\ every|for\ each)|(?P<a>an?|the))[\s-]+
        (?P<adjectives>(?:(?:{_MEASURES})[\s-]+)*)(?P<unit>[^\W\d_]+)(?!['’]s|[\w])(?P<after>\s+\w+)?""",
    re.VERBOSE,
)
_PER_SLASH = re.compile(rf"\s?/\s?(?P<unit>{_UNIT_WORDS})(?![\w$€£])")
_PER_OTHER = re.compile(rf"\s+(?:on|for)\s+(?:every|each)\s+(?P<unit>{_UNIT_WORDS})\b")
_TO_THE = re.compile(r"\s+(?:to|against)\s+(?:the|one|a|an|every|each)\s+(?:u\.s\.\s+|us\s+)?(?P<unit>dollar|pound|euro|yen|barrel|ounce|sterling)\b(?!\s+(?:\w+ing|at|after|from|since))")
_LATER_UNIT = re.compile(r"(?:\s+(?!for|in|within|of|over|than|is|was|were|and|or|but|after|once|at|to|from)[a-z'-]+|\s+(?:in|of|for|on)\s+[a-z'-]+(?:\s+[a-z'-]+)?){1,2}\s+(?:an?|per|every|each)\s+(?P<unit>year|month|week|day|hour|share|barrel|tonne|ton)\b(?!\s*[-\w]*\s*(?:ago|earlier|before|later|after|previously|prior))")
_EACH = re.compile(r"\s+(?:each|apiece)\b")
_ADVERB = re.compile(r"\s+(?:(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|nightly|quarterly)\b|(?P<adjective>annual|monthly|weekly|daily|hourly|nightly|yearly)\s+[a-z])")
_NOT_AGO = frozenset(("ago", "earlier", "before", "later", "after", "previously", "prior", "old", "since", "to", "long"))
_ON_AVERAGE = re.compile(r"\b(?P<period>annual|monthly|weekly|daily|hourly|yearly|nightly)\s+(?:[a-z'-]+\s+){1,3}of\s+(?:(?:a|an|the|about|around|nearly|almost|over|approximately|more than|up to|at least|some|roughly|less than|only|just)\s+)*\Z")
_SHR = re.compile(r"\b(?:shr|shrs|eps|(?:earnings|income|profit|loss|dividend|dividends)\s+per\s+share)(?:\s+(?:of|net|was|is|diluted|basic|primary|profit|loss|at|shr|dil|oper))*\s+\Z")
_VERSUS = re.compile(r"\b(?:shr|eps)\b[^\n]*\bvs\.?\s+(?:(?:profit|loss)\s+)?\Z")

_SHARE = re.compile(phrases.SHARE_LEFT)
_MULTIPLE = re.compile(phrases.MULTIPLE_LEFT)
_RIGHT = [(re.compile(pattern), modifier) for pattern, modifier in phrases.RIGHT]
_NEXT_WORD = re.compile(r"[\s-]+([a-z]+)")
_ENDS = re.compile(r"\s*(?:[.,;:!?)\]\"”’]|\Z)|\s+(?:a|an|per|in|for|of|to|on|at|by|and|or|each|from|with|as|but|depending|over|more|less|is|was|are|were|when|if|while)\b|[-/]")
_COUNTED = re.compile(r"\s*(?:%|percent|per cent|pct|percentage|basis points|points?\b)")
_COUNTED_SCALED = re.compile(r"\s+(?:people|shares|barrels|tonnes|tons|users|customers|units|jobs|households|residents|families|children|workers|acres|bpd|votes|passengers|viewers|subscribers)\b")
_COMPARING = re.compile(r"\s+(?:more|less|higher|lower|above|below|of\s|for\s)")


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

    def left(self, position: int) -> str:
        """Lower-case text before a position, back to the sentence's beginning or ``WINDOW`` characters."""
        window = self.text[max(self.start, position - WINDOW) : position]
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
        if word in MONTHS or word in ("no", "number", "article", "section", "phase", "chapter", "class", "series", "flight", "boeing"):
            return True
        if self.text[max(self.start, start - 1) : start] in ("-", "/", "."):
            return True
        return is_year(quantity)

    def is_change(self, start: int) -> bool:
        """Whether the pair that begins here is governed by a verb of change ("rose from ... to")."""
        words = self.left(start).replace("\n", " ").split()
        for n, word in enumerate(reversed(words[-12:])):
            bare = word.strip(_STRIP + ".,;:!?)]")
            if bare in phrases.CHANGE_VERBS:
                return n == 0 or "from" in words[-n:] or words[-1] == "by" or words[-n:] == ["to"] or n <= 3 and "to" not in words[-n:]
            if bare in ("range", "ranges", "ranging", "ranged", "anywhere"):
                return False
        return False

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
    return quantity.plain and quantity.scale == 1 and quantity.base is not None and Decimal(1800) <= quantity.base <= Decimal(2100)


def _words(left: str) -> list[str]:
    return [word.lstrip(_STRIP) for word in left.split()]


def _left_modifier(words: list[str]) -> tuple[Modifier | None, list[str]]:
    """The bound or approximator that ends the words, and the words before it."""
    found: Modifier | None = None
    article = False
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
            if modifier is not None and n == 1 and words[-1] == "some" and before and before[-1] in ("in", "to"):
                pass
            break
        else:
            modifier = None
            before = words
        if modifier is not None:
            # A bound outside an approximator says more: "more than an estimated", "at least about".
            if found is None or (found in ("approx", "estimate") and modifier not in ("approx", "estimate")):
                found = modifier
            words, article = before, False
            continue
        last = words[-1]
        if last in phrases.ARTICLES and not article:
            article = True
        elif last not in phrases.FILLERS:
            return found, words
        words = words[:-1]
    return found, words


def _direction(words: list[str], left: str, right: str) -> tuple[Kind | None, Sign | None]:
    """Change or loss, from the words before (modifiers taken off) and the word after."""
    trimmed = [w for w in words if w]
    while trimmed and trimmed[-1] in (phrases.ARTICLES | phrases.FILLERS - phrases.INCREMENTS):
        trimmed = trimmed[:-1]
    last = trimmed[-1] if trimmed else ""
    before = trimmed[-2] if len(trimmed) > 1 else ""
    if last in phrases.INCREMENTS:
        return "change", "+"
    if last in phrases.RISES and last not in phrases.RAISE_BY and not (last == "up" and before in ("put", "put", "make", "made")):
        return "change", "+"
    if last in phrases.FALLS:
        return "change", "-"
    if last in phrases.LOSSES:
        return None, "-"
    if last in ("by", "of") and before:
        if before in phrases.RISES or (last == "by" and before in ("raised", "raise", "raises", "raising", "widened", "lifted")):
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
    measures = [word for word in re.split(r"[\s-]+", adjectives) if word in phrases.UNIT_MEASURES]
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
        known = unit in phrases.UNITS
        if match["per"] is not None:
            if known or match["per"] == "per":
                if unit in ("cent", "centum"):
                    return None, 0
                return _clean_unit(unit, adjectives), match.end("unit")
        elif known and not (match["a"] == "the" and unit not in ("barrel", "tonne", "ton", "ounce", "kilo", "kg", "pound", "lb")):
            if after in _NOT_AGO or (unit == "share" and after in ("price", "offer", "buyback", "sale")):
                return None, 0
            return _clean_unit(unit, adjectives), match.end("unit")
    match = _PER_OTHER.match(right) or _TO_THE.match(right)
    if match:
        return _clean_unit(match["unit"], ""), match.end()
    match = _ADVERB.match(right)
    if match:
        return phrases.PERIOD_ADVERBS[match["adverb"] or match["adjective"]], match.end("adverb") if match["adverb"] else 0
    match = _LATER_UNIT.match(right)
    if match:
        return match["unit"], 0
    match = _ON_AVERAGE.search(left)
    if match:
        return phrases.PERIOD_ADVERBS[match["period"]], 0
    if _SHR.search(left) or _VERSUS.search(left):
        return "share", 0
    return None, 0


def look(around: Surroundings, start: int, end: int, *, more: bool = False) -> Context:
    """Read the surroundings of the figure at ``start:end``."""
    left, right = around.left(start), around.right(end)
    words = _words(left)
    if words and words[-1][-1:] in ",;":
        modifier, rest = None, []
    else:
        modifier, rest = _left_modifier(words)
    unit, used = per_unit(left, right)
    if modifier is None or modifier in ("approx", "estimate"):
        tail = right[used:] if used else right
        for pattern, right_modifier in _RIGHT:
            if pattern.match(tail) or (used and pattern.match(right)):
                if modifier is None or right_modifier in ("ge", "le"):
                    modifier = right_modifier
                break
    kind, sign = _direction(rest, left, right[used:] if used else right)
    if more:
        kind, sign = "change", "+"
    share = _SHARE.search(left) or _MULTIPLE.search(left)
    if share:
        return Context(None, "share_of", sign, unit)
    if kind is None:
        kind = "rate" if unit or _EACH.match(right) else "level"
    return Context(modifier, kind, sign, unit)
