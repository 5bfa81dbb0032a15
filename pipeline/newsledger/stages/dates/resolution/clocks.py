"""Times of day and their zones."""

from __future__ import annotations

import datetime as dt

from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import holidays
from newsledger.stages.dates.resolution.context import Context, Value, value_of
from newsledger.stages.dates.words import US_ZONES, ZONES


def us_offset(zone: str, date: dt.date | None) -> str | None:
    """The UTC offset of a US zone on a day since 2007 (Energy Policy Act of 2005)."""
    if date is None or date.year < 2007:
        return None
    first, last = holidays.nth_weekday(date.year, 3, 7, 2), holidays.nth_weekday(date.year, 11, 7, 1)
    hours = US_ZONES[zone] + (first <= date < last)
    return f"-{-hours:02d}:00"


def clock_text(clock: x.Clock, date: dt.date | None) -> str:
    """The TimeML spelling of a time, with the offset of its zone on that day."""
    if clock.zone is None:
        return clock.value
    zone = clock.zone
    offset = us_offset(zone, date) if zone in US_ZONES else ZONES[zone]
    if offset is None:
        return clock.value
    return clock.value + ("Z" if offset == "+00:00" else offset)


def clock_precision(clock: x.Clock) -> str:
    """Second, minute or part of the day."""
    if not clock.value[1:2].isdigit():
        return "daypart"
    return "second" if clock.value.count(":") == 2 else "minute"


@value_of.register
def _clock(clock: x.Clock, context: Context) -> Value:
    value = clock_text(clock, context.published)
    if clock.last is not None:
        value += "/" + clock_text(clock.last, context.published)
    return Value(value, "TIME", None, clock_precision(clock), basis=("time of day",))
