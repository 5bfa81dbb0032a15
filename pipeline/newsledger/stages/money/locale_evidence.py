"""Where a story plays that has no dateline, as far as that tells which dollars it writes of.

What counts: mentions of countries, names of cities, regions and bodies (``places.tsv``), and the spelling,
which is another in the United States (``phrases.toml``).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from newsledger.lexicons.load import any_of
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.places import CITIES, LOCAL_NAMES
from newsledger.stages.money.words import word_set

DOLLAR_HOMES = word_set("US AU CA NZ")
"""Where wires write bare dollars for the local ones."""

DOLLAR_CITIES = word_set("HK SG")
"""Where they do so only in stories that do not touch the United States."""

DOLLAR_ELSEWHERE = word_set("BB BM BN BS BZ FJ GY JM KY SB SR TT")
"""Where newspapers write bare dollars for the local ones, and agencies for those of the United States."""

_ANY = DOLLAR_HOMES | DOLLAR_CITIES | DOLLAR_ELSEWHERE

OFTEN = 3
"""How many mentions make a country the scene of an article."""

CLEARLY = 3
"""How many times as often as another a country must be mentioned to be the one an article is about."""

_ELSEWHERE = "|".join(
    f"(?P<{place}>{any_of(names)})" for place, names in LOCAL_NAMES.items() if place != "US"
)
_SCENERY = re.compile(rf"\b(?:{_ELSEWHERE})\b")
_AMERICAN = re.compile(rf"\b(?:{any_of({*LOCAL_NAMES['US'], *CITIES['US']} - {'United Nations'})})\b")
_UNITED_STATES = re.compile(r"United States|U\.S\.(?!\$)|\bUS\b(?!\$)|\bAmericans?\b")
"""Counted where no mentions of countries are given."""

_WORD = re.compile(r"[a-z]{3,}")


class Scenery(NamedTuple):
    """How often a text names places and bodies of a country, and how many different ones."""

    often: Counter[str]
    different: Counter[str]


class Scene(NamedTuple):
    """The dollar country an article seems to be about, and whether that is clear."""

    place: str
    clear: bool


def scenery(text: str) -> Scenery:
    """The places and bodies that a text names of dollar countries other than the United States.

    >>> scenery("From Auckland to Rotorua, and back to Auckland.")
    Scenery(often=Counter({'NZ': 3}), different=Counter({'NZ': 2}))
    """
    named = Counter((match.lastgroup or "", match[0]) for match in _SCENERY.finditer(text))
    often: Counter[str] = Counter()
    for (place, _), times in named.items():
        often[place] += times
    return Scenery(often, Counter(place for place, _ in named))


def is_commonwealth(text: str) -> bool:
    """Whether a text is spelt as nobody spells in the United States, "center" once or so put aside.

    >>> is_commonwealth("The centre is grey."), is_commonwealth("The center is gray.")
    (True, False)
    """
    words = Counter(_WORD.findall(text))
    theirs = sum(words[word] for word in WORDS["commonwealth_spelling"] & words.keys())
    return theirs > 0 and theirs >= sum(words[word] for word in WORDS["american_spelling"] & words.keys())


def scene(text: str, countries: Counter[str], seen: Scenery) -> Scene | None:
    """The dollar country, not the United States, that an article mentions most; None where there is none.

    It is clear where the country is mentioned `OFTEN`, `CLEARLY` more often than any other and more often
    than all, and the United States never. Where the spelling speaks against the United States less will do:
    a single mention where no other country has any; three different places, whatever countries are spoken of
    less; and a few mentions of the United States.
    """
    often = countries + seen.often
    american = often.pop("US", 0)
    if not often or often.keys().isdisjoint(_ANY):
        return None
    (place, times), *others = often.most_common()
    rest = [count for _, count in others]
    american += sum(1 for _ in _AMERICAN.finditer(text))
    if not countries:
        american += len(_UNITED_STATES.findall(text))
    if american >= times or (rest and rest[0] >= times):
        return None
    apart = sum(rest) < times and (not rest or times >= CLEARLY * rest[0])
    if place not in DOLLAR_HOMES | DOLLAR_CITIES:
        return None
    if times >= OFTEN and apart and not american:
        return Scene(place, True)
    theirs = is_commonwealth(text)
    if theirs and times >= OFTEN and apart and times >= CLEARLY * american:
        return Scene(place, True)
    return Scene(place, False) if theirs or times > 1 else None
