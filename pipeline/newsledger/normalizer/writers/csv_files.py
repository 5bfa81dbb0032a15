r"""CSV: UTF-8, ``\n``, a header always, decimals as written, nothing between the commas for missing.

Text that a spreadsheet would run as a formula gets an apostrophe before it (see `text.neutralise`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.schema import Table, arrow_schema, kept_fields, table
from newsledger.normalizer.writers import Rows, described
from newsledger.normalizer.writers.text import as_text, restore

if TYPE_CHECKING:
    import pyarrow as pa

_QUOTED = re.compile(r'[",\r\n]|\A\s|\s\Z')


def _quote(text: str) -> str:
    # The csv module leaves a lone carriage return bare, and readers take it for the end of the row.
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _cells(values: list[Any], to_text: Callable[[Any], str]) -> list[str]:
    return ["" if value is None else _quote(to_text(value)) for value in values]


def write(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.csv`` for each table."""
    paths = []
    for name, rows in tables.items():
        form = described(name, rows)
        writers = [as_text(column) for column in form.columns]
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(map(_quote, form.names)) + "\n")
            for batch in rows.batches():
                columns = [_cells(c.to_pylist(), w) for c, w in zip(batch.columns, writers, strict=True)]
                file.writelines(",".join(row) + "\n" for row in zip(*columns, strict=True))
        paths.append(path)
    return paths


def read(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow, formulas restored."""
    import pyarrow.csv as pacsv

    with path.open(encoding="utf-8", newline="") as file:
        kept = kept_fields(name, next(csv.reader(file), ()))
    schema = arrow_schema(name, kept)
    found: pa.Table = pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(block_size=max(1 << 20, path.stat().st_size + 1), use_threads=False),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            column_types={field.name: field.type for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
            include_columns=schema.names,
        ),
    )
    return _restored(found, table(name, kept)).cast(schema)


def _restored(found: pa.Table, form: Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    for i, column in enumerate(form.columns):
        values = found.column(i)
        if column.required and column.type == "string":
            values = pc.fill_null(values, "")
        if column.free:
            values = pa.chunked_array(
                [pa.array([v if v is None else restore(v) for v in values.to_pylist()], pa.string())]
            )
        found = found.set_column(i, column.name, values)
    return found
