"""Who is named as a contact for the press, at the head or foot of a release: nobody the text speaks of."""

from __future__ import annotations

import re

from newsledger.stages.people.boundaries.person_span import PersonSpan

_THEN_NUMBER = re.compile(r"[^\n]{0,40}?\(?\d{3}\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b")
_CONTACT = re.compile(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


def is_contact(text: str, name: PersonSpan) -> bool:
    """Whether a telephone number follows a name or "Contact" stands before it.

    >>> text = "Senator Lind left. Contact: Ana Lind, Joe Berg (202) 555-0123"
    >>> [is_contact(text, PersonSpan(at, at + 8)) for at in (text.index("Ana Lind"), text.index("Joe Berg"))]
    [True, True]
    """
    if _THEN_NUMBER.match(text, name.end, name.end + 70):
        return True
    return bool(_CONTACT.search(text, max(0, name.start - 50), name.start))
