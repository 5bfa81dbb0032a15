"""Ranges: two dates as one, each lending the other what it leaves out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from newsledger.lexicons.load import any_of
from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.resolution.context import (
    Context,
    Impossible,
    Value,
    dated,
    period_of,
    value_of,
    yearless_value,
)
from newsledger.stages.dates.resolution.names import is_recurring

_RECURRING = re.compile(rf"\b(?:{any_of(w.LISTS['recurring'])})s?\s*\(\Z")


def _is_of_any_week(first: x.Named, last: x.Named, context: Context) -> bool:
    """Whether two weekdays are those of every week: opening hours, or no verb. A wrong day would follow."""
    if context.published is None or not (_is_weekday(first) and _is_weekday(last)):
        return False
    return context.tense is None


def _defined(first: x.Named, last: x.Named, context: Context) -> Value | None:
    """1987/88 (April-March), the dry season (December to April): months that define a name."""
    each = is_recurring(context) and not _is_weekday(first)
    runs = "every year" if each and not (first.year or last.year) else ""
    if recurring := "of any week" if _is_of_any_week(first, last, context) else runs:
        value = f"{yearless_value(first)}/{yearless_value(last)}"
        return Value(value, "SET" if runs else "DATE", None, first.unit, basis=(recurring,))
    months = first.unit == last.unit == "month" and not (first.year or last.year)
    if not months or context.in_front[-1:] != "(":
        return None
    before = context.earlier[-1] if context.earlier else None
    if before is not None and before.period.unit == "years" and 0 <= context.start - before.end <= 2:
        year = before.period.start.year
        return value_of(x.Range(replace(first, year=year), replace(last, year=year + 1)), context)
    if _RECURRING.search(context.in_front):
        value = f"XXXX-{first.month:02d}/XXXX-{last.month:02d}"
        return Value(value, "DATE", None, "month", basis=("every year",))
    return None


@value_of.register
def _range(span: x.Range, context: Context) -> Value:
    first, last = span.first, span.last
    if isinstance(first, x.Named) and isinstance(last, x.Named):
        defined = _defined(first, last, context)
        if defined is not None:
            return defined
    a, b = _share(first, last)
    value_a, value_b = value_of(a, context), value_of(b, context)
    pa, pb = value_a.period, value_b.period
    if pa is not None and pb is not None:
        if pa[1:3] == pb[1:3]:
            return value_b
        if pb.end < pa.start:
            pa, pb = _ordered(a, b, pa, pb, context)
            value_a, value_b = replace(value_a, value=pa.value), replace(value_b, value=pb.value)
        elif _is_weekday(a) and _is_weekday(b) and (pb.start - pa.start).days >= 7:
            value_b = dated(pb := cal.day(pb.start - dt.timedelta(days=7)), "published")
    same = value_a.precision == value_b.precision
    unit = (value_a.precision if same else None) or _finer(value_a, value_b)
    made = Value(
        f"{value_a.value}/{value_b.value}",
        "TIME" if "TIME" in (value_a.timex_type, value_b.timex_type) else "DATE",
        precision=unit,
        basis=tuple(dict.fromkeys(value_a.basis + value_b.basis)),
    )
    if pa is None or pb is None:
        return made
    plural = {"day": "days", "week": "weeks", "month": "months", "year": "years"}.get(unit, unit)
    return replace(
        made,
        period=Period(plural, pa.start, pb.end, made.value),
        part=value_a.part if value_a.part == value_b.part else None,
        anchor=value_a.anchor if value_b.anchor == "absolute" else value_b.anchor,
    )


def _finer(a: Value, b: Value) -> str:
    units = [v.precision for v in (a, b) if v.precision is not None and v.precision in cal.UNIT_SIZES]
    return min(units, key=cal.UNIT_SIZES.__getitem__) if units else "day"


def _is_weekday(expression: object) -> bool:
    return isinstance(expression, x.Named) and expression.unit == "day" and expression.day is None


def _share(first: object, last: object) -> tuple[object, object]:
    """Give the end that lacks a year the other's: "10 August to 12 September 2013"."""
    a, b = _core(first), _core(last)
    if isinstance(a, x.Named) and isinstance(b, x.Named) and not _is_weekday(a) and not _is_weekday(b):
        months_a, months_b = a.month or (a.number or 0), b.month or (b.number or 0)
        if a.year is None and b.year is not None:
            return _with_year(
                first, b.year - ((months_a > months_b and a.unit == b.unit) or _later(a, b)), b.short_year
            ), last
        if b.year is None and a.year is not None and b.unit not in ("century", "decade"):
            return first, _with_year(last, a.year + (months_b < months_a and a.unit == b.unit), a.short_year)
    return first, last


def _later(a: x.Named, b: x.Named) -> bool:
    return a.unit == b.unit == "day" and a.month == b.month and (a.day or 0) > (b.day or 0)


def _core(expression: object) -> object:
    return _core(expression.of) if isinstance(expression, x.Part) else expression


def _with_year(expression: object, year: int, short: bool) -> object:
    if isinstance(expression, x.Part):
        return x.Part(expression.part, _with_year(expression.of, year, short))
    assert isinstance(expression, x.Named)
    return replace(expression, year=year, short_year=short)


def _ordered(a: object, b: object, pa: Period, pb: Period, context: Context) -> tuple[Period, Period]:
    """Put the ends of a range in order by moving the one whose week or year was inferred."""
    if _is_weekday(a) and pa.unit == pb.unit == "day":
        if context.tense == "future":
            return pa, cal.day(pb.start + dt.timedelta(days=7 * (1 + (pa.start - pb.start).days // 7)))
        return cal.day(pa.start - dt.timedelta(days=7 * (1 + (pa.start - pb.end).days // 7))), pb
    core_a, core_b = _core(a), _core(b)
    if isinstance(core_a, x.Named) and core_a.year is None and pa.start.year > 1:
        moved = period_of(core_a, pa.start.year - 1)
        if moved is not None and moved.start <= pb.end and context.tense != "future":
            return moved, pb
    if isinstance(core_b, x.Named) and core_b.year is None:
        moved = period_of(core_b, pb.start.year + 1)
        if moved is not None and moved.end >= pa.start:
            return pa, moved
    raise Impossible(a, b)
