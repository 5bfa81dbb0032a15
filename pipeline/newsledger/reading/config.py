"""``newsledger.toml``: options kept beside the sources, some for the files of a pattern only."""

from __future__ import annotations

import datetime as dt
import glob
import itertools
import os
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_type_hints

from newsledger.reading.options import ReadOptions
from newsledger.reading.sources import CONFIG
from newsledger.values.nearest import no_such
from newsledger.values.settings import FILES, Settings


def find_config(paths: Iterable[str | os.PathLike[str]]) -> Path | None:
    """The ``newsledger.toml`` in the folder of a source, or else in the folder above it.

    Raises ``ValueError`` if two sources have different ones.
    """
    found: dict[Path, None] = {}
    for given in paths:
        parts = itertools.takewhile(lambda part: not glob.has_magic(part), Path(given).parts)
        fixed = Path(os.path.abspath(Path(*parts)))  # noqa: PTH100  (a link stays where it is)
        folder = fixed if fixed.is_dir() else fixed.parent
        near = (place / CONFIG for place in (folder, folder.parent))
        found.update(dict.fromkeys(itertools.islice(filter(Path.is_file, near), 1)))
    if len(found) > 1:
        raise ValueError(f"the sources have {' and '.join(map(str, found))}; name one with --config")
    return next(iter(found), None)


def read_config(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The options in a file, days as text; ``files`` is a list of tables.

    Raises ``ValueError``, in one line, if the file cannot be read as such.
    """
    try:
        held = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except (RecursionError, OSError, ValueError) as error:
        known = {RecursionError: "nested too deep", UnicodeDecodeError: "this is not UTF-8"}
        why = known.get(type(error)) or getattr(error, "strerror", None) or error
        raise ValueError(f"{path}: {why}") from None
    options = {_key(key): _plain(value) for key, value in held.items()}
    files = options.get("files", [])
    if not isinstance(files, list) or not all(isinstance(entry, dict) for entry in files):
        raise ValueError(f"{path}: files is written [[files]], with a pattern and what holds for such files")
    for key, value in options.items():
        if isinstance(value, dict):
            raise ValueError(f"{path}: {key} is a value, not a table")
    model = Path(path).parent / str(options.get("people_model"))
    if model.exists():
        options["people_model"] = str(model)
    options["files"] = [{_key(k): _plain(v) for k, v in entry.items()} for entry in files]
    return options


def reading_and_settings(path: str | os.PathLike[str]) -> tuple[dict[str, Any], Settings]:
    """The options of a file: arguments of `ReadOptions`, and those of the extraction.

    Others are options of commands; one that is like an option of ours is a slip and raises ``ValueError``.
    """
    held = read_config(path)
    reading, settings = map(get_type_hints, (ReadOptions, Settings))
    types = settings | reading
    for name, value in held.items():
        if name in types and name != "files":
            _check(path, name, value, types[name])
        elif name not in types and get_close_matches(name, types, cutoff=0.8):
            raise ValueError(f"{path}: {no_such(name, sorted(types), 'no option')}")
    for name in FILES:
        if name in held:
            held[name] = Path(path).parent / held[name]
    try:
        chosen = Settings(**{name: value for name, value in held.items() if name in settings})
        ours = (reading.keys() - settings.keys()) | {"day_order"}
        return {name: value for name, value in held.items() if name in ours}, chosen
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from None


def _check(path: str | os.PathLike[str], name: str, value: Any, kind: Any) -> None:
    """Raise ``ValueError`` for a value that is none for an option of this type; most are texts."""
    several = name == "keep"  # of which one may stand alone
    values = value if several and isinstance(value, list) else [value]
    wanted: type = next((t for t in (bool, int) if t in (kind, *get_args(kind))), str)
    if not all(isinstance(one, wanted) for one in values):
        raise ValueError(f"{path}: {name} cannot be {value!r}")


def _key(name: str) -> str:
    return name.replace("-", "_")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
