"""Full dates as written at the top of an article, in file names and in metadata.

Only a day with its year counts; what is impossible (31 April), contradicts its own weekday, or could be
read in two ways (04/03/2024) is refused with a reason, never guessed. Finding dates in running text is
the dates stage's work, not this module's.
"""

from __future__ import annotations

import datetime as dt
import re

from newsledger.lexicons.calendar import ALL_MONTHS, ALL_WEEKDAYS, MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.values.settings import DayOrder

_MONTH = rf"(?:{any_of(ALL_MONTHS)})\b\.?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_NUMBER = r"\d{1,2}"

DATE = (
    rf"(?:(?:{any_of(ALL_WEEKDAYS)})\b\.?,?[ \t]+(?:the[ \t]+)?)?"
    rf"(?:{_YEAR}(?:-{_NUMBER}-|/{_NUMBER}/|\.{_NUMBER}\.){_NUMBER}"  # 2024-04-03
    rf"|{_DAY}[ \t-]+(?:of[ \t]+)?{_MONTH}[ \t-]*,?[ \t]*{_YEAR}"  # 3 April 2024
    rf"|{_MONTH}[ \t]*{_DAY}(?:[ \t]*,[ \t]*|[ \t]+){_YEAR}"  # April 3, 2024
    rf"|{_YEAR}[ \t]+{_MONTH}[ \t]+{_DAY}"  # 2024 April 3
    rf"|{_NUMBER}(?:-{_NUMBER}-|/{_NUMBER}/|\.{_NUMBER}\.){_YEAR})(?!\d)"  # 03/04/2024
)
"""Pattern of a full date, without groups; to be searched with ``re.IGNORECASE``."""

ZONE = r"(?:[A-Z]{2,5}\b|Z\b|[+-]\d\d:?\d\d\b)"
TIME = (
    r"(?:T|,?[ \t]*(?:at|[|\-–—@·•])?[ \t]*)\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?"
    rf"(?:[ \t]*[AaPp]\.?[Mm]\b\.?)?(?:[ \t]*\(?{ZONE}\)?)?"
)
"""Pattern of a clock time that may follow a date. Zones are upper case: search it case-sensitively."""

_ISO = lazy_regex(rf"({_YEAR})([-/.])({_NUMBER})\2({_NUMBER})\Z")
_COMPACT = lazy_regex(rf"({_YEAR})()(\d\d)(\d\d)\Z")
_NUMERIC = lazy_regex(rf"({_NUMBER})([-/.])({_NUMBER})\2({_YEAR})\Z")
_WORD = lazy_regex(r"[a-z]+|\d+")
_CLOCK = lazy_regex(r"(?:[T \t,|]|\bat\b)+\d{1,2}[:.]\d\d.*\Z|T\d{6}.*\Z", re.DOTALL)
_OFFSET = lazy_regex(r"[ \t]*(?:Z|UTC|GMT)\Z")


class NotADate(ValueError):
    """Raised for text that is not a full date, or an ambiguous one; the message says why."""


def _day(year: int, month: int, day: int, written: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotADate(f"there is no day {written!r}") from None


def parse(written: str, day_order: DayOrder | None = None) -> dt.date:
    """The day a full date names; a clock time behind it is left aside, no time zone is applied.

    >>> parse("Wed, 03 Apr 2024 10:00:00 +0900"), parse("April 3rd, 2024"), parse("2024-04-03T23:59:59Z")
    (datetime.date(2024, 4, 3), datetime.date(2024, 4, 3), datetime.date(2024, 4, 3))
    >>> parse("13/04/2024"), parse("04/03/2024", "mdy")
    (datetime.date(2024, 4, 13), datetime.date(2024, 4, 3))
    >>> parse("04/03/2024")
    Traceback (most recent call last):
    ...
    newsledger.document.written_dates.NotADate: '04/03/2024' is 4 March or 3 April 2024
    >>> parse("31 April 2024")
    Traceback (most recent call last):
    ...
    newsledger.document.written_dates.NotADate: there is no day '31 April 2024'
    """
    day = _OFFSET.sub("", _CLOCK.sub("", written.strip()[:100])).strip().lower()
    if iso := _ISO.match(day) or _COMPACT.match(day):
        return _day(int(iso[1]), int(iso[3]), int(iso[4]), written)
    if numeric := _NUMERIC.match(day):
        return _numeric(int(numeric[1]), int(numeric[3]), int(numeric[4]), written, day_order)
    return _in_words(day, written)


def _numeric(first: int, second: int, year: int, written: str, day_order: DayOrder | None) -> dt.date:
    """03/04/2024: a number over 12 or ``day_order`` decides the order."""
    if first == second or second > 12:
        day_order = "mdy"
    elif first > 12:
        day_order = "dmy"
    if day_order == "mdy":
        return _day(year, first, second, written)
    if day_order == "dmy":
        return _day(year, second, first, written)
    names = [name.title() for name in MONTHS]
    raise NotADate(
        f"{written!r} is {first} {names[second - 1]} or {second} {names[first - 1]} {year}"
        if first and second
        else f"there is no day {written!r}"
    )


def _in_words(day: str, written: str) -> dt.date:
    """3 April 2024, April 3, 2024, with or without a weekday."""
    weekday = month = year = number = None
    for word in _WORD.findall(day):
        if word in ALL_MONTHS and month is None:
            month = ALL_MONTHS[word]
        elif word in ALL_WEEKDAYS and weekday is None:
            weekday = ALL_WEEKDAYS[word]
        elif word.isdigit() and len(word) <= 2 and number is None:
            number = int(word)
        elif word.isdigit() and len(word) == 4 and year is None:
            year = int(word)
        elif word not in ("st", "nd", "rd", "th", "of", "the"):
            raise NotADate(f"{written!r} is not a full date")
    if month is None or year is None or number is None:
        raise NotADate(f"{written!r} is not a full date")
    found = _day(year, month, number, written)
    if weekday is not None and found.isoweekday() != weekday:
        raise NotADate(f"{written!r} was no such weekday")
    return found
