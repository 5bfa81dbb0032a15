"""The grammar: rules in levels, the later ones built on what the earlier ones found."""

from __future__ import annotations

from functools import cache

from newsledger.grammar import Grammar, Level
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.lexicon import CLASSES, NUMBER_KINDS, Lexicon
from newsledger.stages.dates.rules import (
    absolute,
    clocks,
    durations,
    fiscal,
    inside,
    languages,
    lists,
    numbers,
    parts,
    relative,
    shifted,
    timed,
)

LEVELS: tuple[Level, ...] = (
    Level((*absolute.EARLY, *numbers.RULES)),
    Level(
        (
            *lists.FIRST,
            *fiscal.FIRST,
            *absolute.RULES,
            *languages.RULES,
            *relative.RULES,
            *durations.RULES,
            *clocks.RULES,
        )
    ),
    Level((*fiscal.INNER, *inside.INNER), repeat=True),
    Level((*inside.RULES, *parts.RULES, *shifted.RULES, *timed.RULES), repeat=True),
    Level(lists.OUTER, repeat=True),
)
"""Level by level: number words; what tokens name; what lies inside a year; expressions made of expressions;
ranges and lists of what is whole by then."""

_PERIODS = "month quarter half season week weekend year decade century millennium years nth away part"
_OTHERS = "ahead range amount window every clock vague listed"
FINDINGS: dict[str, tuple[str, ...]] = {
    **{kind: (f"N_{kind.upper()}", "DATE", "BIG") for kind in _PERIODS.split()},
    **{kind: (f"N_{kind.upper()}", "DATE", "DAYN") for kind in ("day", "weekday")},
    "holiday": ("N_HOLIDAY", "DATE", "BIG", "DAYN"),
    "at": ("N_AT", "DATE"),
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
        case x.Next():
            kind = kind_name(value.named)
            return "day" if kind == "weekday" else kind
        case x.Within():
            return kind_name(value.inner)
        case x.Ending():
            return value.named.unit
        case x.SevenDays():
            return "week"
        case x.Beside() | x.Numeric() | x.Fixed():
            return "day"
    return type(value).__name__.lower()


@cache
def grammar() -> tuple[Lexicon, Grammar]:
    """The compiled grammar and the reader of its tokens, made once."""
    compiled = Grammar(
        "dates", LEVELS, words=CLASSES, tokens=NUMBER_KINDS, findings=FINDINGS, kind_of=kind_name
    )
    return Lexicon(compiled.vocabulary, compiled.token_codes), compiled
