"""One article in the terminal: what is known of it, its text with the mentions marked, its rows.

Everything from articles is made safe first: a control character could move the cursor or hide text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from newsledger.cli.printing import RowTable, has_colour, print_parts
from newsledger.normalizer.display import MENTION_STYLES, SHOWN_COLUMNS, cell_text, safe_text
from newsledger.normalizer.schema import TABLES

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from newsledger.api import Tables

_WIDTH_OF_A_PIPE = 132


def print_article(tables: Tables, stream: IO[str] | None = None) -> None:
    """Print one article with what was found in it; colours only where ``stream`` is a terminal."""
    stream = stream or sys.stdout
    print_parts(article_view(tables, colour=has_colour(stream)), stream, width=_WIDTH_OF_A_PIPE)


def article_view(tables: Tables, *, colour: bool) -> Iterator[RenderableType]:
    """One article as rich renderables: what is known of it, its text with the mentions marked, its rows."""
    from rich.text import Text

    (article,) = tables.arrow("articles").to_pylist()
    yield _head(article)
    legend = Text()
    for name, (label, style) in MENTION_STYLES.items():
        count = tables.arrow(name).num_rows
        legend.append(f" {label} ", style=style if colour else "")
        legend.append(f" {count}   ")
    yield legend
    yield Text()
    yield _marked(article["text"], tables, colour=colour)
    for name in SHOWN_COLUMNS:
        if tables.arrow(name).num_rows:
            yield Text()
            yield _rows(tables, name)


def _head(article: dict[str, Any]) -> Text:
    from rich.text import Text

    day = article["published_date"]
    head = Text()
    head.append(safe_text(article["article_id"]), style="bold")
    if article["title"]:
        head.append(f"  {safe_text(article['title'])}")
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
        for name in MENTION_STYLES
        for start, end in zip(
            *(tables.arrow(name).column(c).to_pylist() for c in ("start_char", "end_char")), strict=True
        )
    )
    shown = safe_text(text)
    if colour:
        marked = Text(shown)
        for start, end, name in spans:
            marked.stylize(MENTION_STYLES[name][1], start, end)
        return marked
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for start, end, name in spans:
        opening[start] = "[" + opening.get(start, "")
        closing[end] = f"|{MENTION_STYLES[name][0]}]" + closing.get(end, "")
    marked = Text()
    at = 0
    for stop in sorted({*opening, *closing}):
        marked.append(shown[at:stop] + closing.get(stop, "") + opening.get(stop, ""))
        at = stop
    marked.append(shown[at:])
    return marked


def _rows(tables: Tables, name: str) -> RenderableType:
    shown = tables.arrow(name).select(list(SHOWN_COLUMNS[name])).to_pylist()
    columns = [c for c in SHOWN_COLUMNS[name] if any(row[c] not in (None, False) for row in shown)]
    types = {column: TABLES[name][column].type for column in columns}
    return RowTable(
        title=name,
        columns=columns,
        rows=[[cell_text(row[column]) for column in columns] for row in shown],
        whole=frozenset(column for column in columns if types[column] in ("decimal", "date")),
        right=frozenset(column for column in columns if types[column] == "decimal"),
    )
