"""English words and signs of numbers, in lower case."""

from __future__ import annotations

from decimal import Decimal

from newsledger.lexicons.load import HERE, rows


def _of_kind(kind: str) -> dict[str, Decimal]:
    table = [row for row in rows(HERE / "numbers.tsv") if row["kind"] == kind]
    return {word: ratio(row["value"]) for row in table for word in row["words"].split()}


def ratio(cell: str) -> Decimal:
    """The value of a cell such as ``1e6``, ``12`` or ``1/4``.

    >>> ratio("1e6"), ratio("3/4")
    (Decimal('1000000'), Decimal('0.75'))
    """
    whole, _, part = cell.partition("/")
    return Decimal(int(Decimal(whole))) / int(part or 1)


def _whole(kind: str) -> dict[str, int]:
    return {word: int(value) for word, value in _of_kind(kind).items()}


CARDINALS = _whole("cardinal")
"""One to nineteen."""
TENS = _whole("tens")
"""Twenty to ninety."""
ORDINALS = _whole("ordinal")
"""First to twentieth, and thirtieth."""
MULTIPLIERS = _whole("multiplier")
"""A dozen to a billion."""
FRACTION_SIGNS = _of_kind("fraction sign")
DENOMINATORS = frozenset((2, 3, 4, 5, 8, 10, 16, 32, 64))
"""Of fractions written with a slash: ``10-1/2``."""
