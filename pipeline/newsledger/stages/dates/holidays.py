"""Named days: fixed ones, movable ones by rule, and those of other calendars from a table.

A row of ``holidays.tsv`` says by which rule a day is found, for how many days it lasts, where else it falls
on another day, what is uncertain, and how it is spelled: in lower case, with straight apostrophes, a blank
for a hyphen too, a dot after "st" left out.

Easter follows the Gregorian computus, other movable days their rule ("fourth Thursday of November"). Islamic,
lunisolar, Hindu, Hebrew and Persian days come from ``holiday_dates.tsv``, which covers 1925 to 2100 (Holi and
Dussehra 2001 to 2035) and was made from ``holidays`` 0.109 (MIT; Umm al-Qura, Hong Kong and Indian
government calendars) and ``convertdate`` (MIT; Hebrew and Persian arithmetic). Where moon sighting or the
country moves such a day by one, or the country decides the day altogether, that is in ``Day.note``.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dateutil.easter import EASTER_ORTHODOX, easter

from newsledger.lexicons.load import rows
from newsledger.stages.dates.calendar import Period, last_day, on_weekday, stretch

HERE = Path(__file__).parent
COUNTRY = "the country decides the day"


class Day(NamedTuple):
    """A named day of one year: its days, the other readings of its first one, and what is uncertain."""

    period: Period
    others: tuple[dt.date, ...] = ()
    note: str = ""


@cache
def _dates() -> dict[str, dict[int, tuple[dt.date, ...]]]:
    found: dict[str, dict[int, tuple[dt.date, ...]]] = {}
    for row in rows(HERE / "holiday_dates.tsv"):
        year = row.pop("year")
        for name, cell in row.items():
            days = tuple(dt.date.fromisoformat(f"{year}-{day}") for day in cell.split())
            found.setdefault(name, {})[int(year)] = days
    return found


HOLIDAYS = {row["key"]: row for row in rows(HERE / "holidays.tsv")}
"""The named days by their key."""
HOLIDAY_KEYS: dict[str, str] = {
    name: key for key, row in HOLIDAYS.items() for name in row["names"].split("|") if name
}
"""Spelling -> key."""
EVENTS = {
    key: dt.date(*map(int, row["rule"].split()[1:]))
    for key, row in HOLIDAYS.items()
    if row["rule"].startswith("event")
}
"""Single days that are known by a name of their own."""
EVENT_YEARS = {
    (day.month, day.day): (day.year, HOLIDAYS[key]["followed_by"])
    for key, day in EVENTS.items()
    if HOLIDAYS[key]["followed_by"]
}
"""Days of the year that name one event with a word that follows ("the Sept. 11 attacks"), and its year."""


def _starts(key: str, rule: str, year: int) -> list[dt.date]:
    """The days on which a named day begins in a year, by a rule of the table."""
    kind, *texts = rule.split()
    numbers = [int(text) for text in texts]
    match kind:
        case "fixed":
            return [dt.date(year, *numbers)]
        case "weekday":
            month, weekday, number = numbers
            return [
                on_weekday(dt.date(year, month, 1 if number > 0 else last_day(year, month)), weekday, number)
            ]
        case "easter" if 1583 <= year <= 4099:
            return [easter(year) + dt.timedelta(days=numbers[0])]
        case "orthodox_easter" if 1583 <= year <= 4099:
            return [easter(year, EASTER_ORTHODOX)]
        case "table":
            return list(_dates()[key].get(year, ()))
    return []


def _end(days: str, start: dt.date) -> dt.date:
    """The last day: so many days from the first, or the day before the next day of another name."""
    if days.isdigit():
        return start + dt.timedelta(days=int(days) - 1)
    until = days.removeprefix("until ")
    ends = [day for year in (start.year, start.year + 1) for day in _dates()[until].get(year, ())]
    end = min((day for day in ends if day > start), default=start + dt.timedelta(days=30))
    return end - dt.timedelta(days=1)


def days_of(key: str, year: int) -> list[Day]:
    """The days of this name in a calendar year.

    Mostly one, none out of the table's range or where ``COUNTRY`` decides, two where the lunar year is short.

    >>> [d.period.value for d in days_of("christmas", 2023)], days_of("independence_day", 2024)
    (['2023-12-25'], [])
    """
    if not 1 <= year <= 9998:
        return []
    row = HOLIDAYS[key]
    others = tuple(_starts(key, row["other"], year)) if row["other"] else ()
    starts = _starts(key, row["rule"], year)
    return [Day(stretch(day, _end(row["days"], day)), others, row["note"]) for day in starts]


def yearless(key: str) -> str:
    """The TimeML value of the named day of an unknown year."""
    kind, *numbers = HOLIDAYS[key]["rule"].split()
    return "XXXX-{:0>2}-{:0>2}".format(*numbers) if kind == "fixed" else "XXXX-XX-XX"


def why_unknown(key: str) -> str:
    """Why a named day has no date in a year."""
    return COUNTRY if HOLIDAYS[key]["rule"] == "country" else "no table for that year"
