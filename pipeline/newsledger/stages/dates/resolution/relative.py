"""Dates seen from publication or from a date named before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.resolution.context import (
    NEAR,
    SEVERAL,
    SIZES,
    Anchor,
    Context,
    Value,
    blank,
    dated,
    fiscal_basis,
    fiscal_year,
    is_pair,
    period_of,
    plus,
    span_value,
    spelled,
    undated,
    value_of,
)


@value_of.register
def _step(step: x.Step, context: Context) -> Value | None:
    unit, published = step.unit, context.published
    if step.fiscal:
        return _fiscal_step(step, context)
    base, basis = published, "publication"
    anchor: Anchor = "published"
    if step.base == "previous":
        before = context.latest(unit, over=step.count < 0)
        if unit == "day" and (bigger := context.told_since()) is not None:
            return undated(f"{bigger.value}-XX", unit, f"a day of {bigger.value} named before")
        if before is not None and unit == before.unit == "week" and before.start.isoweekday() != 1:
            start, end = (day + dt.timedelta(days=7 * step.count) for day in before[1:3])
            return dated(
                Period("week", start, end, span_value(start, end)), "previous", f"{before.value} named before"
            )
        if step.count == 0 and before is not None and _is_own(unit, before, context):
            return undated(blank(unit), unit, "told of elsewhere: publication's own would be this one")
        that_day = unit == "day" and step.count == 0 and before is not None
        if that_day and before and before.start == published and not context.is_told_here(before):
            return undated(blank(unit), unit, "a day told of elsewhere")
        if unit == "day" and before is not None and context.is_far(before, NEAR):
            return undated(blank(unit), unit, "no date named close before")
        if before is not None and unit == "year" and is_pair(before):
            pair = cal.years(before.start.year + step.count, before.end.year + step.count)
            return dated(pair, "previous", f"{before.value} named before")
        if before is not None:
            base = before.end if step.count > 0 and before.unit in SEVERAL else before.start
            anchor, basis = "previous", f"{before.value} named before"
        elif step.count >= 0 or unit in ("day", "week") or context.unknown is not None:
            return undated(blank(unit), unit, "no date named before")
        else:
            basis = "publication (no date named before)"
    elif step.base == "context" and unit == "day":
        day = context.latest("day")
        told = published is not None and day is not None and day.start > published and context.tense == "past"
        if day is not None and not told:
            base, anchor, basis = day.start, "previous", f"{day.value} named before"
    elif step.base == "context" and unit in ("decade", "century"):
        before = context.latest("year")
        if before is not None:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
    elif step.base == "context":
        story = context.story_year() if context.tense != "future" else None
        if story is not None and SIZES[story.unit] <= SIZES[unit]:
            base, anchor, basis = story.start, "previous", f"{story.value} named before"
    elif step.base == "closed" and published and published.month < 12 and context.tense == "past":
        return dated(
            cal.year(published.year - 1),
            "published",
            f"closed by publication (past: {context.evidence.word})",
        )
    if base is None:
        return undated(blank(unit), unit, "publication unknown")
    if unit == "weekend" and step.count == 0 and anchor == "published":
        return _this_weekend(base, context, near=step.base == "near")
    period = cal.shifted(unit, base, step.count)
    twice = step.base == "published" and step.count == -1 and context.compared
    if twice and context.names_here(period) and _COMPARING.search(context.in_front):
        period, basis = cal.shifted(unit, base, -2), f"compared with {period.value} named before"
        anchor = "previous"
    ahead = step.base == "previous" and step.count > 0 and context.tense == "future"
    if ahead and published is not None and period.end < published:
        return undated(blank(unit), unit, f"would be over, counted from {basis}")
    told = step.base == "previous" and step.count > 0 and context.tense != "future"
    if told and context.is_after_all(period.start):
        return undated(blank(unit), unit, f"would lie after publication, counted from {basis}")
    return dated(period, anchor, basis)


_COMPARING = re.compile(
    r"\d[\d.,]*\s+(?:[a-z]+\s+){0,4}(?:in\s+|on\s+|for\s+)?\Z|"
    r"\b(?:up|down|rose|fell|higher|lower|more|less|increase|decrease|gain|drop|growth|rise|decline|compared|against|versus)\b"
    r"[^.;]{0,40}\Z"
)
"""What stands before "last year" where it is the year before the one told of."""


def _is_own(unit: str, before: Period, context: Context) -> bool:
    """Whether "that year" would be the year of publication, by a day told of in another paragraph."""
    published = context.published
    if published is None or unit not in ("year", "month", "week") or before.unit == unit:
        return False
    same = cal.containing(unit, published) == cal.containing(unit, before.start)
    return same and not context.is_told_here(before)


def _this_weekend(published: dt.date, context: Context, *, near: bool) -> Value:
    """This weekend, by tense; "the weekend" is the one just past unless the sentence looks ahead."""
    coming = cal.containing("weekend", published)
    over = context.tense == "past" or (near and context.tense is None)
    if over and published < coming.start:
        shown = f" (past: {context.evidence.word})" if context.tense else ""
        return dated(cal.shifted("weekend", published, -1), "published", f"weekend before publication{shown}")
    return dated(coming, "published", "weekend of the week of publication")


def _fiscal_step(step: x.Step, context: Context) -> Value:
    if context.published is None:
        return undated("XXXX", step.unit, "publication unknown")
    start = context.fiscal_year_start
    year = context.published.year
    if start and start > 1 and context.published.month >= start:
        year += 1
    return dated(
        fiscal_year(year + step.count, start), "published", "publication", fiscal_basis(True, context)
    )


@value_of.register
def _next(expression: x.Next, context: Context) -> Value | None:
    named, count = expression.named, expression.count
    base, basis = context.published, "publication"
    anchor: Anchor = "published"
    if expression.base == "previous":
        before = context.latest(named.unit if named.unit != "season" else "year")
        if before is not None:
            base, anchor, basis = before.start, "previous", f"{before.value} named before"
    if base is None:
        return undated(spelled(named), named.unit, "publication unknown")
    if expression.base == "story" and context.tense == "past" and (day := context.latest("day")):
        base, anchor, basis = day.start, "previous", f"{day.value} named before"
    if named.unit == "day" and named.month is None:
        return _weekday_seen(
            named.weekday or 1, count, base, anchor, basis, context, expression.base == "nearest"
        )
    choices = [p for y in range(base.year - 2, base.year + 3) if (p := period_of(named, y))]
    if count < 0:
        period = max(p for p in choices if p.end < base and not p.start <= base <= p.end)
    elif count > 0:
        begun = dt.timedelta(days=30 if expression.base == "soon" else 0)
        period = sorted(p for p in choices if p.start > base - begun)[count - 1]
    else:
        inside = [p for p in choices if p.start <= base <= p.end]
        last = max(p for p in choices if p.end < base or p in inside)
        if inside:
            period = inside[0]
        elif named.unit == "season" and (base - last.end).days <= 25:
            period = last
        elif context.tense == "past" and not _is_long_over(choices, base):
            period = max(p for p in choices if p.end < base)
        elif context.tense in ("past", "future"):
            period = min(p for p in choices if p.start > base)
        else:
            period = next(p for p in choices if p.start.year == base.year)
    return dated(period, anchor, basis)


def _is_long_over(choices: list[Period], base: dt.date) -> bool:
    """Whether the last such season lies in the year before: "this spring" of February is the one to come."""
    last = max(p for p in choices if p.end < base)
    return last.start.year < base.year and (base - last.end).days > 92


def _weekday_seen(
    weekday: int, count: int, base: dt.date, anchor: Anchor, basis: str, context: Context, nearest: bool
) -> Value:
    back = base - dt.timedelta(days=(base.isoweekday() - weekday - 1) % 7 + 1)
    ahead = base + dt.timedelta(days=(weekday - base.isoweekday() - 1) % 7 + 1)
    if count < 0:
        return dated(cal.day(back), anchor, f"last one before {basis}")
    if anchor == "previous" or nearest:
        return dated(cal.day(ahead), anchor, f"first one after {basis}")
    if count > 0:
        week = cal.containing("week", base)
        following = week.start + dt.timedelta(days=6 + weekday)
        if count > 1:
            later = ahead + dt.timedelta(days=7)
            further = following + dt.timedelta(days=7)
            others = (further.isoformat(),) if further != later else ()
            return dated(cal.day(later), anchor, f"second one after {basis}", candidates=others)
        others = (ahead.isoformat(),) if ahead != following else ()
        return dated(cal.day(following), anchor, f"in the week after {basis}", candidates=others)
    if base.isoweekday() == weekday:
        return dated(cal.day(base), anchor, basis)
    if context.tense != "future" or not context.evidence.strong:
        own = cal.containing("week", base).start + dt.timedelta(days=weekday - 1)
        if context.tense != "past" or own <= base:
            others = (ahead.isoformat(),) if own < base else ()
            return dated(cal.day(own), anchor, f"in the week of {basis}", candidates=others)
    if context.tense == "past":
        return dated(cal.day(back), anchor, f"last one before {basis} (past: {context.evidence.word})")
    return dated(cal.day(ahead), anchor, f"first one after {basis}")


@value_of.register
def _away(away: x.Away, context: Context) -> Value | None:
    if not isinstance(away.base, str):
        return _away_from(away, context)
    vague = "PAST_REF" if away.sign < 0 else "FUTURE_REF"
    finest = away.amount.numbers[-1][1]
    base, basis = context.published, "publication"
    anchor: Anchor = "published"
    before: Period | None = None
    if away.base in ("previous", "sentence"):
        size = finest if finest in SIZES else "day"
        before = context.latest(size, over=away.sign < 0, in_sentence=away.base == "sentence")
        if before is not None and context.is_far(before):
            return undated(vague, None, "no date named close before")
        if before is None:
            fallback = finest in ("month", "quarter", "year") and away.sign < 0
            if not fallback or context.unknown or (context.earlier and finest != "year"):
                return undated(vague, None, "no date named before")
            basis = "publication (no date named before)"
        else:
            base = before.end if away.sign > 0 and before.unit in SEVERAL else before.start
            anchor, basis = "previous", f"{before.value} named before"
    elif finest == "month" and away.sign < 0 and context.compared and context.published:
        told = context.latest("month")
        if told is not None and told.unit == "month" and told.end < context.published.replace(day=1):
            base, anchor, basis = told.start, "previous", f"compared with {told.value} named before"
    try:
        moved = plus(base or dt.date(2000, 6, 15), away.amount, away.sign)
    except (OverflowError, ValueError):
        return undated(vague, None, "beyond the years 1 to 9999")
    if moved is None:
        return undated(vague, None, "open length")
    if base is None:
        return undated(blank(moved[1]), moved[1], "publication unknown")
    date, unit = moved
    if before and away.sign > 0 and context.is_after_all(date) and context.tense != "future":
        return undated(vague, None, f"would lie after publication, counted from {before.value}")
    period = cal.containing(unit, date)
    if before is not None and is_pair(before) and unit == "year":
        period = cal.years(date.year, date.year + 1)
    if (
        before is not None
        and context.compared
        and before.unit in ("month", "quarter", "half", "season")
        and unit == "year"
    ):
        period = cal.containing(before.unit, date)
        basis += ", the same " + before.unit
    if away.amount.high:
        far = plus(base, replace(away.amount, numbers=((away.amount.high, finest),), high=None), away.sign)
        if far is not None:
            other = cal.containing(unit, far[0])
            first, last = sorted((period, other))
            period = Period(unit, first.start, last.end, f"{first.value}/{last.value}")
    return dated(period, anchor, basis)


@value_of.register
def _beside(beside: x.Beside, context: Context) -> Value | None:
    base = value_of(beside.base, context)
    if base is None:
        return None
    if base.period is None:
        return undated(f"XXXX-WXX-{beside.weekday}", "day", *base.basis)
    edge = base.period.end
    away = (beside.weekday - edge.isoweekday() - 1) % 7 + 1 + 7 * (beside.number - 1)
    found = cal.day(edge + dt.timedelta(days=away))
    return dated(found, base.anchor, *base.basis, f"counted after {base.value}", candidates=())


def _away_from(away: x.Away, context: Context) -> Value | None:
    base = value_of(away.base, context)
    if base is None:
        return None
    moved = plus(base.period.start, away.amount, away.sign) if base.period else None
    if base.period is None or moved is None:
        return undated("PAST_REF" if away.sign < 0 else "FUTURE_REF", None, *base.basis)
    unit = base.period.unit if base.period.unit in cal.MONTHS_IN or base.period.unit in cal.DAYS_IN else "day"
    if SIZES[moved[1]] < SIZES[unit]:
        return undated(blank(moved[1]), moved[1], f"counted from {base.value}, which is no {moved[1]}")
    return dated(
        cal.containing(unit, moved[0]),
        base.anchor,
        *base.basis,
        f"counted from {base.value}",
        candidates=base.candidates,
    )
