"""The command ``newsledger report``."""

from __future__ import annotations

import typer

from newsledger.cli import options


def command(
    tables: options.RunTables,
    html: options.HtmlFile,
    title: options.PageTitle = "Figures in the news",
    texts: options.WithTexts = True,
) -> None:
    """Write a run as one HTML page to be read: counts, charts, filters, every figure in its place.

    The page needs no server and no network, and can be passed on as it is.
    """
    from newsledger.api import read_tables
    from newsledger.integrations.report.page import write_report
    from newsledger.normalizer.display import safe_text

    read = read_tables(tables)
    path = write_report(read, html, title=title, texts=texts)
    articles, figures = (read.arrow(name).num_rows for name in ("articles", "figures"))
    typer.echo(
        f"{safe_text(str(path))}: {figures:,} figures of {articles:,} articles, "
        f"{path.stat().st_size / 1e6:,.1f} MB"
    )
