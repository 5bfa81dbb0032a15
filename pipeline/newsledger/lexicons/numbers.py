"""English words of numbers, in lower case."""

from __future__ import annotations

from newsledger.lexicons.load import HERE, rows


def _of_kind(kind: str) -> dict[str, int]:
    table = [row for row in rows(HERE / "numbers.tsv") if row["kind"] == kind]
    return {word: int(row["value"]) for row in table for word in row["words"].split()}


CARDINALS = _of_kind("cardinal")
"""One to nineteen."""
TENS = _of_kind("tens")
"""Twenty to ninety."""
ORDINALS = _of_kind("ordinal")
"""First to twentieth, and thirtieth."""
