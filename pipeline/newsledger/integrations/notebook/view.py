"""The HTML view of `Tables` in a notebook: articles with coloured spans, and the tables.

Of many articles and rows only the first are shown, with how many there are. Everything from an article is
escaped, and control characters and marks of direction, which could hide text, are made visible.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsledger.explain.reasons import value
from newsledger.normalizer.display import (
    MENTION_STYLES,
    SHOWN_COLUMNS,
    cell_text,
    counted,
    fill_template,
    stretches,
    text_html,
)
from newsledger.normalizer.schema import TABLES

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet

ARTICLES, ROWS, CHARACTERS = 3, 12, 6000
"""How many articles, rows of a table and characters of an article are shown."""

_PEOPLE = {"people": ("name", "aliases", "roles", "n_articles", "n_mentions")}


class Mark(NamedTuple):
    """A stretch of the text, the class that colours it, and its tooltip."""

    start: int
    end: int
    kind: str
    title: str


def tables_html(tables: TableSet) -> str:
    """The tables of a run as one piece of HTML; see `Tables`."""
    from markupsafe import Markup

    n_articles = tables.arrow("articles").num_rows
    first = tables.arrow("articles").slice(0, ARTICLES).to_pylist()
    marks = marks_of(tables, {article["article_id"] for article in first})
    articles = []
    for article in first:
        text = marked_html(article["text"], marks.get(article["article_id"], []), end=CHARACTERS)
        articles.append((article, Markup(text), len(article["text"]) - CHARACTERS))
    return fill_template(
        Path(__file__).with_suffix(".jinja"),
        text_html,
        n_articles=n_articles,
        counts=[(label, tables.arrow(name).num_rows) for name, (label, _) in MENTION_STYLES.items()],
        articles=articles,
        tables=[
            _shown(tables, name, columns)
            for name, columns in {**(_PEOPLE if n_articles > 1 else {}), **SHOWN_COLUMNS}.items()
            if tables.arrow(name).num_rows
        ],
        counted=counted,
        cell_text=cell_text,
    )


def marks_of(tables: TableSet, articles: set[str]) -> dict[str, list[Mark]]:
    """The mentions of these articles as marks, by ``article_id``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, list[Mark]] = {}
    for name, (label, _) in MENTION_STYLES.items():
        wanted = pc.is_in(pc.field("article_id"), pa.array(list(articles), pa.string()))
        for row in tables.arrow(name).filter(wanted).to_pylist():
            mark = Mark(row["start_char"], row["end_char"], label, summary(name, row))
            found.setdefault(row["article_id"], []).append(mark)
    return found


_EVIDENCE = {
    "figures": ("currency_basis", "quality"),
    "date_mentions": ("modifier", "basis"),
    "country_mentions": ("candidates", "mention_type"),
    "person_mentions": ("role_country", "role_status"),
}
"""Table of mentions -> what is said of a mention beside its value."""


def summary(table: str, row: dict[str, Any]) -> str:
    """What was made of a mention, in one line.

    >>> row = {"name": "Japan", "iso_alpha3": "JPN", "mention_type": "name", "candidates": None}
    >>> summary("country_mentions", row)
    'Japan (JPN), name'
    """
    return ", ".join([value(table, row), *(str(row[column]) for column in _EVIDENCE[table] if row[column])])


def _shown(tables: TableSet, name: str, columns: tuple[str, ...]) -> tuple[Any, ...]:
    """What is shown of a table: its name, its length, the columns with values (and numbers), some rows."""
    rows = tables.arrow(name).slice(0, ROWS).select(list(columns)).to_pylist()
    used = [column for column in columns if any(row[column] not in (None, False) for row in rows)]
    numbers = {column.name for column in TABLES[name].columns if column.type in ("decimal", "integer")}
    return name, tables.arrow(name).num_rows, [(column, column in numbers) for column in used], rows


def marked_html(text: str, marks: Iterable[Mark], *, end: int | None = None) -> str:
    """``text`` (up to ``end``) as HTML with ``marks``; where they overlap, the shorter one's colour is seen.

    >>> marked_html("Bank of Japan", [Mark(8, 13, "country", "JPN")])
    'Bank of <mark class="country" title="JPN">Japan</mark>'
    """
    parts = []
    for at, until, over in stretches(min(len(text), end or len(text)), [(m.start, m.end, m) for m in marks]):
        piece = text_html(text[at:until])
        if over:
            shortest = min(over, key=lambda m: (m.end - m.start, m.start))
            title = " / ".join(dict.fromkeys(text_html(m.title) for m in over))
            piece = f'<mark class="{shortest.kind}" title="{title}">{piece}</mark>'
        parts.append(piece)
    return "".join(parts)
