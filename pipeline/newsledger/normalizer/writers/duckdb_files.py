"""DuckDB: one database with DECIMAL(38, 6), DATE, and real keys; sums are exact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.normalizer.schema import TABLES, arrow_schema, kept_fields
from newsledger.normalizer.writers import Rows, WriteError, described, disk_errors
from newsledger.normalizer.writers.sqlite_files import ddl, quoted
from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "decimal": f"DECIMAL({DECIMAL_PRECISION}, {DECIMAL_SCALE})",
    "date": "DATE",
    "boolean": "BOOLEAN",
}


def write(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``newsledger.duckdb``; raises `WriteError` where DuckDB would take the path for another."""
    import duckdb
    import pyarrow as pa

    path = folder / "newsledger.duckdb"
    if "?" in str(path):
        raise WriteError(f"DuckDB writes to no path with a question mark: {folder}")
    failures = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
    with disk_errors(*failures), duckdb.connect(str(path), config={"threads": 1}) as connection:
        for name in TABLES:
            connection.execute(ddl(described(name, tables[name]), _TYPES))
            for batch in tables[name].batches():
                connection.register("incoming", pa.Table.from_batches([batch]))
                connection.execute(f"INSERT INTO {quoted(name)} SELECT * FROM incoming")
                connection.unregister("incoming")
        connection.execute("CHECKPOINT")  # to close a database says nothing of rows that it could not write
    return [path]


def read(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow."""
    import duckdb

    order = ", ".join(f"{quoted(column)} NULLS FIRST" for column in TABLES[name].order)
    connection = duckdb.connect(str(path), read_only=True)
    try:
        schema = arrow_schema(name, kept_fields(name, connection.table(name).columns))
        columns = ", ".join(map(quoted, schema.names))
        found = connection.sql(f"SELECT {columns} FROM {quoted(name)} ORDER BY {order}").to_arrow_table()
    finally:
        connection.close()
    return found.cast(schema)
