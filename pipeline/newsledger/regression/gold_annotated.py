"""Annotated articles as gold: one JSON object a line, the text and its mentions in it.

``{"id", "text", "published", "figures": [...], "dates": [...], "countries": [...], "people": [...]}`` with
``start``, ``end`` and ``surface`` in every item: what an annotator writes who works article by article.
Figures have ``low``, ``high``, ``currency``, ``bound`` and ``per``; dates ``start_date``, ``end_date`` and
``part``; countries ``alpha3`` and ``inside_name``; people ``name``. A bound may stand for several modifiers.
Articles tagged ``suspect_gold`` are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsledger.regression.comparison import ALTERNATIVES
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import (
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    as_value,
    in_order,
    make_row,
)
from newsledger.values.article import as_date

BOUNDS = {
    "exact": ("exact", "estimate"),
    "about": ("approx", "estimate"),
    "at_least": ("ge",),
    "more_than": ("gt",),
    "at_most": ("le",),
    "less_than": ("lt",),
    "range": ("range",),
    "vague": ("vague",),
}
"""An annotator's bound -> the modifiers that mean it."""

_FIGURE_KEYS = {
    "low": "value_low",
    "high": "value_high",
    "currency": "currency",
    "bound": "modifier",
    "per": "per_unit",
}
_DATE_KEYS = {"start_date": "start_date", "end_date": "end_date", "part": "date_part"}
_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "figures": ("figures", _FIGURE_KEYS),
    "dates": ("date_mentions", _DATE_KEYS),
    "countries": ("country_mentions", {"alpha3": "iso_alpha3", "inside_name": "inside_name"}),
    "people": ("person_mentions", {"name": "name"}),
}
"""List of an annotated article -> its table, and its keys with their columns."""


def is_annotated(path: Path) -> bool:
    """Whether the first line of a file is an annotated article."""
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
    except ValueError:
        return False
    return isinstance(first, dict) and "text" in first and any(name in first for name in _LISTS)


def read(path: Path) -> Gold:
    """Read annotated articles; raises `CannotCompare`."""
    articles: dict[str, GoldArticle] = {}
    seen: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
                if "suspect_gold" in _tags(item):
                    continue
                seen |= set(item)
                article = _article(item)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CannotCompare("unreadable_gold", f"{path}, line {number}: {error!r}") from None
            articles[article.article_id] = article
    pinned = {table: tuple(columns.values()) for name, (table, columns) in _LISTS.items() if name in seen}
    return Gold(
        articles={name: articles[name] for name in sorted(articles)},
        manifest=Manifest(pinned=pinned),
        path=path,
        writable=False,
        dated_only=True,
    )


def _tags(item: Mapping[str, Any]) -> list[str]:
    return [*(item.get("tags") or ()), *((item.get("meta") or {}).get("tags") or ())]


def _article(item: Mapping[str, Any]) -> GoldArticle:
    text = item["text"]
    return GoldArticle(
        article_id=str(item["id"]),
        rows=in_order(_rows(item, text)),
        published=as_date(item.get("published")),
        complete=tuple(table for name, (table, _) in _LISTS.items() if name in item),
        text=text,
        text_sha256="",
    )


def _rows(item: Mapping[str, Any], text: str) -> Iterator[GoldRow]:
    for name, (table, columns) in _LISTS.items():
        for mention in item.get(name, ()):
            start, end = mention["start"], mention["end"]
            if text[start:end] != mention["surface"]:
                raise ValueError(f"{mention['surface']!r} does not stand at {start}:{end}")
            given = {columns[key]: mention.get(key) for key in columns}
            if table == "figures":
                given["modifier"] = ALTERNATIVES.join(BOUNDS[mention["bound"]])
            values = {column: as_value(table, column, value) for column, value in given.items()}
            yield make_row(table, mention["surface"], start, end, values, text)
