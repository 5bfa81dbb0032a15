"""Lengths of time, with a number or where the words around license one; windows; repetitions."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.expressions import duration_value
from newsledger.stages.dates.rules.absolute import month_of, weekday_of
from newsledger.stages.dates.rules.numbers import direction, ordinal_of, value_of


def duration(n: float | None, u: str, high: float | None = None) -> x.Duration:
    """``n`` of the unit that the word ``u`` names.

    >>> duration(2, "decades")
    Duration(numbers=((20, 'year'),), high=None, long_unit='decade')
    """
    if u in w.CLOCK_UNITS:
        return x.Duration(((n, w.CLOCK_UNITS[u]),), high)
    factor, unit = w.UNITS[u]
    count = None if n is None else n * factor
    return x.Duration(((count, unit),), None if high is None else high * factor, w.LONG_UNITS.get(u))


def _length(n: object, u: str, span: Span) -> x.Duration | None:
    if cue("age_behind", span) or cue("aged", span):
        return None
    if span.surface.istitle() and cue("war", span):
        return None
    if u in ("hours", "hrs") and re.match(r"[012]\d[0-5]\d\s", span.surface) and cue("at", span):
        return None
    of_year = cue("first_of", span) and cue("of_date", span)
    if u in ("quarter", "quarters") and not of_year and cue("of_whole", span):
        return None
    value = value_of(n)
    if value is None and u not in w.PLURAL_UNITS:
        return None
    if isinstance(n, int) and 1900 <= n <= 2099 and u in ("months", "quarters"):  # the last six 1986 months
        return None
    if value is not None and value > 1 and u not in w.PLURAL_UNITS and not re.search(r"[-–‑]", span.surface):
        noun_next = re.match(r"\s+[a-z]+", span.right(8))
        if value >= 200 or (u in ("day", "month", "week", "quarter") and not noun_next):
            return None
    if value == 1 and u == "year" and cue("one_time", span) and cue("clause_behind", span):
        return None  # "One year we fell short"
    if value == 1 and u == "day" and (cue("undated_day", span) or cue("some_day", span)):
        return None
    return duration(value, u)


def _between(a: object, b: object, u: str, span: Span) -> x.Duration | None:
    low, high = value_of(a), value_of(b)
    if low is None or high is None or not 0 < low < high or cue("age_behind", span) or cue("aged", span):
        return None
    return duration(low, u, high)


def _and_part(u: str, n: object = 1, p: object = 1, q: str = "half") -> x.Duration | None:
    """A length and a part of its unit: three and a half years, one and three quarter hours."""
    value, part = value_of(n), (value_of(p) or 0) * (0.5 if q == "half" else 0.25)
    return duration(value + part, u) if value is not None and 0 < part < 1 else None


def _fraction(a: int, b: int, u: str, n: int = 0) -> x.Duration | None:
    return duration(n + a / b, u) if n or u not in w.PLURAL_UNITS else None


def _or_two(u: str, n: object) -> x.Duration | None:
    return duration(1, u, 2) if value_of(n) == 2 else None


def _one(u: str, span: Span) -> x.Duration | None:
    """An hour, a decade, hours: only where the words around license a length."""
    if u in w.PLURAL_UNITS:
        return duration(None, u) if _is_several(u, span) else None
    return duration(1, u) if _is_one(u, span) else None


def _single(u: str) -> x.Duration | None:
    """All year, year-long, its first month: one unit."""
    return None if u in w.PLURAL_UNITS else duration(1, u)


def _one_or_open(u: str) -> x.Duration:
    """The day leading up to it, the years ahead: of several the number is open."""
    return duration(None if u in w.PLURAL_UNITS else 1, u)


def _lengths(a: x.Duration, b: x.Duration) -> x.Duration | None:
    order = ["year", "half", "quarter", "month", "week", "weekend", "day", "hour", "minute", "second"]
    ranks = [order.index(unit) for _, unit in (*a.numbers, *b.numbers)]
    return x.Duration((*a.numbers, *b.numbers)) if ranks == sorted(set(ranks)) else None


def _is_verb(word: str, span: Span) -> bool:
    return word == "last" and bool(cue("last_is_verb", span))


def _window(r: str, u: str, span: Span, n: object = 1) -> x.Window | x.Duration | None:
    """The past three years, the next decade; a plain length where it is counted from a date named before."""
    if _is_verb(r, span):
        return None
    value = value_of(n)
    of_event = cue("of", span) and not cue("of_date", span)
    if not of_event and u not in w.PLURAL_UNITS and value != 1:
        return None
    length = duration(value, u)
    # days of trading are not all of the calendar, fiscal and full years end at no day of publication
    plain = of_event or r in w.COUNTED_WORDS or cue("working", span)
    return length if plain else x.Window(length, direction(r))


def _half_more_window(r: str, u: str, n: object = 1) -> x.Window:
    return x.Window(duration((value_of(n) or 0) + 0.5, u), direction(r))


def _wide_window(r: str, a: object, b: object, u: str, span: Span) -> x.Window | None:
    length = _between(a, b, u, span)
    return x.Window(length, direction(r)) if length else None


def _open_window(r: str, u: str, span: Span) -> x.Window | x.Duration | None:
    if u not in w.PLURAL_UNITS or _is_verb(r, span):
        return None
    of_event = r == "last" and cue("of_event", span)
    return duration(None, u) if of_event else x.Window(duration(None, u), direction(r) or -1)


def _one_window(r: str, u: str, span: Span) -> x.Window | None:
    """The past year, over the last week, in the next month: one unit that ends or begins at publication."""
    left = span.left(24)
    if u in w.LONG_UNITS:
        window = (u, r) != ("century", "last") or bool(cue("one_window", span))
    elif r == "past":
        window = u != "week" or not re.search(r"\bthis\s+\Z", left)
    else:
        window = r == "coming" or (r not in w.COUNTED_WORDS and bool(cue("one_window", span)))
    return x.Window(duration(1, u), direction(r)) if window else None


def _nth_in_a_row(o: object, u: str, span: Span) -> x.Duration | None:
    """For the fifth straight year, for the fifth year, the fifth in a row: five years long by now."""
    number, stated = ordinal_of(o), len(span.items) > 2
    if u in ("quarter", "second"):
        return None
    plain = number > 1 and cue("for_the", span) and not cue("first_of_what", span)
    return duration(number, u) if stated or plain else None


def _every_unit(u: str, n: object = 1) -> x.Fixed:
    return x.repeated(duration_value(duration(value_of(n), u)))


def _every_weekday(d: str) -> x.Fixed:
    name = d.rstrip(".")
    return x.repeated(f"XXXX-WXX-{weekday_of(name[:-1] if name.endswith('days') else name)}")


def _is_paper(span: Span) -> bool:
    """Whether "daily" or "weekly" is a newspaper (the business daily X, the weekly said)."""
    noun = cue("paper_noun", span)
    if (cue("named_paper", span) and cue("tells_behind", span)) or (noun and cue("foreign_name", span)):
        return True
    if span.text[span.end + 1 : span.end + 2].isupper():
        return bool(cue("paper_before", span) or (noun and cue("paper_name", span)))
    return bool(noun and cue("paper_behind", span))


def _frequency(f: str, span: Span) -> x.Fixed | None:
    paper = f in ("daily", "weekly", "monthly", "quarterly") and _is_paper(span)
    if paper or span.right(6) == " et al":
        return None
    if span.surface[0].isupper() and not cue("begins_sentence", span):
        return None
    if f == "hourly" and cue("workers", span):
        return None
    return x.repeated(w.FREQUENCIES[f])


def times(u: str, span: Span) -> x.Fixed:
    """Twice a year, seven days a week."""
    return x.repeated(_every_unit(u).value, re.sub(r"\s+", " ", span.low_surface))


def _twice(f: str, span: Span) -> x.Fixed | None:
    """Semi-annual is twice a year, bi-weekly every two weeks, twice-weekly twice a week."""
    value = w.FREQUENCIES[f]
    if value in ("P1D", "P1W", "P1M"):
        return x.repeated(value, re.sub(r"[\s-]+", " ", span.low_surface))
    if value == "P1Y":
        return x.repeated("P6M")
    return _frequency(f, span)


_NUM = "(NUM|N_NUMBER)"
_UNIT = "u:(UNIT|CUNIT)"

RULES: tuple[Rule, ...] = (
    Rule("length of time", f"n:{_NUM} DASH? {_UNIT}", _length),
    Rule("length of time, or more", f"n:{_NUM} or more {_UNIT}", _length),
    Rule("length of time, full", f"n:{_NUM} FULL {_UNIT}", _length),
    Rule(
        "length of time, from and to", f"a:{_NUM} (DASH|to|or|DASH to DASH) b:{_NUM} DASH? {_UNIT}", _between
    ),
    Rule("length of time, from and to", f"between < a:{_NUM} and b:{_NUM} DASH? {_UNIT} >", _between),
    Rule(
        "length and a half",
        f"n:{_NUM} DASH? and DASH? ((a DASH?)?|p:N_NUMBER DASH?) q:half DASH? {_UNIT}",
        _and_part,
    ),
    Rule("length and a half", f"(n:{_NUM})? {_UNIT} and a? q:half", _and_part),
    Rule(
        "length and a quarter",
        f"n:{_NUM} and (a|p:{_NUM} DASH?)? q:(quarter|quarters) DASH? {_UNIT}",
        _and_part,
    ),
    Rule("length and a fraction", f"(n:DAY DASH?)? a:DAY / b:DAY DASH? {_UNIT}", _fraction),
    Rule(
        "length and a fraction",
        f"n:DAY? DASH? f:FRACTION DASH? {_UNIT}",
        lambda f, u, n=0: duration(n + w.FRACTIONS[f], u),
    ),
    Rule("one unit or two", "u:UNIT or n:N_NUMBER", _or_two, only="an"),
    Rule("half a length", f"half DASH? (a|an)? DASH? {_UNIT}", lambda u: duration(0.5, u)),
    Rule("quarter of a length", "quarter (of a|DASH)? u:(century)", lambda u: duration(0.25, u)),
    Rule("one unit", "u:(UNIT|CUNIT)", _one),
    Rule("unit of one's own", "(ORD|final|opening|last) u:(UNIT|CUNIT)", _single, only="owned"),
    Rule("all of a unit", "all u:UNIT", _single),
    Rule("unit before an event", "< u:UNIT > leading up to", _one_or_open),
    Rule("unit-long", f"{_UNIT} DASH (long|lengthy)", _one_or_open),
    Rule("unit-long", f"{_UNIT} (long|lengthy)", _single),
    Rule("window before", f"(r:LAST n:{_NUM} FULL? {_UNIT}|n:{_NUM} r:LAST u:UNIT)", _window),
    Rule("window after", f"(r:NEXT n:{_NUM} FULL? {_UNIT}|n:{_NUM} r:NEXT u:UNIT)", _window),
    Rule("window of one and a half", "r:(LAST|NEXT) u:UNIT and a half", _half_more_window),
    Rule("window of so many and a half", f"r:(LAST|NEXT) n:{_NUM} and a? half {_UNIT}", _half_more_window),
    Rule(
        "window of half a unit before",
        "LAST half DASH? u:(hour|decade|century)",
        lambda u: x.Window(duration(0.5, u), -1),
    ),
    Rule("window before", f"r:LAST a:{_NUM} (DASH|to|or) b:{_NUM} {_UNIT}", _wide_window),
    Rule("window after", f"r:NEXT a:{_NUM} (DASH|to|or) b:{_NUM} {_UNIT}", _wide_window),
    Rule("open window before", "r:(LAST|recent) u:UNIT", _open_window),
    Rule("open window after", "r:NEXT u:UNIT", _open_window),
    Rule("window of one unit before", "r:LAST u:UNIT", _one_window, unless="of"),
    Rule("window of one unit after", "r:NEXT u:UNIT", _one_window, unless="of"),
    Rule("window after, ahead", "u:UNIT ahead", lambda u: x.Window(_one_or_open(u), 1)),
    Rule("window after, to come", "u:UNIT to come", lambda u: x.Window(_one_or_open(u), 1)),
    Rule("nth in a row", "o:ORD (straight|consecutive|successive)? u:UNIT", _nth_in_a_row),
    Rule("nth in a row", "o:ORD u:UNIT in a row", _nth_in_a_row),
    Rule("every unit", f"(every|each) {_UNIT}", _every_unit),
    Rule("every other unit", f"every other {_UNIT}", lambda u: _every_unit(u, 2)),
    Rule("unit after unit", "u:UNIT after v:UNIT", lambda u, v: _every_unit(u) if u == v else None),
    Rule("every n units", f"(every|each) n:{_NUM} {_UNIT}", _every_unit),
    Rule("every weekday", "(every|each|alternate) (other|ORD)? d:(WEEKDAY|WEEKDAYS)", _every_weekday),
    Rule("every month", "(every|each) m:MONTH", lambda m: x.repeated(f"XXXX-{month_of(m):02d}")),
    Rule("every season", "(every|each) s:SEASON", lambda s: x.repeated(f"XXXX-{w.SEASONS[s]}")),
    Rule(
        "every part of the day", "(every|each) p:DAYPART", lambda p: x.repeated(f"XXXX-XX-XXT{w.DAYPARTS[p]}")
    ),
    Rule("weekdays", "d:WEEKDAYS", _every_weekday, only="on_weekdays"),
    Rule("frequency", "f:FREQ", _frequency),
    Rule("twice-yearly", "(semi DASH|bi DASH|twice DASH?) f:FREQ", _twice),
    Rule("times a unit", f"(once|twice|thrice|{_NUM} times) (a|per|each|every) u:UNIT", times),
)

LATE: tuple[Rule, ...] = (
    Rule(
        "every length",
        "(every|each) a:N_DURATION",
        lambda a: None if a.high else x.repeated(duration_value(a)),
    ),
    Rule("lengths joined", "a:N_DURATION ,? and? b:N_DURATION", _lengths),
    Rule(
        "lengths joined",
        "u:(UNIT|CUNIT) and b:N_DURATION",
        lambda u, b: _lengths(duration(1, u), b),
        only="an",
    ),
)


def _is_one(unit: str, span: Span) -> bool:
    """Whether "a" and a unit are a length: an hour, a month of calm."""
    one = cue("one_before", span)
    if not one or cue("rate", span) or cue("no_length", span) or (unit == "minute" and cue("wait_a", span)):
        return False
    if unit in ("sec", "quarter", "weekend"):
        return False
    if unit != "minute" and cue("one_behind", span):
        return not (unit in ("day", "year") and cue("of", span))
    return bool(one["whole"] or cue("before_a_length", span))


def _is_several(unit: str, span: Span) -> bool:
    """Whether a plural unit is an open length: for hours, years of war, days before the vote."""
    if unit in ("quarters", "weekends") or cue("no_length", span):
        return False
    if cue("kind_of_hours", span) or (unit == "hours" and cue("after", span) and not cue("of", span)):
        return False
    if cue("some_behind", span) and not (unit == "minutes" and cue("of", span)):
        return not (cue("definite", span) and cue("of", span))
    return bool(cue("before_length", span))
