"""Lengths of time, windows that touch publication, and repetitions."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import Amount, Every, Window, duration_value
from newsledger.stages.dates.guards import is_age, is_aged, is_year_before_length
from newsledger.stages.dates.rules.absolute import month_of, weekday_of
from newsledger.stages.dates.rules.numbers import Number, ordinal_of, value_of
from newsledger.stages.dates.rules.relative import ONE_WINDOW

_OF_WHOLE = re.compile(
    r"\s+(?:of|hours?|centur\w+)\b|[\s-]*(?:finals?|pounders?|mile|hand|note|back|guard|final)\b"
)


LAST_IS_VERB = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|must|n['’]?t|not|often|usually|typically|normally|generally|only|"
    r"that|which|they|and)\s+\Z"
)
"""What stands before "last" where it is a verb ("may last two years")."""


def amount(n: float | None, u: str, high: float | None = None) -> Amount:
    """``n`` of the unit that the word ``u`` names.

    >>> amount(2, "decades")
    Amount(numbers=((20, 'year'),), high=None, long_unit='decade')
    """
    if u in w.CLOCK_UNITS:
        return Amount(((n, w.CLOCK_UNITS[u]),), high)
    factor, unit = w.UNITS[u]
    count = None if n is None else n * factor
    return Amount(((count, unit),), None if high is None else high * factor, w.LONG_UNITS.get(u))


_OF_DATE = re.compile(
    r"\s+of\s+(?:the\s+)?(?:\d{4}|(?:last|this|next|that|previous|fiscal|current|year|month|quarter|century|decade|"
    + "|".join((*w.MONTHS, *w.MONTH_ABBREVIATIONS))
    + r")\b)"
)
_FIRST_OF = re.compile(r"\b(?:first|last|final|opening|closing)\s+\Z")
_DREAM = re.compile(r"\b(?:dream\w*|hop(?:e|ed|es|ing)|wish\w*)\s+(?:of|that|to)?\s*\Z")
_SOME_DAY = re.compile(r"\s*(?:,|in\b|again\b|soon\b|perhaps\b|when\b|he\b|she\b|i\b|we\b|they\b|be\b)")
_ONE_TIME = re.compile(r"(?:\A|[.!?\"“]\s+|\n|\b(?:so|but|and)\s+)\Z")
"""What stands before "one year" where it is some year: "One year, we fell short"."""
_CLAUSE = re.compile(r",?\s+(?:he|she|i|we|they|it|you)\b")
_AT = re.compile(r"\b(?:at|by|until|around|about)\s+\Z")
_AGE_AND = re.compile(r"\s*(?:,|and)?\s*\d+\s+(?:months?|weeks?|days?)\s+(?:old\b|of\s+age\b)")
_AGE_SO_FAR = re.compile(r"\b(?:aged?|age\s+of)\W+\d+\s+(?:years?|months?)\s*(?:,|and)?\s*\Z")


_WAR = re.compile(r"['’]?s?['’]?\s(?:War|Campaign|Crisis)\b")
"""The Six Day War, the Hundred Years' War."""


_LABEL_LEFT = re.compile(r"\b[A-Z]{1,2}[-–]\Z")
"""His U-19 days."""


def _length(n: object, u: str, span: Span) -> Amount | None:
    if span.surface.istitle() and _WAR.match(span.text, span.end):
        return None
    if is_age(span.right(14)) or is_aged(span.left(56)) or _AGE_AND.match(span.right(24)):
        return None
    if _AGE_SO_FAR.search(span.left(32)):
        return None
    if u == "second" and value_of(n) not in (1, None):
        return None
    if u in ("hours", "hrs") and re.match(r"[012]\d[0-5]\d\s", span.surface) and _AT.search(span.left(8)):
        return None
    of_year = _FIRST_OF.search(span.left(8)) and _OF_DATE.match(span.right(24))
    if u in ("quarter", "quarters") and not of_year and _OF_WHOLE.match(span.right(20)):
        return None
    if isinstance(n, int) and is_year_before_length(span, n):
        return None
    if isinstance(n, int) and 1900 <= n <= 2099 and u in ("months", "quarters"):
        return None
    if u in ("min", "sec", "mins", "secs") and isinstance(n, int) and re.search(r"\d\Z", span.left(1)):
        return None
    if isinstance(n, int) and re.search(r"[$£€¥.,:/]\Z", span.left(1)):
        return None
    if isinstance(n, int) and _LABEL_LEFT.search(span.text, max(0, span.start - 4), span.start):
        return None
    value = value_of(n)
    if value is None and (not isinstance(n, Number) or u not in w.PLURAL_UNITS):
        return None
    if (
        value is not None
        and value > 1
        and u not in w.PLURAL_UNITS
        and not re.search(r"[-–‑]", span.surface)
        and (
            value >= 200
            or (u in ("day", "month", "week", "quarter") and not re.match(r"\s+(?:[a-z]+)", span.right(8)))
        )
    ):
        return None
    some = value == 1 and u in ("year", "month", "week") and _ONE_TIME.search(span.left(6))
    if some and span.low_surface.startswith("one") and _CLAUSE.match(span.right(7)):
        return None
    if (
        value == 1
        and span.low_surface.startswith("one")
        and u == "day"
        and (_DREAM.search(span.left(24)) or _SOME_DAY.match(span.right(8)))
    ):
        return None
    high = n.high if isinstance(n, Number) else None
    return amount(value, u, high)


def _between(a: object, b: object, u: str, span: Span) -> Amount | None:
    low, high = value_of(a), value_of(b)
    if low is None or high is None or not 0 < low < high or is_age(span.right(10)) or is_aged(span.left(24)):
        return None
    return amount(low, u, high)


def _and_half(u: str, span: Span, n: object = 1) -> Amount | None:
    value = value_of(n)
    if value is None or is_age(span.right(10)):
        return None
    return amount(value + 0.5, u)


def _and_one_half(u: str, span: Span, n: object, h: object) -> Amount | None:
    """Three and one half years."""
    return _and_half(u, span, n) if value_of(h) == 1 else None


def _and_quarter(u: str, span: Span, n: object) -> Amount | None:
    """Two and a quarter years."""
    value = value_of(n)
    return None if value is None or is_age(span.right(10)) else amount(value + 0.25, u)


def _and_three_quarters(u: str, n: object, q: object, span: Span) -> Amount | None:
    """One and three quarter hours."""
    value = value_of(n)
    return amount(value + 0.75, u) if value is not None and value_of(q) == 3 else None


def _fraction(a: int, b: int, u: str, span: Span, n: int = 0) -> Amount | None:
    """1/2 hour, 2 1/2 years."""
    if b not in (2, 3, 4, 8) or not 0 < a < b or is_age(span.right(10)) or is_aged(span.left(24)):
        return None
    if re.search(r"[\d/.,$£€]\Z", span.left(1)) or (n and not re.match(r"\d+[\s-]", span.surface)):
        return None
    return amount(n + a / b, u) if b != 3 and (n or u not in w.PLURAL_UNITS) else None


def _with_fraction(f: str, u: str, span: Span, n: int = 0) -> Amount | None:
    """3½ years."""
    return None if is_age(span.right(10)) or is_aged(span.left(24)) else amount(n + w.FRACTIONS[f], u)


def _quarters_of(q: object, u: str, span: Span) -> Amount | None:
    """Three quarters of an hour."""
    return amount(0.75, u) if value_of(q) == 3 and not re.search(r"\band\s+\Z", span.left(5)) else None


def _or_two(u: str, n: object, span: Span) -> Amount | None:
    """A week or two."""
    if value_of(n) != 2 or u in w.PLURAL_UNITS or not re.search(r"\ba\s+\Z", span.left(3)):
        return None
    return None if is_age(span.right(10)) else amount(1, u, 2)


def _half_of(u: str, span: Span) -> Amount | None:
    if is_age(span.right(10)) or u in ("quarter", "min", "sec", "second"):
        return None
    return amount(0.5, u)


def _quarter_of(u: str) -> Amount | None:
    return amount(0.25, u)


_AN = re.compile(r"\ban?\s+(?:full\s+)?\Z")
_AFTER_WHAT = re.compile(r"\s+(?:after|before)\s+(?!that\b)[a-z’']+\s")
"""Almost a year after he fled, as "five years after he fled"."""


def _one(u: str, span: Span) -> Amount | None:
    """A year, a decade: only where a length is meant."""
    if (
        u in w.PLURAL_UNITS
        or u in ("second", "minute", "min", "sec", "quarter", "weekend")
        or is_age(span.right(10))
    ):
        return None
    left = span.left(30)
    if _AN.search(left) and _AFTER_WHAT.match(span.right(32)):
        return amount(1, u)
    if u in ("hour", "day"):
        return None
    if re.match(r"[\s-]+(?:ago|earlier|later|before|after|from|of)\b|['’]s\b|-", span.right(10)):
        return None
    if re.search(
        r"\b(?:for|within|in|over|than|nearly|almost|about|least|after|lasted?|took|takes?|spent|lived|waited|served|under|during|half|only|just|up\s+to)\s+(?:just\s+|about\s+|almost\s+|nearly\s+|less\s+than\s+|more\s+than\s+|at\s+least\s+|under\s+|over\s+)?an?\s+(?:full\s+|whole\s+)?\Z",
        left,
    ):
        if (
            re.search(r"\b(?:in|times|once|twice)\s+an?\s+\Z", left)
            and u in ("day", "year")
            and re.match(r"\s+(?:when|that|where|which)", span.right(8))
        ):
            return None
        return amount(1, u)
    return None


def _long(u: str, span: Span) -> Amount | None:
    """Month-long, year-long; years-long is open, "hours long" no length."""
    if u in w.PLURAL_UNITS:
        return amount(None, u) if re.search(r"[-–]long\Z", span.low_surface) else None
    return amount(1, u) if u not in ("second", "quarter") else None


def _lengths(a: Amount, b: Amount) -> Amount | None:
    if a.high or b.high or a.long_unit or b.long_unit:
        return None
    order = ("year", "half", "quarter", "month", "week", "day", "hour", "minute", "second")
    units = [unit for _, unit in (*a.numbers, *b.numbers)]
    ranks = [order.index(u) for u in units if u in order]
    if (
        len(ranks) != len(units)
        or ranks != sorted(set(ranks))
        or any(n is None for n, _ in (*a.numbers, *b.numbers))
        or any(n != int(n) for n, _ in a.numbers if n is not None)
    ):
        return None
    return Amount((*a.numbers, *b.numbers))


def _plural(u: str, span: Span) -> Amount | None:
    """For years, in months, over decades."""
    left, right = span.left(20), span.right(12)
    if u not in w.PLURAL_UNITS or u in w.CLOCK_UNITS or u in ("quarters", "weekends"):
        return None
    if re.match(r"\s+(?:ago|earlier|later|before|after|of\s+age|old|away)\b|['’]|\s+\d", right):
        return None
    if not re.search(
        r"\b(?:for|in|over|after|within|despite|lasted|took|spent|spending|recent|many|several)\s+(?:the\s+)?(?:many\s+)?\Z",
        left,
    ):
        return None
    return amount(None, u)


def _window(sign: int):  # type: ignore[no-untyped-def]
    def make(u: str, span: Span, n: object = 1) -> Window | Amount | None:
        if span.surface[:4].lower() == "last" and LAST_IS_VERB.search(span.left(16)):
            return None
        if is_age(span.right(10)):
            return None
        value = value_of(n)
        if value is None and not isinstance(n, Number):
            return None
        if re.match(r"\s+of\b", span.right(4)) and not _OF_DATE.match(span.right(24)):
            return amount(value, u)
        if (u in ("quarter", "quarters") and value == 1) or (u not in w.PLURAL_UNITS and value != 1):
            return None
        if re.match(
            r"(?:previous|preceding|prior|following|subsequent|ensuing|succeeding)\b|\w+\s(?:previous|preceding|prior|following|subsequent)",
            span.surface.lower(),
        ):
            return amount(value, u)
        return amount(value, u) if _WORKING.search(span.low_surface) else Window(amount(value, u), sign)

    return make


_WORKING = re.compile(r"\s(?:trading|business|working|banking)\s")
"""Days that are not all of the calendar: the window they span is longer."""


def _and_half_window(sign: int):  # type: ignore[no-untyped-def]
    """The past year and a half."""

    def make(u: str, span: Span) -> Window | None:
        return None if u in w.PLURAL_UNITS else Window(amount(1.5, u), sign)

    return make


def _more_than_window(sign: int):  # type: ignore[no-untyped-def]
    """The past six and a half years."""

    def make(n: object, u: str, span: Span) -> Window | None:
        value = value_of(n)
        if value is None or (span.low_surface.startswith("last") and LAST_IS_VERB.search(span.left(16))):
            return None
        counted = re.match(
            r"(?:previous|preceding|prior|following|subsequent|ensuing|succeeding)", span.low_surface
        )
        return None if counted else Window(amount(value + 0.5, u), sign)

    return make


def _wide_window(sign: int):  # type: ignore[no-untyped-def]
    """The next two to three years."""

    def make(a: object, b: object, u: str, span: Span) -> Window | None:
        if span.low_surface.startswith("last") and LAST_IS_VERB.search(span.left(16)):
            return None
        length = _between(a, b, u, span)
        return None if length is None or u not in w.PLURAL_UNITS else Window(length, sign)

    return make


def _half_window(u: str) -> Window | None:
    """The past half century; the last half-year may be the calendar's."""
    return Window(amount(0.5, u), -1) if u in ("hour", "decade", "century") else None


_OF_EVENT = re.compile(r"\s+of\s+(?!the\s+(?:year|month|week|quarter)\b|(?:19|20)\d\d)[a-z]")
"""The last days of talks: of those, not before publication."""


def _vague_window(sign: int):  # type: ignore[no-untyped-def]
    def make(u: str, span: Span) -> Window | Amount | None:
        if u not in w.PLURAL_UNITS or u in w.CLOCK_UNITS:
            return None
        if LAST_IS_VERB.search(span.left(16)) and span.surface.lower().startswith("last"):
            return None
        if span.low_surface.startswith("last") and _OF_EVENT.match(span.right(12)):
            return amount(None, u)
        preposition = span.low_surface.startswith("following") and not span.left(5).endswith("the ")
        if preposition and span.right(4).startswith(" of "):
            return None
        return Window(amount(None, u), sign)

    return make


def _one_window(sign: int):  # type: ignore[no-untyped-def]
    """The past year, over the last week, in the next month: one unit that ends or begins at publication."""

    def make(r: str, u: str, span: Span) -> Window | None:
        left = span.left(24)
        if u in w.PLURAL_UNITS or u in w.CLOCK_UNITS or u in ("quarter", "day", "weekend", "semester"):
            return None
        if re.match(r"['’]s\b", span.right(3)) or re.match(r"\s+of\b", span.right(4)):
            return None
        if u in w.LONG_UNITS and r in ("last", "past", "next", "coming", "upcoming"):
            calendar = u == "century" and r == "last" and not ONE_WINDOW.search(left)
            return None if calendar else Window(amount(1, u), sign)
        if r == "past":
            return Window(amount(1, u), sign) if not re.search(r"\bthis\s+\Z", left) or u != "week" else None
        if r == "coming":
            return Window(amount(1, u), sign)
        if r in ("last", "next") and ONE_WINDOW.search(left) and u in ("year", "month", "week"):
            return Window(amount(1, u), sign)
        return None

    return make


def _nth_in_a_row(o: object, u: str) -> Amount | None:
    """For the fifth straight year: five years long by now."""
    return None if u in w.PLURAL_UNITS or u in ("weekend", "quarter") else amount(ordinal_of(o), u)


def _every_unit(u: str, n: object = 1, span: Span | None = None) -> Every | None:
    value = value_of(n)
    if value is None:
        some = isinstance(n, Number) and u in w.PLURAL_UNITS and u not in w.CLOCK_UNITS and u != "weekends"
        return Every(f"PX{w.UNITS[u][1][0].upper()}") if some else None
    if u in w.CLOCK_UNITS:
        return Every(f"PT{value:g}{w.CLOCK_UNITS[u][0].upper()}")
    factor, unit = w.UNITS[u]
    if unit == "weekend":
        return Every("XXXX-WXX-WE")
    return Every(f"P{value * factor:g}{unit[0].upper()}")


def _every_other(u: str) -> Every | None:
    return _every_unit(u, 2)


def _every_weekday(d: str) -> Every:
    name = d.rstrip(".")
    return Every(f"XXXX-WXX-{weekday_of(name[:-1] if name.endswith('days') else name)}")


def _every_month(m: str) -> Every:
    return Every(f"XXXX-{month_of(m):02d}")


def _every_season(s: str) -> Every:
    return Every(f"XXXX-{w.SEASONS[s]}")


def _every_daypart(p: str) -> Every:
    return Every(f"XXXX-XX-XXT{w.DAYPARTS[p]}")


_PAPER_KIND = (
    r"(?:business|new|tabloid|state|leading|influential|local|national|regional|financial|sports|francophone|anglophone|independent|"
    r"conservative|liberal|economic|popular|party|rival|[a-z]+-(?:run|language|owned|based|circulation)|"
    r"[a-z]+(?:ese|ish|ian|ican|ench|eek|aeli|akistani|raqi|engali))"
)
_PAPER_LEFT = re.compile(rf"\b(?:{_PAPER_KIND})\s+\Z")
_PAPER_NOUN = re.compile(rf"\b(?:the|a|an|this|its)\s+(?:{_PAPER_KIND}\s+)?\Z")
_PAPER_RIGHT = re.compile(
    r"\s*[,.;:)]|\s+(?:said|says|reported|reports|wrote|writes|quoted|quotes|cited|cites|may|will|would|could|has|had|was|is|"
    r"which|that|newspaper)\b"
)
_PAPER_NAME = re.compile(
    r"\s+(?:[A-Z][\w'’-]*\s?){1,4}(?:[,.;)]|(?<=\s)(?:said|says|reported|reports|wrote|quoted|cited|will|has|had|was|is)\b)"
)


def _is_paper(f: str, span: Span) -> bool:
    """Whether "daily" or "weekly" is a newspaper (the business daily X, the weekly said)."""
    if f not in ("daily", "weekly", "monthly", "quarterly"):
        return False
    left, right = span.left(40), span.text[span.end : min(span.segment_end, span.end + 60)]
    before = span.text[max(span.segment_start, span.start - 24) : span.start]
    if _NAMED_PAPER.search(before) and _PAPER_TELLS.match(right):
        return True
    if _PAPER_NOUN.search(left) and _FOREIGN_NAME.match(right):
        return True
    if right[:1] == " " and right[1:2].isupper():
        return (
            bool(_PAPER_LEFT.search(left) or (_PAPER_NOUN.search(left) and _PAPER_NAME.match(right)))
            and not span.surface[0].isupper()
        )
    return bool(_PAPER_NOUN.search(left) and _PAPER_RIGHT.match(right))


_WORKERS = re.compile(r"\s+(?:and\s+salaried\s+)?(?:workers?|employees|staff|workforce)\b")
_NAMED_PAPER = re.compile(r"[A-Z][\w’'-]+\s\Z")
_PAPER_TELLS = re.compile(
    r"\s+(?:that|said|says|reported|reports|wrote|writes|quoted|quotes|cited|cites|newspaper)\b"
)
_FOREIGN_NAME = re.compile(
    r"\s+(?:(?:La|Le|Les|L['’]|El|Al|As|Il|Die|Der|Das|De)[\s’'-]?|(?:al|el|an|ad|ash|as)-)[A-Z]"
)


def _frequency(f: str, span: Span) -> Every | None:
    if _is_paper(f, span) or (span.surface[0].isupper() and span.right(6) == " et al"):
        return None
    if (
        span.surface[0].isupper()
        and span.start > span.segment_start
        and not re.search(r"[.!?:;][\"”’)]*\s+\Z", span.left(5))
    ):
        return None
    if (
        re.match(
            r"[\s-]+(?:mail|telegraph|mirror|express|star|news|times|show|life|basis\s+point)\b",
            span.right(12),
        )
        and span.text[span.end + 1 : span.end + 2].isupper()
    ):
        return None
    if f == "hourly" and (_WORKERS.match(span.right(28)) or re.match(r"[\s-]paid\b", span.right(6))):
        return None
    if f == "quarterly" and re.match(r"\s+essay\b", span.right(8)):
        return None
    return Every(w.FREQUENCIES[f])


def times(u: str, span: Span) -> Every | None:
    """Twice a year, seven days a week."""
    if u not in w.UNITS or u in w.PLURAL_UNITS:
        return None
    made = _every_unit(u)
    return None if made is None else Every(made.value, re.sub(r"\s+", " ", span.surface.lower()))


def _on_weekdays(d: str, span: Span) -> Every | None:
    return _every_weekday(d) if re.search(r"\b(?:on|every|most|many|some)\s+\Z", span.left(8)) else None


def _twice(f: str, span: Span) -> Every | None:
    """Semi-annual is twice a year, bi-weekly every two weeks, twice-weekly twice a week."""
    value = w.FREQUENCIES[f]
    if span.low_surface.startswith("twice") and value in ("P1D", "P1W", "P1M"):
        return Every(value, re.sub(r"[\s-]+", " ", span.low_surface))
    if value == "P1Y":
        return Every("P6M")
    if value not in ("P1W", "P1M"):
        return None
    return Every(value.replace("1", "2")) if span.low_surface.startswith("bi") else _frequency(f, span)


def _every_nth_weekday(d: str, o: object) -> Every | None:
    """Every second Tuesday."""
    return _every_weekday(d) if 2 <= ordinal_of(o) <= 4 else None


RULES: tuple[Rule, ...] = (
    Rule("length of time", "n:(NUM|N_NUMBER) DASH? u:(UNIT|CUNIT)", _length),
    Rule("length of time, or more", "n:(NUM|N_NUMBER) or more u:(UNIT|CUNIT)", _length),
    Rule(
        "length of time, full",
        "n:(NUM|N_NUMBER) FULL u:(UNIT|CUNIT)",
        _length,
    ),
    Rule(
        "length of time, from and to",
        "a:(NUM|N_NUMBER) (DASH|to|or|DASH to DASH) b:(NUM|N_NUMBER) DASH? u:(UNIT|CUNIT)",
        _between,
    ),
    Rule(
        "length of time, from and to",
        "between < a:(NUM|N_NUMBER) and b:(NUM|N_NUMBER) DASH? u:(UNIT|CUNIT) >",
        _between,
    ),
    Rule(
        "length and a half",
        "n:(NUM|N_NUMBER) DASH? and DASH? (a DASH?)? half DASH? u:(UNIT|CUNIT)",
        _and_half,
    ),
    Rule(
        "length and a half",
        "n:(NUM|N_NUMBER) DASH? and DASH? h:N_NUMBER DASH? half DASH? u:(UNIT|CUNIT)",
        _and_one_half,
    ),
    Rule("length and a half", "u:(UNIT|CUNIT) and a? half", _and_half),
    Rule("length and a half", "n:(NUM|N_NUMBER) u:(UNIT|CUNIT) and a? half", _and_half),
    Rule("length and a quarter", "n:(NUM|N_NUMBER) and a? quarter DASH? u:(UNIT|CUNIT)", _and_quarter),
    Rule("length and a fraction", "(n:DAY DASH?)? a:DAY / b:DAY DASH? u:(UNIT|CUNIT)", _fraction),
    Rule(
        "three quarters of a length",
        "q:(NUM|N_NUMBER) DASH? (quarter|quarters) of? (a|an)? u:(hour|hours|century)",
        _quarters_of,
    ),
    Rule("length and a fraction", "n:DAY? DASH? f:FRACTION DASH? u:(UNIT|CUNIT)", _with_fraction),
    Rule("one unit or two", "u:UNIT or n:N_NUMBER", _or_two),
    Rule(
        "length and three quarters",
        "n:(NUM|N_NUMBER) and q:(NUM|N_NUMBER) DASH? (quarter|quarters) DASH? u:(UNIT|CUNIT)",
        _and_three_quarters,
    ),
    Rule("half a length", "half DASH? (a|an)? DASH? u:(UNIT|CUNIT)", _half_of),
    Rule("quarter of a length", "quarter (of a|DASH)? u:(century)", _quarter_of),
    Rule("one unit", "u:UNIT", _one),
    Rule("unit-long", "u:(UNIT|CUNIT) DASH? (long|lengthy)", _long),
    Rule("open length", "u:UNIT", _plural),
    Rule("window before", "LAST n:(NUM|N_NUMBER) FULL? u:(UNIT|CUNIT)", _window(-1)),
    Rule("window before", "n:(NUM|N_NUMBER) LAST u:UNIT", _window(-1)),
    Rule("window after", "NEXT n:(NUM|N_NUMBER) FULL? u:(UNIT|CUNIT)", _window(1)),
    Rule("window after", "n:(NUM|N_NUMBER) NEXT u:UNIT", _window(1)),
    Rule("window of one and a half", "NEXT u:UNIT and a half", _and_half_window(1)),
    Rule("window of one and a half", "LAST u:UNIT and a half", _and_half_window(-1)),
    Rule(
        "window of so many and a half",
        "LAST n:(NUM|N_NUMBER) and a? half u:(UNIT|CUNIT)",
        _more_than_window(-1),
    ),
    Rule(
        "window of so many and a half",
        "NEXT n:(NUM|N_NUMBER) and a? half u:(UNIT|CUNIT)",
        _more_than_window(1),
    ),
    Rule("window of half a unit before", "LAST half DASH? u:(UNIT|CUNIT)", _half_window),
    Rule(
        "window before",
        "LAST a:(NUM|N_NUMBER) (DASH|to|or) b:(NUM|N_NUMBER) u:(UNIT|CUNIT)",
        _wide_window(-1),
    ),
    Rule(
        "window after", "NEXT a:(NUM|N_NUMBER) (DASH|to|or) b:(NUM|N_NUMBER) u:(UNIT|CUNIT)", _wide_window(1)
    ),
    Rule("open window before", "(LAST|recent) u:UNIT", _vague_window(-1)),
    Rule("open window after", "NEXT u:UNIT", _vague_window(1)),
    Rule("window of one unit before", "r:LAST u:UNIT", _one_window(-1)),
    Rule("window of one unit after", "r:NEXT u:UNIT", _one_window(1)),
    Rule(
        "window after, ahead",
        "u:UNIT ahead",
        lambda u: Window(amount(None if u in w.PLURAL_UNITS else 1, u), 1),
    ),
    Rule(
        "window after, to come",
        "u:UNIT to come",
        lambda u: Window(amount(None, u), 1) if u in w.PLURAL_UNITS else None,
    ),
    Rule("nth in a row", "o:ORD (straight|consecutive|successive) u:UNIT", _nth_in_a_row),
    Rule("every unit", "(every|each) u:(UNIT|CUNIT)", _every_unit),
    Rule("every n units", "(every|each) n:(NUM|N_NUMBER) u:(UNIT|CUNIT)", _every_unit),
    Rule("every half unit", "(every|each) half DASH? u:(hour)", lambda u: Every("PT30M")),
    Rule("every other unit", "(every|each) other u:(UNIT|CUNIT)", _every_other),
    Rule("every weekday", "(every|each|alternate) d:(WEEKDAY|WEEKDAYS)", _every_weekday),
    Rule("every other weekday", "(every|each) other d:WEEKDAY", _every_weekday),
    Rule("every other weekday", "(every|each) o:ORD d:WEEKDAY", _every_nth_weekday),
    Rule("every month", "(every|each) m:MONTH", _every_month),
    Rule("every season", "(every|each) s:SEASON", _every_season),
    Rule("every part of the day", "(every|each) p:DAYPART", _every_daypart),
    Rule("weekdays", "d:WEEKDAYS", _on_weekdays),
    Rule("frequency", "f:FREQ", _frequency),
    Rule(
        "twice-yearly",
        "(semi|bi) DASH f:FREQ",
        _twice,
    ),
    Rule("twice-yearly", "twice DASH? f:FREQ", _twice),
    Rule("times a unit", "(once|twice|thrice) (a|per|each|every) u:UNIT", times),
    Rule("times a unit", "(NUM|N_NUMBER) times (a|per|each|every) u:UNIT", times),
)


def _one_and_lengths(u: str, b: Amount, span: Span) -> Amount | None:
    """An hour and 45 minutes."""
    if u in w.PLURAL_UNITS or not re.search(r"\ban?\s+\Z", span.left(4)):
        return None
    return _lengths(amount(1, u), b)


def _every_length(a: Amount) -> Every | None:
    """Every two and a half weeks."""
    whole = len(a.numbers) == 1 and a.high is None and a.numbers[0][0] is not None
    return Every(duration_value(a)) if whole else None


LATE: tuple[Rule, ...] = (
    Rule("every length", "(every|each) a:N_AMOUNT", _every_length),
    Rule("lengths joined", "a:N_AMOUNT ,? and? b:N_AMOUNT", _lengths),
    Rule("lengths joined", "u:(UNIT|CUNIT) and b:N_AMOUNT", _one_and_lengths),
)
