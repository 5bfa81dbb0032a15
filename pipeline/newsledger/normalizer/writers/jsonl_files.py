"""JSON Lines: one object a row, every column present, ``null`` for missing.

Decimals are JSON numbers with all their digits; read them with ``json.loads(line, parse_float=Decimal)``
where more than fifteen digits matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.schema import Column, arrow_schema, kept_fields, table
from newsledger.normalizer.writers import Rows, described
from newsledger.normalizer.writers.text import as_text

if TYPE_CHECKING:
    import pyarrow as pa


def _writer(column: Column) -> Callable[[Any], str]:
    if column.type in ("decimal", "integer", "boolean"):
        return as_text(column)
    if column.type == "date":
        return lambda value: f'"{value.isoformat()}"'
    return lambda value: json.dumps(value, ensure_ascii=False)


def write(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.jsonl`` for each table."""
    paths = []
    for name, rows in tables.items():
        columns = [(json.dumps(c.name) + ": ", _writer(c)) for c in described(name, rows).columns]
        path = folder / f"{name}.jsonl"
        with path.open("w", encoding="utf-8", newline="") as file:
            for batch in rows.batches():
                cells = [
                    [key + ("null" if value is None else to_text(value)) for value in values.to_pylist()]
                    for (key, to_text), values in zip(columns, batch.columns, strict=True)
                ]
                file.writelines("{" + ", ".join(row) + "}\n" for row in zip(*cells, strict=True))
        paths.append(path)
    return paths


def read(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow."""
    import datetime as dt
    from decimal import Decimal, InvalidOperation

    from newsledger.normalizer.rows import to_arrow

    def decimal(value: Any) -> Decimal:
        try:
            return Decimal(value)
        except (InvalidOperation, TypeError):
            raise ValueError(f"{value!r} is no decimal") from None

    readers: dict[str, Callable[[Any], Any]] = {"decimal": decimal, "date": dt.date.fromisoformat}
    with path.open(encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line, parse_float=Decimal) for line in file]
    kept = kept_fields(name, rows[0] if rows else ())
    typed = [(c.name, readers.get(c.type)) for c in table(name, kept).columns]
    cells = [
        tuple(row[key] if row[key] is None or read is None else read(row[key]) for key, read in typed)
        for row in rows
    ]
    return to_arrow(name, cells, arrow_schema(name, kept))
