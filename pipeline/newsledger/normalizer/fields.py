"""Which fields of which rows a person may correct, and what values they take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from newsledger.corpus.corrections import Correction
from newsledger.lexicons.territories import territories
from newsledger.normalizer.schema import TABLES, Column
from newsledger.normalizer.writers.text import value_text
from newsledger.stages.money.currencies import CURRENCIES
from newsledger.values.cells import fit
from newsledger.values.nearest import no_such


def _columns(*marks: str) -> dict[str, tuple[str, ...]]:
    """By table the columns with one of these marks of the schema, if there are any."""
    marked = {
        name: tuple(c.name for c in table.columns if c.corrected in marks) for name, table in TABLES.items()
    }
    return {name: columns for name, columns in marked.items() if columns}


CORRECTABLE = _columns("set", "sum")
"""The columns of each table that a correction may set."""
SUMMED_UP = _columns("sum")
"""What of a row is meant where a person drops or confirms it as a whole."""


def cell_text(value: Any) -> str | None:
    """A cell as it stands in CSV; None is null.

    >>> cell_text(Decimal("5.500000")), cell_text(True), cell_text(None)
    ('5.5', 'true', None)
    """
    return None if value is None else value_text(value)


def row_text(table: str, row: dict[str, Any]) -> str:
    """The values of a row that count, in one line."""
    return "|".join(value_text(row[name]) for name in SUMMED_UP[table])


def parse_cell(table: str, field: str, text: str | None) -> Any:
    """The value of a cell from its text; raises ``ValueError`` for a field or a value that cannot be.

    >>> parse_cell("figures", "value_low", "5e6")
    Decimal('5000000.000000')
    """
    if field not in CORRECTABLE.get(table, ()):
        others = CORRECTABLE.get(table, ())
        raise ValueError(f"{table}: {no_such(field, others, 'no field to correct')}")
    column = TABLES[table][field]
    if text is None or text == "":
        if column.required:
            raise ValueError(f"{field}: there must be a value")
        return None
    value = _value(column, text)
    if column.enum and text not in column.enum:
        raise ValueError(f"{field}: {text!r} is none of {', '.join(column.enum)}")
    _check_code(field, text)
    return value


def check_correction(one: Correction) -> None:
    """Raise ``ValueError`` for a correction that no table can take."""
    if one.table not in CORRECTABLE:
        raise ValueError(no_such(one.table, CORRECTABLE, "no table to correct"))
    if one.action == "set":
        parse_cell(one.table, one.field or "", one.new)


def _value(column: Column, text: str) -> Any:
    try:
        if column.type == "decimal":
            value, flag = fit(Decimal(text))
            if flag:
                raise ValueError(f"{column.name}: {text!r} has more than six decimals, or is too large")
            return value
        if column.type == "date":
            return dt.date.fromisoformat(text)
        if column.type == "boolean":
            return {"true": True, "false": False}[text.lower()]
    except (InvalidOperation, KeyError):
        raise ValueError(f"{column.name}: {text!r} is no {column.type}") from None
    return text


def _check_code(field: str, text: str) -> None:
    if field == "currency" and text not in CURRENCIES:
        raise ValueError(f"currency: not an ISO 4217 code: {text!r}")
    known = territories().values()
    if field in ("iso_alpha2", "role_country") and text not in {t.alpha2 for t in known}:
        raise ValueError(f"{field}: not an ISO 3166-1 alpha-2 code: {text!r}")
    three = field == "iso_alpha3" or (field.endswith("_country") and field != "role_country")
    if three and text not in {t.alpha3 for t in known}:
        raise ValueError(f"{field}: not an ISO 3166-1 alpha-3 code: {text!r}")


def check_ends(values: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` where an amount or a period would end below its beginning."""
    for low, high in (("value_low", "value_high"), ("start_date", "end_date")):
        least, most = values.get(low), values.get(high)
        if least is not None and most is not None and least > most:
            raise ValueError(f"{low} would be above {high}")
