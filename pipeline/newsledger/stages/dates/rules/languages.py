"""Dates in other languages inside English text: 3 avril 2024, octubre de 2023, 5. Oktober 1990.

The grammar finds the span; dateparser resolves it to a day (see `dateparser_fallback`). A day or a month
without its year is ignored: in English text it mostly is a street, a party or a square. A month without its
day needs the joining word that only other languages have: "Mars 2024" is a planet, too.
"""

from __future__ import annotations

import datetime as dt

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import dateparser_fallback
from newsledger.stages.dates import expressions as x


def _read(unit: str, text: str, month: str) -> x.Named | x.Fixed | None:
    """The day or month; both values and no days where the languages that have the word differ on it."""
    readings: dict[dt.date, list[str]] = {}
    for language in dateparser_fallback.FOREIGN_MONTHS[month]:
        if (day := dateparser_fallback.day(text, language)) is not None:
            readings.setdefault(day, []).append(dateparser_fallback.LANGUAGE_NAMES[language])
    if not readings:
        return None
    note = "read by dateparser as " + " or ".join(sorted({name for one in readings.values() for name in one}))
    first = min(readings)
    if len(readings) > 1:
        values = tuple(found.isoformat()[: 10 if unit == "day" else 7] for found in sorted(readings))
        value = f"{first.year}-XX" + (f"-{first.day:02d}" if unit == "day" else "")
        return x.Fixed(value, note=note, precision=unit, others=values)
    day_of_month = first.day if unit == "day" else None
    return x.Named(unit, year=first.year, month=first.month, day=day_of_month, notes=(note,))


def _day(m: str, span: Span) -> x.Named | x.Fixed | None:
    return _read("day", span.surface, m)


def _month(m: str, span: Span) -> x.Named | x.Fixed | None:
    return _read("month", f"1 {span.surface}", m)


RULES: tuple[Rule, ...] = (
    Rule("date in another language", "DAY ORDMARK? OFWORD? m:FMONTH OFWORD? YEAR", _day),
    Rule("date in another language", "YEAR . m:FMONTH DAY", _day),
    Rule("month in another language", "m:FMONTH OFWORD YEAR", _month),
)
