"""Who is named as a contact for the press, at the head or foot of a release: nobody the text speaks of."""

from __future__ import annotations

import re

from pipeline.stages.people.spans import Found

_NUMBER = r"\(?\d{3}\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b"
_CALL = re.compile(_NUMBER)
_THEN_NUMBER = re.compile(rf"[^\n]{{0,40}}?{_NUMBER}")
_CONTACT = re.compile(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


def has_contacts(text: str) -> bool:
    """Whether somebody may be named in ``text`` to be called.

    >>> has_contacts("CONTACT: Ana Lind"), has_contacts("Ana Lind, 202/555-0123"), has_contacts("No contact.")
    (True, True, False)
    """
    return "Contact" in text or "CONTACT" in text or bool(_CALL.search(text))


def is_contact(text: str, name: Found) -> bool:
    """Whether a telephone number follows a name or "Contact" stands before it.

    >>> text = "Senator Lind left. Contact: Ana Lind, Joe Berg (202) 555-0123"
    >>> [is_contact(text, Found(text.index(name), text.index(name) + 8)) for name in ("Ana Lind", "Joe Berg")]
    [True, True]
    """
    if _THEN_NUMBER.match(text, name.end, name.end + 70):
        return True
    return bool(_CONTACT.search(text, max(0, name.start - 50), name.start))
