"""Dates counted from others: two years ago, a year earlier, two weeks from next Tuesday, in three days."""

from __future__ import annotations

from functools import partial

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import UNIT_SIZES, spelled
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules import durations
from newsledger.stages.dates.rules.durations import duration
from newsledger.stages.dates.rules.numbers import as_year, ordinal_of


def _unit_ago(u: str) -> x.Offset | x.Fixed:
    return x.vague("PAST_REF") if u in w.PLURAL_UNITS else x.Offset(duration(1, u), -1)


def _earlier(span: Span, sign: int, a: x.Duration | None = None, u: str = "") -> x.Offset | x.Fixed | None:
    """A length before (-1) or after (1) a date named before."""
    if u in w.PLURAL_UNITS:
        return x.vague("FUTURE_REF" if sign > 0 else "PAST_REF")
    if a is not None and cue("later_than", span):
        return None
    base = "sentence" if span.low_surface.endswith("thereafter") else "previous"
    return x.Offset(a or duration(1, u), sign, base)


def _ahead(a: x.Duration) -> x.DurationAhead | None:
    if a.long_unit or a.high:
        return None
    counted = all(count is not None for count, _ in a.numbers) and a.numbers[-1][1] in UNIT_SIZES
    return x.DurationAhead(a) if counted else None


def _counted(sign: int, base: str, a: x.Duration | None = None, u: str = "") -> x.Offset | None:
    """A length from now; a year before, without the event that it was before."""
    return None if u in w.PLURAL_UNITS else x.Offset(a or duration(1, u), sign, base)


def _from_date(o: object, span: Span, sign: int, a: x.Duration | None = None, u: str = "") -> x.Offset | None:
    """A length before (-1) or after (1) the date that follows."""
    length = a or duration(1, u)
    if u in w.PLURAL_UNITS or any(count is None for count, _ in length.numbers):
        return None
    if cue("noun_next", span) or (sign > 0 and cue("how_long", span)):
        return None
    if " from " in span.low_surface:
        # a five day week from Sunday to Thursday; fell for the month from last year
        if cue("to_behind", span) or not isinstance(o, x.Step | x.NamedRelative):
            return None
        if isinstance(o, x.Step) and o.count < 0:
            return None
    return x.Offset(length, sign, as_year(o))


def _ago_today(a: x.Offset, o: object) -> x.Offset | None:
    """Two years ago today, 20 years ago this Friday: that of the week, whatever the tense, and this month."""
    if isinstance(o, x.NamedRelative) and o.named.weekday and not o.count:
        o = x.Within(o.named, x.Step("week", 0))
    return x.Offset(a.duration, a.sign, o) if a.base == "published" else None


def _by_event(span: Span, u: str = "day", d: x.Named | None = None) -> x.Fixed | None:
    """The day before the vote, the Friday before the election: no day of the calendar."""
    if isinstance(span.items[-1].value, x.Holiday) or u not in ("day", "week", "month", "year"):
        return None
    value = f"XXXX-WXX-{d.weekday}" if d else spelled(u)
    return x.Fixed(value, note="counted from an event", precision=u)


def _weekday_after(d: x.Named, o: object, n: object) -> x.Offset:
    """The second Sunday after Easter."""
    return x.Offset(x.Duration(((ordinal_of(n) - 1, "week"),)), 1, x.NamedRelative(d, 1, o))


_LENGTH = "(a:N_DURATION|u:(UNIT|CUNIT))"
_before_date, _after_date = (partial(_from_date, sign=sign) for sign in (-1, 1))

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
    Rule("ago, from a day", "a:N_OFFSET (on|this)? o:(N_DAY|N_WEEK|N_MONTH)", _ago_today),
    Rule("earlier", f"{_LENGTH} DASH? (earlier|previously|beforehand)", partial(_earlier, sign=-1)),
    Rule("later", f"(a:N_DURATION thereafter|{_LENGTH} DASH? LATER)", partial(_earlier, sign=1)),
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
    Rule("from now", "(a:N_DURATION|u:UNIT) from now", partial(_counted, 1, "published")),
    Rule(
        "before, alone", "(a:N_DURATION|u:UNIT) before", partial(_counted, -1, "previous"), only="clause_end"
    ),
    Rule("before a date", "a:N_DURATION (before|prior to|ahead of) the? o:(DATE|YEAR)", _before_date),
    Rule("after a date", "(a:N_DURATION|u:UNIT) (after|from|following) the? o:(DATE|YEAR)", _after_date),
)
