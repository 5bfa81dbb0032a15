"""Joins figures with the mentions in the same sentence.

That two mentions share a sentence says no more than that: whether the country pays, receives or is only
named, a reader must judge. Sentences are those of
`newsledger.document.layout`; none crosses a heading or paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsledger.document.layout import lay_out
from newsledger.values.cells import LIST_SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

    from newsledger.normalizer.tables import TableSet

MENTIONS = {
    "figures": "_figure",
    "person_mentions": "_person",
    "country_mentions": "_country",
    "date_mentions": "_date",
}
"""Table of mentions -> the ending its columns get where another table has one of the same name."""


def _with_sentences(tables: TableSet, *names: str) -> list[pd.DataFrame]:
    """The rows of some tables in the articles of the first, with ``sentence_start``."""
    import pandas as pd

    wanted = set(tables.arrow(names[0]).column("article_id").to_pylist())
    articles = tables.arrow("articles").select(["article_id", "text"]).to_pylist()
    layouts = {row["article_id"]: lay_out(row["text"]) for row in articles if row["article_id"] in wanted}
    frames = []
    for name in names:
        rows = tables[name]
        rows = rows[rows["article_id"].isin(wanted)]
        places = zip(rows["article_id"], rows["start_char"], strict=True)
        starts = [layouts[article_id].sentence_at(start)[0] for article_id, start in places]
        frames.append(rows.assign(sentence_start=pd.Series(starts, rows.index, dtype="int64")))
    return frames


def same_sentence(tables: TableSet, left: str = "figures", right: str = "country_mentions") -> pd.DataFrame:
    """Pairs of mentions of two tables that share a sentence: one row a pair, with the columns of both.

    A column that both have keeps its name for ``left`` and gets an ending for ``right``: ``_country``,
    ``_person``, ``_date`` or ``_figure``. ``sentence_start`` is where the sentence begins. A mention without
    partner has no row. Raises ``ValueError`` for a table without mentions, and for the same table twice.

    >>> import newsledger
    >>> tables = newsledger.extract("France gave €5m. Kenya and Mali got €2m each.", published="2024-04-03")
    >>> same_sentence(tables)[["surface", "iso_alpha3"]].values.tolist()
    [['€5m', 'FRA'], ['€2m', 'KEN'], ['€2m', 'MLI']]
    """
    for name in (left, right):
        if name not in MENTIONS:
            raise ValueError(f"{name!r} is not a table of mentions; there are {', '.join(MENTIONS)}")
    if left == right:
        raise ValueError(f"two different tables are needed, not {left!r} twice")
    key = ["article_id", "sentence_start"]
    one, other = _with_sentences(tables, left, right)
    return one.merge(other, on=key, suffixes=("", MENTIONS[right]), validate="many_to_many")


def sentence_context(tables: TableSet, *, inside_names: bool = False) -> pd.DataFrame:
    """The figures, one row each, with their article and the people, places and dates in the same sentence.

    ``countries`` (ISO alpha-3 codes), ``people`` (names) and ``dates`` (ISO-TimeML values) hold the distinct
    values of the sentence in text order, joined by ``|``, and are missing where there is none.
    ``inside_names`` also counts countries inside longer names (Bank of Japan). The other columns are those
    of `figures` and, from `articles`, ``title``, ``published_date`` and ``source_path``.

    >>> import newsledger
    >>> tables = newsledger.extract("Kenya and Mali got €2m on Wednesday.", published="2024-04-03")
    >>> sentence_context(tables)[["surface", "countries", "dates", "published_date"]].values.tolist()
    [['€2m', 'KEN|MLI', '2024-04-03', Timestamp('2024-04-03 00:00:00')]]
    """
    figures, countries, people, dates = _with_sentences(
        tables, "figures", "country_mentions", "person_mentions", "date_mentions"
    )
    articles = tables["articles"][["article_id", "title", "published_date", "source_path"]]
    wide = figures.merge(articles, on="article_id", how="left", validate="many_to_one")
    if not inside_names:
        countries = countries[~countries["inside_name"].astype(bool)]
    wide = _with(wide, countries, "iso_alpha3", "countries")
    wide = _with(wide, people, "name", "people")
    wide = _with(wide, dates, "timex_value", "dates")
    first = ["figure_id", "article_id", "published_date", "title", "surface", "value_low", "value_high"]
    first += ["currency", "modifier", "countries", "people", "dates", "sentence"]
    return wide[first + [c for c in wide.columns if c not in (*first, "sentence_start")]]


def _with(wide: pd.DataFrame, frame: pd.DataFrame, value: str, column: str) -> pd.DataFrame:
    """Add the distinct values of the same sentence, joined, as a column."""
    key = ["article_id", "sentence_start"]
    known = frame.dropna(subset=[value])[[*key, value]].drop_duplicates()
    joined = known.groupby(key, sort=False)[value].agg(LIST_SEPARATOR.join).rename(column)
    return wide.merge(joined.reset_index().astype({column: "string"}), on=key, how="left")
