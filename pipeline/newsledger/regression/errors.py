"""Errors that make a comparison impossible: the third outcome of the gate, after pass and regression."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

Why = Literal[
    "no_gold",  # there is none, or it is empty
    "unreadable_gold",  # a file of it cannot be read
    "gold_format",  # written by a later program
    "schema_version",  # gold or tables are of another schema
    "no_source",  # no articles were named, or they are not there
    "unreadable_source",  # tables that cannot be read
    "no_articles_present",  # none of the gold's articles is among them
    "configuration",  # a setting that cannot be
    "internal",  # a fault of the program, which says nothing about the figures
]


class CannotCompare(ValueError):
    """Gold and run cannot be compared; ``why`` is stable, the message is one line for people."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why: Why = why


@contextmanager
def naming(why: Why, where: str | Path) -> Iterator[None]:
    """Turn any error about a value inside into a `CannotCompare` that says where the value is."""
    try:
        yield
    except CannotCompare:
        raise
    except (ValueError, TypeError) as error:
        raise CannotCompare(why, f"{where}: {error}") from None
    except KeyError as error:
        raise CannotCompare(why, f"{where}: {error.args[0]} is missing") from None
