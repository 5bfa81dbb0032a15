"""Parts of dates: early 2003, the end of March, mid-year, the second half of the decade."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.lexicons.load import any_of
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.rules.inside import attributive_year, is_relative_year, within
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of
from newsledger.stages.dates.rules.relative import unit_of


def _part(p: str, o: object) -> x.Part | None:
    return None if isinstance(o, x.Part) else x.Part(w.PARTS[p], o)


def _part_of(p: str, o: object, span: Span) -> x.Part | None:
    return None if attributive_year(o, span) else x.Part(w.PARTS[p], as_year(o))


def _end_plain(o: object, span: Span) -> x.Part | None:
    before = re.search(
        r"\b(?:by|at|since|until|till|to|of|from|as\s+of|before|after|for|through|the|on|in)\s+\Z",
        span.left(10),
    )
    if not before and "-" not in span.surface:
        return None
    named = isinstance(o, x.Named) and o.unit in ("month", "year", "quarter", "decade")
    return x.Part("late", o) if named or isinstance(o, x.Step) else None


def _part_of_unit(p: str, u: str) -> x.Part | None:
    unit = unit_of(u)
    return None if unit in (None, "day") else x.Part(w.PARTS[p], x.Step(str(unit), 0, "context"))


_FISCAL_END = re.compile(rf"\b(?:{any_of(w.ALL_MONTHS)})\.?\s(?:\d{{1,2}}\s)?\s*\Z")
"""The October 31 year end, a March year-end: of a fiscal year."""


def _year_end(u: str, span: Span) -> x.Part | None:
    unit = unit_of(u)
    if unit == "year" and _FISCAL_END.search(span.left(16)):
        return None
    if unit not in ("year", "month", "quarter", "week"):
        return None
    if unit == "year" and re.match(r"\s+(?:to|from)\s", span.right(6)):
        return None
    closed = unit == "year" and re.search(r"\bat\s+(?:the\s+|its\s+)?\Z", span.left(8))
    return x.Part("late", x.Step(unit, 0, "closed" if closed else "context"))


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


def _whole_unit(u: str) -> x.Step | None:
    """Later in the year, the rest of the year: a part that only says the unit."""
    unit = unit_of(u)
    return x.Step(unit, 0, "context") if unit else None


RULES: tuple[Rule, ...] = (
    Rule("early, mid or late", "p:(early|late|mid) DASH? o:(DATE|N_DATETIME)", _part),
    Rule("early, mid or late in", "p:(early|late) (in|on) the? o:DATE", _part_of),
    Rule("end or beginning of", "p:PART of the? o:(DATE|YEAR)", _part_of),
    Rule("early or late part of", "p:(early|late|latter|middle) part of the? o:(DATE|YEAR)", _part_of),
    Rule("end and unit", "end DASH? o:DATE", _end_plain),
    Rule("end or beginning of the unit", "p:PART of the? u:UNIT", _part_of_unit),
    Rule("year-end", "u:UNIT (DASH?|POSS) end", _year_end),
    Rule("year-end", "year DASH? end o:(N_YEAR|YEAR)", lambda o: x.Part("late", as_year(o))),
    Rule("mid-year", "(p:mid DASH? u:UNIT|p:midyear)", lambda p, u="year": _part_of_unit("mid", u)),
    Rule("half of", "n:(ORD|latter|former|last) half of the? o:(BIG|YEAR)", _half_of),
    Rule("later in the unit", "(later|earlier|early|late) in the u:UNIT", _whole_unit),
    Rule("rest of the unit", "(rest|remainder|balance) of the u:UNIT", _whole_unit),
    Rule("rest of", "(rest|remainder|balance) of the? o:BIG", lambda o: x.Part("late", o)),
)
