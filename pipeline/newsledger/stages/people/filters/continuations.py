"""Names that go on as the name of something else: "Nobel Peace Prize", "Lind Securities Corp"."""

from __future__ import annotations

import re

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.lexicon import filter_words
from newsledger.stages.people.tables import names

_NEXT = lazy_regex(r"[ \xa0](&|[^\W\d_](?:[\w’'&.-]*[\w&])?)")
HALF_WORD = lazy_regex(r"['’](?!s\b|ll\b|d\b|re\b|ve\b|m\b|t\b)[^\W_]", re.IGNORECASE)
"""An apostrophe that goes on with the word ("Tian’an"), unlike "Tian's" and "Tian'll"."""
_MOST = 4
"""So many words may follow until the one that says what bears the name."""


def opens_longer_name(text: str, span: PersonSpan) -> bool:
    """Whether ``span`` opens the name of a firm, a prize, a place or a law, by the words after it.

    >>> text = "the Nobel Peace Prize, Hale Corp, Hale Peace"
    >>> [opens_longer_name(text, PersonSpan(*at)) for at in ((4, 9), (23, 27), (34, 38))]
    [True, True, False]
    """
    at = span.end
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
