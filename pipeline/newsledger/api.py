"""The public API: texts and articles in, `Tables` out, in memory; larger folders are for the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Any

from newsledger.normalizer import tables as stored_tables
from newsledger.normalizer.tables import TableSet
from newsledger.values.article import Article
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from newsledger.explain.explanation import Explanation
    from newsledger.extraction import Tools
    from newsledger.integrations.notebook.plots import Plots
    from newsledger.values.extraction import Extraction
    from newsledger.values.issues import Issue


class Tables(TableSet):
    """The tables of one run, with the views of them; see `TableSet` for the frames and the files.

    >>> Tables.empty()
    Tables(no articles)
    """

    def ledger(self, *, inside_names: bool = False) -> pd.DataFrame:
        """The figures with their article and the countries, people and dates of the same sentence.

        See `newsledger.integrations.notebook.joins.ledger`.
        """
        from newsledger.integrations.notebook.joins import ledger

        return ledger(self, inside_names=inside_names)

    def same_sentence(self, left: str = "figures", right: str = "country_mentions") -> pd.DataFrame:
        """Pairs of mentions of two tables that share a sentence."""
        from newsledger.integrations.notebook.joins import same_sentence

        return same_sentence(self, left, right)

    @property
    def plot(self) -> Plots:
        """Plots in one line, such as ``tables.plot.figures()``."""
        from newsledger.integrations.notebook.plots import Plots

        return Plots(self)

    def explain(
        self, mention_id: str, *, article_id: str | None = None, settings: Settings | None = None
    ) -> Explanation:
        """Why the row with this id is as it is; see `newsledger.explain.explain`."""
        from newsledger.explain.explain import explain

        return explain(self, mention_id, article_id=article_id, settings=settings)

    def _repr_html_(self) -> str:
        from newsledger.integrations.notebook.view import tables_html

        return tables_html(self)


def extract(
    text: str,
    *,
    published: str | dt.date | None = None,
    title: str | None = None,
    article_id: str = "article",
    settings: Settings | None = None,
    **changes: Any,
) -> Tables:
    """Extract the tables of one text.

    ``published`` anchors words such as "Wednesday"; with None, the text's own header or dateline does, and
    failing that only what needs no anchor is resolved. ``settings``, or single settings by name such as
    ``default_currency="AUD"``, are those of `Settings`.

    >>> tables = extract("Japan pledged $12 billion on Wednesday.", published="2024-04-03")
    >>> tables.arrow("articles").column("published_date").to_pylist()
    [datetime.date(2024, 4, 3)]
    """
    from newsledger.document.published import from_option

    day = from_option(published) if published != "" else None
    article = Article(text=text, article_id=article_id, title=title, published=day)
    return extract_articles([article], settings=settings, **changes)


def extract_articles(
    articles: Iterable[Article], *, settings: Settings | None = None, **changes: Any
) -> Tables:
    """Extract the tables of some articles; who is who is decided over all of them.

    An article on which a stage fails gives a row in ``issues`` and the rows of the other stages; the other
    articles are not affected. What `read_articles` could not read is kept in ``issues`` too. Of several
    articles with one id the second becomes ``id~2``, with an issue. Raises ``TypeError`` for what is no
    `Article` or no setting, ``ValueError`` for a setting that cannot be used.
    """
    from newsledger.extraction import extract_article, load_tools
    from newsledger.reading import unique_ids

    chosen = replace(settings or Settings(), **changes)
    tools = load_tools(chosen)

    def extractions() -> Iterator[Extraction | Issue]:
        yield from getattr(articles, "issues", ())
        for item in unique_ids(map(_checked, articles)):
            yield extract_article(item, tools) if isinstance(item, Article) else item

    return collected(extractions(), tools)


def _checked(article: Article) -> Article:
    if not isinstance(article, Article):
        raise TypeError(f"expected an Article, got {type(article).__name__}; extract() takes a text")
    return article


def collected(extractions: Iterable[Extraction | Issue], tools: Tools) -> Tables:
    """The tables of extractions made with ``tools``; an `Issue` among them becomes a row of ``issues``."""
    from newsledger.engines.settings_record import settings_record
    from newsledger.normalizer.collect import collect

    record = settings_record(tools.settings)
    return collect(extractions, kind=Tables, settings=record, known=tools.known)


def read_tables(path: str | PathLike[str]) -> Tables:
    """Read back the tables of a run: a folder, or one SQLite or DuckDB file.

    In a folder the first of parquet, duckdb, sqlite, jsonl and csv that is there is read; all hold the
    same rows. Types are those of a fresh run: decimals stay exact, Namibia stays ``NA``.
    Raises ``FileNotFoundError`` where there are no tables, ``ValueError`` where they cannot be read.
    """
    return stored_tables.read_tables(path, kind=Tables)
