"""A text with coloured marks, as HTML: where marks overlap, the shorter one's colour is seen.

Everything from an article is escaped, and control characters and marks of direction, which could hide text,
are made visible (see `newsledger.normalizer.display.safe_text`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from newsledger.normalizer.display import text_html


class Mark(NamedTuple):
    """A stretch of the text, the class that colours it, and its tooltip."""

    start: int
    end: int
    kind: str
    title: str


def marked_html(text: str, marks: Iterable[Mark], *, end: int | None = None) -> str:
    """``text`` (up to ``end``) as HTML with ``marks``; the marks may overlap and nest in any way.

    >>> marked_html("Bank of Japan", [Mark(8, 13, "country", "JPN")])
    'Bank of <mark class="country" title="JPN">Japan</mark>'
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [mark for mark in marks if mark.start < stop]
    borders = sorted({0, stop, *(m.start for m in inside), *(min(m.end, stop) for m in inside)})
    waiting = sorted(inside, key=lambda m: m.start, reverse=True)
    open_: list[Mark] = []
    parts: list[str] = []
    for at, until in pairwise(borders):
        open_ = [mark for mark in open_ if mark.end > at]
        while waiting and waiting[-1].start <= at:
            open_.append(waiting.pop())
        piece = text_html(text[at:until])
        if open_:
            shortest = min(open_, key=lambda m: (m.end - m.start, m.start))
            title = " / ".join(dict.fromkeys(text_html(m.title) for m in open_))
            piece = f'<mark class="{shortest.kind}" title="{title}">{piece}</mark>'
        parts.append(piece)
    return "".join(parts)
