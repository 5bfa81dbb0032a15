"""Which articles a gold is compared with and how they are read; kept beside a gold for the next check."""

from __future__ import annotations

import dataclasses
import datetime as dt
import glob
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from newsledger.reading import ReadOptions
from newsledger.regression.errors import CannotCompare
from newsledger.regression.gold import Manifest
from newsledger.values.settings import FILES, Settings

_FILES = (*FILES, "people_model")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The articles (or one finished run), how they are read, and what is extracted of them."""

    sources: tuple[str, ...] = ()
    reading: ReadOptions = field(default_factory=ReadOptions)
    settings: Settings = field(default_factory=Settings)

    def or_as_in(self, manifest: Manifest, base: Path) -> Inputs:
        """These inputs, and for what is left as it is by default, those of a gold in the folder ``base``.

        >>> gold = Manifest(options={"published": "2024-04-03"}, source=("../articles",))
        >>> inputs = Inputs().or_as_in(gold, Path("gold"))
        >>> inputs.reading.published, inputs.sources
        ('2024-04-03', ('articles',))
        """
        values = dict(manifest.options)
        known = {f.name for kind in (ReadOptions, Settings) for f in dataclasses.fields(kind)}
        if unknown := sorted(set(values) - known):
            raise CannotCompare("unreadable_gold", f"options of the gold: no option {', '.join(unknown)}")
        for name in values.keys() & set(_FILES):
            if isinstance(values[name], str) and (base / values[name]).exists():
                values[name] = _from_here(values[name], base)
            values[name] = Path(values[name]) if name in FILES else values[name]
        return Inputs(
            sources=self.sources or tuple(_from_here(name, base) for name in manifest.source),
            reading=_filled(self.reading, values),
            settings=_filled(self.settings, values),
        )

    def remembered(self, manifest: Manifest, base: Path) -> Manifest:
        """The manifest of a gold in the folder ``base`` with these inputs, where they name sources.

        >>> inputs = Inputs(sources=("articles",), reading=ReadOptions(published="2024-04-03"))
        >>> made = inputs.remembered(Manifest(), Path("gold"))
        >>> made.source, made.options
        (('../articles',), {'published': '2024-04-03'})
        """
        if not self.sources:
            return manifest
        kept = [name for name in manifest.source if _is_there(name, base)]
        for name in self.seen_from(base):
            if not any(name == one or name.startswith(f"{one}/") for one in kept):
                kept = [one for one in kept if not one.startswith(f"{name}/")] + [name]
        options = {**_changed(self.reading, base), **_changed(self.settings, base)}
        return replace(manifest, source=tuple(kept), options=options)

    def seen_from(self, base: Path) -> list[str]:
        """The sources as seen from a folder."""
        return [_relative(name, base) for name in self.sources]


def _is_there(name: str, base: Path) -> bool:
    return (base / name).exists() or glob.has_magic(str(base / name))


def _relative(path: str | os.PathLike[str], base: Path) -> str:
    """A path as seen from ``base``, with ``/`` on every system; an absolute one where there is no way."""
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:  # another drive
        return Path(path).absolute().as_posix()


def _from_here(path: str, base: Path) -> str:
    """A path given as seen from ``base``, as seen from here, in the shortest form."""
    return path if Path(path).is_absolute() else os.path.relpath(base / path)


def _changed(given: Any, base: Path) -> dict[str, Any]:
    """The options that are not as they are by default, as they stand in a gold."""
    kept: dict[str, Any] = {}
    for option in dataclasses.fields(given):
        value = getattr(given, option.name)
        # Gold may be made of corrected rows; what is checked against it is what the program says.
        if value == getattr(type(given)(), option.name) or option.name == "corrections":
            continue
        if option.name in _FILES and Path(value).exists():
            value = _relative(value, base)
        if isinstance(value, dt.date | Path):
            value = str(value)
        kept[option.name] = list(value) if isinstance(value, tuple) else value
    return kept


def _filled(given: Any, values: Mapping[str, Any]) -> Any:
    """The options given, those left at their defaults taken from ``values``."""
    default = type(given)()
    names = [option.name for option in dataclasses.fields(given) if option.name in values]
    open_ = [name for name in names if getattr(given, name) == getattr(default, name)]
    return replace(given, **{name: values[name] for name in open_})
