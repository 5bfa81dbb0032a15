"""What a grammar works on: items (tokens and findings), and the span of text that a rule matched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Item(NamedTuple):
    """A token or a finding: its code, its offsets in the text, its value, and the rule that made it."""

    code: str
    start: int
    end: int
    value: Any
    rule: str = ""


@dataclass(slots=True)
class Span:
    """A match in its text, with the items it consists of: what a production may look at beside its parts.

    ``low`` is the text in lower case with the same offsets; nothing outside of the segment is seen.
    """

    text: str
    low: str
    start: int
    end: int
    segment_start: int
    segment_end: int
    items: Sequence[Item] = ()

    def left(self, width: int = 40) -> str:
        """Lower-cased text before the match, inside the segment."""
        return self.low[max(self.segment_start, self.start - width) : self.start]

    def right(self, width: int = 40) -> str:
        """Lower-cased text after the match, inside the segment."""
        return self.low[self.end : min(self.segment_end, self.end + width)]

    @property
    def surface(self) -> str:
        """The matched text as written."""
        return self.text[self.start : self.end]

    @property
    def low_surface(self) -> str:
        """The matched text in lower case."""
        return self.low[self.start : self.end]
