"""``run.json``: what a run was made of, so that it can be made again.

It holds nothing that differs between two runs of the same inputs with the same settings on the same
installation: no clock times, no paths of the machine, no number of workers.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.normalizer.schema import SCHEMA_VERSION, TABLES
from pipeline.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.reading import ReadOptions

LIBRARIES = (
    "babel",
    "dateparser",
    "nameparser",
    "onnxruntime",
    "pyarrow",
    "pycountry",
    "regex",
    "text2num",
    "tokenizers",
    "trafilatura",
)
"""Libraries whose version can change what is found."""


def write_json(path: Path, value: Mapping[str, Any]) -> Path:
    """Write a JSON file whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(
            json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n"
        )
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def digest(value: Any) -> str:
    """SHA-256 of a JSON value, whatever the order of its keys.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8")).hexdigest()


def _file_hash(path: Path | None) -> str | None:
    return None if path is None else hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def code_sha256() -> str:
    """SHA-256 over the package's own files: another rule or table is another program."""
    root = Path(__file__).resolve().parents[1]
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and not {"__pycache__", "model"} & set(inside.parts):
            found.update(inside.as_posix().encode("utf-8") + b"\0")
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def model_sha256(settings: Settings) -> str | None:
    """SHA-256 of the people model; None where there is none, or where another kind was named."""
    if settings.people_model is None:
        from pipeline.stages.names.model import shipped_folder

        folder = shipped_folder()
    else:
        folder = Path(settings.people_model)
    return _file_hash(file) if (file := folder / "model.int8.onnx").is_file() else None


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings as JSON; a file is given by the hash of what it holds, not by where it lies.

    >>> settings_record(Settings(default_currency="AUD"))["default_currency"]
    'AUD'
    """
    record = dataclasses.asdict(settings)
    for field in ("country_policy", "known_people"):
        path = record.pop(field)
        record[f"{field}_sha256"] = _file_hash(path)
    record["people_model"] = None if settings.people_model is None else Path(settings.people_model).name
    record["people_model_sha256"] = model_sha256(settings)
    return record


def reading_record(options: ReadOptions | None) -> dict[str, Any] | None:
    """The settings of the reader as JSON."""
    if options is None:
        return None
    return {k: v if v is None else _plain(v) for k, v in dataclasses.asdict(options).items()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool)) else str(value)


def versions() -> dict[str, str | None]:
    """Versions of this package and of the libraries that can change what is found."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str | None] = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def program_record() -> dict[str, Any]:
    """What was run: version, code and libraries."""
    import platform

    from pipeline.version import __version__

    return {
        "program": "newsledger",
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "code_sha256": code_sha256(),
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": versions(),
    }


def counts(tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    """Rows of each table, articles by status, issues by code."""
    return {
        "rows": {name: tables[name].num_rows for name in TABLES},
        "articles_by_status": tally(tables["articles"].column("status").to_pylist()),
        "issues_by_code": tally(tables["issues"].column("code").to_pylist()),
    }


def tally(values: Iterable[str]) -> dict[str, int]:
    """How often each value occurs, in alphabetical order.

    >>> tally(["ok", "error", "ok"])
    {'error': 1, 'ok': 2}
    """
    return dict(sorted(Counter(values).items()))
