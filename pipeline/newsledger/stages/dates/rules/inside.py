"""Dates inside others: June of last year, the third quarter of 2024, the second Monday of January."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.guards import CLAUSE_END, FIGURES_NEXT, NOUN_NEXT
from newsledger.stages.dates.rules.absolute import day_of
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of
from newsledger.stages.dates.rules.relative import unit_of


def attributive_year(value: object, span: Span) -> bool:
    """Whether a year belongs to the noun behind it ("the start of the 2014 Winter Games")."""
    year = isinstance(value, int) or (isinstance(value, x.Named) and value.unit == "year")
    if not year or not re.search(r"\bthe\s+\d{4}\Z", span.low_surface):
        return False
    return bool(NOUN_NEXT.match(span.right(16)))


def is_relative_year(value: object) -> bool:
    """Whether a finding is a relative year (last year, that year)."""
    return (isinstance(value, x.Step) and value.unit == "year") or isinstance(value, x.Offset)


def within(i: object, o: object) -> object | None:
    """June of last year, the first quarter of 2024, Christmas last year, Saturday last week."""
    if isinstance(i, x.Step):
        return x.Within(i, o) if i.base == "previous" and i.unit in ("month", "quarter") else None
    if not isinstance(i, x.Named | x.Holiday) or i.year is not None:
        return None
    if isinstance(i, x.Named) and i.unit == "day" and i.day is None:
        return x.Within(i, o) if isinstance(o, x.Step) and o.unit in ("week", "weekend") else None
    if isinstance(o, x.Named) and o.unit == "year" and o.year is not None:
        if isinstance(i, x.Holiday):
            return replace(i, year=o.year)
        return replace(i, year=o.year, bc=o.bc, short_year=o.short_year, fiscal=i.fiscal or o.fiscal)
    if isinstance(o, x.Years):
        return x.Within(i, o) if isinstance(i, x.Named) and i.unit in ("season", "quarter", "half") else None
    return x.Within(i, o) if is_relative_year(o) else None


def _within_adjacent(i: object, o: object, span: Span) -> object | None:
    """Without "of": only an unambiguous year ("June last year", "fourth quarter 2008")."""
    outer = as_year(o)
    if isinstance(outer, x.Named) and not (
        isinstance(i, x.Named | x.Step) and i.unit in ("quarter", "half", "season", "week")
    ):
        return None
    # "June that same year" is not of the year of the month before it
    if (
        isinstance(outer, x.Step)
        and outer.base == "previous"
        and (outer.count or "," in span.surface or not (isinstance(i, x.Named) and i.month))
    ):
        return None
    return within(i, outer)


def _owned(o: object, i: object = None, s: str | None = None) -> object | None:
    return within(x.Named("season", season=w.SEASONS[s]) if s else i, o)


def _nth(n: object, u: str, o: object, span: Span) -> x.Within | None:
    number = -1 if n in ("last", "final", "closing") else 1 if n == "opening" else ordinal_of(n)
    unit, outer = unit_of(u), as_year(o)
    if unit is None or attributive_year(o, span) or (isinstance(outer, x.Named) and outer.unit == "day"):
        return None
    return x.Within(x.Nth(number, unit=unit), outer)


def _nth_last(n: object, u: str, o: object, span: Span) -> x.Within | None:
    made = _nth(n, u, o, span)
    return made and replace(made, inner=x.Nth(-ordinal_of(n), unit=unit_of(u)))


def _nth_weekday(n: object, d: x.Named, o: object) -> x.Within:
    return x.Within(x.Nth(-1 if n == "last" else ordinal_of(n), weekday=d.weekday), as_year(o))


def _nth_weekday_of_unit(n: object, d: x.Named, u: str) -> x.Within | None:
    unit = unit_of(u)
    return _nth_weekday(n, d, x.Step(unit, 0, "context")) if unit else None


def _nth_of_unit(n: object, u: str, b: str) -> x.Within | None:
    unit, big = unit_of(u), unit_of(b)
    if unit is None or big is None:
        return None
    number = -1 if n in ("last", "final") else ordinal_of(n)
    return x.Within(x.Nth(number, unit=unit), x.Step(big, 0, "context"))


def _first_units(n: object, a: x.Duration, o: object) -> x.Within | None:
    last = n in ("last", "final", "closing")
    if not last and n != "opening" and ordinal_of(n) != 1:
        return None
    (count, unit), *_ = a.numbers
    if count is None or count != int(count):
        return None
    return x.Within(x.Nth(-1 if last else 1, unit=unit, count=int(count)), as_year(o))


def _last_units(v: x.Window, o: object) -> x.Within | None:
    return _first_units("last", v.duration, o) if v.sign < 0 else None


def _first_units_of(n: object, a: x.Duration, b: str, span: Span) -> x.Within | None:
    unit = unit_of(b)
    own = re.match(r"\s+(?:starting|beginning|ending|ended|to)\b", span.right(10))  # no calendar year
    return _first_units(n, a, x.Step(unit, 0, "context")) if unit and not own else None


def _first_months(n: object, a: x.Duration, span: Span) -> x.Within | None:
    """The first nine months, in a report: of the year."""
    (count, unit), *_ = a.numbers
    right = span.right(16)
    named = FIGURES_NEXT.match(right) or CLAUSE_END.match(right) or re.match(r"\s+(?:this|last|to)\b", right)
    if unit != "month" or count not in range(2, 12) or not named:
        return None
    return _first_units(n, a, x.Step("year", 0, "report"))


def _quarter_ended(i: object, o: object) -> x.PeriodEnding | None:
    return x.PeriodEnding(i, o) if isinstance(i, x.Named) and i.year is None else None


def _day_of_month(d: object, o: object) -> x.Within:
    return x.Within(x.Nth(day_of(d), unit="day"), o)


def _nth_day(span: Span) -> x.Fixed | None:
    return (
        x.Fixed("XXXX-XX-XX", note="counted from an event")
        if re.search(r"\b(?:the|or)\s+\Z", span.left(5))
        else None
    )


_INNER = "i:(N_MONTH|N_QUARTER|N_HALF|N_SEASON|N_DAY|N_HOLIDAY|N_WEEKDAY|N_WEEK)"

INNER: tuple[Rule, ...] = (
    Rule("quarter that ended", "o:N_DAY i:(N_QUARTER|N_HALF)", _quarter_ended),
    Rule(
        "a year ago's quarter",
        "year DASH (ago|earlier) i:(N_QUARTER|N_HALF|N_MONTH)",
        lambda i: x.Within(i, x.Step("year", -1)),
    ),
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
    Rule(
        "inside the unit",
        "i:(N_HALF|N_QUARTER|N_MONTH|N_SEASON) of the year",
        lambda i: x.Within(i, x.Step("year", 0, "context")),
    ),
    Rule("week of a day", "week of the? o:N_DAY", lambda o: x.Within(x.Nth(0, unit="week"), o)),
    # without it, a wrong month would follow
    Rule("same unit of", "i:(N_MONTH|N_QUARTER|N_WEEK) of? a? o:N_OFFSET", within),
    Rule("week that ends", "week (ending|ended|to) on? day:N_DAY", x.WeekEnding),
    Rule("day of a relative month", "d:(ORDD|N_ORDINAL) day? of the? o:N_MONTH", _day_of_month),
)
