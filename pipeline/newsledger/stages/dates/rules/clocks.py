"""Times of day with their zone, noon, parts of the day; a day with its time: Friday at 10 a.m."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules import durations
from newsledger.stages.dates.rules.absolute import weekday_of
from newsledger.stages.dates.rules.numbers import value_of


def time_value(hour: int, minute: int = 0, second: int | None = None, half: str | None = None) -> str | None:
    """The TimeML value of a clock time; ``half`` is the a.m. or p.m. of the text.

    >>> time_value(10, 30, None, "p.m."), time_value(12, 0, None, "am"), time_value(25)
    ('T22:30', 'T00:00', None)
    """
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    if second is not None:
        return f"T{hour:02d}:{minute:02d}:{second:02d}" if 0 <= second < 60 else None
    return f"T{hour:02d}:{minute:02d}"


def _clock(c: str, span: Span, ap: str | None = None, z: str | None = None) -> x.Clock | None:
    hour, minute, *seconds = [int(part) for part in re.split(r"[:.]", c)]
    bare = not (ap or z)
    if bare and (seconds or not cue("before_clock", span)):
        return None
    value = time_value(hour, minute, seconds[0] if seconds else None, ap)
    return x.Clock(value, z, bare=bare and 1 <= hour <= 11) if value else None


def _hour(h: int, ap: str, z: str | None = None) -> x.Clock | None:
    value = time_value(h, 0, None, ap)
    return x.Clock(value, z) if value else None


def _four_figure_time(
    n: int, span: Span, z: str | None = None, d: str | None = None
) -> x.Clock | x.DateTime | None:
    """1530 GMT; 2024 Friday, UTC, which is rare, but a year would be wrong."""
    if z and not span.surface.endswith((z.upper(), z.title())):
        return None
    value = time_value(n // 100, n % 100)
    clock = x.Clock(value, z) if value and span.surface[:3].isdigit() else None
    return x.DateTime(x.Named("day", weekday=weekday_of(d)), clock) if clock and d else clock


def _military(n: int, span: Span, p: str = "at") -> x.Clock | None:
    """At 1900 on 7 May: rare, but that day would be of 1900; not "to cut waste by 2030 on Monday"."""
    clear = cue("time_of_day", span) or (cue("day_of_time", span) and (p == "at" or n < 1900))
    value = time_value(n // 100, n % 100) if clear and re.fullmatch(r"\d{4}", span.surface) else None
    return x.Clock(value) if value else None


def _oclock(h: object, span: Span) -> x.Clock | None:
    hour = value_of(h)
    if hour is None or not 1 <= hour <= 12:
        return None
    half = "am" if cue("in_the_morning", span) else "pm" if cue("in_the_afternoon", span) else None
    return x.Clock(str(time_value(int(hour), 0, None, half)))


def _from_hour(a: int, b: int, ap: str, z: str | None = None) -> x.Clock | None:
    first, last = time_value(a, 0, None, ap), time_value(b, 0, None, ap)
    if not first or not last:
        return None
    if first > last:
        first = f"T{a:02d}:00"
    return x.Clock(first, z, last=x.Clock(last, z))


def joined(a: x.Clock, b: x.Clock) -> x.Clock:
    """Two times as one stretch; the zone of either is that of both."""
    value = a.value
    if a.bare and not b.bare:
        later = f"T{int(value[1:3]) + 12:02d}{value[3:]}"
        value = later if later <= b.value else value
    zone = a.zone or b.zone
    return x.Clock(value, zone, last=x.Clock(b.value, zone))


def _clock_of(p: str) -> x.Clock:
    return x.Clock(f"T{w.DAYPARTS[p]}")


def _part(p: str, span: Span) -> x.Clock | None:
    stretch = p not in w.LISTS["points_of_day"] and cue("before_point_of_day", span)
    paper = span.surface.istitle() and cue("paper_title", span)
    return None if p.endswith("s") or paper or stretch else _clock_of(p)


RULES: tuple[Rule, ...] = (
    Rule("clock time", "(c:CLK ap:AMPM?|c:DECIMAL ap:AMPM) (z:ZONE|local time)?", _clock),
    Rule("hour", "h:DAY ap:AMPM (z:ZONE|local time)?", _hour),
    Rule("four-figure time", "n:(INT|YEAR) (d:WEEKDAY ,?)? (z:ZONE|local time)", _four_figure_time),
    Rule("four-figure time", "n:(INT|YEAR) (hours|hrs) (z:ZONE)?", _four_figure_time),
    Rule("military time", "p:(at|by|from|until|till|before|after|around|about) < n:(INT|YEAR) >", _military),
    Rule(
        "noon or midnight",
        "(DAY|CLK)? c:CLOCKWORD (z:ZONE|local time)?",
        lambda c, z=None: x.Clock("T" + w.CLOCK_WORDS[c], z),
    ),
    Rule("o'clock", "h:(DAY|N_NUMBER) o APOS clock", _oclock),
    Rule("from hour to hour", "a:DAY (DASH|to) b:DAY ap:AMPM (z:ZONE)?", _from_hour),
    Rule("part of the day", "p:DAYPART", _part, only="before_daypart", unless="no_daypart"),
    Rule("all night", "all p:DAYPART", _clock_of),
)


def _at(o: object, c: x.Clock) -> x.DateTime:
    return x.DateTime(o.date if isinstance(o, x.DateTime) else o, c)


_HALVES = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "pm"}


def _clock_of_day(d: x.Clock, c: x.Clock | None = None, h: object = None) -> x.Clock | None:
    """3:30 in the afternoon, three in the morning."""
    hour, minute = (int(c.value[1:3]), int(c.value[4:6])) if c else (int(value_of(h) or 0), 0)
    value = time_value(hour, minute, None, _HALVES.get(d.value))
    return x.Clock(value, c.zone if c else None) if value else None


def _part_and_date(o: x.DateTime, b: x.Named) -> x.DateTime | None:
    weekday = o.date.weekday if isinstance(o.date, x.Named) and o.date.day is None else None
    fits = weekday and isinstance(b, x.Named) and b.month and b.weekday in (None, weekday)
    return x.DateTime(replace(b, weekday=weekday), o.clock) if fits else None


TIMED: tuple[Rule, ...] = (
    Rule("part of a day and its date", "o:N_DATETIME ,? b:N_DAY", _part_and_date),
    Rule("time on a day", "c:N_CLOCK ,? on? the? o:(DAYN|N_DATETIME)", _at, unless="to_weekday"),
    Rule(
        "day at a time",
        "o:(DAYN|N_DATETIME) ,? (at|by|from|around|about|before|after|until)? c:N_CLOCK",
        _at,
        unless="weekday_to",
    ),
    Rule(
        "day from time to time",
        "o:DAYN ,? (from|between)? c:N_CLOCK (DASH|TO|and) e:N_CLOCK",
        lambda o, c, e: _at(o, joined(c, e)),
        unless="weekday_to",
    ),
    Rule(
        "part of a day",
        "(o:(DAYN|N_PART) p:DAYPART|p:DAYPART of the? o:DAYN)",
        lambda o, p: x.DateTime(o, _clock_of(p)),
    ),
    Rule("from time to time", "a:N_CLOCK (DASH|TO) b:N_CLOCK", joined),
    Rule("from time to time", "between < a:N_CLOCK and b:N_CLOCK >", joined),
    Rule("clock time in the morning", "c:N_CLOCK (in the|at) d:N_CLOCK", _clock_of_day),
    Rule(
        "clock time in the morning",
        "h:(DAY|N_NUMBER) (in the|at) d:N_CLOCK",
        _clock_of_day,
        only="before_hour",
    ),
    *durations.LATE,
)
