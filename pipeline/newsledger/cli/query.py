"""The command ``newsledger query``."""

from __future__ import annotations

import csv
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from newsledger.cli.printing import RowTable, print_parts

if TYPE_CHECKING:
    import pyarrow as pa


def command(tables: Path, sql: str, format: Literal["table", "csv", "json"] = "table") -> None:
    """Run an SQL query over the tables of a run: articles, figures, people ...

    The query runs on DuckDB, with exact decimals, and has no access to other files or to the network.
    """
    from newsledger.api import read_tables
    from newsledger.normalizer.display import json_text
    from newsledger.normalizer.tables import run_query

    answer = run_query(read_tables(tables), sql)
    if format == "table":
        print_parts([_row_table(answer)], sys.stdout)
    elif format == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([answer.column_names, *_cells(answer)])
    else:
        typer.echo(json_text(answer.to_pylist(), default=_plain))


def _cells(answer: pa.Table, *, grouped: bool = False) -> list[list[str]]:
    """The cells as text: amounts with their thousands apart if ``grouped``, missing values empty."""
    from newsledger.normalizer.display import amount, safe_text
    from newsledger.normalizer.writers.text import decimal_text

    decimals = amount if grouped else decimal_text

    def text(value: Any) -> str:
        if value is None:
            return ""
        return decimals(value) if isinstance(value, Decimal) else safe_text(str(value))

    return [
        list(map(text, row)) for row in zip(*(column.to_pylist() for column in answer.columns), strict=True)
    ]


def _row_table(answer: pa.Table) -> RowTable:
    return RowTable(
        columns=answer.column_names,
        rows=[[" ".join(cell.split()) for cell in row] for row in _cells(answer, grouped=True)],
        types={field.name: str(field.type) for field in answer.schema},
        hint="; --format csv gives them",
    )


def _plain(value: Any) -> Any:
    """A value as it stands in JSON."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
