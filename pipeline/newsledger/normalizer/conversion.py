"""The amounts of the final table ``ledger`` in one currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newsledger.corpus.conversion import Rates, convert
from newsledger.normalizer.columns import with_column
from newsledger.values.cells import fit

if TYPE_CHECKING:
    import pyarrow as pa

_READ = ("value_low", "value_high", "currency", "published_date", "period_end")


def converted(ledger: pa.Table, rates: Rates) -> pa.Table:
    """A piece of ``ledger`` with its conversion columns filled."""
    columns = (ledger.column(name).to_pylist() for name in _READ)
    found = [
        convert(low, high, currency, rates=rates, published=published, period_end=period_end)
        for low, high, currency, published, period_end in zip(*columns, strict=True)
    ]
    values: dict[str, list[Any]] = {
        "converted_low": [one.low for one in found],
        "converted_high": [one.high for one in found],
        "converted_currency": [None if one.rate is None else rates.target for one in found],
        "rate": [fit(one.rate)[0] for one in found],
        "rate_date": [one.rate_date for one in found],
        "rate_basis": [one.basis for one in found],
    }
    for name, cells in values.items():
        ledger = with_column(ledger, name, cells)
    return ledger
