"""Dates inside others (June of last year, the second Monday of January) and parts of them (early 2003)."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules.absolute import day_of
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of


def attributive_year(span: Span) -> bool:
    """Whether a year belongs to the noun behind it ("the start of the 2014 Winter Games")."""
    return re.search(r"\bthe\s+\d{4}\Z", span.low_surface) is not None and cue("noun_next", span) is not None


def is_relative_year(value: object) -> bool:
    """Whether a finding is a relative year (last year, that year)."""
    return (isinstance(value, x.Step) and value.unit == "year") or isinstance(value, x.Offset)


def within(i: object, o: object) -> object | None:
    """June of last year, the first quarter of 2024, Christmas last year, Saturday last week."""
    o = as_year(o)
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


def _beside(i: object, o: object) -> object | None:
    """Without "of": in no year that is counted from one named before ("prior year 4th qtr")."""
    return None if isinstance(o, x.Step) and o.base == "previous" and o.count else within(i, o)


_ENDS = {"opening": 1, "last": -1, "final": -1, "closing": -1}


def _number(n: object) -> int:
    """The place of "third", "opening" or "last" among others, from the end when negative."""
    return _ENDS[n] if isinstance(n, str) and n in _ENDS else ordinal_of(n)


def _nth(n: object, u: str, o: object, span: Span) -> x.Within | None:
    return None if attributive_year(span) else x.Within(x.Nth(_number(n), unit=w.SINGLE_UNITS[u]), as_year(o))


def _nth_last(n: object, u: str, o: object, span: Span) -> x.Within | None:
    made = _nth(n, u, o, span)
    return made and replace(made, inner=x.Nth(-ordinal_of(n), unit=w.SINGLE_UNITS[u]))


def _nth_weekday(n: object, d: x.Named, o: object) -> x.Within:
    return x.Within(x.Nth(_number(n), weekday=d.weekday), as_year(o))


def _whole(u: str, base: str = "context") -> x.Step:
    """The unit of which the text tells: later in the year, the first week of the month."""
    return x.Step(w.SINGLE_UNITS[u], 0, base)


def _first_units(n: object, a: x.Duration, o: object) -> x.Within | None:
    (count, unit), *_ = a.numbers
    if abs(_number(n)) != 1 or count is None or count != int(count):
        return None
    return x.Within(x.Nth(_number(n), unit=unit, count=int(count)), as_year(o))


def _last_units(v: x.Window, o: object) -> x.Within | None:
    return _first_units("last", v.duration, o) if v.sign < 0 else None


def _first_months(n: object, a: x.Duration, span: Span) -> x.Within | None:
    """The first nine months, in a report: of the year."""
    (count, unit), *_ = a.numbers
    named = cue("figures_next", span) or cue("clause_end", span) or cue("this_behind", span)
    if unit != "month" or count not in range(2, 12) or not named:
        return None
    return _first_units(n, a, x.Step("year", 0, "report"))


def _quarter_ended(i: object, o: object) -> x.PeriodEnding | None:
    return x.PeriodEnding(i, o) if isinstance(i, x.Named) and i.year is None else None


def _day_of_month(d: object, o: object) -> x.Within:
    return x.Within(x.Nth(day_of(d), unit="day"), o)


_INNER = "i:(N_MONTH|N_QUARTER|N_HALF|N_SEASON|N_DAY|N_HOLIDAY|N_WEEKDAY|N_WEEK)"

_NTH = "n:(ORD|last|final|opening|closing)"
_OUTER = "(of|in) the? o:(BIG|YEAR)"
_PART = "(N_QUARTER|N_HALF)"

INNER: tuple[Rule, ...] = (
    Rule("quarter that ended", f"o:N_DAY i:{_PART}", _quarter_ended),
    Rule(
        "a year ago's quarter",
        "year DASH (ago|earlier) i:(N_QUARTER|N_HALF|N_MONTH)",
        lambda i: x.Within(i, x.Step("year", -1)),
    ),
    Rule("quarter that ended", f"< i:{_PART} > ,? (ended|ending|to) on? o:(N_DAY|N_MONTH)", _quarter_ended),
    Rule("inside a year", f"{_INNER} (of|in) the? o:BIG", within),
    Rule("inside a year", f"{_INNER} ,? o:BIG", _beside),
    Rule(
        "a year's inside",
        "o:BIG POSS (s:SEASON|i:(N_QUARTER|N_HALF|N_MONTH|N_WEEKDAY|N_HOLIDAY|N_SEASON))",
        lambda o, i=None, s=None: within(x.Named("season", season=w.SEASONS[s]) if s else i, o),
    ),
    Rule("a year's inside", f"o:(N_YEAR|YEAR) i:{_PART}", _beside),
)

RULES: tuple[Rule, ...] = (
    Rule("nth unit of", f"({_NTH} u:SINGLE {_OUTER}|n:ORD u:SINGLE o:(N_YEAR|N_MONTH|N_WEEK))", _nth),
    Rule("nth unit from the end of", f"n:ORD DASH? (to DASH?)? last u:SINGLE {_OUTER}", _nth_last),
    Rule(
        "nth day of an event",
        "< (ORD|opening|closing|final) day > of",
        lambda: x.Fixed("XXXX-XX-XX", note="counted from an event"),
        only="the_or_or",
    ),
    Rule("nth weekday of", f"(n:(ORD|last) d:N_WEEKDAY {_OUTER}|n:ORD d:N_WEEKDAY o:N_MONTH)", _nth_weekday),
    Rule(
        "nth weekday of the unit",
        "n:(ORD|last) d:N_WEEKDAY (of|in) the u:SINGLE",
        lambda n, d, u: _nth_weekday(n, d, _whole(u)),
    ),
    Rule(
        "nth unit of the unit",
        "n:(ORD|last|final) u:SINGLE of the b:SINGLE",
        lambda n, u, b: x.Within(x.Nth(_number(n), unit=w.SINGLE_UNITS[u]), _whole(b)),
    ),
    Rule("first units of", f"{_NTH} a:N_DURATION of the? o:(BIG|YEAR)", _first_units),
    Rule(
        "first units of the unit",
        f"{_NTH} a:N_DURATION of the b:SINGLE",
        lambda n, a, b: _first_units(n, a, _whole(b)),
        unless="own_year",
    ),
    Rule("last units of", "v:N_WINDOW of the? o:(BIG|YEAR)", _last_units),
    Rule("first months", "n:ORD a:N_DURATION", _first_months),
    Rule(
        "inside the unit",
        "i:(N_HALF|N_QUARTER|N_MONTH|N_SEASON) of the year",
        lambda i: x.Within(i, x.Step("year", 0, "context")),
    ),
    Rule("weekday of a week", "o:N_WEEK ,? on i:N_WEEKDAY", within),
    Rule("week of a day", "week of the? o:N_DAY", lambda o: x.Within(x.Nth(0, unit="week"), o)),
    # without it, a wrong month would follow
    Rule("same unit of", "i:(N_MONTH|N_QUARTER|N_WEEK) of? a? o:N_OFFSET", within),
    Rule("week that ends", "week (ending|ended|to|through) on? day:(N_DAY|N_WEEKDAY)", x.WeekEnding),
    Rule("day of a relative month", "d:(DAY|ORDD|N_ORDINAL) day? of the? o:N_MONTH", _day_of_month),
)


def _part(p: str, o: object) -> x.Part | None:
    return None if isinstance(o, x.Part) else x.Part(w.PARTS[p], o)


def _part_of(p: str, o: object, span: Span) -> x.Part | None:
    return None if attributive_year(span) else x.Part(w.PARTS[p], as_year(o))


def _end_plain(o: object, span: Span) -> x.Part | None:
    named = isinstance(o, x.Named) and o.unit in ("month", "year")
    return x.Part("late", o) if named and (cue("before_end", span) or "-" in span.surface) else None


def _part_of_unit(p: str, u: str) -> x.Part | None:
    return None if u == "day" else x.Part(w.PARTS[p], _whole(u))


def _year_end(u: str, span: Span) -> x.Part | None:
    unit = w.SINGLE_UNITS[u]
    if unit not in ("year", "month", "quarter", "week") or (unit == "year" and cue("fiscal_end", span)):
        return None
    if unit == "year" and re.match(r"\s+(?:to|from)\s", span.right(6)):
        return None
    closed = unit in ("year", "quarter") and re.search(r"\bat\s+(?:the\s+|its\s+)?\Z", span.left(8))
    return x.Part("late", _whole(u, "closed" if closed else "context"))


def _half_of(n: object, o: object) -> x.Part | x.Within | None:
    number = 2 if n in ("latter", "last") else 1 if n == "former" else ordinal_of(n)
    outer = as_year(o)
    if number not in (1, 2):
        return None
    if isinstance(outer, x.Named) and outer.unit == "year" and outer.year:
        return within(x.Named("half", number=number), outer)  # type: ignore[return-value]
    if is_relative_year(outer):
        return x.Within(x.Named("half", number=number), outer)
    return x.Part("first_half" if number == 1 else "second_half", outer)


PARTS: tuple[Rule, ...] = (
    Rule("early, mid or late", "p:(early|late|mid) DASH? o:(DATE|N_DATETIME)", _part),
    Rule("early, mid or late in", "p:(early|late) (in|on) the? o:DATE", _part_of),
    Rule("end or beginning of", "(p:PART of|p:(midway|halfway) through) the? o:(DATE|YEAR)", _part_of),
    Rule("early or late part of", "p:(early|late|latter|middle) part of the? o:(DATE|YEAR)", _part_of),
    Rule("end and unit", "end DASH? o:DATE", _end_plain),
    Rule(
        "end or beginning of the unit",
        "(p:PART of the?|p:(midway|halfway) through the) u:SINGLE",
        _part_of_unit,
    ),
    Rule("year-end", "u:SINGLE (DASH?|POSS) end", _year_end),
    Rule("year-end", "year DASH? end o:(N_YEAR|YEAR)", lambda o: x.Part("late", as_year(o))),
    Rule("mid-year", "(p:mid DASH? u:SINGLE|p:midyear)", lambda p, u="year": _part_of_unit("mid", u)),
    Rule("half of", "n:(ORD|latter|former|last) half of the? o:(BIG|YEAR)", _half_of),
    Rule("later in the unit", "(later|earlier|early|late) in the u:SINGLE", _whole),
    Rule("rest of the unit", "(rest|remainder|balance) of the u:SINGLE", _whole),
    Rule("rest of", "(rest|remainder|balance) of the? o:BIG", lambda o: x.Part("late", o)),
)
