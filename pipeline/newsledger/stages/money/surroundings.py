"""The text around amounts, asked one question at a time.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.stages.money.phrases import CHANGE_VERBS, DOWN_BY, UP_BY, WORDS
from newsledger.stages.money.quantities import Quantity

WINDOW = 110
"""Characters looked at on either side."""

_SENTENCE_BREAK = re.compile(r"""[.!?;:]["”’')\]]*\s+(?=\S)""")
_OPENING = "\"'“”‘’([{<*"
_AROUND_WORD = _OPENING + ".,;:!?)]"

_RANGE_CUES = WORDS["ranging"] | WORDS["range_cues"]
_COUNTED = re.compile(r"\s*(?:%|percent|per cent|pct|percentage|basis points|points?\b)")
_CLAUSE_END = re.compile(
    r"\s*(?:[.,;:!?)\]\"”’]|\Z)|[-/]|\s+(?:an?|per|in|for|of|to|on|at|by|and|or|each|from|with|as|but|depending|over|"
    r"more|less|is|was|are|were|when|if|while|after|before|since|compared|against|versus|vs|last|this|despite)\b"
)


class Surroundings:
    """A segment of the text, asked about the places around amounts."""

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

    def words_before(self, position: int) -> list[str]:
        """The words of `left`, opening brackets and quotes taken off."""
        return ["<" if word == "<" else word.lstrip(_OPENING) for word in self.left(position).split()]

    # Questions about a pair of numbers that may be a range or a change.

    def is_other_number(self, start: int, quantity: Quantity) -> bool:
        """Whether a bare number is a day, a year or part of a name rather than half of a range."""
        before = [word.strip(".,") for word in self.left(start).split()]
        last = before[-1] if before else ""
        if last in WORDS["numbered"] or (
            last in ("to", "and", "-") and not ALL_MONTHS.keys().isdisjoint(before[-4:])
        ):
            return True  # "in phase 2", "March 16 to 31"
        return is_year(quantity)

    def change_before(self, start: int) -> Literal["from", "by", "raise", ""]:
        """How a verb of change governs the pair that begins here; blank where none does.

        "from": rose from 5 to 6. "by": rose by 5 to 20, or rose 5 to 20. "raise": the verb may also mean to
        collect ("raise 5 to 6").
        """
        words = [word.strip(_AROUND_WORD) for word in self.left(start, 2 * WINDOW).split()]
        while words and words[-1] in WORDS["approximators"]:
            words.pop()
        last = words[-1] if words else ""
        if len(words) > 1 and words[-2] in WORDS["ranging"]:
            return ""
        reach = {"from": 24, "by": 16}.get(last, 4)
        for distance, word in enumerate(reversed(words[-reach:])):
            if word in WORDS["ranging"]:
                return ""
            if word in CHANGE_VERBS:
                if last == "from" or last == "by":
                    return "from" if last == "from" else "by"
                if WORDS["no_change"].intersection(words[len(words) - distance :]):
                    return ""
                return "raise" if word in WORDS["raise_by"] and not distance else "by"
        return ""

    def direction_before(self, start: int) -> Literal["", "+", "-"]:
        """Which way the verb goes that governs a change by the amount at ``start``; blank where it does not
        tell: "raised prices 5 to 20" goes up."""
        words = [word.strip(_AROUND_WORD) for word in self.left(start, 2 * WINDOW).split()]
        reach = 16 if words[-1:] == ["by"] else 4
        for word in reversed(words[-reach:]):
            if word in UP_BY:
                return "+"
            if word in DOWN_BY:
                return "-"
            if word in CHANGE_VERBS:
                break
        return ""

    def may_be_range(self, start: int, apart: Decimal) -> bool:
        """Whether nothing before a pair speaks against a range: a cue ("at $5 to $80"), or no word at all.

        ``apart`` is how many times larger the second number is.
        """
        words = self.left(start).split()
        if not words or not words[-1].strip(_OPENING).isalpha():
            return apart < 50 or not words or words[-1][-1:] in "(:,"
        return words[-1].strip(_OPENING) in _RANGE_CUES or (len(words) > 1 and words[-2] in _RANGE_CUES)

    def says_from(self, start: int) -> bool:
        """Whether "from" stands before."""
        return self.left(start).rstrip().endswith("from")

    def says_and(self, end: int) -> bool:
        """Whether "and" follows; ", or" joins two ways to say one thing ("475,000, or five cents a
        share")."""
        return self.text[end : end + 6].split()[:1] == ["and"]

    def counts_percent(self, end: int) -> bool:
        """Whether a bare number counts per cent or points rather than money."""
        return bool(_COUNTED.match(self.right(end)))

    def ends_clause(self, end: int) -> bool:
        """Whether nothing that could be counted follows."""
        return bool(_CLAUSE_END.match(self.right(end)))


def is_year(quantity: Quantity) -> bool:
    """Whether a number is written like a year."""
    if not quantity.plain or quantity.scale != 1 or quantity.base is None:
        return False
    return Decimal(1800) <= quantity.base <= Decimal(2100)
