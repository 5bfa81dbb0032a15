"""What a single line looks like: a header, a byline, a credit, a title, an item of a list."""

from __future__ import annotations

import re

from newsledger.document.words import WORDS
from newsledger.document.written_dates import DATE, TIME
from newsledger.lexicons.load import any_of
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
_KEY_LINE = re.compile(rf"({any_of(ZONE_OF_KEY)})[ \t]*(?::|$)", re.IGNORECASE)
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|last updated|first published|modified)(?:[ \t]+on)?:?[ \t]+)?"
    rf"\(?{DATE}(?-i:{TIME})?\)?[ \t]*[|.]?\Z",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?\[?(?:(?:additional |with |further )?(?:reporting|writing|editing|research|inputs?)|edited|written|"
    r"compiled|reported|translated|photo(?:graph)?s?|video|image|illustration|graphics?)"
    r"(?:,? and (?:writing|editing|additional reporting))? (?:by|from|credit)\b|"
    r"\(?\[?(?:photo|image|picture|photo credit|image credit|credit|file photo|pic|video)[ \t]*(?::|/|\|)",
    re.IGNORECASE,
)
_CREDIT_INITIALS = frozenset("ACEFGIPRTVWacefgiprtvw([")
_DATED_END = re.compile(
    rf"[ \t|,·•–—-]*(?:(?:on|updated|published)[ \t:]+)?{DATE}(?-i:{TIME})?[ \t]*\Z", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"(?:[-*•‣◦▪●–—+]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t\xa0]+\S")
_MARKDOWN = re.compile(r"#{1,6}[ \t]+[^\s#]")
_LETTER_RUN = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")


def top_zone(line: str) -> Zone | None:
    """The zone of a line at the top of a text that its first words or its date give away."""
    if len(line) > 200:
        return None
    key = _KEY_LINE.match(line)
    if key:
        return ZONE_OF_KEY[key[1].lower()]
    return "byline" if len(line) < 100 and _DATE_LINE.match(line) else None


def is_credit(line: str) -> bool:
    """Whether a line says who wrote, edited or photographed ("Reporting by ...", "Photo: ...")."""
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


def is_list_item(line: str) -> bool:
    """Whether a line opens with a bullet or a number."""
    return _LIST_ITEM.match(line) is not None


def is_markdown_heading(line: str) -> bool:
    """Whether a line opens with number signs, as headings do in Markdown."""
    return _MARKDOWN.match(line) is not None
