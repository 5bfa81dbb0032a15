"""`Tables` as a notebook shows them: the articles with coloured spans, the tables beneath.

Of many articles and rows only the first are shown, with how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsledger.explain.reasons import value
from newsledger.integrations.notebook.marks import Mark, marked_html
from newsledger.normalizer.display import (
    MENTION_STYLES,
    SHOWN_COLUMNS,
    cell_text,
    counted,
    text_html,
)
from newsledger.normalizer.schema import TABLES

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet

ARTICLES, ROWS, CHARACTERS = 3, 12, 6000
"""How many articles, rows of a table and characters of an article are shown."""

_PEOPLE = ("name", "aliases", "roles", "n_articles", "n_mentions")


def tables_html(tables: TableSet) -> str:
    """The tables of a run as one piece of HTML; see `Tables`."""
    return f'<div class="newsledger"><style>\n{_style()}</style>{"".join(_parts(tables))}</div>'


def _style() -> str:
    return files("newsledger.integrations.notebook").joinpath("view.css").read_text(encoding="utf-8")


def _parts(tables: TableSet) -> Iterator[str]:
    articles = tables.arrow("articles")
    if not articles.num_rows and not tables.arrow("issues").num_rows:
        yield "<p>no articles</p>"
        return
    yield "<p>"
    yield f'<span class="key"><b>{counted(articles.num_rows, "article")}</b></span>'
    for name, (label, _) in MENTION_STYLES.items():
        count = tables.arrow(name).num_rows
        yield f'<span class="key"><mark class="{label}">{label}</mark> {count:,}</span>'
    yield "</p>"
    first = articles.slice(0, ARTICLES).to_pylist()
    marks = marks_of(tables, {article["article_id"] for article in first})
    for number, article in enumerate(first):
        yield _article(article, marks.get(article["article_id"], []), is_open=number == 0)
    if articles.num_rows > len(first):
        more = counted(articles.num_rows - len(first), "more article")
        yield f'<p class="less">… and {more} in <code>.articles</code></p>'
    shown: dict[str, tuple[str, ...]] = {**SHOWN_COLUMNS}
    if articles.num_rows > 1:
        shown = {"people": _PEOPLE, **shown}
    for name, columns in shown.items():
        if tables.arrow(name).num_rows:
            yield _table(tables, name, columns, is_open=name == "figures")


def marks_of(tables: TableSet, articles: set[str]) -> dict[str, list[Mark]]:
    """The mentions of these articles as marks, by ``article_id``."""
    import pyarrow as pa

    found: dict[str, list[Mark]] = {}
    for name, (label, _) in MENTION_STYLES.items():
        table = tables.arrow(name)
        ids = table.column("article_id").to_pylist()
        wanted = pa.array([article_id in articles for article_id in ids], pa.bool_())
        for row in table.filter(wanted).to_pylist():
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


def _article(article: dict[str, Any], marks: list[Mark], *, is_open: bool) -> str:
    day = article["published_date"]
    when = f"published {day} ({article['published_basis']})" if day else "publication date unknown"
    name = article["title"] or article["article_id"]
    text = marked_html(article["text"], marks, end=CHARACTERS)
    if len(article["text"]) > CHARACTERS:
        text += f'<span class="less"> … {len(article["text"]) - CHARACTERS:,} more characters</span>'
    status = "" if article["status"] == "ok" else f", {article['status']}"
    return (
        f"<details{' open' if is_open else ''}><summary><b>{text_html(name)}</b> "
        f'<span class="less">{when}, {article["n_chars"]:,} characters{status}</span></summary>'
        f'<div class="text">{text}</div></details>'
    )


def _table(tables: TableSet, name: str, columns: tuple[str, ...], *, is_open: bool) -> str:
    table = tables.arrow(name)
    rows = table.slice(0, ROWS).select(list(columns)).to_pylist()
    used = [c for c in columns if any(row[c] not in (None, False) for row in rows)]
    head = "".join(f"<th>{column}</th>" for column in used)
    body = "".join(f"<tr>{''.join(_cell(name, c, row[c]) for c in used)}</tr>" for row in rows)
    more = table.num_rows - len(rows)
    rest = f'<p class="less">… and {counted(more, "more row")} in <code>.{name}</code></p>' if more else ""
    return (
        f"<details{' open' if is_open else ''}><summary><b>{name}</b> "
        f'<span class="less">{counted(table.num_rows, "row")}</span></summary>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}</details>"
    )


def _cell(table: str, column: str, value: Any) -> str:
    numeric = TABLES[table][column].type in ("decimal", "integer")
    return f"<td{' class=number' if numeric else ''}>{text_html(cell_text(value))}</td>"
