"""Codes in results of sports: 1. Orlok (NOR), 2. Bellan (GER), 3. Marsh (KEN).

Rare in general news, but without them results lose all their countries without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex, rows
from newsledger.lexicons.territories import territories

_FEWEST = 3
"""How many different countries' codes make results; fewer may be acronyms."""
_UNKNOWN = 4
"""One in so many bracketed triples may be no country's code, else they are acronyms."""
_BRACKETED = lazy_regex(r"(?<=[^\W\d_])[ \xa0]?\(([A-Z]{3})(?:[,;] ?[\w. :-]{1,20})?\)")


class ResultCode(NamedTuple):
    """A code that stands for a country in results: offsets and the territory's key."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    own = {t.alpha3: t.key for t in territories().values() if t.alpha3 and t.kind != "former"}
    sport = {row["code"]: row["territory"] for row in rows(Path(__file__).with_name("sport_codes.tsv"))}
    return own | sport


def find_codes(text: str) -> Iterator[ResultCode]:
    """Codes in brackets after names, where the text has those of three countries or more, in text order.

    >>> [c.key for c in find_codes("1. Ada Orlok (NOR), 2. Eva Bellan (GER)/Ann Marsh (KEN)")]
    ['NOR', 'DEU', 'KEN']
    >>> [c.key for c in find_codes("the National Board (NOR) and the Old Order (KEN)")]
    []
    """
    bracketed = list(_BRACKETED.finditer(text))
    found = [ResultCode(m.start(1), m.end(1), _codes()[m[1]]) for m in bracketed if m[1] in _codes()]
    few = len({code.key for code in found}) < _FEWEST
    if not few and _UNKNOWN * (len(bracketed) - len(found)) <= len(bracketed):
        yield from found
