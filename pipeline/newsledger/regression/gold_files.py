"""Reads and writes gold: a folder with one TOML file per article, or one JSONL file.

A folder holds ``gold.toml``, which speaks of the gold as a whole, and ``<article>.gold.toml`` for every
article, in the folders the articles are in. A JSONL file holds the same. In both a row is a line, so that one
changed value is one changed line, and both are made to be read and corrected by hand; `gold_entries` says
what may stand in them.

Hand-made tables and annotated articles (see `gold_by_hand`) are read as gold, too.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsledger.normalizer.writers.text import decimal_text
from newsledger.regression.errors import CannotCompare, naming
from newsledger.regression.gold import Gold, GoldArticle, GoldRow, Manifest, in_order, text_hash
from newsledger.regression.gold_entries import (
    article_entries,
    article_of,
    manifest_entries,
    manifest_of,
    row_entries,
    row_of,
)
from newsledger.regression.kinds import KINDS
from newsledger.regression.validation import read_toml

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
    from newsledger.regression import gold_by_hand

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
        manifest = manifest_of(read_toml(about), about) if about.is_file() else Manifest()
    files: dict[str, Path] = {}
    articles: dict[str, GoldArticle] = {}
    for file in sorted(folder.rglob(f"*{SUFFIX}")):
        article = read_article(file)
        if article.article_id in files:
            raise CannotCompare(
                "unreadable_gold", f"{file}: {files[article.article_id]} is of the same article"
            )
        files[article.article_id], articles[article.article_id] = file, article
    return Gold(articles=articles, manifest=manifest, path=folder, files=files)


def read_article(path: Path) -> GoldArticle:
    """Read one ``.gold.toml`` file; raises `CannotCompare`."""
    with naming("unreadable_gold", path):
        document = read_toml(path)
        rows = []
        for table in KINDS:
            found = document.pop(table, [])
            if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
                raise ValueError(f"{table}: rows are written as {table} = [{{surface = ...}}, ...]")
            rows += [row_of(table, row) for row in found]
        return article_of(document, rows)


def _read_lines(path: Path) -> Gold:
    manifest = Manifest()
    found: list[tuple[int, dict[str, Any], list[GoldRow]]] = []
    articles: dict[str, GoldArticle] = {}
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
                found.append((number, dict(content), []))
            elif not found:
                raise ValueError("a row stands after the article it belongs to")
            elif what == "seals":  # of format 1
                found[-1][1]["seals"] = content
            elif what in KINDS:
                found[-1][2].append(row_of(what, content))
            else:
                raise ValueError(f"no table {what!r}; there are {', '.join(KINDS)}")
    for number, head, rows in found:
        with naming("unreadable_gold", f"{path}, line {number}"):
            article = article_of(head, in_order(rows))
            if article.article_id in articles:
                raise ValueError(f"article {article.article_id!r} stands here twice")
            articles[article.article_id] = article
    return Gold(articles=articles, manifest=manifest, path=path)


def _entry(line: str) -> tuple[str, Mapping[str, Any]]:
    entry = json.loads(line, parse_float=Decimal)
    if not isinstance(entry, Mapping) or len(entry) != 1:
        raise ValueError('a line is one of {"gold": ..}, {"article": ..}, {"figures": ..} ...')
    ((what, content),) = entry.items()
    if not isinstance(content, Mapping):
        raise ValueError(f"{what} is an object")
    return what, content


# --- writing -------------------------------------------------------------------------------------------


def write_gold(gold: Gold, path: str | os.PathLike[str]) -> list[Path]:
    """Write gold, as one file where the name ends like one and else as a folder; returns what changed.

    Every file is written whole or not at all, and one that would not change is not touched. In a folder,
    files of articles that the gold no longer holds are removed.
    """
    path = Path(path)
    if is_one_file(path):
        return _write_files({path: "".join(f"{_inline(entry, _JSON)}\n" for entry in _entries(gold))})
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
                raise CannotCompare("unreadable_gold", f"{path} is no regular file; it is not replaced")
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
            lines = (f"{_toml_key(name)} = {_inline(inner, _TOML)}\n" for name, inner in value.items())
            tables += f"\n[{_toml_key(key)}]\n{''.join(lines)}"
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines = (f"  {_inline(item, _TOML)},\n" for item in value)
            lists += f"\n{_toml_key(key)} = [\n{''.join(lines)}]\n"
        else:
            heads += f"{_toml_key(key)} = {_inline(value, _TOML)}\n"
    return heads + lists + tables


_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def _toml_key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


_Style = tuple[Callable[[str], str], str, Callable[[dt.date], str]]
"""How keys are written, what stands after them, and how dates are."""
_TOML: _Style = (_toml_key, " = ", str)
_JSON: _Style = (lambda key: _text(key), ": ", lambda day: f'"{day}"')


def _inline(value: Any, style: _Style) -> str:
    """A value in one line of TOML or JSON, decimals digit by digit."""
    key, between, date = style
    if isinstance(value, Mapping):
        pairs = (f"{key(name)}{between}{_inline(inner, style)}" for name, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_inline(inner, style) for inner in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dt.date):
        return date(value)
    return str(value) if isinstance(value, int | float) else _text(str(value))


def _text(text: str) -> str:
    return _INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04X}", json.dumps(text, ensure_ascii=False))
