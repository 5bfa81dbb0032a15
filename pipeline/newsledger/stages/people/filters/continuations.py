"""Names that go on as the name of something else: "Nobel Peace Prize", "Lind Securities Corp"."""

from __future__ import annotations

import re
from typing import Literal

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.lexicon import filter_words
from newsledger.stages.people.tables import names

_NEXT = re.compile(r"[ \xa0](&|[^\W\d_](?:[\w’'&.-]*[\w&])?)")
HALF_WORD = re.compile(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_MOST = 4
"""So many words may follow until the one that says what bears the name."""


def continues_as(text: str, span: PersonSpan, layout: Layout | None) -> Literal["company", "thing"] | None:
    """Whether ``span`` opens the name of a firm or of a prize, place or law, by the words after it.

    >>> continues_as("the Nobel Peace Prize", PersonSpan(4, 9), None)
    'thing'
    """
    heading = layout is not None and layout.zone_at(span.start) == "heading"
    at = span.end
    for step in range(_MOST):
        match = _NEXT.match(text, at)
        if match is None:
            return None
        key = fold(match[1]) or match[1]
        if not match[1][0].isupper() and key != "&":
            return None
        if key in names().companies and (step == 0 or len(key) > 2):
            return "company"
        if key in names().sure_things or (key in names().things and not heading):
            return "thing"
        if key not in filter_words().middle_words:
            return None
        at = match.end()
    return None
