"""The words of the grammar, from ``words.tsv`` and ``word_lists.toml``.

A row of ``words.tsv`` gives one value to some words of a class. To teach the stage a new word, add it there
and an example to ``examples/``.
"""

from __future__ import annotations

from pathlib import Path

from newsledger.lexicons.calendar import (
    ALL_MONTHS,
    ALL_WEEKDAYS,
    AMBIGUOUS_MONTHS,
    MONTH_ABBREVIATIONS,
    MONTHS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from newsledger.lexicons.load import any_of, rows
from newsledger.lexicons.numbers import CARDINALS, FRACTION_SIGNS, MULTIPLIERS, ORDINALS, TENS
from newsledger.lexicons.shared import word_lists

__all__ = [
    "ALL_MONTHS", "ALL_WEEKDAYS", "AMBIGUOUS_MONTHS", "CARDINALS", "MONTHS", "MONTH_ABBREVIATIONS",
    "ORDINALS", "TENS", "WEEKDAYS", "WEEKDAY_ABBREVIATIONS",
]  # fmt: skip

LISTS = word_lists(Path(__file__).with_name("word_lists.toml"))
"""Lists of words without values."""


def one_of(*names: str) -> str:
    """A pattern for the words of the lists; ``_`` in a list stands for a blank."""
    return any_of({word for name in names for word in LISTS[name]}).replace("_", r"\s+")


TABLES: dict[str, dict[str, str]] = {
    name: {word: str(number) for word, number in numbers.items()}
    for name, numbers in (
        ("CARD", CARDINALS),
        ("TENS", TENS),
        ("ORDW", ORDINALS),
        ("MULT", MULTIPLIERS),
        ("FRACTION", FRACTION_SIGNS),
    )
}
"""The words of each class with their values."""
for _row in rows(Path(__file__).with_name("words.tsv")):
    TABLES.setdefault(_row["class"], {}).update(dict.fromkeys(_row["words"].split(), _row["value"]))


def _numbers(name: str) -> dict[str, int]:
    return {word: int(value) for word, value in TABLES[name].items()}


UNITS = {word: (int(value.split()[0]), value.split()[1]) for word, value in TABLES["UNIT"].items()}
"""Calendar units: how many of which basic unit a word counts."""
LONG_UNITS = {
    word: {10: "decade", 100: "century", 1000: "millennium"}[count]
    for word, (count, _) in UNITS.items()
    if count >= 10
}
"""Units that count years but are calendar units in "this decade"."""
SINGLE_UNITS = {
    word: LONG_UNITS.get(word, unit)
    for word, (count, unit) in UNITS.items()
    if (count == 1 or word in LONG_UNITS) and not word.endswith("s") and not word.startswith("millen")
}
"""Words for one calendar unit ("decade" is one, "fortnight" none)."""
CLOCK_UNITS = TABLES["CUNIT"]
PLURAL_UNITS = frozenset(word for word in (*UNITS, *CLOCK_UNITS) if word.endswith("s") or word == "millennia")
FRACTIONS = {sign: float(value) for sign, value in FRACTION_SIGNS.items()}
DECADE_WORDS = _numbers("DECADEW")
SEASONS = TABLES["SEASON"]
PARTS = TABLES["PART"]
LAST_WORDS, NEXT_WORDS = LISTS["LAST"], LISTS["NEXT"]
COUNTED_WORDS = LISTS["counted"]
DAY_WORDS = _numbers("DAYWORD")
DAYPARTS = TABLES["DAYPART"]
CLOCK_WORDS = TABLES["CLOCKWORD"]
ZONES = TABLES["ZONE"]
US_ZONES = _numbers("USZONE")
FREQUENCIES = TABLES["FREQ"]
VAGUE_WORDS = TABLES["VAGUE"]
