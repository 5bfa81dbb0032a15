"""The command ``newsledger report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="report")(report_command)


def report_command(
    tables: Annotated[
        Path,
        typer.Argument(
            metavar="TABLES",
            help="The folder of a run, or its SQLite or DuckDB file.",
            show_default=False,
        ),
    ],
    html: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.", show_default=False)],
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="What stands above the page.")
    ] = "Figures in the news",
    texts: Annotated[
        bool,
        typer.Option(
            "--texts/--no-texts",
            help="Put the articles into the page, or only the sentences with figures.",
        ),
    ] = True,
) -> None:
    """Write a run as one HTML page to be read: counts, charts, filters, every figure in its place.

    The page needs no server and no network, and can be passed on as it is.
    """
    from newsledger.integrations.report.page import write_report
    from newsledger.normalizer.tables import read_tables

    read = read_tables(tables)
    path = write_report(read, html, title=title, texts=texts)
    articles, figures = (read.arrow(name).num_rows for name in ("articles", "figures"))
    typer.echo(f"{path}: {figures:,} figures of {articles:,} articles, {path.stat().st_size / 1e6:,.1f} MB")
