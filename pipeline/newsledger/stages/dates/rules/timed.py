"""A day with its time: Friday at 10 a.m., Monday night, 1:00 in the afternoon."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.lexicons.load import any_of
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Clock, DateTime, Part
from newsledger.stages.dates.rules import clocks, durations
from newsledger.stages.dates.rules.numbers import value_of

_WEEKDAY = rf"(?:{any_of(w.WEEKDAYS)})"
_WEEKDAY_TO = re.compile(rf"\b{_WEEKDAY}\s*(?:[-–—]|to|through)\s*\Z")
_TO_WEEKDAY = re.compile(rf"\s*(?:[-–—]|to|through)\s*{_WEEKDAY}\b(?!\s+(?:at\s+)?(?:\d|noon|midnight))")
"""Monday to Friday from 8 a.m., 8 a.m. Monday to Friday: the time is that of each day, not of one."""


def _at(o: object, c: Clock, span: Span) -> DateTime | None:
    if _WEEKDAY_TO.search(span.left(24)) or (
        span.items[0].value is c and not isinstance(o, DateTime) and _TO_WEEKDAY.match(span.right(24))
    ):
        return None
    if isinstance(o, Part) or ("\n" in span.surface and "," not in span.surface):
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
    if not re.search(r"\b(?:at|by|until|till|around|about|from|to|of)\s+\Z", span.left(8)):
        return None
    return Clock(str(clocks.time_value(int(hour), 0, None, _HALVES[d.value])))


def _daypart(o: object, p: str, span: Span) -> DateTime | Part | None:
    if "\n" in span.surface or p.endswith("s"):
        return None
    clock = Clock(f"T{w.DAYPARTS[p]}")
    return Part(o.part, DateTime(o.of, clock)) if isinstance(o, Part) else DateTime(o, clock)


RULES: tuple[Rule, ...] = (
    Rule("time on a day", "c:N_CLOCK ,? on? the? o:(DAYN|N_DATETIME)", _at),
    Rule(
        "day at a time", "o:(DAYN|N_DATETIME) ,? (at|by|from|around|about|before|after|until)? c:N_CLOCK", _at
    ),
    Rule("day from time to time", "o:DAYN ,? (from|between)? c:N_CLOCK (DASH|TO|and) e:N_CLOCK", _at_hours),
    Rule("part of a day", "(o:(DAYN|N_PART) p:DAYPART|p:DAYPART of the? o:DAYN)", _daypart),
    *clocks.LATE,
    Rule("clock time in the morning", "c:N_CLOCK in the d:N_CLOCK", _clock_of_day),
    Rule("clock time in the morning", "h:(DAY|N_NUMBER) in the d:N_CLOCK", _hour_of_day),
    *durations.LATE,
)
