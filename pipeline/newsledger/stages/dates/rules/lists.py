"""Ranges and lists: March 3-5, from 2019 to 2022, June 22 and 23, the January/March quarter."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.context_cues import is_dateline
from newsledger.stages.dates.expressions import (
    At,
    Away,
    Fixed,
    Listed,
    Named,
    Part,
    Range,
    Step,
    Window,
    Within,
    Years,
)
from newsledger.stages.dates.rules.absolute import day_of, month_of, possible, weekday_of
from newsledger.stages.dates.rules.numbers import ordinal_of

_MOVED = re.compile(
    r"\b(?:mov|postpon|delay|chang|push|brought|bring|reschedul|shift|switch|put\s+back|defer|advanc)\w*\b"
    r"[^.;]{0,60}(?<!run )(?<!runs )(?<!running )\bfrom\s+(?:the\s+)?\Z"
)


def _unit(value: object) -> str:
    """The unit of a name, or of what lies inside another."""
    inner = value.inner if isinstance(value, Within) else value
    return inner.unit if isinstance(inner, Named) else ""


def _is_city_date(span: Span) -> bool:
    """Whether the dash ends a dateline: "CHICAGO, June 18 - March 31 was a bad day"."""
    first = span.items[0]
    if first.start - span.segment_start > 80:
        return False
    return bool(re.search(r"\b[A-Z]{3,}\b", span.text[span.segment_start : first.start])) and is_dateline(
        span.text, span.segment_start, first.start, first.end
    )


def _range(a: object, b: object, span: Span) -> Range | None:
    if (
        ("\n" in span.surface and re.search(r"[-–—]", span.surface))
        or isinstance(a, Range)
        or isinstance(b, Range)
    ):
        return None
    if isinstance(a, Years) and _unit(b) in ("day", "month"):
        return None
    if isinstance(a, Part) and isinstance(a.of, Step) and a.of.base == "context" and _unit(b) == "day":
        return None
    if _MOVED.search(span.left(90)) and not re.search(r"[-–—]", span.surface):
        return None
    if isinstance(a, int):
        a = Named("year", year=a)
    if isinstance(b, int):
        b = Named("year", year=b)
    if isinstance(a, Away | Window) or isinstance(b, Window):
        return None
    if isinstance(b, Away) and re.search(r"[-–—]", span.surface):
        return None
    if re.search(r"[-–—]", span.surface) and (isinstance(b, Step) or _is_city_date(span)):
        return None
    if _unit(a) in ("half", "quarter") and _unit(b) == "day":
        return None
    return Range(a, b)


def _times_apart(a: At, b: At, span: Span) -> Range | None:
    """9 a.m. Monday to noon Tuesday."""
    return None if "\n" in span.surface or a.clock.last or b.clock.last else Range(a, b)


def _day_range(m: str, d: object, e: object, span: Span, y: int | None = None) -> Range | Fixed | None:
    month, first, last = month_of(m), day_of(d), day_of(e)
    if y and first < last <= 31 and possible(y, month, first) and not possible(y, month, last):
        value = f"{y}-{month:02d}-{first:02d}/{y}-{month:02d}-{last:02d}"
        return Fixed(value, note="no such day in the calendar")
    if not (possible(y, month, first) and possible(y, month, last) and first < last) or re.match(
        r"\s*[%:]|[.,]\d", span.right(3)
    ):
        return None
    if (
        y is None
        and m in ("may", "march", "mar")
        and not span.text[span.start + span.low[span.start : span.end].find(m)].isupper()
    ):
        return None
    return Range(Named("day", year=y, month=month, day=first), Named("day", year=y, month=month, day=last))


def _days_listed(span: Span, m: str, y: int | None = None) -> Listed | None:
    """June 22 and 23, 2024: each a mention; the first or last takes the month into its span."""
    month = month_of(m)
    numbered = [
        item
        for item in span.items
        if isinstance(item.value, int) and not (item.value == y and item is span.items[-1])
    ]
    ordinals = [item for item in span.items if not isinstance(item.value, int | str)]
    days = sorted([*numbered, *ordinals], key=lambda item: item.start)
    days = [item for item in days if 1 <= day_of(item.value) <= 31]
    if len(days) < 2 or not all(possible(y, month, day_of(item.value)) for item in days):
        return None
    values = [day_of(item.value) for item in days]
    if values != sorted(set(values)) or re.match(
        r"\s*[%:]|[.,]\d|\s(?:percent|pct|people|points|million|billion|years?|months?|of\b)", span.right(10)
    ):
        return None
    if (
        y is None
        and m in ("may", "march", "mar")
        and not span.text[span.start + span.low[span.start : span.end].find(m)].isupper()
    ):
        return None
    made = []
    for index, item in enumerate(days):
        start = span.start if index == 0 else item.start
        end = span.end if index == len(days) - 1 else item.end
        made.append(
            (start, end, Named("day", year=y, month=month, day=day_of(item.value), notes=("listed",)))
        )
    return Listed(tuple(made))


def _weekdays_paired(
    v: str, n: str, m: str, d: object, e: object, span: Span, y: int | None = None
) -> Listed | Range | None:
    """Monday and Tuesday, October 11 and 12: each weekday with its day."""
    month, first, last = month_of(m), day_of(d), day_of(e)
    apart = (weekday_of(n) - weekday_of(v)) % 7
    if not (possible(y, month, first) and possible(y, month, last)) or last - first != apart or not apart:
        return None
    days = (
        Named("day", year=y, month=month, day=first, weekday=weekday_of(v)),
        Named("day", year=y, month=month, day=last, weekday=weekday_of(n)),
    )
    if not re.search(r"\b(?:and|or)\b", span.surface):
        return Range(*days)
    weekdays = [item for item in span.items if item.value in (v, n)]
    at = next(item.start for item in span.items if item.value == m)
    one = next(item.end for item in span.items if item.start > at)
    other = next(item for item in span.items if item.start > one and not isinstance(item.value, str))
    spans = ((weekdays[0].start, weekdays[0].end), (weekdays[-1].start, weekdays[-1].end), (at, one))
    made = [(start, end, day) for (start, end), day in zip(spans, (*days, days[0]), strict=True)]
    return Listed((*made, (other.start, span.end, days[1])))


def _months_listed(span: Span) -> Listed | None:
    """March and April 2023, July and August last year: the first ones take the year of the last."""
    items = [item for item in span.items if not isinstance(item.value, str)]
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


def _centuries_listed(span: Span, y: int | None = None, r: str | None = None) -> Listed | None:
    """The 19th and 20th centuries, the third and fourth quarters of 1986 or of last year."""
    unit = "century" if "centur" in span.surface.lower() else "quarter"
    ordinals = [item for item in span.items if not isinstance(item.value, str) or item.value in w.ORDINALS]
    ordinals = [item for item in ordinals if item.value not in (*w.PARTS, y)]
    if len(ordinals) < 2 or (unit == "quarter" and any(ordinal_of(item.value) > 4 for item in ordinals)):
        return None
    made: list[tuple[int, int, object]] = []
    for item in ordinals:
        end = span.end if item is ordinals[-1] else item.end
        at = span.items.index(item)
        before = [i for i in span.items[max(0, at - 2) : at] if i.value in w.PARTS]
        named: object = Named(unit, number=ordinal_of(item.value), year=y if unit == "quarter" else None)
        if r is not None and unit == "quarter":
            named = Within(named, Step("year", 0 if r in w.THIS_WORDS else -1))
        start = before[0].start if before else item.start
        made.append((start, end, Part(w.PARTS[str(before[0].value)], named) if before else named))
    return Listed(tuple(made))


def _months_quarter(m: str, e: str, span: Span, y: int | None = None) -> object | None:
    """The January/March quarter."""
    first, last = month_of(m), month_of(e)
    if not span.text[span.start].isupper():
        return None
    if last - first == 2 and first % 3 == 1:
        return Named("quarter", year=y, number=(first + 2) // 3)
    if last - first == 5 and first in (1, 7):
        return Named("half", year=y, number=1 if first == 1 else 2)
    return Range(Named("month", year=y, month=first), Named("month", year=y, month=last))


def _month_quarter(m: str, span: Span, y: int | None = None) -> Named | None:
    """The September quarter."""
    month = month_of(m)
    if month % 3 or not span.text[span.start].isupper():
        return None
    return Named("quarter", year=y, number=month // 3)


def _year_to_short(a: int, b: int, span: Span) -> Years | None:
    """From 1846 to 48."""
    last = a // 100 * 100 + b
    if (
        not re.search(r"\s\d\d\Z", span.surface)
        or not a < last < a + 60
        or re.match(r"[\s-]*(?:[a-z%]|\d|[.,:]\d)", span.right(4))
    ):
        return None
    return Years(a, last)


FIRST: tuple[Rule, ...] = (
    Rule(
        "from day to day of a month", "m:MONTH d:(DAY|ORD) (DASH|TO) e:(DAY|ORD) (,? of? y:YEAR)?", _day_range
    ),
    Rule(
        "from day to day of a month",
        "d:(DAY|ORD) (DASH|TO) e:(DAY|ORD) of? m:MONTH (,? of? y:YEAR)?",
        _day_range,
    ),
    Rule(
        "from day to day of a month",
        "between < d:(DAY|ORD) and e:(DAY|ORD) of? m:MONTH (,? of? y:YEAR)? >",
        _day_range,
    ),
    Rule(
        "from day to day of a month",
        "between < m:MONTH d:(DAY|ORD) and e:(DAY|ORD) (,? of? y:YEAR)? >",
        _day_range,
    ),
    Rule(
        "days of a month",
        "m:MONTH (DAY|ORD) (, (DAY|ORD))? (, (DAY|ORD))? ,? (and|or) (DAY|ORD) (,? of? y:YEAR)?",
        _days_listed,
    ),
    Rule(
        "days of a month",
        "(DAY|ORDD) (, (DAY|ORDD))? (, (DAY|ORDD))? ,? (and|or|AMPERSAND) (DAY|ORDD) of? m:MONTH "
        "(,? of? y:YEAR)?",
        _days_listed,
    ),
    Rule(
        "weekdays and days in pairs",
        "v:WEEKDAY (and|or|to|through|DASH) n:WEEKDAY ,? m:MONTH d:(DAY|ORD) (and|or|to|through|DASH) "
        "e:(DAY|ORD) (,? of? y:YEAR)?",
        _weekdays_paired,
    ),
    Rule(
        "quarter by its months",
        "m:MONTH (DASH|/|to) e:MONTH DASH? (quarter|qtr|period|half)",
        _months_quarter,
    ),
    Rule(
        "quarter by its months",
        "m:MONTH (DASH|/|to) e:MONTH (quarter|qtr|period|half) ,? of? y:YEAR",
        _months_quarter,
    ),
    Rule("quarter by its months", "m:MONTH / e:MONTH", _months_quarter),
    Rule("quarter by its last month", "m:MONTH (quarter|qtr)", _month_quarter),
    Rule("quarter by its last month", "m:MONTH (quarter|qtr) ,? of? y:YEAR", _month_quarter),
    Rule("quarter by its last month", "m:MONTH y:YEAR (quarter|qtr)", _month_quarter),
    Rule("quarter by its months", "m:MONTH / e:MONTH ,? of? y:YEAR", _months_quarter),
    Rule("year to short year", "from < a:YEAR to b:(DAY|INT) >", _year_to_short),
    Rule(
        "centuries or quarters listed",
        "(PART DASH?)? ORD (, ORD)? ,? (and|or|to|DASH) (PART DASH?)? ORD DASH? (centuries|quarters|century)",
        _centuries_listed,
    ),
    Rule(
        "quarters of a year listed",
        "ORD (, ORD)? ,? and ORD DASH? (quarters|quarter) (of? y:YEAR|of? r:(LAST|THIS) year)",
        _centuries_listed,
    ),
)


def _day_with_date(a: object, b: object, span: Span) -> Listed | None:
    """Today, August 28, 2007: the date says which day is meant."""
    word, date = (item for item in span.items if item.rule)
    told = isinstance(a, Step) and a.unit == "day" and a.base == "published"
    full = isinstance(b, Named) and b.unit == "day" and b.year is not None and not b.short_year
    if not (told and full) or word.end - word.start < 5:
        return None
    return Listed(((word.start, word.end, b), (date.start, date.end, b)))


OUTER: tuple[Rule, ...] = (
    Rule("day with its date", "a:N_DAY ,? b:N_DAY", _day_with_date),
    Rule("from date to date", "a:DATE (DASH|TO) the? b:DATE", _range),
    Rule("from date to date", "a:DATE DASH DASH b:DATE", _range),
    Rule("from date to date", "from < a:DATE , TO the? b:DATE >", _range),
    Rule("from time to time on days", "a:N_AT (DASH|TO) b:N_AT", _times_apart),
    Rule("from date to date", "a:N_DAY / b:N_DAY", _range),
    Rule("from date to date", "a:YEAR (DASH|TO) b:N_YEAR", _range),
    Rule("from date to date", "a:N_YEAR TO b:YEAR", _range),
    Rule("from date to date", "between the? < a:DATE and the? b:DATE >", _range),
    Rule(
        "months listed",
        "(LISTED (, LISTED)? (, LISTED)? ,? (and|or) LISTED)".replace(
            "LISTED", "(N_MONTH|N_QUARTER|N_DAY|N_SEASON)"
        ),
        _months_listed,
    ),
)
