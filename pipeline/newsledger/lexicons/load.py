"""Reads TSV tables and TOML files, and compiles patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from typing import Any, AnyStr, cast

HERE = Path(__file__).parent


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file, each by column name.

    Lines that begin with ``#`` are comments; empty cells at the end of a line may be left out.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header, *table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for cells in table:
        if len(cells) > len(header):
            raise ValueError(f"{path.name}: {len(cells)} cells instead of {len(header)}: {cells}")
    return [dict(zip_longest(header, cells, fillvalue="")) for cells in table]


def toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def split(cell: str) -> tuple[str, ...]:
    """The items of a cell, between ``|``.

    >>> split("W.Va.|W. Va."), split("")
    (('W.Va.', 'W. Va.'), ())
    """
    return tuple(cell.split("|")) if cell else ()


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longer first.

    >>> any_of(["sept", "may", "september"])
    'september|sept|may'
    """
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


class _Pattern:
    """A pattern that is compiled when it is first used: a short text needs a third of a stage's."""

    __slots__ = ("_made_of", "findall", "finditer", "fullmatch", "match", "pattern", "search", "split", "sub")

    def __init__(self, *made_of: Any) -> None:
        self._made_of = made_of

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._made_of)
        for known in self.__slots__[1:]:
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)


def lazy_regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern ``re.compile`` makes, compiled when it is first used.

    >>> lazy_regex("[a-z]+").findall("a bc")
    ['a', 'bc']
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
