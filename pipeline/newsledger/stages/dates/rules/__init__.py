"""The grammar: rules in levels, where later levels build on what earlier ones found."""

from __future__ import annotations

from functools import cache

from newsledger.grammar import Grammar, Level
from newsledger.stages.dates import dateparser_fallback
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.rules import (
    absolute,
    clocks,
    durations,
    inside,
    lists,
    numbers,
    relative,
    shifted,
)
from newsledger.stages.dates.tokens import CLASSES, NUMBER_KINDS, Tokenizer

LEVELS: tuple[Level, ...] = (
    Level((*absolute.EARLY, *numbers.RULES)),
    Level(
        (
            *lists.FIRST,
            *absolute.FISCAL,
            *absolute.RULES,
            *dateparser_fallback.RULES,
            *relative.RULES,
            *durations.RULES,
            *clocks.RULES,
        )
    ),
    Level((*absolute.FISCAL_INNER, *inside.INNER), repeat=True),
    Level((*inside.RULES, *inside.PARTS, *shifted.RULES, *clocks.TIMED), repeat=True),
    Level(lists.OUTER, repeat=True),
)
"""Level by level: number words; what tokens name; what lies inside a year; expressions made of expressions;
ranges and lists of what is whole by then."""

_PERIODS = "month quarter half season week weekend year decade century millennium years nth offset part"
_OTHERS = "durationahead range duration window clock vague listed"
FINDINGS: dict[str, tuple[str, ...]] = {
    **{kind: (f"N_{kind.upper()}", "DATE", "BIG") for kind in _PERIODS.split()},
    **{kind: (f"N_{kind.upper()}", "DATE", "DAYN") for kind in ("day", "weekday")},
    "holiday": ("N_HOLIDAY", "DATE", "BIG", "DAYN"),
    "datetime": ("N_DATETIME", "DATE"),
    "number": ("N_NUMBER", "NUM"),
    "ordinal": ("N_ORDINAL", "ORD"),
    **{kind: (f"N_{kind.upper()}",) for kind in _OTHERS.split()},
}
"""Kinds of findings and the classes they belong to: BIG is what may hold a smaller date, DAYN what a time."""


def kind_name(value: object) -> str:
    """The kind of a finding: the unit it names, or what else it is."""
    match value:
        case x.Named(unit="day", day=None):
            return "weekday"
        case x.Named() | x.Step():
            return value.unit
        case x.NamedRelative():
            kind = kind_name(value.named)
            return "day" if kind == "weekday" else kind
        case x.Within():
            return kind_name(value.inner)
        case x.PeriodEnding():
            return value.named.unit
        case x.WeekEnding():
            return "week"
        case x.Fixed(precision=None):
            return "vague"
        case x.Numeric() | x.Fixed():
            return "day"
    return type(value).__name__.lower()


@cache
def grammar() -> tuple[Tokenizer, Grammar]:
    """The compiled grammar and the reader of its tokens, made once."""
    compiled = Grammar(
        "dates", LEVELS, words=CLASSES, tokens=NUMBER_KINDS, findings=FINDINGS, kind_of=kind_name, has_cue=cue
    )
    return Tokenizer(compiled.vocabulary, compiled.token_codes), compiled
