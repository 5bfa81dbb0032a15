"""What the command line shows: the progress of a run, its summary, and one article with its rows.

Everything from articles is made harmless first: a control character could move the cursor or hide text.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.writers.text import decimal_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID
    from rich.text import Text

    from newsledger.engines.batch import Summary
    from newsledger.engines.loop import Progress
    from newsledger.normalizer.tables import Tables

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

STYLES = {
    "figures": ("money", "bold black on green"),
    "date_mentions": ("date", "bold black on yellow"),
    "country_mentions": ("country", "bold black on cyan"),
    "person_mentions": ("person", "bold white on magenta"),
}
"""Table of mentions -> what its mentions are called, and their colour."""

SHOWN = {
    "figures": (
        "surface",
        "value_low",
        "value_high",
        "modifier",
        "currency",
        "currency_basis",
        "kind",
        "per_unit",
    ),
    "date_mentions": (
        "surface",
        "timex_type",
        "timex_value",
        "start_date",
        "end_date",
        "modifier",
        "anchor",
        "basis",
    ),
    "person_mentions": ("surface", "name", "form", "role", "role_country", "role_status", "zone"),
    "country_mentions": ("surface", "iso_alpha3", "name", "mention_type", "inside_name", "basis"),
    "issues": ("stage", "severity", "code", "message"),
}
"""Table -> the columns that are shown of it where there is no room for all."""
_WIDTH_OF_A_PIPE = 132


def harmless(text: str) -> str:
    r"""Text without what could steer a terminal or turn its direction; every offset stays.

    >>> harmless("a\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return _CONTROL.sub("\ufffd", text)


class RunDisplay:
    """The progress bar of a run, on stderr where that is a terminal."""

    def __init__(self, *, quiet: bool = False, stream: IO[str] | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = not quiet and self._stream.isatty()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None
        self._began = time.monotonic()

    def __enter__(self) -> RunDisplay:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        self._live = False

    def step(self, name: str) -> None:
        """Say what is being done now."""
        if not self._live:
            return
        bar = self._shown()
        if self._task is not None:
            bar.update(self._task, description=name)

    def progress(self, progress: Progress) -> None:
        """Say how far it has come."""
        if self._live and self._task is not None:
            said = f"{progress.articles:,} articles"
            if progress.errors:
                said += f", {progress.errors:,} errors"
            self._shown().update(self._task, total=max(progress.total, 1), completed=progress.done, said=said)

    def _shown(self) -> RichProgress:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[said]}"),
                TimeRemainingColumn(),
                console=Console(file=self._stream),
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, said="")
            self._bar.start()
        return self._bar

    def summary(self, summary: Summary) -> Iterator[str]:
        """What the run came to, in lines."""
        rows = summary.record["rows"]
        status = summary.record["articles_by_status"]
        states = ", ".join(f"{count:,} {name}" for name, count in status.items() if name != "ok")
        yield (
            f"{_count(rows['articles'], 'article')}{f' ({states})' if states else ''}: "
            f"{_count(rows['figures'], 'figure')}, "
            f"{_count(rows['person_mentions'], 'mention')} of {_count(rows['people'], 'person', 'people')}, "
            f"{_count(rows['country_mentions'], 'country mention')}, {_count(rows['date_mentions'], 'date')}"
        )
        if rows["issues"]:
            codes = sorted(summary.record["issues_by_code"].items(), key=lambda item: (-item[1], item[0]))
            said = ", ".join(f"{count:,} {code}" for code, count in codes[:5])
            yield f"{_count(rows['issues'], 'issue')}: {said}{' ...' if len(codes) > 5 else ''}"
        if summary.unchanged:
            yield f"{summary.folder} holds these tables already; nothing was done"
            return
        formats = ", ".join(summary.record["formats"]) or "no tables"
        reused = f", {_count(summary.reused, 'file')} taken over" if summary.reused else ""
        seconds = time.monotonic() - self._began
        yield f"{formats} in {summary.folder} ({seconds:.1f} s{reused})"


def _count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> _count(1, "date"), _count(2000, "person", "people")
    ('1 date', '2,000 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def print_article(tables: Tables, stream: IO[str] | None = None) -> None:
    """Print one article with what was found in it; colours only where ``stream`` is a terminal."""
    from rich.console import Console
    from rich.text import Text

    stream = stream or sys.stdout
    console = Console(file=stream, highlight=False, width=None if stream.isatty() else _WIDTH_OF_A_PIPE)
    terminal = stream.isatty()
    for part in article_view(tables, colour=console.color_system is not None):
        # Lines are not broken for a pipe: what reads there may look for words in them.
        console.print(part, soft_wrap=not terminal and isinstance(part, Text))


def article_view(tables: Tables, *, colour: bool) -> Iterator[RenderableType]:
    """One article as rich renderables: what is known of it, its text with the mentions marked, its rows."""
    from rich.text import Text

    (article,) = tables.arrow("articles").to_pylist()
    yield _head(article)
    legend = Text()
    for name, (called, style) in STYLES.items():
        count = tables.arrow(name).num_rows
        legend.append(f" {called} ", style=style if colour else "")
        legend.append(f" {count}   ")
    yield legend
    yield Text()
    yield _marked(article["text"], tables, colour=colour)
    for name in SHOWN:
        if tables.arrow(name).num_rows:
            yield Text()
            yield _rows(tables, name)


def _head(article: dict[str, Any]) -> Text:
    from rich.text import Text

    day = article["published_date"]
    head = Text()
    head.append(harmless(article["article_id"]), style="bold")
    if article["title"]:
        head.append(f"  {harmless(article['title'])}")
    head.append("\npublished ")
    head.append(
        f"{day} ({article['published_basis']})" if day else "unknown: relative dates stay open", "bold"
    )
    head.append(
        f"   language {article['language']}   {article['n_chars']:,} characters   {article['status']}"
    )
    return head


def _marked(text: str, tables: Tables, *, colour: bool) -> Text:
    """The text with every mention coloured, or named in brackets where there is no colour."""
    from rich.text import Text

    spans = sorted(
        (start, end, name)
        for name in STYLES
        for start, end in zip(
            *(tables.arrow(name).column(c).to_pylist() for c in ("start_char", "end_char")), strict=True
        )
    )
    shown = harmless(text)
    if colour:
        marked = Text(shown)
        for start, end, name in spans:
            marked.stylize(STYLES[name][1], start, end)
        return marked
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for start, end, name in spans:
        opening[start] = "[" + opening.get(start, "")
        closing[end] = f"|{STYLES[name][0]}]" + closing.get(end, "")
    marked = Text()
    at = 0
    for stop in sorted({*opening, *closing}):
        marked.append(shown[at:stop] + closing.get(stop, "") + opening.get(stop, ""))
        at = stop
    marked.append(shown[at:])
    return marked


def _rows(tables: Tables, name: str) -> RenderableType:
    from rich import box
    from rich.table import Table

    shown = tables.arrow(name).select(list(SHOWN[name])).to_pylist()
    table = Table(
        title=TABLES[name].name,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    for column in SHOWN[name]:
        if any(row[column] not in (None, False) for row in shown):
            kind = TABLES[name][column].type
            if kind in ("decimal", "date"):
                # Never broken: the digits of one line would read as an amount of their own.
                justify: Any = "right" if kind == "decimal" else "left"
                table.add_column(column, justify=justify, no_wrap=True, overflow="ellipsis")
            else:
                table.add_column(column, overflow="fold")
    names = [column.header for column in table.columns]
    for row in shown:
        table.add_row(*(_cell(row[str(column)]) for column in names))
    return table


def _cell(value: Any) -> Text:
    from rich.text import Text

    if value is None or value is False:
        return Text()
    if value is True:
        return Text("yes")
    if isinstance(value, Decimal):
        whole, _, rest = decimal_text(value).partition(".")
        return Text(
            f"{int(whole):,}" + (f".{rest}" if rest else "")
            if whole not in ("", "-0")
            else decimal_text(value)
        )
    return Text(harmless(" ".join(str(value).split())))
