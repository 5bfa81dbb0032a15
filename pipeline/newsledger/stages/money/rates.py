"""Units of rates: $80 a barrel, £20 per week, $25/MWh, an annual fee of $5.

A rule is a pattern that begins where the amount ends, and a production that gives the bare unit; or, for
units named before the amount, a pattern that ends where it begins. Patterns see lower-case text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex, rows
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.spellings import BEFORE_SIGN

_ROWS = rows(Path(__file__).with_name("rate_units.tsv"))

UNITS = {
    spelling: row["unit"] for row in _ROWS for spelling in (*row["spellings"].split(), row["unit"].lower())
}
"""Spelling of a unit -> the bare word, after "a", "an" or a slash; after "per" any word is taken."""

_PERIODS = {word: row["unit"] for row in _ROWS for word in row["period"].split()}
"""Adverb or adjective -> the bare word of a period."""

_ADJECTIVES = WORDS["unit_adjectives"] | (frozenset(BEFORE_SIGN) - frozenset(UNITS))
"""Left out before the unit: "per ordinary share" is by the share."""

_UNIT_WORDS = any_of(UNITS)
_BEFORE_UNIT = any_of(WORDS["measures"] | _ADJECTIVES)
_PER_UNIT = (
    rf"(?P<before>(?:(?:{_BEFORE_UNIT}|1,?0+)[\s-]+)*)(?P<unit>[^\W\d_]+2?)(?!['’]s|\w)"
    rf"(?:(?:\s+(?:{_BEFORE_UNIT}))*\s+(?P<after>\w+))?"
)
_ADVERBS = {word for word in _PERIODS if word.endswith("ly")}
_ADVERB, _PLAIN_ADVERB = any_of(_ADVERBS), any_of(_ADVERBS - {"daily", "quarterly"})
"""The plain ones are no adjective of a noun that follows."""
_PERIOD_ADJECTIVE = any_of(word for word in _PERIODS if word not in ("annually", "quarterly"))
_MEASURED = any_of(WORDS["goods"] | {"bag", "share", "acre", "hectare", "carat"})
_ROUGHLY = any_of(WORDS["before_rate"])

_ENDS = rf"(?=\s*(?:[.,;:!?)\]\"”]|\Z)|\s+(?:{any_of(WORDS['after_unit'])})\b)"
"""What follows a noun that ends its phrase."""

_SAME_CLAUSE = rf"(?!(?:{any_of(WORDS['clause_words'])})\b)[a-z'’-]+"
"""A word that begins no other clause."""


class Rate(NamedTuple):
    """A bare unit, and how many characters after the amount it took."""

    unit: str
    used: int


def _bare(unit: str, before: str = "") -> str:
    """The bare word of a unit with the measures before it: "1,000 metric tons" -> "1,000 ton"."""
    kept = [word for word in re.split(r"[\s-]+", before) if word in WORDS["measures"] or word[:1].isdigit()]
    return " ".join([*kept, UNITS.get(unit, unit)])


def _unit(match: re.Match[str]) -> Rate | None:
    return Rate(_bare(match["unit"]), match.end())


def _after_noun(match: re.Match[str]) -> Rate | None:
    """The unit after a noun, which is left to what else is read after the amount."""
    if "per" in match.re.groupindex:
        rate = _per(match)
        return rate._replace(used=0) if rate else None
    if match["adverb"]:
        return Rate(_PERIODS[match["adverb"]], 0)
    return Rate(_bare(match["unit"], match["before"] or ""), 0)


def _is_result(period: str, words: list[str]) -> bool:
    """Whether an adjective of a year speaks of what it brings, which is a level: "annual profit"."""
    return _PERIODS[period] == "year" and any(word.strip(".,;:") in WORDS["results"] for word in words)


def _period(match: re.Match[str]) -> Rate | None:
    increased = match[0].split()[0] in ("more", "less")
    word = match["adverb"] or match["adjective"]
    if match["adjective"] and _is_result(word, match.string[match.end() - 1 :].split()[:2]):
        return None
    return Rate(_PERIODS[word], match.end("adverb") if match["adverb"] and not increased else 0)


def _per(match: re.Match[str]) -> Rate | None:
    """After "per" any noun is a unit; after "a" only those of the table, and no date ("a year ago")."""
    after, unit, before = match["after"] or "", match["unit"], match["before"]
    if match["per"]:
        return _per_noun(match["per"], unit, before, after, match)
    if unit not in UNITS or (match["article"] == "the" and unit not in WORDS["by_the"]):
        return None
    if after in WORDS["ago"] and UNITS[unit] in WORDS["times"]:
        return None
    if after == "of" and match[0].lstrip().startswith(","):
        return None  # "$5 million, a share of the proceeds"; "$5 billion, a month of imports"
    return Rate(_bare(unit, before), match.end("unit"))


def _per_noun(per: str, unit: str, before: str, after: str, match: re.Match[str]) -> Rate | None:
    """Any noun after "per", "for each" and "for every"; of several the one that is a unit."""
    if unit in UNITS:
        return Rate(_bare(unit, before), match.end("unit"))
    if per in ("each", "every") or unit in WORDS["not_after_per"] | WORDS["function_words"]:
        return None
    if after in UNITS:
        return Rate(UNITS[after], match.end())  # per Harlow share
    ends = not after or after in WORDS["function_words"]
    if per != "per" and not ends:
        return None
    return Rate(_bare(unit, before), match.end("unit"))


def _any_noun(match: re.Match[str]) -> Rate | None:
    """Any noun that ends its phrase after "a": "$4 a crossing"."""
    unit, none = match["unit"], WORDS["function_words"] | WORDS["ago"] | WORDS["no_unit"] | UNITS.keys()
    return None if unit in none or unit.endswith(("ly", "est", "ed")) else Rate(unit, match.end("unit"))


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Rate | None]], ...] = (
    (  # rare, but a price of gas would be by the "unit"
        lazy_regex(r"\s+(?:per|an?)\s+(?:million|mln)\s+british\s+thermal\s+units?"),
        lambda match: Rate("mmBtu", match.end()),
    ),
    (lazy_regex(rf"\s?(?:/\s?|(?=pcm|pw))(?P<unit>{_UNIT_WORDS})(?![\w$€£])"), _unit),
    (
        lazy_regex(
            r"(?:\s*[-‐‑]\s*|\s*,?\s+)"
            r"(?:(?P<per>per|each|every|for every|for each)|(?P<article>an?|the))[\s-]+"
            rf"{_PER_UNIT}"
        ),
        _per,
    ),
    (  # to the dollar
        lazy_regex(
            r"\s+(?:to|against|on(?= the (?:dollar|pound)\b(?!['’])))\s+"
            r"(?:the|one|an?|every|each)\s+(?:u\.s\.\s+|us\s+)?"
            r"(?P<unit>dollar|dlr|pound|euro|yen|barrel|ounce|sterling)\b(?!\s+(?:\w+ing|at|after|from|since))"
        ),
        _unit,
    ),
    (  # annually
        lazy_regex(
            rf"(?:(?P<comma>,)?|\s+(?:more|less|in|in (?:additional|new|extra|total)))\s+"
            rf"(?:(?P<adverb>{_ADVERB})\b(?(comma){_ENDS})"
            rf"|(?<!,\s)(?P<adjective>{_PERIOD_ADJECTIVE})\s+[a-z])"
        ),
        _period,
    ),
    (  # in fuel a year, of finance annually
        lazy_regex(
            r"(?:\s+(?!-|approximately|about|for|in|within|of|over|than|is|was|were|and|or|but|after|once|at|to|from)"
            r"[a-z'-]+|\s+(?:in|of|for|on)\s+[a-z'-]+(?:\s+[a-z'-]+)?){1,2}\s+"
            rf"(?:(?:an?|per|every|each|for each|for every)\s+(?P<before>[a-z]+\s+)?"
            rf"(?P<unit>year|month|week|day|hour|share|barrel|tonne|ton)|(?P<adverb>{_PLAIN_ADVERB}))\b"
            r"(?!\s*[-\w]*\s*(?:ago|earlier|before|later|after|previously|prior))"
        ),
        _after_noun,
    ),
    (  # to the town annually, of grain change hands every day
        lazy_regex(
            rf"(?:\s+{_SAME_CLAUSE}){{2,6}}\s+"
            rf"(?:(?:every|each)\s+(?P<before>)(?P<unit>year|month|week|day|night)|(?P<adverb>{_PLAIN_ADVERB})){_ENDS}"
        ),
        _after_noun,
    ),
    (  # permit fee per diver
        lazy_regex(
            rf"(?:\s+(?!for\b|to\b|on\b|at\b|from\b|with\b){_SAME_CLAUSE}){{1,3}}\s+(?P<per>per)\s+{_PER_UNIT}"
        ),
        _after_noun,
    ),
    (lazy_regex(rf"\s+an?\s+(?P<unit>[a-z]{{3,}}){_ENDS}"), _any_noun),  # a crossing
)
"""Patterns that begin where an amount ends, in order, and what makes a rate of a match, or declines."""

_ANNUAL = lazy_regex(
    rf"\b(?P<period>{_PERIOD_ADJECTIVE})\s+(?:(?:[a-z'-]+\s+){{1,3}}of\s+)?"
    rf"(?:(?:an?|the|{_ROUGHLY})\s+)*\Z"
)
_SHR = lazy_regex(
    rf"\b(?:shrs?|eps|(?:earnings|income|profit|loss|dividends?)\s+per\s+share)(?:\s+"
    rf"(?:{any_of(WORDS['shr'])}))*\s+\Z|\b(?:shr|eps)\b[^\n]*\bvs\.?\s+(?:(?:profit|"
    rf"loss)\s+)?\Z"
)
_SUBJECT = lazy_regex(
    rf"\b(?:an?|the|each|per|one|every)\s+(?P<unit>{_MEASURED})(?:\s+of\s+[a-z]+(?:\s[a-z]+)?)?\s+"
    r"(?:(?:was|is|were|are)\s+(?:capped|fixed|set|pegged|quoted|kept|frozen)\s+at|"
    r"averaged|averages|costs?|fetched|fetches|sold (?:for|at)|sells (?:for|at)|"
    r"(?:was |is )?trad(?:ed|es|ing) at|stood at|(?:was|is) priced at|goes for|went for|reached|hit)\s+"
    rf"(?:(?:{_ROUGHLY})\s+)*\Z"
)
_AGAINST = lazy_regex(
    r"\bagainst the (?:us |u\.s\. )?(?P<unit>euro|pound|dollar|yen)\s+(?:[a-z]+\s+){0,2}(?:at|to)\s+"
    rf"(?:(?:{_ROUGHLY})\s+)*\Z"
)
"""Rare, but a rate of exchange would be an amount."""
EACH = lazy_regex(r"\s+(?:each|apiece)\b")
_EACH_OF = lazy_regex(
    r"\b(?P<noun>[a-z]{2,}s)\s+"
    r"(?:(?:will|would|can|may|had|have|have been|has|are|were|now|all|also|then|each)\s+){0,3}"
    rf"(?:{any_of(WORDS['each_costs'])})\s+(?:(?:{_ROUGHLY}|by|at|for|an?)\s+)*\Z"
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
    for pattern, make in _RULES:
        match = pattern.match(right)
        rate = make(match) if match else None
        if rate is not None:
            return rate
    # Units before the amount.
    match = _ANNUAL.search(left)
    if match and not _is_result(match["period"], [*match[0].split(), *right.split()[:2]]):
        return Rate(_PERIODS[match["period"]], 0)
    if _SHR.search(left):
        return Rate("share", 0)
    match = _AGAINST.search(left) or _SUBJECT.search(left)
    return Rate(match["unit"], 0) if match else None


def unit_of_each(left: str) -> str | None:
    """The noun, in the singular, of which each has the amount after ``left``.

    >>> unit_of_each("the tickets cost about "), unit_of_each("they got ")
    ('ticket', None)
    """
    match = _EACH_OF.search(left)
    if match is None or match["noun"] in WORDS["no_each"]:
        return None
    noun = match["noun"]
    return UNITS.get(noun) or re.sub(r"(?<=sh|ch|ss)es\Z|s\Z", "", re.sub(r"ies\Z", "ys", noun))
