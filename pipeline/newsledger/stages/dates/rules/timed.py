"""A day with its time: Friday at 10 a.m., Monday night, 1:00 in the afternoon."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.lexicons.load import any_of
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.rules import clocks, durations
from newsledger.stages.dates.rules.numbers import value_of

_WEEKDAY = rf"(?:{any_of(w.WEEKDAYS)})"
_WEEKDAY_TO = re.compile(rf"\b{_WEEKDAY}\s*(?:[-–—]|to|through)\s*\Z")
_TO_WEEKDAY = re.compile(rf"\s*(?:[-–—]|to|through)\s*{_WEEKDAY}\b(?!\s+(?:at\s+)?(?:\d|noon|midnight))")
"""Monday to Friday from 8 a.m., 8 a.m. Monday to Friday: the time is that of each day, not of one."""


def _at(o: object, c: x.Clock, span: Span) -> x.DateTime | None:
    first = span.items[0].value is c and not isinstance(o, x.DateTime)
    if _TO_WEEKDAY.match(span.right(24)) if first else _WEEKDAY_TO.search(span.left(24)):
        return None
    if isinstance(o, x.DateTime):
        return x.DateTime(o.date, c)
    return x.DateTime(o, c)


def _at_hours(o: object, c: x.Clock, e: x.Clock, span: Span) -> x.DateTime | None:
    return _at(o, clocks.joined(c, e), span)


_HALVES = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "pm"}


def _clock_of_day(c: x.Clock, d: x.Clock) -> x.Clock | None:
    if d.value not in _HALVES:
        return None
    value = clocks.time_value(int(c.value[1:3]), int(c.value[4:6]), None, _HALVES[d.value])
    return replace(c, value=value) if value else None


def _hour_of_day(h: object, d: x.Clock, span: Span) -> x.Clock | None:
    """Three in the morning, after a word that a time follows."""
    hour = value_of(h)
    if hour is None or d.value not in _HALVES or not 1 <= hour <= 12:
        return None
    if not re.search(
        r"\b(?:at|by|until|till|around|about|from|to|of|after|before|since|nearly|almost|past)\s+\Z",
        span.left(8),
    ):
        return None
    return x.Clock(str(clocks.time_value(int(hour), 0, None, _HALVES[d.value])))


def _daypart(o: object, p: str) -> x.DateTime | x.Part | None:
    clock = x.Clock(f"T{w.DAYPARTS[p]}")
    return x.Part(o.part, x.DateTime(o.of, clock)) if isinstance(o, x.Part) else x.DateTime(o, clock)


def _part_and_date(o: x.DateTime, b: x.Named) -> x.DateTime | None:
    weekday = o.date.weekday if isinstance(o.date, x.Named) and o.date.day is None else None
    fits = weekday and isinstance(b, x.Named) and b.month and b.weekday in (None, weekday)
    return x.DateTime(replace(b, weekday=weekday), o.clock) if fits else None


RULES: tuple[Rule, ...] = (
    Rule("part of a day and its date", "o:N_DATETIME ,? b:N_DAY", _part_and_date),
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
