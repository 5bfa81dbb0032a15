"""Reads other forms of gold: hand-made tables, and articles annotated as one JSON object per line.

*Tables* are a folder with any of the tables of a run as CSV, with any of their columns. What a table lacks is
not compared: a ``figures.csv`` without ``per_unit`` says nothing of units, and a folder without
``person_mentions`` nothing of people. Needed are ``article_id``, ``start_char``, ``end_char`` and
``surface``; ``articles`` may give the publication date and the text (or its hash).

*Annotated articles* are ``{"id", "text", "published", "figures": [...], "dates": [...], "countries": [...],
"people": [...]}`` with ``start``, ``end`` and ``surface`` in every item. Figures have ``low``, ``high``,
``currency``, ``bound`` and ``per``; dates ``start_date``, ``end_date`` and ``part``; countries ``alpha3`` and
``inside_name``; people ``name``. A bound may stand for several modifiers. Articles tagged ``suspect_gold``
are left out.

Neither is ever written to; ``newsledger accept GOLD SOURCE --truth TABLES`` makes gold files of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsledger.lexicons import load
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.tables import holds_tables
from newsledger.normalizer.writers.text import restore
from newsledger.regression import validation
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Manifest, as_value, in_order, make_row
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS
from newsledger.regression.runs import gold_of_run, read_run
from newsledger.values.article import as_date

# --- tables --------------------------------------------------------------------------------------------

_NEEDED = ("article_id", "start_char", "end_char", "surface")
_LINE = "\0line"
"""Key of a row that says where it stands."""


def read_tables(folder: Path) -> Gold:
    """Read tables as gold; raises `CannotCompare`."""
    if holds_tables(folder):
        return Gold(articles=gold_of_run(read_run(folder)).articles, path=folder, writable=False)
    files = {table: folder / f"{table}.csv" for table in ALL_KINDS if (folder / f"{table}.csv").is_file()}
    if not set(files) & set(KINDS):
        said = "neither gold files nor tables such as figures.csv; newsledger accept creates it"
        raise CannotCompare("no_gold", f"{folder}: there is no gold: {said}")
    pinned: dict[str, tuple[str, ...]] = {}
    articles: dict[str, GoldArticle] = {}
    complete = tuple(table for table in KINDS if table in files)
    for table, file in files.items():  # the articles come first
        columns, rows = _read(file)
        needed = ("article_id",) if table == ARTICLES else _NEEDED
        if lacking := [name for name in needed if name not in columns]:
            raise CannotCompare("unreadable_gold", f"{file} lacks {', '.join(lacking)}")
        pinned[table] = tuple(name for name in ALL_KINDS[table].columns if name in columns)
        for row in rows:
            name = restore(row["article_id"])
            article = articles.get(name) or GoldArticle(article_id=name, complete=complete)
            with naming("unreadable_gold", f"{file}, line {row[_LINE]}"):
                if table == ARTICLES:
                    articles[name] = _described(article, row)
                else:
                    found = _row(table, row, pinned[table], article.text)
                    articles[name] = replace(article, rows=(*article.rows, found))
    ordered = {name: replace(made, rows=in_order(made.rows)) for name, made in articles.items()}
    return Gold(articles=ordered, manifest=Manifest(pinned=pinned), path=folder, writable=False)


def _read(file: Path) -> tuple[set[str], list[Mapping[str, Any]]]:
    """The columns of a table, and its rows."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            rows: list[Mapping[str, Any]] = [{**row, _LINE: reader.line_num} for row in reader]
            return set(reader.fieldnames or ()), rows
    except (ValueError, csv.Error) as error:
        raise CannotCompare("unreadable_gold", f"{file}: {error}") from None


def _described(article: GoldArticle, row: Mapping[str, Any]) -> GoldArticle:
    """The article with what its row in the table of articles says."""
    published = as_value(ARTICLES, "published_date", row.get("published_date"))
    return replace(
        article,
        source_path=restore(row.get("source_path") or ""),
        text_sha256=row.get("text_sha256") or "",
        published=published if isinstance(published, dt.date) else None,
        text=restore(row["text"]) if row.get("text") else None,
    )


def _row(table: str, row: Mapping[str, Any], columns: Iterable[str], text: str | None) -> GoldRow:
    # Texts as they were before they were made safe for a spreadsheet.
    free = {column.name for column in TABLES[table].columns if column.free}
    row = {name: restore(value) if name in free else value for name, value in row.items()}
    start, end, surface = int(row["start_char"]), int(row["end_char"]), row["surface"]
    if not 0 <= start < end or not surface.strip():
        raise ValueError(f"no mention: {surface!r} at {start}:{end}")
    values = {column: as_value(table, column, row.get(column)) for column in columns}
    return make_row(table, surface, start, end, values, text)


# --- annotated articles --------------------------------------------------------------------------------

_KNOWN = load.toml(Path(__file__).with_name("annotated.toml"))
_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    name: (one["table"], one["columns"]) for name, one in _KNOWN["lists"].items()
}
"""List of an annotated article -> its table, and its columns with their keys."""


def is_annotated(path: Path) -> bool:
    """Whether the first line of a file is an annotated article."""
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
    except ValueError:
        return False
    return isinstance(first, dict) and "text" in first and any(name in first for name in _LISTS)


def read_annotated(path: Path) -> Gold:
    """Read annotated articles; raises `CannotCompare`."""
    articles: dict[str, GoldArticle] = {}
    seen: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            with naming("unreadable_gold", f"{path}, line {number}"):
                item = validation.table(json.loads(line), "an annotated article")
                meta = validation.table(item.get("meta") or {}, "meta")
                tags = {*(item.get("tags") or ()), *(meta.get("tags") or ())}
                if "suspect_gold" not in tags:
                    seen |= set(item)
                    articles[str(item["id"])] = _annotated(item)
    pinned = {table: tuple(columns) for name, (table, columns) in _LISTS.items() if name in seen}
    about = Manifest(pinned=pinned)
    return Gold(articles=articles, manifest=about, path=path, writable=False, dated_only=True)


def _annotated(item: Mapping[str, Any]) -> GoldArticle:
    return GoldArticle(
        article_id=str(item["id"]),
        rows=in_order(_annotated_rows(item, item["text"])),
        published=as_date(item.get("published")),
        complete=tuple(table for name, (table, _) in _LISTS.items() if name in item),
        text=item["text"],
    )


def _annotated_rows(item: Mapping[str, Any], text: str) -> Iterator[GoldRow]:
    for name, (table, columns) in _LISTS.items():
        for mention in item.get(name, ()):
            start, end, surface = mention["start"], mention["end"], mention["surface"]
            if start < 0 or text[start:end] != surface or not surface.strip():
                raise ValueError(f"{surface!r} does not stand at {start}:{end}")
            values = {column: as_value(table, column, mention.get(key)) for column, key in columns.items()}
            if table == "figures":
                values["modifier"] = _KNOWN["bounds"][mention["bound"]]
            yield make_row(table, surface, start, end, values, text)
