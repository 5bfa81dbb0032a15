"""A name of two joined by a hyphen that is a bill's or a body's: "the Hale-Lind bill"."""

from __future__ import annotations

import re

from newsledger.stages.people.boundaries.person_span import PersonSpan

_BODIES = (
    *("Commission", "commission", "Committee", "committee", "Report", "report", "Panel", "panel", "Act"),
    *("Group", "group", "bill", "Bill", "amendment", "Amendment", "legislation", "proposal", "plan"),
    "resolution",
)
_PAIR = re.compile(r"[A-Z][\w’'.]{3,}[-–][A-Z][\w’'.]{3,}")


def pair_of_a_body(text: str, found: PersonSpan) -> bool:
    """Whether a pair of surnames is that of a bill or a body somewhere in ``text``.

    >>> text = "The Hale-Lind bill fell. It is Hale-Lind again. Ada Hale-Moe left."
    >>> [pair_of_a_body(text, PersonSpan(*at)) for at in ((4, 13), (31, 40), (52, 60))]
    [True, True, False]
    """
    surface = text[found.start : found.end]
    return _PAIR.fullmatch(surface) is not None and any(f"{surface} {body}" in text for body in _BODIES)
