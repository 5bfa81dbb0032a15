"""Expressions made of expressions: inside another, part of, ago and later, ranges, lists, a day with its time."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.stages.dates import words as w
from pipeline.stages.dates.expressions import (
    Ahead,
    Amount,
    At,
    Away,
    Clock,
    Ending,
    Every,
    Feast,
    Listed,
    Named,
    Next,
    Nth,
    Part,
    Range,
    SevenDays,
    Step,
    Vague,
    Window,
    Within,
    Years,
)
from pipeline.stages.dates.grammar import Place, Rule, rule
from pipeline.stages.dates.rules import clocks, durations
from pipeline.stages.dates.rules.absolute import day_of, month_of, possible, weekday_of
from pipeline.stages.dates.rules.durations import amount
from pipeline.stages.dates.rules.numbers import ordinal_of, value_of
from pipeline.stages.dates.rules.relative import unit_of

SIZE = {
    unit: size
    for size, unit in enumerate(
        "day weekday weekend week month quarter season half year years decade century millennium".split()
    )
}


def is_relative_year(value: object) -> bool:
    """Whether a finding is a year seen from elsewhere (last year, that year)."""
    return (isinstance(value, Step) and value.unit == "year") or isinstance(value, Away)


def _within(i: object, o: object, place: Place) -> object | None:
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


def _within_plain(i: object, o: object, place: Place) -> object | None:
    """Without "of": only a year that is clearly meant ("June last year", "fourth quarter 2008")."""
    if "\n" in place.surface:
        return None
    if isinstance(o, int) or isinstance(o, Named):
        if not (isinstance(i, Named | Step) and i.unit in ("quarter", "half", "season", "week")):
            return None
    elif (isinstance(o, Step) and o.base == "previous") or isinstance(o, Away):
        return None
    return _within(i, o, place)


def _owned(
    o: object,
    place: Place,
    i: object = None,
    s: str | None = None,
    m: str | None = None,
    d: str | None = None,
) -> object | None:
    """This year's summer, last year's third quarter, last week's Sunday."""
    if s:
        i = Named("season", season=w.SEASONS[s])
    elif m:
        if not re.search(r"[A-Z][a-z]+\Z", place.surface):
            return None
        i = Named("month", month=month_of(m))
    elif d:
        i = Named("day", weekday=weekday_of(d))
    return _within(i, o, place)


def _nth(n: object, u: str, o: object, place: Place) -> Within | None:
    number = -1 if n in ("last", "final", "closing") else 1 if n == "opening" else ordinal_of(n)
    unit = unit_of(u)
    outer = Named("year", year=o) if isinstance(o, int) else o
    if unit is None or u in w.PLURAL_UNITS or (isinstance(outer, Named) and outer.unit == "day"):
        return None
    return Within(Nth(number, unit=unit), outer)


def _nth_weekday(n: object, d: Named, o: object) -> Within | None:
    if d.weekday is None or d.day is not None:
        return None
    number = -1 if n == "last" else ordinal_of(n)
    return Within(Nth(number, weekday=d.weekday), Named("year", year=o) if isinstance(o, int) else o)


def _nth_weekday_of_unit(n: object, d: Named, u: str, place: Place) -> Within | Every | None:
    unit = unit_of(u)
    if unit is None or u in w.PLURAL_UNITS or unit in ("day", "week"):
        return None
    if " each " in place.surface:
        return Every(f"P1{unit[0].upper()}")
    return _nth_weekday(n, d, Step(unit, 0, "context"))


def _nth_of_unit(n: object, u: str, b: str) -> Within | None:
    """The first week of the month."""
    number = -1 if n in ("last", "final") else ordinal_of(n)
    unit, big = unit_of(u), unit_of(b)
    if unit is None or big is None or u in w.PLURAL_UNITS or SIZE[unit] >= SIZE[big]:
        return None
    return Within(Nth(number, unit=unit), Step(big, 0, "context"))


def _first_units(n: object, a: Amount, o: object, place: Place) -> Within | None:
    """The first three months of 2022."""
    if n not in ("first", "last", "final", "opening", "closing") and ordinal_of(n) != 1:
        return None
    (count, unit), *more = a.numbers
    if more or count is None or unit not in SIZE or count != int(count):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    sign = -1 if n in ("last", "final", "closing") else 1
    return Within(Nth(sign, unit=unit, count=int(count)), outer)


def _first_units_of(n: object, a: Amount, b: str, place: Place) -> Within | None:
    unit = unit_of(b)
    return None if unit is None else _first_units(n, a, Step(unit, 0, "context"), place)


def _last_units(v: Window, o: object, place: Place) -> Within | None:
    return _first_units("last", v.amount, o, place) if v.sign < 0 else None


def _last_units_of(v: Window, b: str, place: Place) -> Within | None:
    return _first_units_of("last", v.amount, b, place) if v.sign < 0 else None


_REPORTED = re.compile(
    r"\s*(?:[,.;:)]|\Z)|\s+(?:net|profits?|sales|earnings|results?|revenues?|loss|this|last|to|were|was|rose|fell|ended|"
    r"compared|against|from|with|and|by|production|output|exports|imports)\b"
)


def _first_months(n: object, a: Amount, place: Place) -> Within | None:
    """The first nine months, in a report: of the year."""
    (count, unit), *more = a.numbers
    if more or unit != "month" or count not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11) or ordinal_of(n) != 1:
        return None
    if not _REPORTED.match(place.right(16)):
        return None
    return Within(Nth(1, unit="month", count=int(count)), Step("year", 0, "report"))


def _part(p: str, o: object, place: Place) -> Part | None:
    if "\n" in place.surface or isinstance(o, Part):
        return None
    if isinstance(o, At) and o.clock.value[1:2].isdigit():
        return None
    if p == "mid" and isinstance(o, Step | Away) and not isinstance(o, Step):
        return None
    return Part(w.PARTS.get(p, p), o)


def _part_of(p: str, o: object, place: Place) -> Part | None:
    if isinstance(o, Named) and o.unit == "day" and o.day is None and p not in ("early", "late"):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    return Part(w.PARTS[p], outer)


def _end_plain(p: str, o: object, place: Place) -> Part | None:
    """End-March, end 2024."""
    if (isinstance(o, Named) and o.unit in ("month", "year", "quarter", "decade")) or isinstance(o, Step):
        if (
            not re.search(
                r"\b(?:by|at|since|until|till|to|of|from|as\s+of|before|after|for|through|the|on|in)\s+\Z",
                place.left(10),
            )
            and "-" not in place.surface
        ):
            return None
        return Part("late", o)
    return None


def _part_of_unit(p: str, u: str, place: Place) -> Part | None:
    unit = unit_of(u)
    if unit is None or u in w.PLURAL_UNITS or unit == "day":
        return None
    if re.match(r"\s+of\b|['’]s\b", place.right(4)):
        return None
    return Part(w.PARTS[p], Step(unit, 0, "context"))


def _year_end(u: str, place: Place) -> Part | None:
    unit = unit_of(u)
    if unit not in ("year", "month", "quarter", "week") or re.match(
        r"[\s-]+(?:bonus|party|parties|list|lists|holidays?)\b", place.right(10)
    ):
        return None
    return Part("late", Step(str(unit), 0, "context"))


def _mid_unit(u: str, place: Place) -> Part | None:
    unit = unit_of(u)
    return (
        Part("mid", Step(unit, 0, "context"))
        if unit in ("year", "month", "week", "quarter", "decade", "century")
        else None
    )


def _half_of(n: object, o: object, place: Place) -> Part | Within | None:
    number = 2 if n in ("latter", "last", "final") else 1 if n == "former" else ordinal_of(n)
    if number not in (1, 2):
        return None
    outer = Named("year", year=o) if isinstance(o, int) else o
    if isinstance(outer, Named) and outer.unit == "year" and outer.year:
        return _within(Named("half", number=number), outer, place)  # type: ignore[return-value]
    if is_relative_year(outer):
        return Within(Named("half", number=number), outer)
    return Part("first_half" if number == 1 else "second_half", outer)


def _half_of_unit(n: object, u: str, place: Place) -> Part | Within | None:
    unit = unit_of(u)
    if unit is None or unit == "day" or u in w.PLURAL_UNITS:
        return None
    return _half_of(n, Step(unit, 0, "context"), place)


def _inside_unit(i: Named, u: str) -> Within | None:
    """The first quarter of the year."""
    if unit_of(u) != "year" or u in w.PLURAL_UNITS or not isinstance(i, Named) or i.year is not None:
        return None
    return Within(i, Step("year", 0, "context"))


def _later_in(u: str, place: Place) -> Step | None:
    unit = unit_of(u)
    return Step(unit, 0, "context") if unit and u not in w.PLURAL_UNITS else None


def _rest_of(u: str, place: Place) -> Step | None:
    unit = unit_of(u)
    return (
        Step(unit, 0, "context")
        if unit in ("year", "month", "week", "quarter", "decade", "century")
        else None
    )


def _rest_of_date(o: object) -> Part:
    return Part("late", o)


def _ago(a: Amount, place: Place) -> Away:
    return Away(a, -1)


def _unit_ago(u: str, place: Place) -> Away | Vague | None:
    if u in w.PLURAL_UNITS:
        return Vague("PAST_REF")
    return Away(amount(1, u), -1)


def _earlier(sign: int, base: object = "previous"):  # type: ignore[no-untyped-def]
    def make(place: Place, a: Amount | None = None, u: str | None = None) -> Away | None:
        if u is not None:
            if u in w.PLURAL_UNITS:
                return None
            a = amount(1, u)
        return None if a is None else Away(a, sign, base)

    return make


_NOT_WHEN = re.compile(
    r"\b(?:first|second|third|fourth|fifth|time|times|once|twice|more|most|\w+est|only|worst|best)\s+(?:\w+\s+){0,3}\Z"
)


def _ahead(a: Amount, place: Place) -> Ahead | None:
    if (
        _NOT_WHEN.search(place.left(40).rpartition("in ")[0])
        or a.long_unit
        or a.high
        or re.match(r"\s+(?:of|or|and)\b|['’]", place.right(5))
    ):
        return None
    return Ahead(a) if all(count is not None for count, _ in a.numbers) and a.numbers[-1][1] in SIZE else None


def _ahead_one(u: str, place: Place) -> Ahead | None:
    if (
        u in w.PLURAL_UNITS
        or u not in ("week", "month", "year", "fortnight")
        or re.match(r"\s+(?:when|that|where|of|or|in)\b|['’-]", place.right(8))
    ):
        return None
    return _ahead(amount(1, u), place)


_CLAUSE_END = re.compile(r"\s*(?:[.,;:)!?”\"]|\Z|\s(?:and|but|or|when|while|with|in|at)\b)")


def _before_alone(sign: int):  # type: ignore[no-untyped-def]
    """A year before, the day after: alone, not before or after an event."""

    def make(place: Place, a: Amount | None = None, u: str | None = None) -> Away | None:
        if not _CLAUSE_END.match(place.right(8)) or u in w.PLURAL_UNITS:
            return None
        return _earlier(sign)(place=place, a=a, u=u)  # type: ignore[no-any-return]

    return make


def _from_date(sign: int):  # type: ignore[no-untyped-def]
    def make(o: object, place: Place, a: Amount | None = None, u: str | None = None) -> Away | None:
        if u in w.PLURAL_UNITS and u is not None:
            return None
        length = a or amount(1, str(u))
        if re.search(r"\b(?:straight|consecutive|successive)\b", place.surface.lower()):
            return None
        if " from " in place.surface.lower() and (
            re.match(r"\s+(?:to|until|through)\b", place.right(10)) or not isinstance(o, Step | Next)
        ):
            return None
        return Away(length, sign, Named("year", year=o) if isinstance(o, int) else o)

    return make


_MOVED = re.compile(
    r"\b(?:mov|postpon|delay|chang|push|brought|bring|reschedul|shift|switch|put\s+back|defer|advanc)\w*\b"
    r"[^.;]{0,60}\bfrom\s+(?:the\s+)?\Z"
)


def _unit(value: object) -> str:
    """The unit of a name, or of what lies inside another."""
    inner = value.inner if isinstance(value, Within) else value
    return inner.unit if isinstance(inner, Named) else ""


def _range(a: object, b: object, place: Place) -> Range | None:
    if (
        ("\n" in place.surface and re.search(r"[-–—]", place.surface))
        or isinstance(a, Range)
        or isinstance(b, Range)
    ):
        return None
    if _MOVED.search(place.left(90)) and not re.search(r"[-–—]", place.surface):
        return None
    if isinstance(a, int):
        a = Named("year", year=a)
    if isinstance(b, int):
        b = Named("year", year=b)
    if isinstance(a, Away | Window) or isinstance(b, Window):
        return None
    if _unit(a) in ("half", "quarter") and _unit(b) == "day":
        return None
    return Range(a, b)


def _day_range(m: str, d: object, e: object, place: Place, y: int | None = None) -> Range | None:
    month, first, last = month_of(m), day_of(d), day_of(e)
    if not (possible(y, month, first) and possible(y, month, last) and first < last) or re.match(
        r"\s*[%:]|[.,]\d", place.right(3)
    ):
        return None
    if (
        y is None
        and m in ("may", "march", "mar")
        and not place.text[place.start + place.low[place.start : place.end].find(m)].isupper()
    ):
        return None
    return Range(Named("day", year=y, month=month, day=first), Named("day", year=y, month=month, day=last))


def _days_listed(place: Place, m: str, y: int | None = None) -> Listed | None:
    """June 22 and 23, 2024: each a mention; the first or last takes the month into its span."""
    month = month_of(m)
    numbered = [
        item
        for item in place.items
        if isinstance(item.value, int) and not (item.value == y and item is place.items[-1])
    ]
    ordinals = [item for item in place.items if not isinstance(item.value, int | str)]
    days = sorted([*numbered, *ordinals], key=lambda item: item.start)
    days = [item for item in days if 1 <= day_of(item.value) <= 31]
    if len(days) < 2 or not all(possible(y, month, day_of(item.value)) for item in days):
        return None
    values = [day_of(item.value) for item in days]
    if values != sorted(set(values)) or re.match(
        r"\s*[%:]|[.,]\d|\s(?:percent|pct|people|points|million|billion|years?|months?|of\b)", place.right(10)
    ):
        return None
    if (
        y is None
        and m in ("may", "march", "mar")
        and not place.text[place.start + place.low[place.start : place.end].find(m)].isupper()
    ):
        return None
    made = []
    for index, item in enumerate(days):
        start = place.start if index == 0 else item.start
        end = place.end if index == len(days) - 1 else item.end
        made.append(
            (start, end, Named("day", year=y, month=month, day=day_of(item.value), notes=("listed",)))
        )
    return Listed(tuple(made))


def _months_listed(place: Place) -> Listed | None:
    """March and April 2023, July and August last year: the first ones take the year of the last."""
    items = [item for item in place.items if not isinstance(item.value, str)]
    if len(items) < 2 or not all(isinstance(item.value, Named | Within) for item in items):
        return None
    *others, last = items
    outer = last.value.outer if isinstance(last.value, Within) else None
    named = last.value.inner if isinstance(last.value, Within) else last.value
    if not isinstance(named, Named) or (outer is None and named.year is None) or not others:
        return None
    if named.unit not in ("month", "quarter", "season", "half", "day") or (
        named.unit == "day" and named.day is None
    ):
        return None
    if any(
        not isinstance(i.value, Named) or i.value.unit != named.unit or i.value.year is not None
        for i in others
    ):
        return None
    if named.unit == "day" and any(i.value.day is None for i in others):
        return None
    made = [
        (i.start, i.end, Within(i.value, outer) if outer else replace(i.value, year=named.year))
        for i in others
    ]
    return Listed((*made, (last.start, last.end, last.value)))


def _centuries_listed(place: Place) -> Listed | None:
    """The 19th and 20th centuries, the third and fourth quarters."""
    unit = "century" if "centur" in place.surface.lower() else "quarter"
    ordinals = [item for item in place.items if not isinstance(item.value, str) or item.value in w.ORDINALS]
    ordinals = [item for item in ordinals if item.value not in w.PARTS]
    if len(ordinals) < 2 or (unit == "quarter" and any(ordinal_of(item.value) > 4 for item in ordinals)):
        return None
    made: list[tuple[int, int, object]] = []
    for index, item in enumerate(ordinals):
        end = place.end if item is ordinals[-1] else item.end
        at = place.items.index(item)
        before = [i for i in place.items[max(0, at - 2) : at] if i.value in w.PARTS]
        named = Named(unit, number=ordinal_of(item.value))
        start = before[0].start if before else item.start
        made.append((start, end, Part(w.PARTS[str(before[0].value)], named) if before else named))
    return Listed(tuple(made))


def _months_quarter(m: str, e: str, place: Place, y: int | None = None) -> object | None:
    """The January/March quarter."""
    first, last = month_of(m), month_of(e)
    if not place.text[place.start].isupper():
        return None
    if last - first == 2 and first % 3 == 1:
        return Named("quarter", year=y, number=(first + 2) // 3)
    if last - first == 5 and first in (1, 7):
        return Named("half", year=y, number=1 if first == 1 else 2)
    return Range(Named("month", year=y, month=first), Named("month", year=y, month=last))


def _month_quarter(m: str, place: Place, y: int | None = None) -> Named | None:
    """The September quarter."""
    month = month_of(m)
    if month % 3 or not place.text[place.start].isupper():
        return None
    return Named("quarter", year=y, number=month // 3)


def _year_to_short(a: int, b: int, place: Place) -> Years | None:
    """From 1846 to 48."""
    last = a // 100 * 100 + b
    if (
        not re.search(r"\s\d\d\Z", place.surface)
        or not a < last < a + 60
        or re.match(r"[\s-]*(?:[a-z%]|\d|[.,:]\d)", place.right(4))
    ):
        return None
    return Years(a, last)


def _at(o: object, c: Clock, place: Place) -> At | None:
    if "\n" in place.surface and "," not in place.surface:
        return None
    if isinstance(o, Part):
        return None
    if isinstance(o, At):
        return At(o.date, c) if not o.clock.value[1:2].isdigit() else None
    return At(o, c)


_HALVES = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "pm"}


def _clock_of_day(c: Clock, d: Clock) -> Clock | None:
    """1:00 in the afternoon."""
    if d.value not in _HALVES or not c.value[1:3].isdigit() or c.last:
        return None
    value = clocks.time_value(int(c.value[1:3]), int(c.value[4:6]), None, _HALVES[d.value])
    return replace(c, value=value) if value else None


def _hour_of_day(h: object, d: Clock, place: Place) -> Clock | None:
    hour = value_of(h)
    if (
        hour is None
        or d.value not in _HALVES
        or not 1 <= hour <= 12
        or not re.search(r"\b(?:at|by|until|till|around|about|from|to|of)\s+\Z", place.left(8))
    ):
        return None
    return Clock(str(clocks.time_value(int(hour), 0, None, _HALVES[d.value])))


def _daypart(o: object, p: str, place: Place) -> At | Part | None:
    clock = Clock(f"T{w.DAYPARTS[p]}")
    if "\n" in place.surface:
        return None
    if p == "mornings" or p.endswith("s"):
        return None
    return Part(o.part, At(o.of, clock)) if isinstance(o, Part) else At(o, clock)


def _fiscal(place: Place, y: object = None, r: str | None = None) -> object | None:
    if isinstance(y, Named):
        return replace(y, fiscal=True)
    if isinstance(y, Years):
        return replace(y, fiscal=True)
    if isinstance(y, Step):
        return replace(y, fiscal=True)
    if isinstance(y, int):
        if y >= 1000:
            return Named("year", year=y, fiscal=True)
        return Named("year", year=y, short_year=True, fiscal=True) if 0 <= y <= 99 else None
    return None


def _fiscal_step(place: Place, r: str) -> Step | None:
    if r in w.THIS_WORDS:
        return Step("year", 0, fiscal=True)
    if r in w.LAST_WORDS:
        return Step(
            "year", -1, "previous" if r in ("previous", "preceding", "prior") else "published", fiscal=True
        )
    return Step(
        "year", 1, "previous" if r in ("following", "ensuing", "subsequent") else "published", fiscal=True
    )


def _fiscal_quarter(i: Named) -> Named:
    return replace(i, fiscal=True)


def _fy(y: int, place: Place) -> object | None:
    if not place.surface.startswith("FY"):
        return None
    return _fiscal(place, y)


def _fy_pair(y: int, z: int, place: Place) -> Years | None:
    if not place.surface.startswith("FY"):
        return None
    first = y if y >= 1000 else 2000 + y
    return Years(first, first + 1, fiscal=True) if (first + 1) % 100 == z % 100 else None


def _quarter_ended(i: object, o: object) -> Ending | None:
    """The third quarter ended March 31."""
    return Ending(i, o) if isinstance(i, Named) and i.year is None and isinstance(o, Named) else None


def _year_ago_inside(u: str, i: object) -> Within | None:
    """The year-ago second quarter."""
    return Within(i, Step("year", -1)) if u == "year" and isinstance(i, Named) and i.year is None else None


def _season_of(s: str, o: object, place: Place) -> object | None:
    """The summer of that year, winter of 2022-23; not the song."""
    if " Of " in place.surface:
        return None
    return _within(Named("season", season=w.SEASONS[s]), o, place)


def _week_of(o: object) -> Within:
    return Within(Nth(0, unit="week"), o)


def _same_unit_of(u: str, o: object) -> Within | None:
    """The same month last year."""
    unit = unit_of(u)
    if unit not in ("month", "quarter", "week", "day"):
        return None
    return Within(Step(unit, 0, "previous"), o)


def _day_of_month(d: object, o: object, place: Place) -> Within | None:
    """The 20th of next month."""
    day = day_of(d)
    return Within(Nth(day, unit="day"), o) if 1 <= day <= 31 else None


def _ago_today(a: Away, o: object) -> Away | None:
    return Away(a.amount, a.sign, o) if a.base == "published" else None


_INNER = "i:(N_MONTH|N_QUARTER|N_HALF|N_SEASON|N_DAY|N_FEAST|N_WEEKDAY|N_WEEK)"

FIRST: tuple[Rule, ...] = (
    rule(
        "from day to day of a month", "m:MONTH d:(DAY|ORD) (DASH|TO) e:(DAY|ORD) (,? of? y:YEAR)?", _day_range
    ),
    rule(
        "from day to day of a month",
        "d:(DAY|ORD) (DASH|TO) e:(DAY|ORD) of? m:MONTH (,? of? y:YEAR)?",
        _day_range,
    ),
    rule(
        "from day to day of a month",
        "between < d:(DAY|ORD) and e:(DAY|ORD) of? m:MONTH (,? of? y:YEAR)? >",
        _day_range,
    ),
    rule(
        "from day to day of a month",
        "between < m:MONTH d:(DAY|ORD) and e:(DAY|ORD) (,? of? y:YEAR)? >",
        _day_range,
    ),
    rule(
        "days of a month",
        "m:MONTH (DAY|ORD) ((,|and|or) (DAY|ORD))? ((,|and|or) (DAY|ORD))? ,? (and|or) (DAY|ORD) (,? of? y:YEAR)?",
        _days_listed,
    ),
    rule(
        "days of a month",
        "(DAY|ORDD) ((,|and|or) (DAY|ORDD))? ((,|and|or) (DAY|ORDD))? ,? (and|or) (DAY|ORDD) of? m:MONTH (,? of? y:YEAR)?",
        _days_listed,
    ),
    rule(
        "quarter by its months",
        "(the|this|current|last|next)? < m:MONTH (DASH|/|to) e:MONTH (DASH)? (quarter|qtr|period|half) > (,? of? YEAR)?",
        _months_quarter,
    ),
    rule(
        "quarter by its months",
        "m:MONTH (DASH|/|to) e:MONTH (quarter|qtr|period|half) ,? of? y:YEAR",
        _months_quarter,
    ),
    rule("quarter by its months", "m:MONTH / e:MONTH", _months_quarter),
    rule("quarter by its last month", "m:MONTH (quarter|qtr)", _month_quarter),
    rule("quarter by its last month", "m:MONTH (quarter|qtr) ,? of? y:YEAR", _month_quarter),
    rule("quarter by its months", "m:MONTH / e:MONTH ,? of? y:YEAR", _months_quarter),
    rule("year to short year", "from < a:YEAR to b:(DAY|INT) >", _year_to_short),
    rule(
        "centuries or quarters listed",
        "(PART DASH?)? ORD (, ORD)? ,? (and|or|to|DASH) (PART DASH?)? ORD DASH? (centuries|quarters|century)",
        _centuries_listed,
    ),
    rule("fiscal year", "FISCAL year? y:YEAR", _fiscal),
    rule("fiscal year", "y:YEAR FISCAL year", _fiscal),
    rule("fiscal year", "FISCAL year APOS y:(DAY|INT)", _fiscal),
    rule("fiscal year", "r:(THIS|LAST|NEXT) FISCAL year", _fiscal_step),
    rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR)", _fy),
    rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR) (DASH|/) z:(DAY|INT|YEAR)", _fy_pair),
)

INNER: tuple[Rule, ...] = (
    rule("fiscal year", "FISCAL year? y:(N_YEAR|N_YEARS)", _fiscal),
    rule("fiscal year", "y:(N_YEAR|N_YEARS) FISCAL year", _fiscal),
    rule("fiscal quarter", "FISCAL i:(N_QUARTER|N_HALF)", _fiscal_quarter),
    rule("quarter that ended", "o:N_DAY i:(N_QUARTER|N_HALF)", _quarter_ended),
    rule("a year ago's quarter", "u:UNIT DASH (ago|earlier) i:(N_QUARTER|N_HALF|N_MONTH)", _year_ago_inside),
    rule("a year ago's quarter", "u:UNIT ago i:(N_QUARTER|N_HALF)", _year_ago_inside),
    rule(
        "quarter that ended",
        "< i:(N_QUARTER|N_HALF) > (ended|ending|to) on? o:(N_DAY|N_MONTH)",
        _quarter_ended,
    ),
    rule("inside a year", f"{_INNER} (of|in) the? o:BIG", _within),
    rule("inside a year", f"{_INNER} of the? o:YEAR", _within),
    rule("inside a year", f"{_INNER} ,? o:BIG", _within_plain),
    rule("inside a year", f"{_INNER} ,? o:YEAR", _within_plain),
    rule(
        "a year's inside",
        "o:BIG POSS (s:SEASON|m:MONTH|d:WEEKDAY|i:(N_QUARTER|N_HALF|N_MONTH|N_WEEKDAY|N_FEAST|N_SEASON))",
        _owned,
    ),
    rule("a year's inside", "o:(N_YEAR|YEAR) i:(N_QUARTER|N_HALF)", _within_plain),
    rule("season of", "s:SEASON of the? o:BIG", _season_of),
)
"""What lies inside a year, before anything is said of the whole."""

RULES: tuple[Rule, ...] = (
    rule("nth unit of", "n:(ORD|last|final|opening|closing) u:UNIT (of|in) the? o:(BIG|YEAR)", _nth),
    rule("nth weekday of", "n:(ORD|last) d:N_WEEKDAY (of|in) the? o:(BIG|YEAR)", _nth_weekday),
    rule(
        "nth unit of",
        "n:ORD u:UNIT o:(N_YEAR|N_MONTH|N_WEEK)",
        lambda n, u, o, place: _nth(n, u, o, place) if isinstance(o, Step) else None,
    ),
    rule(
        "nth weekday of",
        "n:ORD d:N_WEEKDAY o:N_MONTH",
        lambda n, d, o: _nth_weekday(n, d, o) if isinstance(o, Next) else None,
    ),
    rule(
        "nth weekday of the unit", "n:(ORD|last) d:N_WEEKDAY (of|in) (the|each) u:UNIT", _nth_weekday_of_unit
    ),
    rule("nth unit of the unit", "n:(ORD|last|final) u:UNIT of the b:UNIT", _nth_of_unit),
    rule(
        "first units of", "n:(ORD|last|final|opening|closing) a:N_AMOUNT of the? o:(BIG|YEAR)", _first_units
    ),
    rule(
        "first units of the unit",
        "n:(ORD|last|final|opening|closing) a:N_AMOUNT of the b:UNIT",
        _first_units_of,
    ),
    rule("last units of", "v:N_WINDOW of the? o:(BIG|YEAR)", _last_units),
    rule("last units of the unit", "v:N_WINDOW of the b:UNIT", _last_units_of),
    rule("first months", "n:ORD a:N_AMOUNT", _first_months),
    rule("early, mid or late", "p:(early|late|mid) DASH? o:(DATE|N_AT)", _part),
    rule("early, mid or late in", "p:(early|late) (in|on) the? o:DATE", _part_of),
    rule("end or beginning of", "p:PART of the? o:(DATE|YEAR)", _part_of),
    rule(
        "early or late part of", "p:(early|late|middle|opening|closing) part of the? o:(DATE|YEAR)", _part_of
    ),
    rule(
        "latter part of",
        "latter part of the? o:(DATE|YEAR)",
        lambda o: Part("late", Named("year", year=o) if isinstance(o, int) else o),
    ),
    rule("end and unit", "p:end DASH? o:DATE", _end_plain),
    rule("end or beginning of the unit", "p:PART of the? u:UNIT", _part_of_unit),
    rule("year-end", "u:UNIT DASH? end", _year_end),
    rule("mid-year", "mid DASH? u:UNIT", _mid_unit),
    rule("half of", "n:(ORD|latter|former|last) half of the? o:(BIG|YEAR)", _half_of),
    rule("inside the unit", "i:(N_HALF|N_QUARTER|N_MONTH|N_SEASON) of the u:UNIT", _inside_unit),
    rule("half of the unit", "n:(ORD|latter|former|last) half of the u:UNIT", _half_of_unit),
    rule("later in the unit", "(later|earlier|early|late) in the u:UNIT", _later_in),
    rule("rest of the unit", "(rest|remainder|balance) of the u:UNIT", _rest_of),
    rule("rest of", "(rest|remainder|balance) of the? o:BIG", _rest_of_date),
    rule("week of a day", "week of the? o:N_DAY", _week_of),
    rule("week that ends", "week (ending|ended|to) on? o:N_DAY", lambda o: SevenDays(o, -1)),
    rule("week that begins", "week (beginning|starting|commencing) on? o:N_DAY", lambda o: SevenDays(o, 1)),
    rule("same unit of", "same u:UNIT (of|in)? the? o:N_YEAR", _same_unit_of),
    rule("day of a relative month", "d:(ORDD|N_ORDINAL) day? of the? o:N_MONTH", _day_of_month),
    rule("ago", "a:N_AMOUNT DASH? ago", _ago),
    rule(
        "ago",
        "a:N_AMOUNT back",
        lambda a, place: (
            Away(a, -1) if re.match(r"\s*[,.;)]|\s+(?:when|that)\b|\Z", place.right(6)) else None
        ),
    ),
    rule("unit ago", "u:UNIT DASH? ago", _unit_ago),
    rule("ago, from a day", "a:N_AWAY (on|this)? o:N_DAY", _ago_today),
    rule("earlier", "a:N_AMOUNT DASH? (earlier|previously|beforehand)", _earlier(-1)),
    rule("earlier", "u:UNIT DASH? (earlier|previously)", _earlier(-1)),
    rule(
        "later",
        "a:N_AMOUNT (later|afterwards|afterward|thereafter|on)",
        lambda a, place: (
            None if re.search(r"\bon\Z", place.surface.lower()) else _earlier(1)(place=place, a=a)
        ),
    ),
    rule("later", "u:UNIT DASH? (later|afterwards|afterward)", _earlier(1)),
    rule("in a length of time", "in (just|about|around|the)? < a:N_AMOUNT >", _ahead),
    rule("in a length of time", "in (a|an) < u:UNIT >", _ahead_one),
    rule("times a unit", "N_AMOUNT (a|per|each|every) u:UNIT", durations.times),
    rule("from now", "a:N_AMOUNT from now", lambda a: Away(a, 1)),
    rule("from now", "u:UNIT from now", lambda u: None if u in w.PLURAL_UNITS else Away(amount(1, u), 1)),
    rule("in some time's time", "a:N_AMOUNT (POSS|APOS) time", lambda a: Away(a, 1)),
    rule("in some time's time", "in a? < u:UNIT POSS time >", lambda u: Away(amount(1, u), 1)),
    rule("before, alone", "a:N_AMOUNT before", _before_alone(-1)),
    rule("before, alone", "u:UNIT before", _before_alone(-1)),
    rule("after, alone", "a:N_AMOUNT after", _before_alone(1)),
    rule("after, alone", "u:UNIT after", _before_alone(1)),
    rule("before a date", "a:N_AMOUNT (before|prior to|ahead of) the? o:(DATE|YEAR)", _from_date(-1)),
    rule("before a date", "u:UNIT (before|prior to) the? o:(DATE|YEAR)", _from_date(-1)),
    rule("after a date", "a:N_AMOUNT (after|from|following) the? o:(DATE|YEAR)", _from_date(1)),
    rule("after a date", "u:UNIT (after|from|following) the? o:(DATE|YEAR)", _from_date(1)),
    rule("time on a day", "c:N_CLOCK ,? on? the? o:(DAYN|N_AT)", lambda c, o, place: _at(o, c, place)),
    rule("day at a time", "o:(DAYN|N_AT) ,? (at|by|from|around|about|before|after|until)? c:N_CLOCK", _at),
    rule("part of a day", "o:DAYN p:DAYPART", _daypart),
    rule("part of a day", "o:N_PART p:DAYPART", _daypart),
    rule("part of a day", "p:DAYPART of the? o:DAYN", _daypart),
    *clocks.LATE,
    rule("clock time in the morning", "c:N_CLOCK in the d:N_CLOCK", _clock_of_day),
    rule("clock time in the morning", "h:(DAY|N_NUMBER) in the d:N_CLOCK", _hour_of_day),
    *durations.LATE,
)

OUTER: tuple[Rule, ...] = (
    rule("from date to date", "a:DATE (DASH|TO) the? b:DATE", _range),
    rule("from date to date", "a:DATE DASH DASH b:DATE", _range),
    rule("from date to date", "a:N_DAY / b:N_DAY", _range),
    rule("from date to date", "a:YEAR (DASH|TO) b:N_YEAR", _range),
    rule("from date to date", "a:N_YEAR TO b:YEAR", _range),
    rule("from date to date", "between < a:DATE and the? b:DATE >", _range),
    rule(
        "months listed",
        "(LISTED (, LISTED)? (, LISTED)? ,? (and|or) LISTED)".replace(
            "LISTED", "(N_MONTH|N_QUARTER|N_DAY|N_SEASON)"
        ),
        _months_listed,
    ),
)
"""Ranges and lists, when what they are made of is whole."""
