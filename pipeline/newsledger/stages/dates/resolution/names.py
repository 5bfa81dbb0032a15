"""Resolves named units (days, months, years, numeric dates, holidays), and infers an omitted year."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import holidays
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.holidays import EVENT_YEARS
from newsledger.stages.dates.resolution import values as v
from newsledger.stages.dates.resolution.choice import choose_year, is_outdated
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import ALL_WEEKDAYS, LISTS
from newsledger.values.mentions import Anchor


def _bc(named: x.Named) -> v.Value:
    """Years before Christ count astronomically: 567 BC is -0566; no calendar days."""
    if named.unit == "century":
        return v.undated(f"-{(named.number or 1) - 1:02d}", "century", "before Christ: no calendar days")
    value = f"-{(named.year or 1) - 1:04d}"
    if named.month:
        value += f"-{named.month:02d}" + (f"-{named.day:02d}" if named.day else "")
    return v.undated(value, named.unit, "before Christ: no calendar days")


def _full_year(short: int, context: Context) -> int | None:
    """The year that two digits name: from 79 years before publication to 20 after."""
    latest = context.published.year + 20 if context.published else None
    return latest and latest - (latest - short) % 100


@v.value_of.register
def _named(named: x.Named, context: Context) -> v.Value:
    notes = [*named.notes, v.fiscal_basis(named.fiscal, context)]
    if named.bc:
        return _bc(named)
    if named.unit == "century":
        period = cal.numbered("century", 100 * (named.number or 1) - 99 if named.year is None else named.year)
        return v.dated(period, "absolute", *notes, candidates=named.others)
    year = named.year
    if named.short_year and year is not None:
        full = _full_year(year, context)
        if full is None:
            both = [p.value for y in (1900 + year, 2000 + year) if (p := v.period_of(named, y))]
            if not both:
                raise v.Impossible(named)
            return v.undated("XX" + both[0][2:], named.unit, "two-digit year", candidates=tuple(both))
        year = full
        notes.append("two-digit year")
    if year is not None:
        found = v.period_of(named, year, context.fiscal_year_start)
        if found is None:
            raise v.Impossible(named)
        period = found
        if named.weekday and period.start.isoweekday() != named.weekday:
            notes.append("the weekday does not fit the date")
        return v.dated(period, "absolute", *notes, candidates=named.others)
    if named.unit == "day" and named.month is None:
        return _weekday(named, context)
    return _yearless(named, context)


def _is_of_any_week(weekday: int, context: Context) -> bool:
    """Whether a weekday is one of a timetable ("flights on Monday, Wednesday and Friday")."""
    found = cue("days_before", context.span), cue("days_behind", context.span)
    before, behind = (
        [ALL_WEEKDAYS[name] for name in re.findall(r"[a-z]+day", words[0]) if name in ALL_WEEKDAYS]
        if words
        else []
        for words in found
    )
    days = [*before, weekday, *behind]
    in_turn = all((b - a) % 7 == 1 for a, b in itertools.pairwise(days))
    return len(days) > 2 and context.tense != "past" and not (context.tense and in_turn)


def _weekday(named: x.Named, context: Context) -> v.Value:
    weekday = named.weekday or 1
    published = context.published
    others: tuple[str, ...]
    if published is None:
        return v.undated(f"XXXX-WXX-{weekday}", "day", "weekday; publication unknown")
    if _is_of_any_week(weekday, context):
        return v.undated(f"XXXX-WXX-{weekday}", "day", "of any week")
    if (listed := context.listed_after) is not None:
        following = cal.on_weekday(listed + dt.timedelta(days=1), weekday)
        if listed > published or following <= published:
            return v.dated(cal.day(following), "published", f"listed after {listed}")
    before = cal.on_weekday(published, weekday, -1)
    after = cal.on_weekday(published + dt.timedelta(days=1), weekday)
    back = (published - before).days
    evidence = context.evidence
    word, both = evidence.word, (before, after)
    if evidence.tense is None or evidence.limit:
        near, other = both if back <= (after - published).days else both[::-1]
        basis = f"weekday nearest to publication{f' ({word})' if word else ''}"
        return v.dated(cal.day(near), "published", basis, candidates=(other.isoformat(),))
    if evidence.tense == "future":
        if not back:
            basis, others = f"day of publication (future: {word})", (after.isoformat(),)
            return v.dated(cal.day(before), "published", basis, candidates=others)
        # what was said may be over, and "voted to leave on Thursday" may tell the day of the vote
        reported = word.startswith("would") or (" to " in word and word.split()[0] in LISTS["decisions"])
        sure = evidence.strong and not reported
        others = () if sure else (before.isoformat(),)
        basis = f"weekday after publication (future: {word})"
        return v.dated(cal.day(after), "published", basis, candidates=others)
    others = (after.isoformat(),) if back and not evidence.strong else ()
    basis = f"weekday at or before publication (past: {word})"
    return v.dated(cal.day(before), "published", basis, candidates=others)


def _event(named: x.Named, context: Context) -> v.Value | None:
    """The event that "September 11" names; the nearest year is a candidate unless words beside it say so."""
    published = context.published
    if not named.event or named.month is None or named.day is None:
        return None
    year, following = EVENT_YEARS[named.month, named.day]
    day = dt.date(year, named.month, named.day)
    if published is not None and published.year < year:
        return None
    plain = re.match(rf"\s+(?:{following})", context.span.right(16)) or cue("before_event", context.span)
    if not plain and not _is_event(day, context):
        return None
    others: tuple[str, ...] = ()
    if not plain and published is not None:
        others = (_near_publication(named, context, published).value,)
    return v.dated(cal.day(day), "absolute", "day by name", candidates=others)


def _is_event(day: dt.date, context: Context) -> bool:
    """Whether it is the day of the event: named before, by words beside it, or far from that day."""
    published = context.published
    since = (published - day.replace(year=published.year)).days if published else -100
    ahead = context.tense == "future" or context.evidence.limit or cue("deadline_behind", context.span)
    if ahead or 0 <= since <= 7:
        return False
    named = any(one.period.start == one.period.end == day for one in context.earlier)
    beside = cue("attacks_before", context.span) or cue("attacks_behind", context.span)
    return (
        named
        or bool(day.month == 9 and beside)
        or ((day.month, day.day) == (9, 11) and published is not None and abs(since) > 45)
    )


def _year_of_sentence(context: Context) -> Period | None:
    """The year that opens the sentence or was just named ("In the 2016 race", "1987/88 ending March 31")."""
    here = [one for one in context.earlier[-8:] if one.start >= context.sentence_start]
    if not here:
        return None
    first, last = here[0], here[-1]
    opens = first.start - context.sentence_start < 8 and first.period.unit == "year" and first.explicit
    if opens and context.tense == "past":
        same = all(one.period.start.year == first.period.start.year and not one.compared for one in here)
        return first.period if same else None
    fits = last.explicit and not last.compared and last.period.unit in ("year", "years")
    return (
        last.period if fits and context.span.start - last.end < 12 and cue("ending", context.span) else None
    )


def _yearless(named: x.Named, context: Context) -> v.Value:
    """A month, day of a month, quarter, half or season without its year."""
    if cue("each_year", context.span) or cue("each_before", context.span):
        # "on May 1 each year", "every term (May 1)"
        return v.Value(v.yearless_value(named), "SET", precision=named.unit, basis=("every year",))
    if (event := _event(named, context)) is not None:
        return event
    previous = _from_earlier(named, context)
    if previous is not None:
        return previous
    if context.published is None:
        return v.undated(v.yearless_value(named), named.unit, "year unknown")
    return _near_publication(named, context, context.published)


def _from_earlier(named: x.Named, context: Context) -> v.Value | None:
    """The year taken from a date named before; None if none gives it."""
    has_story = context.tense != "future" and named.unit in ("day", "month", "season")
    narrated = context.narrated_date() if has_story else None
    if narrated is not None:
        period = v.period_of(named, narrated.start.year)
        if period is not None and (
            context.published or context.adjoins or period.end >= narrated.start.replace(day=1)
        ):
            return v.dated(period, "previous", f"year of {narrated.value} named before")
    again = context.named_with_year(named.month, named.day) if named.unit == "day" else None
    ahead = again is not None and context.published is not None and again.start > context.published
    if again is not None and not (ahead and context.tense == "past"):
        return v.dated(again, "previous", f"{again.value} named before")
    if named.number and named.unit == "quarter" and context.fiscal_quarter is not None:
        number, end = context.fiscal_quarter
        period = cal.months("quarter", cal.plus_months(end.replace(day=1), 3 * (named.number - number) - 2))
        return v.dated(period, "previous", f"counted from the quarter that ended {end}")
    year = _year_of_sentence(context) if named.unit in ("day", "month") else None
    period = v.period_of(named, year.end.year) if year else None
    return v.dated(period, "previous", f"year of {year.value} named before") if year and period else None


def _near_publication(named: x.Named, context: Context, published: dt.date) -> v.Value:
    """The year by publication: after one just listed, by the weekday, else by tense and nearness."""

    def periods(years: int) -> list[Period]:
        around = range(published.year - years, published.year + years + 1)
        return [p for y in around if (p := v.period_of(named, y, context.fiscal_year_start))]

    choices = periods(1) or periods(4)  # 29 February
    if (listed := context.listed_after) is not None and named.unit != "day":
        later = min((p for p in choices if p.start > listed), default=None)
        if later is not None and (later.start - listed).days < 300:
            return v.dated(later, "published", f"listed after {listed}")
    if named.weekday:
        fitting = [p for p in periods(7) if p.start.isoweekday() == named.weekday]
        best = min(fitting, key=lambda p: abs((p.start - published).days), default=None)
        if best is not None and abs((best.start - published).days) < 500:
            return v.dated(best, "published", "year in which the weekday fits")
    if not choices:
        raise v.Impossible(named)
    period, basis, other = choose_year(choices, context, named.unit)
    if named.unit == "quarter" and is_outdated(period, context):
        reason = "a quarter just reported, not the calendar's"
        return v.undated(v.yearless_value(named), "quarter", reason, candidates=(period.value,))
    fiscal = v.fiscal_basis(named.fiscal, context)
    return v.dated(period, "published", basis, fiscal, candidates=(other.value,) if other else ())


@v.value_of.register
def _years(years: x.Years, context: Context) -> v.Value:
    period = cal.years(years.first, years.last)
    if years.fiscal and (start := context.fiscal_year_start) and start > 1:
        begin = dt.date(years.first, start, 1)
        period = period._replace(start=begin, end=cal.plus_months(begin, 12) - dt.timedelta(days=1))
    basis = (*years.notes, v.fiscal_basis(years.fiscal, context))
    return v.dated(period, "absolute", *basis, candidates=years.others, precision="year")


@v.value_of.register
def _numeric(numeric: x.Numeric, context: Context) -> v.Value:
    year: int | None = numeric.year
    if numeric.short_year:
        year = _full_year(numeric.year, context)
    written = f"{year:04d}" if year else f"XX{numeric.year:02d}"
    dmy = f"{written}-{numeric.second:02d}-{numeric.first:02d}"
    mdy = f"{written}-{numeric.first:02d}-{numeric.second:02d}"
    order, basis = context.day_order, context.order_basis
    if order is None and context.published is not None:
        day = context.published.isoformat()
        if day in (dmy, mdy):
            order, basis = ("dmy" if day == dmy else "mdy"), "publication date"
    if order is None or year is None:
        reason = "order of day and month unknown"
        return v.undated(f"{written}-XX-XX", "day", reason, candidates=(dmy, mdy))
    chosen = dmy if order == "dmy" else mdy
    return v.dated(cal.day(dt.date.fromisoformat(chosen)), "absolute", f"day order {order}: {basis}")


@v.value_of.register
def _holiday(holiday: x.Holiday, context: Context) -> v.Value:
    key, published = holiday.key, context.published
    year, reason = holiday.year, ""
    anchor: Anchor = "absolute"
    narrated = context.narrated_date() if year is None else None
    if narrated and holidays.days_of(key, narrated.start.year):
        year, anchor, reason = narrated.start.year, "previous", f"year of {narrated.value} named before"
    if year is not None:
        days = holidays.days_of(key, year)
        if not days:
            return v.undated(f"{year:04d}-XX-XX", "day", holidays.why_unknown(key))
        others = tuple(map(str, (*days[0].others, *(day.period.start for day in days[1:]))))
        basis = ("named day", reason, days[0].note)
        return v.dated(days[0].period, anchor, *basis, candidates=others, precision="day")
    if published is None:
        return v.undated(holidays.yearless(key), "day", "publication unknown")
    years = range(published.year - 1, published.year + 2)
    by_period = {d.period: d for y in years for d in holidays.days_of(key, y)}
    if not by_period:
        return v.undated("XXXX-XX-XX", "day", holidays.why_unknown(key))
    chosen, reason, other = choose_year(list(by_period), context, "day")
    day = by_period[chosen]
    others = tuple(map(str, day.others)) or ((other.value,) if other else ())
    basis = ("named day", reason, day.note)
    return v.dated(chosen, "published", *basis, candidates=others, precision="day")


@v.value_of.register
def _fixed(fixed: x.Fixed, context: Context) -> v.Value:
    if (day := context.in_apposition()) is not None and fixed.note == "counted from an event":
        return v.dated(day, "previous", fixed.note, f"{day.value} named before")
    made = v.undated(fixed.value, fixed.precision, fixed.note, candidates=fixed.others)
    return replace(made, timex_type=fixed.timex_type)
