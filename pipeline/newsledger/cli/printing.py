"""Output of the commands: rich text, tables as wide as the terminal, JSON, and the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from newsledger.engines.loop import Progress
    from newsledger.regression.errors import CannotCompare


_LONGEST_WORD = 28
"""What is longer, such as an address, is no word and may be broken."""
_GAP = 2
_NUMBERS = ("int", "decimal", "double", "float")
_WHOLE = (*_NUMBERS, "date", "time")
"""How the types of columns begin whose cells are flush right, and whose cells are never broken."""


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """Rows of text under the names of their ``columns``, the most important first, for rich to show.

    By the ``types`` of the columns numbers are flush right, and neither they nor days are broken (the digits
    of one line would read as an amount of their own). ``hint`` follows the names of columns without room.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str | None = None
    types: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        widths = self._widths(options.max_width)
        table = Table(
            title=self.title,
            title_justify="left",
            title_style="bold",
            box=box.SIMPLE_HEAD,
            show_edge=False,
            pad_edge=False,
            padding=(0, _GAP - 1, 0, 0),
        )
        for name, width in zip(self.columns, widths, strict=False):
            justify = "right" if self.types.get(name, "").startswith(_NUMBERS) else "left"
            table.add_column(Text(name), justify=justify, width=width, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            table.add_row(*map(Text, row[: len(widths)]))
        yield table
        if left_out := self.columns[len(widths) :]:
            yield Text(f"no room for {', '.join(left_out)}{self.hint}", "dim")

    def least_width(self) -> int:
        """The width in which all columns have room."""
        return sum(least + _GAP for least, _ in self._bounds())

    def _bounds(self) -> list[tuple[int, int]]:
        """The least and the greatest width that each column can use."""
        from rich.cells import cell_len

        bounds = []
        for at, name in enumerate(self.columns):
            cells = [row[at] for row in self.rows]
            lines = (line for cell in (name, *cells) for line in cell.splitlines())
            longest = max(map(cell_len, lines), default=0)
            words = (cell_len(word) for cell in cells for word in cell.split())
            whole = self.types.get(name, "").startswith(_WHOLE)
            least = longest if whole else min(max(words, default=0), _LONGEST_WORD)
            bounds.append((max(least, cell_len(name)), longest))
        return bounds

    def _widths(self, room: int) -> list[int]:
        """The widths of the columns that are shown."""
        bounds = self._bounds()
        while len(bounds) > 1 and sum(least + _GAP for least, _ in bounds) - _GAP > room:
            bounds.pop()
        widths = [least for least, _ in bounds]
        spare = max(room - sum(widths) - _GAP * (len(widths) - 1), 0)
        # Those that want least get it first, and what they leave goes to the others.
        by_want = sorted(range(len(bounds)), key=lambda at: bounds[at][1] - bounds[at][0])
        for left, at in zip(range(len(bounds), 0, -1), by_want, strict=True):
            more = min(bounds[at][1] - widths[at], spare // left)
            widths[at] += more
            spare -= more
        return widths


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


def print_line(line: str) -> None:
    """Print a line that may contain untrusted text, such as a file name."""
    from newsledger.normalizer.display import safe_text

    typer.echo(safe_text(line))


def print_problem_json(problem: CannotCompare) -> None:
    """Print why nothing could be compared, as JSON."""
    from newsledger.regression.reports.json import render

    typer.echo(render(problem), nl=False)


@contextmanager
def progress_bar(*, quiet: bool, **working: Any) -> Iterator[dict[str, Any]]:
    """Show a progress bar on stderr if that is a terminal; yields the functions that a run calls.

    ``working`` is given back with them: what else the run is to be told of how to work.
    """
    if quiet or not sys.stderr.isatty():
        yield working
        return
    from rich import progress as rich
    from rich.console import Console

    bar = rich.Progress(
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.TaskProgressColumn(),
        rich.TextColumn("{task.fields[counts]}"),
        rich.TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )
    task = bar.add_task("", total=None, counts="")

    def step(name: str) -> None:
        bar.start()
        bar.update(task, description=name)

    def advance(progress: Progress) -> None:
        errors = f", {progress.errors:,} errors" if progress.errors else ""
        counts = f"{progress.articles:,} articles{errors}"
        bar.update(task, total=max(progress.total, 1), completed=progress.done, counts=counts)

    try:
        yield {"on_progress": advance, "on_step": step, **working}
    finally:
        bar.stop()
