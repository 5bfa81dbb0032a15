"""Dates inside others: June of last year, the third quarter of 2024, the second Monday of January."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import (
    Amount,
    Away,
    Ending,
    Every,
    Feast,
    Named,
    Next,
    Nth,
    SevenDays,
    Step,
    Window,
    Within,
    Years,
)
from newsledger.stages.dates.rules.absolute import day_of, month_of, weekday_of
from newsledger.stages.dates.rules.numbers import Ordinal, ordinal_of
from newsledger.stages.dates.rules.relative import unit_of
from newsledger.stages.dates.words import listed, numbered

SIZE = numbered("day weekday weekend week month quarter season half year years decade century millennium", 0)
"""Units by size."""


_NO_NOUN = listed(
    "fiscal financial federal calendar in at on to and as was were is are with for by from or when "
    "while but had has have would will that which who after before until against compared over than "
    "through due because there it he she they we"
)
"""Words behind a year that leave it alone."""


def attributive_year(value: object, span: Span) -> bool:
    """Whether a year belongs to the noun behind it ("the start of the 2014 Winter Games")."""
    if not (isinstance(value, int) or (isinstance(value, Named) and value.unit == "year")):
        return False
    if not re.search(r"\bthe\s+\d{4}\Z", span.low[span.start : span.end]):
        return False
    behind = re.match(r"\s+([a-z]+)", span.right(16).lower())
    return behind is not None and behind[1] not in _NO_NOUN


def is_relative_year(value: object) -> bool:
    """Whether a finding is a year seen from elsewhere (last year, that year)."""
    return (isinstance(value, Step) and value.unit == "year") or isinstance(value, Away)


def within(i: object, o: object, span: Span) -> object | None:
    """June of last year, the first quarter of 2024, Christmas last year, Saturday last week."""
    outer = Named("year", year=o) if isinstance(o, int) else o
    if isinstance(i, Named):
        if i.year is not None or i.unit in ("year", "decade", "century"):
            return None
        unit = "weekday" if i.unit == "day" and i.day is None else i.unit
    elif isinstance(i, Step):
        return (
            Within(i, outer)
            if i.base == "previous" and i.count == 0 and i.unit in ("month", "quarter")
            else None
        )
    elif isinstance(i, Feast):
        if i.year is not None:
            return None
        unit = "day"
    else:
        return None
    if unit == "weekday":
        return Within(i, outer) if isinstance(outer, Step) and outer.unit in ("week", "weekend") else None
    if isinstance(outer, Named) and outer.unit == "year" and outer.year is not None:
        if isinstance(i, Feast):
            return replace(i, year=outer.year)
        return replace(
            i, year=outer.year, bc=outer.bc, short_year=outer.short_year, fiscal=i.fiscal or outer.fiscal
        )
    if isinstance(outer, Years):
        return Within(i, outer) if unit in ("season", "quarter", "half") else None
    if (isinstance(outer, Step) and outer.unit == "year") or isinstance(outer, Away):
        return Within(i, outer)
    return None


def _is_told(o: object, i: object, span: Span) -> bool:
    """Whether a year is one told of, and not that of the month before it ("June that same year")."""
    if not isinstance(o, Step) or o.base != "previous":
        return False
    return bool(o.count) or "," in span.surface or not (isinstance(i, Named) and i.month)


def _within_plain(i: object, o: object, span: Span) -> object | None:
    """Without "of": only a year that is clearly meant ("June last year", "fourth quarter 2008")."""
    if "\n" in span.surface:
        return None
    if isinstance(o, int | Named):
        if not (isinstance(i, Named | Step) and i.unit in ("quarter", "half", "season", "week")):
            return None
    elif isinstance(o, Away) or _is_told(o, i, span):
        return None
    return within(i, o, span)


def _month_of_next_year(i: object, o: object, span: Span) -> object | None:
    """June the following year."""
    named = isinstance(i, Named) and i.month and isinstance(o, Step) and o.base == "previous"
    return within(i, o, span) if named and "\n" not in span.surface else None


def _owned(
    o: object,
    span: Span,
    i: object = None,
    s: str | None = None,
    m: str | None = None,
    d: str | None = None,
) -> object | None:
    """This year's summer, last year's third quarter, last week's Sunday."""
    if s:
        i = Named("season", season=w.SEASONS[s])
    elif m:
        if not re.search(r"[A-Z][a-z]+\Z", span.surface):
            return None
        i = Named("month", month=month_of(m))
    elif d:
        i = Named("day", weekday=weekday_of(d))
    return within(i, o, span)


def _nth(n: object, u: str, o: object, span: Span) -> Within | None:
    number = -1 if n in ("last", "final", "closing") else 1 if n == "opening" else ordinal_of(n)
    unit = unit_of(u)
    if attributive_year(o, span):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    if unit is None or u in w.PLURAL_UNITS or (isinstance(outer, Named) and outer.unit == "day"):
        return None
    return Within(Nth(number, unit=unit), outer)


def _nth_last(n: object, u: str, o: object, span: Span) -> Within | None:
    """The second-last day of 2018, the penultimate week of May."""
    made = _nth(n, u, o, span)
    if made is None or not isinstance(made.inner, Nth):
        return None
    return replace(made, inner=replace(made.inner, number=-made.inner.number))


def _nth_weekday(n: object, d: Named, o: object) -> Within | None:
    if d.weekday is None or d.day is not None:
        return None
    number = -1 if n == "last" else ordinal_of(n)
    return Within(Nth(number, weekday=d.weekday), Named("year", year=o) if isinstance(o, int) else o)


def _nth_weekday_of_unit(n: object, d: Named, u: str, span: Span) -> Within | Every | None:
    unit = unit_of(u)
    if unit is None or u in w.PLURAL_UNITS or unit in ("day", "week"):
        return None
    if " each " in span.surface:
        return Every(f"P1{unit[0].upper()}")
    return _nth_weekday(n, d, Step(unit, 0, "context"))


def _nth_of_unit(n: object, u: str, b: str) -> Within | None:
    """The first week of the month."""
    number = -1 if n in ("last", "final") else ordinal_of(n)
    unit, big = unit_of(u), unit_of(b)
    if unit is None or big is None or u in w.PLURAL_UNITS or SIZE[unit] >= SIZE[big]:
        return None
    return Within(Nth(number, unit=unit), Step(big, 0, "context"))


def _first_units(n: object, a: Amount, o: object, span: Span) -> Within | None:
    """The first three months of 2022."""
    if n not in ("first", "last", "final", "opening", "closing") and ordinal_of(n) != 1:
        return None
    (count, unit), *more = a.numbers
    if more or count is None or unit not in SIZE or count != int(count):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    sign = -1 if n in ("last", "final", "closing") else 1
    return Within(Nth(sign, unit=unit, count=int(count)), outer)


def _first_units_of(n: object, a: Amount, b: str, span: Span) -> Within | None:
    unit = unit_of(b)
    if re.match(r"\s+(?:starting|beginning|ending|ended|to)\b", span.right(10)):
        return None
    return None if unit is None else _first_units(n, a, Step(unit, 0, "context"), span)


def _last_units(v: Window, o: object, span: Span) -> Within | None:
    return _first_units("last", v.amount, o, span) if v.sign < 0 else None


def _last_units_of(v: Window, b: str, span: Span) -> Within | None:
    return _first_units_of("last", v.amount, b, span) if v.sign < 0 else None


_REPORTED = re.compile(
    r"\s*(?:[,.;:)]|\Z)|\s+(?:net|profits?|sales|earnings|results?|revenues?|loss|this|last|to|were|was|rose|fell|ended|"
    r"compared|against|from|with|and|by|production|output|exports|imports)\b"
)


def _first_months(n: object, a: Amount, span: Span) -> Within | None:
    """The first nine months, in a report: of the year."""
    (count, unit), *more = a.numbers
    if more or unit != "month" or count not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11) or ordinal_of(n) != 1:
        return None
    if not _REPORTED.match(span.right(16)):
        return None
    return Within(Nth(1, unit="month", count=int(count)), Step("year", 0, "report"))


def _inside_unit(i: Named, u: str) -> Within | None:
    """The first quarter of the year."""
    if unit_of(u) != "year" or u in w.PLURAL_UNITS or not isinstance(i, Named) or i.year is not None:
        return None
    return Within(i, Step("year", 0, "context"))


def _quarter_ended(i: object, o: object) -> Ending | None:
    """The third quarter ended March 31."""
    return Ending(i, o) if isinstance(i, Named) and i.year is None and isinstance(o, Named) else None


def _year_ago_inside(u: str, i: object) -> Within | None:
    """The year-ago second quarter."""
    return Within(i, Step("year", -1)) if u == "year" and isinstance(i, Named) and i.year is None else None


def _season_of(s: str, o: object, span: Span) -> object | None:
    """The summer of that year, winter of 2022-23; not the song."""
    if " Of " in span.surface:
        return None
    return within(Named("season", season=w.SEASONS[s]), o, span)


def _week_of(o: object) -> Within:
    return Within(Nth(0, unit="week"), o)


def _weekend_of(o: object) -> Within:
    return Within(Nth(0, unit="weekend"), o)


def _same_unit_of(u: str, o: object) -> Within | None:
    """The same month last year."""
    unit = unit_of(u)
    if unit not in ("month", "quarter", "week", "day") or u in w.PLURAL_UNITS:
        return None
    return Within(Step(unit, 0, "previous"), o)


def _same_unit_ago(i: object, o: Away) -> Within | None:
    """The same month a year ago."""
    same = isinstance(i, Step) and i.base == "previous" and i.count == 0
    years = len(o.amount.numbers) == 1 and o.amount.numbers[0][1] == "year"
    return Within(i, o) if same and years and o.base == "published" and o.sign < 0 else None


def _day_of_month(d: object, o: object, span: Span) -> Within | None:
    """The 20th of next month."""
    day = day_of(d)
    return Within(Nth(day, unit="day"), o) if 1 <= day <= 31 else None


_CLAUSE_END = re.compile(
    r"\s*(?:[.,;:!?)”\"]|\Z)|\s+(?:and|but|when|with|at|as|after|before|because|while)\b"
)
_GOLF = re.compile(r"\b(?:hole|par|birdie|bogey|eagle|putt|green|tee|fairway|floor|minute|over|inning)")


def _nth_alone(d: int, span: Span) -> Within | None:
    """On the 19th: of the month of a day named just before."""
    if not 1 <= d <= 31 or not _CLAUSE_END.match(span.right(10)) or _GOLF.search(span.left(160)):
        return None
    return Within(Nth(d, unit="day"), Step("month", 0, "told"))


_INNER = "i:(N_MONTH|N_QUARTER|N_HALF|N_SEASON|N_DAY|N_FEAST|N_WEEKDAY|N_WEEK)"


INNER: tuple[Rule, ...] = (
    Rule("quarter that ended", "o:N_DAY i:(N_QUARTER|N_HALF)", _quarter_ended),
    Rule("a year ago's quarter", "u:UNIT DASH (ago|earlier) i:(N_QUARTER|N_HALF|N_MONTH)", _year_ago_inside),
    Rule("a year ago's quarter", "u:UNIT ago i:(N_QUARTER|N_HALF)", _year_ago_inside),
    Rule(
        "quarter that ended",
        "< i:(N_QUARTER|N_HALF) > ,? (ended|ending|to) on? o:(N_DAY|N_MONTH)",
        _quarter_ended,
    ),
    Rule("inside a year", f"{_INNER} (of|in) the? o:BIG", within),
    Rule("inside a year", f"{_INNER} of the? o:YEAR", within),
    Rule("inside a year", f"{_INNER} ,? o:BIG", _within_plain),
    Rule("inside a year", f"{_INNER} ,? o:YEAR", _within_plain),
    Rule("inside a year", "i:(N_MONTH|N_DAY|N_SEASON) the o:N_YEAR", _month_of_next_year),
    Rule(
        "a year's inside",
        "o:BIG POSS (s:SEASON|m:MONTH|d:WEEKDAY|i:(N_QUARTER|N_HALF|N_MONTH|N_WEEKDAY|N_FEAST|N_SEASON))",
        _owned,
    ),
    Rule("a year's inside", "o:(N_YEAR|YEAR) i:(N_QUARTER|N_HALF)", _within_plain),
    Rule("season of", "s:SEASON of the? o:BIG", _season_of),
)


RULES: tuple[Rule, ...] = (
    Rule("nth unit of", "n:(ORD|last|final|opening|closing) u:UNIT (of|in) the? o:(BIG|YEAR)", _nth),
    Rule(
        "nth unit from the end of", "n:ORD DASH? (to DASH?)? last u:UNIT (of|in) the? o:(BIG|YEAR)", _nth_last
    ),
    Rule(
        "nth unit from the end of",
        "penultimate u:UNIT (of|in) the? o:(BIG|YEAR)",
        lambda u, o, span: _nth_last(Ordinal(2), u, o, span),
    ),
    Rule("nth weekday of", "n:(ORD|last) d:N_WEEKDAY (of|in) the? o:(BIG|YEAR)", _nth_weekday),
    Rule(
        "nth unit of",
        "n:ORD u:UNIT o:(N_YEAR|N_MONTH|N_WEEK)",
        lambda n, u, o, span: _nth(n, u, o, span) if isinstance(o, Step) else None,
    ),
    Rule(
        "nth weekday of",
        "n:ORD d:N_WEEKDAY o:N_MONTH",
        lambda n, d, o: _nth_weekday(n, d, o) if isinstance(o, Next) else None,
    ),
    Rule(
        "nth weekday of the unit", "n:(ORD|last) d:N_WEEKDAY (of|in) (the|each) u:UNIT", _nth_weekday_of_unit
    ),
    Rule(
        "nth weekday of every unit",
        "n:(ORD|last) d:N_WEEKDAY (of|in) e:N_EVERY",
        lambda n, d, e: e if d.day is None else None,
    ),
    Rule("nth unit of the unit", "n:(ORD|last|final) u:UNIT of the b:UNIT", _nth_of_unit),
    Rule(
        "first units of", "n:(ORD|last|final|opening|closing) a:N_AMOUNT of the? o:(BIG|YEAR)", _first_units
    ),
    Rule(
        "first units of the unit",
        "n:(ORD|last|final|opening|closing) a:N_AMOUNT of the b:UNIT",
        _first_units_of,
    ),
    Rule("last units of", "v:N_WINDOW of the? o:(BIG|YEAR)", _last_units),
    Rule("last units of the unit", "v:N_WINDOW of the b:UNIT", _last_units_of),
    Rule("first months", "n:ORD a:N_AMOUNT", _first_months),
    Rule("inside the unit", "i:(N_HALF|N_QUARTER|N_MONTH|N_SEASON) of the u:UNIT", _inside_unit),
    Rule("week of a day", "week of the? o:N_DAY", _week_of),
    Rule("weekend of a day", "weekend of the? o:N_DAY", _weekend_of),
    Rule("week that ends", "week (ending|ended|to) on? o:N_DAY", lambda o: SevenDays(o, -1)),
    Rule("week that begins", "week (beginning|starting|commencing) on? o:N_DAY", lambda o: SevenDays(o, 1)),
    Rule("same unit of", "same u:UNIT (of|in)? the? o:N_YEAR", _same_unit_of),
    Rule("same unit of", "i:(N_MONTH|N_QUARTER|N_WEEK) of? a? o:N_AWAY", _same_unit_ago),
    Rule("nth of the month", "(on|until|till|by|since) the < d:ORDD >", _nth_alone),
    Rule("day of a relative month", "d:(ORDD|N_ORDINAL) day? of the? o:N_MONTH", _day_of_month),
)
