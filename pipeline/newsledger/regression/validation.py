"""Validates values of a configuration or a gold file; each function raises ``ValueError`` with the key."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

_T = TypeVar("_T")
_WORDS: dict[type, str] = {str: "a text", bool: "true or false", dict: "a table"}


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file, its decimals exact; raises ``ValueError`` or ``OSError``."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except RecursionError:
        raise ValueError(f"{path}: nested too deep") from None


def of_type(kind: type[_T], value: Any, name: str) -> _T:
    """A value that is of this kind: a text, true or false, or a table."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} is {_WORDS[kind]}, not {value!r}")
    return value


text, switch, table = partial(of_type, str), partial(of_type, bool), partial(of_type, dict)


def texts(value: Any, name: str) -> list[str]:
    """A list of texts; a single one may stand alone."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ValueError(f"{name} is a list of texts, not {value!r}")
    return listed


def case_count(value: Any, name: str) -> int:
    """A whole number of cases."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} is a whole number of cases, not {value!r}")
    return value


def decimal(value: Any, name: str) -> Decimal:
    """A number that is not negative."""
    try:
        number = Decimal("none" if isinstance(value, bool) else str(value))
    except InvalidOperation:
        raise ValueError(f"{name} is a number, not {value!r}") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"{name} is not less than 0, not {value!r}")
    return number


def known_keys(given: Collection[str], known: Collection[str], what: str = "no such key:") -> None:
    """Nothing, if all keys are known."""
    if unknown := [key for key in given if key not in known]:
        raise ValueError(f"{what} {', '.join(unknown)}; there are {', '.join(known)}")
