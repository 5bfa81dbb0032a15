"""Prints rich text, tables and JSON on standard output or any other stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

import typer

from newsledger.cli.row_table import RowTable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from newsledger.regression.errors import CannotCompare

_WIDTH_OF_A_PIPE = 120


def print_parts(parts: Iterable[RenderableType], stream: IO[str], *, width: int = _WIDTH_OF_A_PIPE) -> None:
    """Print renderables, in colour where the stream is a terminal.

    For a pipe lines of text are not broken and no column is left out: what reads there may look for them.
    """
    from rich.console import Console
    from rich.text import Text

    terminal = stream.isatty()
    console = Console(file=stream, highlight=False, width=None if terminal else width)
    for part in parts:
        if not terminal and isinstance(part, RowTable):
            console.width = max(width, part.least_width())
        console.print(part, soft_wrap=not terminal and isinstance(part, Text))


def has_colour(stream: IO[str]) -> bool:
    """Whether `print_parts` colours what it prints on this stream."""
    from rich.console import Console

    return Console(file=stream).color_system is not None


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    from newsledger.normalizer.display import json_text

    typer.echo(json_text(value))


def print_line(line: str) -> None:
    """Print a line that may hold words of others, such as the name of a file."""
    from newsledger.normalizer.display import safe_text

    typer.echo(safe_text(line))


def print_problem_json(problem: CannotCompare) -> None:
    """Print why nothing could be compared, as JSON."""
    from newsledger.regression.reports.json import cannot_compare

    typer.echo(cannot_compare(problem), nl=False)
