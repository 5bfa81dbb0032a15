"""Parquet, the default: with fixed options, so that the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.schema import arrow_schema, kept_fields
from newsledger.normalizer.writers import Rows

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 32_768
GROUP_CHARS = 8_000_000
"""A row group of articles ends here: it has to fit in memory."""


def write_file(
    path: Path, name: str, kept: tuple[str, ...], pieces: Iterable[pa.RecordBatch | pa.Table]
) -> None:
    """Write a table in row groups whose bounds depend on the rows alone, not on the pieces given."""
    import pyarrow.parquet as pq

    schema = arrow_schema(name, kept)
    options = {"compression": "zstd", "compression_level": 3, "data_page_version": "1.0"}
    with pq.ParquetWriter(path, schema, version="2.6", **options) as writer:
        for group in row_groups(pieces, sized=name == "articles"):
            if group.schema.types == schema.types:
                # A cast loads pyarrow.compute, a tenth of a second that a run of one article does not have.
                group = group.from_arrays(group.columns, schema=schema)
            else:
                group = group.cast(schema)
            writer.write_table(group, row_group_size=GROUP_ROWS)


def row_groups(
    pieces: Iterable[pa.RecordBatch | pa.Table],
    *,
    sized: bool,
    rows: int = GROUP_ROWS,
    chars: int = GROUP_CHARS,
) -> Iterator[pa.Table]:
    """The pieces cut anew at so many rows, or where they are ``sized``, characters of articles."""
    import pyarrow as pa

    waiting: list[pa.Table] = []
    n_rows = n_chars = 0
    for piece in pieces:
        table = pa.Table.from_batches([piece]) if isinstance(piece, pa.RecordBatch) else piece
        start = 0
        sizes: Iterable[int] = table.column("n_chars").to_pylist() if sized else repeat(0, len(table))
        for end, size in enumerate(sizes, start=1):
            n_rows, n_chars = n_rows + 1, n_chars + size
            if n_rows == rows or n_chars >= chars:
                yield pa.concat_tables([*waiting, table.slice(start, end - start)]).combine_chunks()
                waiting, n_rows, n_chars, start = [], 0, 0, end
        waiting.append(table.slice(start))
    if n_rows:
        yield pa.concat_tables(waiting).combine_chunks()


def write_parquet(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.parquet`` for each table."""
    paths = [folder / f"{name}.parquet" for name in tables]
    for path, (name, rows) in zip(paths, tables.items(), strict=True):
        write_file(path, name, kept_fields(name, rows.names), rows.batches())
    return paths


def read_parquet(path: Path, table: str) -> Any:
    """Read a table back as Arrow."""
    import pyarrow.parquet as pq

    found = pq.read_table(path)
    schema = arrow_schema(table, kept_fields(table, found.column_names))
    return found.select(list(schema.names)).cast(schema)
