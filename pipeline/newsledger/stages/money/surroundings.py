"""The text before and after an amount.

All windows are short and end at the segment and at the sentence, so the work is linear in the text.
"""

from __future__ import annotations

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.phrases import WORDS

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
