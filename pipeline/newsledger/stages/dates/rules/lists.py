"""Ranges and lists: March 3-5, from 2019 to 2022, June 22 and 23, the January/March quarter."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.grammar import Item, Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.context_cues import is_dateline
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules.absolute import day_of, month_of, possible, weekday_of
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of


def _is_city_date(span: Span) -> bool:
    """Whether the dash ends a dateline: "CHICAGO, June 18 - March 31 was a bad day"."""
    first = span.items[0]
    if first.start - span.segment_start > 80:
        return False
    city = re.search(r"\b[A-Z]{3,}\b", span.text[span.segment_start : first.start])
    return bool(city) and is_dateline(span.text, span.segment_start, first.start, first.end)


def _range(a: object, b: object, span: Span) -> x.Range | None:
    dash = re.search(r"[-–—]", span.surface)
    if (
        isinstance(a, x.Range | x.Offset)
        or isinstance(b, x.Range | x.Fixed)
        or isinstance(a, x.DateTime) != isinstance(b, x.DateTime)
        or isinstance(a, x.Years) != isinstance(b, x.Years)
    ):
        return None
    inner = a.inner if isinstance(a, x.Within) else a
    if isinstance(inner, x.Named) and inner.unit in ("half", "quarter") and isinstance(b, x.Named) and b.day:
        return None  # the first half of the year to March 31
    if dash and (isinstance(b, x.Step) or _is_city_date(span)):
        return None
    apart = cue("moved", span) or (cue("put_off_on", span) and " until " in span.low_surface)
    return None if apart and not dash else x.Range(as_year(a), as_year(b))


def _weekdays(span: Span) -> list[Item]:
    """The weekdays in front of days of a month ("Saturday and Sunday, June 22 and 23")."""
    return [item for item in span.items if item.value in w.ALL_WEEKDAYS]


def _day_range(m: str, d: object, e: object, span: Span, y: int | None = None) -> x.Range | x.Fixed | None:
    month, first, last = month_of(m), day_of(d), day_of(e)
    if y and first < last <= 31 and possible(y, month, first) and not possible(y, month, last):
        value = f"{y}-{month:02d}-{first:02d}/{y}-{month:02d}-{last:02d}"
        return x.Fixed(value, note="no such day in the calendar")
    if not (possible(y, month, first) and possible(y, month, last) and first < last):
        return None
    from_day, to_day = (x.Named("day", year=y, month=month, day=day) for day in (first, last))
    if weekdays := [weekday_of(str(item.value)) for item in _weekdays(span)]:
        from_day, to_day = replace(from_day, weekday=weekdays[0]), replace(to_day, weekday=weekdays[-1])
    return x.Range(from_day, to_day)


def _days_listed(span: Span, m: str, y: int | None = None) -> x.Listed | None:
    """June 22 and 23, 2024: each a mention; the first or last takes the month into its span.

    The weekdays in front of them are mentions too ("Saturday and Sunday, June 22 and 23").
    """
    month, weekdays = month_of(m), _weekdays(span)
    days = [item for item in span.items if not isinstance(item.value, str) and item.value != y]
    values = [day_of(item.value) for item in days]
    if values != sorted(set(values)) or not possible(y, month, values[-1]):
        return None
    if len(weekdays) not in (0, len(days)):
        return None
    if not weekdays and len(days) == 2 and ", " in span.surface[:-6] and cue("noun_next", span):
        return None  # on Aug. 2, and 14 people were held
    first = next(item for item in span.items if item is days[0] or item.value == m)
    starts = [first.start, *(item.start for item in days[1:])]
    ends = [*(item.end for item in days[:-1]), span.end]
    named = [x.Named("day", year=y, month=month, day=day, notes=("listed",)) for day in values]
    if weekdays:
        numbers = [weekday_of(str(item.value)) for item in weekdays]
        named = [replace(day, weekday=number) for day, number in zip(named, numbers, strict=True)]
    in_front = [(item.start, item.end, day) for item, day in zip(weekdays, named, strict=False)]
    return x.Listed((*in_front, *zip(starts, ends, named, strict=True)))


def _months_listed(span: Span) -> x.Listed | None:
    """March and April 2023, July and August last year: the first ones take the year of the last."""
    *others, last = [item for item in span.items if not isinstance(item.value, str)]
    outer = last.value.outer if isinstance(last.value, x.Within) else None
    named = last.value.inner if isinstance(last.value, x.Within) else last.value
    if not isinstance(named, x.Named) or (outer is None and named.year is None):
        return None
    for item in others:
        value = item.value
        if not isinstance(value, x.Named) or value.unit != named.unit or value.year is not None:
            return None
    made = [
        (i.start, i.end, x.Within(i.value, outer) if outer else replace(i.value, year=named.year))
        for i in others
    ]
    return x.Listed((*made, (last.start, last.end, last.value)))


def _ordinals_listed(span: Span, y: int | None = None) -> x.Listed | None:
    """The 19th and 20th centuries, the third and fourth quarters of 1986."""
    unit = "century" if "centur" in span.low_surface else "quarter"
    ordinals = [
        (at, item)
        for at, item in enumerate(span.items)
        if (not isinstance(item.value, str) or item.value in w.ORDINALS) and item.value != y
    ]
    made: list[tuple[int, int, object]] = []
    for at, item in ordinals:
        before = [i for i in span.items[max(0, at - 2) : at] if i.value in w.PARTS]
        named = x.Named(unit, number=ordinal_of(item.value), year=y)
        start = before[0].start if before else item.start
        end = span.end if item is ordinals[-1][1] else item.end
        made.append((start, end, x.Part(w.PARTS[before[0].value], named) if before else named))
    return x.Listed(tuple(made))


def _months_quarter(m: str, e: str, y: int | None = None) -> object | None:
    first, last = month_of(m), month_of(e)
    if last - first == 2 and first % 3 == 1:
        return x.Named("quarter", year=y, number=(first + 2) // 3)
    return x.Range(x.Named("month", year=y, month=first), x.Named("month", year=y, month=last))


_DAY = "(DAY|ORD)"
_OF_YEAR = "(,? of? y:YEAR)?"
_FROM_TO = f"d:{_DAY} (DASH|TO|/) e:{_DAY}"
_DAYS = f"{_DAY} (, {_DAY})? (, {_DAY})? ,? (and|or|AMPERSAND) {_DAY}"
_WEEKDAYS = "(WEEKDAY (DASH|TO|,? (and|AMPERSAND)|, WEEKDAY ,? (and|AMPERSAND)) WEEKDAY ,?)?"

FIRST: tuple[Rule, ...] = (
    Rule(
        "from day to day of a month",
        f"{_WEEKDAYS} (m:MONTH {_FROM_TO}|{_FROM_TO} of? m:MONTH) {_OF_YEAR}",
        _day_range,
    ),
    Rule(
        "from day to day of a month",
        f"between < (m:MONTH d:{_DAY} and e:{_DAY}|d:{_DAY} and e:{_DAY} of? m:MONTH) {_OF_YEAR} >",
        _day_range,
    ),
    Rule("days of a month", f"{_WEEKDAYS} (m:MONTH {_DAYS}|{_DAYS} of? m:MONTH) {_OF_YEAR}", _days_listed),
    Rule(
        "quarter by its months",
        f"m:MONTH (DASH|/|to|DASH to DASH) e:MONTH DASH? (quarter|qtr|period|half) {_OF_YEAR}",
        _months_quarter,
    ),
    Rule("quarter by its months", f"m:MONTH / e:MONTH {_OF_YEAR}", _months_quarter),
    Rule(
        "quarter by its last month",
        "m:MONTH y:YEAR? (quarter|qtr)",
        lambda m, y=None: x.Named("quarter", year=y, number=(month_of(m) + 2) // 3),
    ),
    Rule(
        "centuries or quarters listed",
        "(PART DASH?)? ORD (, ORD)? ,? (and|or|to|DASH) (PART DASH?)? ORD DASH? (centuries|quarters|century)",
        _ordinals_listed,
    ),
    Rule(
        "quarters of a year listed",
        "ORD (, ORD)? ,? and ORD DASH? (quarters|quarter) of? y:YEAR",
        _ordinals_listed,
    ),
)


def _day_with_date(a: object, b: object, span: Span) -> x.Listed | None:
    """Today, August 28, 2007; Thursday (May 30); May 30 (Thursday): the date resolves the word beside it."""
    first, second = (item for item in span.items if item.rule)
    word, date = (a, b) if isinstance(b, x.Named) and b.month else (b, a)
    clock = word.clock if isinstance(word, x.DateTime) else None
    word = word.date if isinstance(word, x.DateTime) else word
    weekday = word.named if isinstance(word, x.NamedRelative) else word
    if not isinstance(date, x.Named) or not date.month:
        return None
    if isinstance(weekday, x.Named) and weekday.weekday and not weekday.month:
        date = replace(date, weekday=weekday.weekday)
    elif not isinstance(word, x.Step) or date.year is None:
        return None
    timed = x.DateTime(date, clock) if clock else date
    return x.Listed(((first.start, first.end, timed), (second.start, second.end, date)))


_LISTED = "(N_MONTH|N_QUARTER|N_DAY|N_SEASON)"

OUTER: tuple[Rule, ...] = (
    Rule("day with its date", "a:N_DAY ,? b:N_DAY", _day_with_date),
    Rule("day with its date", "a:(N_DAY|N_WEEKDAY|N_DATETIME) PAREN b:(N_DAY|N_WEEKDAY)", _day_with_date),
    Rule("from date to date", "(a:DATE (DASH|TO) the? b:DATE|a:N_DAY / b:N_DAY|a:N_YEAR TO b:YEAR)", _range),
    Rule("from date to date", "from < a:DATE , TO the? b:DATE >", _range),
    Rule("from date to date", "between the? years? < a:DATE and the? b:(DATE|YEAR) >", _range),
    Rule("months listed", f"{_LISTED} (, {_LISTED})? (, {_LISTED})? ,? (and|or) {_LISTED}", _months_listed),
)
