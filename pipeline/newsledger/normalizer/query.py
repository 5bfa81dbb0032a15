"""SQL over the tables of a run, on DuckDB."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def run_query(tables: Mapping[str, pa.Table], query: str) -> pa.Table:
    """The answer of ``query`` as an Arrow table, with ``tables`` as views of their names.

    The query sees nothing else: no file and no network. Raises ``ValueError`` where DuckDB is not installed
    or refuses the query.
    """
    try:
        import duckdb
    except ImportError:
        raise ValueError("SQL needs DuckDB: pip install 'newsledger[duckdb]'") from None
    connection = duckdb.connect(":memory:")
    try:
        for name, table in tables.items():
            connection.register(name, table)
        connection.execute("SET enable_external_access = false")
        found: pa.Table = connection.sql(query).to_arrow_table()
    except AttributeError:  # a statement without an answer gives no relation
        raise ValueError("the statement has no answer; write a SELECT") from None
    except duckdb.Error as error:
        raise ValueError(f"SQL: {error}") from None
    finally:
        connection.close()
    return found
