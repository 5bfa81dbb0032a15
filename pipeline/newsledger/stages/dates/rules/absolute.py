"""Calendar dates by name: days, months, years, quarters, seasons, decades, centuries, fiscal years."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import last_day
from newsledger.stages.dates.context_cues import is_dateline
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.guards import is_capitalised, is_month, is_weekday, is_year, last_word
from newsledger.stages.dates.holidays import EVENT_YEARS, EVENTS
from newsledger.stages.dates.rules.numbers import Number, Ordinal, direction, ordinal_of, small


def month_of(word: str) -> int:
    """The number of a month written in full or short."""
    return w.ALL_MONTHS[word.rstrip(".")]


def weekday_of(word: str) -> int:
    """The ISO number of a weekday written in full or short."""
    return w.ALL_WEEKDAYS[word.rstrip(".")]


def day_of(value: object) -> int:
    """The number of a day written in digits, as "3rd" or as "third"."""
    return value if isinstance(value, int) else ordinal_of(value)


def possible(year: int | None, month: int, day: int) -> bool:
    """Whether the month has that day (29 February passes while the year is open)."""
    return 1 <= month <= 12 and 1 <= day <= last_day(year if year and 1 <= year <= 9999 else 2024, month)


def _full_date(
    m: str, d: object, span: Span, y: int | None = None, w: str | None = None, era: str | None = None
) -> x.Named | x.Fixed | None:
    day, month = day_of(d), month_of(m)
    if span.surface[0].isdigit() and re.search(r"\d\s?[-–]\s?\Z", span.left(3)):
        return None  # rare, but "won 2 -1 January 2017" would be a day
    if not possible(None if era else y, month, day):
        value = f"{y or 'XXXX'}-{month:02d}-{day:02d}"
        return x.Fixed(value, note="no such day in the calendar") if 1 <= day <= 31 else None
    if y is None:
        counted = isinstance(d, Ordinal) or cue("counted", span)
        if not _is_month_with_day(span, m) or (counted and cue("counts", span)):
            return None
    event = y is None and (month, day) in EVENT_YEARS
    weekday = weekday_of(w) if w else None
    return x.Named("day", year=y, month=month, day=day, weekday=weekday, bc=is_bc(era), event=event)


def _is_month_with_day(span: Span, m: str) -> bool:
    if m.rstrip(".") in ("may", "march", "mar", "dec", "jan") and not is_capitalised(span, m):
        return is_dateline(span.text, span.segment_start, span.start, span.end)
    return not re.search(r"[$£€¥]\s?\Z", span.left(4))


def is_bc(era: str | None) -> bool:
    """Whether an era word counts backwards."""
    return bool(era) and str(era).startswith("b")


def _month_year(m: str, y: int, span: Span, era: str | None = None) -> x.Named | None:
    if m in ("may", "march") and span.surface[0].isdigit() and not is_capitalised(span, m):
        return None
    return x.Named("month", year=y, month=month_of(m), bc=is_bc(era))


def _month_short_year(m: str, y: int, span: Span) -> x.Named | None:
    """May '87; March 86: a number that can be no day, at the end of a line or before a mark."""
    apostrophe = re.search(r"['’]", span.surface)
    ends = apostrophe or re.match(r"\s*(?:[\n.,;:)]|\Z|[A-Z])", span.text[span.end : span.end + 3])
    if not ends or not _ends_in_two_digits(span):
        return None
    return x.Named("month", year=y % 100, month=month_of(m), short_year=True)


def _ends_in_two_digits(span: Span) -> bool:
    return re.search(r"(?<!\d)\d\d\Z", span.surface) is not None


def _day_short_year(m: str, d: object, y: int, span: Span) -> x.Named | None:
    if not _ends_in_two_digits(span) or not possible(None, month_of(m), day_of(d)):
        return None
    return x.Named("day", year=y % 100, month=month_of(m), day=day_of(d), short_year=True)


def _day_bare_short_year(m: str, d: object, y: int, span: Span) -> x.Named | None:
    """3 Aug 96, and at the end of a clause Aug 9, 96: a number that can be no day."""
    ends = span.surface[0].isdigit() or re.match(r"\s*(?:[.;:)]|\Z)", span.right(2))
    return _day_short_year(m, d, y, span) if ends else None


def _bare_weekday(w: str, span: Span) -> x.Named | None:
    return x.Named("day", weekday=weekday_of(w)) if is_weekday(span, w) else None


def _bare_year(y: int, span: Span) -> x.Named | None:
    if not is_year(span, y):
        return None
    return x.Named("year", year=y, fiscal=bool(cue("fiscal_years", span)))


def _spoken_year(c: str, t: str | None = None, o: str | None = None) -> x.Named | None:
    """Nineteen ninety-one, twenty ten."""
    value = 100 * (w.CARDINALS.get(c) or w.TENS[c]) + small(t, o)
    return x.Named("year", year=value) if 1100 <= value <= 2099 and value % 100 >= 10 else None


def _era_year(y: object, era: str) -> x.Named | None:
    return x.Named("year", year=y, bc=is_bc(era)) if isinstance(y, int) else None


def _apostrophe_year(y: int, span: Span) -> x.Named | None:
    return x.Named("year", year=y % 100, short_year=True) if _ends_in_two_digits(span) else None


def _spoken_short_year(span: Span) -> x.Listed | None:
    """Reagan in 80 and 84, Bush in 88: two digits after a name and "in", which nothing follows."""
    numbers = [item for item in span.items if isinstance(item.value, int)]
    return x.Listed(tuple((i.start, i.end, x.Named("year", year=i.value, short_year=True)) for i in numbers))


def _year_pair(a: int, b: int, span: Span) -> x.Years | x.Named | None:
    """2021/22, 2012-13, 2001-2002; 2008-04 is a month."""
    surface = span.surface
    last_digits = re.search(r"\d+\Z", surface)[0]  # type: ignore[index]
    if re.search(r"[\d$£€/.:–-]\Z", span.left(2)):
        return None
    if len(last_digits) == 4:
        return x.Years(a, b) if 1000 <= a < b <= 2199 else None
    if len(last_digits) != 2:
        return None
    last = a // 100 * 100 + b + (100 if b < a % 100 else 0)
    if last == a + 1:
        also = (f"{a:04d}-{b:02d}",) if 1 <= b <= 12 and "/" not in surface else ()
        return x.Years(a, last, notes=("year pair",), others=also)
    if "-" in surface and 1 <= b <= 12:
        return x.Named("month", year=a, month=b, notes=("ISO month",))
    return x.Years(a, last) if last > a and cue("before_year_span", span) else None


def _decade(d: int, span: Span) -> x.Named | None:
    if d >= 1000:
        if d % 1000 == 0:
            return x.Named("decade", year=d, notes=("a decade or a century",))
        if d % 100 == 0:
            notes, others = ("a century or a decade",), (f"{d // 10}",)
            return x.Named("century", year=d, number=d // 100 + 1, notes=notes, others=others)
        return x.Named("decade", year=d) if d <= 2090 else None
    if not cue("decade_before", span) or cue("no_decade", span):
        return None
    return x.Named("decade", year=1900 + d if d >= 20 else 2000 + d, notes=("century inferred",))


def _decade_word(d: str) -> x.Named:
    return x.Named("decade", year=1900 + w.DECADE_WORDS[d], notes=("century inferred",))


def _century(o: object, era: str | None = None) -> x.Named:
    return x.Named("century", number=ordinal_of(o), bc=is_bc(era))


def _quarter(o: object, y: int | None = None) -> x.Named | None:
    return x.Named("quarter", year=y, number=ordinal_of(o)) if 1 <= ordinal_of(o) <= 4 else None


def _short_part(d: int, span: Span, y: int | None = None) -> x.Named | None:
    """Q3, 4Q 2023, Q1'24, 1H22: a quarter, or a half that stands beside its year."""
    if not re.match(r"[QH]|\d[QH]", span.surface) or re.match(r"\w|[:&]|-[a-z]", span.right(2)):
        return None
    short = y is not None and y < 100
    written = r"[QH\d]\s?['’]\d\d\Z|\A\d[QH]\d\d\Z" if short else r"(?<!\d)\d{4}(?!\d)"
    if y is not None and not re.search(written, span.surface):
        return None
    if "Q" in span.surface:
        return x.Named("quarter", year=y, number=d, short_year=short) if d <= 4 else None
    half = d <= 2 and (y is not None or cue("year_behind", span) or cue("after_year", span))
    return x.Named("half", year=y, number=d, short_year=short) if half else None


def _half_year(o: object, span: Span) -> x.Named | None:
    """The first half of a year or of a report, not of a game."""
    named = cue("economic", span) or cue("of_year", span) or cue("figures_next", span)
    return x.Named("half", number=ordinal_of(o)) if named and ordinal_of(o) in (1, 2) else None


def _iso(t: str) -> x.Named | x.DateTime | None:
    try:
        date = dt.date.fromisoformat(t[:10])
    except ValueError:
        return None
    named = x.Named("day", year=date.year, month=date.month, day=date.day)
    return named if len(t) == 10 else x.DateTime(named, x.Clock(f"T{t[11:].upper()}"))


def _numeric(t: str, span: Span) -> x.Named | x.Numeric | None:
    mark = re.search(r"[./-]", t)[0]  # type: ignore[index]
    parts = t.split(mark)
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return x.Named("day", year=a, month=b, day=c) if possible(a, b, c) else None
    short = len(parts[2]) == 2
    if not short and len(parts[2]) != 4:
        return None
    if short and ((mark == "-" and c <= 31) or (mark == "." and min(len(parts[0]), len(parts[1])) < 2)):
        return None
    year = None if short else c
    dmy, mdy = possible(year, b, a), possible(year, a, b)
    if mark == ".":
        mdy = mdy and not dmy
    if dmy and mdy and a != b:
        return x.Numeric(a, b, c, short)
    if dmy:
        return x.Named("day", year=c, month=b, day=a, short_year=short, notes=("dmy",) if not mdy else ())
    return x.Named("day", year=c, month=a, day=b, short_year=short, notes=("mdy",)) if mdy else None


def named_day(f: str, span: Span, y: int | None = None) -> x.Holiday | x.Named | None:
    """Christmas, Christmas 2023; not the tree or the island."""
    if f in EVENTS:
        date = EVENTS[f]
        if span.surface[0].isalpha() and span.surface[2:3].islower():
            return None
        return x.Named("day", year=date.year, month=date.month, day=date.day, notes=("day by name",))
    if y is not None:
        return x.Holiday(f, y)
    if not re.match(r"[A-Z\d]", span.surface) or cue("no_named_day", span):
        return None
    if f == "national_day" and cue("day_of_what", span):
        return None
    named = f in ("christmas", "memorial_day") and cue("capital_before", span)
    return None if named and last_word(span.left(12)) not in w.LISTS["before_named_day"] else x.Holiday(f)


def _nine_eleven(span: Span) -> x.Holiday | x.Named | None:
    """9-11, where the words around name the event."""
    named = cue("event_behind", span) or cue("before_event", span)
    return named_day("nine_eleven", span) if named and span.surface == "9-11" else None


EARLY: tuple[Rule, ...] = (
    Rule(
        "spoken year",
        "c:(CARD|TENS) (t:TENS (DASH? o:CARD)?|o:CARD)",
        _spoken_year,
        only="before_spoken_year",
    ),
)
"""Rules that must read number words before they become numbers."""


def _day_in_words(m: str, n: Number, span: Span, y: int | None = None) -> x.Named | None:
    if n.value is None or not possible(y, month_of(m), int(n.value)) or not is_capitalised(span, m):
        return None
    titled = y is not None or re.match(r"[A-Z][a-z]+\s[A-Z]", span.surface)
    if not titled and (cue("noun_next", span) or not is_month(span, m)):
        return None
    return x.Named("day", year=y, month=month_of(m), day=int(n.value))


RULES: tuple[Rule, ...] = (
    Rule("month day in words", "m:MONTH n:N_NUMBER", _day_in_words),
    Rule("month day in words, year", "m:MONTH n:N_NUMBER ,? y:YEAR", _day_in_words),
    Rule("month day, year", "(w:WEEKDAY ,?)? m:MONTH ,? the? d:(DAY|ORD) ,? of? y:YEAR era:ERA?", _full_date),
    Rule("day month year", "(w:WEEKDAY ,? the?)? d:(DAY|ORD) of? m:MONTH ,? of? y:YEAR era:ERA?", _full_date),
    Rule("day month era year", "d:(DAY|ORD) of? m:MONTH ,? y:(DAY|INT) era:ERA", _full_date),
    Rule("year month day", "y:YEAR (DASH|/)? m:MONTH (DASH|/)? d:(DAY|ORD)", _full_date),
    Rule("month day", "(w:WEEKDAY ,?)? m:MONTH ,? the? d:(DAY|ORD)", _full_date),
    Rule("day month", "(w:WEEKDAY ,? the?)? d:(DAY|ORDD) of? m:MONTH", _full_date),
    Rule("day month 'year", "d:(DAY|ORD) of? m:MONTH ,? APOS y:(DAY|INT)", _day_short_year),
    Rule("day-month-short year", "d:DAY DASH m:MONTH DASH y:(DAY|INT)", _day_short_year),
    Rule("day month short year", "d:(DAY|ORD) m:MONTH y:INT", _day_bare_short_year),
    Rule("month day, short year", "m:MONTH d:DAY ,? y:INT", _day_bare_short_year),
    Rule("month year", "m:MONTH ,? of? y:YEAR era:ERA?", _month_year),
    Rule("year month", "y:YEAR (DASH|/)? m:MONTH", _month_year),
    Rule("month short year", "m:MONTH y:INT", _month_short_year),
    Rule("month 'year", "m:MONTH ,? APOS y:(DAY|INT)", _month_short_year),
    Rule(
        "month", "m:MONTH", lambda m, span: x.Named("month", month=month_of(m)) if is_month(span, m) else None
    ),
    Rule("weekday", "w:WEEKDAY", _bare_weekday),
    Rule("year", "y:YEAR", _bare_year),
    Rule(
        "year in words",
        "year < n:N_NUMBER >",
        lambda n: x.Named("year", year=int(n.value)) if n.value and 2000 <= n.value <= 2099 else None,
    ),
    Rule("year of an era", "(y:(NUM|DAY|INT|YEAR) era:ERA|era:ERA y:(DAY|INT|YEAR))", _era_year),
    Rule("short year", "APOS y:(DAY|INT)", _apostrophe_year, only="before_short_year"),
    Rule(
        "short year after a name",
        "in < (INT|DAY) ((and|or) (INT|DAY))? >",
        _spoken_short_year,
        only="name_in year_ends",
    ),
    Rule("year pair", "a:YEAR (DASH|/) b:(YEAR|DAY|INT)", _year_pair),
    Rule("decade", "APOS? d:DECADE", _decade),
    Rule("decade in words", "d:DECADEW", _decade_word, only="before_decade_word", unless="no_decade"),
    Rule("century", "o:ORD DASH? (century|centuries) era:ERA?", _century, unless="no_century"),
    Rule("quarter", "o:ORD DASH? (quarter|qtr)", _quarter, unless="no_quarter"),
    Rule("short quarter or half", "((q|h) d:DAY|d:DAY (q|h))", _short_part),
    Rule(
        "short quarter or half and year",
        "(((q|h) d:DAY|d:DAY (q|h)) (APOS? y:(DAY|INT)|(DASH|of)? y:YEAR)|y:YEAR DASH? (q|h) d:DAY)",
        _short_part,
    ),
    Rule("quarter around its year", "o:ORD y:YEAR (quarter|qtr)", _quarter),
    Rule("half of a year", "o:ORD DASH? half", _half_year),
    Rule(
        "season and year",
        "(s:SEASON ,? of? y:YEAR|y:YEAR s:SEASON)",
        lambda s, y: x.Named("season", year=y, season=w.SEASONS[s]),
        unless="games year_falls",
    ),
    Rule(
        "season",
        "s:SEASON",
        lambda s: x.Named("season", season=w.SEASONS[s]),
        only="before_season",
        unless="no_season jumps",
    ),
    Rule("ISO date", "t:ISO", _iso),
    Rule("numeric date", "(WEEKDAY ,?)? t:NUMDATE", _numeric),
    Rule("named day", "f:HOLIDAY (,? of? y:YEAR)?", named_day),
    Rule("named day", "DAY DASH DAY", _nine_eleven),
)


def _fiscal(y: int) -> x.Named | None:
    if 1000 <= y <= 2199:
        return x.Named("year", year=y, fiscal=True)
    return x.Named("year", year=y, short_year=True, fiscal=True) if y <= 99 else None


def _fy(y: int, span: Span) -> x.Named | None:
    return _fiscal(y) if span.surface.startswith("FY") else None


def _fiscal_pair(y: int, z: int) -> x.Years | None:
    pair = z in ((y + 1) % 10, (y + 1) % 100, y + 1)
    return x.Years(y, y + 1, fiscal=True) if pair else None


def _as_fiscal(period: object) -> x.Named | x.Step | x.Years | None:
    return replace(period, fiscal=True) if isinstance(period, x.Named | x.Step | x.Years) else None


FISCAL: tuple[Rule, ...] = (
    Rule("fiscal year", "(THIS|LAST|NEXT)? < (FISCAL year? y:YEAR|y:YEAR FISCAL (year|years)) >", _fiscal),
    Rule("fiscal year", "FISCAL year? y:YEAR (DASH|/) z:(DAY|INT|YEAR)", _fiscal_pair),
    Rule(
        "fiscal year", "r:(THIS|LAST|NEXT) FISCAL year", lambda r: x.Step("year", direction(r), fiscal=True)
    ),
    Rule("fiscal year", "fy DASH? APOS? y:(DAY|INT|YEAR)", _fy),
)

FISCAL_INNER: tuple[Rule, ...] = (
    Rule("fiscal year", "period:(N_YEAR|N_YEARS) FISCAL year", _as_fiscal),
    Rule("fiscal quarter", "FISCAL period:(N_QUARTER|N_HALF)", _as_fiscal),
)
