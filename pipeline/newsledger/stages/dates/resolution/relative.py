"""Dates relative to publication or to a date mentioned before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.resolution import values as v
from newsledger.stages.dates.resolution.context import NEAR, SEVERAL, Context, is_pair
from newsledger.values.mentions import Anchor


class _Base(NamedTuple):
    """The day that something is counted from, and what decided on it."""

    day: dt.date | None
    anchor: Anchor = "published"
    basis: str = "publication"
    named: Period | None = None


def _named_before(day: dt.date, period: Period) -> _Base:
    return _Base(day, "previous", f"{period.value} named before", period)


@v.value_of.register
def _step(step: x.Step, context: Context) -> v.Value:
    unit, published = step.unit, context.published
    if step.fiscal:
        return _fiscal_step(step, context)
    if step.base == "closed" and published and context.tense == "past":
        last = cal.shifted(unit, published, -1)
        return v.dated(last, "published", f"closed by publication (past: {context.evidence.word})")
    if unit == "day" and not step.count and step.base == "published":
        if context.contrasts_with_past():
            return v.undated("PRESENT_REF", None, "these days, beside a year of the past")
        if context.states_quantity():
            return v.undated("PRESENT_REF", None, "these days, of which a quantity is told")
    base: _Base | v.Value = _Base(published)
    if step.base == "previous":
        base = _previous_base(step, context)
    elif step.base == "context":
        base = _context_base(unit, context)
    if isinstance(base, v.Value):
        return base
    if base.day is None:
        return v.unknown(unit, "publication unknown")
    if unit == "weekend" and step.count == 0 and base.anchor == "published":
        return _this_weekend(base.day, context, near=step.base == "near")
    period = cal.shifted(unit, base.day, step.count)
    twice = step.base == "published" and step.count == -1 and context.compared
    if twice and context.names_here(period) and cue("comparing", context.span):
        before = cal.shifted(unit, base.day, -2)
        return v.dated(before, "previous", f"compared with {period.value} named before")
    ahead = step.base == "previous" and step.count > 0 and context.is_after_all(period.start)
    over = step.base == "previous" and step.count > 0 and published is not None and period.end < published
    if over and context.tense == "future":
        return v.unknown(unit, f"would be over, counted from {base.basis}")
    if ahead and context.tense != "future":
        return v.unknown(unit, f"would lie after publication, counted from {base.basis}")
    return v.dated(period, base.anchor, base.basis)


def _previous_base(step: x.Step, context: Context) -> _Base | v.Value:
    """The date named before that a step is counted from, or the value where that is no single day."""
    unit, count = step.unit, step.count
    before = context.latest(unit, over=count < 0 or (not count and context.tense == "past"))
    if unit == "day" and (bigger := context.named_since()) is not None:
        return v.undated(f"{bigger.value}-XX", unit, f"a day of {bigger.value} named before")
    if before is None:
        if count >= 0 or unit in ("day", "week") or context.unknown is not None:
            return v.unknown(unit, "no date named before")
        return _Base(context.published, "published", "publication (no date named before)")
    if unit == before.unit == "week" and before.start.isoweekday() != 1:
        away = dt.timedelta(days=7 * count)
        week = cal.stretch(before.start + away, before.end + away, "week")
        return v.dated(week, "previous", f"{before.value} named before")
    own = context.published and cal.containing(unit, before.start) == cal.containing(unit, context.published)
    if count == 0 and own and (unit == "day" or before.unit != unit) and not context.is_named_close(before):
        return v.unknown(unit, "told of elsewhere: publication's own would be this one")
    if unit == "day" and context.is_far(before, NEAR):
        return v.unknown(unit, "no date named close before")
    if unit == "year" and is_pair(before):
        pair = cal.years(before.start.year + count, before.end.year + count)
        return v.dated(pair, "previous", f"{before.value} named before")
    return _named_before(before.end if count > 0 else before.start, before)


def _context_base(unit: str, context: Context) -> _Base:
    """What "the day" or "the end of the year" goes by: a date named before, else publication."""
    if unit in ("day", "decade", "century"):
        before = context.latest("day" if unit == "day" else "year", over=unit == "day")
    else:
        before = context.narrated_date() if context.tense != "future" else None
    return _named_before(before.start, before) if before else _Base(context.published)


def _this_weekend(published: dt.date, context: Context, *, near: bool) -> v.Value:
    """This weekend, by tense; "the weekend" is the one just past unless the tense is future."""
    coming = cal.containing("weekend", published)
    over = context.tense == "past" or (near and context.tense is None)
    if over and published < coming.start:
        shown = f" (past: {context.evidence.word})" if context.tense else ""
        last = cal.shifted("weekend", published, -1)
        return v.dated(last, "published", f"weekend before publication{shown}")
    return v.dated(coming, "published", "weekend of the week of publication")


def _fiscal_step(step: x.Step, context: Context) -> v.Value:
    if context.published is None:
        return v.undated("XXXX", step.unit, "publication unknown")
    start = context.fiscal_year_start
    year = context.published.year
    if start and start > 1 and context.published.month >= start:
        year += 1
    period = v.period_of(x.Named("year", fiscal=True), year + step.count, start)
    assert period is not None
    return v.dated(period, "published", "publication", v.fiscal_basis(True, context))


@v.value_of.register
def _next(expression: x.NamedRelative, context: Context) -> v.Value:
    named, count = expression.named, expression.count
    base = _Base(context.published)
    if expression.base == "previous":
        before = context.latest(named.unit if named.unit != "season" else "year")
        if before is not None and not (count > 0 and context.is_far(before)):
            base = _named_before(before.start, before)
        elif context.tense == "past" and count > 0:
            return v.undated(v.yearless_value(named), named.unit, "no date named close before")
    elif not isinstance(expression.base, str):
        counted = v.value_of(expression.base, context)
        base = _Base(counted.period and counted.period.end, counted.anchor, counted.value)
    if base.day is None:
        return v.undated(v.yearless_value(named), named.unit, "publication unknown")
    if named.unit == "day" and named.month is None:
        return _weekday_from(named.weekday or 1, expression, base, context)
    day = base.day
    assert day is not None
    choices = [p for y in range(day.year - 2, day.year + 3) if (p := v.period_of(named, y))]
    if count < 0:
        period = max(p for p in choices if p.end < day)
    elif count > 0:
        period = sorted(p for p in choices if p.start > day)[count - 1]
    else:
        period = _this_one(named, choices, day, context)
    return v.dated(period, base.anchor, base.basis)


def _this_one(named: x.Named, choices: list[Period], base: dt.date, context: Context) -> Period:
    """This March, this summer: the one that holds the day, else by tense."""
    inside = [p for p in choices if p.start <= base <= p.end]
    last = max(p for p in choices if p.end < base)
    if inside:
        return inside[0]
    if (base - last.end).days <= 25:
        return last
    long_over = last.start.year < base.year and (base - last.end).days > 92  # "this spring" of February
    if context.tense == "past" and not long_over:
        return last
    if context.tense in ("past", "future"):
        return min(p for p in choices if p.start > base)
    return next(p for p in choices if p.start.year == base.year)


def _weekday_from(weekday: int, expression: x.NamedRelative, base: _Base, context: Context) -> v.Value:
    count, (day, anchor, basis, _) = expression.count, base
    assert day is not None
    back = cal.on_weekday(day - dt.timedelta(days=1), weekday, -1)
    ahead = cal.on_weekday(day + dt.timedelta(days=1), weekday)
    if count < 0:
        return v.dated(cal.day(back), anchor, f"last one before {basis}")
    if anchor == "previous" or expression.base != "published":
        return v.dated(cal.day(ahead), anchor, f"first one after {basis}")
    monday = cal.containing("week", day).start
    if count > 0:
        which = "in the week after" if count == 1 else "second one after"
        following, nearest = (first + dt.timedelta(days=7 * (count - 1)) for first in (monday, ahead))
        following += dt.timedelta(days=6 + weekday)
        chosen, other = (following, nearest) if count == 1 else (nearest, following)
        others = (other.isoformat(),) if other != chosen else ()
        return v.dated(cal.day(chosen), anchor, f"{which} {basis}", candidates=others)
    if context.tense != "future" or not context.evidence.strong:
        own = monday + dt.timedelta(days=weekday - 1)
        if context.tense != "past" or own <= day:
            others = (ahead.isoformat(),) if own < day else ()
            return v.dated(cal.day(own), anchor, f"in the week of {basis}", candidates=others)
    if context.tense == "past":
        return v.dated(cal.day(back), anchor, f"last one before {basis} (past: {context.evidence.word})")
    return v.dated(cal.day(ahead), anchor, f"first one after {basis}")


@v.value_of.register
def _offset(offset: x.Offset, context: Context) -> v.Value:
    if not isinstance(offset.base, str):
        return _offset_from(offset, context)
    vague = "PAST_REF" if offset.sign < 0 else "FUTURE_REF"
    duration = offset.duration
    finest = duration.numbers[-1][1]
    base = _offset_base(offset, finest, context)
    if isinstance(base, str):
        open_value = vague if offset.sign < 0 or context.tense == "future" else cal.spelled(finest)
        return v.undated(open_value, None, base)
    try:
        moved = v.plus(base.day or dt.date(2000, 6, 15), duration, offset.sign)
    except (OverflowError, ValueError):
        return v.undated(vague, None, "beyond the years 1 to 9999")
    if moved is None:
        return v.undated(vague, None, "open length")
    if base.day is None:
        return v.unknown(moved[1], "publication unknown")
    (date, unit), before = moved, base.named
    period, basis = cal.containing(unit, date), base.basis
    if before and offset.sign > 0 and context.tense != "future" and context.is_after_all(period.start):
        reason = f"would lie after publication, counted from {before.value}"
        return v.undated(cal.spelled(finest), None, reason)
    if before is not None and unit == "year":
        if is_pair(before):
            period = cal.years(date.year, date.year + 1)
        if context.compared and before.unit in ("month", "quarter", "half", "season"):
            period, basis = cal.containing(before.unit, date), f"{basis}, the same {before.unit}"
    if duration.high:
        far = v.plus(base.day, replace(duration, numbers=((duration.high, finest),), high=None), offset.sign)
        if far is not None:
            first, last = sorted((period, cal.containing(unit, far[0])))
            period = Period(unit, first.start, last.end, f"{first.value}/{last.value}")
    return v.dated(period, base.anchor, basis)


def _offset_base(offset: x.Offset, finest: str, context: Context) -> _Base | str:
    """What a length is counted from, or why nothing can be counted."""
    if offset.base == "published":
        month = context.latest("month") if finest == "month" and context.compared else None
        if month and month.unit == "month":
            return _Base(month.start, "previous", f"compared with {month.value} named before")
        return _Base(context.published)
    size = finest if finest in cal.UNIT_SIZES else "day"
    before = context.latest(size, over=offset.sign < 0, in_sentence=offset.base == "sentence")
    if before is not None:
        if context.is_far(before):
            return "no date named close before"
        end = offset.sign > 0 and before.unit in SEVERAL
        return _named_before(before.end if end else before.start, before)
    if offset.sign > 0 or finest not in ("month", "quarter", "year") or context.unknown:
        return "no date named before"
    return _Base(context.published, "published", "publication (no date named before)")


def _offset_from(offset: x.Offset, context: Context) -> v.Value:
    base = v.value_of(offset.base, context)
    moved = v.plus(base.period.start, offset.duration, offset.sign) if base.period else None
    if base.period is None or moved is None:
        return v.undated("PAST_REF" if offset.sign < 0 else "FUTURE_REF", None, *base.basis)
    unit = base.period.unit if base.period.unit in {**cal.MONTHS_IN, **cal.DAYS_IN} else "day"
    if cal.UNIT_SIZES[moved[1]] < cal.UNIT_SIZES[unit]:
        return v.unknown(moved[1], f"counted from {base.value}, which is no {moved[1]}")
    basis = (*base.basis, f"counted from {base.value}")
    return v.dated(cal.containing(unit, moved[0]), base.anchor, *basis, candidates=base.candidates)
