"""The command ``newsledger explain``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

import typer


def command(
    file: Path, mention: str | None = None, article: str | None = None, *, reading: Any, settings: Any
) -> None:
    """Explain the values of a figure (or any mention), and list what was considered and rejected.

    For the tables of a run, the settings of that run are used, not those given here; `-` reads the text
    from standard input.
    """
    from newsledger.api import read_tables
    from newsledger.cli import one_article as source
    from newsledger.explain.explain import explain, explain_article
    from newsledger.normalizer.tables import holds_tables

    if file != source.STDIN and holds_tables(file):
        tables, settings = read_tables(file), None
        if article is None and mention is not None and "#" in mention:
            article = mention.rpartition("#")[0]
    else:
        tables = source.one_article(file, article_id=article, settings=settings, options=reading)
    width = min(100, get_terminal_size().columns) if sys.stdout.isatty() else 100
    try:
        if mention is not None:
            typer.echo(explain(tables, mention, article_id=article, settings=settings).in_width(width))
            return
        figures, dropped = explain_article(tables, article, settings=settings)
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None
    for figure in figures:
        typer.echo(f"{figure.in_width(width)}\n")
    if not figures:
        typer.echo("no figures\n")
    if dropped:
        typer.echo("looked at and not taken")
    for line, times in Counter(map(str, dropped)).items():
        shown = line + (f" ({times} times)" if times > 1 else "")
        typer.echo("\n".join(wrap(shown, width, initial_indent="  ", subsequent_indent="    ")))
