"""Decides the currency of an expression that several countries use.

Evidence in order, the first that holds:

1. the expression itself: an ISO code (basis ``code``), a sign only one currency has, letters before it or an
   adjective (``symbol``, ``name``);
2. other figures of the article (``context``): a bracket that translates one dollar into another, the pounds
   that pennies are of, else the one currency of the family that the article names outright;
3. the country of the publisher or the dateline (``context``); for dollars, and names without a usual meaning,
   it goes before 2: a Sydney paper with US$ means its own dollar by ``$``. A dateline read from the text
   (see ``country_evidence``) decides a dollar only in `DOLLAR_HOMES` and `DOLLAR_CITIES`, and not in the copy
   of agencies that write ``$`` for US dollars only; without one, what the article is plainly about does.
   Where that is not plain, nothing is guessed, nor where it gives ``$`` in pounds: it is British then.
   Neither 2 nor 3 holds for the money of another country ("Brazil's debt of 50 billion dlrs"): US dollars;
4. for names and letters (kr, pesos, francs, crowns, rupees; not ``$``, ``£``, ``¥``, dollars, cents) the one
   candidate whose country, or one of its cities, the article mentions (``context``); failing that, the one
   that was such a country's money in former times. Rupees, roubles and liras (`CONTESTED`) of an article
   that mentions several of their countries stay open;
5. the caller's ``default_currency``, then the conventional meaning (``default``);
6. nothing: currency None.

Candidates are kept wherever the expression alone was not enough: the usual meaning, and what the article
makes possible (see `_possible`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.country_evidence import ABROAD, DOLLAR_CITIES, DOLLAR_HOMES, CountryEvidence
from newsledger.stages.money.currencies import CURRENCIES, home_of, of_territory, places_of
from newsledger.stages.money.equivalents import Partner
from newsledger.stages.money.spellings import ADJECTIVES, VOCABULARY, Unit
from newsledger.values.mentions import CurrencyBasis

PUBLISHER_ONLY = frozenset(["MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP", "TWD", "NAD"])
"""Written ``$`` at home, but in English wires with a dateline there ``$`` is the US dollar."""

WORLD_PRICED = frozenset(["barrel", "ounce", "currency"])
"""Units of what is priced in US dollars wherever it is sold; currencies by their rates of exchange."""

_FIRM = frozenset(["dollar", "USD"])
_FIRM_SIGNS = frozenset({("symbol", "GBP"), ("symbol", "JPY")})
"""Families, and families of signs, that keep their usual meaning whatever countries are mentioned."""

CONTESTED = frozenset(["rupee", "RUB", "lira"])
"""Families that have a usual meaning and several homes whose news mention each other: where an article
mentions more than one of them, nothing is guessed. (Not so the won, of which only one is quoted abroad.)"""

_AT_HOME = "the money of the publisher's or dateline's country"
_NAMED = "the article names this one outright elsewhere"

_BESIDE = "the article names another, beside dollars of its own"
_FOREIGN = "the words before speak of another country's money"


class Decision(NamedTuple):
    """The currency chosen, on what basis, among which candidates, flags, and the reason in words."""

    currency: str | None
    basis: CurrencyBasis | None
    candidates: tuple[str, ...]
    flags: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Evidence:
    """Evidence of an article for currencies: the codes it names, and what its major units ``usual``-ly mean.

    ``garbled`` tells whether any sign is garbled; ``dollar`` is the one that a bare dollar is, in so many
    words ("152 million U.S. dollars or 1.70 dollars a share"); ``dollars_translate`` tells whether a bracket
    equates a bare ``$`` with HK$ and the like: then it is US dollars throughout; ``for_britain``, whether
    one is equated with pounds, as in British copy, which writes A$ and C$; ``doubted``, whether some
    bare ``$`` was equated with US dollars: then no other one is to be trusted. ``other_dollars`` are
    dollars of one country of which it is not clear which ("Zimbabwean dollars").
    """

    article: CountryEvidence
    default_currency: str | None = None
    named: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    garbled: bool = False
    dollar: str | None = None
    dollars_translate: bool = False
    for_britain: bool = False
    doubted: bool = False
    other_dollars: tuple[str, ...] = ()

    def with_names(self, units: Sequence[Unit]) -> Evidence:
        """The evidence with units named without a number.

        In an article that mentions the United States, a dollar so named is no evidence for the others
        ("dealers sold Canadian dollar bonds").
        """
        outright = [u for u in units if not (u.is_named_dollar and self.article.mentions("US"))]
        return replace(self, named=_named(outright), garbled=any(u.garbled for u in units))

    def with_figures(self, units: Sequence[Unit]) -> Evidence:
        """The evidence with the units of figures that are money too."""
        others = [u.candidates for u in units if u.is_bare_dollar and "USD" not in u.candidates]
        return replace(
            self,
            named=self.named | _named(units),
            garbled=self.garbled or any(u.garbled for u in units),
            usual=frozenset(u.default for u in units if u.default and u.per_major == 1),
            other_dollars=others[-1] if others else (),
        )

    def supports(self, unit: Unit) -> bool:
        """Whether there is evidence for one of the unit's currencies besides the figure itself."""
        article, named = self.article, {self.default_currency, *self.named}
        return not named.isdisjoint(unit.candidates) or any(
            not article.origins.isdisjoint(places_of(code, article.published))
            or article.mentions_home_of(code)
            or article.mentions_home_of(code, cities=True)
            for code in unit.candidates
        )


def _named(units: Sequence[Unit]) -> frozenset[str]:
    """The codes of the units, in the order of the text, that can mean one currency only; a dollar named only
    after bare ones is another than those."""
    bare = next((i for i, u in enumerate(units) if u.is_bare_dollar and u.per_major == 1), len(units))
    outright = [
        u for i, u in enumerate(units) if i < bare or not u.is_named_dollar or u.candidates == ("USD",)
    ]
    return frozenset(unit.candidates[0] for unit in outright if len(unit.candidates) == 1)


@cache
def _fitting(candidates: tuple[str, ...], published: dt.date | None) -> tuple[str, ...]:
    """The candidates that were money at publication, or are now; all, where none was."""
    return tuple(c for c in candidates if c in CURRENCIES and CURRENCIES[c].current(published)) or candidates


def _began_later(code: str, published: dt.date | None) -> bool:
    """Whether a currency began only after publication."""
    if published is None or code not in CURRENCIES:
        return False
    return all(use.begin is not None and use.begin > published for use in CURRENCIES[code].uses)


_OWNERS = any_of(adjective for adjective in ADJECTIVES if len(adjective) > 3)
_OWNER = lazy_regex(rf"\b(?:{_OWNERS})\b")
_OWNED = lazy_regex(
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


class _Case(NamedTuple):
    """An ambiguous unit with what decides it: see `decide`."""

    unit: Unit
    fitting: tuple[str, ...]
    evidence: Evidence
    partner: Partner | None
    per_unit: str | None
    left: Callable[[], str]

    @property
    def article(self) -> CountryEvidence:
        return self.evidence.article

    @property
    def flags(self) -> tuple[str, ...]:
        """Set where a bracket equates it with another bare dollar."""
        conflict = self.unit.family == "dollar" and self.partner and self.partner.unit.is_bare_dollar
        return ("currency_conflict",) if conflict else ()

    @property
    def named(self) -> list[str]:
        """The candidates that the article names."""
        return [code for code in self.fitting if code in self.evidence.named]

    @property
    def others(self) -> tuple[str, ...]:
        """The candidates besides USD; where the article names none, those that wires write as ``$``."""
        others = tuple(code for code in self.fitting if code != "USD")
        return others or tuple(code for code in self.unit.candidates if code[:2] in ABROAD)

    def of(self, territory: str | None) -> str | None:
        """The candidate that is the money of a territory."""
        return of_territory(territory, self.unit.candidates, self.article.published) if territory else None

    def by_context(self, code: str, why: str, flags: tuple[str, ...] = ()) -> Decision:
        return Decision(code, "context", self.fitting, flags, why)

    def open(self, codes: Iterable[str], why: str, flags: tuple[str, ...] = ()) -> Decision:
        """No currency, but candidates."""
        return Decision(None, None, tuple(dict.fromkeys(codes)), flags, why)


def decide(
    unit: Unit,
    evidence: Evidence,
    *,
    partner: Partner | None = None,
    per_unit: str | None = None,
    left: Callable[[], str] = str,
) -> Decision:
    """Choose the currency of a unit; ``partner`` is what a bracket equates the figure with, ``left`` gives
    the words before it, where they are needed."""
    candidates, published = unit.candidates, evidence.article.published
    flags = ("garbled",) if unit.garbled else ()
    if not candidates:
        why = "the sign is garbled" if unit.garbled else "no ISO code belongs to it"
        return Decision(None, None, (), flags or ("no_code",), why)
    if len(candidates) == 1:
        why = (
            "as the amount beside it"
            if unit.basis == "context"
            else "as written, it can mean no other currency"
        )
        return Decision(candidates[0], unit.basis, (), flags, why)
    fitting = _fitting(candidates, published)
    if len(fitting) == 1 and (unit.default in (None, fitting[0]) or _began_later(unit.default, published)):
        return Decision(fitting[0], unit.basis, (), (), "the only such currency at publication")
    case = _Case(unit, _possible(unit, fitting, evidence, partner), evidence, partner, per_unit, left)
    decision = _dollar(case) if unit.family == "dollar" else _minor(case) or _named_or_home(case)
    decision = decision or _by_countries(case) or _default(case)
    return _redenominated(case, decision) or decision


def narrow_sign(unit: Unit, evidence: Evidence) -> Unit:
    """The unit of a sign with letters (C$), of its usual currency alone if no country of another is named."""
    if not unit.family.startswith("sign") or unit.default is None:
        return unit
    possible = _possible(unit, _fitting(unit.candidates, evidence.article.published), evidence, None)
    return unit._replace(candidates=possible) if possible == (unit.default,) else unit


def is_translated(unit: Unit, evidence: Evidence, partner: Partner) -> bool:
    """Whether what a bracket equates with a figure leaves it no dollar but that of the United States.

    So it is in "HK$780m ($100m)", and in "$100m (A$150m)" unless the article comes from, or is about, the
    country of a third dollar. Rare, but both would be one country's dollars.
    """
    if partner.bracketed or not unit.translates(partner.unit):
        return unit.translates(partner.unit)
    case, about = _Case(unit, unit.candidates, evidence, partner, None, str), evidence.article.dollar_country
    home = _dollar_home(case) or (about and case.of(about.code))
    return home in (None, partner.unit.candidates[0])


def _redenominated(case: _Case, decision: Decision) -> Decision | None:
    """No currency, where the article tells of zeros taken off the money and a former one has its name.

    Rare, but the money would be worth a million times as much.
    """
    if decision.currency is None or not case.article.takes_zeros_off:
        return None
    both = [code for code in case.unit.candidates if home_of(code) == home_of(decision.currency) is not None]
    return case.open(both, "the article tells of zeros taken off this money") if len(both) > 1 else None


def _possible(
    unit: Unit, fitting: tuple[str, ...], evidence: Evidence, partner: Partner | None
) -> tuple[str, ...]:
    """The currencies that the article makes possible: the usual one and those whose country, or which itself,
    it names; all, where that leaves none. An equivalent is never in the currency it is equated with."""
    given = {
        unit.default,
        of_territory(home_of(unit.default or "") or "", fitting, evidence.article.published),
        evidence.default_currency,
        *evidence.named,
        *evidence.usual,
        *evidence.other_dollars,
    }
    possible = [code for code in fitting if code in given or evidence.article.names_home_of(code)]
    if partner and len(partner.unit.candidates) == 1 and len(possible) > 1:
        possible = [code for code in possible if code != partner.unit.candidates[0]]
    return tuple(possible) or fitting


def _minor(case: _Case) -> Decision | None:
    """The currency of the article's major units, where only one of them has such pennies, pence or cents."""
    if case.unit.per_major == 1:
        return None
    usual = [code for code in case.fitting if code in case.evidence.usual]
    if len(usual) != 1 or usual[0] == case.unit.default:
        return None
    return case.by_context(usual[0], "the article's other figures are in its major units")


def _named_or_home(case: _Case) -> Decision | None:
    """The one candidate that the article names, or that is money where it comes from."""
    home, usual = _home(case), case.unit.default
    if home and usual and case.unit.family not in CONTESTED:
        fitting = _fitting((home, usual), case.article.published)
        home = home if home in fitting else None  # rare, but Dublin's £ of 2020 would be Irish pounds
    if home and usual is None and case.named and home not in case.named:
        places = _OWNER.findall(case.left().rpartition(". ")[2])
        near = [code for code in (home, *case.named) if code in {case.of(ADJECTIVES[p]) for p in places}]
        return case.by_context(near[0] if len(near) == 1 else home, _AT_HOME)
    if len(case.named) == 1:
        return case.by_context(case.named[0], _NAMED)
    return case.by_context(home, _AT_HOME) if home else None


def _by_countries(case: _Case) -> Decision | None:
    """The candidate whose country the article mentions, for units that countries can decide."""
    unit, article = case.unit, case.article
    if unit.family.startswith("sign") and unit.default and article.names_home_of(unit.default):
        return None  # C$ of a Canadian mine in Nicaragua
    if unit.default and (unit.family in _FIRM or (unit.basis, unit.family) in _FIRM_SIGNS):
        return None
    mentioned = [code for code in case.fitting if article.mentions_home_of(code)]
    if not mentioned:
        mentioned = _of_former_times(case)
        case = case._replace(fitting=(*case.fitting, *mentioned))
    mentioned = mentioned or [code for code in case.fitting if article.mentions_home_of(code, cities=True)]
    if len(mentioned) == 1:
        return case.by_context(mentioned[0], "the article speaks of its country only")
    if mentioned and unit.family in CONTESTED:
        return case.open(case.fitting, "the article speaks of several countries that use such money")
    return None


def _of_former_times(case: _Case) -> list[str]:
    """Of candidates no longer money, the last one of each country the article mentions: francs of France."""
    unit, article = case.unit, case.article
    if unit.default is not None:
        return []
    former = [code for code in unit.candidates if code not in case.fitting and article.mentions_home_of(code)]
    homes = {place for code in former for place in places_of(code, None) if article.mentions(place)}
    last = {of_territory(place, unit.candidates) for place in homes}
    return [code for code in former if code in last]


def _dollar(case: _Case) -> Decision | None:
    """The dollar of the article, unless the words before the figure are about another country's money."""
    decision = _articles_dollar(case)
    if decision and decision.currency != "USD" and decision.why in (_AT_HOME, _NAMED, _BESIDE):
        owner = owner_of(case.left())
        if owner and owner not in places_of(decision.currency or "", case.article.published):
            return case.by_context("USD", _FOREIGN, decision.flags)
    return decision


def _articles_dollar(case: _Case) -> Decision | None:
    """The evidence for dollars in its order, home before what else the article names."""
    evidence, named, home = case.evidence, case.named, _dollar_home(case)
    # The next three decide few articles, but without them their dollars would be another country's.
    if home not in (None, "USD") and case.per_unit in WORLD_PRICED:
        return case.by_context("USD", f"a {case.per_unit} is priced in US dollars everywhere")
    translated = _translated_dollar(case, home)
    if translated:
        return translated
    doubted = evidence.doubted and not (case.partner and case.partner.bracketed)
    if doubted and case.unit.basis == "symbol" and case.per_unit not in WORLD_PRICED:
        several = ("USD", *case.fitting, *case.others)
        return case.open(several, "another bare dollar here is no US dollar", ("currency_conflict",))
    if evidence.dollar:
        return case.by_context(evidence.dollar, "the same amount is named so elsewhere", case.flags)
    if evidence.dollars_translate:
        return case.by_context("USD", "a bracket here equates a bare dollar with another", case.flags)
    if home:
        return case.by_context(home, _AT_HOME, case.flags)
    abroad = case.per_unit in WORLD_PRICED or evidence.for_britain
    about = None if abroad else case.article.dollar_country
    local = of_territory(about.code, case.fitting, case.article.published) if about else None
    if about and local and about.clear and not named:
        return case.by_context(local, "the article speaks of its country only", case.flags)
    if local and named != [local] and evidence.default_currency not in case.fitting:
        return case.open(
            ("USD", local, *named), "the article is of another dollar's country, or nearly", case.flags
        )
    if len(named) == 1 and named != [local] and _is_contrasted(case, named[0]):
        return case.open(("USD", *named), _BESIDE, case.flags)
    if len(named) == 1:
        return case.by_context(named[0], _NAMED, case.flags)
    if evidence.other_dollars and evidence.default_currency not in case.fitting:
        # Rare, but the dollars of Zimbabwe would be taken for US dollars.
        return case.open(("USD", *evidence.other_dollars), "the article names another dollar", case.flags)
    return None


def _is_contrasted(case: _Case, code: str) -> bool:
    """Whether the one currency an article names may stand beside bare US dollars, or their cents."""
    if code not in VOCABULARY.symbols["$"].candidates:
        return "USD" in case.evidence.usual  # euros, whose cents are called so too
    if case.unit.basis == "symbol" and code in PUBLISHER_ONLY:
        return True  # rare, but after NT$5bn $3bn would be Taiwan's
    return code != "USD" and case.article.mentions("US")


def _dollar_home(case: _Case) -> str | None:
    """The dollar of the article's origin; in a Hong Kong or Singapore dateline that of a loan it names."""
    home, article = _home(case), case.article
    given = article.publisher or article.given_dateline
    if home and home not in case.named and not given and article.dateline.country in DOLLAR_CITIES:
        foreign = [code for code in case.named if code != "USD"]
        return foreign[0] if len(foreign) == 1 else home
    return home


def _translated_dollar(case: _Case, home: str | None) -> Decision | None:
    """The dollar of a figure that a bracket equates with another dollar."""
    if case.partner is None:
        return None
    unit, bracketed = case.partner
    if bracketed and case.unit.translates(unit):
        return case.by_context("USD", "a bracket that translates another dollar")
    if unit.candidates != ("USD",) and (bracketed or not unit.is_bare_dollar):
        return None
    # What US dollars translate is no US dollar; of two bare signs the first is not.
    if home and home != "USD":
        return case.by_context(home, _AT_HOME)
    why = "the figure it is equated with leaves no USD, and nothing tells which other"
    return case.open(case.others, why, ("currency_conflict",))


def _default(case: _Case) -> Decision:
    """The caller's default, the conventional meaning, or none."""
    evidence, unit = case.evidence, case.unit
    code, why = unit.default, "nothing in the article tells; the usual meaning"
    if evidence.default_currency in unit.candidates:
        code, why = evidence.default_currency, "the default that was set"
    if code is None:
        return case.open(case.fitting, "nothing in the article tells which", case.flags)
    if code not in case.fitting:
        code = case.of(home_of(code)) or code  # the lira before 2005 is another than today's
    return Decision(code, "default", case.fitting, case.flags, why)


def _home(case: _Case) -> str | None:
    """The publisher's or the dateline's own currency among the candidates."""
    article, dollar = case.article, case.unit.family == "dollar"
    if code := case.of(article.publisher):
        return code
    if article.given_dateline:
        code = case.of(article.given_dateline)
        return None if dollar and code in PUBLISHER_ONLY else code
    place, us_style = article.dateline
    code = case.of(place)
    if code and dollar and (us_style or place not in DOLLAR_HOMES):
        local = not us_style and place in DOLLAR_CITIES
        return code if local and (code in case.evidence.named or not article.mentions("US")) else None
    return code
