"""Credit lines: "Reporting by Ada Lind and Ben Hale", "Photo: Cy Moss"."""

from __future__ import annotations

import re

from newsledger.stages.people.tables import alternation
from newsledger.stages.people.tables import names as name_tables

_CREDIT = re.compile(
    r"(?:\b(?:Additional\s+)?(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Tt]ranslation|[Gg]raphics?|"
    r"[Pp]hoto(?:s|graph|graphy)?|(?<![\w,]\s)(?:[Ww]ritten|[Cc]ompiled|[Tt]ranslated|[Ee]dited))"
    r"(?:\s+and\s+(?:[Rr]eporting|[Ee]diting|[Ww]riting))?\s+[Bb]y\s+(?=[A-Z])[^.;()\n]{0,160})"
    r"|©\s?(?:\d{4}\s)?(?=[A-Z])[^.;()\n]{0,60}"
    rf"|\b(?:(?:{alternation(name_tables().photo_agencies)})(?:\s+(?:[Pp]hoto|[Ii]mages?|[Pp]ool))?"
    r"|[Pp]hoto(?:graph)?|[Pp]icture|[Ii]mage|[Cc]redit)(?:/|:\s?)(?=[A-Z])[^.;()\n]{0,60}"
)
_CREDIT_WORDS = (
    *("eporting", "diting", "riting", "ranslation", "raphic", "raphics"),
    *("hoto", "hotos", "hotograph", "hotography", "ritten", "ompiled", "ranslated", "dited"),
)
_BY_WHOM = re.compile(r"[Bb]y\s+[A-Z]")
_CREDIT_SIGN = re.compile(r"[/:]\s?[A-Z]")
_SIGNED = (*name_tables().photo_agencies, "hoto", "mage", "mages", "ool", "hotograph", "icture", "redit")


def credit_lines(text: str) -> list[tuple[int, int]]:
    """From where to where the text says who wrote, edited or photographed it.

    >>> text = "Reporting by Ada Lind; the mayor left."
    >>> [text[start:end] for start, end in credit_lines(text)]
    ['Reporting by Ada Lind']
    """
    return [m.span() for m in _CREDIT.finditer(text)] if _credited(text) else []


def _after_its_word(text: str, by: int) -> bool:
    """Whether one of `_CREDIT_WORDS` stands before the "by" at ``by``."""
    at = by
    while at and text[at - 1].isspace():
        at -= 1
    return at < by and text.endswith(_CREDIT_WORDS, 0, at)


def _credited(text: str) -> bool:
    """Whether a word of `_CREDIT` stands in the text; that takes less time than to look for all of it."""
    return (
        any(_after_its_word(text, match.start()) for match in _BY_WHOM.finditer(text))
        or "©" in text
        or any(text.endswith(_SIGNED, 0, match.start()) for match in _CREDIT_SIGN.finditer(text))
    )
