"""Pieces of patterns that several of these modules are built of."""

from __future__ import annotations

import re

from newsledger.lexicons.load import lazy_regex

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
