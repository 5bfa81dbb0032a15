"""The value of an expression, the resolver of each kind of expression, and the steps that they share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import singledispatch

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.resolution.context import Context
from newsledger.values.mentions import Anchor, TimexType


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved expression. ``period`` is None if no calendar days may be given."""

    value: str
    timex_type: TimexType = "DATE"
    period: Period | None = None
    precision: str | None = None
    part: str | None = None
    modifier: str | None = None
    anchor: Anchor = "none"
    basis: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class Impossible(ValueError):
    """An expression that has no value, as the 31st of June."""


def resolve(expression: object, context: Context) -> Value | None:
    """The value of an expression; None if it turns out to be impossible."""
    try:
        return value_of(expression, context)
    except (OverflowError, ValueError):
        return None


@singledispatch
def value_of(expression: object, context: Context) -> Value:
    """The value of an expression; each kind registers how it is found. Raises `Impossible`."""
    raise TypeError(f"no expression: {expression!r}")


def dated(
    period: Period,
    anchor: Anchor,
    *basis: str,
    candidates: tuple[str, ...] = (),
    precision: str | None = None,
) -> Value:
    """A value with calendar days."""
    reasons = tuple(b for b in basis if b) or (("as written",) if anchor == "absolute" else ())
    unit = precision or period.unit
    return Value(period.value, "DATE", period, unit, anchor=anchor, basis=reasons, candidates=candidates)


def undated(value: str, precision: str | None, *basis: str, candidates: tuple[str, ...] = ()) -> Value:
    """A value for which no calendar days may be given."""
    reasons = tuple(b for b in basis if b)
    return Value(value, "DATE", None, precision, anchor="none", basis=reasons, candidates=candidates)


def unknown(unit: str, *basis: str) -> Value:
    """A unit of which nothing is known."""
    return undated(cal.spelled(unit), unit, *basis)


def yearless_value(named: x.Named) -> str:
    """The TimeML value of a name whose year is open."""
    if named.unit == "day":
        if named.month is None:
            return f"XXXX-WXX-{named.weekday}"
        return f"XXXX-{named.month:02d}-{named.day:02d}"
    part = f"{named.month:02d}" if named.unit == "month" else named.season or str(named.number or "")
    return cal.spelled(named.unit, part=part)


def period_of(named: x.Named, year: int, fiscal_start: int | None = None) -> Period | None:
    """The period of a name in a year; None if that year has no such day.

    A fiscal year is named for the calendar year in which it ends.
    """
    unit, number = named.unit, named.number
    if unit == "day":
        if named.month is None or named.day is None or named.day > cal.last_day(year, named.month):
            return None
        return cal.day(dt.date(year, named.month, named.day))
    if unit in ("month", "season"):
        number = cal.SEASON_CODES.index(named.season) + 1 if named.season else named.month
    elif unit in ("year", "decade"):
        number = 1
    if number is None or unit not in cal.MONTHS_IN or unit == "century":
        return None
    period = cal.numbered(unit, year, number)
    if not named.fiscal or unit not in ("quarter", "half", "year"):
        return period
    first, end = period.start, period.end
    if fiscal_start and fiscal_start > 1:
        first = cal.plus_months(dt.date(year - 1, fiscal_start, 1), cal.MONTHS_IN[unit] * (number - 1))
        end = cal.last_of(unit, first)
    return Period(unit, first, end, f"FY{period.value}")


def fiscal_basis(named_fiscal: bool, context: Context) -> str:
    """What decided a fiscal year."""
    if not named_fiscal:
        return ""
    return (
        "fiscal year from settings"
        if context.fiscal_year_start
        else "fiscal year not configured: calendar year"
    )


def plus(date: dt.date, duration: x.Duration, sign: int) -> tuple[dt.date, str] | None:
    """The day ``duration`` away and the finest unit counted; None if the count is open."""
    finest = ""
    for count, unit in duration.numbers:
        if count is None:
            return None
        if unit in ("hour", "minute", "second"):
            if unit != "hour" or count % 24:
                return None
            count, unit = count / 24, "day"
        if count != int(count):
            count, unit = count * 12, "month" if unit == "year" else ""
            if not unit or count != int(count):
                return None
        date = cal.moved(date, unit, sign * int(count))
        finest = unit
    return date, finest
