"""Words around two numbers that tell a range from an old and a new figure, or from no pair at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.context import OPENING, WINDOW, Surroundings
from newsledger.stages.money.grammar import Quantity
from newsledger.stages.money.phrases import CHANGE_VERBS, DOWN_BY, UP_BY, WORDS

_AROUND_WORD = OPENING + ".,;:!?)"
_RANGE_CUES = WORDS["ranging"] | WORDS["range_cues"]
_CAPITALISED = lazy_regex(r"\b[A-Z][a-z]+\s+\Z")
_REACH = {"from": 24, "by": 16}
"""How many words back a verb may stand from its preposition; four without one."""
_COUNTED = lazy_regex(r"\s*(?:%|percent|per cent|pct|percentage|basis points|points?\b)")
_CLAUSE_END = lazy_regex(
    r"\s*(?:[.,;:!?)\]\"”’]|\Z)|[-/]|\s+(?:an?|per|in|for|of|to|on|at|by|and|or|each|from|with|as|but|depending|over|"
    r"more|less|is|was|are|were|when|if|while|after|before|since|compared|against|versus|vs|last|this|despite)\b"
)


class Change(NamedTuple):
    """How a verb of change governs a pair of numbers: with "from", with "by" or as its object.

    "raise" is a verb that may also mean to collect ("raise 5 to 6"); "" is no such verb.
    """

    link: Literal["from", "by", "raise", ""]
    sign: Literal["", "+", "-"] = ""


def change_before(around: Surroundings, start: int) -> Change:
    """The verb of change that governs the pair at ``start``: rose from 5 to 6; rose by 5 to 20, rose 5 to 20.

    >>> change_before(Surroundings("Prices rose 5 to 20", 0, 19), 12)
    Change(link='by', sign='+')
    """
    words = [word.strip(_AROUND_WORD) for word in around.left(start, 2 * WINDOW).split()]
    while words and words[-1] in WORDS["approximators"]:
        words.pop()
    last = words[-1] if words else ""
    if len(words) > 1 and words[-2] in WORDS["ranging"]:
        return Change("")
    for distance, word in enumerate(reversed(words[-_REACH.get(last, 4) :])):
        if word in WORDS["ranging"]:
            break
        if word in CHANGE_VERBS:
            sign: Literal["", "+", "-"] = "+" if word in UP_BY else "-" if word in DOWN_BY else ""
            if last == "from" or last == "by":
                return Change("from" if last == "from" else "by", sign)
            if WORDS["no_change"].intersection(words[len(words) - distance :]):
                return Change("", sign)
            return Change("raise" if word in WORDS["raise_by"] and not distance else "by", sign)
    return Change("")


def may_be_range(around: Surroundings, start: int, apart: Decimal) -> bool:
    """Whether a pair at ``start`` may be a range: after a cue ("at $5 to $80"), or after no word at all.

    ``apart`` is how many times larger the second number is.
    """
    words = around.left(start).split()
    if not words or not words[-1].strip(OPENING).isalpha():
        return apart < 50 or not words or words[-1][-1:] in "(:,"
    return words[-1].strip(OPENING) in _RANGE_CUES or (len(words) > 1 and words[-2] in _RANGE_CUES)


def is_other_number(around: Surroundings, start: int, quantity: Quantity) -> bool:
    """Whether a bare number is a day, a year or part of a name: "in phase 2", "March 16 to 31"."""
    before = [word.strip(".,") for word in around.left(start).split()]
    last = before[-1] if before else ""
    day = last in ("to", "and", "-") and not ALL_MONTHS.keys().isdisjoint(before[-4:])
    return day or last in WORDS["numbered"] or quantity.is_year


_MOVED = lazy_regex(r"(?:\s+(?:a|an|per)\s+[a-z]+)?\s+(?:higher|lower|up|down|easier|firmer|weaker)\b")
_SENTENCE_END = lazy_regex(r"[.!?][\"”’)]*\s")
_SPREAD = 4


def follows_name(around: Surroundings, start: int) -> bool:
    """Whether a name precedes a bare number: "its Vectra 50 to 3,995 dollars" is no range."""
    name = _CAPITALISED.search(around.text, max(around.start, start - 20), start)
    if name is None or name.start() == around.start:
        return False
    return _SENTENCE_END.search(around.text, max(around.start, name.start() - 2), name.start()) is None


def is_spread(around: Surroundings, start: int, end: int, apart: Decimal) -> bool:
    """Whether several prices moved by amounts of a range: "0.19 to 0.15 cent a pound higher"."""
    if _MOVED.match(around.right(end)):
        return True
    return around.left(start).split()[-1:] in (["up"], ["down"]) and 1 < apart < _SPREAD


def follows_from(around: Surroundings, start: int) -> bool:
    """Whether "from" stands right before a position."""
    return around.left(start).rstrip().endswith("from")


def precedes_and(around: Surroundings, end: int) -> bool:
    """Whether "and" follows a position; ", or" joins one amount in two forms."""
    return around.text[end : end + 6].split()[:1] == ["and"]


def is_count(around: Surroundings, end: int, *, scaled: bool) -> bool:
    """Whether a bare number counts per cent, points or things rather than money; things where it has a scale:
    "$14 million to 20 million children" is rare, but would be a range of money."""
    right = around.right(end)
    return bool(_COUNTED.match(right)) or (
        scaled and right.lstrip().split(" ")[0].strip(".,;") in WORDS["counted"]
    )


def ends_clause(around: Surroundings, end: int) -> bool:
    """Whether nothing that could be counted follows a bare number."""
    return bool(_CLAUSE_END.match(around.right(end)))
