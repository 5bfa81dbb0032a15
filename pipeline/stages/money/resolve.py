"""Which currency an expression means that several countries use.

The ladder, first rung that holds:

1. the expression itself: an ISO code (basis ``code``), a sign only one currency has, letters before it or an
   adjective (``symbol``, ``name``);
2. other figures of the article (``context``). A bare ``$`` in brackets after HK$, NT$ and the like is the US
   dollar; a bare ``$`` that US$ translates is not (nothing is guessed, both are flagged
   ``currency_conflict``); else the one currency of the same family that the article names outright;
3. the country of the publisher or the dateline (``context``); for dollars it goes before rung 2 where they
   disagree, since a Sydney paper that writes US$ means its own dollar by ``$``. Oil and gold are in US dollars
   everywhere. A dateline read from the text (see ``datelines``) decides a dollar only in `DOLLAR_HOMES`, and
   not in the copy of agencies that write ``$`` for US dollars only;
4. for names without a default (kr, pesos, francs, crowns) the one candidate whose country the article
   mentions (``context``);
5. the caller's ``default_currency``, then the conventional meaning (``default``);
6. nothing: currency None.

Candidates are kept wherever the expression alone was not enough.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.mentions import CountryMention
from pipeline.stages.money import units as written
from pipeline.stages.money.currencies import (
    ADJECTIVES,
    CURRENCIES,
    TERRITORIES,
    Unit,
    home_of,
    of_territory,
    written_name,
)
from pipeline.stages.money.currencies import unit as unit_of
from pipeline.stages.money.datelines import Dateline

_DOLLARS = frozenset((code,) for code in unit_of("$").candidates)
_PUBLISHER_ONLY = frozenset("MXN ARS CLP COP UYU DOP CUP TWD".split())
"""Written ``$`` at home, but in English wires with a dateline there ``$`` is the US dollar."""

DOLLAR_HOMES = frozenset(("US", "AU", "CA", "NZ"))
"""Where wires write bare dollars for the local ones; from Hong Kong or Singapore they name them first."""

WORLD_PRICED = frozenset(("barrel", "ounce"))
"""Units of what is priced in US dollars wherever it is sold."""


_AT_HOME = "the money of the publisher's or dateline's country"


class Decision(NamedTuple):
    """The currency chosen, on what basis, among which candidates, and flags."""

    currency: str | None
    basis: str | None
    candidates: tuple[str, ...]
    flags: tuple[str, ...] = ()
    why: str = ""
    """The rung of the ladder, for people."""


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
        dateline: Dateline | None = None,
    ) -> None:
        self.text = text
        self.read_dateline = dateline
        self.countries = Counter(c.iso_alpha2 for c in countries if c.iso_alpha2)
        self.has_countries = bool(countries)
        self.dateline, self.publisher = dateline_country, publisher_country
        self.default_currency, self.published = default_currency, published
        self.named: Counter[str] = Counter()
        self.families: set[str] = set()
        self.dollar: str | None = None
        """The dollar that a bare one is said to be in so many words, as in "152 million U.S. dollars or 1.70 dollars"."""
        self.dollars_translate = False
        """Whether a bare ``$`` in brackets translates HK$ and the like somewhere: then it is US dollars throughout."""
        self._mentioned: dict[str, bool] = {}
        self._fitting: dict[tuple[str, ...], tuple[str, ...]] = {}

    def note(self, unit: Unit) -> None:
        """Remember a currency named outright, and the family of any figure that is money."""
        self.families.add(unit.family)
        if len(unit.candidates) == 1:
            self.named[unit.candidates[0]] += 1

    def fitting(self, unit: Unit) -> tuple[str, ...]:
        """The candidates that were money at publication, or are now; all, where none was."""
        known = self._fitting.get(unit.candidates)
        if known is None:
            current = tuple(
                c for c in unit.candidates if c in CURRENCIES and CURRENCIES[c].current(self.published)
            )
            known = self._fitting[unit.candidates] = current or unit.candidates
        return known

    def not_yet(self, code: str) -> bool:
        """Whether a currency began only after publication."""
        if self.published is None or code not in CURRENCIES:
            return False
        return all(begin is not None and begin > self.published for _, begin, _ in CURRENCIES[code].uses)

    def mentions(self, territory: str) -> bool:
        """Whether the article speaks of a country: by its country mentions, else by looking for its names."""
        if self.has_countries:
            return territory in self.countries
        known = self._mentioned.get(territory)
        if known is None:
            known = self._mentioned[territory] = bool(_country_pattern(territory).search(self.text))
        return known

    def supports(self, unit: Unit) -> bool:
        """Whether anything beside the figure speaks for one of the unit's currencies."""
        if unit.guard in ("word", "weight") and unit.family in self.families:
            return True
        for code in unit.candidates:
            if code in self.named or code == self.default_currency:
                return True
            home = home_of(code)
            read = self.read_dateline.country if self.read_dateline else None
            if home and (home in (self.publisher, self.dateline, read) or self.mentions(home)):
                return True
        return False


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _country_pattern(territory: str) -> re.Pattern[str]:
    known = _PATTERNS.get(territory)
    if known is None:
        words = written.COUNTRY_WORDS.get(territory, "").split("|")
        if territory in TERRITORIES:
            words.append(TERRITORIES[territory].partition(" (")[0].removesuffix(" SAR China"))
        words += [
            a.title() for a, t in ADJECTIVES.items() if t == territory and len(a) > 3 and a != written_name(a)
        ]
        found = sorted({re.escape(w) for w in words if len(w) > 1})
        known = _PATTERNS[territory] = re.compile(r"\b(?:" + "|".join(found) + ")" if found else r"(?!)")
    return known


def decide(
    unit: Unit,
    evidence: Evidence,
    *,
    partner: Unit | None = None,
    bracketed: bool = False,
    per_unit: str | None = None,
) -> Decision:
    """Choose the currency of a unit; ``partner`` is the unit that a bracket equates it with.

    ``bracketed`` tells that the figure stands in the bracket, its partner before it.
    """
    candidates = unit.candidates
    if len(candidates) == 1:
        flags = ("garbled",) if unit.garbled else ()
        return Decision(candidates[0], unit.basis, (), flags, "as written, it can mean no other currency")
    if not candidates:
        why = "the sign is garbled" if unit.garbled else "no ISO code belongs to it"
        return Decision(None, None, (), ("garbled",) if unit.garbled else ("no_code",), why)
    fitting = evidence.fitting(unit)
    if len(fitting) == 1 and (unit.default in (None, fitting[0]) or evidence.not_yet(unit.default)):
        return Decision(fitting[0], unit.basis, (), (), "the only such currency at publication")
    ordered = fitting
    dollar = unit.family == "dollar"
    flags: tuple[str, ...] = ()
    excluded: str | None = None
    if partner is not None and dollar and _is_dollar(partner):
        other = partner.candidates[0] if len(partner.candidates) == 1 else None
        if bracketed and translates(unit, partner):
            return Decision("USD", "context", ordered, (), "a bracket that translates another dollar")
        if other == "USD" or (other is None and not bracketed):
            excluded, flags = "USD", ("currency_conflict",)
        elif other is None:
            flags = ("currency_conflict",)
    home = _home(evidence, candidates, unit)
    if dollar and home not in (None, "USD") and per_unit in WORLD_PRICED:
        return Decision("USD", "context", ordered, (), f"a {per_unit} is priced in US dollars everywhere")
    named = [c for c in fitting if c in evidence.named and c != excluded]
    if dollar and evidence.dollar and not excluded:
        return Decision(evidence.dollar, "context", ordered, flags, "the same amount is named so elsewhere")
    if dollar and evidence.dollars_translate and not excluded:
        return Decision("USD", "context", ordered, flags, "elsewhere here a bare dollar translates another")
    if excluded:
        if home and home != excluded:
            return Decision(home, "context", ordered, (), _AT_HOME)
        why = f"the figure it is equated with leaves no {excluded}, and nothing tells which other"
        return Decision(None, None, tuple(c for c in ordered if c != excluded), flags, why)
    if dollar and home:
        return Decision(home, "context", ordered, flags, _AT_HOME)
    if len(named) == 1:
        return Decision(named[0], "context", ordered, flags, "the article names this one outright elsewhere")
    if home:
        return Decision(home, "context", ordered, flags, _AT_HOME)
    if unit.default is None or unit.family == "rupee" or (unit.family == "pound" and unit.basis == "name"):
        spoken = [c for c in fitting if (place := home_of(c)) and evidence.mentions(place)]
        if len(spoken) == 1:
            return Decision(spoken[0], "context", ordered, flags, "the article speaks of its country only")
    if evidence.default_currency in candidates:
        return Decision(evidence.default_currency, "default", ordered, flags, "the default that was set")
    if unit.default is not None:
        default = unit.default
        if default not in fitting:
            place = home_of(default)
            default = (of_territory(place, candidates, evidence.published) if place else None) or default
        return Decision(default, "default", ordered, flags, "nothing in the article tells; the usual meaning")
    return Decision(None, None, ordered, flags, "nothing in the article tells which")


def _is_dollar(unit: Unit) -> bool:
    return unit.family in ("dollar", "sign$") or unit.candidates in _DOLLARS


def is_named_dollar(unit: Unit) -> bool:
    """Whether a unit is one country's dollar, named outright."""
    return unit.candidates in _DOLLARS and _is_dollar(unit)


def is_bare_dollar(unit: Unit) -> bool:
    """Whether a unit is ``$``, "dollars" or "cents" of no country in particular."""
    return unit.family == "dollar" and len(unit.candidates) > 1


def translates(unit: Unit, partner: Unit) -> bool:
    """Whether a bare dollar in brackets can only translate its partner into US dollars."""
    other = partner.candidates[0] if len(partner.candidates) == 1 else None
    return (
        unit.family == "dollar" and len(unit.candidates) > 1 and other != "USD" and other in unit.candidates
    )


def _home(evidence: Evidence, candidates: tuple[str, ...], unit: Unit) -> str | None:
    """The publisher's or the dateline's own currency among the candidates."""
    for place, setting in ((evidence.publisher, True), (evidence.dateline, False)):
        if place:
            code = of_territory(place, candidates, evidence.published)
            if code and (setting or unit.family != "dollar" or code not in _PUBLISHER_ONLY):
                return code
    if evidence.read_dateline and evidence.read_dateline.country and not evidence.dateline:
        place = evidence.read_dateline.country
        if unit.family != "dollar" or (place in DOLLAR_HOMES and not evidence.read_dateline.us_style):
            return of_territory(place, candidates, evidence.published)
    return None
