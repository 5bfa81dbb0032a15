"""Names that go on as the name of something else: "Nobel Peace Prize", "Lind Securities Corp"."""

from __future__ import annotations

import re

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import names

_LETTER = r"[^\W\d_]"
NEXT = re.compile(rf"(?:['’]s)?[ \xa0](&|{_LETTER}(?:[\w’'&.-]*[\w&])?)")
"""The word after a name."""


def called_after(text: str, found: PersonSpan, layout: Layout | None) -> str | None:
    """Whether the name opens the name of a firm, prize, place or law ("Nobel Peace Prize")."""
    table = names()
    at = found.end
    sign = text[at : at + 1]
    if not (sign in {"'", "’"} or sign.isspace()):
        return None
    possessive = text.startswith(("'s", "’s"), at)
    heading = layout is not None and layout.zone_at(found.start) == "heading"
    for step in range(4):
        match = NEXT.match(text, at)
        if match is None:
            return None
        word = match[1]
        key = fold(word) or word
        if (
            key in table.companies
            and word[:1].isupper()
            and not possessive
            and (step == 0 or key not in {"co", "ag", "sa", "ab"})
        ):
            return "company"
        if not word[:1].isupper() and word != "&":
            return None
        if (
            (key in table.things or (step == 0 and key in table.sure_things))
            and word[:1].isupper()
            and not possessive
        ):
            if heading and key not in table.sure_things:
                return None
            return "thing"
        if key not in table.between or possessive:
            return None
        at = match.end()
    return None
