"""The command ``newsledger explain``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsledger.cli import options

if TYPE_CHECKING:
    from newsledger.normalizer.tables import Tables


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="explain")(options.takes_articles(explain_command))


def explain_command(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A file with an article, or the tables of a run.", show_default=False
        ),
    ],
    mention: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="A figure_id or mention_id, its end (money:12), or the words; default: all figures.",
            show_default=False,
        ),
    ] = None,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="Which article of a file or run that holds several.")
    ] = None,
    *,
    reading: Any,
    settings: Any,
) -> None:
    """Say why a figure (or any mention) is as it is, and what was looked at and not taken.

    Of the tables of a run, the settings of the run are used, and those given here are not.
    """
    from newsledger.explain.ask import explain, explain_article

    tables, chosen = _tables(file, article, reading, settings)
    try:
        if mention is not None:
            typer.echo(str(explain(tables, mention, article_id=article, settings=chosen)))
            return
        figures, dropped = explain_article(tables, article, settings=chosen)
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None
    for figure in figures:
        typer.echo(f"{figure}\n")
    if not figures:
        typer.echo("no figures\n")
    if dropped:
        typer.echo("looked at and not taken")
        for said, times in Counter(map(str, dropped)).items():
            typer.echo(f"  {said}" + (f" ({times} times)" if times > 1 else ""))


def _tables(file: Path, article: str | None, reading: Any, settings: Any) -> tuple[Tables, Any]:
    """The tables to ask, and the settings they were made with (None: as their run says)."""
    if file.is_dir() or file.suffix in (".duckdb", ".sqlite"):
        from newsledger.normalizer.tables import read_tables

        return read_tables(file), None
    from newsledger.cli.one_article import one_article

    return one_article(file, article_id=article, settings=settings, options=reading), settings
