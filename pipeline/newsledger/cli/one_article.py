"""One article of a file, of a run or of stdin, with all that was found in it."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.api import Tables, collected, read_tables
from newsledger.extraction import extract_article, load_tools
from newsledger.reading import ReadOptions, read_file, sources, unique_ids
from newsledger.values.article import Article
from newsledger.values.issues import Issue
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa


STDIN = "-"
"""The file name that stands for the text that is piped in."""


def article_of_run(path: Path, row_id: str | None) -> Tables:
    """The rows of one article of a run: the only one, or the one that ``row_id`` is or is a row of.

    Raises ``ValueError`` where there is none, or several and none was named.
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
    table = tables.arrow(name)
    if name == "people":
        named = set(_of_article(tables, "person_mentions", article_id).column("person_id").to_pylist())
        keep = [person in named for person in table.column("person_id").to_pylist()]
    else:
        keep = [found == article_id for found in table.column("article_id").to_pylist()]
    import pyarrow as pa

    return table.filter(pa.array(keep, pa.bool_()))


def article_of_stdin(*, settings: Settings | None = None, published: dt.date | None = None) -> Tables:
    """The tables of the text that is piped in."""
    tools = load_tools(settings or Settings())
    article = Article(text=sys.stdin.read(), article_id="stdin", published=published)
    return collected([extract_article(article, tools)], tools)


def one_article(
    file: Path,
    *,
    article_id: str | None = None,
    settings: Settings | None = None,
    options: ReadOptions | None = None,
) -> Tables:
    """Read and extract one article: the only one of the file, or the one named.

    Raises ``ValueError`` where there is none, or several and none was named.
    """
    settings = settings or Settings()
    tools = load_tools(settings)
    if file.is_dir():
        raise ValueError(f"{file} is a folder of no run; name one of its files")
    found = sources(file)
    for issue in found.issues:
        raise ValueError(f"{file}: {issue.message}")
    issues: list[Issue] = []
    seen: list[str] = []
    chosen: Article | None = None
    for item in unique_ids(read_file(found.files[0], options)):
        if isinstance(item, Issue):
            issues.append(item)
            continue
        seen.append(item.article_id)
        if chosen is None and article_id in (None, item.article_id):
            chosen = item
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
