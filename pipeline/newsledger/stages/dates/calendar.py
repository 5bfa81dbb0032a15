"""Calendar units as periods: their first and last day, their TimeML value, and stepping from one to the next.

Weeks are ISO weeks (Monday to Sunday), seasons meteorological, the winter of a year begins in its December,
a decade begins with its 0 year and the 19th century is 1801 to 1900.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

from newsledger.stages.dates.words import SEASON_FIRST_MONTH


class Period(NamedTuple):
    """A named stretch of whole days, both ends inclusive, with its ISO-TimeML value."""

    unit: str
    start: dt.date
    end: dt.date
    value: str


UNIT_SIZES = {
    unit: size
    for size, unit in enumerate(
        [
            "day",
            "weekday",
            "weekend",
            "week",
            "days",
            "weeks",
            "month",
            "months",
            "quarter",
            "season",
            "half",
            "year",
            "years",
            "decade",
            "century",
            "millennium",
        ]
    )
}
"""Units by size; "days" and the like are stretches of several."""
SEASON_CODES = tuple(SEASON_FIRST_MONTH)


def last_day(year: int, month: int) -> int:
    """Number of days of a month.

    >>> last_day(2024, 2)
    29
    """
    return monthrange(year, month)[1]


def day(date: dt.date) -> Period:
    """The period of one day."""
    return Period("day", date, date, date.isoformat())


def week(year: int, number: int) -> Period:
    """An ISO week.

    >>> week(2024, 14)[1:]
    (datetime.date(2024, 4, 1), datetime.date(2024, 4, 7), '2024-W14')
    """
    start = dt.date.fromisocalendar(year, number, 1)
    return Period("week", start, start + dt.timedelta(days=6), f"{year:04d}-W{number:02d}")


def weekend(year: int, number: int) -> Period:
    """Saturday and Sunday of an ISO week."""
    start = dt.date.fromisocalendar(year, number, 6)
    return Period("weekend", start, start + dt.timedelta(days=1), f"{year:04d}-W{number:02d}-WE")


def month(year: int, number: int) -> Period:
    """A month."""
    start = dt.date(year, number, 1)
    return Period("month", start, start.replace(day=last_day(year, number)), f"{year:04d}-{number:02d}")


def _months(unit: str, year: int, first: int, count: int, value: str) -> Period:
    last = first + count - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Period(
        unit, dt.date(year, first, 1), dt.date(end_year, end_month, last_day(end_year, end_month)), value
    )


def quarter(year: int, number: int) -> Period:
    """A calendar quarter.

    >>> quarter(2024, 1).end
    datetime.date(2024, 3, 31)
    """
    return _months("quarter", year, 3 * number - 2, 3, f"{year:04d}-Q{number}")


def half(year: int, number: int) -> Period:
    """A calendar half year."""
    return _months("half", year, 6 * number - 5, 6, f"{year:04d}-H{number}")


def season(year: int, code: str) -> Period:
    """A meteorological season of the northern hemisphere; winter runs into the next year.

    >>> season(2022, "WI")[1:3]
    (datetime.date(2022, 12, 1), datetime.date(2023, 2, 28))
    """
    return _months("season", year, SEASON_FIRST_MONTH[code], 3, f"{year:04d}-{code}")


def year(number: int) -> Period:
    """A calendar year."""
    return Period("year", dt.date(number, 1, 1), dt.date(number, 12, 31), f"{number:04d}")


def years(first: int, last: int) -> Period:
    """Whole calendar years, both included."""
    return Period("years", dt.date(first, 1, 1), dt.date(last, 12, 31), f"{first:04d}/{last:04d}")


def decade(first: int) -> Period:
    """A decade by its first year.

    >>> decade(1990).value
    '199'
    """
    return Period("decade", dt.date(first, 1, 1), dt.date(first + 9, 12, 31), f"{first // 10:03d}")


def century(number: int) -> Period:
    """A century by its ordinal.

    >>> century(20)[1:]
    (datetime.date(1901, 1, 1), datetime.date(2000, 12, 31), '19')
    """
    first = 100 * (number - 1) + 1
    return Period("century", dt.date(first, 1, 1), dt.date(first + 99, 12, 31), f"{number - 1:02d}")


def hundred(first: int) -> Period:
    """The hundred years that are spelled alike (the 1800s), a century in common speech.

    >>> hundred(1800)[1:]
    (datetime.date(1800, 1, 1), datetime.date(1899, 12, 31), '18')
    """
    return Period("century", dt.date(first, 1, 1), dt.date(first + 99, 12, 31), f"{first // 100:02d}")


def containing(unit: str, date: dt.date) -> Period:
    """The calendar unit that holds ``date``.

    >>> containing("quarter", dt.date(2024, 4, 3)).value
    '2024-Q2'
    >>> containing("season", dt.date(2024, 1, 5)).value
    '2023-WI'
    """
    if unit == "day":
        return day(date)
    if unit in ("week", "weekend"):
        iso = date.isocalendar()
        return (week if unit == "week" else weekend)(iso.year, iso.week)
    if unit == "month":
        return month(date.year, date.month)
    if unit == "quarter":
        return quarter(date.year, (date.month + 2) // 3)
    if unit == "half":
        return half(date.year, 1 if date.month <= 6 else 2)
    if unit == "season":
        code = SEASON_CODES[(date.month % 12) // 3 - 1]
        return season(date.year - (date.month < 3), code)
    if unit == "year":
        return year(date.year)
    if unit == "decade":
        return decade(date.year - date.year % 10)
    if unit == "century":
        return century((date.year + 99) // 100)
    raise ValueError(f"no calendar unit: {unit!r}")


def plus_months(date: dt.date, count: int) -> dt.date:
    """The day ``count`` months away, or the month's last day where it has none.

    >>> plus_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    at = date.year * 12 + date.month - 1 + count
    new_year, new_month = divmod(at, 12)
    return dt.date(new_year, new_month + 1, min(date.day, last_day(new_year, new_month + 1)))


MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "weekend": 7}


def moved(date: dt.date, unit: str, count: int) -> dt.date:
    """The day ``count`` units away.

    >>> moved(dt.date(2024, 4, 3), "decade", 1)
    datetime.date(2034, 4, 3)
    """
    if unit in DAYS_IN:
        return date + dt.timedelta(days=DAYS_IN[unit] * count)
    return plus_months(date, MONTHS_IN[unit] * count)


def shifted(unit: str, date: dt.date, count: int) -> Period:
    """The whole calendar unit ``count`` units from the one that holds ``date``.

    >>> shifted("month", dt.date(2024, 3, 31), -1).value
    '2024-02'
    """
    start = containing(unit, date).start
    return containing(unit, moved(start, unit, count))
