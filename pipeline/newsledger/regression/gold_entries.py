"""Rows, articles and the manifest of a gold as plain mappings: what stands in gold files, checked when read.

A key that means nothing is refused and not passed over, and a value that is missing is null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.regression import validation
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import (
    FORMAT,
    UNPLACED,
    GoldArticle,
    GoldRow,
    Manifest,
    as_value,
    in_order,
    is_null,
)
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, MISSED, MOVED_SPAN, SPURIOUS, kind_by_name
from newsledger.regression.policy import read_floors

_ROW_TEXTS = ["surface", "before", "after", "by", "reason", "note"]
_ROW_KEYS = [*_ROW_TEXTS, "span", "absent", "known"]
_ARTICLE_TEXTS = ["article_id", "source_path", "text_sha256", "reason"]
_ARTICLE_KEYS = [
    "article_id",
    "source_path",
    "published_date",
    "text_sha256",
    "n_chars",
    "complete",
    "known",
    "reason",
]
_MANIFEST_KEYS = ["format", "schema_version", "source", "options", "pinned", "floors", "accepted"]


def row_of(table: str, given: Mapping[str, Any]) -> GoldRow:
    """A row as it stands in a file; raises ``ValueError`` on a key or value that is wrong."""
    columns = KINDS[table].columns
    if unknown := [key for key in given if key not in _ROW_KEYS and key not in columns]:
        raise ValueError(f"{table}: no column {', '.join(unknown)}; there are {', '.join(columns)}")
    texts = {key: validation.text(given.get(key, ""), f"{table}: {key}") for key in _ROW_TEXTS}
    if not texts["surface"].strip():
        raise ValueError(f"{table}: a row needs its surface")
    start, end = _span(given["span"], table) if "span" in given else UNPLACED
    values = {column: as_value(table, column, given[column]) for column in columns if column in given}
    return GoldRow(
        table=table,
        start=start,
        end=end,
        values={column: value for column, value in values.items() if not is_null(value)},
        absent=validation.boolean(given.get("absent", False), f"{table}: absent"),
        known=_known(given, table),
        **texts,
    )


def _span(span: Any, table: str) -> tuple[int, int]:
    if isinstance(span, list) and len(span) == 2 and all(type(n) is int for n in span):
        start, end = span
        if 0 <= start < end:
            return start, end
    raise ValueError(f"{table}: span is [first character, character after the last], not {span!r}")


def _known(given: Mapping[str, Any], table: str) -> tuple[str, ...]:
    value = given.get("known", [])
    codes = [value] if isinstance(value, str) else value
    possible = {MISSED, SPURIOUS, MOVED_SPAN.code, *(field.code for field in ALL_KINDS[table].fields)}
    if not isinstance(codes, list) or not set(codes) <= possible:
        raise ValueError(f"{table}: known is a list of {', '.join(sorted(possible))}, not {value!r}")
    return tuple(codes)


def row_entries(row: GoldRow) -> dict[str, Any]:
    """A row as it is written; what is null, false or empty is left out."""
    entries: dict[str, Any] = {"surface": row.surface}
    if row.placed:
        entries["span"] = [row.start, row.end]
    entries |= {"before": row.before, "after": row.after}
    entries |= {c: row.values[c] for c in KINDS[row.table].columns if not is_null(row.values.get(c))}
    entries |= {"absent": row.absent or "", "known": list(row.known) or ""}
    entries |= {"by": row.by, "reason": row.reason, "note": row.note}
    return {key: value for key, value in entries.items() if value != ""}


def article_of(head: Mapping[str, Any], rows: Iterable[GoldRow], seals: Mapping[str, Any]) -> GoldArticle:
    """An article as it stands in a file; raises ``ValueError``."""
    validation.known_keys(head, _ARTICLE_KEYS)
    texts = {key: validation.text(head.get(key, ""), f"article: {key}") for key in _ARTICLE_TEXTS}
    if not texts["article_id"]:
        raise ValueError("article_id is missing")
    n_chars = head.get("n_chars")
    if n_chars is not None and not isinstance(n_chars, int):
        raise ValueError(f"n_chars is a number, not {n_chars!r}")
    published = as_value("articles", "published_date", head.get("published_date"))
    complete = head.get("complete", list(KINDS))
    if not isinstance(complete, list):
        raise ValueError(f"complete is a list of tables, not {complete!r}")
    return GoldArticle(
        rows=in_order(rows),
        n_chars=n_chars,
        published=published if isinstance(published, dt.date) else None,
        complete=tuple(kind_by_name(name).table for name in complete),
        seals=seals_of(seals),
        known=_known(head, ARTICLES.table),
        **texts,
    )


def seals_of(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The seals as they stand in a file."""
    return {table: tuple(str(hashes).split()) for table, hashes in given.items()}


def article_entries(article: GoldArticle) -> dict[str, Any]:
    """What is written of an article before its rows."""
    entries: dict[str, Any] = {
        "article_id": article.article_id,
        "source_path": article.source_path if article.source_path != article.article_id else "",
        "published_date": article.published,
        "text_sha256": article.text_sha256,
        "n_chars": article.n_chars,
        "complete": list(article.complete) if set(article.complete) != set(KINDS) else None,
        "known": list(article.known) or None,
        "reason": article.reason,
    }
    return {key: value for key, value in entries.items() if value is not None and value != ""}


def seal_entries(article: GoldArticle) -> dict[str, str]:
    """The seals as they are written: one line a table."""
    return {table: " ".join(seals) for table, seals in article.seals.items() if seals}


def manifest_of(given: Mapping[str, Any], path: Path) -> Manifest:
    """What a file says of the gold as a whole; raises `CannotCompare` where it is of another version."""
    form = given.get("format", FORMAT)
    if not isinstance(form, int) or form > FORMAT:
        raise CannotCompare(
            "gold_format",
            f"{path}: gold of format {form}; this program reads format {FORMAT}, a newer may help",
        )
    version = given.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise CannotCompare(
            "schema_version",
            f"{path}: the gold is of schema version {version}, this program's is {SCHEMA_VERSION}; "
            "newsledger accept --fresh makes it anew",
        )
    try:
        validation.known_keys(given, _MANIFEST_KEYS)
        source = given.get("source", [])
        return Manifest(
            source=tuple(map(str, [source] if isinstance(source, str) else source)),
            options=dict(given.get("options", {})),
            pinned=_pinned(dict(given["pinned"])) if "pinned" in given else Manifest().pinned,
            floors=read_floors(given.get("floors", {})),
            accepted=tuple(dict(entry) for entry in given.get("accepted", [])),
        )
    except (ValueError, TypeError) as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error}") from None


def _pinned(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    pinned = {}
    for table, columns in given.items():
        kind = kind_by_name(table)
        if unknown := sorted(set(columns) - set(kind.columns)):
            raise ValueError(f"pinned.{table}: no column {', '.join(unknown)}")
        pinned[kind.table] = tuple(column for column in kind.columns if column in columns)
    return pinned


def manifest_entries(manifest: Manifest) -> dict[str, Any]:
    """What is written of the gold as a whole."""
    pinned = {table: list(columns) for table, columns in manifest.pinned.items()}
    default = {table: list(columns) for table, columns in Manifest().pinned.items()}
    entries: dict[str, Any] = {
        "format": manifest.format,
        "schema_version": manifest.schema_version,
        "source": list(manifest.source),
        "options": dict(manifest.options),
        "pinned": pinned if pinned != default else {},
        "floors": {table: dict(by_name) for table, by_name in manifest.floors.items()},
        "accepted": [dict(entry) for entry in manifest.accepted],
    }
    return {key: value for key, value in entries.items() if value not in ({}, [])}
