"""English names of months and weekdays with their abbreviations, in lower case."""

from __future__ import annotations

from newsledger.lexicons.load import HERE, rows

_MONTH_ROWS = rows(HERE / "months.tsv")
_WEEKDAY_ROWS = rows(HERE / "weekdays.tsv")


def _numbers(table: list[dict[str, str]], column: str) -> dict[str, int]:
    return {word: int(row["number"]) for row in table for word in row[column].split()}


MONTHS = _numbers(_MONTH_ROWS, "name")
"""Month name -> 1..12."""
MONTH_ABBREVIATIONS = _numbers(_MONTH_ROWS, "abbreviations")
"""Abbreviation without its full stop -> 1..12; May has none."""
ALL_MONTHS = MONTHS | MONTH_ABBREVIATIONS

AMBIGUOUS_MONTHS = frozenset(_numbers(_MONTH_ROWS, "ambiguous"))
"""Names and abbreviations of months that are also a verb, a given name or a family name."""

WEEKDAYS = _numbers(_WEEKDAY_ROWS, "name")
"""Weekday -> 1 (Monday) .. 7, as ``date.isoweekday()`` counts."""
WEEKDAY_ABBREVIATIONS = _numbers(_WEEKDAY_ROWS, "abbreviations")
ALL_WEEKDAYS = WEEKDAYS | WEEKDAY_ABBREVIATIONS
