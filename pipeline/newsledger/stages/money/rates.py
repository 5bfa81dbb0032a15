"""Units of rates: $80 a barrel, £20 per week, $25/MWh, an annual fee of $5.

A rule is a name, a pattern that begins where the amount ends, and a production that gives the bare unit; or,
for units named before the amount, a pattern that ends where it begins. Patterns see lower-case text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons.load import any_of, rows
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.spellings import BEFORE_SIGN

UNITS = {
    spelling: row["unit"]
    for row in rows(Path(__file__).with_name("rate_units.tsv"))
    for spelling in (*row["spellings"].split(), row["unit"].lower())
}
"""Spelling of a unit -> the bare word, after "a", "an" or a slash; after "per" any word is taken."""

ADJECTIVES = WORDS["unit_adjectives"] | (frozenset(BEFORE_SIGN) - frozenset(UNITS))
"""Left out before the unit: "per ordinary share" is by the share."""

MEASURES = WORDS["measures"]

PERIODS = {
    "annually": "year",
    "annual": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "nightly": "night",
    "quarterly": "quarter",
}
"""After the amount ("$5 million annually") or before a noun ("a monthly rent of $500")."""

_UNIT_WORDS = any_of(UNITS)
_BEFORE_UNIT = any_of(MEASURES | ADJECTIVES)
_MEASURED = (
    "barrel|tonne|ton|ounce|gallon|litre|liter|bushel|quintal|kilogram|kilo|kg|bag|pound|share|acre|hectare|bale|"
    "carat"
)
_ROUGHLY = (
    "about|around|nearly|almost|over|some|approximately|more than|up to|at least|roughly|less than|only|just|"
    "between|from"
)
_ADJECTIVAL = re.compile(r"(?:al|ic|ous|ive|able|ible|ary|ed)\Z")


class Rate(NamedTuple):
    """A bare unit, and how many characters after the amount it took."""

    unit: str
    used: int


class Rule(NamedTuple):
    """A name, a pattern that begins where the amount ends, what makes a rate of the match, or declines."""

    name: str
    pattern: re.Pattern[str]
    make: Callable[[re.Match[str]], Rate | None]


def _bare(unit: str, before: str = "") -> str:
    """The bare word of a unit with the measures before it: "1,000 metric tons" -> "1,000 ton"."""
    kept = [word for word in re.split(r"[\s-]+", before) if word in MEASURES or word[:1].isdigit()]
    return " ".join([*kept, UNITS.get(unit, unit)])


def _simple(match: re.Match[str]) -> Rate | None:
    return Rate(_bare(match["unit"]), match.end())


def _later(match: re.Match[str]) -> Rate | None:
    return Rate(_bare(match["unit"]), 0)


def _period(match: re.Match[str]) -> Rate | None:
    word = match["adverb"] or match["adjective"]
    said_more = match[0].split()[0] in ("more", "less")
    return Rate(PERIODS[word], match.end("adverb") if match["adverb"] and not said_more else 0)


def _adverb(match: re.Match[str]) -> Rate | None:
    return Rate(PERIODS[match["adverb"]], 0)


def _per(match: re.Match[str]) -> Rate | None:
    """After "per" any noun is a unit; after "a" only those of the table, and no date ("a year ago").

    A comma and "a share of" begin something else: "$5 million, a share of the proceeds".
    """
    after, unit, before = (match["after"] or "").strip(), match["unit"], match["before"]
    if unit in WORDS["function_words"] and before:
        unit, before, after = before.split()[-1], "", unit
    if match["per"]:
        if unit in UNITS:
            return Rate(_bare(unit, before), match.end("unit"))
        if match["per"] != "per" or unit in ("cent", "centum") or unit in WORDS["determiners"]:
            return None
        if after and _ADJECTIVAL.search(unit) and after not in WORDS["function_words"]:
            return Rate(after, match.end())  # "per illegal immigrant"
        return Rate(_bare(unit, before), match.end("unit"))
    if unit not in UNITS or (match["article"] == "the" and unit not in WORDS["by_the"]):
        return None
    if after in WORDS["ago"] and UNITS[unit] in WORDS["times"]:
        return None
    return Rate(_bare(unit, before), match.end("unit"))


RULES = (
    Rule("slash", re.compile(rf"\s?/\s?(?P<unit>{_UNIT_WORDS})(?![\w$€£])"), _simple),
    Rule(
        "per",
        re.compile(
            r"(?:\s*[-‐‑]\s*|\s*,?\s+)"
            r"(?:(?P<per>per|each|every|for every|for each)|(?P<article>an?|the))[\s-]+"
            rf"(?P<before>(?:(?:{_BEFORE_UNIT}|1,?0+)[\s-]+)*)"
            r"(?P<unit>[^\W\d_]+)(?!['’]s|\w)(?P<after>\s+\w+)?"
        ),
        _per,
    ),
    Rule(
        "to the dollar",
        re.compile(
            r"\s+(?:to|against)\s+(?:the|one|an?|every|each)\s+(?:u\.s\.\s+|us\s+)?"
            r"(?P<unit>dollar|dlr|pound|euro|yen|barrel|ounce|sterling)\b(?!\s+(?:\w+ing|at|after|from|since))"
        ),
        _simple,
    ),
    Rule(
        "annually",
        re.compile(
            r"(?:,?|\s+(?:more|less))\s+(?:(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|nightly|quarterly)\b"
            r"|(?<!,\s)(?P<adjective>annual|monthly|weekly|daily|hourly|nightly|yearly)\s+[a-z])"
        ),
        _period,
    ),
    Rule(
        "in fuel a year",
        re.compile(
            r"(?:\s+(?!-|approximately|about|for|in|within|of|over|than|is|was|were|and|or|but|after|once|at|to|from)"
            r"[a-z'-]+|\s+(?:in|of|for|on)\s+[a-z'-]+(?:\s+[a-z'-]+)?){1,2}"
            r"\s+(?:an?|per|every|each)\s+(?P<unit>year|month|week|day|hour|share|barrel|tonne|ton)\b"
            r"(?!\s*[-\w]*\s*(?:ago|earlier|before|later|after|previously|prior))"
        ),
        _later,
    ),
    Rule(
        "of finance annually",
        re.compile(
            r"\s+(?:in|of|for|on)\s+[a-z'-]+(?:\s+[a-z'-]+)?\s+"
            r"(?P<adverb>annually|yearly|monthly|weekly|hourly)\b"
        ),
        _adverb,
    ),
)
"""Units after the amount, in the order they are tried."""

_ANNUAL = re.compile(
    r"\b(?P<period>annual|monthly|weekly|daily|hourly|yearly|nightly)\s+(?:[a-z'-]+\s+){1,3}of\s+"
    rf"(?:(?:an?|the|{_ROUGHLY})\s+)*\Z"
)
_SHR = re.compile(
    r"\b(?:shrs?|eps|(?:earnings|income|profit|loss|dividends?)\s+per\s+share)"
    r"(?:\s+(?:of|net|was|is|fully|diluted|basic|primary|profit|loss|at|shr|dil|oper|are|were|will|would|be|"
    r"expected|forecast|estimated|projected|to|between|from|about|around|rose|fell|grew|rising|falling))*\s+\Z"
    r"|\b(?:shr|eps)\b[^\n]*\bvs\.?\s+(?:(?:profit|loss)\s+)?\Z"
)
_SUBJECT = re.compile(
    rf"\b(?:an?|the|each|per|one|every)\s+(?P<unit>{_MEASURED})(?:\s+of\s+[a-z]+(?:\s[a-z]+)?)?\s+"
    r"(?:(?:was|is|were|are)\s+(?:capped|fixed|set|pegged|quoted|kept|frozen)\s+at|"
    r"averaged|averages|costs?|fetched|fetches|sold (?:for|at)|sells (?:for|at)|"
    r"(?:was |is )?trad(?:ed|es|ing) at|stood at|(?:was|is) priced at|goes for|went for|reached|hit)\s+"
    rf"(?:(?:{_ROUGHLY})\s+)*\Z"
)
_EACH = re.compile(r"\s+(?:each|apiece)\b")
_HAS_SHARE = re.compile(r"\b(?:shrs?|eps|share)\b")
_HAS_VERB = re.compile(
    r"averag|capped|fixed|set|pegged|quoted|kept|frozen|cost|fetch|sold|sells|trad|stood|priced|goes|went|reach|hit"
)


def find_rate(left: str, right: str) -> Rate | None:
    """The unit that makes an amount a rate, from the lower-case text around it.

    >>> find_rate("", " a barrel on friday")
    Rate(unit='barrel', used=9)
    >>> find_rate("", " a year ago") is None
    True
    >>> find_rate("a monthly rent of ", " in cash").unit
    'month'
    """
    for rule in RULES:
        match = rule.pattern.match(right)
        if match:
            rate = rule.make(match)
            if rate is not None:
                return rate
    # Units before the amount; the cheap tests first, for most amounts have none.
    if "annual" in left or ("ly " in left and "of" in left[-60:]):
        match = _ANNUAL.search(left)
        if match:
            return Rate(PERIODS[match["period"]], 0)
    if _HAS_SHARE.search(left) and _SHR.search(left):
        return Rate("share", 0)
    match = _SUBJECT.search(left) if _HAS_VERB.search(left[-60:]) else None
    return Rate(match["unit"], 0) if match else None


def is_each(right: str) -> bool:
    """Whether an amount is for each of several ("$10 each"): a rate without a unit."""
    return bool(_EACH.match(right))
