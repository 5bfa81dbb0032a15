"""The meaning of expressions, independent of when the article was written.

The grammar builds these; :mod:`newsledger.stages.dates.resolution` turns them into values. Each class is
one way of naming time. A part that the text does not state is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class Expression:
    """A temporal expression."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Named(Expression):
    """A calendar unit by name: a day, month, quarter, half, season, week, year, decade or century.

    ``number`` counts the quarter, half, week or century; a decade is named by its first year. ``bc`` years
    count backwards. ``short_year`` marks a year written with two digits, ``event`` the day of a known event.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None
    season: str | None = None
    bc: bool = False
    short_year: bool = False
    fiscal: bool = False
    event: bool = False
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Numeric(Expression):
    """A day written in three numbers whose order of day and month is open (04/03/2024)."""

    first: int
    second: int
    year: int
    short_year: bool = False


@dataclass(frozen=True, slots=True)
class Years(Expression):
    """Two calendar years as one name: 2021/22, the 2001-2002 period."""

    first: int
    last: int
    fiscal: bool = False
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step(Expression):
    """The calendar unit ``count`` away from the one that holds the base: last week, this year, tomorrow."""

    unit: str
    count: int
    base: str = "published"
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class NamedRelative(Expression):
    """A named unit relative to a base: last March (-1), this summer (0), next Friday (1)."""

    named: Named
    count: int
    base: object = "published"


@dataclass(frozen=True, slots=True)
class Offset(Expression):
    """``duration`` before (-1) or after (1) a base: three years ago, a week later, two days after Easter."""

    duration: Duration
    sign: int
    base: object = "published"


@dataclass(frozen=True, slots=True)
class Within(Expression):
    """A smaller unit inside a bigger one: June of last year, the first three months of 2022."""

    inner: object
    outer: object


@dataclass(frozen=True, slots=True)
class PeriodEnding(Expression):
    """A quarter or half of a fiscal year, known by its last day ("third quarter ended March 31")."""

    named: Named
    last: object


@dataclass(frozen=True, slots=True)
class WeekEnding(Expression):
    """The week that ends on a day; it need not run from Monday."""

    day: object


@dataclass(frozen=True, slots=True)
class Nth(Expression):
    """The ``number``-th unit or weekday of a bigger one, from the end when negative; ``count`` of them."""

    number: int
    unit: str | None = None
    weekday: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Part(Expression):
    """Early, mid or late in something; only the part is set, the unit stays whole."""

    part: str
    of: object


@dataclass(frozen=True, slots=True)
class Range(Expression):
    """From one to another, both included."""

    first: object
    last: object


@dataclass(frozen=True, slots=True)
class Duration(Expression):
    """A length of time. ``numbers`` pairs a count with a unit; a count of None is open ("several")."""

    numbers: tuple[tuple[float | None, str], ...]
    high: float | None = None
    long_unit: str | None = None


_LETTERS = {
    "year": "Y", "half": "H", "quarter": "Q", "month": "M", "week": "W", "day": "D", "weekend": "WE",
    "decade": "DE", "century": "CE", "millennium": "ML",
}  # fmt: skip
_FINER = {"hour": ("minute", 60), "minute": ("second", 60), "day": ("hour", 24), "year": ("month", 12)}
_CLOCK_LETTERS = {"hour": "H", "minute": "M", "second": "S"}


def duration_value(duration: Duration) -> str:
    """The TimeML value of a length; an open number of decades or centuries keeps its unit.

    >>> duration_value(Duration(((2, "year"), (3, "month"))))
    'P2Y3M'
    >>> duration_value(Duration(((None, "day"),))), duration_value(Duration(((0.5, "hour"),)))
    ('PXD', 'PT30M')
    """
    dates = times = ""
    for count, unit in duration.numbers:
        if count is not None and count != int(count):
            finer = _FINER.get(unit)
            if finer and (count * finer[1]) == int(count * finer[1]) and (unit != "year" or count < 1):
                count, unit = count * finer[1], finer[0]
        number = "X" if count is None else f"{count:.10g}"
        if unit in _CLOCK_LETTERS:
            times += number + _CLOCK_LETTERS[unit]
        else:
            dates += number + _LETTERS[duration.long_unit if count is None and duration.long_unit else unit]
    return "P" + dates + ("T" + times if times else "")


@dataclass(frozen=True, slots=True)
class DurationAhead(Expression):
    """A length after "in", a date ("will end in two years") or a length ("done in two years")."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Window(Expression):
    """A stretch that ends (-1) or begins (1) at publication: the past three years, the next decade."""

    duration: Duration
    sign: int


@dataclass(frozen=True, slots=True)
class Clock(Expression):
    """A time of day: ``value`` as TimeML writes it after the date (``T10:30``, ``TMO``)."""

    value: str
    zone: str | None = None
    last: Clock | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class DateTime(Expression):
    """A day (or another date) with its time of day."""

    date: object
    clock: Clock


@dataclass(frozen=True, slots=True)
class Holiday(Expression):
    """A named day, by its key in the table of holidays."""

    key: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Listed(Expression):
    """Several expressions that share a part: June 22 and 23. Each is a mention of its own."""

    items: tuple[tuple[int, int, object], ...]


@dataclass(frozen=True, slots=True)
class Fixed(Expression):
    """A value that needs no resolving, such as no day of the calendar.

    A repetition is of type SET; a vague word (PAST_REF, PRESENT_REF, FUTURE_REF) has no precision.
    """

    value: str
    note: str = ""
    precision: str | None = "day"
    others: tuple[str, ...] = ()
    timex_type: Literal["DATE", "SET"] = "DATE"


def repeated(value: str, note: str = "repetition") -> Fixed:
    """A repetition with the TimeML value of its period."""
    return Fixed(value, note=note, precision=None, timex_type="SET")


def vague(value: str) -> Fixed:
    """A word that names no calendar time, with its TimeML value."""
    return Fixed(value, note="vague", precision=None)
