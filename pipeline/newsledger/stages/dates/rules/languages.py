"""Dates in other languages inside English text: 3 avril 2024, octubre de 2023, 5. Oktober 1990.

The grammar finds the span and filters it; dateparser resolves it to a day (see
`dateparser_fallback`). A day or a month without its year is ignored: in English text it
mostly is a street, a party or a square.
"""

from __future__ import annotations

import datetime as dt
import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import dateparser_fallback
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w

_STREET = re.compile(rf"\b(?:{w.one_of('street')})\.?\s+(?:(?:{w.one_of('OFWORD')}|du|des|vom|la)\s+)?\Z")

_JOINED = re.compile(rf"\d(?:er|[º°.])|\s(?:{w.one_of('OFWORD')})\s")
"""Marks and words that only a date of another language has."""
_DAY_BEFORE = re.compile(r"\d(?:er|[º°.])?\s+(?:de\s+)?\Z")


def _is_name(span: Span, word: str, languages: tuple[str, ...]) -> bool:
    """Whether the word is written as a name: with a capital that its languages do not use (Mars, Marzo)."""
    written = span.text[span.start + span.low[span.start : span.end].find(word) :][: len(word)]
    return (
        written[0].isupper()
        and not written.isupper()
        and dateparser_fallback.CAPITALISED.isdisjoint(languages)
    )


def _readings(text: str, languages: tuple[str, ...]) -> dict[dt.date, list[str]]:
    """The days that ``text`` names, each with the languages in which it does."""
    found: dict[dt.date, list[str]] = {}
    for language in languages:
        day = dateparser_fallback.day(text, language)
        if day is not None:
            found.setdefault(day, []).append(dateparser_fallback.LANGUAGE_NAMES[language])
    return found


def _source_note(readings: dict[dt.date, list[str]]) -> str:
    return "read by dateparser as " + " or ".join(
        sorted({name for languages in readings.values() for name in languages})
    )


def _no_date(span: Span) -> bool:
    """Whether a street or more digits around it keep a match from being a date."""
    return bool(_STREET.search(span.left(32)) or re.match(r"[\d%]|[.,:/-]\d", span.right(2)))


def _day(m: str, d: int, y: int, span: Span) -> x.Named | x.Fixed | None:
    languages = dateparser_fallback.FOREIGN_MONTHS[m]
    if _no_date(span) or (_is_name(span, m, languages) and not _JOINED.search(span.low_surface)):
        return None
    readings = _readings(span.surface, languages)
    if not readings:
        months = _readings(f"1 {m} {y}", languages)
        if len(months) != 1:
            return None
        (first,) = months
        return x.Fixed(
            f"{y}-{first.month:02d}-{d:02d}", note=f"no such day in the calendar; {_source_note(months)}"
        )
    return _made("day", readings)


def _month(m: str, span: Span) -> x.Named | x.Fixed | None:
    languages = dateparser_fallback.FOREIGN_MONTHS[m]
    if _no_date(span) or _DAY_BEFORE.search(span.left(8)):
        return None
    surface = span.low_surface
    if not _JOINED.search(surface) and (m in NAMELIKE or _is_name(span, m, languages)):
        return None
    readings = _readings(f"1 {surface}", languages)
    return _made("month", readings) if readings else None


def _made(unit: str, readings: dict[dt.date, list[str]]) -> x.Named | x.Fixed:
    """The name of the day or month; both values and no days where languages differ on the month."""
    first = min(readings)
    if len(readings) > 1:
        values = tuple(found.isoformat()[: 10 if unit == "day" else 7] for found in sorted(readings))
        value = f"{first.year}-XX" + (f"-{first.day:02d}" if unit == "day" else "")
        return x.Fixed(value, note=_source_note(readings), precision=unit, others=values)
    day = first.day if unit == "day" else None
    return x.Named(unit, year=first.year, month=first.month, day=day, notes=(_source_note(readings),))


NAMELIKE = frozenset(word for word in dateparser_fallback.FOREIGN_MONTHS if word.isascii() and len(word) <= 5)
"""Short names of months in Latin letters, of which many are people, planets and makes too."""

RULES: tuple[Rule, ...] = (
    Rule("date in another language", "d:DAY ORDMARK? OFWORD? m:FMONTH OFWORD? y:YEAR", _day),
    Rule("date in another language", "y:YEAR . m:FMONTH d:DAY", _day),
    Rule("month in another language", "m:FMONTH OFWORD? YEAR", _month),
)
