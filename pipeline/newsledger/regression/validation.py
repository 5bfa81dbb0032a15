"""Checks values of a configuration or a gold file; each function raises ``ValueError`` that names the key."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file, its decimals exact; raises ``ValueError`` or ``OSError``."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except RecursionError:
        raise ValueError(f"{path}: nested too deep") from None


def text(value: Any, name: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise ValueError(f"{name} is a text, not {value!r}")
    return value


def texts(value: Any, name: str) -> list[str]:
    """A list of texts; a single one may stand alone."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise ValueError(f"{name} is a list of texts, not {value!r}")
    return listed


def boolean(value: Any, name: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise ValueError(f"{name} is true or false, not {value!r}")
    return value


def case_count(value: Any, name: str) -> int:
    """A whole number of cases."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} is a whole number of cases, not {value!r}")
    return value


def decimal(value: Any, name: str) -> Decimal:
    """A number that is not negative."""
    try:
        if isinstance(value, bool):
            raise ValueError
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        raise ValueError(f"{name} is a number, not {value!r}") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"{name} is not less than 0, not {value!r}")
    return number


def table(value: Any, name: str) -> Mapping[str, Any]:
    """A table of keys and values."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is a table")
    return value


def known_keys(given: Collection[str], known: Collection[str], what: str = "no such key:") -> None:
    """Nothing, if all keys are known."""
    if unknown := [key for key in given if key not in known]:
        raise ValueError(f"{what} {', '.join(unknown)}; there are {', '.join(known)}")
