"""Dates inside others, parts of dates, days with their time."""

from __future__ import annotations

import datetime as dt

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import holidays
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.resolution.clocks import (
    clock_precision,
    clock_text,
)
from newsledger.stages.dates.resolution.context import (
    SIZES,
    Context,
    Value,
    dated,
    period_of,
    span_value,
    undated,
    unknown_value,
    value_of,
    yearless_value,
)
from newsledger.stages.dates.resolution.names import holiday_unknown


@value_of.register
def _within(within: x.Within, context: Context) -> Value | None:
    outer_expression = within.outer
    if isinstance(outer_expression, x.Step) and outer_expression.base == "report":
        return _report(within, context)
    outer = value_of(outer_expression, context)
    if outer is None:
        return None
    inner = within.inner
    period = outer.period
    if period is None:
        if isinstance(inner, x.Named):
            return undated(yearless_value(inner), inner.unit, *outer.basis)
        unit = inner.unit if isinstance(inner, x.Nth) else None
        return undated(unknown_value(unit or "day"), unit or "day", *outer.basis)
    found: Period | None = None
    basis = list(outer.basis)
    if isinstance(inner, x.Named):
        if inner.unit == "day" and inner.day is None:
            found = cal.day(
                period.start + dt.timedelta(days=((inner.weekday or 1) - period.start.isoweekday()) % 7)
            )
        else:
            found = period_of(
                inner, period.start.year - _begun_before(within, context), context.fiscal_year_start
            )
    elif isinstance(inner, x.Holiday):
        days = holidays.days_of(inner.key, period.start.year)
        if not days:
            return undated(f"{period.start.year:04d}-XX-XX", "day", *outer.basis, holiday_unknown(inner.key))
        found = Period(
            "day" if days[0].start == days[0].end else "days",
            days[0].start,
            days[0].end,
            span_value(days[0].start, days[0].end),
        )
        basis.append(days[0].note)
    elif isinstance(inner, x.Step):
        before = context.latest(inner.unit)
        if before is None:
            return outer
        found = cal.containing(
            inner.unit, before.start.replace(year=period.start.year, day=min(before.start.day, 28))
        )
        basis.append(f"{before.value} named before")
    elif isinstance(inner, x.Nth):
        found = _nth(inner, period)
    if found is None:
        return None
    made = dated(found, outer.anchor, *basis, candidates=())
    if isinstance(inner, x.Nth) and inner.count > 1:
        made.precision = inner.unit
    return made


def _begun_before(within: x.Within, context: Context) -> int:
    """1 for "that winter" after a January or February: it began the year before."""
    same_year = (
        isinstance(within.outer, x.Step) and within.outer.base == "previous" and not within.outer.count
    )
    if not same_year or not isinstance(within.inner, x.Named) or within.inner.season != "WI":
        return 0
    before = context.latest("year")
    return int(before is not None and SIZES[before.unit] < SIZES["quarter"] and before.start.month <= 2)


def _report(within: x.Within, context: Context) -> Value | None:
    """The first nine months of a report: the last such stretch that was over."""
    inner = within.inner
    assert isinstance(inner, x.Nth)
    if context.published is None:
        return undated("XXXX", "month", "publication unknown")
    year = context.published.year
    for one in (year, year - 1):
        found = _nth(inner, cal.year(one))
        if found is not None and found.end <= context.published + dt.timedelta(days=5):
            made = dated(found, "published", "last one over by publication")
            made.precision = inner.unit
            return made
    return None


def _nth(nth: x.Nth, outer: Period) -> Period | None:
    """The n-th unit or weekday of a period, from its end when negative; several of them as one stretch."""
    number = nth.number
    if nth.weekday:
        if number > 0:
            first = outer.start + dt.timedelta(days=(nth.weekday - outer.start.isoweekday()) % 7)
            date = first + dt.timedelta(days=7 * (number - 1))
        else:
            last = outer.end - dt.timedelta(days=(outer.end.isoweekday() - nth.weekday) % 7)
            date = last + dt.timedelta(days=7 * (number + 1))
        return cal.day(date) if outer.start <= date <= outer.end else None
    unit = nth.unit or "day"
    if number == 0:
        return cal.containing(unit, outer.start)
    units = _units(unit, outer)
    if units is None or not units:
        return None
    count = nth.count
    if number > 0:
        chosen = units[number - 1 : number - 1 + count]
    else:
        end = len(units) + number + 1
        chosen = units[max(0, end - count) : end]
    if len(chosen) != count:
        return None
    if count == 1:
        return chosen[0]
    return Period(
        f"{unit}s" if unit in ("day", "week", "month", "year") else unit,
        chosen[0].start,
        chosen[-1].end,
        f"{chosen[0].value}/{chosen[-1].value}",
    )


_MIDDLE = {"week": 3, "decade": 366}
"""Days from the start of a unit to the day that decides where it belongs."""


def _units(unit: str, outer: Period) -> list[Period] | None:
    """The units of one kind inside a period; weeks go by their Thursday, decades by their second year."""
    if (unit not in cal.MONTHS_IN and unit not in cal.DAYS_IN) or (outer.end - outer.start).days > 366 * 110:
        return None
    if unit == "day" and (outer.end - outer.start).days > 3700:
        return None
    found = []
    one = cal.containing(unit, outer.start)
    while one.start <= outer.end:
        middle = one.start + dt.timedelta(days=_MIDDLE.get(unit, 0))
        if outer.start <= middle <= outer.end:
            found.append(one)
        one = cal.containing(unit, one.end + dt.timedelta(days=1 if unit != "weekend" else 6))
    return found


@value_of.register
def _ending(ending: x.PeriodEnding, context: Context) -> Value | None:
    """The third quarter ended March 31: the months up to that day, whatever they are in the calendar."""
    last = value_of(ending.last, context)
    if last is None or last.period is None:
        return value_of(ending.named, context)
    end = last.period.end
    months = cal.MONTHS_IN[ending.named.unit]
    if end.day < 25:
        return undated(
            yearless_value(ending.named), ending.named.unit, "a fiscal period that ends inside a month"
        )
    first = cal.plus_months(end.replace(day=1), 1 - months)
    period = Period(
        ending.named.unit,
        first,
        end.replace(day=cal.last_day(end.year, end.month)),
        f"{first:%Y-%m}/{end:%Y-%m}",
    )
    return dated(period, last.anchor, *last.basis, f"ended {last.value}")


@value_of.register
def _week_ending(week: x.WeekEnding, context: Context) -> Value | None:
    day = value_of(week.day, context)
    if day is None or day.period is None or day.period.unit != "day":
        return day
    start, end = day.period.start - dt.timedelta(days=6), day.period.start
    value = cal.containing("week", start).value if start.isoweekday() == 1 else span_value(start, end)
    return dated(Period("week", start, end, value), day.anchor, *day.basis, candidates=day.candidates)


@value_of.register
def _part(part: x.Part, context: Context) -> Value | None:
    made = value_of(part.of, context)
    if made is None or made.timex_type not in ("DATE", "TIME"):
        return made
    made.part = part.part
    return made


@value_of.register
def _at(at: x.DateTime, context: Context) -> Value | None:
    day = value_of(at.date, context)
    if day is None:
        return None
    date = day.period.start if day.period else None
    head = day.value if day.period or day.value.startswith("X") else "XXXX-XX-XX"
    if day.period is not None and day.period.unit != "day":
        return None
    value = head + clock_text(at.clock, date)
    if at.clock.last is not None:
        value += "/" + head + clock_text(at.clock.last, date)
    return Value(
        value,
        "TIME",
        day.period,
        clock_precision(at.clock),
        day.part,
        None,
        day.anchor,
        day.basis,
        day.candidates,
    )
