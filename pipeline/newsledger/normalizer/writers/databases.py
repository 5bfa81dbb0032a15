"""SQLite and DuckDB: one database with real primary and foreign keys.

SQLite, ready for Datasette, has no decimal type: an amount is a REAL, so that ``>`` and ``max`` are right,
and beside it stands a TEXT with all its digits (``value_low_exact``). Dates are ISO TEXT, booleans 0 and 1.
In DuckDB amounts are DECIMAL(38, 6), whose sums are exact.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.schema import SCHEMA_VERSION, TABLES, Table, arrow_schema, kept_fields, table
from newsledger.normalizer.writers import Rows, WriteError, described, disk_errors
from newsledger.normalizer.writers.text import decimal_text, stored_table
from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE

if TYPE_CHECKING:
    import pyarrow as pa

_SQLITE = {"string": "TEXT", "integer": "INTEGER", "decimal": "REAL", "date": "TEXT", "boolean": "INTEGER"}
_DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "decimal": f"DECIMAL({DECIMAL_PRECISION}, {DECIMAL_SCALE})",
    "date": "DATE",
    "boolean": "BOOLEAN",
}


def exact(name: str) -> str:
    """The column that holds all digits of an amount.

    >>> exact("value_low")
    'value_low_exact'
    """
    return f"{name}_exact"


def quoted(name: str) -> str:
    """An SQL identifier in quotes."""
    return '"' + name.replace('"', '""') + '"'


def ddl(table: Table, types: Mapping[str, str]) -> str:
    """The CREATE TABLE statement of a table, with keys and allowed values."""
    lines = []
    for column in table.columns:
        line = f"{quoted(column.name)} {types[column.type]}"
        if column.required:
            line += " NOT NULL"
        if column.enum:
            values = ", ".join(f"'{value}'" for value in column.enum)
            line += f" CHECK ({quoted(column.name)} IN ({values}))"
        lines.append(line)
        if types[column.type] == "REAL":
            lines.append(f"{quoted(exact(column.name))} TEXT")
    if table.key:
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    lines.extend(
        f"FOREIGN KEY ({quoted(k.column)}) REFERENCES {quoted(k.target)} ({quoted(k.target_column)})"
        for k in table.foreign_keys
    )
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def write_sqlite(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``newsledger.sqlite``."""
    path = folder / "newsledger.sqlite"
    with (
        disk_errors(sqlite3.OperationalError),
        closing(sqlite3.connect(path, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("BEGIN")
        for name in TABLES:
            _fill(connection, described(name, tables[name]), tables[name])
        connection.execute("COMMIT")
    return [path]


def _fill(connection: sqlite3.Connection, table: Table, rows: Rows) -> None:
    connection.execute(ddl(table, _SQLITE))
    width = len(table.columns) + sum(column.type == "decimal" for column in table.columns)
    insert = f"INSERT INTO {quoted(table.name)} VALUES ({', '.join('?' * width)})"
    for batch in rows.batches():
        columns: list[list[Any]] = []
        for column, values in zip(table.columns, batch.columns, strict=True):
            cells = values.to_pylist()
            if column.type == "decimal":
                columns.append([None if v is None else float(v) for v in cells])
                cells = [None if v is None else decimal_text(v) for v in cells]
            elif column.type == "date":
                cells = [None if v is None else v.isoformat() for v in cells]
            columns.append(cells)
        connection.executemany(insert, zip(*columns, strict=True))
    indexed = (column.name for column in table.columns if column.indexed)
    for name in dict.fromkeys([*(key.column for key in table.foreign_keys), *indexed]):
        index = quoted(f"{table.name}_{name}")
        connection.execute(f"CREATE INDEX {index} ON {quoted(table.name)} ({quoted(name)})")


def read_sqlite(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        held = [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(name)})")]
        decimals = {exact(c.name) for c in table(name).columns if c.type == "decimal"}
        kept = kept_fields(name, [column for column in held if column not in decimals])
        form = table(name, kept).columns
        columns = ", ".join(quoted(exact(c.name) if c.type == "decimal" else c.name) for c in form)
        found = connection.execute(f"SELECT {columns} FROM {quoted(name)} ORDER BY rowid").fetchall()
    return stored_table(name, kept, found)


def write_duckdb(folder: Path, tables: Mapping[str, Rows]) -> list[Path]:
    """Write ``newsledger.duckdb``; raises `WriteError` if DuckDB would take the path for another."""
    import duckdb
    import pyarrow as pa

    path = folder / "newsledger.duckdb"
    if "?" in str(path):
        raise WriteError(f"DuckDB writes to no path with a question mark: {folder}")
    failures = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException)
    with disk_errors(*failures), duckdb.connect(str(path), config={"threads": 1}) as connection:
        for name in TABLES:
            connection.execute(ddl(described(name, tables[name]), _DUCKDB))
            for batch in tables[name].batches():
                connection.register("incoming", pa.Table.from_batches([batch]))
                connection.execute(f"INSERT INTO {quoted(name)} SELECT * FROM incoming")
                connection.unregister("incoming")
        connection.execute("CHECKPOINT")  # to close a database says nothing of rows that it could not write
    return [path]


def read_duckdb(path: Path, name: str) -> pa.Table:
    """Read a table back as Arrow."""
    import duckdb

    order = ", ".join(f"{quoted(column)} NULLS FIRST" for column in TABLES[name].order)
    with duckdb.connect(str(path), read_only=True) as connection:
        schema = arrow_schema(name, kept_fields(name, connection.table(name).columns))
        columns = ", ".join(map(quoted, schema.names))
        found = connection.sql(f"SELECT {columns} FROM {quoted(name)} ORDER BY {order}").to_arrow_table()
    return found.cast(schema)
