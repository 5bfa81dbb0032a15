"""Currencies and the countries that use or used each, from ``currencies.tsv``.

>>> of_territory("CH", ("CHF", "FRF")), home_of("SEK")
('CHF', 'SE')
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsledger.lexicons.load import rows

GRACE = dt.timedelta(days=2 * 365)
"""How long after its end a currency may still be the one a newspaper means."""

_MOST_TRADED = """
    USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN THB ILS IDR CZK
    AED TRY HUF CLP SAR PHP MYR COP RUB RON PEN ARS EGP PKR QAR KWD KES NGN DEM FRF ITL NLG BEF ESP
"""
_RANK = {code: rank for rank, code in enumerate(_MOST_TRADED.split())}
"""Order of candidates: by turnover (BIS Triennial Survey 2022), then other frequent ones; others by code."""


class Use(NamedTuple):
    """A territory where a currency is or was legal tender, the first day and the last; open ends are None."""

    territory: str
    begin: dt.date | None
    end: dt.date | None

    def valid(self, on: dt.date | None) -> bool:
        """Whether it is money there on a day, or, without a day, whether it has no end."""
        if on is None:
            return self.end is None
        return (self.begin is None or self.begin <= on) and (self.end is None or on <= self.end + GRACE)


class Currency(NamedTuple):
    """A row of ``currencies.tsv``."""

    code: str
    name: str
    plural: str
    uses: tuple[Use, ...]

    def current(self, on: dt.date | None) -> bool:
        """Whether it is money anywhere on a day, or, without a day, whether it has no end."""
        return any(use.valid(on) for use in self.uses)

    @property
    def home(self) -> str | None:
        """The territory that it is named after, if there is one."""
        places = [use.territory for use in self.uses]
        if self.code[:2] in places:
            return self.code[:2]
        return places[0] if len(places) == 1 else None


def _use(cell: str) -> Use:
    territory, *days = cell.split("/")
    begin, end = (dt.date.fromisoformat(day) if day else None for day in days)
    return Use(territory, begin, end)


CURRENCIES = {
    row["code"]: Currency(
        row["code"], row["name"], row["plural"], tuple(map(_use, row["territories"].split()))
    )
    for row in rows(Path(__file__).with_name("currencies.tsv"))
}
CURRENCIES["XBT"] = Currency("XBT", "bitcoin", "bitcoins", (Use("001", dt.date(2009, 1, 3), None),))


def rank(code: str) -> tuple[int, str]:
    """The key that sorts codes, most traded first."""
    return (_RANK.get(code, len(_RANK)), code)


_TENDER: defaultdict[str, list[tuple[str, Use]]] = defaultdict(list)
"""Territory -> the currencies that are or were money there."""
for _currency in CURRENCIES.values():
    for _each in _currency.uses:
        _TENDER[_each.territory].append((_currency.code, _each))


def of_territory(territory: str, among: tuple[str, ...], on: dt.date | None = None) -> str | None:
    """The one currency of a territory among some candidates, or None.

    Without a day the one now in use; failing that, the last one.

    >>> of_territory("FR", ("CHF", "FRF", "BEF"))
    'FRF'
    >>> of_territory("MX", ("MXN", "MXP"), dt.date(1987, 3, 1))
    'MXP'
    """
    here = [(code, use) for code, use in _TENDER.get(territory, ()) if code in among]
    fitting = {code for code, use in here if use.valid(on)}
    if not fitting and here:
        return max(here, key=lambda each: (each[1].end or dt.date.max, each[1].begin or dt.date.min))[0]
    return fitting.pop() if len(fitting) == 1 else None


@cache
def home_of(code: str) -> str | None:
    """The territory that a currency is named after, if there is one."""
    return CURRENCIES[code].home if code in CURRENCIES else None


@cache
def places_of(code: str, on: dt.date | None = None) -> tuple[str, ...]:
    """The territory a currency is named after; for one that several share, all where it is legal tender.

    Without a day now; for one no longer in use, wherever it was.

    >>> places_of("SEK"), "SN" in places_of("XOF"), places_of("DEM")
    (('SE',), True, ('DE',))
    """
    home = home_of(code)
    if home is not None or code not in CURRENCIES:
        return (home,) if home else ()
    uses = CURRENCIES[code].uses
    return tuple(use.territory for use in uses if use.valid(on)) or tuple(use.territory for use in uses)
