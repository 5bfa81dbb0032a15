"""Which currency an expression means that several countries use.

The ladder, first rung that holds:

1. the expression itself: an ISO code (basis ``code``), a sign only one currency has, letters before it or an
   adjective (``symbol``, ``name``);
2. other figures of the article (``context``). A bare ``$`` in brackets after HK$, NT$ and the like is the US
   dollar; a bare ``$`` that US$ translates is not (nothing is guessed, both are flagged
   ``currency_conflict``); else the one currency of the same family that the article names outright;
3. the country of the publisher or the dateline (``context``); for dollars it goes before rung 2 where they
   disagree, since a Sydney paper that writes US$ means its own dollar by ``$``. Oil and gold are in US
   dollars everywhere. A dateline read from the text (see ``datelines``) decides a dollar only in
   `DOLLAR_HOMES` and `DOLLAR_CITIES`, and not in the copy of agencies that write ``$`` for US dollars only.
   Without a dateline one of them decides it too where the article is plainly about that country (see
   ``locale_evidence``); where it is mentioned most but that is not plain, nothing is guessed.
   Neither rung holds for the money of another country ("Brazil's debt of 50 billion dlrs"): US dollars;
4. for names and letters (kr, pesos, francs, crowns, rupees; not ``$``, ``£``, ``¥``, dollars, cents) the one
   candidate whose country, or one of its cities, the article mentions (``context``); failing that, the one
   that was such a country's money in former times. Rupees, roubles and liras (`CONTESTED`) of an article
   that mentions several of their countries are those of the one it mentions far more often, or none;
5. the caller's ``default_currency``, then the conventional meaning (``default``);
6. nothing: currency None.

Candidates are kept wherever the expression alone was not enough.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from newsledger.stages.money import places
from newsledger.stages.money.currencies import CURRENCIES, home_of, of_territory, places_of
from newsledger.stages.money.datelines import Dateline
from newsledger.stages.money.locale_evidence import (
    CLEARLY,
    DOLLAR_CITIES,
    DOLLAR_HOMES,
    Scene,
    scene,
    scenery,
)
from newsledger.stages.money.spellings import ADJECTIVES, VOCABULARY, Unit
from newsledger.stages.money.words import word_set
from newsledger.values.mentions import CountryMention

PUBLISHER_ONLY = word_set("MXN ARS CLP COP UYU DOP CUP TWD")
"""Written ``$`` at home, but in English wires with a dateline there ``$`` is the US dollar."""

WORLD_PRICED = word_set("barrel ounce")
"""Units of what is priced in US dollars wherever it is sold."""

_FIRM = word_set("dollar USD")
_FIRM_SIGNS = frozenset({("symbol", "GBP"), ("symbol", "JPY")})
"""Families, and families of signs, that keep their usual meaning whatever countries are mentioned."""

CONTESTED = word_set("rupee RUB lira")
"""Families that have a usual meaning and several homes whose news speak of each other: where an article
mentions more than one of them, one must be mentioned `CLEARLY` times as often as the rest, or nothing is
guessed. (Not so the won, of which only one is quoted abroad.)"""

_AT_HOME = "the money of the publisher's or dateline's country"
_NAMED = "the article names this one outright elsewhere"

_FOREIGN = "the words before speak of another country's money"

_DOLLARS = frozenset((code,) for code in VOCABULARY.symbols["$"].candidates)


class Decision(NamedTuple):
    """The currency chosen, on what basis, among which candidates, flags, and why in words for people."""

    currency: str | None
    basis: Literal["code", "symbol", "name", "context", "default"] | None
    candidates: tuple[str, ...]
    flags: tuple[str, ...]
    why: str


class Evidence:
    """What an article says of currencies; made once, asked for each ambiguous figure."""

    def __init__(
        self,
        text: str,
        *,
        countries: Sequence[CountryMention] = (),
        dateline_country: str | None = None,
        publisher_country: str | None = None,
        default_currency: str | None = None,
        published: dt.date | None = None,
        dateline: Dateline = Dateline(None, False),  # noqa: B008 - a constant
    ) -> None:
        self.text = text
        self.countries = Counter(c.iso_alpha2 for c in countries if c.iso_alpha2)
        self.dateline, self.publisher = dateline_country, publisher_country
        self.read_dateline = dateline
        self.default_currency, self.published = default_currency, published
        self.named: Counter[str] = Counter()
        self.families: set[str] = set()
        self.dollar: str | None = None
        """The dollar a bare one is, in so many words ("152 million U.S. dollars or 1.70 dollars a share")."""
        self.garbled = False
        """Whether any sign of the article is garbled."""
        self.dollars_translate = False
        """Whether a bare ``$`` in brackets translates HK$ and the like: then it is US dollars throughout."""
        self._scene: Scene | Literal[False] | None = False
        self._mentioned: dict[tuple[str, bool], bool] = {}
        self._fitting: dict[tuple[str, ...], tuple[str, ...]] = {}

    def note(self, unit: Unit, *, figure: bool = True) -> None:
        """Remember a currency named outright, and the family of any figure that is money.

        A dollar named without a ``figure`` tells nothing of the others in an article that touches the United
        States ("dealers sold Canadian dollar bonds").
        """
        self.families.add(unit.family)
        self.garbled = self.garbled or unit.garbled
        if len(unit.candidates) == 1 and (figure or not (is_named_dollar(unit) and self.mentions("US"))):
            self.named[unit.candidates[0]] += 1

    def fitting(self, unit: Unit) -> tuple[str, ...]:
        """The candidates that were money at publication, or are now; all, where none was."""
        known = self._fitting.get(unit.candidates)
        if known is None:
            current = tuple(code for code in unit.candidates if self._is_current(code))
            known = self._fitting[unit.candidates] = current or unit.candidates
        return known

    def _is_current(self, code: str) -> bool:
        return code in CURRENCIES and CURRENCIES[code].current(self.published)

    def not_yet(self, code: str) -> bool:
        """Whether a currency began only after publication."""
        if self.published is None or code not in CURRENCIES:
            return False
        return all(begin is not None and begin > self.published for _, begin, _ in CURRENCIES[code].uses)

    def mentions(self, territory: str, *, cities: bool = False) -> bool:
        """Whether the article speaks of a country: by its country mentions, else by looking for its names;
        or, with ``cities``, of one of its cities."""
        if self.countries and not cities:
            return territory in self.countries
        known = self._mentioned.get((territory, cities))
        if known is None:
            words = places.CITIES.get(territory, ()) if cities else _country_words(territory)
            known = any(word in self.text for word in words)  # a search for each is fast, a pattern is not
            if known:
                pattern = _city_pattern(territory) if cities else _country_pattern(territory)
                known = any(match.lastgroup for match in pattern.finditer(self.text))
            self._mentioned[territory, cities] = known
        return known

    def count(self, territory: str) -> int:
        """How often the article speaks of a country."""
        if self.countries:
            return self.countries[territory]
        found = _country_pattern(territory).finditer(self.text)
        return sum(1 for match in found if match.lastgroup)

    def speaks_of(self, code: str, *, cities: bool = False) -> bool:
        """Whether the article mentions the country of a currency, or one of those that share it."""
        return any(self.mentions(place, cities=cities) for place in places_of(code, self.published))

    def scene(self) -> Scene | None:
        """The dollar country the article is about; none of one with a dateline, or of an agency's copy."""
        if self.read_dateline.country or self.read_dateline.us_style:
            return None
        if self._scene is False:
            self._scene = scene(self.text, self.countries, scenery(self.text))
        return self._scene

    def supports(self, unit: Unit) -> bool:
        """Whether anything beside the figure speaks for one of the unit's currencies."""
        if unit.guard in ("word", "weight") and unit.family in self.families:
            return True
        places = {self.publisher, self.dateline, self.read_dateline.country}
        for code in unit.candidates:
            if code in self.named or code == self.default_currency:
                return True
            if not places.isdisjoint(places_of(code, self.published)) or self.speaks_of(code):
                return True
        return any(self.speaks_of(code, cities=True) for code in unit.candidates)


_INHABITANT = r"(?:['’]s|s|n|ns|an|ans|ian|ians|i|is|ese|lese|ien|iens)?(?!\w)"
"""What may follow a country's name: possessives, most adjectives."""


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

    The group tells a hit from a longer name of something else ("Papua New Guinea" for Guinea).
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


def is_bare_dollar(unit: Unit) -> bool:
    """Whether a unit is ``$``, "dollars" or "cents" of no country in particular."""
    return unit.family == "dollar" and len(unit.candidates) > 1


def is_named_dollar(unit: Unit) -> bool:
    """Whether a unit is one country's dollar, named outright."""
    return unit.candidates in _DOLLARS


def translates(unit: Unit, partner: Unit) -> bool:
    """Whether a bare dollar in brackets can only translate its partner into US dollars."""
    return is_bare_dollar(unit) and is_named_dollar(partner) and partner.candidates != ("USD",)


_OWNERS = "|".join(sorted((re.escape(a) for a in ADJECTIVES if len(a) > 3), key=len, reverse=True))
_OWNED = re.compile(
    rf"\b(?P<owner>{_OWNERS})(?:['’]s?)? (?:[a-z0-9.&'<>-]+,? ){{0,7}}?"
    r"(?:debts?|deficit|surplus|reserves|turnover|economy|budget)\b[^;$]{0,60}\Z"
    r"|\bthe (?P<state>u\.s\.|united states) (?:is|has|had|was|will|would|gave|spent|spends)\b[^;$]{0,60}\Z"
)


def owner_of(left: str) -> str | None:
    """The country whose money the lower-case words before a figure are about.

    >>> owner_of("finland's neste, whose turnover last year was over "), owner_of("its turnover was ")
    ('FI', None)
    """
    match = _OWNED.search(left)
    return ADJECTIVES.get(match["owner"] or match["state"]) if match else None


def decide(
    unit: Unit,
    evidence: Evidence,
    *,
    partner: Unit | None = None,
    bracketed: bool = False,
    per_unit: str | None = None,
    left: Callable[[], str] = str,
) -> Decision:
    """Choose the currency of a unit; ``partner`` is the unit that a bracket equates it with.

    ``bracketed`` tells that the figure stands in the bracket, its partner before it. ``left`` gives the words
    before it, where they are asked for.
    """
    candidates = unit.candidates
    if not candidates:
        if unit.garbled:
            return Decision(None, None, (), ("garbled",), "the sign is garbled")
        return Decision(None, None, (), ("no_code",), "no ISO code belongs to it")
    if len(candidates) == 1:
        flags = ("garbled",) if unit.garbled else ()
        return Decision(candidates[0], unit.basis, (), flags, "as written, it can mean no other currency")
    fitting = evidence.fitting(unit)
    if len(fitting) == 1 and (unit.default in (None, fitting[0]) or evidence.not_yet(unit.default or "")):
        return Decision(fitting[0], unit.basis, (), (), "the only such currency at publication")
    if unit.family == "dollar":
        decision = _decide_dollar(unit, evidence, fitting, partner, bracketed, per_unit, left)
        if decision is not None and decision.currency and decision.why in (_AT_HOME, _NAMED):
            owner = owner_of(left()) if decision.currency != "USD" else None
            if owner and owner not in places_of(decision.currency, evidence.published):
                return Decision("USD", "context", fitting, decision.flags, _FOREIGN)
        if decision is not None:
            return decision
    else:
        named = [code for code in fitting if code in evidence.named]
        if len(named) == 1:
            return Decision(named[0], "context", fitting, (), _NAMED)
        home = _home(evidence, unit)
        if home:
            return Decision(home, "context", fitting, (), _AT_HOME)
    if unit.default is None or (unit.family not in _FIRM and (unit.basis, unit.family) not in _FIRM_SIGNS):
        spoken = [code for code in fitting if evidence.speaks_of(code)]
        if not spoken:
            spoken = _of_former_times(unit, evidence, fitting)
            fitting = (*fitting, *spoken)
        spoken = spoken or [code for code in fitting if evidence.speaks_of(code, cities=True)]
        if len(spoken) == 1:
            return Decision(spoken[0], "context", fitting, (), "the article speaks of its country only")
        if len(spoken) > 1 and unit.family in CONTESTED:
            return _contested(evidence, fitting, spoken)
    conflict = partner is not None and is_bare_dollar(partner) and unit.family == "dollar"
    return _default(unit, evidence, fitting, ("currency_conflict",) if conflict else ())


def _contested(evidence: Evidence, fitting: tuple[str, ...], spoken: list[str]) -> Decision:
    """Of currencies whose countries the article all speaks of, the one it speaks of most, if clearly so."""
    often = {code: sum(map(evidence.count, places_of(code, evidence.published))) for code in spoken}
    first = max(spoken, key=lambda code: often[code])
    if often[first] >= CLEARLY * (sum(often.values()) - often[first]):
        return Decision(first, "context", fitting, (), "the article speaks of its country most")
    return Decision(None, None, fitting, (), "the article speaks of several countries that use such money")


def _of_former_times(unit: Unit, evidence: Evidence, fitting: tuple[str, ...]) -> list[str]:
    """Of candidates no longer money, the last one of each country the article speaks of: francs of France."""
    if unit.default is not None:
        return []
    former = [code for code in unit.candidates if code not in fitting and evidence.speaks_of(code)]
    places = {place for code in former for place in places_of(code, None) if evidence.mentions(place)}
    last = {of_territory(place, unit.candidates) for place in places}
    return [code for code in former if code in last]


def _decide_dollar(
    unit: Unit,
    evidence: Evidence,
    fitting: tuple[str, ...],
    partner: Unit | None,
    bracketed: bool,
    per_unit: str | None,
    left: Callable[[], str],
) -> Decision | None:
    """The rungs for dollars, where home goes before what else the article names."""
    home = _home(evidence, unit)
    named = [code for code in fitting if code in evidence.named]
    told = evidence.publisher or evidence.dateline
    if home and home not in named and not told and evidence.read_dateline.country in DOLLAR_CITIES:
        foreign = [code for code in named if code != "USD"]
        home = foreign[0] if len(foreign) == 1 else home  # an Australian loan arranged in Hong Kong
    if home not in (None, "USD") and per_unit in WORLD_PRICED:
        return Decision("USD", "context", fitting, (), f"a {per_unit} is priced in US dollars everywhere")
    flags: tuple[str, ...] = ()
    if partner is not None and (is_bare_dollar(partner) or is_named_dollar(partner)):
        if bracketed and translates(unit, partner):
            return Decision("USD", "context", fitting, (), "a bracket that translates another dollar")
        if partner.candidates == ("USD",) or (is_bare_dollar(partner) and not bracketed):
            # What US dollars translate is no US dollar; of two bare signs the first is not.
            if home and home != "USD":
                return Decision(home, "context", fitting, (), _AT_HOME)
            others = tuple(code for code in fitting if code != "USD")
            why = "the figure it is equated with leaves no USD, and nothing tells which other"
            return Decision(None, None, others, ("currency_conflict",), why)
        if is_bare_dollar(partner):
            flags = ("currency_conflict",)
    if evidence.dollar:
        return Decision(evidence.dollar, "context", fitting, flags, "the same amount is named so elsewhere")
    if evidence.dollars_translate:
        return Decision("USD", "context", fitting, flags, "elsewhere here a bare dollar translates another")
    if home:
        return Decision(home, "context", fitting, flags, _AT_HOME)
    scene = evidence.scene() if per_unit not in WORLD_PRICED else None
    local = of_territory(scene.place, fitting, evidence.published) if scene else None
    if scene and local and scene.clear and not named:
        return Decision(local, "context", fitting, flags, "the article speaks of its country only")
    if local and named != [local] and evidence.default_currency not in fitting:
        several = tuple(dict.fromkeys(("USD", local, *named)))
        return Decision(None, None, several, flags, "the article is of another dollar's country, or nearly")
    if len(named) == 1:
        return Decision(named[0], "context", fitting, flags, _NAMED)
    return None


def _default(unit: Unit, evidence: Evidence, fitting: tuple[str, ...], flags: tuple[str, ...]) -> Decision:
    """The caller's default, the conventional meaning, or none."""
    if evidence.default_currency in unit.candidates:
        return Decision(evidence.default_currency, "default", fitting, flags, "the default that was set")
    default = unit.default
    if default is None:
        return Decision(None, None, fitting, flags, "nothing in the article tells which")
    if default not in fitting:
        place = home_of(default)
        default = (of_territory(place, unit.candidates, evidence.published) if place else None) or default
    return Decision(default, "default", fitting, flags, "nothing in the article tells; the usual meaning")


def _home(evidence: Evidence, unit: Unit) -> str | None:
    """The publisher's or the dateline's own currency among the candidates."""
    dollar = unit.family == "dollar"
    if evidence.publisher:
        code = of_territory(evidence.publisher, unit.candidates, evidence.published)
        if code:
            return code
    if evidence.dateline:
        code = of_territory(evidence.dateline, unit.candidates, evidence.published)
        return None if dollar and code in PUBLISHER_ONLY else code
    place, us_style = evidence.read_dateline
    if place is None:
        return None
    code = of_territory(place, unit.candidates, evidence.published)
    city = place in DOLLAR_CITIES and (code in evidence.named or not evidence.mentions("US"))
    if dollar and (us_style or not (city or place in DOLLAR_HOMES)):
        return None
    return code
