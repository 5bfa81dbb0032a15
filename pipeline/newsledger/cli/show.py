"""The command ``newsledger show``."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def command(
    file: Path, row_id: str | None = None, article: str | None = None, *, reading: Any, settings: Any
) -> None:
    """Show one article with what was found in it.

    For a run, the rows of its tables are shown; `-` reads the text from standard input.
    """
    from newsledger.cli import one_article as source
    from newsledger.normalizer.tables import holds_tables

    wanted = article or row_id
    if file != source.STDIN and holds_tables(file):
        tables = source.article_of_run(file, wanted)
    else:
        tables = source.one_article(file, article_id=wanted, settings=settings, options=reading)
    source.print_article(tables)
