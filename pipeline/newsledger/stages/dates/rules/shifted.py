"""Dates counted from others: two years ago, a year earlier, two weeks from next Tuesday, in three days."""

from __future__ import annotations

from collections.abc import Callable

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import UNIT_SIZES
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules import durations
from newsledger.stages.dates.rules.durations import duration
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of


def _unit_ago(u: str) -> x.Offset | x.Fixed:
    return x.vague("PAST_REF") if u in w.PLURAL_UNITS else x.Offset(duration(1, u), -1)


def _earlier(sign: int) -> Callable[..., x.Offset | x.Fixed | None]:
    """A production for a length before (-1) or after (1) a date named before."""

    def make(span: Span, a: x.Duration | None = None, u: str = "") -> x.Offset | x.Fixed | None:
        if u in w.PLURAL_UNITS:
            return x.vague("FUTURE_REF" if sign > 0 else "PAST_REF")
        if a is not None and cue("later_than", span):
            return None
        base = "sentence" if span.low_surface.endswith("thereafter") else "previous"
        return x.Offset(a or duration(1, u), sign, base)

    return make


def _ahead(a: x.Duration) -> x.DurationAhead | None:
    if a.long_unit or a.high:
        return None
    counted = all(count is not None for count, _ in a.numbers) and a.numbers[-1][1] in UNIT_SIZES
    return x.DurationAhead(a) if counted else None


def _before_alone(a: x.Duration | None = None, u: str = "") -> x.Offset | None:
    """A year before, without the event that it was before."""
    return None if u in w.PLURAL_UNITS else x.Offset(a or duration(1, u), -1, "previous")


def _from_date(sign: int) -> Callable[..., x.Offset | None]:
    """A production for a length before (-1) or after (1) the date that follows."""

    def make(o: object, span: Span, a: x.Duration | None = None, u: str = "") -> x.Offset | None:
        if u in w.PLURAL_UNITS:
            return None
        length = a or duration(1, u)
        if any(count is None for count, _ in length.numbers):
            return None
        if cue("from_the", span) and cue("noun_next", span):
            return None
        if sign > 0 and cue("how_long", span):
            return None
        if " from " in span.low_surface:
            # a five day week from Sunday to Thursday; fell for the month from last year
            if cue("to_behind", span) or (isinstance(o, x.Step) and o.count < 0):
                return None
            if isinstance(o, x.Named) and o.unit == "day" and o.day is None:
                return x.Offset(length, sign, x.NamedRelative(o, 1, "nearest"))
            if not isinstance(o, x.Step | x.NamedRelative):
                return None
        return x.Offset(length, sign, as_year(o))

    return make


def _ago_today(a: x.Offset, o: object) -> x.Offset | None:
    return x.Offset(a.duration, a.sign, o) if a.base == "published" else None


_UNKNOWN = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}


def _by_event(span: Span, u: str = "day", d: x.Named | None = None) -> x.Fixed | None:
    """The day before the vote, the Friday before the election: no day of the calendar."""
    dated = d.weekday is None or d.day if d else isinstance(span.items[-1].value, x.Holiday)
    if dated or u not in _UNKNOWN:
        return None
    return x.Fixed(f"XXXX-WXX-{d.weekday}" if d else _UNKNOWN[u], note="counted from an event", precision=u)


def _weekday_after(d: x.Named, o: object, n: object) -> x.NthWeekdayAfter | None:
    if d.weekday is None or d.day is not None or not isinstance(o, x.Holiday | x.Named | x.NamedRelative):
        return None
    return x.NthWeekdayAfter(d.weekday, o, ordinal_of(n))


_LENGTH = "(a:N_DURATION|u:(UNIT|CUNIT))"

RULES: tuple[Rule, ...] = (
    Rule(
        "weekday after a day", "n:ORD d:N_WEEKDAY (after|following) the? o:(N_DAY|N_HOLIDAY)", _weekday_after
    ),
    Rule(
        "beside an event",
        "< (u:UNIT|d:N_WEEKDAY) > (before|after|following) (the|a|an|his|her|its|their|N_HOLIDAY)",
        _by_event,
        only="the_only",
    ),
    Rule("ago", "a:N_DURATION DASH? ago", lambda a: x.Offset(a, -1)),
    Rule("ago", "a:N_DURATION back", lambda a: x.Offset(a, -1), only="clause_end"),
    Rule("unit ago", "u:UNIT DASH? ago", _unit_ago),
    Rule("ago, from a day", "a:N_OFFSET (on|this)? o:N_DAY", _ago_today),
    Rule("earlier", f"{_LENGTH} DASH? (earlier|previously|beforehand)", _earlier(-1)),
    Rule("later", f"(a:N_DURATION thereafter|{_LENGTH} DASH? LATER)", _earlier(1)),
    Rule(
        "in a length of time",
        "in (just|about|around)? a? < a:N_DURATION >",
        _ahead,
        unless="attribute not_when ahead_of_what",
    ),
    Rule(
        "in a length's time",
        "in (just|about|around)? (a|an)? < (a:N_DURATION|u:(UNIT|CUNIT)) (POSS|APOS) time >",
        lambda a=None, u="": x.DurationAhead(a or duration(1, u)),
    ),
    Rule("times a unit", "N_DURATION (a|per|each|every) u:UNIT", durations.times),
    Rule("from now", "a:N_DURATION from now", lambda a: x.Offset(a, 1)),
    Rule(
        "from now", "u:UNIT from now", lambda u: None if u in w.PLURAL_UNITS else x.Offset(duration(1, u), 1)
    ),
    Rule("before, alone", "(a:N_DURATION|u:UNIT) before", _before_alone, only="clause_end"),
    Rule("before a date", "a:N_DURATION (before|prior to|ahead of) the? o:(DATE|YEAR)", _from_date(-1)),
    Rule("after a date", "(a:N_DURATION|u:UNIT) (after|from|following) the? o:(DATE|YEAR)", _from_date(1)),
)
