"""Groups neighbouring lines into blocks: a paragraph, a heading, a byline, a list item.

First what a single line looks like, then which lines are one block: in hard-wrapped text most newlines are
only blanks; elsewhere every newline ends a paragraph, unless the sentence plainly goes on.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from newsledger.document.words import WORDS
from newsledger.document.written_dates import DATE, TIME
from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.values.mentions import Zone

ZONE_OF_KEY: dict[str, Zone] = {
    **dict.fromkeys(WORDS["header_keys"], "header"),
    **dict.fromkeys(WORDS["byline_keys"], "byline"),
    **dict.fromkeys(WORDS["heading_keys"], "heading"),
}
"""``key: value`` lines at the top of a text -> the zone of the line."""

PUBLISHED_KEYS = (
    "date|dated|published(?: on)?|first published|date published|publication date|pub ?date|posted(?: on)?"
)
_KEY_LINE = lazy_regex(rf"({any_of(ZONE_OF_KEY)})[ \t]*(?::|$)", re.IGNORECASE)
_DATE_LINE = lazy_regex(
    rf"(?:(?:published|posted|updated|last updated|first published|modified)(?:[ \t]+on)?:?[ \t]+)?"
    rf"\(?{DATE}(?-i:{TIME})?\)?[ \t]*[|.]?\Z",
    re.IGNORECASE,
)
_CREDIT = lazy_regex(
    r"\(?\[?(?:(?:additional |with |further )?(?:reporting|writing|editing|research|inputs?)|edited|written|"
    r"compiled|reported|translated|photo(?:graph)?s?|video|image|illustration|graphics?)"
    r"(?:,? and (?:writing|editing|additional reporting))? (?:by|from|credit)\b|"
    r"\(?\[?(?:photo|image|picture|photo credit|image credit|credit|file photo|pic|video)[ \t]*(?::|/|\|)",
    re.IGNORECASE,
)
_CREDIT_INITIALS = frozenset("ACEFGIPRTVWacefgiprtvw([")
_DATED_END = lazy_regex(
    rf"[ \t|,·•–—-]*(?:(?:on|updated|published)[ \t:]+)?{DATE}(?-i:{TIME})?[ \t]*\Z", re.IGNORECASE
)
LIST_ITEM = lazy_regex(r"(?:[-*•‣◦▪●–—+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t\xa0]+\S")
"""The bullet or the number that opens a line."""
MARKDOWN_HEADING = lazy_regex(r"#{1,6}[ \t]+[^\s#]")
_LETTER_RUN = lazy_regex(r"[^\W\d_]+(?:['’][a-z]+)?")


def top_zone(line: str) -> Zone | None:
    """The zone of a line at the top of a text, recognised by its first words or its date."""
    if len(line) > 200:
        return None
    key = _KEY_LINE.match(line)
    if key:
        return ZONE_OF_KEY[key[1].lower()]
    return "byline" if len(line) < 100 and _DATE_LINE.match(line) else None


def is_credit(line: str) -> bool:
    """Whether a line gives credit to writers, editors or photographers ("Reporting by ...", "Photo: ...")."""
    return line[0] in _CREDIT_INITIALS and _CREDIT.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line is "By" and names, perhaps with a place, an agency and a date.

    >>> is_byline("By Ana Lima and João Reis, Quay News"), is_byline("By Monday the quay was shut.")
    (True, False)
    """
    if line[:3] not in ("By ", "by ", "BY ", "By:", "BY:") or len(line) > 160:
        return False
    words = _DATED_END.sub("", line[3:]).replace(",", " ").split()
    if not words or words[0].title() in WORDS["no_byline"]:
        return False
    names = sum(w[0].isupper() for w in words)
    return all(w[0].isupper() or w.lower() in WORDS["in_bylines"] for w in words) and (
        names > 1 or line.isupper() or words[0].lower() in WORDS["in_bylines"]
    )


def is_caps(line: str) -> bool:
    """Whether a line is set in capitals (names like McDonald and small words are forgiven)."""
    start = line[:120]
    return line.isupper() or sum(map(str.isupper, start)) > 4 * sum(map(str.islower, start))


def is_title(line: str) -> bool:
    """Whether the words of a line begin with capitals, as in a title; small words may not."""
    words = [
        w for w in _LETTER_RUN.findall(line[:200]) if w[0].isupper() or w not in WORDS["small_in_titles"]
    ]
    return bool(words) and line[0] not in "•-*" and 10 * sum(w[0].isupper() for w in words) >= 7 * len(words)


_MONTH = rf"(?:{any_of(ALL_MONTHS)})\.?"
_FUNCTION_WORD_END = lazy_regex(rf"\b(?:{any_of(WORDS['function_words'])})\.?\Z")
SENTENCE_END = lazy_regex(r"""[.!?…:;]["'”’»)\]*_`]*\Z""")
"""The mark that ends a sentence or a clause, at the end of a line."""
_ENDS_OPEN = lazy_regex(r"(?:;|\b[A-Z]\.)\Z")
"""An end that may as well stand inside a sentence: "George H." and "W. Bush" under it."""
_COLUMNS = lazy_regex(r"[^.!?:\s](?: {2,}|\t| *\|)\S")
_DATE_GOES_ON = lazy_regex(rf"(?i:\b{_MONTH}\n\d|\d\n{_MONTH}\b)")
_STARTS_LOW = lazy_regex(r"[a-z](?![A-Z])")
_TOP_BLOCKS = 8
"""In so many blocks at the top a line may be a header or a byline."""


class Block(NamedTuple):
    """A line that is not blank, or several that are one paragraph or other unit: offsets and text."""

    start: int
    end: int
    text: str
    after_blank: bool


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
            found[-1] = found[-1]._replace(end=line.end, text=text[found[-1].start : line.end])
        else:
            found.append(line)
        above = line.text
    return found


def _lines(text: str, start: int) -> list[Block]:
    """The lines that are not blank."""
    found = []
    at = start
    blank = True
    for raw in text[start:].splitlines(keepends=True):
        kept = raw.strip()
        if kept:
            left = at + len(raw) - len(raw.lstrip())
            found.append(Block(left, left + len(kept), kept, blank))
        blank = not kept
        at += len(raw)
    return found


def _wrap_width(lines: list[Block]) -> int:
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
        open_ends = sum(not SENTENCE_END.search(a) and not is_title(a) for a, _ in pairs)
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
    if MARKDOWN_HEADING.match(above) or MARKDOWN_HEADING.match(below):
        return False
    full = width > 0 and _is_full(above, below, width)
    ended = SENTENCE_END.search(above)
    if full and (
        not ended or _ENDS_OPEN.search(above)
    ):  # the line was broken because its next word did not fit
        listed = LIST_ITEM.match(above) and LIST_ITEM.match(below)
        same = above[0] == below[0] or (above[0].isalnum() and below[0].isalnum())
        dateline = above[-1] in "-–—"
        return not (listed and same) and (dateline or not is_caps(above) or is_caps(below))
    if LIST_ITEM.match(below) or is_credit(above) or is_credit(below) or is_byline(below):
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
