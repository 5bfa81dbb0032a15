"""Possible meanings of a currency expression: ``spellings.tsv`` with the names of ``currencies.tsv``.

>>> VOCABULARY.symbols["$"].candidates[:3], VOCABULARY.symbols["$"].default
(('USD', 'AUD', 'CAD'), 'USD')
>>> VOCABULARY.names["dlrs"].basis, VOCABULARY.minor["cts"].per_major, WHOLE_NAMES["swiss francs"].candidates
('name', Decimal('100'), ('CHF',))
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from newsledger.lexicons.load import rows, split
from newsledger.stages.money import phrases
from newsledger.stages.money.currencies import CURRENCIES, of_territory, rank

Basis = Literal["code", "symbol", "name", "context"]

_LONG_GONE = dt.date(2020, 1, 1)
_SINCE = dt.date(1980, 1, 1)
"""Codes of what ended before are not looked for: ISO 4217 itself dates from 1978."""


class Unit(NamedTuple):
    """A currency expression: what it may mean, and how sure that is.

    ``candidates`` are ISO codes, most traded first; ``default`` is the one meant without other evidence.
    ``per_major`` is 100 for cents. ``guard`` names the check that a mention must pass (see ``guards``).
    ``family`` groups expressions: ``$``, "dollars" and "cents" share "dollar".
    """

    candidates: tuple[str, ...]
    default: str | None
    basis: Basis
    per_major: Decimal = Decimal(1)
    guard: str = ""
    family: str = ""
    garbled: bool = False

    @property
    def is_bare_dollar(self) -> bool:
        """Whether it is ``$``, "dollars" or "cents" of no country in particular."""
        return self.family == "dollar" and len(self.candidates) > 1

    @property
    def is_named_dollar(self) -> bool:
        """Whether it is one country's dollar, named outright."""
        return len(self.candidates) == 1 and self.candidates[0] in VOCABULARY.symbols["$"].candidates

    def translates(self, partner: Unit) -> bool:
        """Whether it is a bare dollar that can only translate its partner into US dollars."""
        return self.is_bare_dollar and partner.is_named_dollar and partner.candidates != ("USD",)


_BY_HEAD: dict[str, list[str]] = {}
"""Last word of a currency's name -> codes."""
for _code, _currency in CURRENCIES.items():
    _BY_HEAD.setdefault(_currency.name.split()[-1], []).append(_code)


@cache
def _codes(cell: str) -> tuple[str, ...]:
    """The codes of a cell; ``*dollar`` stands for all currencies named dollar, ordered most traded first."""
    found: list[str] = []
    for item in cell.split():
        found += _BY_HEAD[item[1:]] if item.startswith("*") else [item]
    unique = list(dict.fromkeys(found))
    return tuple(sorted(unique, key=rank)) if "*" in cell else tuple(unique)


ROWS = rows(Path(__file__).with_name("spellings.tsv"))
"""The comment of the file says what the columns mean."""


def _unit(row: dict[str, str]) -> Unit:
    codes = _codes(row["currencies"])
    return Unit(
        codes,
        row["default"] or (codes[0] if len(codes) == 1 else None),
        "symbol" if row["kind"] in ("sign", "prefix", "letters") else "name",
        Decimal(row["per_major"] or 1),
        row["guard"],
        "sign" + row["spellings"].split("|")[0][-1]
        if row["kind"] == "prefix"
        else row["currencies"].partition(" ")[0].lstrip("*"),
    )


def _of_kind(kind: str) -> dict[str, Unit]:
    """Every spelling of a kind, exact or lower case, with its unit."""
    return {written: _unit(row) for row in ROWS if row["kind"] == kind for written in split(row["spellings"])}


LETTERS_AFTER = frozenset(written for row in ROWS if row["after"] for written in split(row["spellings"]))
"""Letters that may also stand after the number."""

_CODE_GUARDS = {code: unit.guard for code, unit in _of_kind("code").items()}


def code_unit(code: str) -> Unit:
    """The unit of an ISO code; those out of use are guarded like letters.

    >>> code_unit("ALL").guard
    'letters'
    """
    guard = _CODE_GUARDS.get(code, "") if CURRENCIES[code].current(_LONG_GONE) else "letters"
    return Unit((code,), code, "code", guard=guard, family=code)


def _whole_names() -> dict[str, Unit]:
    by_name: dict[str, list[str]] = {}
    for code, currency in CURRENCIES.items():
        for name in {currency.name, currency.plural}:
            words = name.replace("-", " ").replace("&", "and").replace(".", "")
            if " " in words:
                by_name.setdefault(words, []).append(code)
    found: dict[str, Unit] = {}
    for name, codes in by_name.items():
        ordered = tuple(sorted(codes, key=rank))
        family = CURRENCIES[ordered[0]].name.split()[-1]
        found[name] = Unit(ordered, ordered[0] if len(ordered) == 1 else None, "name", family=family)
    return found | _of_kind("phrase")


WHOLE_NAMES = _whole_names()
"""Names of several words, lower case."""


class Vocabulary(NamedTuple):
    """Every spelling of a currency expression: by kind, exact or lower case."""

    names: dict[str, Unit]
    minor: dict[str, Unit]
    glued: dict[str, Unit]
    symbols: dict[str, Unit]
    prefixed: dict[str, Unit]
    letters: dict[str, Unit]
    codes: dict[str, Unit]


VOCABULARY = Vocabulary(
    names=_of_kind("name"),
    minor=_of_kind("minor"),
    glued=_of_kind("glued"),
    symbols=_of_kind("sign"),
    prefixed=_of_kind("prefix"),
    letters=_of_kind("letters"),
    codes={
        code: code_unit(code)
        for code, currency in CURRENCIES.items()
        if any(use.end is None or use.end > _SINCE for use in currency.uses)
    },
)

COUNTRY_NAMES = {name.lower(): code for code, name in phrases.TERRITORIES.items()}

_IN_NAMES = {
    currency.name.rpartition(" ")[0]: currency.home
    for currency in reversed(CURRENCIES.values())
    if currency.home and " " in currency.name
}
ADJECTIVES = COUNTRY_NAMES | _IN_NAMES | phrases.ADJECTIVES
"""Adjective or country name before a currency's name, lower case -> alpha-2 territory."""

BEFORE_SIGN = {word: code for word, code in phrases.ADJECTIVES.items() if word not in COUNTRY_NAMES}
"""Adjectives that decide a sign after them ("Canadian $40 million"); not names ("gave Taiwan $40
million")."""


def narrowed(unit_: Unit, territory: str, on: dt.date | None = None) -> Unit | None:
    """A unit's meaning in a territory ("Swedish" + "crowns"), or None if it has none.

    >>> narrowed(VOCABULARY.names["crowns"], "SE").candidates
    ('SEK',)
    """
    code = of_territory(territory, unit_.candidates, on)
    return unit_._replace(candidates=(code,), default=code, guard="") if code else None
