"""Conversion: whose rate, of which day, and no value where there is none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import newsledger
from newsledger.corpus.conversion import Rates, RatesError, convert, ecb_rates, file_rates, load_rates

FRIDAY, SUNDAY = dt.date(2024, 4, 5), dt.date(2024, 4, 7)
TEXT = "Peru gave €10m ($10.8m) for schools, Uruguay 5m pesos, and Chad some millions of euros."
LISTED = {("CAD", FRIDAY): Decimal("0.75"), ("JPY", SUNDAY): Decimal("0.0066")}


def made(target: str = "USD") -> Rates:
    return Rates(target, lambda code, day: LISTED.get((code, day)), per_euro=False)


def one(currency: str | None, published: dt.date | None, **more: object) -> tuple[object, ...]:
    found = convert(Decimal(200), None, currency, rates=made(), published=published, **more)  # type: ignore[arg-type]
    return found.low, found.basis, found.rate_date


@pytest.mark.parametrize(
    ("currency", "published", "expected"),
    [
        ("CAD", SUNDAY, (Decimal(150), "file", FRIDAY)),  # the last day before
        ("CAD", FRIDAY + dt.timedelta(7), (Decimal(150), "file", FRIDAY)),
        ("CAD", FRIDAY + dt.timedelta(8), (None, "none:rate", None)),
        ("CAD", FRIDAY - dt.timedelta(1), (None, "none:rate", None)),  # never a later one
        ("USD", SUNDAY, (Decimal(200), "same", SUNDAY)),
        ("UYU", SUNDAY, (None, "none:rate", None)),
        (None, SUNDAY, (None, "none:currency", None)),
        ("CAD", None, (None, "none:date", None)),
    ],
)
def test_the_rate_is_of_the_day_or_the_last_before(
    currency: str | None, published: dt.date | None, expected: tuple[object, ...]
) -> None:
    assert one(currency, published) == expected


def test_a_period_that_is_over_takes_its_last_day() -> None:
    assert one("CAD", dt.date(2025, 1, 1), period_end=FRIDAY)[1:] == ("file", FRIDAY)
    assert one("CAD", SUNDAY, period_end=dt.date(2030, 12, 31))[1:] == ("file", FRIDAY)
    assert one("CAD", None, period_end=FRIDAY)[1] == "file"


def test_both_ends_are_converted_and_nothing_where_there_is_no_value() -> None:
    both = convert(Decimal(1), Decimal(4), "CAD", rates=made(), published=FRIDAY)
    assert (both.low, both.high) == (Decimal("0.75"), Decimal(3))
    assert convert(None, None, "CAD", rates=made(), published=FRIDAY).basis == "none:value"
    large = convert(Decimal(10) ** 31, Decimal(1), "CAD", rates=made(), published=FRIDAY)
    assert large.low == Decimal("7.5e30")


def test_the_bank_has_rates_of_both_sides_on_one_day() -> None:
    rates = ecb_rates("USD")
    pounds = rates.rate("GBP", SUNDAY)
    assert pounds is not None
    assert (pounds.day, pounds.basis) == (FRIDAY, "daily")
    assert Decimal("1.2") < pounds.value < Decimal("1.3")
    assert rates.rate("DEM", dt.date(1995, 1, 3)) is None
    marks = rates.rate("DEM", dt.date(2001, 5, 4))
    assert marks is not None
    assert marks.basis == "daily"  # over the fixed rate and the dollar's of the day
    assert rates.rate("USD", dt.date(1950, 1, 1)) is not None


def test_a_file_gives_rates_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("date,currency,rate\n2024-04-05,uyu,0.026\n2024-04-05,EUR,1.1\n")
    tables = newsledger.extract(TEXT, published="2024-04-07", convert_to="usd", rates=path)
    columns = ["currency", "converted_low", "converted_currency", "rate_basis"]
    assert [tuple(row.values()) for row in tables.arrow("ledger").select(columns).to_pylist()] == [
        ("EUR", Decimal(11_000_000), "USD", "file"),
        ("USD", Decimal(10_800_000), "USD", "same"),
        ("UYU", Decimal(130_000), "USD", "file"),
        ("EUR", None, None, "none:value"),
    ]
    again = newsledger.extract(TEXT, published="2024-04-07").convert("USD", rates=path)
    assert again.arrow("ledger").equals(tables.arrow("ledger"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("day,currency,rate\n", "no column date"),
        ("date,currency,rate\n2024-04-05,UYU,cheap\n", "line 2"),
        ("date,currency,rate\n2024-04-05,UYU,0\n", "line 2"),
        ("date,currency,rate\n5 April,UYU,1\n", "line 2"),
        ("date,currency,rate\n2024-04-05,UYU\n", "line 2"),
    ],
)
def test_a_bad_file_of_rates_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(content)
    with pytest.raises(RatesError, match=said):
        file_rates("USD", path)


def test_what_cannot_be_converted_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RatesError, match="not an ISO 4217 code"):
        load_rates("XXY")
    with pytest.raises(RatesError, match="no daily rates of 'UYU'; there are AUD"):
        load_rates("UYU")
    with pytest.raises(RatesError, match="cannot read"):
        load_rates("USD", tmp_path / "none.csv")
    with pytest.raises(ValueError, match="convert_to"):
        newsledger.Settings(rates="rates.csv")  # type: ignore[arg-type]
    ecb_rates.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "currency_converter", None)
    with pytest.raises(RatesError, match="extra fx"):
        load_rates("USD")
