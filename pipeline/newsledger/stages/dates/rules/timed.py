"""A day with its time: Friday at 10 a.m., Monday night, 1:00 in the afternoon."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.lexicons.load import any_of
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Clock, DateTime, Named, Part, Repetition
from newsledger.stages.dates.rules import clocks, durations
from newsledger.stages.dates.rules.numbers import value_of

_WEEKDAY = rf"(?:{any_of(w.WEEKDAYS)})"
_WEEKDAY_TO = re.compile(rf"\b{_WEEKDAY}\s*(?:[-–—]|to|through)\s*\Z")
_TO_WEEKDAY = re.compile(rf"\s*(?:[-–—]|to|through)\s*{_WEEKDAY}\b(?!\s+(?:at\s+)?(?:\d|noon|midnight))")
"""Monday to Friday from 8 a.m., 8 a.m. Monday to Friday: the time is that of each day, not of one."""


def _at(o: object, c: Clock, span: Span) -> DateTime | None:
    first = span.items[0].value is c and not isinstance(o, DateTime)
    if _TO_WEEKDAY.match(span.right(24)) if first else _WEEKDAY_TO.search(span.left(24)):
        return None
    if isinstance(o, Part):
        return None
    if isinstance(o, DateTime):
        return DateTime(o.date, c) if not o.clock.value[1:2].isdigit() else None
    return DateTime(o, c)


def _at_hours(o: object, c: Clock, e: Clock, span: Span) -> DateTime | None:
    """Sunday from 8 a.m. to 4 p.m."""
    joined = clocks.joined(c, e)
    return None if joined is None else _at(o, joined, span)


_HALVES = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "pm"}


def _clock_of_day(c: Clock, d: Clock) -> Clock | None:
    """1:00 in the afternoon."""
    if d.value not in _HALVES or not c.value[1:3].isdigit() or c.last:
        return None
    value = clocks.time_value(int(c.value[1:3]), int(c.value[4:6]), None, _HALVES[d.value])
    return replace(c, value=value) if value else None


def _hour_of_day(h: object, d: Clock, span: Span) -> Clock | None:
    """Three in the morning, after a word that a time follows."""
    hour = value_of(h)
    if hour is None or d.value not in _HALVES or not 1 <= hour <= 12:
        return None
    if not re.search(
        r"\b(?:at|by|until|till|around|about|from|to|of|after|before|since|nearly|almost|past)\s+\Z",
        span.left(8),
    ):
        return None
    return Clock(str(clocks.time_value(int(hour), 0, None, _HALVES[d.value])))


def _daypart(o: object, p: str) -> DateTime | Part | None:
    if p.endswith("s"):
        return None
    clock = Clock(f"T{w.DAYPARTS[p]}")
    return Part(o.part, DateTime(o.of, clock)) if isinstance(o, Part) else DateTime(o, clock)


def _hour_on_day(h: object, o: DateTime, span: Span) -> DateTime | None:
    """Nine Friday evening, after a word that a time follows."""
    clock = _hour_of_day(h, o.clock, span) if isinstance(o.clock, Clock) else None
    return DateTime(o.date, clock) if clock else None


def _part_and_date(o: DateTime, b: Named) -> DateTime | None:
    """Friday morning, May 2."""
    weekday = o.date.weekday if isinstance(o.date, Named) and o.date.day is None else None
    fits = weekday and isinstance(b, Named) and b.month and b.weekday in (None, weekday)
    return DateTime(replace(b, weekday=weekday), o.clock) if fits else None


def _clock_on_weekdays(r: Repetition, c: Clock | None = None, h: object = None) -> Repetition | None:
    """At 9 p.m. on Fridays, at nine on Fridays."""
    hour = value_of(h) if c is None else None
    value = c.value if c is not None else clocks.time_value(int(hour)) if hour and 1 <= hour <= 12 else None
    whole = "T" not in r.value and r.value.startswith("XXXX-WXX") and not (c and c.last)
    return replace(r, value=r.value + value) if value and whole else None


RULES: tuple[Rule, ...] = (
    Rule("time on weekdays", "c:N_CLOCK (on|,)? r:N_REPETITION", _clock_on_weekdays),
    Rule("time on weekdays", "at < h:(DAY|N_NUMBER) on r:N_REPETITION >", _clock_on_weekdays),
    Rule("part of a day and its date", "o:N_DATETIME ,? b:N_DAY", _part_and_date),
    Rule("hour on a day", "h:(DAY|N_NUMBER) on? o:N_DATETIME", _hour_on_day),
    Rule("time on a day", "c:N_CLOCK ,? on? the? o:(DAYN|N_DATETIME)", _at),
    Rule(
        "day at a time", "o:(DAYN|N_DATETIME) ,? (at|by|from|around|about|before|after|until)? c:N_CLOCK", _at
    ),
    Rule("day from time to time", "o:DAYN ,? (from|between)? c:N_CLOCK (DASH|TO|and) e:N_CLOCK", _at_hours),
    Rule("part of a day", "(o:(DAYN|N_PART) p:DAYPART|p:DAYPART of the? o:DAYN)", _daypart),
    *clocks.LATE,
    Rule("clock time in the morning", "c:N_CLOCK (in the|at) d:N_CLOCK", _clock_of_day),
    Rule("clock time in the morning", "h:(DAY|N_NUMBER) (in the|at) d:N_CLOCK", _hour_of_day),
    *durations.LATE,
)
