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
from newsledger.stages.dates.words import listed

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

_DATE_UNITS = listed(
    """
    day weekday month quarter half season week weekend year decade century millennium years feast away part
    nth at
    """
)
_BIG = listed(
    """
    month quarter half season week weekend year decade century millennium years feast nth away part
    """
)
_DAYS = frozenset({"day", "weekday", "feast"})


def kind_name(value: object) -> str:
    """The class of a finding: the unit it names, or what else it is."""
    if isinstance(value, x.Named):
        if value.unit == "day" and value.day is None:
            return "weekday"
        return value.unit
    if isinstance(value, x.Step):
        return value.unit
    if isinstance(value, x.Next):
        return "day" if kind_name(value.named) == "weekday" else kind_name(value.named)
    if isinstance(value, x.Within):
        return kind_name(value.inner)
    if isinstance(value, x.SevenDays):
        return "week"
    if isinstance(value, x.Ending):
        return value.named.unit
    if isinstance(value, x.Nth):
        return "nth"
    if isinstance(value, x.Beside):
        return "day"
    if isinstance(value, x.Years):
        return "years"
    if isinstance(value, x.Numeric | x.Fixed):
        return "day"
    return type(value).__name__.lower()


OTHERS = listed("ahead range amount window every clock vague listed number ordinal nothing")
CLASSES_OF: dict[str, tuple[str, ...]] = {
    unit: (
        f"N_{unit.upper()}",
        "DATE",
        *(("BIG",) if unit in _BIG else ()),
        *(("DAYN",) if unit in _DAYS else ()),
    )
    for unit in sorted(_DATE_UNITS)
} | {kind: (f"N_{kind.upper()}",) for kind in sorted(OTHERS)}
CLASSES_OF["number"] = ("N_NUMBER", "NUM")
CLASSES_OF["ordinal"] = ("N_ORDINAL", "ORD")


@cache
def grammar() -> tuple[Lexicon, Grammar]:
    """The compiled grammar and the reader of its tokens, made once."""
    compiled = Grammar(
        "dates", LEVELS, words=CLASSES, tokens=NUMBER_KINDS, findings=CLASSES_OF, kind_of=kind_name
    )
    return Lexicon(compiled.vocabulary, compiled.token_codes), compiled
