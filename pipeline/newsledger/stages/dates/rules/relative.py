"""Dates relative to publication or to a date mentioned before: yesterday, last year, that month."""

from __future__ import annotations

import re
from functools import partial

from newsledger.grammar import Rule, Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import spelled
from newsledger.stages.dates.cues import CUES, cue
from newsledger.stages.dates.guards import is_capitalised
from newsledger.stages.dates.rules.absolute import day_of, month_of, weekday_of
from newsledger.stages.dates.rules.numbers import direction, value_of

_REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def _last(r: str, u: str, span: Span) -> x.Step | None:
    unit = w.SINGLE_UNITS[u]
    if r in ("previous", "preceding", "prior"):
        return x.Step(unit, -1, "previous")
    if cue("nth_before", span) and cue("of_or_in", span):
        return None
    part = cue("of", span) and not cue("noun_before", span)
    if unit == "day" or (part and unit != "year"):
        return None
    if r == "past":
        return x.Step(unit, -1) if unit in ("weekend", "quarter") else None
    if unit == "decade" or (unit in ("week", "month", "year", "century") and cue("one_window", span)):
        return None
    return x.Step(unit, -1)


def _next(r: str, u: str, span: Span) -> x.Step | None:
    unit = w.SINGLE_UNITS[u]
    if r in w.COUNTED_WORDS:
        return x.Step(unit, 1, "previous")
    if r == "coming":
        return None
    if unit in ("decade", "century"):
        return x.Step(unit, 1) if cue("into_the", span) else None
    if r == "next" and unit in ("week", "month", "year") and cue("one_window", span):
        return None
    if r == "next" and (unit == "day" or re.search(r"\bthe(?:\s+very)?\s+\Z", span.left(10))):
        return x.Step(unit, 1, "previous")
    return x.Step(unit, 1)


def _this(r: str, u: str, span: Span) -> x.Step | x.Fixed | None:
    unit = w.SINGLE_UNITS[u]
    if (r == "present" and unit != "day") or cue("repeated", span):
        return None
    opens = r == "current" and cue("opens", span)
    if opens and unit in ("year", "quarter") and cue("figures_next", span):
        return x.Fixed(spelled(unit), note="the one reported", precision=unit)
    return x.vague("PRESENT_REF") if unit == "day" else x.Step(unit, 0)


def _this_and_next(u: str, span: Span) -> x.Listed:
    unit = w.SINGLE_UNITS[u]
    word, following = span.items[1], span.items[-1]
    return x.Listed(
        ((span.start, word.end, x.Step(unit, 0)), (following.start, following.end, x.Step(unit, 1)))
    )


def _named_unit(d: str | None, m: str | None, s: str | None) -> x.Named:
    if d:
        return x.Named("day", weekday=weekday_of(d))
    return x.Named("month", month=month_of(m)) if m else x.Named("season", season=w.SEASONS[str(s)])


def _that_named(span: Span, m: str | None = None, s: str | None = None) -> x.Within | None:
    """That May, that summer: of the year named before."""
    if m and not is_capitalised(span, m):
        return None
    return x.Within(_named_unit(None, m, s), x.Step("year", 0, "previous"))


def _named(
    span: Span, count: int, d: str | None = None, m: str | None = None, s: str | None = None, r: str = ""
) -> x.NamedRelative | None:
    """A named unit that lies ``count`` of its kind from publication: last May (-1)."""
    if (not m and cue("of_unit", span)) or (r == "following" and not s and not cue("the_only", span)):
        return None
    if s == "fall" and count == 0 and cue("decline", span):
        return None
    if m and (cue("day_behind", span) or (m in ("may", "march") and not is_capitalised(span, m))):
        return None
    narrated = d and r == "next" and cue("the_only", span)
    base = "previous" if narrated or r in w.COUNTED_WORDS else "published"
    return x.NamedRelative(_named_unit(d, m, s), count, base)


def _is_title(span: Span) -> bool:
    """Whether a word of a day ends a name (Science Today, Town Tonight)."""
    return span.surface.istitle() and bool(cue("title_before", span) or cue("title_behind", span))


def _is_nowadays(span: Span) -> bool:
    """Whether "today" means these days: in a state, a comparison or a kind, not on one day."""
    state = cue("is_before", span) and cue("state_behind", span)
    being = cue("as_it_is", span)
    as_it_is = being and (being["what"] or cue("stop", span))
    compared = cue("than_behind", span) or (cue("as_before", span) and span.right(4).startswith(" as "))
    kind = cue("generic_today", span) or cue("todays_name", span)
    return bool(state or cue("state_verb", span) or as_it_is or compared or kind)


def _day_word(d: str, span: Span) -> x.Step | x.Fixed | None:
    """Tomorrow; "the cars of tomorrow" refers to no day."""
    if _is_title(span) or (span.surface == "Today" and cue("programme", span)):
        return None
    if d == "today" and cue("stamp", span):
        return None
    generic = cue("todays", span)
    if d == "today" and (generic or _is_nowadays(span)):
        return x.vague("PRESENT_REF")
    of_generic = cue("of_generic", span) and not cue("possessive", span)
    if d == "tomorrow" and (generic or of_generic or cue("generic_tomorrow", span)):
        return x.vague("FUTURE_REF")
    return x.Step("day", w.DAY_WORDS[d])


def _daypart(step: int, p: str, base: str = "published") -> x.DateTime:
    return x.DateTime(x.Step("day", step, base), x.Clock(f"T{w.DAYPARTS[p]}"))


def _vague(v: str, span: Span) -> x.Fixed | None:
    left, right = span.left(20), span.right(20)
    name = span.surface.isupper() if v == "now" else v in ("current", "future") and span.surface[0].isupper()
    if name and (span.start != span.segment_start or span.text[span.end + 1 : span.end + 2].isupper()):
        return None
    if v == "now" and right[:1] == "," and (not left.strip() or cue("set_off", span)):
        return None
    if any(cue(name, span) for name in (f"no_{v}", f"no_{v}_behind") if name in CUES):
        return None
    adjective = cue("noun_next", span) and right[:1] == " "
    if (v == "current" and not adjective) or (
        v == "future" and not (adjective or cue("before_future", span))
    ):
        return None
    return x.vague(w.VAGUE_WORDS[v])


def _moment(p: str, span: Span, d: str = "this") -> x.Fixed | None:
    """At the moment, at this point, at that time; "at the moment he fell" is another."""
    right = span.right(12)
    if cue("other_time", span) or (d == "the" and not (cue("clause_end", span) or right[1:2].isdigit())):
        return None
    return x.vague("PRESENT_REF" if d == "this" or (d, p) == ("the", "moment") else "PAST_REF")


def _numbered(n: object, u: str, span: Span) -> x.Fixed | None:
    """Week 3, day five: of a contest or a trial."""
    if value_of(n) is None or not (span.surface[0].isupper() or cue("before_numbered", span)):
        return None
    return x.Fixed(spelled(u), note="counted from an event", precision=u)


def _weeks_from(d: str, weeks: float, sign: int = 1) -> x.Offset:
    """So many weeks after (1) today, tomorrow or the coming weekday, or before (-1) the last one."""
    first: x.Step | x.NamedRelative = x.Step("day", w.DAY_WORDS.get(d, 0))
    if d not in w.DAY_WORDS:
        first = x.NamedRelative(x.Named("day", weekday=weekday_of(d)), sign, "nearest")
    return x.Offset(x.Duration(((weeks, "week"),)), sign, first)


def _week_from(d: str, span: Span, u: str = "week", n: object = 1) -> x.Offset | None:
    """Monday week, today fortnight, a week on Friday, two weeks from Monday."""
    if span.surface.endswith(("Week", "Fortnight")) or d == "yesterday" or cue("week_number", span):
        return None
    return _weeks_from(d, (2 if u == "fortnight" else 1) * (value_of(n) or 1))


def _last_named_day(m: str, d: object) -> x.NamedRelative:
    return x.NamedRelative(x.Named("day", month=month_of(m), day=day_of(d)), -1)


RULES: tuple[Rule, ...] = (
    Rule("today, yesterday, tomorrow", "d:DAYWORD", _day_word),
    # hardly ever in the articles, but "yesterday" and "tomorrow" alone would be wrong days
    Rule("day before yesterday", "day before yesterday", lambda: x.Step("day", -2)),
    Rule("day after tomorrow", "day after tomorrow", lambda: x.Step("day", 2)),
    Rule("tonight", "NIGHTWORD", lambda span: None if _is_title(span) else _daypart(0, "night")),
    Rule("this part of the day", "this p:DAYPART", lambda p: _daypart(0, p)),
    Rule("last night", "last p:(night|evening)", lambda p: _daypart(-1, p)),
    Rule("next morning", "(next|following) p:DAYPART", lambda p: _daypart(1, p, "previous")),
    Rule(
        "night before", "p:DAYPART before", lambda p: _daypart(-1, p, "previous"), only="the_only clause_end"
    ),
    Rule("that evening", "(that|same) p:DAYPART", lambda p: _daypart(0, p, "previous")),
    Rule("last unit", "r:LAST DASH? u:SINGLE", _last),
    Rule("next unit", "r:NEXT u:SINGLE", _next),
    Rule("this unit", "r:THIS u:SINGLE", _this),
    Rule("this unit and next", "THIS u:SINGLE (and|or) next", _this_and_next, only="clause_end"),
    Rule("this unit", "this u:(years|months|weeks)", lambda u: x.Step(w.UNITS[u][1], 0), only="noun_next"),
    Rule("season of its own", "r:(THIS|LAST|NEXT) season", lambda r: x.vague(_REFERENCES[direction(r)])),
    Rule(
        "that unit",
        "(that|same|that very|that same) u:SINGLE",
        lambda u: x.Step(w.SINGLE_UNITS[u], 0, "previous"),
        unless="repeated ago_behind",
    ),
    Rule("that named unit", "that same? (m:MONTH|s:SEASON)", _that_named, only="that_one"),
    Rule("last named unit", "(this past|r:LAST) (d:WEEKDAY|m:MONTH|s:SEASON)", partial(_named, count=-1)),
    Rule("last day of a month", "(this past|last) m:MONTH d:(DAY|ORD)", _last_named_day),
    Rule("coming weekday", "this? (coming|upcoming) d:WEEKDAY", partial(_named, count=0)),
    Rule("next named unit", "(this coming|r:NEXT) (d:WEEKDAY|m:MONTH|s:SEASON)", partial(_named, count=1)),
    Rule("this named unit", "(this|current) (d:WEEKDAY|m:MONTH|s:SEASON)", partial(_named, count=0)),
    Rule("the one after next", "(d:WEEKDAY|m:MONTH|s:SEASON) after next", partial(_named, count=2)),
    Rule("this past week", "this past week", lambda: x.Step("week", -1)),
    Rule(
        "the weekend",
        "weekend",
        lambda: x.Step("weekend", 0, "near"),
        only="the_weekend",
        unless="weekend_of",
    ),
    Rule(
        "weekdays away",
        "n:(NUM|N_NUMBER) d:WEEKDAYS (ago|back|side:from now)",
        lambda n, d, side="": _weeks_from(d[:-1], (value_of(n) or 1) - 1, 1 if side else -1),
    ),
    # hardly ever in the articles, but the weekday alone would be a wrong day
    Rule("week later", "d:(WEEKDAY|DAYWORD) u:(week|fortnight)", _week_from, unless="the_only an no_length"),
    Rule(
        "week later",
        "(a < u:(week|fortnight) (on|from) d:WEEKDAY >|n:(NUM|N_NUMBER) weeks from d:WEEKDAY)",
        _week_from,
        unless="lasting to_behind no_length",
    ),
    Rule(
        "the one before last",
        "(d:WEEKDAY|u:(week|weekend|month|quarter|year)) before last",
        lambda d="", u="": _weeks_from(d, 1, -1) if d else x.Step(w.SINGLE_UNITS[u], -2),
        unless="last_of_what",
    ),
    Rule("these days", "(these|current) days", lambda: x.vague("PRESENT_REF")),
    Rule("those days", "in < those days >", lambda: x.vague("PAST_REF")),
    Rule("vague", "right? v:VAGUE", _vague),
    Rule("at present", "at < present >", lambda: x.vague("PRESENT_REF")),
    Rule("the past", "(in|from|of) the < past >", lambda: x.vague("PAST_REF"), unless="noun_next"),
    Rule("at the moment", "at d:the < p:POINT >", _moment),
    Rule("at this moment", "(at|by|since|until|till) < d:(this|that) p:POINT >", _moment),
    Rule("numbered week or day", "u:(week|day) n:(DAY|N_NUMBER)", _numbered),
)
