"""The input options a gold was made with, kept beside it so that a check reads the articles the same way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import glob
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsledger.reading import ReadOptions
from newsledger.regression.errors import CannotCompare
from newsledger.values.settings import FILES, Settings

_FILES = (*FILES, "people_model")


def base_of(gold: Path) -> Path:
    """The folder that paths in a gold are relative to."""
    from newsledger.regression.gold_files import is_one_file

    return gold.parent if is_one_file(gold) else gold


def relative_to(path: str | os.PathLike[str], base: Path) -> str:
    """A path as seen from ``base``, with ``/`` on every system; an absolute one where there is no way."""
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # another drive
        return Path(path).absolute().as_posix()


def resolve(path: str, base: Path) -> str:
    """A path given as seen from ``base``, as seen from here, in the shortest form."""
    return path if Path(path).is_absolute() else os.path.relpath(base / path)


def sources_of(old: Sequence[str], given: Sequence[str | os.PathLike[str]], base: Path) -> tuple[str, ...]:
    """The sources a gold is to remember: those it has that are still there, and what is given beside them."""
    kept = [name for name in old if (base / name).exists() or glob.has_magic(str(base / name))]
    for source in given:
        name = relative_to(source, base)
        if not any(name == one or name.startswith(f"{one}/") for one in kept):
            kept = [one for one in kept if not one.startswith(f"{name}/")] + [name]
    return tuple(kept)


def stored_options(reading: ReadOptions, settings: Settings, base: Path) -> dict[str, Any]:
    """What is not as it is by default, as it stands in a gold.

    >>> stored_options(ReadOptions(published="2024-04-03"), Settings(), Path("gold"))
    {'published': '2024-04-03'}
    """
    kept: dict[str, Any] = {}
    for given, default in ((reading, ReadOptions()), (settings, Settings())):
        for field in dataclasses.fields(given):
            value = getattr(given, field.name)
            # Gold may be made of corrected rows; what is checked against it is what the program says.
            if value == getattr(default, field.name) or field.name == "corrections":
                continue
            if field.name in _FILES and Path(value).exists():
                value = relative_to(value, base)
            if isinstance(value, dt.date | Path):
                value = str(value)
            kept[field.name] = list(value) if isinstance(value, tuple) else value
    return kept


def with_stored_options(
    options: Mapping[str, Any],
    base: Path,
    reading: ReadOptions | None = None,
    settings: Settings | None = None,
) -> tuple[ReadOptions, Settings]:
    """The options given now, and for what is left as it is by default, those of the gold.

    >>> read, _ = with_stored_options({"published": "2024-04-03"}, Path())
    >>> read.published
    '2024-04-03'
    """
    known = {f.name for kind in (ReadOptions, Settings) for f in dataclasses.fields(kind)}
    if unknown := sorted(set(options) - known):
        raise CannotCompare("unreadable_gold", f"options of the gold: no option {', '.join(unknown)}")
    values = dict(options)
    for name in values.keys() & set(_FILES):
        if isinstance(values[name], str) and (base / values[name]).exists():
            values[name] = resolve(values[name], base)
        values[name] = Path(values[name]) if name in FILES else values[name]
    return _filled(reading or ReadOptions(), values), _filled(settings or Settings(), values)


def _filled(given: Any, values: Mapping[str, Any]) -> Any:
    """The options given, those left at their defaults taken from ``values``."""
    default = type(given)()
    names = [field.name for field in dataclasses.fields(given) if field.name in values]
    open_ = [name for name in names if getattr(given, name) == getattr(default, name)]
    return replace(given, **{name: values[name] for name in open_})
