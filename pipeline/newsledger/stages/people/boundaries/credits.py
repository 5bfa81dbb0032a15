"""Credit lines: "Reporting by Ada Lind and Ben Hale", "Photo: Cy Moss"."""

from __future__ import annotations

import re

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.tables import names

_MARK = lazy_regex(r"(?:[Bb]y\s+|[/:]\s?|©\s?(?:\d{4}\s)?)(?=[A-Z])")
_WORD_BEFORE = lazy_regex(r"([^\W\d_]+)(\s*)\Z")
_CREDITED = lazy_regex(r"[^.;()\n]{0,100}")


def credit_lines(text: str) -> list[tuple[int, int]]:
    """The stretches in which the text says who wrote, edited or photographed it.

    >>> text = "Reporting by Ada Lind; the mayor left."
    >>> [text[start:end] for start, end in credit_lines(text)]
    ['Ada Lind']
    """
    lines: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        credited = _CREDITED.match(text, mark.end())
        if credited is not None and _is_credit(text, mark) and not (lines and mark.start() < lines[-1][1]):
            lines.append(credited.span())
    return lines


def _is_credit(text: str, mark: re.Match[str]) -> bool:
    """Whether "by", a slash or a colon stands after a word for a contribution or an agency."""
    if mark[0][0] == "©":
        return True
    word = _WORD_BEFORE.search(text, max(0, mark.start() - 16), mark.start())
    by = mark[0][0] in "Bb"
    if word is None or bool(word[2]) != by:
        return False
    known = names().credit_words if by else names().credit_signs
    return word[1] in known or word[1].lower() in known
