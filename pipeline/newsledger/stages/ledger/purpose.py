"""What the money is for."""

from __future__ import annotations

from newsledger.stages.ledger.classes import is_goods
from newsledger.stages.ledger.context import Context
from newsledger.stages.ledger.labels import RESULTS
from newsledger.stages.ledger.lexicon import LISTS
from newsledger.stages.ledger.measure import Measure
from newsledger.stages.ledger.tokens import DATE, FIGURE, MARK, NAME, WORD

_PREPOSITIONS, _DETERMINERS = LISTS["prepositions"], LISTS["determiners"]
_ENDS = (_PREPOSITIONS - {"of"}) | LISTS["relatives"] | LISTS["conjunctions"] - {"and"} | {"that"}
_STOPS = LISTS["relatives"] | {";", ".", ":", ",", "that", "and", "but", "as"}
_NO_VERBS = _DETERMINERS | _PREPOSITIONS | LISTS["numbers"]
_NO_HEAD = _PREPOSITIONS | LISTS["be"] | LISTS["relatives"] | LISTS["pronouns"]
_LONGEST = 12
_FARTHEST = 9

Words = tuple[int, int, str]
"""First and last token, and the rule."""


def purpose_of(c: Context, name: str | None, measure: Measure | None) -> Words | None:
    """What the money is for, buys or prices, by tokens; ``name`` is the class.

    "Shares" that rose to $5, or the phrase after "for" or "to"; a name after "for" is a party.
    """
    if measure is not None and is_goods(c, measure):
        return measure.first, measure.last, "goods"
    start = measure.last + 1 if measure and measure.last > c.at else c.at + 1
    for at in range(start, min(len(c.tokens), start + _FARTHEST)) if name != "price" else ():
        low = c.low(at)
        if low in _STOPS or c.kind(at) == FIGURE:
            return None
        if low == "for" and c.kind(_content(c, at + 1)) not in (DATE, NAME):
            return _phrase(c, at + 1, f"for: {name or 'no class'}")
        if low == "to" and name not in RESULTS and _is_verb(c, at + 1):
            return _phrase(c, at + 1, "to do")
    return None


def _is_verb(c: Context, at: int) -> bool:
    """Whether a word after "to" is an infinitive: no name, article, number or plural."""
    low, after = c.low(at), c.low(at + 1)
    plain = c.kind(at) == WORD and low not in _NO_VERBS and not low.endswith("s")
    return plain and not after.endswith("ies") and after not in ("'s", "and")


def _content(c: Context, at: int) -> int:
    while c.low(at) in _DETERMINERS or c.low(at) in ("about", "some"):
        at += 1
    return at


def _phrase(c: Context, at: int, rule: str) -> Words | None:
    """The phrase from a token's first content word to the end of its noun phrase."""
    first = last = _content(c, at)
    if c.kind(first) not in (WORD, NAME) or c.low(first) in _NO_HEAD:
        return None
    while last - first < _LONGEST and c.kind(last + 1) in (WORD, NAME, MARK) and c.low(last + 1) not in _ENDS:
        if c.kind(last + 1) == MARK and c.low(last + 1) not in ("-", "&", "/", "'"):
            break
        last += 1
    while last > first and c.low(last) in ("and", "of", "the", "a", "-", "later", "today"):
        last -= 1
    return first, last, rule
