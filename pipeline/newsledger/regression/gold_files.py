"""Reads and writes gold: a folder with one TOML file per article, or one JSONL file.

A folder holds ``gold.toml``, which speaks of the gold as a whole, and ``<article>.gold.toml`` for every
article, in the folders the articles are in. A JSONL file holds the same. In both a row is a line, so that one
changed value is one changed line, and both are made to be read and corrected by hand: a key that means
nothing is refused, a value that is missing is null, and two columns that say the same (``value_low`` and
``value_high``) are written once, under the name of their field.

Hand-made tables and annotated articles (see `gold_by_hand`) are read as gold, too.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.normalizer.writers.text import value_text
from newsledger.regression import gold_by_hand, validation
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import (
    FORMAT,
    HAND,
    Gold,
    GoldArticle,
    GoldRow,
    Manifest,
    as_value,
    in_order,
    is_null,
    text_hash,
)
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, MISSED, MOVED_SPAN, SPURIOUS, kind_by_name
from newsledger.regression.policy import read_floors

MANIFEST = "gold.toml"
SUFFIX = ".gold.toml"
ONE_FILE = (".jsonl", ".ndjson", ".json")
"""Endings of a gold in one file."""

_MANIFEST_HEAD = (
    "# What newsledger is expected to find. `newsledger accept` writes these files; correct them by hand\n"
    "# where the program is wrong, and the correction is kept.\n"
)
_MANIFEST_KEYS = ["format", "schema_version", "source", "options", "pinned", "floors", "accepted"]
_ROW_TEXTS = ["surface", "before", "after", "by", "reason", "note", "seal"]
_ARTICLE_TEXTS = ["article_id", "source_path", "reason", "as_accepted"]
_ARTICLE_KEYS = [*_ARTICLE_TEXTS, "published_date", "complete", "known"]


# --- reading -------------------------------------------------------------------------------------------


def read_gold(path: str | os.PathLike[str]) -> Gold:
    """Read gold in any of its forms.

    Raises `CannotCompare` if there is none, if it cannot be read, or if it was made for another
    schema of the tables.
    """
    path = Path(path)
    try:
        if path.is_dir():
            is_gold = (path / MANIFEST).is_file() or any(path.rglob(f"*{SUFFIX}"))
            gold = _read_folder(path) if is_gold else gold_by_hand.read_tables(path)
        elif not path.exists():
            raise CannotCompare("no_gold", f"{path}: there is no gold; newsledger accept creates it")
        elif path.name.endswith(SUFFIX):
            article = read_article(path)
            gold = Gold(articles={article.article_id: article}, path=path)
        elif path.suffix == ".toml":
            raise CannotCompare("no_gold", f"{path}: gold is a folder, a {SUFFIX} file or a .jsonl file")
        else:
            gold = gold_by_hand.read_annotated(path) if gold_by_hand.is_annotated(path) else _read_lines(path)
    except OSError as error:
        raise CannotCompare("unreadable_gold", f"{path}: {error.strerror or error}") from None
    if not gold.articles:
        raise CannotCompare("no_gold", f"{path}: the gold is empty; newsledger accept fills it")
    return gold


def _read_folder(folder: Path) -> Gold:
    about = folder / MANIFEST
    with naming("unreadable_gold", about):
        manifest = manifest_of(validation.read_toml(about), about) if about.is_file() else Manifest()
    files: dict[str, Path] = {}
    articles: dict[str, GoldArticle] = {}
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        article = read_article(file)
        if article.article_id in files:
            said = f"{file}: {files[article.article_id]} is of the same article"
            raise CannotCompare("unreadable_gold", said)
        files[article.article_id], articles[article.article_id] = file, article
    return Gold(articles=articles, manifest=manifest, path=folder, files=files)


def read_article(path: Path) -> GoldArticle:
    """Read one ``.gold.toml`` file; raises `CannotCompare`."""
    with naming("unreadable_gold", path):
        document = validation.read_toml(path)
        rows = []
        for table in KINDS:
            found = document.pop(table, [])
            if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
                raise ValueError(f"{table}: rows are written as {table} = [{{surface = ...}}, ...]")
            rows += [row_of(table, row) for row in found]
        return replace(article_of(document), rows=tuple(rows))


def _read_lines(path: Path) -> Gold:
    manifest = Manifest()
    articles: dict[str, GoldArticle] = {}
    rows: list[GoldRow] = []
    rows_of: dict[str, list[GoldRow]] = {}
    with naming("unreadable_gold", path):
        lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        with naming("unreadable_gold", f"{path}, line {number}"):
            what, content = _entry(line)
            if what == "gold":
                manifest = manifest_of(content, path)
            elif what == "article":
                article = article_of(content)
                if article.article_id in articles:
                    raise ValueError(f"article {article.article_id!r} occurs twice")
                articles[article.article_id], rows = article, rows_of.setdefault(article.article_id, [])
            elif what not in KINDS:
                raise ValueError(f"no table {what!r}; there are {', '.join(KINDS)}")
            elif not articles:
                raise ValueError("a row must follow the article it belongs to")
            else:
                rows.append(row_of(what, content))
    articles = {name: replace(one, rows=in_order(rows_of[name])) for name, one in articles.items()}
    return Gold(articles=articles, manifest=manifest, path=path)


def _entry(line: str) -> tuple[str, Mapping[str, Any]]:
    entry = json.loads(line, parse_float=Decimal)
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise ValueError('a line is one of {"gold": ..}, {"article": ..}, {"figures": ..} ...')
    ((what, content),) = entry.items()
    if not isinstance(content, Mapping):
        raise ValueError(f"{what} is an object")
    return what, content


# --- what stands in the files --------------------------------------------------------------------------


def row_of(table: str, given: Mapping[str, Any]) -> GoldRow:
    """A row from its entries in a file; raises ``ValueError`` for a wrong key or value."""
    kind = KINDS[table]
    for field in kind.intervals:
        if field.name in given:
            given = {**dict.fromkeys(field.columns, given[field.name]), **given}
    known = [*_ROW_TEXTS, "absent", "known", *(f.name for f in kind.intervals)]
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
    codes = validation.texts(given.get("known", []), f"{table}: known")
    possible = {MISSED, SPURIOUS, MOVED_SPAN, *(field.code for field in ALL_KINDS[table].fields)}
    if not set(codes) <= possible:
        raise ValueError(f"{table}: known is a list of {', '.join(sorted(possible))}, not {codes!r}")
    return tuple(codes)


def row_entries(row: GoldRow) -> dict[str, Any]:
    """The entries of a row in a file, without null, false and empty ones."""
    kind = KINDS[row.table]
    entries: dict[str, Any] = {"surface": row.surface, "before": row.before, "after": row.after}
    values = {column: row.values.get(column) for column in kind.columns}
    for field in kind.intervals:
        both = [values[column] for column in field.columns]
        if both[0] == both[1]:
            entries[field.name] = both[0]
            values |= dict.fromkeys(field.columns)
    entries |= {**values, "absent": row.absent, "known": row.known}
    return _said({**entries, "by": row.by, "reason": row.reason, "note": row.note, "seal": row.seal})


def _said(entries: Mapping[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in entries.items() if not is_null(value) and value not in ("", (), {})}


def article_of(head: Mapping[str, Any]) -> GoldArticle:
    """An article from its entries in a file, without its rows; raises ``ValueError``."""
    validation.known_keys(head, _ARTICLE_KEYS)
    texts = _texts(head, _ARTICLE_TEXTS, "article")
    if not texts["article_id"]:
        raise ValueError("article_id is missing")
    published = as_value("articles", "published_date", head.get("published_date"))
    complete = validation.texts(head.get("complete", list(KINDS)), "complete")
    text_sha256, was_published, *left = texts.pop("as_accepted").split() or ["", HAND]
    return GoldArticle(
        text_sha256=text_sha256.strip("-"),
        published=published if isinstance(published, dt.date) else None,
        was_published=was_published,
        complete=tuple(kind_by_name(name).table for name in complete),
        left=tuple(left),
        known=_known(head, ARTICLES),
        **texts,
    )


def article_entries(article: GoldArticle) -> dict[str, Any]:
    """The entries of an article in a file, before its rows.

    ``as_accepted`` is the one line that changes with the text: its hash, the publication date, and hashes of
    the words of the rows.
    """
    as_accepted = " ".join([article.text_sha256 or "-", article.was_published, *article.left])
    return _said(
        {
            "article_id": article.article_id,
            "source_path": article.source_path if article.source_path != article.article_id else "",
            "published_date": article.published,
            "complete": article.complete if set(article.complete) != set(KINDS) else (),
            "known": article.known,
            "reason": article.reason,
            "as_accepted": as_accepted if as_accepted != f"- {HAND}" else "",
        }
    )


def manifest_of(given: Mapping[str, Any], path: Path) -> Manifest:
    """The manifest from its entries in a file; raises `CannotCompare` for another version."""
    anew = "take it away, and newsledger accept makes it anew, without what was corrected in it by hand"
    form, version = given.get("format", FORMAT), given.get("schema_version", SCHEMA_VERSION)
    if form != FORMAT:
        help_ = "a newer may help" if isinstance(form, int) and form > FORMAT else anew
        said = f"gold of format {form}; this program reads format {FORMAT}; {help_}"
        raise CannotCompare("gold_format", f"{path}: {said}")
    if version != SCHEMA_VERSION:
        said = f"the gold is of schema version {version}, this program's is {SCHEMA_VERSION}; {anew}"
        raise CannotCompare("schema_version", f"{path}: {said}")
    with naming("unreadable_gold", path):
        validation.known_keys(given, _MANIFEST_KEYS)
        return Manifest(
            source=tuple(validation.texts(given.get("source", []), "source")),
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
    """The entries of the manifest in a file."""
    said = {field.name: getattr(manifest, field.name) for field in fields(manifest)}
    pinned = manifest.pinned if dict(manifest.pinned) != Manifest().pinned else {}
    return _said({"format": FORMAT, **said, "pinned": pinned})


# --- writing -------------------------------------------------------------------------------------------


def write_gold(gold: Gold, path: str | os.PathLike[str]) -> list[Path]:
    """Write gold, as one file if the name ends in .jsonl, else as a folder; returns what changed.

    Every file is written whole or not at all, and one that would not change is not touched. In a folder,
    files of articles that the gold no longer holds are removed.
    """
    path = Path(path)
    if is_one_file(path):
        return _write_files({path: "".join(f"{_inline(entry, toml=False)}\n" for entry in _entries(gold))})
    texts = {path / MANIFEST: _MANIFEST_HEAD + toml_text(manifest_entries(gold.manifest))}
    files = gold.files if gold.path == path else {}
    taken: dict[str, str] = {}
    for article in gold.articles.values():
        entries = article_entries(article)
        for row in in_order(article.rows):
            entries.setdefault(row.table, []).append(row_entries(row))
        file = files.get(article.article_id) or path / file_name(article.article_id, taken)
        texts[file] = toml_text(entries)
    changed = _write_files(texts)
    if path.is_dir():
        for file in sorted(path.rglob(f"*{SUFFIX}")):
            if file not in texts and file.is_file() and not file.is_symlink():
                file.unlink()
                changed.append(file)
    return changed


def is_one_file(path: Path) -> bool:
    """Whether gold under this name is one file and not a folder.

    >>> is_one_file(Path("gold.jsonl")), is_one_file(Path("gold.v2"))
    (True, False)
    """
    return path.is_file() or (path.suffix.lower() in ONE_FILE and not path.is_dir())


def base_of(path: Path) -> Path:
    """The folder that paths in a gold are relative to."""
    return path.parent if is_one_file(path) else path


def _entries(gold: Gold) -> Iterator[dict[str, Any]]:
    yield {"gold": manifest_entries(gold.manifest)}
    for article in gold.articles.values():
        yield {"article": article_entries(article)}
        yield from ({row.table: row_entries(row)} for row in in_order(article.rows))


def _write_files(texts: Mapping[Path, str]) -> list[Path]:
    """Write files, all of them beside their places first; returns those that changed."""
    fresh: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            content = text.encode("utf-8")
            path = path.resolve()  # a link stays one
            if path.exists() and not path.is_file():
                raise CannotCompare("unreadable_gold", f"{path} is not a regular file; it is not replaced")
            if path.is_file() and path.read_bytes() == content:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh[path] = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            fresh[path].write_bytes(content)
        for path, temporary in fresh.items():
            temporary.replace(path)
    finally:
        for temporary in fresh.values():
            temporary.unlink(missing_ok=True)
    return list(fresh)


_LONGEST_NAME = 120
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
"""Names that Windows keeps for devices."""


def file_name(article_id: str, taken: dict[str, str] | None = None) -> Path:
    """The file of an article in a gold folder: its id, made safe for every file system.

    ``taken`` remembers the names given so far: two ids that differ in case alone get two files.

    >>> file_name("asia/rail-budget.txt").as_posix(), file_name("../x?").as_posix()
    ('asia/rail-budget.txt.gold.toml', '%2E%2E/x%3F.gold.toml')
    """
    parts = []
    for part in article_id.split("/"):
        safe = quote(part, safe=" !$&'()+,;=@~[]").rstrip(". ")
        safe = safe if part.strip(".") else part.replace(".", "%2E")
        if len(safe) > _LONGEST_NAME or not safe or safe.upper().split(".")[0] in _RESERVED:
            safe = f"{safe[:_LONGEST_NAME]}~{text_hash(part)[:8]}"
        parts.append(safe)
    name = "/".join(parts)
    if taken is not None:
        if taken.setdefault(name.lower(), article_id) != article_id:
            name += f"~{text_hash(article_id)[:8]}"
        taken[name.lower()] = article_id
    return Path(name + SUFFIX)


_INVISIBLE = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What an editor would not show, or would show in another place; it can only stand in a string."""


def toml_text(entries: Mapping[str, Any]) -> str:
    r"""A mapping as TOML, a list of mappings with a line for each, other mappings as tables.

    >>> print(toml_text({"a": "x\n\u202e", "c": {"d": [1, True]}, "rows": [{"b": Decimal("0.50")}]}))
    a = "x\n\u202E"
    <BLANKLINE>
    rows = [
      {b = 0.5},
    ]
    <BLANKLINE>
    [c]
    d = [1, true]
    <BLANKLINE>
    """
    heads, lists, tables = "", "", ""
    for key, value in entries.items():
        if isinstance(value, Mapping):
            lines = (f"{_toml_key(name)} = {_inline(inner)}\n" for name, inner in value.items())
            tables += f"\n[{_toml_key(key)}]\n{''.join(lines)}"
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            lines = (f"  {_inline(item)},\n" for item in value)
            lists += f"\n{_toml_key(key)} = [\n{''.join(lines)}]\n"
        else:
            heads += f"{_toml_key(key)} = {_inline(value)}\n"
    return heads + lists + tables


_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def _toml_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _inline(value: Any, *, toml: bool = True) -> str:
    """A value in one line of TOML or JSON, decimals digit by digit."""
    if isinstance(value, Mapping):
        key, between = (_toml_key, " = ") if toml else (_text, ": ")
        pairs = (f"{key(name)}{between}{_inline(inner, toml=toml)}" for name, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(inner, toml=toml) for inner in value)}]"
    if isinstance(value, bool | int | float | Decimal) or (toml and isinstance(value, dt.date)):
        return value_text(value)
    return _text(str(value))


def _text(text: str) -> str:
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04X}", json.dumps(text, ensure_ascii=False))
