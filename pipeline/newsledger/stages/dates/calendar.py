"""Calendar units as periods: their first and last day, their TimeML value, and stepping from one to the next.

Weeks are ISO weeks (Monday to Sunday), seasons meteorological, the winter of a year begins in its December,
a decade begins with its 0 year and the 19th century is 1801 to 1900.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import NamedTuple


class Period(NamedTuple):
    """A named stretch of whole days, both ends inclusive, with its ISO-TimeML value."""

    unit: str
    start: dt.date
    end: dt.date
    value: str


_BY_SIZE = "day weekend week days weeks month months quarter season half year years decade century millennium"
UNIT_SIZES = {unit: size for size, unit in enumerate(_BY_SIZE.split())}
"""Units by size; "days" and the like are stretches of several."""
MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7}
SEASON_CODES = ("SP", "SU", "FA", "WI")
"""Meteorological seasons of the northern hemisphere, each of three months."""


def last_day(year: int, month: int) -> int:
    """Number of days of a month."""
    return monthrange(year, month)[1]


def day(date: dt.date) -> Period:
    """The period of one day."""
    return Period("day", date, date, date.isoformat())


def stretch(first: dt.date, last: dt.date, unit: str = "days") -> Period:
    """The period from one day to another; a single day is one."""
    if first == last:
        return day(first)
    return Period(unit, first, last, f"{first.isoformat()}/{last.isoformat()}")


def years(first: int, last: int) -> Period:
    """Whole calendar years, both included."""
    return Period("years", dt.date(first, 1, 1), dt.date(last, 12, 31), f"{first:04d}/{last:04d}")


_SPELLED = {
    "week": "{year}-W{part:X>2}", "weekend": "{year}-W{part:X>2}-WE", "month": "{year}-{part:X>2}",
    "quarter": "{year}-Q{part:X>1}", "half": "{year}-H{part:X>1}", "season": "{year}-{part:X>2}",
    "year": "{year}", "decade": "{year:.3}", "century": "{year:.2}",
}  # fmt: skip


def spelled(unit: str, year: int | None = None, part: str = "") -> str:
    """The TimeML value of a unit; an X stands for each digit that is unknown.

    >>> spelled("quarter", 2024, "1"), spelled("week"), spelled("decade", 1990), spelled("day")
    ('2024-Q1', 'XXXX-WXX', '199', 'XXXX-XX-XX')
    """
    written = "XXXX" if year is None else f"{year:04d}"
    return _SPELLED.get(unit, "{year}-XX-XX").format(year=written, part=part)


def last_of(unit: str, first: dt.date) -> dt.date:
    """The last day of a unit of whole months that begins on a day; also of the last one of the year 9999."""
    month = plus_months(first, MONTHS_IN[unit] - 1)
    return month.replace(day=last_day(month.year, month.month))


def months(unit: str, first: dt.date) -> Period:
    """A quarter or half of a fiscal year, by the day on which it begins, as the months that it has."""
    last = last_of(unit, first)
    return Period(unit, first, last, f"{first:%Y-%m}/{last:%Y-%m}")


def numbered(unit: str, year: int, number: int = 1) -> Period:
    """A calendar unit by its year and its number in it; a decade or a century by its first year.

    >>> numbered("quarter", 2024, 1).end, numbered("season", 2022, 4).end
    (datetime.date(2024, 3, 31), datetime.date(2023, 2, 28))
    >>> numbered("week", 2024, 14)[1:]
    (datetime.date(2024, 4, 1), datetime.date(2024, 4, 7), '2024-W14')
    >>> numbered("decade", 1990).value, numbered("century", 1901).value, numbered("century", 1800).value
    ('199', '19', '18')
    """
    if unit in ("week", "weekend"):
        start = dt.date.fromisocalendar(year, number, 1 if unit == "week" else 6)
        end = start + dt.timedelta(days=6 if unit == "week" else 1)
        return Period(unit, start, end, spelled(unit, year, f"{number:02d}"))
    start = dt.date(year, MONTHS_IN[unit] * (number - 1) + (3 if unit == "season" else 1), 1)
    text = {"month": f"{number:02d}", "season": SEASON_CODES[(number - 1) % 4]}.get(unit, str(number))
    return Period(unit, start, last_of(unit, start), spelled(unit, year, text))


def containing(unit: str, date: dt.date) -> Period:
    """The calendar unit that holds ``date``.

    >>> containing("quarter", dt.date(2024, 4, 3)).value, containing("season", dt.date(2024, 1, 5)).value
    ('2024-Q2', '2023-WI')
    """
    year, month = date.year, date.month
    match unit:
        case "day":
            return day(date)
        case "week" | "weekend":
            return numbered(unit, *date.isocalendar()[:2])
        case "month" | "quarter" | "half":
            return numbered(unit, year, (month - 1) // MONTHS_IN[unit] + 1)
        case "season":
            return numbered(unit, year - (month < 3), (month - 3) % 12 // 3 + 1)
        case "decade":
            year -= year % 10
        case "century":
            year -= (year - 1) % 100
    return numbered(unit, year)


def on_weekday(date: dt.date, weekday: int, number: int = 1) -> dt.date:
    """The ``number``-th such weekday (Monday is 1) at or after a day; at or before it where negative.

    >>> on_weekday(dt.date(2024, 4, 3), 5).isoformat(), on_weekday(dt.date(2024, 4, 3), 3, -2).isoformat()
    ('2024-04-05', '2024-03-27')
    """
    if number > 0:
        return date + dt.timedelta(days=(weekday - date.isoweekday()) % 7 + 7 * (number - 1))
    return date - dt.timedelta(days=(date.isoweekday() - weekday) % 7 + 7 * (-number - 1))


def plus_months(date: dt.date, count: int) -> dt.date:
    """The day ``count`` months away, or the last day of that month if it is shorter."""
    new_year, month = divmod(date.year * 12 + date.month - 1 + count, 12)
    return dt.date(new_year, month + 1, min(date.day, last_day(new_year, month + 1)))


def moved(date: dt.date, unit: str, count: int) -> dt.date:
    """The day ``count`` units away."""
    if unit in DAYS_IN:
        return date + dt.timedelta(days=DAYS_IN[unit] * count)
    return plus_months(date, MONTHS_IN[unit] * count)


def shifted(unit: str, date: dt.date, count: int) -> Period:
    """The whole calendar unit ``count`` units from the one that holds ``date``.

    >>> shifted("month", dt.date(2024, 3, 31), -1).value
    '2024-02'
    """
    return containing(unit, moved(containing(unit, date).start, unit, count))
