"""Codes in a list of results: Orlok (NOR) beat Bellan (GER) and Marsh (KEN)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsledger.stages.countries.territories import territories

FEWEST = 3
"""How many different countries' codes make a list of results; fewer may be acronyms."""

MOST_UNKNOWN = 4
"""At most one in so many bracketed triples may be no country's code, else they are acronyms."""

_BRACKETED = re.compile(r"\(([A-Z]{3})(?:[,;] ?[\w. :-]{1,20})?\)")
_NAME_BEFORE = re.compile(r"[^\W\d_a-z][\w.’'-]*[ \u00a0]?\Z")


class Code(NamedTuple):
    """A code that stands for a country in results: offsets and the territory's key."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Territories by the code they have in results: their own in sport, else their alpha-3 code."""
    found = {t.alpha3: t.key for t in territories().values() if t.alpha3 and t.kind != "former"}
    for territory in territories().values():
        for code in territory.sport:
            if territory.kind != "former" or code not in found:
                found[code] = territory.key
    return found


def find_codes(text: str) -> Iterator[Code]:
    """Codes in brackets after names, where the text lists three countries or more so, in text order.

    >>> [c.key for c in find_codes("1. Ada Orlok (NOR), 2. Eva Bellan (GER), 3. Ann Marsh (KEN)")]
    ['NOR', 'DEU', 'KEN']
    >>> [c.key for c in find_codes("the National Board (NOR) and the Old Order (KEN)")]
    []
    """
    bracketed = [
        m for m in _BRACKETED.finditer(text) if _NAME_BEFORE.search(text, max(0, m.start() - 30), m.start())
    ]
    found = [Code(m.start(1), m.end(1), _codes()[m[1]]) for m in bracketed if m[1] in _codes()]
    if len({code.key for code in found}) < FEWEST or MOST_UNKNOWN * (len(bracketed) - len(found)) > len(
        bracketed
    ):
        return
    yield from found
