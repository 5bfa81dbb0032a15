"""Who is named as a contact for the press, at the head or foot of a release: nobody the text speaks of."""

from __future__ import annotations

import re

from newsledger.stages.people.boundaries.person_span import PersonSpan

_REST = r"\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b"
_NUMBER = rf"\(?\d{{3}}{_REST}"
_CALL = re.compile(rf"\d\d\d{_REST}")
"""The digits are written out, so that the search leaps from digit to digit."""
_THEN_NUMBER = re.compile(rf"[^\n]{{0,40}}?{_NUMBER}")
_CONTACT = re.compile(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


def has_contacts(text: str) -> bool:
    """Whether somebody may be named in ``text`` to be called.

    >>> has_contacts("CONTACT: Ana Lind"), has_contacts("Ana Lind, 202/555-0123"), has_contacts("No contact.")
    (True, True, False)
    """
    return "Contact" in text or "CONTACT" in text or bool(_CALL.search(text))


def is_contact(text: str, name: PersonSpan) -> bool:
    """Whether a telephone number follows a name or "Contact" stands before it.

    >>> text = "Senator Lind left. Contact: Ana Lind, Joe Berg (202) 555-0123"
    >>> [is_contact(text, PersonSpan(at, at + 8)) for at in (text.index("Ana Lind"), text.index("Joe Berg"))]
    [True, True]
    """
    if _THEN_NUMBER.match(text, name.end, name.end + 70):
        return True
    return bool(_CONTACT.search(text, max(0, name.start - 50), name.start))
