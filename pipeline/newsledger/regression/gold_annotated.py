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
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Manifest, as_value, in_order, make_row
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

_FIGURES = {"value_low": "low", "value_high": "high", "currency": "currency", "modifier": "bound"}
_LISTS = {
    "figures": ("figures", {**_FIGURES, "per_unit": "per"}),
    "dates": ("date_mentions", {"start_date": "start_date", "end_date": "end_date", "date_part": "part"}),
    "countries": ("country_mentions", {"iso_alpha3": "alpha3", "inside_name": "inside_name"}),
    "people": ("person_mentions", {"name": "name"}),
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
                of_it, of_meta = item.get("tags"), (item.get("meta") or {}).get("tags")
                if "suspect_gold" not in (*(of_it or ()), *(of_meta or ())):
                    seen |= set(item)
                    articles[str(item["id"])] = _article(item)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CannotCompare("unreadable_gold", f"{path}, line {number}: {error!r}") from None
    pinned = {table: tuple(columns) for name, (table, columns) in _LISTS.items() if name in seen}
    return Gold(
        articles=articles,
        manifest=Manifest(pinned=pinned),
        path=path,
        writable=False,
        dated_only=True,
    )


def _article(item: Mapping[str, Any]) -> GoldArticle:
    return GoldArticle(
        article_id=str(item["id"]),
        rows=in_order(_rows(item, item["text"])),
        published=as_date(item.get("published")),
        complete=tuple(table for name, (table, _) in _LISTS.items() if name in item),
        text=item["text"],
    )


def _rows(item: Mapping[str, Any], text: str) -> Iterator[GoldRow]:
    for name, (table, columns) in _LISTS.items():
        for mention in item.get(name, ()):
            start, end = mention["start"], mention["end"]
            if text[start:end] != mention["surface"]:
                raise ValueError(f"{mention['surface']!r} does not stand at {start}:{end}")
            given = {column: mention.get(key) for column, key in columns.items()}
            if table == "figures":
                given["modifier"] = ALTERNATIVES.join(BOUNDS[mention["bound"]])
            values = {column: as_value(table, column, value) for column, value in given.items()}
            yield make_row(table, mention["surface"], start, end, values, text)
