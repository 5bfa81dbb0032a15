"""Mentions without a form of the name: metonyms of governments, and codes in sports results.

The Kremlin is Russia anywhere, Moscow where it is the agent of a verb. Codes ("1. Orlok (NOR), 2. Bellan
(GER)") are rare in general news, but without them results lose all their countries without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex, rows
from newsledger.lexicons.territories import territories
from newsledger.stages.countries.gazetteer import LEXICON, fold
from newsledger.stages.countries.occurrence import GAP


class Further(NamedTuple):
    """An expression that refers to a country without its name: offsets, the territory's key, the evidence."""

    start: int
    end: int
    key: str
    basis: str
    mention_type: Literal["government", "abbreviation"]


_SEATS = {fold(seat): t.key for t in territories().values() for seat in t.seat}
_CAPITALS = {fold(capital): t.key for t in territories().values() for capital in t.capital}
_NAME = lazy_regex(rf"(?<!\w)(?:{any_of([*_SEATS, *_CAPITALS])})(?!\w)")
_VERB_AFTER = lazy_regex(
    rf"(?:{GAP}(?:and|nor|or){GAP}(?:{any_of(_CAPITALS)}))?(?:,?{GAP}(?:{any_of(LEXICON['agent_helpers'])}))*"
    rf"{GAP}({any_of(LEXICON['agent_verbs'])})(?!\w)",
    re.IGNORECASE,
)
_SUBJECT_BEFORE = lazy_regex(
    rf"(?:\A|[.!?:;,\"“”(—–-]|(?<!\w)(?!(?:{any_of(LEXICON['place_prepositions'])})\s)[\w’'-]+){GAP}\Z|\A\Z"
)
_PASSIVE_BEFORE = lazy_regex(rf"\b\w+(?:ed|en|made|led|put|held|won|drawn|said|brought|sought){GAP}by{GAP}\Z")
_PASSIVE_END = lazy_regex(
    r"\s*(?:[.,;:!?)]|\Z|\s(?:and|on|in|to|as|after|for|that|at|over|with|against|last|this)\b)"
)
_PREVIOUS = lazy_regex(r"(\w+\.?)\s+\Z")


def find_governments(text: str) -> Iterator[Further]:
    """Seats of government, and capitals that are the agent of a verb, in text order.

    >>> text = "The Kremlin denied it in Moscow. Washington has warned Beijing."
    >>> [(text[g.start : g.end], g.key, g.basis) for g in find_governments(text)]
    [('Kremlin', 'RUS', 'seat of government'), ('Washington', 'USA', 'agent of: warned')]
    """
    for match in _NAME.finditer(fold(text)):
        start, end = match.span()
        if not text[start].isupper():
            continue
        if match[0] in _SEATS:
            yield Further(start, end, _SEATS[match[0]], "seat of government", "government")
        elif basis := _agent_basis(text[max(0, start - 60) : start], text[end : end + 90]):
            yield Further(start, end, _CAPITALS[match[0]], basis, "government")


def _agent_basis(before: str, after: str) -> str:
    """How the words around a capital show that it is the agent of a verb; "" where they do not."""
    previous = _PREVIOUS.search(before)
    word = previous[1] if previous else "."
    if word[0].isupper() and word[-1] != "." and word not in LEXICON["function_words"]:
        # Another place's name (New Paris)
        return ""
    if _PASSIVE_BEFORE.search(before) and _PASSIVE_END.match(after):
        return "agent of a passive"
    verb = _VERB_AFTER.match(after)
    return f"agent of: {verb[1].lower()}" if verb and _SUBJECT_BEFORE.search(before) else ""


_FEWEST = 3
"""How many different countries' codes make results; fewer may be acronyms."""
_UNKNOWN = 4
"""One in so many bracketed triples may be no country's code, else they are acronyms."""
_BRACKETED = lazy_regex(r"(?<=[^\W\d_])[ \xa0]?\(([A-Z]{3})(?:[,;] ?[\w. :-]{1,20})?\)")

_CODES = {t.alpha3: t.key for t in territories().values() if t.alpha3 and t.kind != "former"}
_CODES |= {row["code"]: row["territory"] for row in rows(Path(__file__).with_name("sport_codes.tsv"))}


def find_codes(text: str) -> Iterator[Further]:
    """Codes in brackets after names, where the text has those of three countries or more, in text order.

    >>> [c.key for c in find_codes("1. Ada Orlok (NOR), 2. Eva Bellan (GER)/Ann Marsh (KEN)")]
    ['NOR', 'DEU', 'KEN']
    >>> [c.key for c in find_codes("the National Board (NOR) and the Old Order (KEN)")]
    []
    """
    if text.count("(") < _FEWEST:
        return
    bracketed = list(_BRACKETED.finditer(text))
    found = [
        Further(*m.span(1), _CODES[m[1]], "a code in a list of results", "abbreviation")
        for m in bracketed
        if m[1] in _CODES
    ]
    few = len({code.key for code in found}) < _FEWEST
    if not few and _UNKNOWN * (len(bracketed) - len(found)) <= len(bracketed):
        yield from found
