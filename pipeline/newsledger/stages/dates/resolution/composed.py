"""Dates inside others, parts of dates, times of day and days with their time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import holidays
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.resolution import values as v
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import US_ZONES, ZONES


@v.value_of.register
def _within(within: x.Within, context: Context) -> v.Value:
    inner = within.inner
    if isinstance(within.outer, x.Step) and within.outer.base == "report":
        return _report(inner, context)
    outer = v.value_of(within.outer, context)
    period = outer.period
    if period is None:
        if isinstance(inner, x.Named):
            return v.undated(v.yearless_value(inner), inner.unit, *outer.basis)
        return v.unknown(getattr(inner, "unit", None) or "day", *outer.basis)
    year = period.start.year
    found, basis, precision = None, "", None
    if isinstance(inner, x.Named) and inner.unit == "day" and inner.day is None:
        found = cal.day(cal.on_weekday(period.start, inner.weekday or 1))
    elif isinstance(inner, x.Named):
        found = v.period_of(inner, year, context.fiscal_year_start)
    elif isinstance(inner, x.Holiday):
        days = holidays.days_of(inner.key, year)
        if not days:
            return v.undated(f"{year:04d}-XX-XX", "day", *outer.basis, holidays.why_unknown(inner.key))
        found, basis = days[0].period, days[0].note
    elif isinstance(inner, x.Step):
        before = context.latest(inner.unit)
        if before is None:
            return outer
        found = cal.containing(inner.unit, before.start.replace(year=year, day=min(before.start.day, 28)))
        basis = f"{before.value} named before"
    elif isinstance(inner, x.Nth):
        found = _nth(inner, period)
        precision = inner.unit if inner.count > 1 else None
    if found is None:
        raise v.Impossible(inner)
    return v.dated(found, outer.anchor, *outer.basis, basis, precision=precision)


def _report(inner: object, context: Context) -> v.Value:
    """The first nine months of a report: the last such stretch that was over."""
    assert isinstance(inner, x.Nth)
    if context.published is None:
        return v.undated("XXXX", "month", "publication unknown")
    year = context.published.year
    for one in (year, year - 1):
        found = _nth(inner, cal.numbered("year", one))
        if found is not None and found.end <= context.published + dt.timedelta(days=5):
            return v.dated(found, "published", "last one over by publication", precision=inner.unit)
    raise v.Impossible(inner)


def _nth(nth: x.Nth, outer: Period) -> Period | None:
    """The n-th unit or weekday of a period, from its end when negative; several of them as one stretch."""
    number, count = nth.number, nth.count
    if nth.weekday:
        date = cal.on_weekday(outer.start if number > 0 else outer.end, nth.weekday, number)
        return cal.day(date) if outer.start <= date <= outer.end else None
    unit = nth.unit or "day"
    if number == 0:
        return cal.containing(unit, outer.start)
    units = _units(unit, outer)
    first = number - 1 if number > 0 else len(units) + number + 1 - count
    chosen = units[max(0, first) : max(0, first + count)]
    if len(chosen) != count:
        return None
    if count == 1:
        return chosen[0]
    plural = f"{unit}s" if unit in ("day", "week", "month", "year") else unit
    value = f"{chosen[0].value}/{chosen[-1].value}"
    return Period(plural, chosen[0].start, chosen[-1].end, value)


_MIDDLE = {"week": 3, "decade": 366}
"""Days from the start of a unit to the day that decides where it belongs."""


def _units(unit: str, outer: Period) -> list[Period]:
    """The units of one kind inside a period; weeks go by their Thursday, decades by their second year."""
    longest = 3700 if unit == "day" else 366 * 110
    if unit not in {**cal.MONTHS_IN, **cal.DAYS_IN} or (outer.end - outer.start).days > longest:
        return []
    found = []
    one = cal.containing(unit, outer.start)
    while one.start <= outer.end:
        middle = one.start + dt.timedelta(days=_MIDDLE.get(unit, 0))
        if outer.start <= middle <= outer.end:
            found.append(one)
        one = cal.containing(unit, one.end + dt.timedelta(days=1 if unit != "weekend" else 6))
    return found


@v.value_of.register
def _ending(ending: x.PeriodEnding, context: Context) -> v.Value:
    """The third quarter ended March 31: the months up to that day, whatever they are in the calendar."""
    last = v.value_of(ending.last, context)
    if last.period is None:
        return v.value_of(ending.named, context)
    end = last.period.end
    if end.day < 25:
        reason = "a fiscal period that ends inside a month"
        return v.undated(v.yearless_value(ending.named), ending.named.unit, reason)
    unit = ending.named.unit
    period = cal.months(unit, cal.plus_months(end.replace(day=1), 1 - cal.MONTHS_IN[unit]))
    return v.dated(period, last.anchor, *last.basis, f"ended {last.value}")


@v.value_of.register
def _week_ending(week: x.WeekEnding, context: Context) -> v.Value:
    day = v.value_of(week.day, context)
    if day.period is None:
        return v.unknown("week", *day.basis)
    if day.period.unit != "day":
        return day
    start, end = day.period.start - dt.timedelta(days=6), day.period.start
    named = cal.containing("week", start) if start.isoweekday() == 1 else cal.stretch(start, end, "week")
    return v.dated(named, day.anchor, *day.basis, candidates=day.candidates)


@v.value_of.register
def _part(part: x.Part, context: Context) -> v.Value:
    made = v.value_of(part.of, context)
    return replace(made, part=part.part) if made.timex_type in ("DATE", "TIME") else made


@v.value_of.register
def _at(at: x.DateTime, context: Context) -> v.Value:
    day = v.value_of(at.date, context)
    if day.period is not None and day.period.unit != "day":
        raise v.Impossible(at)
    date = day.period.start if day.period else None
    head = day.value if date or day.value.startswith("X") else "XXXX-XX-XX"
    value = clock_text(at.clock, date, head)
    return replace(day, value=value, timex_type="TIME", precision=clock_precision(at.clock), modifier=None)


def us_offset(zone: str, date: dt.date | None) -> str | None:
    """The UTC offset of a US zone on a day since 2007 (Energy Policy Act of 2005)."""
    if date is None or date.year < 2007:
        return None
    first, last = (
        cal.on_weekday(date.replace(month=3, day=1), 7, 2),
        cal.on_weekday(date.replace(month=11, day=1), 7),
    )
    hours = US_ZONES[zone] + (first <= date < last)
    return f"-{-hours:02d}:00"


def clock_text(clock: x.Clock, date: dt.date | None, head: str = "") -> str:
    """The TimeML spelling of a time behind its date, with the offset of its zone on that day."""
    zone = clock.zone or ""
    offset = us_offset(zone, date) if zone in US_ZONES else ZONES.get(zone)
    text = head + clock.value + ("Z" if offset == "+00:00" else offset or "")
    return f"{text}/{clock_text(clock.last, date, head)}" if clock.last else text


def clock_precision(clock: x.Clock) -> str:
    """Second, minute or part of the day."""
    if not clock.value[1:2].isdigit():
        return "daypart"
    return "second" if clock.value.count(":") == 2 else "minute"


@v.value_of.register
def _clock(clock: x.Clock, context: Context) -> v.Value:
    value = clock_text(clock, context.published)
    return v.Value(value, "TIME", None, clock_precision(clock), basis=("time of day",))
