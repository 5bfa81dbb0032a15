"""Excel: a workbook with one sheet per table, and a last sheet on what Excel's limits changed.

It opens on the figures, with the title and the day of their article. On every sheet the columns that are
read come first and ids last, the header is frozen, filters are on, and a note on each header says what stands
below.

Excel holds fifteen digits of a number, 32,767 characters in a cell and 1,048,576 rows in a sheet. A value
with more digits is written as text; a longer text is cut, and says so at its end and on the last sheet;
a longer table is refused. Dates before 1 March 1900, which Excel counts wrongly or not at all, are text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsledger.normalizer.rows import cells
from newsledger.normalizer.schema import TABLES, Column, Table
from newsledger.normalizer.writers import Rows, WriteError, described, disk_errors
from newsledger.normalizer.writers.text import decimal_text, neutralise

MAX_ROWS = 1_048_576
MAX_CHARS = 32_767
_CUT = " … [cut: an Excel cell holds 32,767 characters]"
_FIRST_DAY = dt.date(1900, 3, 1)
_DIGITS = 15

_OF_ARTICLE = tuple(TABLES["articles"][name] for name in ("published_date", "title"))
"""What the sheet of figures says of the article of each."""
_NO_ARTICLE = (None,) * len(_OF_ARTICLE)
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bottom": 1},
    "plain": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "day": {"valign": "top", "num_format": "yyyy-mm-dd"},
    "whole": {"valign": "top", "num_format": "#,##0"},
    "decimals": {"valign": "top", "num_format": "#,##0.00####"},
}
"""The formats of cells."""


def write_xlsx(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``newsledger.xlsx``; raises `WriteError` if a table has too many rows for a sheet."""
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError

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
    articles = _article_columns(tables["articles"])
    with disk_errors(XlsxFileError), xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Newsledger tables", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        formats = {name: book.add_format(how) for name, how in _FORMATS.items()}
        cut = {
            name: _write_table(
                book.add_worksheet(name), described(name, tables[name]), tables[name], formats, articles
            )
            for name in sorted(TABLES, key=lambda name: name != "figures")
        }
        _write_about(book.add_worksheet("about"), tables, cut, formats)
    return [path]


def _article_columns(articles: Rows) -> dict[str, tuple[Any, ...]]:
    """The columns of `_OF_ARTICLE` of each article, by its id."""
    names = ("article_id", *(column.name for column in _OF_ARTICLE))
    found: dict[str, tuple[Any, ...]] = {}
    for batch in articles.batches():
        found.update((article_id, tuple(values)) for article_id, *values in cells(batch, *names))
    return found


def _in_reading_order(table: Table) -> list[int]:
    """The numbers of the columns of a table: what is read first, then the rest, offsets and ids."""

    def rank(at: int) -> tuple[int, int]:
        column = table.columns[at]
        late = 3 if column.name.endswith("_id") else 2 if column.name.endswith("_char") else 1
        return (0 if column.first else late), column.first

    return sorted(range(len(table.columns)), key=rank)


def _write_table(
    sheet: Any, table: Table, rows: Rows, formats: Mapping[str, Any], articles: Mapping[str, tuple[Any, ...]]
) -> int:
    """Write a sheet; returns how many texts had to be cut."""
    order = _in_reading_order(table)
    extra = _OF_ARTICLE if table.name == "figures" else ()
    columns = [*extra, *(table.columns[at] for at in order)]
    article_at = table.names.index("article_id") if extra else -1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows.num_rows, 1), len(columns) - 1)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name, formats["header"])
        sheet.write_comment(0, at, column.description)
    number = cut = 0
    for batch in rows.batches():
        for row in cells(batch):
            number += 1
            given = articles.get(row[article_at], _NO_ARTICLE) if extra else ()
            values = [*given, *(row[at] for at in order)]
            for at, (column, value) in enumerate(zip(columns, values, strict=True)):
                if value is not None:
                    cut += _write(sheet, number, at, column, value, formats)
    return cut


def _write_about(
    sheet: Any, tables: Mapping[str, Rows], cut: Mapping[str, int], formats: Mapping[str, Any]
) -> None:
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 3, 60)
    for at, name in enumerate(("table", "rows", "what it holds", "texts cut to 32,767 characters")):
        sheet.write_string(0, at, name, formats["header"])
    for number, (name, table) in enumerate(TABLES.items(), start=1):
        sheet.write_string(number, 0, name)
        sheet.write_number(number, 1, tables[name].num_rows)
        sheet.write_string(number, 2, table.description)
        sheet.write_number(number, 3, cut[name])


def _write(sheet: Any, row: int, at: int, column: Column, value: Any, formats: Mapping[str, Any]) -> bool:
    """Write one cell; True where its text had to be cut."""
    if column.type == "decimal":
        text = decimal_text(value)
        if len(text.lstrip("-").replace(".", "").strip("0")) <= _DIGITS:
            whole = value == value.to_integral_value()
            sheet.write_number(row, at, float(value), formats["whole"] if whole else formats["decimals"])
        else:
            sheet.write_string(row, at, text)
    elif column.type == "date":
        if value >= _FIRST_DAY:
            sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), formats["day"])
        else:
            sheet.write_string(row, at, value.isoformat())
    elif column.type == "boolean":
        sheet.write_boolean(row, at, value)
    elif column.type == "integer":
        sheet.write_number(row, at, value, formats["plain"])
    else:
        text = neutralise(value) if column.free else value
        # Excel counts UTF-16 units.
        too_long: bool = len(text) + sum(c > "\uffff" for c in text) > MAX_CHARS
        if too_long:
            text = (
                text.encode("utf-16-le")[: 2 * (MAX_CHARS - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
            )
        sheet.write_string(
            row, at, text, formats["wrapped"] if column.name == "sentence" else formats["plain"]
        )
        return too_long
    return False
