"""The public API: texts and articles in, `Tables` out, in memory; use the command line for large folders."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer import tables as stored_tables
from newsledger.normalizer.tables import TableSet, run_query
from newsledger.values.article import Article, as_date, is_missing
from newsledger.values.nearest import no_such
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from newsledger.explain.explain import Explanation
    from newsledger.extraction import Tools
    from newsledger.integrations.notebook.plots import Plots
    from newsledger.reading import ReadOptions
    from newsledger.values.extraction import Extraction
    from newsledger.values.issues import Issue


_FILE_NAME = lazy_regex(r"\S{1,300}\.(?:txt|md|html?|jsonl?|csv|tsv|parquet)(?:\.gz)?")
"""A file name, given where a text is expected."""
_TAKES_A_FRAME = "newsledger.from_frame(frame, text=COLUMN) takes a DataFrame"


class Tables(TableSet):
    """The tables of one run, with plots, joins and SQL; see `TableSet` for the frames and the files.

    >>> Tables.empty()
    Tables(no articles)
    """

    def sentence_context(self, *, inside_names: bool = False) -> pd.DataFrame:
        """The figures with their article and the countries, people and dates of the same sentence.

        See `newsledger.integrations.notebook.joins.sentence_context`.
        """
        from newsledger.integrations.notebook.joins import sentence_context

        return sentence_context(self, inside_names=inside_names)

    def same_sentence(self, left: str = "figures", right: str = "country_mentions") -> pd.DataFrame:
        """Pairs of mentions of two tables that share a sentence."""
        from newsledger.integrations.notebook.joins import same_sentence

        return same_sentence(self, left, right)

    def sql(self, query: str) -> pd.DataFrame:
        """The result of an SQL query on DuckDB, with the tables as views; needs ``newsledger[duckdb]``.

        Amounts are exact decimals inside the query. Raises ``ValueError`` for a query that DuckDB refuses.
        """
        from newsledger.values.frames import frame

        return frame(run_query(self, query))

    @property
    def plot(self) -> Plots:
        """One-line plots, such as ``tables.plot.figures()``."""
        from newsledger.integrations.notebook.plots import Plots

        return Plots(self)

    def explain(
        self, mention_id: str, *, article_id: str | None = None, settings: Settings | None = None
    ) -> Explanation:
        """The reasons for the values of the row with this id; see `newsledger.explain.explain`."""
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

    ``published`` is the day that words such as "Wednesday" are relative to. With None it is taken from the
    text's header or dateline; without either, relative dates stay unresolved. ``settings`` is a `Settings`;
    single settings can be given by name, such as ``default_currency="AUD"``.

    >>> tables = extract("Japan pledged $12 billion on Wednesday.", published="2024-04-03")
    >>> tables.arrow("articles").column("published_date").to_pylist()
    [datetime.date(2024, 4, 3)]
    """
    _check_text(text)
    article = Article(text=text, article_id=article_id, title=title, published=as_date(published))
    return extract_articles([article], settings=settings, **changes)


def extract_articles(
    articles: Iterable[Article], *, settings: Settings | None = None, **changes: Any
) -> Tables:
    """Extract the tables of several articles, linking people across all of them.

    If a stage fails on an article, ``issues`` gets a row, and the rows of the other stages and articles are
    kept. What `read_articles` could not read is reported in ``issues`` too. If two articles have the same
    id, the second becomes ``id~2``, with an issue. Raises ``TypeError`` for anything but an `Article` and
    for an unknown setting, ``ValueError`` for an invalid setting.
    """
    from newsledger.extraction import extract_article, load_tools
    from newsledger.values.unique_ids import unique_ids

    if isinstance(articles, Article):
        articles = [articles]
    chosen = _with_changes(settings or getattr(articles, "settings", None), changes)
    tools = load_tools(chosen)

    def extractions() -> Iterator[Extraction | Issue]:
        yield from getattr(articles, "issues", ())
        for item in unique_ids(map(_checked, articles)):
            yield extract_article(item, tools) if isinstance(item, Article) else item

    often, *rest = gc.get_threshold()
    seldom = often and max(often, 200_000)  # what a start loads stays: not to be gone through 300 times
    gc.set_threshold(seldom, *rest)
    try:
        return collected(extractions(), tools, options=getattr(articles, "options", None))
    finally:
        if often != seldom:  # else it is another thread's to set back
            gc.set_threshold(often, *rest)


def from_frame(
    frame: pd.DataFrame,
    *,
    text: str,
    published: str | None = None,
    title: str | None = None,
    id: str | None = None,
    keep: Iterable[str] = (),
    settings: Settings | None = None,
    **changes: Any,
) -> Tables:
    """Extract the tables of the articles in a DataFrame, one per row.

    ``text``, ``published``, ``title`` and ``id`` name the columns; without ``id`` the index gives the article
    ids. ``keep`` names columns to copy to the table of articles, as text. Rows are read like the records of
    a file: one without a text, or with an invalid date, gives a row in ``issues``. Settings are those of
    `extract`. Raises ``KeyError`` for a missing column.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"body": ["It cost $5m on Friday."], "day": pd.to_datetime(["2024-04-03"])})
    >>> from_frame(frame, text="body", published="day").figures.value_low.tolist()
    [5000000.0]
    """
    from newsledger.reading import ArticleList, Fields, ReadOptions, read_records

    if type(frame).__name__ != "DataFrame":
        raise TypeError(f"from_frame() takes a DataFrame, not {type(frame).__name__}")
    keep = [keep] if isinstance(keep, str) else list(keep)
    columns = [c for c in dict.fromkeys((text, published, title, id, *keep)) if c is not None]
    for column in columns:
        if column not in frame:
            raise KeyError(no_such(column, map(str, frame.columns), "no column"))
    chosen = _with_changes(settings, changes)
    records = (
        (str(name), {c: None if is_missing(cell) else cell for c, cell in zip(columns, row, strict=True)})
        for name, row in zip(frame.index, frame[columns].itertuples(index=False, name=None), strict=True)
    )
    options = ReadOptions(keep=tuple(keep), day_order=chosen.day_order)
    read = list(read_records(records, Fields(text, published, title, id), options))
    found = (item for item in read if isinstance(item, Article))
    articles = ArticleList(found, (item for item in read if not isinstance(item, Article)))
    articles.options = options
    return extract_articles(articles, settings=chosen)


_SEVERAL = f"extract() takes one text; of several make articles, or a frame: {_TAKES_A_FRAME}"
_BYTES = "extract() takes a str, not bytes; decode them first: data.decode('utf-8')"
_NO_TEXTS = {
    "DataFrame": f"extract() takes one text; {_TAKES_A_FRAME}",
    **dict.fromkeys(("Series", "list", "tuple", "ndarray"), _SEVERAL),
    **dict.fromkeys(("bytes", "bytearray"), _BYTES),
    "Article": "extract() takes a text; newsledger.extract_articles([article]) takes articles",
}
"""Name of a type that is not a text -> message that names the function for it."""


def _check_text(text: Any) -> None:
    """Raise ``TypeError`` for anything but a text, naming the function that takes it."""
    if isinstance(text, PathLike) or (isinstance(text, str) and _FILE_NAME.fullmatch(text)):
        raise TypeError(f"extract() takes a text; newsledger.read_articles({str(text)!r}) reads files")
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(_NO_TEXTS.get(kind, f"a text is a str, not {kind}"))


def _with_changes(settings: Settings | None, changes: Mapping[str, Any]) -> Settings:
    """The settings with changes; raises ``TypeError`` for an unknown name, with the nearest known one."""
    names = [field.name for field in fields(Settings)]
    for name in changes:
        if name not in names:
            raise TypeError(no_such(name, names, "no setting"))
    return replace(settings or Settings(), **changes)


def _checked(article: Article) -> Article:
    from newsledger.extraction import check_codes

    if isinstance(article, Article):
        check_codes(article)
        return article
    if isinstance(article, str):
        raise TypeError(
            f"extract_articles() takes articles; newsledger.extract(text) takes one text, {_TAKES_A_FRAME}"
        )
    raise TypeError(f"expected an Article, got {type(article).__name__}")


def collected(
    extractions: Iterable[Extraction | Issue], tools: Tools, *, options: ReadOptions | None = None
) -> Tables:
    """The tables of extractions made with ``tools``; an `Issue` among them becomes a row of ``issues``.

    ``options`` are those with which the articles were read from files.
    """
    from newsledger.engines.merge import collect
    from newsledger.engines.settings_record import settings_record
    from newsledger.normalizer.finish import load_run_settings
    from newsledger.normalizer.run_record import reading_record, tables_record

    about = settings_record(tools.settings), reading_record(options)
    tables = collect(extractions, load_run_settings(tools.settings, known=tools.known))
    return Tables(tables, run=partial(tables_record, tables, *about))


def read_tables(path: str | PathLike[str]) -> Tables:
    """Read back the tables of a run: a folder, or one SQLite or DuckDB file.

    If a folder holds several formats, the first of parquet, duckdb, sqlite, jsonl and csv is read; all hold
    the same rows. The types are those of a fresh run: decimals stay exact, Namibia stays ``NA``.
    Raises ``FileNotFoundError`` if there are no tables, ``ValueError`` if they cannot be read.
    """
    return stored_tables.read_tables(path, kind=Tables)
