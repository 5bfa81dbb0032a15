"""Names that go on as the name of something else: "Nobel Peace Prize", "Lind and Hale Securities"."""

from __future__ import annotations

import re

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import (
    alternation,
    given_and_pet_names,
    given_names,
    names,
)

_LETTER = r"[^\W\d_]"
NEXT = re.compile(rf"(?:['’]s)?[ \xa0](&|{_LETTER}(?:[\w’'&.-]*[\w&])?)")
"""The word after a name."""
_GOODS = re.compile(rf" (?:{alternation(names().of_goods)})\b")
_AND_THING = re.compile(
    rf"\s(?:and|&)\s([A-Z][\w’'.-]+)(\s[A-Z][\w’'.-]+)?"
    rf"\s(?:{alternation(w.capitalize() for w in names().things)})\b"
)
_IN_OTHER_SCRIPT = re.compile(r" \([^()\x00-\u02ff]{1,12}\)")


def _and_thing(text: str, found: PersonSpan) -> bool:
    """Whether the name is the first of two in a thing's: "Lind and Hale Securities", "Ada and Ben Hale Fund".

    In "James Baker and Federal Reserve chairman" it is not.
    """
    match = _AND_THING.match(text, found.end, found.end + 60)
    if match is None or " " in text[found.start : found.end]:
        return False
    table = names()
    first = fold(match[1])
    if match[2]:
        return first in given_and_pet_names()
    return first not in table.between and first not in _WIDE


_WIDE = frozenset({"federal", "european", "american", "british", "house", "senate", "supreme", "democratic"})


def called_after(text: str, found: PersonSpan, layout: Layout | None) -> str | None:
    """Whether the name opens the name of a firm, prize, place or law ("Nobel Peace Prize")."""
    table = names()
    at = found.end
    sign = text[at : at + 1]
    if not (sign in {"'", "’"} or sign.isspace()):
        return None
    # "Hsieh-ho (協和) Power Plant"
    foreign = _IN_OTHER_SCRIPT.match(text, at)
    at = foreign.end() if foreign else at
    possessive = text.startswith(("'s", "’s"), at)
    heading = layout is not None and layout.zone_at(found.start) == "heading"
    if _GOODS.match(text, found.end) or _and_thing(text, found):
        return "thing"
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
        if step == 0 and not possessive and _names_a_thing(text, found, match):
            return "thing"
        if key not in table.between or possessive:
            return None
        at = match.end()
    return None


def _names_a_thing(text: str, found: PersonSpan, surname: re.Match[str]) -> bool:
    """Whether a given name, cut from its surname, opens the name of a thing: "the Ana Prado Scholarship"."""
    key = fold(text[found.start : found.end])
    follow = NEXT.match(text, surname.end())
    if follow is None or fold(follow[1]) not in names().sure_things:
        return False
    return follow[1][:1].isupper() and key in given_names()
