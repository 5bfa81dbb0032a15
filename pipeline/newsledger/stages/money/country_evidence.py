"""Where an article comes from, which countries it mentions, and whose dollars it means.

Wire services name the best-known cities alone in a dateline (Associated Press and Reuters style books) and
give state, province or country after the others, so a short table of cities is enough; what it does not have
stays unknown. Without a dateline the mentions of countries count, names of cities, regions and bodies
(``places.tsv``), and the spelling, which is another in the United States (``phrases.toml``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money import phrases
from newsledger.stages.money.currencies import places_of
from newsledger.stages.money.phrases import WORDS

_DATELINE = lazy_regex(
    r"[\"'“(]?(?P<city>[A-Z][A-Z.'’ -]{2,40}|[A-Z][\w.'’]+(?: [A-Z][\w.'’]+){0,3})"
    r"(?:,\s*(?P<region>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}))??"
    r"(?:,?\s*(?:[A-Za-z]{3,9}\.? ?\d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?(?:, Reuter)?"
    r"\s*(?:[(/](?P<agency>[^()/\n]{2,30})[)/])?\s*(?:--?|[–—:])\s"
)
_HOUSE_STYLE = lazy_regex(r"(?i)\b(?:ap|associated press|reuters|afp|bloomberg|dpa|upi|xinhua|efe|cna)\b")


class Dateline(NamedTuple):
    """The country of a dateline, and whether it names an agency that writes ``$`` for US dollars only."""

    country: str | None
    us_style: bool


NO_DATELINE = Dateline(None, us_style=False)


def read_dateline(text: str, layout: Layout) -> Dateline:
    """The dateline of an article.

    >>> from newsledger.document.layout import lay_out
    >>> def country(text): return read_dateline(text, lay_out(text)).country
    >>> country("ZURICH, March 3 - The bank said"), country("BASLE, Switzerland, March 3 - The firm said")
    ('CH', 'CH')
    >>> country("AKRON, Ohio, March 3 - The firm said"), country("He said - in Paris - no.")
    ('US', None)
    """
    for segment in layout.segments[:6]:
        if segment.zone != "body":
            continue
        match = _DATELINE.match(text, segment.start, min(segment.end, segment.start + 160))
        if match is None:
            return NO_DATELINE
        region, city = (match["region"] or "").rstrip(".").lower(), match["city"].strip().lower()
        country = phrases.REGIONS.get(region) if region else phrases.DATELINE_CITIES.get(city)
        return Dateline(country, bool(match["agency"] and _HOUSE_STYLE.search(match["agency"])))
    return NO_DATELINE


DOLLAR_HOMES = frozenset(["US", "AU", "CA", "NZ"])
"""Where wires write bare dollars for the local ones."""

DOLLAR_CITIES = frozenset(["HK", "SG"])
"""Where they do so only in stories that do not touch the United States."""

ABROAD = (DOLLAR_HOMES | DOLLAR_CITIES) - {"US"}
"""The others of them."""

_DOLLAR_ELSEWHERE = frozenset(["BB", "BM", "BN", "BS", "BZ", "FJ", "GY", "JM", "KY", "SB", "SR", "TT"])
"""Where newspapers write bare dollars for the local ones, and agencies for those of the United States; rare,
but the dollars of such an article would be taken for US dollars."""

OFTEN = 3
"""From how many mentions on an article is about a country."""

CLEARLY = 3
"""How many times as often as another a country must be mentioned to be the one an article is about."""

_ELSEWHERE = [f"(?P<{code}>{any_of(names)})" for code, names in phrases.LOCAL_NAMES.items() if code != "US"]
_LOCAL_NAMES = lazy_regex(rf"\b(?:{'|'.join(_ELSEWHERE)})\b")
_AMERICAN = any_of({*phrases.LOCAL_NAMES["US"], *phrases.CITIES["US"]} - {"United Nations"})
_AMERICAN_NAMES = lazy_regex(rf"\b(?:{_AMERICAN}|[A-Z][a-z]+ County(?! Council))\b")
_UNITED_STATES = lazy_regex(r"United States|U\.S\.(?!\$)|\bUS\b(?!\$)|\bAmericans?\b")
"""Counted where no mentions of countries are given."""

_WORD = lazy_regex(r"[a-z]{3,}")


class DollarCountry(NamedTuple):
    """The country whose dollars an article seems to write of, and whether that is clear."""

    code: str
    clear: bool


def has_commonwealth_spelling(text: str) -> bool:
    """Whether at least as many words are spelt against American usage as by it, and any is.

    >>> has_commonwealth_spelling("The centre is grey."), has_commonwealth_spelling("The center is gray.")
    (True, False)
    """
    words = Counter(_WORD.findall(text))
    against = sum(words[word] for word in WORDS["commonwealth_spelling"] & words.keys())
    return against > 0 and against >= sum(words[word] for word in WORDS["american_spelling"] & words.keys())


def dollar_country(text: str, countries: Counter[str], local_names: Counter[str]) -> DollarCountry | None:
    """The dollar country, not the United States, that an article mentions most; None if there is none.

    It is clear where the country is mentioned `OFTEN`, `CLEARLY` more often than any other and more often
    than all, and the United States never; or rarely, where the spelling is not American. In such spelling a
    single mention is enough where there is no other country, or `OFTEN` names of places where there are.
    """
    mentions = countries + local_names
    american = mentions.pop("US", 0)
    if mentions.keys().isdisjoint(ABROAD | _DOLLAR_ELSEWHERE):
        return None
    (code, times), *others = mentions.most_common()
    rest = [count for _, count in others]
    american += sum(1 for _ in _AMERICAN_NAMES.finditer(text))
    if not countries:
        american += len(_UNITED_STATES.findall(text))
    if american >= times or (rest and rest[0] >= times):
        return None
    apart = sum(rest) < times and (not rest or times >= CLEARLY * rest[0])
    if code in _DOLLAR_ELSEWHERE and times >= OFTEN and apart and not american:
        return DollarCountry(code, clear=False)
    if code not in ABROAD:
        return None
    commonwealth = has_commonwealth_spelling(text)
    rarely = not american or (commonwealth and times >= CLEARLY * american)
    if times == 1 and not commonwealth:
        return None
    names = {match[0] for match in _LOCAL_NAMES.finditer(text) if match.lastgroup == code}
    alone = commonwealth and not american and (not rest or len(names) >= OFTEN)
    return DollarCountry(code, clear=alone or (times >= OFTEN and apart and rarely))


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
        named = set(self.countries) or {place for place in phrases.TERRITORIES if self.mentions(place)}
        begun = {place for word in _CITY_WORDS & {*_NAME_WORD.findall(self.text)} for place in _BEGINS[word]}
        cities = {place for place in begun if self.mentions(place, cities=True)}
        return frozenset({*named, *cities, *self.origins, *self.local_names})

    @cached_property
    def local_names(self) -> Counter[str]:
        """How often the text names places and bodies of a dollar country."""
        return Counter(match.lastgroup or "" for match in _LOCAL_NAMES.finditer(self.text))

    @cached_property
    def takes_zeros_off(self) -> bool:
        """Whether the article is about a redenomination: "six zeros off the lira"."""
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
            words = phrases.CITIES.get(territory, ()) if cities else _country_words(territory)
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
for _place, _cities in phrases.CITIES.items():
    for _city in _cities:
        _BEGINS.setdefault(_NAME_WORD.findall(_city)[0], set()).add(_place)
_CITY_WORDS = _BEGINS.keys()


@cache
def _country_words(territory: str) -> tuple[str, ...]:
    """How the words begin that show a country in a text, its own name last."""
    found = sorted(phrases.NAMES.get(territory, ()))
    if territory in phrases.TERRITORIES:
        found.append(phrases.TERRITORIES[territory])
    return tuple(found)


@cache
def _country_pattern(territory: str) -> re.Pattern[str]:
    """A pattern for the words that show a country in a text.

    The group marks a hit that is not a longer name of something else ("Papua New Guinea" for Guinea).
    """
    found = [re.escape(word) for word in _country_words(territory)]
    if territory in phrases.TERRITORIES:
        found[-1] += _INHABITANT
    others = [re.escape(name) for name in phrases.LONGER_NAMES.get(territory, ())]
    hit = f"(?P<hit>{'|'.join(found)})"
    return re.compile(rf"\b(?:{'|'.join([*others, hit])})")


@cache
def _city_pattern(territory: str) -> re.Pattern[str]:
    """A pattern for the cities of a country."""
    return re.compile(rf"\b(?P<hit>{'|'.join(map(re.escape, phrases.CITIES[territory]))})(?!\w)")
