"""Reads files and folders into Articles.

The readers have two interfaces. In a notebook::

    articles = read_articles("articles/")  # a list; articles.issues lists what could not be read
    for article in iter_articles("articles/"): ...  # one at a time; a bad file raises ReadingError

In a batch, where a bad file is a row of the ``issues`` table: `sources` lists the files cheaply (sorted,
the same on every machine), `read_file` turns one of them into Articles and Issues, one record at a time,
and `unique_ids` settles ids that occur twice over a whole run.
"""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from newsledger.reading.config import reading_and_settings
from newsledger.reading.files import read_file, read_records
from newsledger.reading.options import NOT_FOUND, Fields, ReadOptions, unused_field, unused_patterns
from newsledger.reading.sources import SourceFile, sources
from newsledger.values.article import Article
from newsledger.values.issues import Issue
from newsledger.values.settings import DayOrder, Settings
from newsledger.values.unique_ids import unique_ids

__all__ = [
    "ArticleList",
    "Fields",
    "ReadOptions",
    "ReadingError",
    "SourceFile",
    "iter_articles",
    "read_articles",
    "read_file",
    "read_records",
    "sources",
    "unused_field",
    "unused_patterns",
]

_log = logging.getLogger(__name__)


class ReadingError(ValueError):
    """A file or record that cannot be read; ``issue`` says which and why."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue))
        self.issue = issue


class ArticleList(list[Article]):
    """Articles that were read; ``issues`` lists problems and notices.

    `newsledger.extract_articles` puts the issues into the table of that name.
    """

    def __init__(self, articles: Iterable[Article] = (), issues: Iterable[Issue] = ()) -> None:
        super().__init__(articles)
        self.issues = list(issues)
        self.settings: Settings | None = None
        """Those of the ``newsledger.toml`` they were read with."""
        self.options = ReadOptions()
        """How they were read."""


_NOTHING_TO_READ = ("not_found", "no_articles")
"""Issues about a path that was given, not about a file found there: the call itself is wrong."""


def iter_articles(
    *paths: str | Path, options: ReadOptions | None = None, on_issue: Callable[[Issue], None] | None = None
) -> Iterator[Article]:
    """Read articles one at a time, for collections that do not fit in memory.

    Takes what `read_articles` takes, with its settings in one ``ReadOptions``. The first file that cannot
    be read raises ReadingError; with ``on_issue`` it is reported there (warnings too) and the rest go on.
    """
    options = options or ReadOptions()
    found = sources(*paths)

    def everything() -> Iterator[Article | Issue]:
        yield from found.issues
        yield from unused_patterns(options, found.files)
        unused = set(options.keep)
        for file in found.files:
            for item in read_file(file, options):
                if isinstance(item, Article):
                    unused -= {name for name in unused if item.fields[name] is not None}
                yield item
        yield from map(unused_field, (name for name in options.keep if name in unused))

    for item in unique_ids(everything()):
        if isinstance(item, Article):
            yield item
        elif on_issue is not None:
            on_issue(item)
        elif item.severity == "error":
            raise ReadingError(item)
        else:
            _log.warning("%s", item)


def read_articles(
    *paths: str | Path,
    text_field: str | None = None,
    date_field: str | None = None,
    title_field: str | None = None,
    id_field: str | None = None,
    published: str | dt.date | None = None,
    day_order: DayOrder | None = None,
    encoding: str | None = None,
    keep: Iterable[str] = (),
    config: str | PathLike[str] | None = None,
    max_chars: int = ReadOptions.max_chars,
    max_bytes: int = ReadOptions.max_bytes,
    on_issue: Callable[[Issue], None] | None = None,
) -> ArticleList:
    """Read the articles of files, folders (recursively) and globs into a list.

    Formats: txt, md, html, json, jsonl, csv and tsv, also as ``.gz``, and parquet. ``published`` is the date
    of articles that do not state one. A file or record that cannot be read is reported in the ``issues`` of
    the list, from which `extract_articles` copies it to its tables, and a warning counts such errors; with
    ``on_issue`` each goes to that function instead. Raises ReadingError for a path with nothing to read.

    ``keep`` names fields of the records to keep as columns of the table of articles. ``config`` is a
    ``newsledger.toml``: its options apply unless given here, and `extract_articles` uses its settings.
    """
    given = {
        "text_field": text_field,
        "date_field": date_field,
        "title_field": title_field,
        "id_field": id_field,
        "published": published,
        "day_order": day_order,
        "encoding": encoding,
        "keep": keep,
    }
    held: dict[str, Any] = {}
    articles = ArticleList()
    if config is not None:
        held, articles.settings = reading_and_settings(config)
    held |= {name: value for name, value in given.items() if value}
    options = ReadOptions(**held, max_chars=max_chars, max_bytes=max_bytes)

    def note(issue: Issue) -> None:
        if issue.code in _NOTHING_TO_READ:
            raise ReadingError(issue)
        articles.issues.append(issue)

    articles.extend(iter_articles(*paths, options=options, on_issue=on_issue or note))
    articles.options = options
    errors = [issue for issue in articles.issues if issue.severity == "error" or issue.code in NOT_FOUND]
    if errors:
        more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
        what = "not read" if errors[0].severity == "error" else "not found"
        warnings.warn(f"{what}: {errors[0]}{more}; see .issues of the list", stacklevel=2)
    return articles
