"""One article of a file, of a run or of stdin: its rows, and how the terminal shows them.

Everything from articles is made safe first: a control character could move the cursor or hide text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from newsledger.api import Tables, collected, read_tables
from newsledger.cli.printing import RowTable, has_colour, print_parts
from newsledger.extraction import extract_article, load_tools
from newsledger.normalizer.display import MENTION_STYLES, SHOWN_COLUMNS, cell_text, safe_text
from newsledger.normalizer.schema import TABLES
from newsledger.reading import ReadOptions, iter_articles
from newsledger.values.article import Article
from newsledger.values.issues import Issue
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

STDIN = Path("-")
"""The file name that stands for the text that is piped in."""


def article_of_run(path: Path, row_id: str | None) -> Tables:
    """The rows of one article of a run: the only one, or the one that ``row_id`` is or is a row of.

    Raises ``ValueError`` if there is none, or several and none was named.
    """
    tables = read_tables(path)
    known = tables.arrow("articles").column("article_id").to_pylist()
    if row_id is None and len(known) != 1:
        raise ValueError(f"{path} holds {len(known):,} articles; name one, such as {', '.join(known[:3])}")
    wanted = known[0] if row_id is None else row_id
    if wanted not in known:
        wanted = wanted.rpartition("#")[0]
    if wanted not in known:
        raise ValueError(f"{path} holds no article or row {row_id!r}; there are {', '.join(known[:3])} ...")
    return Tables({name: _of_article(tables, name, wanted) for name in tables}, run=tables.run)


def _of_article(tables: Tables, name: str, article_id: str) -> pa.Table:
    import pyarrow.compute as pc

    table = tables.arrow(name)
    if name != "people":
        return table.filter(pc.equal(table["article_id"], article_id))
    named = _of_article(tables, "person_mentions", article_id)["person_id"]
    return table.filter(pc.is_in(table["person_id"], value_set=named.combine_chunks()))


def one_article(
    file: Path,
    *,
    article_id: str | None = None,
    settings: Settings | None = None,
    options: ReadOptions | None = None,
) -> Tables:
    """Read and extract one article: the text that is piped in, the only one of the file, or the one named.

    Raises ``ValueError`` if there is none, or several and none was named.
    """
    tools = load_tools(settings)
    if file == STDIN:
        published = options.published if options else None
        article = Article(text=sys.stdin.read(), article_id="stdin", published=published)
        return collected([extract_article(article, tools)], tools)
    if file.is_dir():
        raise ValueError(f"{file} is not the folder of a run; name one of its files")
    issues: list[Issue] = []
    seen: list[str] = []
    chosen: Article | None = None
    for article in iter_articles(file, options=options, on_issue=issues.append):
        seen.append(article.article_id)
        if article_id in (None, article.article_id):
            chosen = chosen or article
        if len(seen) > 1 and article_id is None:
            raise ValueError(f"{file} holds several articles; name one with --article, such as {seen[0]}")
        if chosen is not None and article_id is not None:
            break
    if chosen is None:
        if seen:
            raise ValueError(f"{file} holds no article {article_id!r}; there are {', '.join(seen[:3])} ...")
        raise ValueError(f"{file}: {issues[0].message if issues else 'no article'}")
    about_it = [issue for issue in issues if issue.article_id in ("", chosen.article_id)]
    return collected([*about_it, extract_article(chosen, tools)], tools, options=options)


# --- in the terminal -----------------------------------------------------------------------------------

_WIDTH_OF_A_PIPE = 132


def print_article(tables: Tables, stream: IO[str] | None = None) -> None:
    """Print one article with what was found in it; colours only where ``stream`` is a terminal."""
    stream = stream or sys.stdout
    print_parts(article_view(tables, colour=has_colour(stream)), stream, width=_WIDTH_OF_A_PIPE)


def article_view(tables: Tables, *, colour: bool) -> Iterator[RenderableType]:
    """One article as rich renderables: what is known of it, its text with the mentions marked, its rows."""
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
    day = article["published_date"]
    published = f"{day} ({article['published_basis']})" if day else "unknown: relative dates stay open"
    return Text.assemble(
        (safe_text(article["article_id"]), "bold"),
        f"  {safe_text(article['title'])}" if article["title"] else "",
        "\npublished ",
        (published, "bold"),
        f"   language {article['language']}   {article['n_chars']:,} characters   {article['status']}",
    )


def _marked(text: str, tables: Tables, *, colour: bool) -> Text:
    """The text with every mention coloured, or named in brackets where there is no colour."""
    spans = sorted(
        (row["start_char"], row["end_char"], name)
        for name in MENTION_STYLES
        for row in tables.arrow(name).select(["start_char", "end_char"]).to_pylist()
    )
    shown = safe_text(text)
    if colour:
        marked = Text(shown)
        for start, end, name in spans:
            marked.stylize(MENTION_STYLES[name][1], start, end)
        return marked
    # Where mentions end, the last to begin is closed first, before another begins there.
    closing = [(end, 0, f"|{MENTION_STYLES[name][0]}]") for _, end, name in reversed(spans)]
    opening = [(start, 1, "[") for start, _, _ in spans]
    pieces, at = [], 0
    for stop, _, sign in sorted([*closing, *opening], key=itemgetter(0, 1)):
        pieces += [shown[at:stop], sign]
        at = stop
    return Text("".join([*pieces, shown[at:]]))


def _rows(tables: Tables, name: str) -> RenderableType:
    shown = tables.arrow(name).select(list(SHOWN_COLUMNS[name])).to_pylist()
    columns = [c for c in SHOWN_COLUMNS[name] if any(row[c] not in (None, False) for row in shown)]
    return RowTable(
        title=name,
        columns=columns,
        rows=[[cell_text(row[column]) for column in columns] for row in shown],
        types={column: TABLES[name][column].type for column in columns},
    )
