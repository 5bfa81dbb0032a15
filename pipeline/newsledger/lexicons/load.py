"""Reads TSV tables and TOML files, and makes patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from itertools import count, zip_longest
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


_STRINGS = re.compile(r'(?<== )\[\s*(?:"[^"\\\n]*",?\s*)+\]')


def toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file, arrays of plain strings as tuples.

    `tomllib` goes through these letter by letter, so they are read at once and numbered ("7e0") for it.
    """
    text, numbers = path.read_text(encoding="utf-8"), count()
    arrays = [tuple(array.split('"')[1::2]) for array in _STRINGS.findall(text)]
    numbered = _STRINGS.sub(lambda _: f"{next(numbers)}e0", text)
    return tomllib.loads(numbered, parse_float=lambda number: arrays[int(number.removesuffix("e0"))])


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
