"""Hand-made tables as gold: a folder with any of the tables of a run, with any of their columns.

What a table lacks is not compared: a ``figures.csv`` without ``per_unit`` says nothing of units, and a
folder without ``person_mentions`` nothing of people. Needed are ``article_id``, ``start_char``,
``end_char`` and ``surface``; ``articles`` may give the publication date and the text (or its hash). Such
gold is never written to; ``newsledger accept GOLD SOURCE --truth TABLES`` makes gold files of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.tables import holds_tables
from newsledger.normalizer.writers.text import restore
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import (
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    as_value,
    date_word,
    gold_row,
    in_order,
    make_row,
)
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS
from newsledger.regression.runs import Run, RunArticle, read_run

_NEEDED = ("article_id", "start_char", "end_char", "surface")


def read(folder: Path) -> Gold:
    """Read tables as gold; raises `CannotCompare`."""
    if holds_tables(folder):
        return Gold(articles=gold_of_run(read_run(folder)).articles, path=folder, writable=False)
    places = [(table, folder / f"{table}{ending}") for table in ALL_KINDS for ending in (".jsonl", ".csv")]
    files = {table: file for table, file in places if file.is_file()}
    if not set(files) & set(KINDS):
        raise CannotCompare(
            "no_gold",
            f"{folder}: there is no gold: neither gold files nor tables such as figures.csv; "
            "newsledger accept creates it",
        )
    pinned: dict[str, tuple[str, ...]] = {}
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for table, file in files.items():
        columns, rows[table] = _read(file)
        needed = ("article_id",) if table == ARTICLES else _NEEDED
        if lacking := [name for name in needed if name not in columns]:
            raise CannotCompare("unreadable_gold", f"{file} lacks {', '.join(lacking)}")
        pinned[table] = tuple(name for name in ALL_KINDS[table].columns if name in columns)
    articles = _articles(files, rows, pinned)
    return Gold(articles=articles, manifest=Manifest(pinned=pinned), path=folder, writable=False)


def _read(file: Path) -> tuple[set[str], list[Mapping[str, Any]]]:
    """The columns of a table, and its rows; ``line`` of a row says where it stands."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            if file.suffix == ".csv":
                reader = csv.DictReader(stream, restval="")
                rows: list[Mapping[str, Any]] = [{**row, _LINE: reader.line_num} for row in reader]
                return set(reader.fieldnames or ()), rows
            rows = [{**json.loads(line), _LINE: n} for n, line in enumerate(stream, 1) if line.strip()]
            return {name for row in rows for name in row} - {_LINE}, rows
    except (ValueError, csv.Error) as error:
        raise CannotCompare("unreadable_gold", f"{file}: {error}") from None


_LINE = "\0line"


def _articles(
    files: Mapping[str, Path],
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
    pinned: Mapping[str, tuple[str, ...]],
) -> dict[str, GoldArticle]:
    complete = tuple(table for table in KINDS if table in pinned)
    articles: dict[str, GoldArticle] = {}
    for table, file in files.items():  # the articles come first
        for row in rows[table]:
            name = restore(str(row["article_id"]))
            article = articles.get(name) or GoldArticle(article_id=name, complete=complete)
            with naming("unreadable_gold", f"{file}, line {row[_LINE]}"):
                if table == ARTICLES:
                    articles[name] = _described(article, row)
                else:
                    found = _row(table, row, pinned[table], article.text)
                    articles[name] = replace(article, rows=(*article.rows, found))
    return {name: replace(made, rows=in_order(made.rows)) for name, made in articles.items()}


def _described(article: GoldArticle, row: Mapping[str, Any]) -> GoldArticle:
    """The article with what its row in the table of articles says."""
    published = as_value("articles", "published_date", row.get("published_date"))
    return replace(
        article,
        source_path=restore(row.get("source_path") or ""),
        text_sha256=row.get("text_sha256") or "",
        published=published if isinstance(published, dt.date) else None,
        text=restore(row["text"]) if row.get("text") else None,
    )


def _row(table: str, row: Mapping[str, Any], columns: Iterable[str], text: str | None) -> GoldRow:
    start, end = int(row["start_char"]), int(row["end_char"])
    free = {column.name for column in TABLES[table].columns if column.free}
    plain = {name: restore(v) if isinstance(v, str) and name in free else v for name, v in row.items()}
    surface = plain["surface"]
    if not 0 <= start < end or not surface.strip():
        raise ValueError(f"no mention: {surface!r} at {start}:{end}")
    values = {column: as_value(table, column, plain.get(column)) for column in columns}
    return make_row(table, surface, start, end, values, text)


def gold_of_run(run: Run) -> Gold:
    """A whole run as gold: every row is pinned."""
    about = Manifest()
    articles = {
        name: replace(article_of_run(article, tuple(KINDS), about.pinned), text=article.text)
        for name, article in run.articles.items()
    }
    return Gold(articles=articles, manifest=about)


def article_of_run(
    found: RunArticle, tables: Sequence[str], pinned: Mapping[str, Sequence[str]]
) -> GoldArticle:
    """An article of a run as gold: every row of these tables is pinned."""
    rows = [
        gold_row(table, row, found.text, pinned.get(table, ()))
        for table in tables
        for row in found.rows.get(table, ())
    ]
    return GoldArticle(
        **{name: getattr(found, name) for name in ("article_id", "source_path", "text_sha256", "published")},
        rows=in_order(rows),
        complete=tuple(tables),
        was_published=date_word(found.published),
    ).sealed()
