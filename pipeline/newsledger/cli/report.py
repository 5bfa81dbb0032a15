"""The command ``newsledger report``."""

from __future__ import annotations

from pathlib import Path

from newsledger.cli.printing import print_line


def command(tables: Path, html: Path, title: str = "Figures in the news", texts: bool = True) -> None:
    """Write a run as a single HTML page: counts, charts, filters, and every figure in context.

    The page needs no server and no network, and can be sent by email.
    """
    from newsledger.api import read_tables
    from newsledger.integrations.report.page import write_report

    read = read_tables(tables)
    path = write_report(read, html, title=title, texts=texts)
    articles, figures = (read.arrow(name).num_rows for name in ("articles", "figures"))
    print_line(f"{path}: {figures:,} figures of {articles:,} articles, {path.stat().st_size / 1e6:,.1f} MB")
