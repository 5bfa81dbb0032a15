"""Ranges, whose ends complete each other; lengths of time; windows anchored at publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.expressions import duration_value
from newsledger.stages.dates.resolution import values as v
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import LISTS

_SAID = LISTS["reporting"] | LISTS["intended_past"]
_PLANS = LISTS["will"] | LISTS["planned"] | {"to", "would", "should", "must", "we"}
"""What makes "in a week" a date; "can be done in a week" is a length."""


def _defined(first: x.Named, last: x.Named, context: Context) -> v.Value | None:
    """1987/88 (April-March), the dry season (December to April): months that define a name."""
    value = f"{v.yearless_value(first)}/{v.yearless_value(last)}"
    if _is_weekday(first) and context.published is not None and context.tense is None:  # opening hours
        return v.Value(value, "DATE", None, first.unit, basis=("of any week",))
    months = first.unit == last.unit == "month" and not (first.year or last.year)
    if not months:
        return None
    before = context.last
    if before and before.period.unit == "years" and 0 <= context.span.start - before.end <= 2:
        year = before.period.start.year
        return v.value_of(x.Range(replace(first, year=year), replace(last, year=year + 1)), context)
    if cue("recurring", context.span):
        return v.Value(value, "DATE", None, "month", basis=("every year",))
    return None


@v.value_of.register
def _range(span: x.Range, context: Context) -> v.Value:
    first, last = span.first, span.last
    if isinstance(first, x.Named) and isinstance(last, x.Named):
        defined = _defined(first, last, context)
        if defined is not None:
            return defined
    a, b = _share(first, last)
    value_a, value_b = v.value_of(a, context), v.value_of(b, context)
    pa, pb = value_a.period, value_b.period
    if pa is not None and pb is not None:
        if pa[1:3] == pb[1:3]:
            return value_b
        if pb.end < pa.start:
            pa, pb = _ordered(a, b, pa, pb, context)
            value_a, value_b = replace(value_a, value=pa.value), replace(value_b, value=pb.value)
    units = [value.precision or "day" for value in (value_a, value_b)]
    unit = min(units, key=lambda name: cal.UNIT_SIZES.get(name, -1))
    made = v.Value(
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


def _is_weekday(expression: object) -> bool:
    return isinstance(expression, x.Named) and expression.unit == "day" and expression.day is None


def _share(first: object, last: object) -> tuple[object, object]:
    """Give the end that lacks a year the other's: "10 August to 12 September 2013"."""
    a, b = _core(first), _core(last)
    if isinstance(a, x.Named) and isinstance(b, x.Named) and not _is_weekday(a):
        at_a, at_b = (named.month or named.number or 0 for named in (a, b))
        later = a.unit == b.unit and (at_a, a.day or 0) > (at_b, b.day or 0)
        if a.year is None and b.year is not None:
            return _with_year(first, b.year - later, b.short_year), last
        if b.year is None and a.year is not None:
            return first, _with_year(last, a.year + later, a.short_year)
    return first, last


def _core(expression: object) -> object:
    return _core(expression.of) if isinstance(expression, x.Part) else expression


def _with_year(expression: object, year: int, short: bool) -> object:
    if isinstance(expression, x.Part):
        return x.Part(expression.part, _with_year(expression.of, year, short))
    assert isinstance(expression, x.Named)
    return replace(expression, year=year, short_year=short)


def _ordered(a: object, b: object, pa: Period, pb: Period, context: Context) -> tuple[Period, Period]:
    """Put the ends of a range in order by moving the one whose week or year was inferred."""
    if _is_weekday(a) and pb.unit == "day":
        apart = dt.timedelta(days=7 * (1 + (pa.start - pb.end).days // 7))
        if context.tense == "future" or _SAID.intersection(context.evidence.word.split()):
            return pa, cal.day(pb.start + apart)  # announced while it lasts
        return cal.day(pa.start - apart), pb
    core_a, core_b = _core(a), _core(b)
    if isinstance(core_a, x.Named) and core_a.year is None:
        moved = v.period_of(core_a, pa.start.year - 1)
        day = context.published
        lasts = day is not None and (pa.start - day).days > 183
        if moved is not None and moved.start <= pb.end and (context.tense != "future" or lasts):
            return moved, pb
    if isinstance(core_b, x.Named) and core_b.year is None:
        moved = v.period_of(core_b, pb.start.year + 1)
        if moved is not None and moved.end >= pa.start:
            return pa, moved
    raise v.Impossible(a, b)


@v.value_of.register
def _ahead(ahead: x.DurationAhead, context: Context) -> v.Value:
    """In three years: a date where the tense is future, else a length."""
    words = context.evidence.word.split()
    planned = context.tense == "future" and words[0] not in LISTS["was"] and not _PLANS.isdisjoint(words)
    if planned and context.published is not None:
        moved = v.plus(context.published, ahead.duration, 1)
        if moved is not None and moved[1] in cal.MONTHS_IN | cal.DAYS_IN:
            found = cal.containing(moved[1], moved[0])
            return v.dated(found, "published", f"counted from publication (future: {context.evidence.word})")
    return _amount(ahead.duration, context)


@v.value_of.register
def _amount(duration: x.Duration, context: Context) -> v.Value:
    value = duration_value(duration)
    if duration.high is not None:
        value += "/" + duration_value(
            replace(duration, numbers=((duration.high, duration.numbers[0][1]),), high=None)
        )
    return v.Value(value, "DURATION", None, duration.long_unit or duration.numbers[-1][1], basis=("length",))


@v.value_of.register
def _window(window: x.Window, context: Context) -> v.Value:
    made = _amount(window.duration, context)
    published = context.published
    basis = "window before publication" if window.sign < 0 else "window after publication"
    if published is None:
        return replace(made, basis=(basis,))
    if window.sign > 0 and context.tense == "past" and context.evidence.side == "right":
        return replace(made, basis=(f"window in a story (past: {context.evidence.word})",))
    period = None
    if (
        window.duration.high is None
        and (moved := v.plus(published, window.duration, window.sign)) is not None
    ):
        start, end = sorted((published, moved[0]))
        period = Period("days", start, end, made.value)
    return replace(made, anchor="published", basis=(basis,), period=period)
