"""Excel: one workbook, one sheet per table, and a first sheet that says what was fitted to Excel's limits.

Excel holds fifteen digits of a number, 32,767 characters in a cell and 1,048,576 rows in a sheet. A value
with more digits is written as text; a longer text is cut, and says so at its end and on the first sheet;
a longer table is refused. Dates before 1 March 1900, which Excel counts wrongly or not at all, are text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from newsledger.normalizer.schema import TABLES, Column
from newsledger.normalizer.writers import Rows, WriteError
from newsledger.normalizer.writers.text import decimal_text, neutralise

MAX_ROWS = 1_048_576
MAX_CHARS = 32_767
_CUT = " … [cut: an Excel cell holds 32,767 characters]"
_FIRST_DAY = dt.date(1900, 3, 1)
_DIGITS = 15


def write(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``newsledger.xlsx``; raises `WriteError` where a table has too many rows for a sheet."""
    import xlsxwriter

    for name, rows in tables.items():
        if rows.num_rows >= MAX_ROWS:
            raise WriteError(
                f"{name} has {rows.num_rows:,} rows and an Excel sheet holds {MAX_ROWS - 1:,} and a header; "
                "use parquet, csv or sqlite"
            )
    path = folder / "newsledger.xlsx"
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "tmpdir": str(folder),
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Newsledger tables", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        about = book.add_worksheet("about")
        cut: dict[str, int] = {}
        for name, table in TABLES.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for i, column in enumerate(table.columns):
                sheet.write_string(0, i, column.name, bold)
            number = 0
            for batch in tables[name].batches():
                for row in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    number += 1
                    for i, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                        if value is not None and _write(sheet, number, i, column, value, day):
                            cut[name] = cut.get(name, 0) + 1
        about.write_string(0, 0, "table", bold)
        about.write_string(0, 1, "rows", bold)
        about.write_string(0, 2, "what it holds", bold)
        about.write_string(0, 3, "texts cut to 32,767 characters", bold)
        for number, (name, table) in enumerate(TABLES.items(), start=1):
            about.write_string(number, 0, name)
            about.write_number(number, 1, tables[name].num_rows)
            about.write_string(number, 2, table.description)
            about.write_number(number, 3, cut.get(name, 0))
    return [path]


def _write(sheet: Any, row: int, at: int, column: Column, value: Any, day: Any) -> bool:
    """Write one cell; True where its text had to be cut."""
    if column.type == "decimal":
        if _digits(value) <= _DIGITS:
            sheet.write_number(row, at, float(value))
        else:
            sheet.write_string(row, at, decimal_text(value))
    elif column.type == "date":
        if value >= _FIRST_DAY:
            sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), day)
        else:
            sheet.write_string(row, at, value.isoformat())
    elif column.type == "boolean":
        sheet.write_boolean(row, at, value)
    elif column.type == "integer":
        sheet.write_number(row, at, value)
    else:
        text = neutralise(value) if column.free else value
        # Excel counts UTF-16 units.
        too_long: bool = len(text) + sum(c > "\uffff" for c in text) > MAX_CHARS
        if too_long:
            text = (
                text.encode("utf-16-le")[: 2 * (MAX_CHARS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
            )
        sheet.write_string(row, at, text)
        return too_long
    return False


def _digits(value: Decimal) -> int:
    return len(decimal_text(value).lstrip("-").replace(".", "").strip("0"))
