"""Dates counted from others: two years ago, a year earlier, two weeks from next Tuesday, in three days."""

from __future__ import annotations

import re

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import words as w
from newsledger.stages.dates.expressions import (
    Ahead,
    Amount,
    Away,
    Beside,
    Feast,
    Fixed,
    Named,
    Next,
    Step,
    Vague,
)
from newsledger.stages.dates.rules import durations
from newsledger.stages.dates.rules.durations import amount
from newsledger.stages.dates.rules.inside import SIZE
from newsledger.stages.dates.rules.numbers import ordinal_of


def _ago(a: Amount, span: Span) -> Away:
    return Away(a, -1)


_FRACTION_LEFT = re.compile(r"\b(?:quarters?|thirds?|half|fifths?|tenths?)[\s-]+(?:of\s+an?\s+)?\Z")


def _unit_ago(u: str, span: Span) -> Away | Vague | None:
    if _FRACTION_LEFT.search(span.left(16)):
        return None
    if u in w.PLURAL_UNITS:
        return Vague("PAST_REF")
    return Away(amount(1, u), -1)


def _earlier(sign: int, base: object = "previous"):  # type: ignore[no-untyped-def]
    def make(span: Span, a: Amount | None = None, u: str | None = None) -> Away | Vague | None:
        if u is not None:
            if u in w.PLURAL_UNITS:
                vague = sign > 0 and u not in w.CLOCK_UNITS and span.low_surface.endswith("later")
                return Vague("FUTURE_REF") if vague else None
            a = amount(1, u)
        if a is not None and _THAN.match(span.right(24)):
            return None
        return None if a is None else Away(a, sign, base)

    return make


_THAN = re.compile(
    r"\s+than\s+(?:(?:was|were|had|has|been|it|originally|first|previously|initially)\s)*[a-z]"
)
"""Three days later than planned: how much later, not when."""
_NOT_WHEN = re.compile(
    r"\b(?:even|never|not)\s+\Z|\b(?:first|second|third|fourth|fifth|time|times|once|twice|more|most|\w+est|only|worst|best)\s+(?:\w+\s+){0,3}\Z"
)


_ATTRIBUTE = re.compile(r"\d[-–‑](?:day|week|month|year)\Z")
"""In 27-day paper: what the length belongs to stands behind it."""
_AFTER_OTHERS = re.compile(r"previous|preceding|prior|following|subsequent|ensuing|succeeding")
"""In the subsequent two months: counted from what was told, not from publication."""


def _ahead(a: Amount, span: Span) -> Ahead | None:
    if (
        _NOT_WHEN.search(span.left(40).rpartition("in ")[0])
        or a.long_unit
        or a.high
        or _AFTER_OTHERS.match(span.low_surface)
        or _ATTRIBUTE.search(span.low_surface)
        or re.match(r"\s+(?:of|or|and)\b|['’]", span.right(5))
    ):
        return None
    return Ahead(a) if all(count is not None for count, _ in a.numbers) and a.numbers[-1][1] in SIZE else None


def _ahead_one(u: str, span: Span) -> Ahead | None:
    if (
        u in w.PLURAL_UNITS
        or u not in ("week", "month", "year", "fortnight")
        or re.match(r"\s+(?:when|that|where|of|or|in)\b|['’-]", span.right(8))
    ):
        return None
    return _ahead(amount(1, u), span)


_CLAUSE_END = re.compile(r"\s*(?:[.,;:)!?”\"]|\Z|\s(?:and|but|or|when|while|with|in|at)\b)")


def _before_alone(sign: int):  # type: ignore[no-untyped-def]
    """A year before, the day after: alone, not before or after an event."""

    def make(span: Span, a: Amount | None = None, u: str | None = None) -> Away | None:
        if not _CLAUSE_END.match(span.right(8)) or u in w.PLURAL_UNITS or span.left(4).endswith("per "):
            return None
        return _earlier(sign)(span=span, a=a, u=u)  # type: ignore[no-any-return]

    return make


_FOR_THE = re.compile(r"\b(?:for|during|over|within)\s+the\s+\Z")
"""For the six months following July 1: how long, not when."""
_THE_DATE = re.compile(r"\s(?:after|from|following|before|prior\s+to|ahead\s+of)\s+the\s")
_NOUN_BEHIND = re.compile(
    r"\s+(?!in\b|at\b|on\b|and\b|of\b|to\b|when\b|as\b|was\b|is\b|with\b|for\b|by\b|that\b)[a-z]{2}"
)


def _from_date(sign: int):  # type: ignore[no-untyped-def]
    def make(o: object, span: Span, a: Amount | None = None, u: str | None = None) -> Away | None:
        if u in w.PLURAL_UNITS and u is not None:
            return None
        length = a or amount(1, str(u))
        if any(count is None for count, _ in length.numbers) and re.search(r"\bthe\s+\Z", span.left(5)):
            return None
        if " from " in span.low_surface and re.search(r"\b(?:over|during|within)\s+\Z", span.left(8)):
            return None
        if sign > 0 and _FOR_THE.search(span.left(12)):
            return None
        if _THE_DATE.search(span.low_surface) and _NOUN_BEHIND.match(span.right(12)):
            return None
        if re.search(r"\b(?:straight|consecutive|successive)\b", span.surface.lower()):
            return None
        if " from " in span.surface.lower() and (
            re.match(r"\s+(?:to|until|through)\b", span.right(10))
            or not (isinstance(o, Step | Next) or (_is_weekday(o) and not _THE.search(span.left(10))))
        ):
            return None
        if isinstance(o, Step) and o.count < 0 and u is not None and " from " in span.low_surface:
            return None
        if _is_weekday(o) and " from " in span.low_surface:
            return Away(length, sign, Next(o, 1, "nearest"))
        return Away(length, sign, Named("year", year=o) if isinstance(o, int) else o)

    return make


def _ago_today(a: Away, o: object) -> Away | None:
    return Away(a.amount, a.sign, o) if a.base == "published" else None


def _weeks_ago_weekday(a: Away, o: object) -> Away | None:
    """A week ago Monday: the Monday a week before the last."""
    weeks = len(a.amount.numbers) == 1 and a.amount.numbers[0][1] == "week" and a.amount.high is None
    return (
        Away(a.amount, -1, o) if a.base == "published" and a.sign < 0 and weeks and _is_weekday(o) else None
    )


def _weekday_week(o: object, span: Span) -> Away | None:
    """Friday week: a week after the coming Friday."""
    if not _is_weekday(o) or not _CLAUSE_END.match(span.right(8)) or span.left(4).endswith("the "):
        return None
    return Away(amount(1, "week"), 1, Next(o, 1, "nearest"))


def _is_weekday(value: object) -> bool:
    return isinstance(value, Named) and value.unit == "day" and value.day is None


_THE = re.compile(r"\bthe\s+(?:very\s+)?\Z")


def _beside(sign: int):  # type: ignore[no-untyped-def]
    """The Tuesday after Easter, the second Sunday before Christmas."""

    def make(d: Named, o: object, span: Span, n: object = None) -> Beside | None:
        number = 1 if n is None else ordinal_of(n)
        if d.weekday is None or d.day is not None or not 1 <= number <= 9:
            return None
        if (n is None and not _THE.search(span.left(10))) or _unit_of(o) in ("", "weekday"):
            return None
        return Beside(d.weekday, sign, o, number)

    return make


def _unit_of(value: object) -> str:
    """The unit of a day that a weekday may be counted from; "" for what is none."""
    if isinstance(value, Feast):
        return "day"
    if isinstance(value, Named):
        return "weekday" if value.unit == "day" and value.day is None else "day"
    return "day" if isinstance(value, Next) else ""


def _beside_event(d: Named, span: Span) -> Fixed | None:
    """The Friday before the election: no day can be given."""
    if d.weekday is None or d.day is not None or not _THE.search(span.left(10)):
        return None
    return Fixed(f"XXXX-WXX-{d.weekday}", note="counted from an event")


RULES: tuple[Rule, ...] = (
    Rule("weekday after a day", "(n:ORD)? d:N_WEEKDAY (after|following) the? o:(N_DAY|N_FEAST)", _beside(1)),
    Rule(
        "weekday before a day", "(n:ORD)? d:N_WEEKDAY (before|preceding) the? o:(N_DAY|N_FEAST)", _beside(-1)
    ),
    Rule(
        "weekday beside an event",
        "< d:N_WEEKDAY > (before|after|following|preceding) (the|a|an|his|her|its|their|this|that|our|my)",
        _beside_event,
    ),
    Rule("ago", "a:N_AMOUNT DASH? ago", _ago),
    Rule(
        "ago",
        "a:N_AMOUNT back",
        lambda a, span: Away(a, -1) if re.match(r"\s*[,.;)]|\s+(?:when|that)\b|\Z", span.right(6)) else None,
    ),
    Rule("unit ago", "u:UNIT DASH? ago", _unit_ago),
    Rule("ago, from a day", "a:N_AWAY (on|this)? o:N_DAY", _ago_today),
    Rule("ago, from a weekday", "a:N_AWAY (on|this)? o:N_WEEKDAY", _weeks_ago_weekday),
    Rule("weekday week", "o:N_WEEKDAY week", _weekday_week),
    Rule("earlier", "a:N_AMOUNT DASH? (earlier|previously|beforehand)", _earlier(-1)),
    Rule("earlier", "u:UNIT DASH? (earlier|previously)", _earlier(-1)),
    Rule(
        "later",
        "a:N_AMOUNT (later|afterwards|afterward|thereafter|on)",
        lambda a, span: (
            None
            if re.search(r"\bon\Z", span.surface.lower())
            else _earlier(1, "sentence" if span.low_surface.endswith("thereafter") else "previous")(
                span=span, a=a
            )
        ),
    ),
    Rule("later", "u:UNIT DASH? (later|afterwards|afterward)", _earlier(1)),
    Rule("in a length of time", "in (just|about|around)? < a:N_AMOUNT >", _ahead),
    Rule("in a length of time", "in (a|an) < u:UNIT >", _ahead_one),
    Rule("times a unit", "N_AMOUNT (a|per|each|every) u:UNIT", durations.times),
    Rule("from now", "a:N_AMOUNT from now", lambda a: Away(a, 1)),
    Rule("from now", "u:UNIT from now", lambda u: None if u in w.PLURAL_UNITS else Away(amount(1, u), 1)),
    Rule("in some time's time", "a:N_AMOUNT (POSS|APOS) time", lambda a: Away(a, 1)),
    Rule("in some time's time", "in a? < u:UNIT POSS time >", lambda u: Away(amount(1, u), 1)),
    Rule("before, alone", "a:N_AMOUNT before", _before_alone(-1)),
    Rule("before, alone", "u:UNIT before", _before_alone(-1)),
    Rule("after, alone", "a:N_AMOUNT after", _before_alone(1)),
    Rule("after, alone", "u:UNIT after", _before_alone(1)),
    Rule("before a date", "a:N_AMOUNT (before|prior to|ahead of) the? o:(DATE|YEAR)", _from_date(-1)),
    Rule("before a date", "u:UNIT (before|prior to) the? o:(DATE|YEAR)", _from_date(-1)),
    Rule("after a date", "a:N_AMOUNT (after|from|following) the? o:(DATE|YEAR)", _from_date(1)),
    Rule("after a date", "u:UNIT (after|from|following) the? o:(DATE|YEAR)", _from_date(1)),
)
