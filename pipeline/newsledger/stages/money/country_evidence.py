"""Where an article comes from, and which countries it mentions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money import places
from newsledger.stages.money.currencies import places_of
from newsledger.stages.money.datelines import NO_DATELINE, Dateline
from newsledger.stages.money.locale_evidence import DollarCountry, count_local_names, dollar_country

_INHABITANT = r"(?:['’]s|s|n|ns|an|ans|ian|ians|i|is|ese|lese|ien|iens)?(?!\w)"
"""What may follow a country's name: possessives, most adjectives."""


@dataclass(frozen=True)
class CountryEvidence:
    """An article's origin and the countries it mentions.

    ``publisher`` and ``given_dateline`` are alpha-2 codes from the caller, ``dateline`` is the one read from
    the text; ``countries`` counts the country mentions that the caller gave.
    """

    text: str
    countries: Counter[str] = field(default_factory=Counter)
    publisher: str | None = None
    given_dateline: str | None = None
    dateline: Dateline = NO_DATELINE
    published: dt.date | None = None
    _seen: dict[tuple[str, bool], bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def origins(self) -> set[str | None]:
        """The countries of the publisher and the datelines."""
        return {self.publisher, self.given_dateline, self.dateline.country}

    @cached_property
    def named_places(self) -> frozenset[str | None]:
        """The countries that anything in the article points to: origin, country, city, region or body."""
        named = set(self.countries) or {place for place in places.TERRITORIES if self.mentions(place)}
        begun = {place for word in _CITY_WORDS & {*_NAME_WORD.findall(self.text)} for place in _BEGINS[word]}
        cities = {place for place in begun if self.mentions(place, cities=True)}
        return frozenset({*named, *cities, *self.origins, *self.local_names})

    @cached_property
    def local_names(self) -> Counter[str]:
        """How often the text names places and bodies of a dollar country."""
        return count_local_names(self.text)

    @cached_property
    def takes_zeros_off(self) -> bool:
        """Whether the article tells of money that loses its zeros: "six zeros off the lira"."""
        return re.search(r"(?i)\b(?:zeroe?s|noughts) (?:off|from)\b|\bredenominat", self.text) is not None

    @cached_property
    def dollar_country(self) -> DollarCountry | None:
        """The dollar country it is about; none of an article with a dateline, or of an agency's copy."""
        if self.dateline.country or self.dateline.us_style:
            return None
        return dollar_country(self.text, self.countries, self.local_names)

    def mentions(self, territory: str, *, cities: bool = False) -> bool:
        """Whether the article mentions a country, or, with ``cities``, one of its cities.

        Countries are looked for in the text only where the caller gave no mentions.
        """
        if self.countries and not cities:
            return territory in self.countries
        if (territory, cities) not in self._seen:
            words = places.CITIES.get(territory, ()) if cities else _country_words(territory)
            pattern = _city_pattern if cities else _country_pattern
            # A search for each word is fast, a pattern is not.
            found = any(word in self.text for word in words)
            self._seen[territory, cities] = found and any(
                match.lastgroup for match in pattern(territory).finditer(self.text)
            )
        return self._seen[territory, cities]

    def names_home_of(self, code: str) -> bool:
        """Whether anything in the article points to a country of a currency."""
        return not self.named_places.isdisjoint(places_of(code, self.published))

    def mentions_home_of(self, code: str, *, cities: bool = False) -> bool:
        """Whether the article mentions the country of a currency, or one of those that share it."""
        return any(self.mentions(place, cities=cities) for place in places_of(code, self.published))


_NAME_WORD = lazy_regex(r"[A-Z]\w*")
_BEGINS: dict[str, set[str]] = {}
"""First word of a city -> countries; looked up, for searching every city in every article takes long."""
for _place, _cities in places.CITIES.items():
    for _city in _cities:
        _BEGINS.setdefault(_NAME_WORD.findall(_city)[0], set()).add(_place)
_CITY_WORDS = _BEGINS.keys()


@cache
def _country_words(territory: str) -> tuple[str, ...]:
    """How the words begin that show a country in a text, its own name last."""
    found = sorted(places.NAMES.get(territory, ()))
    if territory in places.TERRITORIES:
        found.append(places.TERRITORIES[territory])
    return tuple(found)


@cache
def _country_pattern(territory: str) -> re.Pattern[str]:
    """A pattern for the words that show a country in a text.

    The group marks a hit that is not a longer name of something else ("Papua New Guinea" for Guinea).
    """
    found = [re.escape(word) for word in _country_words(territory)]
    if territory in places.TERRITORIES:
        found[-1] += _INHABITANT
    others = [re.escape(name) for name in places.LONGER_NAMES.get(territory, ())]
    hit = f"(?P<hit>{'|'.join(found)})"
    return re.compile(rf"\b(?:{'|'.join([*others, hit])})")


@cache
def _city_pattern(territory: str) -> re.Pattern[str]:
    """A pattern for the cities of a country."""
    return re.compile(rf"\b(?P<hit>{'|'.join(map(re.escape, places.CITIES[territory]))})(?!\w)")
