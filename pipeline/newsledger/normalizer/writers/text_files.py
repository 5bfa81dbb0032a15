r"""CSV and JSON Lines: UTF-8, one row per line.

CSV: always with a header, decimals as written, missing values empty. Text that a spreadsheet
would run as a formula gets an apostrophe before it (see `text.neutralise`).

JSON Lines: one object a row, every column present, ``null`` for missing. Decimals are JSON numbers with all
their digits; read them with ``json.loads(line, parse_float=Decimal)`` where more than fifteen digits matter.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer.schema import Column, kept_fields, table
from newsledger.normalizer.writers import Rows, described
from newsledger.normalizer.writers.text import neutralise, restore, stored_table, value_text

if TYPE_CHECKING:
    import pyarrow as pa

_QUOTED = lazy_regex(r'[",\r\n]|\A\s|\s\Z')


def _write(
    folder: Path, tables: Mapping[str, Rows], kind: str, writer_of: Callable[[Column], Callable[[Any], str]]
) -> list[Path]:
    """Write ``<table>.<kind>`` for each table, its cells as ``writer_of`` their column writes them."""
    paths = [folder / f"{name}.{kind}" for name in tables]
    for path, (name, rows) in zip(paths, tables.items(), strict=True):
        form = described(name, rows)
        writers = [writer_of(column) for column in form.columns]
        with path.open("w", encoding="utf-8", newline="") as file:
            if kind == "csv":
                file.write(",".join(map(_quote, form.names)) + "\n")
            for batch in rows.batches():
                file.writelines(_lines(kind, writers, batch))
    return paths


def _lines(kind: str, writers: Iterable[Callable[[Any], str]], batch: pa.RecordBatch) -> Iterator[str]:
    first, between, last = ("", ",", "\n") if kind == "csv" else ("{", ", ", "}\n")
    cells = [map(w, column.to_pylist()) for w, column in zip(writers, batch.columns, strict=True)]
    return (first + between.join(row) + last for row in zip(*cells, strict=True))


def _quote(text: str) -> str:
    # The csv module leaves a lone carriage return bare, and readers take it for the end of the row.
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _csv_cell(column: Column) -> Callable[[Any], str]:
    if column.free:
        return lambda value: "" if value is None else _quote(neutralise(value))
    return lambda value: _quote(value_text(value))


def write_csv(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.csv`` for each table."""
    return _write(folder, tables, "csv", _csv_cell)


def read_csv(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow, formulas restored; a byte order mark and blank lines are passed over."""
    limit = csv.field_size_limit(1 << 30)  # a text stands in one cell
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read_lines(csv.reader(file, strict=True), name)
    finally:
        csv.field_size_limit(limit)


def _read_lines(lines: Any, name: str) -> pa.Table:
    header: list[str] = next(lines, [])
    kept = kept_fields(name, header)
    columns = table(name, kept).columns
    if absent := [column.name for column in columns if column.name not in header]:
        raise ValueError(f"it has no column {', '.join(absent)}")
    places = [(header.index(column.name), column) for column in columns]

    def rows() -> Iterator[list[str | None]]:
        for line in filter(None, lines):
            if len(line) != len(header):
                at = lines.line_num
                raise ValueError(f"line {at} has {len(line)} columns where the header has {len(header)}")
            yield [_read_cell(line[place], column) for place, column in places]

    return stored_table(name, kept, rows())


def _read_cell(text: str, column: Column) -> str | None:
    if not text and not (column.required and column.type == "string"):
        return None
    return restore(text) if column.free else text


def _json_cell(column: Column) -> Callable[[Any], str]:
    """The name and the value of a cell."""
    plain = column.type in ("decimal", "integer", "boolean")
    to_text = value_text if plain else partial(json.dumps, ensure_ascii=False, default=str)
    key = json.dumps(column.name) + ": "
    return lambda value: key + ("null" if value is None else to_text(value))


def write_jsonl(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.jsonl`` for each table."""
    return _write(folder, tables, "jsonl", _json_cell)


def read_jsonl(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow."""
    with path.open(encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line, parse_float=Decimal) for line in file]
    kept = kept_fields(name, rows[0] if rows else ())
    return stored_table(name, kept, (map(row.__getitem__, table(name, kept).names) for row in rows))
