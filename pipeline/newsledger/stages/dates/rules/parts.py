"""Parts of dates: early 2003, the end of March, mid-year, the second half of the decade."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import At, Away, Named, Part, Step, Within
from newsledger.stages.dates.rules.inside import attributive_year, is_relative_year, within
from newsledger.stages.dates.rules.numbers import ordinal_of
from newsledger.stages.dates.rules.relative import unit_of


def _part(p: str, o: object, span: Span) -> Part | None:
    if "\n" in span.surface or isinstance(o, Part):
        return None
    if isinstance(o, At) and o.clock.value[1:2].isdigit():
        return None
    if p == "mid" and isinstance(o, Step | Away) and not isinstance(o, Step):
        return None
    return Part(w.PARTS.get(p, p), o)


def _part_of(p: str, o: object, span: Span) -> Part | None:
    if isinstance(o, Named) and o.unit == "day" and o.day is None and p not in ("early", "late"):
        return None
    if attributive_year(o, span):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    return Part(w.PARTS[p], outer)


def _end_plain(p: str, o: object, span: Span) -> Part | None:
    """End-March, end 2024."""
    if (isinstance(o, Named) and o.unit in ("month", "year", "quarter", "decade")) or isinstance(o, Step):
        if (
            not re.search(
                r"\b(?:by|at|since|until|till|to|of|from|as\s+of|before|after|for|through|the|on|in)\s+\Z",
                span.left(10),
            )
            and "-" not in span.surface
        ):
            return None
        return Part("late", o)
    return None


def _part_of_unit(p: str, u: str, span: Span) -> Part | None:
    unit = unit_of(u)
    if unit is None or u in w.PLURAL_UNITS or unit == "day":
        return None
    if re.match(r"\s+of\b|['’]s\b", span.right(4)):
        return None
    return Part(w.PARTS[p], Step(unit, 0, "context"))


_CLOSES = re.compile(rf"\b(?:{'|'.join((*w.MONTHS, *w.MONTH_ABBREVIATIONS))})\.?\s(?:\d{{1,2}}\s)?\s*\Z")
"""The October 31 year end, a March year-end: of a business year."""


def _year_end(u: str, span: Span) -> Part | None:
    unit = unit_of(u)
    if unit not in ("year", "month", "quarter", "week") or re.match(
        r"[\s-]+(?:bonus|party|parties|list|lists|holidays?)\b", span.right(10)
    ):
        return None
    if unit == "year" and re.match(r"\s+(?:to|from)\s", span.right(6)):
        return None
    if unit == "year" and _CLOSES.search(span.left(16)):
        return None
    base = (
        "closed" if unit == "year" and re.search(r"\bat\s+(?:the\s+|its\s+)?\Z", span.left(8)) else "context"
    )
    return Part("late", Step(str(unit), 0, base))


def _numbered_end(o: object, span: Span) -> Part | None:
    """Year-end 1986."""
    year = Named("year", year=o) if isinstance(o, int) else o
    return Part("late", year) if isinstance(year, Named) and "\n" not in span.surface else None


def _mid_unit(u: str, span: Span) -> Part | None:
    unit = unit_of(u)
    return (
        Part("mid", Step(unit, 0, "context"))
        if unit in ("year", "month", "week", "quarter", "decade", "century")
        else None
    )


def _mid_year(o: object, span: Span) -> Part | None:
    """Mid-year 2018, midyear this year."""
    year = Named("year", year=o) if isinstance(o, int) else o
    known = isinstance(year, Named | Step) and year.unit == "year"
    return Part("mid", year) if known and "\n" not in span.surface else None


def _half_of(n: object, o: object, span: Span) -> Part | Within | None:
    number = 2 if n in ("latter", "last", "final") else 1 if n == "former" else ordinal_of(n)
    if number not in (1, 2):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    if isinstance(outer, Named) and outer.unit == "year" and outer.year:
        return within(Named("half", number=number), outer, span)  # type: ignore[return-value]
    if is_relative_year(outer):
        return Within(Named("half", number=number), outer)
    return Part("first_half" if number == 1 else "second_half", outer)


def _half_of_unit(n: object, u: str, span: Span) -> Part | Within | None:
    unit = unit_of(u)
    if unit is None or unit == "day" or u in w.PLURAL_UNITS:
        return None
    return _half_of(n, Step(unit, 0, "context"), span)


def _later_in(u: str, span: Span) -> Step | None:
    unit = unit_of(u)
    return Step(unit, 0, "context") if unit and u not in w.PLURAL_UNITS else None


def _rest_of(u: str, span: Span) -> Step | None:
    unit = unit_of(u)
    return (
        Step(unit, 0, "context")
        if unit in ("year", "month", "week", "quarter", "decade", "century")
        else None
    )


def _rest_of_date(o: object) -> Part:
    return Part("late", o)


RULES: tuple[Rule, ...] = (
    Rule("early, mid or late", "p:(early|late|mid) DASH? o:(DATE|N_AT)", _part),
    Rule("early, mid or late in", "p:(early|late) (in|on) the? o:DATE", _part_of),
    Rule("end or beginning of", "p:PART of the? o:(DATE|YEAR)", _part_of),
    Rule("end or beginning of", "p:PART of the year o:(N_YEAR|YEAR)", _part_of),
    Rule(
        "early or late part of", "p:(early|late|middle|opening|closing) part of the? o:(DATE|YEAR)", _part_of
    ),
    Rule(
        "latter part of",
        "latter part of the? o:(DATE|YEAR)",
        lambda o: Part("late", Named("year", year=o) if isinstance(o, int) else o),
    ),
    Rule("end and unit", "p:end DASH? o:DATE", _end_plain),
    Rule("end or beginning of the unit", "p:PART of the? u:UNIT", _part_of_unit),
    Rule("year-end", "u:UNIT DASH? end", _year_end),
    Rule("year-end", "year DASH? end o:(N_YEAR|YEAR)", _numbered_end),
    Rule("year-end", "u:UNIT POSS end", _year_end),
    Rule("mid-year", "mid DASH? u:UNIT", _mid_unit),
    Rule("mid-year", "midyear", lambda: Part("mid", Step("year", 0, "context"))),
    Rule("mid-year", "(midyear|mid DASH? year) (of|in|,)? o:(N_YEAR|YEAR)", _mid_year),
    Rule("half of", "n:(ORD|latter|former|last) half of the? o:(BIG|YEAR)", _half_of),
    Rule("half of the unit", "n:(ORD|latter|former|last) half of the u:UNIT", _half_of_unit),
    Rule("later in the unit", "(later|earlier|early|late) in the u:UNIT", _later_in),
    Rule("rest of the unit", "(rest|remainder|balance) of the u:UNIT", _rest_of),
    Rule("rest of", "(rest|remainder|balance) of the? o:BIG", _rest_of_date),
)
