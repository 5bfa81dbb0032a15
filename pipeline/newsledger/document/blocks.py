"""Which neighbouring lines of a text are one block: a paragraph, a heading, a byline, an item of a list.

In hard-wrapped text most newlines are only blanks; elsewhere every newline ends a paragraph, unless the
sentence plainly goes on.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from newsledger.document.line_types import (
    is_byline,
    is_caps,
    is_credit,
    is_list_item,
    is_markdown_heading,
    is_title,
    top_zone,
)
from newsledger.document.words import WORDS
from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex

_MONTH = rf"(?:{any_of(ALL_MONTHS)})\.?"
_FUNCTION_WORD_END = lazy_regex(rf"\b(?:{any_of(WORDS['function_words'])})\.?\Z")
_ENDS = lazy_regex(r"""[.!?…:;]["'”’»)\]*_`]*\Z""")
_ENDS_OPEN = lazy_regex(r"(?:;|\b[A-Z]\.)\Z")
"""An end that may as well stand inside a sentence: "George H." and "W. Bush" under it."""
_COLUMNS = lazy_regex(r"[^.!?:\s](?: {2,}|\t| *\|)\S")
_DATE_GOES_ON = lazy_regex(rf"(?i:\b{_MONTH}\n\d|\d\n{_MONTH}\b)")
_STARTS_LOW = lazy_regex(r"[a-z](?![A-Z])")
_TOP_BLOCKS = 8
"""In so many blocks at the top a line may be a header or a byline."""


class Line(NamedTuple):
    """A line that is not blank: offsets of its text without blanks at the ends."""

    start: int
    end: int
    text: str
    after_blank: bool


class Block(NamedTuple):
    """Neighbouring lines that are one paragraph, heading or other unit: offsets and text."""

    start: int
    end: int
    text: str


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a mark that ends a sentence or a clause."""
    return _ENDS.search(line) is not None


def find_blocks(text: str, start: int) -> list[Block]:
    """The blocks of ``text`` from ``start`` on.

    >>> [block.text for block in find_blocks("A title\\n\\nIt rose to\\n$5 million.\\n- one\\n- two", 0)]
    ['A title', 'It rose to\\n$5 million.', '- one', '- two']
    """
    lines = _lines(text, start)
    width = _wrap_width(lines)
    found: list[Block] = []
    above = ""
    for line in lines:
        if not line.after_blank and _continues(
            above, line.text, width, at_top=len(found) <= _TOP_BLOCKS, first_line=above == found[-1].text
        ):
            begin = found[-1].start
            found[-1] = Block(begin, line.end, text[begin : line.end])
        else:
            found.append(Block(line.start, line.end, line.text))
        above = line.text
    return found


def _lines(text: str, start: int) -> list[Line]:
    found = []
    at = start
    blank = True
    for raw in text[start:].splitlines(keepends=True):
        kept = raw.strip()
        if kept:
            left = at + len(raw) - len(raw.lstrip())
            found.append(Line(left, left + len(kept), kept, blank))
        blank = not kept
        at += len(raw)
    return found


def _wrap_width(lines: list[Line]) -> int:
    """The width a hard-wrapped text was filled to, or 0 if it has a paragraph to each line.

    In filled text, the first word of a line would not have fitted on the line before it.
    """
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if not b.after_blank]
    if not pairs or 5 * sum(_COLUMNS.search(a) is not None for a, _ in pairs) > len(pairs):
        return 0
    low = sum(_STARTS_LOW.match(b) is not None for _, b in pairs)
    lengths = sorted(len(a) for a, _ in pairs)
    if 5 * low < 2 * len(pairs) or (low < 3 and any(is_title(a) for a, _ in pairs)):
        # Running text goes on in small letters on most lines; with many names the filling alone must tell.
        longest = lengths[-1]
        filled = sum(_is_full(a, b, longest + 2) for a, b in pairs)
        open_ends = sum(not ends_sentence(a) and not is_title(a) for a, _ in pairs)
        sure = (
            len(pairs) > (4 if any(is_title(a) for a, _ in pairs) else 2)
            and 10 * filled >= 9 * len(pairs)
            and 10 * open_ends >= 6 * len(pairs)
        )
        return longest if sure and longest >= 30 else 0
    width = lengths[(len(lengths) - 1) * 9 // 10]
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return width if 10 * full >= 6 * len(pairs) else 0


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether the first word of the line below did not fit on the one above."""
    return len(above) + len(below.split(" ", 1)[0]) + 1 > width - 2


def _continues(above: str, below: str, width: int, *, at_top: bool, first_line: bool) -> bool:
    """Whether a line continues the paragraph of the line above it, perhaps the first of its paragraph."""
    if is_markdown_heading(above) or is_markdown_heading(below):
        return False
    full = width > 0 and _is_full(above, below, width)
    ended = ends_sentence(above)
    if full and (
        not ended or _ENDS_OPEN.search(above)
    ):  # the line was broken because its next word did not fit
        listed = is_list_item(above) and is_list_item(below)
        same = above[0] == below[0] or (above[0].isalnum() and below[0].isalnum())
        dateline = above[-1] in "-–—"
        return not (listed and same) and (dateline or not is_caps(above) or is_caps(below))
    if is_list_item(below) or is_credit(above) or is_credit(below) or is_byline(below):
        return False
    if at_top and (top_zone(above) or top_zone(below) or is_byline(above)):
        return False
    if ended:
        return full
    if _DATE_GOES_ON.search(f"{above[-10:]}\n{below[:10]}"):
        return True
    if above[-1] in ",$£€¥" or _FUNCTION_WORD_END.search(above):
        return True
    if len(above) < 60 and above.count(" ") < 4 and is_title(above):
        return False  # a credit or a label
    if _STARTS_LOW.match(below):
        return True
    if width and not is_title(above) and len(above) >= width * (0.85 if first_line else 0.7):
        return not is_caps(below)  # unevenly filled lines: no sentence ends here
    return len(above) >= 50 and below[0] in "0123456789$£€¥("
