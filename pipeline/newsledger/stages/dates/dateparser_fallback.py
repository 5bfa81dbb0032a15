"""Dates in other languages inside English text, which dateparser reads: 3 avril 2024, octubre de 2023.

The grammar finds the substring. The month names in ``foreign_months.tsv`` only say where to ask and in which
language; they come from the Unicode CLDR (format, wide) by way of Babel 2.18. A day or a month without its
year is ignored: in English text it mostly is a street, a party or a square. A month without its day needs the
joining word that only other languages have: "Mars 2024" is a planet, too.

Measured traps of dateparser 1.5, and what closes each:

- it searches prose and finds "to" and "a": it is given a substring of a known shape, never a sentence;
- it guesses the language, and remembers the last one: each language is asked for by name, on its own;
- it fills parts that are missing from today: day, month and year are all required, the base is fixed;
- it tries relative readings and bare time stamps: only its reader of absolute dates is switched on;
- "1º de maio de 2024" is not read: the mark behind the day is left out.

An answer is taken only where its day and year are the digits of the text. dateparser is imported when needed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from newsledger.grammar import Rule, Span
from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import rows
from newsledger.stages.dates import expressions as x

LANGUAGE_NAMES: dict[str, str] = {}
FOREIGN_MONTHS: dict[str, tuple[str, ...]] = {}
"""Names of months that are no English ones, in lower case, with the languages that write them so."""
for _row in rows(Path(__file__).with_name("foreign_months.tsv")):
    _language, LANGUAGE_NAMES[_language], *_months = _row.values()
    for _month in map(str.lower, _months):
        if _month not in ALL_MONTHS:
            FOREIGN_MONTHS[_month] = (*FOREIGN_MONTHS.get(_month, ()), _language)

_SETTINGS: dict[str, Any] = {
    "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # noqa: DTZ001  # dateparser wants a naive base
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "DATE_ORDER": "DMY",
    "PREFER_LOCALE_DATE_ORDER": False,
    "PARSERS": ["absolute-time"],
}


@lru_cache(maxsize=256)
def _parsed(text: str, language: str) -> dt.datetime | None:
    from dateparser.date import DateDataParser

    parser = DateDataParser(languages=[language], settings=_SETTINGS, try_previous_locales=False)
    found = parser.get_date_data(text).date_obj
    return found if isinstance(found, dt.datetime) else None


def day(text: str, language: str) -> dt.date | None:
    """The day that ``text`` (day, month and year, nothing else) names in a language; None if it names none.

    >>> day("12 de octubre de 2023", "es"), day("31 avril 2024", "fr"), day("1º de maio de 2024", "pt")
    (datetime.date(2023, 10, 12), None, datetime.date(2024, 5, 1))
    """
    found = _parsed(re.sub(r"(?<=\d)(?:er|[º°])", "", " ".join(text.lower().split())), language)
    if found is None or sorted((found.day, found.year)) != sorted(map(int, re.findall(r"\d+", text))):
        return None
    return found.date()


def _read(m: str, span: Span, unit: str = "day") -> x.Named | x.Fixed | None:
    """The day or month; both values and no days where the languages that have the word differ on it."""
    readings: dict[dt.date, list[str]] = {}
    for language in FOREIGN_MONTHS[m]:
        if (found := day(span.surface if unit == "day" else f"1 {span.surface}", language)) is not None:
            readings.setdefault(found, []).append(LANGUAGE_NAMES[language])
    if not readings:
        return None
    note = "read by dateparser as " + " or ".join(sorted({name for one in readings.values() for name in one}))
    first = min(readings)
    if len(readings) > 1:
        values = tuple(one.isoformat()[: 10 if unit == "day" else 7] for one in sorted(readings))
        value = f"{first.year}-XX" + (f"-{first.day:02d}" if unit == "day" else "")
        return x.Fixed(value, note=note, precision=unit, others=values)
    day_of_month = first.day if unit == "day" else None
    return x.Named(unit, year=first.year, month=first.month, day=day_of_month, notes=(note,))


RULES: tuple[Rule, ...] = (
    Rule(
        "date in another language", "(DAY ORDMARK? OFWORD? m:FMONTH OFWORD? YEAR|YEAR . m:FMONTH DAY)", _read
    ),
    Rule("month in another language", "m:FMONTH OFWORD YEAR", partial(_read, unit="month")),
)
