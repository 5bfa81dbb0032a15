"""Dates inside others: June of last year, the third quarter of 2024, the second Monday of January."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import UNIT_SIZES
from newsledger.stages.dates.expressions import (
    Duration,
    Fixed,
    Holiday,
    Named,
    Nth,
    Offset,
    PeriodEnding,
    Step,
    WeekEnding,
    Window,
    Within,
    Years,
)
from newsledger.stages.dates.rules.absolute import day_of
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of
from newsledger.stages.dates.rules.relative import unit_of


def attributive_year(value: object, span: Span) -> bool:
    """Whether a year belongs to the noun behind it ("the start of the 2014 Winter Games")."""
    year = isinstance(value, int) or (isinstance(value, Named) and value.unit == "year")
    if not year or not re.search(r"\bthe\s+\d{4}\Z", span.low_surface):
        return False
    behind = re.match(r"\s+([a-z]+)", span.right(16))
    return behind is not None and behind[1] not in w.LISTS["not_of_year"]


def is_relative_year(value: object) -> bool:
    """Whether a finding is a relative year (last year, that year)."""
    return (isinstance(value, Step) and value.unit == "year") or isinstance(value, Offset)


def within(i: object, o: object) -> object | None:
    """June of last year, the first quarter of 2024, Christmas last year, Saturday last week."""
    if isinstance(i, Step):
        same = i.base == "previous" and i.count == 0 and i.unit in ("month", "quarter")
        return Within(i, o) if same else None
    if not isinstance(i, Named | Holiday) or i.year is not None:
        return None
    if isinstance(i, Named) and i.unit == "day" and i.day is None:
        return Within(i, o) if isinstance(o, Step) and o.unit in ("week", "weekend") else None
    if isinstance(o, Named) and o.unit == "year" and o.year is not None:
        if isinstance(i, Holiday):
            return replace(i, year=o.year)
        return replace(i, year=o.year, bc=o.bc, short_year=o.short_year, fiscal=i.fiscal or o.fiscal)
    if isinstance(o, Years):
        return Within(i, o) if isinstance(i, Named) and i.unit in ("season", "quarter", "half") else None
    return Within(i, o) if is_relative_year(o) else None


def _within_adjacent(i: object, o: object, span: Span) -> object | None:
    """Without "of": only an unambiguous year ("June last year", "fourth quarter 2008")."""
    outer = as_year(o)
    if isinstance(outer, Offset):
        return None
    if isinstance(outer, Named) and not (
        isinstance(i, Named | Step) and i.unit in ("quarter", "half", "season", "week")
    ):
        return None
    # "June that same year" is not of the year of the month before it
    if (
        isinstance(outer, Step)
        and outer.base == "previous"
        and (outer.count or "," in span.surface or not (isinstance(i, Named) and i.month))
    ):
        return None
    return within(i, outer)


def _owned(o: object, i: object = None, s: str | None = None) -> object | None:
    """This year's summer, last year's third quarter."""
    return within(Named("season", season=w.SEASONS[s]) if s else i, o)


def _nth(n: object, u: str, o: object, span: Span) -> Within | None:
    number = -1 if n in ("last", "final", "closing") else 1 if n == "opening" else ordinal_of(n)
    unit, outer = unit_of(u), as_year(o)
    if unit is None or attributive_year(o, span) or (isinstance(outer, Named) and outer.unit == "day"):
        return None
    return Within(Nth(number, unit=unit), outer)


def _nth_last(n: object, u: str, o: object, span: Span) -> Within | None:
    """The second-last day of 2018."""
    made = _nth(n, u, o, span)
    if made is None or not isinstance(made.inner, Nth):
        return None
    return replace(made, inner=replace(made.inner, number=-made.inner.number))


def _nth_weekday(n: object, d: Named, o: object) -> Within | None:
    if d.weekday is None or d.day is not None:
        return None
    return Within(Nth(-1 if n == "last" else ordinal_of(n), weekday=d.weekday), as_year(o))


def _nth_weekday_of_unit(n: object, d: Named, u: str) -> Within | None:
    unit = unit_of(u)
    return _nth_weekday(n, d, Step(unit, 0, "context")) if unit not in (None, "day", "week") else None


def _nth_of_unit(n: object, u: str, b: str) -> Within | None:
    """The first week of the month."""
    unit, big = unit_of(u), unit_of(b)
    if unit is None or big is None or UNIT_SIZES[unit] >= UNIT_SIZES[big]:
        return None
    return Within(Nth(-1 if n in ("last", "final") else ordinal_of(n), unit=unit), Step(big, 0, "context"))


def _first_units(n: object, a: Duration, o: object) -> Within | None:
    """The first three months of 2022."""
    last = n in ("last", "final", "closing")
    if not last and n != "opening" and ordinal_of(n) != 1:
        return None
    (count, unit), *more = a.numbers
    if more or count is None or unit not in UNIT_SIZES or count != int(count):
        return None
    return Within(Nth(-1 if last else 1, unit=unit, count=int(count)), as_year(o))


def _first_units_of(n: object, a: Duration, b: str, span: Span) -> Within | None:
    unit = unit_of(b)
    own = re.match(r"\s+(?:starting|beginning|ending|ended|to)\b", span.right(10))  # no calendar year
    return None if unit is None or own else _first_units(n, a, Step(unit, 0, "context"))


def _last_units(v: Window, o: object) -> Within | None:
    return _first_units("last", v.duration, o) if v.sign < 0 else None


_REPORTED = re.compile(
    r"\s*(?:[,.;:)]|\Z)|\s+(?:net|profits?|sales|earnings|results?|revenues?|loss|this|last|to|were|was|rose|fell|ended|"
    r"compared|against|from|with|and|by|production|output|exports|imports)\b"
)


def _first_months(n: object, a: Duration, span: Span) -> Within | None:
    """The first nine months, in a report: of the year."""
    (count, unit), *_ = a.numbers
    if unit != "month" or count not in range(2, 12) or not _REPORTED.match(span.right(16)):
        return None
    return _first_units(n, a, Step("year", 0, "report")) if ordinal_of(n) == 1 else None


def _inside_unit(i: Named, u: str) -> Within | None:
    """The first quarter of the year."""
    return Within(i, Step("year", 0, "context")) if unit_of(u) == "year" and i.year is None else None


def _quarter_ended(i: object, o: object) -> PeriodEnding | None:
    """The third quarter ended March 31."""
    return PeriodEnding(i, o) if isinstance(i, Named) and i.year is None and isinstance(o, Named) else None


def _year_ago_inside(u: str, i: Named) -> Within | None:
    """The year-ago second quarter."""
    return Within(i, Step("year", -1)) if u == "year" and i.year is None else None


def _same_unit_ago(i: object, o: Offset) -> Within | None:
    """The same month a year ago: without it, a wrong month would follow."""
    same = isinstance(i, Step) and i.base == "previous" and i.count == 0
    years = len(o.duration.numbers) == 1 and o.duration.numbers[0][1] == "year"
    return Within(i, o) if same and years and o.base == "published" and o.sign < 0 else None


def _day_of_month(d: object, o: object) -> Within:
    """The 20th of next month."""
    return Within(Nth(day_of(d), unit="day"), o)


def _nth_day(span: Span) -> Fixed | None:
    """The fourth day of the festival."""
    return (
        Fixed("XXXX-XX-XX", note="counted from an event")
        if re.search(r"\b(?:the|or)\s+\Z", span.left(5))
        else None
    )


_INNER = "i:(N_MONTH|N_QUARTER|N_HALF|N_SEASON|N_DAY|N_HOLIDAY|N_WEEKDAY|N_WEEK)"

INNER: tuple[Rule, ...] = (
    Rule("quarter that ended", "o:N_DAY i:(N_QUARTER|N_HALF)", _quarter_ended),
    Rule("a year ago's quarter", "u:UNIT DASH (ago|earlier) i:(N_QUARTER|N_HALF|N_MONTH)", _year_ago_inside),
    Rule(
        "quarter that ended",
        "< i:(N_QUARTER|N_HALF) > ,? (ended|ending|to) on? o:(N_DAY|N_MONTH)",
        _quarter_ended,
    ),
    Rule("inside a year", f"{_INNER} (of|in) the? o:BIG", within),
    Rule("inside a year", f"{_INNER} ,? o:BIG", _within_adjacent),
    Rule(
        "a year's inside",
        "o:BIG POSS (s:SEASON|i:(N_QUARTER|N_HALF|N_MONTH|N_WEEKDAY|N_HOLIDAY|N_SEASON))",
        _owned,
    ),
    Rule("a year's inside", "o:(N_YEAR|YEAR) i:(N_QUARTER|N_HALF)", _within_adjacent),
)

RULES: tuple[Rule, ...] = (
    Rule("nth unit of", "n:(ORD|last|final|opening|closing) u:UNIT (of|in) the? o:(BIG|YEAR)", _nth),
    Rule("nth unit of", "n:ORD u:UNIT o:(N_YEAR|N_MONTH|N_WEEK)", _nth),
    Rule(
        "nth unit from the end of", "n:ORD DASH? (to DASH?)? last u:UNIT (of|in) the? o:(BIG|YEAR)", _nth_last
    ),
    Rule("nth day of an event", "< (ORD|opening|closing|final) day > of", _nth_day),
    Rule("nth weekday of", "n:(ORD|last) d:N_WEEKDAY (of|in) the? o:(BIG|YEAR)", _nth_weekday),
    Rule("nth weekday of", "n:ORD d:N_WEEKDAY o:N_MONTH", _nth_weekday),
    Rule("nth weekday of the unit", "n:(ORD|last) d:N_WEEKDAY (of|in) the u:UNIT", _nth_weekday_of_unit),
    Rule("nth unit of the unit", "n:(ORD|last|final) u:UNIT of the b:UNIT", _nth_of_unit),
    Rule(
        "first units of", "n:(ORD|last|final|opening|closing) a:N_DURATION of the? o:(BIG|YEAR)", _first_units
    ),
    Rule(
        "first units of the unit",
        "n:(ORD|last|final|opening|closing) a:N_DURATION of the b:UNIT",
        _first_units_of,
    ),
    Rule("last units of", "v:N_WINDOW of the? o:(BIG|YEAR)", _last_units),
    Rule("first months", "n:ORD a:N_DURATION", _first_months),
    Rule("inside the unit", "i:(N_HALF|N_QUARTER|N_MONTH|N_SEASON) of the u:UNIT", _inside_unit),
    Rule("week of a day", "week of the? o:N_DAY", lambda o: Within(Nth(0, unit="week"), o)),
    Rule("weekend of a day", "weekend of the? o:N_DAY", lambda o: Within(Nth(0, unit="weekend"), o)),
    Rule("same unit of", "i:(N_MONTH|N_QUARTER|N_WEEK) of? a? o:N_OFFSET", _same_unit_ago),
    Rule("week that ends", "week (ending|ended|to) on? day:N_DAY", WeekEnding),
    Rule(
        "week that begins", "week (beginning|starting|commencing) day:N_DAY", partial(WeekEnding, begins=True)
    ),
    Rule("day of a relative month", "d:(ORDD|N_ORDINAL) day? of the? o:N_MONTH", _day_of_month),
)
