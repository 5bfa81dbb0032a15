"""Rows, articles and the manifest of a gold as plain mappings: what stands in gold files, checked when read.

A key that means nothing is refused and not passed over, and a value that is missing is null. Two columns that
say the same (``value_low`` and ``value_high``, ``start_date`` and ``end_date``) are written once, under the
name of their field. Format 1, which had offsets and its seals in a table of their own, is read as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.normalizer.writers.text import value_text
from newsledger.regression import validation
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import (
    FORMAT,
    HAND,
    GoldArticle,
    GoldRow,
    Manifest,
    as_value,
    date_word,
    is_null,
    seal,
    text_hash,
)
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, MISSED, MOVED_SPAN, SPURIOUS, kind_by_name
from newsledger.regression.policy import read_floors

_ROW_TEXTS = ["surface", "before", "after", "by", "reason", "note", "seal"]
_ARTICLE_TEXTS = ["article_id", "source_path", "reason", "as_accepted"]
_ARTICLE_KEYS = [*_ARTICLE_TEXTS, "published_date", "complete", "known"]
_FORMAT_1 = {"row": ["span"], "article": ["text_sha256", "n_chars", "seals"]}
"""Keys that the first format had in addition."""
_MANIFEST_KEYS = ["format", "schema_version", "source", "options", "pinned", "floors", "accepted"]


def row_of(table: str, given: Mapping[str, Any]) -> GoldRow:
    """A row as it stands in a file; raises ``ValueError`` on a key or value that is wrong."""
    kind = KINDS[table]
    for field in kind.intervals:
        if field.name in given:
            given = {**dict.fromkeys(field.columns, given[field.name]), **given}
    known = [*_ROW_TEXTS, "absent", "known", *(f.name for f in kind.intervals), *_FORMAT_1["row"]]
    if unknown := [key for key in given if key not in known and key not in kind.columns]:
        raise ValueError(f"{table}: no column {', '.join(unknown)}; there are {', '.join(kind.columns)}")
    texts = _texts(given, _ROW_TEXTS, table)
    if not texts["surface"].strip():
        raise ValueError(f"{table}: a row needs its surface")
    values = {column: as_value(table, column, given[column]) for column in kind.columns if column in given}
    return GoldRow(
        table=table,
        values={column: value for column, value in values.items() if not is_null(value)},
        absent=validation.switch(given.get("absent", False), f"{table}: absent"),
        known=_known(given, table),
        **texts,
    )


def _texts(given: Mapping[str, Any], keys: Iterable[str], what: str) -> dict[str, Any]:
    return {key: validation.text(given.get(key, ""), f"{what}: {key}") for key in keys}


def _known(given: Mapping[str, Any], table: str) -> tuple[str, ...]:
    value = given.get("known", [])
    codes = [value] if isinstance(value, str) else value
    possible = {MISSED, SPURIOUS, MOVED_SPAN, *(field.code for field in ALL_KINDS[table].fields)}
    if not isinstance(codes, list) or not set(codes) <= possible:
        raise ValueError(f"{table}: known is a list of {', '.join(sorted(possible))}, not {value!r}")
    return tuple(codes)


def row_entries(row: GoldRow) -> dict[str, Any]:
    """A row as it is written; what is null, false or empty is left out."""
    kind = KINDS[row.table]
    entries: dict[str, Any] = {"surface": row.surface, "before": row.before, "after": row.after}
    values = {column: row.values.get(column) for column in kind.columns}
    for field in kind.intervals:
        both = [values[column] for column in field.columns]
        if both[0] == both[1]:
            entries[field.name] = both[0]
            values |= dict.fromkeys(field.columns)
    entries |= {**values, "absent": row.absent, "known": list(row.known)}
    return _said({**entries, "by": row.by, "reason": row.reason, "note": row.note, "seal": row.seal})


def _said(entries: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in entries.items() if not is_null(value) and value not in ("", [], {})}


def article_of(head: Mapping[str, Any], rows: Iterable[GoldRow]) -> GoldArticle:
    """An article as it stands in a file; raises ``ValueError``."""
    validation.known_keys(head, [*_ARTICLE_KEYS, *_FORMAT_1["article"]])
    texts = _texts(head, _ARTICLE_TEXTS, "article")
    if not texts["article_id"]:
        raise ValueError("article_id is missing")
    published = as_value("articles", "published_date", head.get("published_date"))
    complete = head.get("complete", list(KINDS))
    if not isinstance(complete, list):
        raise ValueError(f"complete is a list of tables, not {complete!r}")
    text_sha256, was_published, *left = texts.pop("as_accepted").split() or ["", HAND]
    article = GoldArticle(
        rows=tuple(rows),
        text_sha256=text_sha256.strip("-"),
        published=published if isinstance(published, dt.date) else None,
        was_published=was_published,
        complete=tuple(kind_by_name(name).table for name in complete),
        left=tuple(left),
        known=_known(head, ARTICLES),
        **texts,
    )
    return _of_format_1(article, head) if "seals" in head else article


def _of_format_1(article: GoldArticle, head: Mapping[str, Any]) -> GoldArticle:
    """The article with the seals that stand in its head on their rows."""
    seals = {table: str(hashes).split() for table, hashes in head["seals"].items()}
    made = [(row, seal(row)) for row in article.rows]
    rows = tuple(replace(row, seal=one) if one in seals.get(row.table, ()) else row for row, one in made)
    date_seal = text_hash(value_text(article.published))[:8]
    was = date_word(article.published) if seals.get(ARTICLES) == [date_seal] else HAND
    return replace(article, rows=rows, text_sha256=str(head.get("text_sha256", "")), was_published=was)


def article_entries(article: GoldArticle) -> dict[str, Any]:
    """What is written of an article before its rows.

    ``as_accepted`` is the one line that changes with the text: its hash, the publication date, and hashes of
    the words of the rows.
    """
    as_accepted = " ".join([article.text_sha256 or "-", article.was_published, *article.left])
    return _said(
        {
            "article_id": article.article_id,
            "source_path": article.source_path if article.source_path != article.article_id else "",
            "published_date": article.published,
            "complete": list(article.complete) if set(article.complete) != set(KINDS) else "",
            "known": list(article.known),
            "reason": article.reason,
            "as_accepted": as_accepted if as_accepted != f"- {HAND}" else "",
        }
    )


def manifest_of(given: Mapping[str, Any], path: Path) -> Manifest:
    """What a file says of the gold as a whole; raises `CannotCompare` where it is of another version."""
    form = given.get("format", FORMAT)
    if not isinstance(form, int) or form > FORMAT:
        raise CannotCompare(
            "gold_format",
            f"{path}: gold of format {form}; this program reads formats up to {FORMAT}, a newer may help",
        )
    version = given.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        raise CannotCompare(
            "schema_version",
            f"{path}: the gold is of schema version {version}, this program's is {SCHEMA_VERSION}; "
            "take it away, and newsledger accept makes it anew, without what was corrected in it by hand",
        )
    with naming("unreadable_gold", path):
        validation.known_keys(given, _MANIFEST_KEYS)
        source = given.get("source", [])
        return Manifest(
            source=tuple(map(str, [source] if isinstance(source, str) else source)),
            options=dict(given.get("options", {})),
            pinned=_pinned(dict(given["pinned"])) if "pinned" in given else Manifest().pinned,
            floors=read_floors(given.get("floors", {})),
            accepted=tuple(dict(entry) for entry in given.get("accepted", [])),
        )


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
    return _said(
        {
            "format": FORMAT,
            "schema_version": manifest.schema_version,
            "source": list(manifest.source),
            "options": dict(manifest.options),
            "pinned": pinned if dict(manifest.pinned) != Manifest().pinned else {},
            "floors": {table: dict(by_name) for table, by_name in manifest.floors.items()},
            "accepted": [dict(entry) for entry in manifest.accepted],
        }
    )
