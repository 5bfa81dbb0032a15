"""Patterns of the text right before and after a name that several modules use."""

from __future__ import annotations

import re

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.tables import filter_words, names

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
"""A capital letter, of any alphabet of Europe."""
BLANK = r"[ \xa0]"
LAST_WORD = lazy_regex(r"([^\W_][\w’'.-]*)[ \xa0]\Z")
"""The word before a place, with the blank between."""


def last_word(pattern: re.Pattern[str], text: str, floor: int, end: int) -> re.Match[str] | None:
    """What ``pattern``, a word without a space within and a blank after it, finds at the end of a stretch.

    It is looked for after the last space but the one at the end, as it cannot begin before that one.

    >>> last_word(LAST_WORD, "told Ada Lind", 0, 9)[1]
    'Ada'
    """
    if text[end - 1 : end] not in {" ", "\xa0"}:
        return None
    return pattern.search(text, max(floor, text.rfind(" ", floor, end - 1) + 1), end)


_NEXT = lazy_regex(r"[ \xa0](&|[^\W\d_](?:[\w’'&.-]*[\w&])?)")
HALF_WORD = lazy_regex(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_MOST = 4
"""So many words may follow until the one that says what bears the name."""


def opens_longer_name(text: str, end: int) -> bool:
    """Whether what ends at ``end`` opens the name of a firm, a prize, a place or a law, by what follows.

    >>> text = "the Nobel Peace Prize, Hale Corp, Hale Peace"
    >>> [opens_longer_name(text, end) for end in (9, 27, 38)]
    [True, True, False]
    """
    at = end
    for _ in range(_MOST):
        match = _NEXT.match(text, at)
        if match is None or not (match[1][0].isupper() or match[1] == "&"):
            return False
        key = fold(match[1]) or match[1]
        if key in names().certain_things or key in names().thing_words:
            return True
        if key in names().company_endings and len(key) > 2:
            return True
        if key not in filter_words().middle_words:
            return False
        at = match.end()
    return False
