"""The text before and after an amount, and what it says: bound, unit of a rate, kind and sign.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.bounds import bound_after, bound_before
from newsledger.stages.money.direction import Kind, Sign, direction, direction_after, outside_bracket
from newsledger.stages.money.phrases import WORDS, Side
from newsledger.stages.money.rates import EACH, find_rate, unit_of_each
from newsledger.values import trace

WINDOW = 110
"""Characters looked at on either side."""

_SENTENCE_BREAK = lazy_regex(r"""[.!?;:]["”’')\]]*\s+(?=\S)""")
OPENING = "\"'“”‘’([{<*"


class Surroundings:
    """A segment of a text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    def left(self, position: int, window: int = WINDOW) -> str:
        """Lower-case text before a position, back to the sentence's beginning or ``window`` characters.

        >>> Surroundings("It was late. He paid approx. $5", 0, 31).left(29)
        'he paid approx. '
        """
        before = self.text[max(self.start, position - window) : position]
        cut = 0
        for match in _SENTENCE_BREAK.finditer(before):
            word = before[: match.start()].rpartition(" ")[2].lower()
            if before[match.start()] != "." or word not in WORDS["abbreviated"]:
                cut = match.end()
        return before[cut:].lower()

    def right(self, position: int) -> str:
        """Lower-case text after a position, ``WINDOW`` characters or to the segment's end."""
        return self.text[position : min(self.end, position + WINDOW)].lower()


_BASE = "the|its|their|his|her|an?|that|this|those|these|our|my|your|what"
_PARTS = "quarters?|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?|twentieth|hundredth"
_ROUGHLY = "more|than|about|nearly|over|some|almost|estimated|total|roughly|around|approximately"
_SHARE = lazy_regex(
    r"(?:(?:[a-z]+|\d+(?:\.\d+)?)[ -](?:percent|per cent|pct|p\.c\.)|\d+(?:\.\d+)?\s?%|\bhalf|"
    r"\b(?:most|much|the (?:bulk|majority|rest|remainder))|"
    rf"\b(?:an?|one|two|three|four|five|seven|nine)[ -](?:{_PARTS})) of "
    rf"(?:(?:{_BASE}|{_ROUGHLY}|u\.s\.|initial|original|annual|entire) )*\Z"
)
"""A share of the figure that follows, ending where it begins; patterns on lower-case text."""


class Context(NamedTuple):
    """Modifier, kind, sign and unit of a figure, from the words around it."""

    modifier: Side | None
    kind: Kind
    sign: Sign | None
    per_unit: str | None


def read_context(around: Surroundings, start: int, end: int) -> Context:
    """Read the surroundings of the figure at ``start:end``.

    >>> read_context(Surroundings("It paid more than $5 a share.", 0, 29), 18, 20)
    Context(modifier='gt', kind='rate', sign=None, per_unit='share')
    """
    left, right = around.left(start), around.right(end)
    words = ["<" if word == "<" else word.lstrip(OPENING) for word in left.split()]
    before = bound_before(words)
    if before.side:
        trace.note("money", "bound", start, end, " ".join(words[len(before.words) :]))
    beyond = outside_bracket(right)
    rate = find_rate(left, beyond)
    bracketed = right.lstrip().startswith(("(", ")"))
    rest = right if bracketed or rate is None else right[rate.used :]
    side, after = bound_after(before.side, rest, beyond if bracketed else rest)
    if after:
        trace.note("money", "bound", start, end, after)
        rate = rate or find_rate("", rest.partition(after)[2])  # $5 or more a day
    if words and words[-1] in WORDS["passed_levels"]:
        kind, sign = direction_after(left, rest)  # fell below $5: a level
    else:
        kind, sign = direction(before.words, left, rest)
    if "of " in left[-60:] and _SHARE.search(left):
        kind = "share_of"
    each = rate is None and EACH.match(beyond) is not None
    if kind is None:
        kind = "rate" if rate or each else "level"
    unit = unit_of_each(left) if each else rate.unit if rate else None
    return Context(side, kind, sign, unit)
