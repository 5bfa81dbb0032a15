"""Numbers: words become numbers, so that later rules see only NUM and ORD."""

from __future__ import annotations

from dataclasses import dataclass

from newsledger.grammar import Rule, Span
from newsledger.lexicons.written_numbers import read_digits, read_words
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.words import CARDINALS, LAST_WORDS, LISTS, NEXT_WORDS, ORDINALS, TENS

_LARGEST = 10**11
"""More of any unit is a slip, such as a million million."""


@dataclass(frozen=True, slots=True)
class Number:
    """A cardinal; ``value`` is None if the text leaves it open ("several")."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal in words or digits."""

    value: int


def small(tens: str | None, ones: str | None) -> int:
    """The value of "twenty", "four" or "twenty-four"."""
    return (TENS[tens] if tens else 0) + (CARDINALS[ones] if ones else 0)


def value_of(word: object) -> float | None:
    """The value of a NUM item: an int of a token, a Number of a finding."""
    if isinstance(word, Number):
        return word.value
    if isinstance(word, int):
        return word
    if isinstance(word, str):
        number = read_digits(word)
        return None if number is None or number.low is None else float(number.low)
    return None


def ordinal_of(word: object) -> int:
    """The value of an ORD item."""
    return word.value if isinstance(word, Ordinal) else int(str(word))


def direction(word: str) -> int:
    """Where a word points to: last (-1), this (0) or next (1).

    >>> [direction(word) for word in ("past", "current", "coming")]
    [-1, 0, 1]
    """
    return (word in NEXT_WORDS) - (word in LAST_WORDS)


def as_year(value: object) -> object:
    """A bare number as the year it names; a finding as it is."""
    return x.Named("year", year=value) if isinstance(value, int) else value


def _big_number(span: Span) -> Number | None:
    value = read_words(str(item.value) for item in span.items if item.value not in LISTS["DASH"])
    return None if value is None or value > _LARGEST else Number(int(value))


_SMALL = "(CARD|TENS (DASH? CARD)?)"

RULES: tuple[Rule, ...] = (
    Rule("small number in words", "t:TENS (DASH? o:CARD)?", lambda t, o=None: Number(small(t, o))),
    Rule("small number in words", "o:CARD", lambda o: Number(small(None, o))),
    Rule("big number in words", f"{_SMALL}? MULT (and? {_SMALL})? (MULT (and? {_SMALL})?)?", _big_number),
    Rule("open number", "SOME MULT? of?", lambda: Number(None)),
    Rule(
        "ordinal in words", "(t:TENS DASH?)? o:ORDW", lambda o, t=None: Ordinal(small(t, None) + ORDINALS[o])
    ),
)
