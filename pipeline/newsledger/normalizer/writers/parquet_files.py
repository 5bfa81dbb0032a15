"""Parquet: the default. Fixed options, so that the same rows give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


class ParquetFile:
    """A Parquet file written in row groups whose bounds depend on the rows alone, not on the batches.

    Use as a context manager; ``add`` takes batches or tables of any size.
    """

    def __init__(self, path: Path, table: str, kept: tuple[str, ...] = ()) -> None:
        import pyarrow.parquet as pq

        self.schema = arrow_schema(table, kept)
        self._sized = table == "articles"
        self._waiting: list[pa.Table] = []
        self._rows = self._chars = 0
        self._writer = pq.ParquetWriter(
            path, self.schema, version="2.6", compression="zstd", compression_level=3, data_page_version="1.0"
        )

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(self, *exception: object) -> None:
        try:
            if exception[0] is None:
                self._flush()
        finally:
            self._writer.close()

    def add(self, rows: pa.RecordBatch | pa.Table) -> None:
        """Add rows; columns must be those of the table."""
        import pyarrow as pa

        table = pa.Table.from_batches([rows]) if isinstance(rows, pa.RecordBatch) else rows
        start = 0
        sizes: Iterable[int] = table.column("n_chars").to_pylist() if self._sized else repeat(0, len(table))
        for end, size in enumerate(sizes, start=1):
            self._rows, self._chars = self._rows + 1, self._chars + size
            if self._rows == GROUP_ROWS or self._chars >= GROUP_CHARS:
                self._waiting.append(table.slice(start, end - start))
                self._flush()
                start = end
        self._waiting.append(table.slice(start))

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._rows:
            return
        group = pa.concat_tables(self._waiting).combine_chunks()
        if group.schema.types == self.schema.types:
            # A cast loads pyarrow.compute, a tenth of a second that a run of one article does not have.
            group = pa.Table.from_arrays(group.columns, schema=self.schema)
        else:
            group = group.cast(self.schema)
        self._writer.write_table(group, row_group_size=GROUP_ROWS)
        self._waiting, self._rows, self._chars = [], 0, 0


def write_parquet(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``<table>.parquet`` for each table."""
    paths = []
    for name, rows in tables.items():
        path = folder / f"{name}.parquet"
        with ParquetFile(path, name, kept_fields(name, rows.names)) as file:
            for batch in rows.batches():
                file.add(batch)
        paths.append(path)
    return paths


def read_parquet(path: Path, table: str) -> Any:
    """Read a table back as Arrow."""
    import pyarrow.parquet as pq

    found = pq.read_table(path)
    schema = arrow_schema(table, kept_fields(table, found.column_names))
    return found.select(list(schema.names)).cast(schema)
