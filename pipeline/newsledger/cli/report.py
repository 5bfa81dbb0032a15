"""The command ``newsledger report``."""

from __future__ import annotations

from pathlib import Path

from newsledger.cli.printing import print_line


def command(tables: Path, html: Path, title: str = "Figures in the news", texts: bool = True) -> None:
    """Write a run as one HTML page to be read: counts, charts, filters, every figure in its place.

    The page needs no server and no network, and can be passed on as it is.
    """
    from newsledger.api import read_tables
    from newsledger.integrations.report.page import write_report

    read = read_tables(tables)
    path = write_report(read, html, title=title, texts=texts)
    articles, figures = (read.arrow(name).num_rows for name in ("articles", "figures"))
    print_line(f"{path}: {figures:,} figures of {articles:,} articles, {path.stat().st_size / 1e6:,.1f} MB")
