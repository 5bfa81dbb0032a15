"""``run.json``: versions, settings, inputs and counts, from which a run can be repeated.

It holds nothing that differs between two runs of the same inputs with the same settings on the same
installation: no clock times, no paths of the machine, no number of workers.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.schema import SCHEMA_VERSION, TABLES
from newsledger.values.plain import to_json

if TYPE_CHECKING:
    import pyarrow as pa

    from newsledger.reading import ReadOptions

LIBRARIES = (
    "anyascii",
    "charset-normalizer",
    "dateparser",
    "onnxruntime",
    "py3langid",
    "pyarrow",
    "rapidfuzz",
    "tokenizers",
    "trafilatura",
)
"""Libraries whose version can change what is found."""


def sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk, so that a power cut costs it not."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> Path:
    """Write a text file whole or not at all. A link stays a link; a pipe or a device is written to.

    Only a regular file is replaced; raises ``OSError`` if a folder stands there.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8", newline="\n")
        return path
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        sync(temporary)
        temporary.replace(target)
        sync(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def write_json(path: Path, value: Mapping[str, Any]) -> Path:
    """Write a JSON file whole or not at all."""
    return write_whole(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8")).hexdigest()


@cache
def _file_hashes() -> dict[str, bytes]:
    """SHA-256 of each of the package's own files, by its path in the package."""
    root = Path(__file__).resolve().parents[1]
    inside = {path.relative_to(root): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        part.as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for part, path in inside.items()
        if not {"__pycache__", "model"} & set(part.parts)
    }


def code_sha256() -> str:
    """SHA-256 over the package's own files: another rule or table is another program."""
    return files_sha256("")


def files_sha256(*parts: str) -> str:
    """SHA-256 over some of the package's files and folders, which are named by how their paths begin."""
    hashes = _file_hashes().items()
    found = [path.encode("utf-8") + b"\0" + sha256 for path, sha256 in hashes if path.startswith(parts)]
    return hashlib.sha256(b"".join(found)).hexdigest()


def reading_record(options: ReadOptions | None) -> dict[str, Any] | None:
    """The settings of the reader as JSON."""
    return None if options is None else json.loads(to_json(dataclasses.asdict(options)))


def package_version(package: str) -> str | None:
    """The version of an installed package, or None."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def program_record() -> dict[str, Any]:
    """The program of a run: version, code and libraries."""
    import platform

    from newsledger.values.version import __version__

    return {
        "program": "newsledger",
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "code_sha256": code_sha256(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": {name: package_version(name) for name in LIBRARIES},
    }


_COUNTED = (
    ("articles", "status"),
    ("articles", "published_basis"),
    ("issues", "code"),
    ("date_mentions", "basis"),
)
"""Columns whose values are counted, the last those of dates without a day."""
_NAMED = 5
"""So many of the files that gave no article are named."""


class Counts:
    """The counts in ``run.json``, collected while the tables are made."""

    def __init__(self) -> None:
        self._rows = dict.fromkeys(TABLES, 0)
        self._values = {column: Counter[str]() for column in _COUNTED}
        self._not_read: dict[tuple[str, str], dict[str, Any]] = {}
        self._more_not_read = 0

    def add(self, name: str, piece: pa.Table) -> None:
        """Count some rows of the table ``name``."""
        from newsledger.reading.options import TO_SAY

        self._rows[name] += piece.num_rows
        for (table_name, column), values in self._values.items():
            if name == table_name:
                values.update(piece.column(column).to_pylist())
        if name != "issues":
            return
        columns = ("source_path", "code", "message", "severity")
        for row in piece.select([*columns, "stage"]).to_pylist():
            if row["stage"] != "reading" or not (row["severity"] == "error" or row["code"] in TO_SAY):
                continue
            key = (row["source_path"] or row["message"], row["code"])
            if key not in self._not_read and len(self._not_read) == _NAMED:
                self._more_not_read += 1
                continue
            entry = self._not_read.setdefault(key, {**{of: row[of] or "" for of in columns}, "times": 0})
            entry["times"] += 1

    def record(self) -> dict[str, Any]:
        """Rows by table, articles and issues by kind, and what was not read, by file and code.

        ``open_dates`` are those without a day because the day of publication is not known.
        """
        *kinds, bases = self._values.values()
        status, published, codes = (dict(sorted(values.items())) for values in kinds)
        return {
            "rows": self._rows,
            "articles_by_status": status,
            "articles_by_published_basis": published,
            "open_dates": sum(n for basis, n in bases.items() if basis and "unknown" in basis),
            "not_read": [*self._not_read.values()],
            "more_not_read": self._more_not_read,
            "issues_by_code": codes,
        }


def tables_record(
    tables: Mapping[str, pa.Table], settings: Mapping[str, Any], reading: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The contents of ``run.json`` of a run in memory; ``settings`` and ``reading`` are entries of it."""
    counts = Counts()
    for name, made in tables.items():
        counts.add(name, made)
    identifying = tables["articles"].select(["article_id", "published_date", "text_sha256"])
    return {
        **program_record(),
        "settings": settings,
        "reading": reading,
        "manifest_sha256": digest([list(map(str, row.values())) for row in identifying.to_pylist()]),
        **counts.record(),
    }
