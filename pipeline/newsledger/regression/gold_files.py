"""Reads and writes gold: a folder with one TOML file per article, or one JSONL file.

A folder holds ``gold.toml``, which speaks of the gold as a whole, and ``<article>.gold.toml`` for every
article, in the folders the articles are in. A JSONL file holds the same, one row a line, so that a change
of one row is a change of one line. Both are made to be read and corrected by hand: a key that means nothing
is refused and not passed over, and a value that is missing is null.

Hand-made tables (see `gold_tables`) and annotated articles (see `gold_annotated`) are read as gold, too.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.normalizer.writers.text import decimal_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import (
    FORMAT,
    UNPLACED,
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    Value,
    as_value,
    in_order,
    is_null,
    value_text,
)
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, code_of, kind_called
from newsledger.regression.policy import read_floors

MANIFEST = "gold.toml"
SUFFIX = ".gold.toml"
ONE_FILE = (".jsonl", ".ndjson", ".json")
"""Endings of a gold in one file."""

_MANIFEST_HEAD = (
    "# What newsledger is expected to find. `newsledger accept` writes these files; correct them by hand\n"
    "# where the program is wrong, and the correction is kept.\n"
)


# --- reading -------------------------------------------------------------------------------------------


def read_gold(path: str | os.PathLike[str]) -> Gold:
    """Read gold in any of its forms.

    Raises `CannotCompare` where there is none, where it cannot be read, or where it was made for another
    schema of the tables.
    """
    from newsledger.regression import gold_annotated, gold_tables

    path = Path(path)
    try:
        if path.is_dir():
            gold = _read_folder(path) if _is_gold_folder(path) else gold_tables.read(path)
        elif not path.exists():
            raise CannotCompare("no_gold", f"{path}: there is no gold; newsledger accept creates it")
        elif path.name.endswith(SUFFIX):
            gold = _collect([_read_article(path)], Manifest(), path, {})
        elif path.suffix == ".toml":
            raise CannotCompare("no_gold", f"{path}: gold is a folder, a {SUFFIX} file or a .jsonl file")
        else:
            gold = gold_annotated.read(path) if gold_annotated.is_annotated(path) else _read_lines(path)
    except OSError as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error.strerror or error}") from None
    if not gold.articles:
        raise CannotCompare("no_gold", f"{path}: the gold is empty; newsledger accept fills it")
    return gold


def _is_gold_folder(path: Path) -> bool:
    return (path / MANIFEST).is_file() or next(path.rglob(f"*{SUFFIX}"), None) is not None


def _read_folder(folder: Path) -> Gold:
    manifest = read_manifest(folder) if (folder / MANIFEST).is_file() else Manifest()
    files: dict[str, Path] = {}
    articles = []
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        article = _read_article(file)
        if article.article_id in files:
            raise CannotCompare(
                "unreadable_gold", f"{file}: {files[article.article_id]} is of the same article"
            )
        files[article.article_id] = file
        articles.append(article)
    return _collect(articles, manifest, folder, files)


def read_manifest(folder: Path) -> Manifest:
    """What the ``gold.toml`` of a folder says; raises `CannotCompare`."""
    return manifest_of(_toml(folder / MANIFEST), folder / MANIFEST)


def _collect(
    articles: Iterable[GoldArticle], manifest: Manifest, path: Path, files: Mapping[str, Path]
) -> Gold:
    by_id = {a.article_id: replace(a, rows=in_order(a.rows)) for a in articles}
    return Gold(
        articles={name: by_id[name] for name in sorted(by_id)}, manifest=manifest, path=path, files=files
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except ValueError as error:  # also text that is not UTF-8
        raise CannotCompare("unreadable_gold", f"{path}: {error}") from None


def _read_article(path: Path) -> GoldArticle:
    document = _toml(path)
    head = {k: v for k, v in document.items() if k not in KINDS and k != "seals"}
    try:
        rows = [row_of(table, item) for table in KINDS for item in _tables(document, table)]
        return article_of(head, rows, document.get("seals", {}))
    except ValueError as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error}") from None


def read_article(path: Path) -> GoldArticle:
    """Read one ``.gold.toml`` file; raises `CannotCompare`."""
    return _read_article(path)


def _tables(document: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    found = document.get(table, [])
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise ValueError(f"{table}: rows are written as [[{table}]]")
    return found


def _read_lines(path: Path) -> Gold:
    manifest = Manifest()
    articles: dict[str, GoldArticle] = {}
    head: Mapping[str, Any] | None = None
    rows: list[GoldRow] = []
    seals: Mapping[str, Any] = {}

    def close() -> None:
        nonlocal rows, seals
        if head is not None:
            article = article_of(head, rows, seals)
            if article.article_id in articles:
                raise ValueError(f"article {article.article_id!r} stands here twice")
            articles[article.article_id] = article
        rows, seals = [], {}

    text = _utf8(path)
    number = 0
    try:
        for line in text.split("\n"):
            number += 1
            if not line.strip():
                continue
            entry = json.loads(line, parse_float=Decimal)
            if not isinstance(entry, Mapping) or len(entry) != 1:
                raise ValueError('a line is one of {"gold": ..}, {"article": ..}, {"figures": ..} ...')
            ((what, said),) = entry.items()
            if not isinstance(said, Mapping):
                raise ValueError(f"{what} is an object")
            if what == "gold":
                manifest = manifest_of(said, path)
            elif what == "article":
                close()
                head = said
            elif head is None:
                raise ValueError("a row stands after the article it belongs to")
            elif what == "seals":
                seals = said
            elif what in KINDS:
                rows.append(row_of(what, said))
            else:
                raise ValueError(f"no table {what!r}; there are {', '.join(KINDS)}")
        close()
    except CannotCompare:
        raise
    except ValueError as error:
        raise CannotCompare("unreadable_gold", f"{path}, line {number}: {error}") from None
    return _collect(articles.values(), manifest, path, {})


def _utf8(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error}") from None


# --- what stands in the files --------------------------------------------------------------------------

_ROW_KEYS = ("surface", "span", "before", "after", "absent", "known", "by", "reason", "note")


def row_of(table: str, given: Mapping[str, Any]) -> GoldRow:
    """A row as it stands in a file; raises ``ValueError`` on a key or value that is wrong."""
    columns = KINDS[table].columns
    if unknown := [key for key in given if key not in _ROW_KEYS and key not in columns]:
        raise ValueError(f"{table}: no column {', '.join(unknown)}; there are {', '.join(columns)}")
    span = given.get("span", list(UNPLACED))
    if "span" in given and (
        not isinstance(span, list)
        or len(span) != 2
        or not all(isinstance(n, int) and not isinstance(n, bool) for n in span)
        or not 0 <= span[0] < span[1]
    ):
        raise ValueError(f"{table}: span is [first character, character after the last], not {span!r}")
    surface = _said(given, "surface", table)
    if not surface.strip():
        raise ValueError(f"{table}: a row needs its surface")
    absent = given.get("absent", False)
    if not isinstance(absent, bool):
        raise ValueError(f"{table}: absent is true or false, not {absent!r}")
    return GoldRow(
        table=table,
        surface=surface,
        start=span[0],
        end=span[1],
        before=_said(given, "before", table),
        after=_said(given, "after", table),
        values={
            column: value
            for column in columns
            if column in given and not is_null(value := as_value(table, column, given[column]))
        },
        absent=absent,
        known=_known(given, table),
        by=_said(given, "by", table),
        reason=_said(given, "reason", table),
        note=_said(given, "note", table),
    )


def _said(given: Mapping[str, Any], key: str, where: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{where}: {key} is a text, not {value!r}")
    return value


def _known(given: Mapping[str, Any], table: str) -> tuple[str, ...]:
    value = given.get("known", [])
    codes = [value] if isinstance(value, str) else value
    kind = ALL_KINDS[table]
    possible = {"missed", "spurious", "moved_span", *(code_of(table, field.name) for field in kind.fields)}
    if not isinstance(codes, list) or not set(codes) <= possible:
        raise ValueError(f"{table}: known is a list of {', '.join(sorted(possible))}, not {value!r}")
    return tuple(codes)


def row_entries(row: GoldRow) -> dict[str, Any]:
    """A row as it is written; null and false are left out."""
    entries: dict[str, Any] = {
        "surface": row.surface,
        "span": [row.start, row.end] if row.placed else "",
        "before": row.before,
        "after": row.after,
    }
    entries |= {c: row.values[c] for c in KINDS[row.table].columns if not is_null(row.values.get(c))}
    for key in ("absent", "known", "by", "reason", "note"):
        if value := getattr(row, key):
            entries[key] = list(value) if isinstance(value, tuple) else value
    return {key: value for key, value in entries.items() if value != ""}


_ARTICLE_KEYS = (
    "article_id",
    "source_path",
    "published_date",
    "text_sha256",
    "n_chars",
    "complete",
    "known",
    "reason",
)


def article_of(head: Mapping[str, Any], rows: Iterable[GoldRow], seals: Mapping[str, Any]) -> GoldArticle:
    """An article as it stands in a file; raises ``ValueError``."""
    if unknown := [key for key in head if key not in _ARTICLE_KEYS]:
        raise ValueError(f"no such key: {', '.join(unknown)}; there are {', '.join(_ARTICLE_KEYS)}")
    article_id = _said(head, "article_id", "article")
    if not article_id:
        raise ValueError("article_id is missing")
    n_chars = head.get("n_chars")
    if n_chars is not None and not isinstance(n_chars, int):
        raise ValueError(f"n_chars is a number, not {n_chars!r}")
    published = as_value("articles", "published_date", head.get("published_date"))
    complete = head.get("complete", list(KINDS))
    if not isinstance(complete, list):
        raise ValueError(f"complete is a list of tables, not {complete!r}")
    return GoldArticle(
        article_id=article_id,
        rows=in_order(rows),
        source_path=_said(head, "source_path", "article"),
        text_sha256=_said(head, "text_sha256", "article"),
        n_chars=n_chars,
        published=published if isinstance(published, dt.date) else None,
        complete=tuple(kind_called(name).table for name in complete),
        seals={table: tuple(str(said).split()) for table, said in seals.items()},
        known=_known(head, ARTICLES.table),
        reason=_said(head, "reason", "article"),
    )


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


_MANIFEST_KEYS = ("format", "schema_version", "source", "options", "pinned", "floors", "accepted")


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
        if unknown := [key for key in given if key not in _MANIFEST_KEYS]:
            raise ValueError(f"no such key: {', '.join(unknown)}; there are {', '.join(_MANIFEST_KEYS)}")
        source = given.get("source", [])
        sources = [source] if isinstance(source, str) else source
        pinned = Manifest().pinned
        if "pinned" in given:
            pinned = {
                kind_called(table).table: tuple(c for c in kind_called(table).columns if c in columns)
                for table, columns in dict(given["pinned"]).items()
            }
            for table, columns in dict(given["pinned"]).items():
                if strange := sorted(set(columns) - set(kind_called(table).columns)):
                    raise ValueError(f"pinned.{table}: no column {', '.join(strange)}")
        return Manifest(
            source=tuple(str(name) for name in sources),
            options=dict(given.get("options", {})),
            pinned=pinned,
            floors=read_floors(given.get("floors", {})),
            accepted=tuple(dict(entry) for entry in given.get("accepted", [])),
        )
    except (ValueError, TypeError) as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error}") from None


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


# --- writing -------------------------------------------------------------------------------------------


def write_gold(gold: Gold, path: str | os.PathLike[str]) -> list[Path]:
    """Write gold, as one file where the name ends like one and else as a folder; returns what changed.

    Every file is written whole or not at all, and one that would not change is not touched. In a folder,
    files of articles that the gold no longer holds are removed.
    """
    path = Path(path)
    if is_one_file(path):
        return _put({path: "".join(_lines(gold))})
    texts = {path / MANIFEST: _MANIFEST_HEAD + toml_text(manifest_entries(gold.manifest))}
    taken: dict[str, str] = {}
    for article in gold.articles.values():
        file = gold.files.get(article.article_id) or path / file_name(article.article_id, taken)
        texts[file] = article_text(article)
    changed = _put(texts)
    if path.is_dir():
        for file in sorted(path.rglob(f"*{SUFFIX}")):
            if file not in texts:
                file.unlink()
                changed.append(file)
    return changed


def is_one_file(path: Path) -> bool:
    """Whether gold under this name is one file and not a folder.

    >>> is_one_file(Path("gold.jsonl")), is_one_file(Path("gold.v2"))
    (True, False)
    """
    return path.is_file() or (path.suffix.lower() in ONE_FILE and not path.is_dir())


def article_text(article: GoldArticle) -> str:
    """The text of an article's file."""
    parts = [toml_text(article_entries(article))]
    parts += [f"\n[[{row.table}]]\n{toml_text(row_entries(row))}" for row in in_order(article.rows)]
    seals = seal_entries(article)
    if seals:
        parts.append(f"\n[seals]\n{toml_text(seals)}")
    return "".join(parts)


def _lines(gold: Gold) -> Iterator[str]:
    yield _json_line("gold", manifest_entries(gold.manifest))
    for article in gold.articles.values():
        yield _json_line("article", article_entries(article))
        for row in in_order(article.rows):
            yield _json_line(row.table, row_entries(row))
        if seals := seal_entries(article):
            yield _json_line("seals", seals)


def _json_line(what: str, entries: Mapping[str, Any]) -> str:
    return json.dumps({what: entries}, ensure_ascii=False, default=_json_value) + "\n"


def _json_value(value: Value) -> str:
    return value_text(value)


def _put(texts: Mapping[Path, str]) -> list[Path]:
    """Write files, all of them beside their places first."""
    fresh: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            content = text.encode("utf-8")
            if path.is_file() and path.read_bytes() == content:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            fresh[path] = temporary
            temporary.write_bytes(content)
        for path, temporary in fresh.items():
            temporary.replace(path)
    finally:
        for temporary in fresh.values():
            temporary.unlink(missing_ok=True)
    return list(fresh)


_LONGEST_NAME = 120


def file_name(article_id: str, taken: dict[str, str] | None = None) -> Path:
    """The file of an article in a gold folder: its id, made safe for every file system.

    ``taken`` remembers the names given so far: two ids that differ in case alone get two files.

    >>> file_name("asia/rail-budget.txt").as_posix(), file_name("../x?").as_posix()
    ('asia/rail-budget.txt.gold.toml', '%2E%2E/x%3F.gold.toml')
    """
    parts = []
    for part in article_id.split("/"):
        safe = (
            quote(part, safe=" !$&'()+,;=@~[]").rstrip(". ") if part.strip(".") else part.replace(".", "%2E")
        )
        if len(safe) > _LONGEST_NAME or not safe or safe.upper().split(".")[0] in _RESERVED:
            safe = f"{safe[:_LONGEST_NAME]}~{sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        parts.append(safe)
    name = "/".join(parts)
    if taken is not None:
        if taken.setdefault(name.lower(), article_id) != article_id:
            name += f"~{sha256(article_id.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        taken[name.lower()] = article_id
    return Path(name + SUFFIX)


_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}


_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(entries: Mapping[str, Any], prefix: str = "") -> str:
    r"""A mapping as TOML: plain values first, then tables.

    >>> print(toml_text({"a": "x\n", "b": Decimal("0.50"), "c": {"d": [1, 2]}}))
    a = "x\n"
    b = 0.5
    <BLANKLINE>
    [c]
    d = [1, 2]
    <BLANKLINE>
    """
    plain, tables = [], []
    for key, value in entries.items():
        name = prefix + _key(key)
        if isinstance(value, Mapping):
            head = f"\n[{name}]\n" if _has_plain(value) else ""
            tables.append(head + toml_text(value, f"{name}."))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            tables += [f"\n[[{name}]]\n" + toml_text(item, f"{name}.") for item in value]
        else:
            plain.append(f"{_key(key)} = {_toml_value(value)}\n")
    return "".join([*plain, *tables])


def _has_plain(value: Mapping[str, Any]) -> bool:
    return not value or any(not isinstance(inner, Mapping) for inner in value.values())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _toml_string(key)


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml_value, value))}]"
    return _toml_string(str(value))


_UNWRITABLE = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _toml_string(text: str) -> str:
    """A basic string; what an editor would not show, or would show in another place, is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNWRITABLE.sub(lambda m: f"\\u{ord(m[0]):04X}", quoted)
