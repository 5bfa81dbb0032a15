"""Whether the person of a name is said to speak there, or is only named as a contact for the press.

Of two people with one surname, the one who has just spoken goes on speaking. Of whom the press may call the
text does not speak.
"""

from __future__ import annotations

import re

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import names

_VERBS = any_of(
    [
        *names().speech_verbs,
        *("believes", "believed", "stated", "announced", "responded", "responds", "claimed", "claims"),
        *("commented", "posted", "testified", "admitted", "suggested", "expressed", "urged", "answered"),
    ]
)
_SAYS = lazy_regex(
    r"(?:,(?=\s)|,\s(?=[a-z\d])[^,.;:\n]{1,70},|\s?\([^()\n]{1,30}\)|\sof\s(?=the\s|[A-Z])[^,.;:\n]{1,50}?)?"
    rf"(?:\s(?!(?:was|were|is|are|been|being|be)\b)[a-z]{{2,9}})?\s(?:{_VERBS})\b"
)
_AFTER_SPEECH = lazy_regex(
    r"(?:[\"”’'],?|,)\s(?:said|says|added|adds|explained|recalled|wrote|noted)\s\Z|\b[Aa]ccording\sto\s\Z"
)
_NO_MORE = lazy_regex(r"[,.;:\n]|\s(?:in|at|of|on|during|after|when|while|as)\s|\Z")


def speaks(text: str, first: int, end: int) -> bool:
    """Whether who is named at text[first:end], title and name, speaks there.

    >>> text = "Lopez, a nurse, said so. “No,” said Dr Lopez. He said Lopez left."
    >>> speaks(text, 0, 5), speaks(text, 36, 44), speaks(text, 54, 59)
    (True, True, False)
    """
    if _SAYS.match(text, end, end + 110):
        return True
    return bool(_AFTER_SPEECH.search(text, max(0, first - 20), first) and _NO_MORE.match(text, end, end + 8))


_THEN_NUMBER = lazy_regex(r"[^\n]{0,40}?\(?\d{3}\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b")
_CONTACT = lazy_regex(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


def is_contact(text: str, name: PersonSpan) -> bool:
    """Whether a telephone number follows a name or "Contact" stands before it.

    >>> text = "Senator Lind left. Contact: Ana Lind, Joe Berg (202) 555-0123"
    >>> [is_contact(text, PersonSpan(at, at + 8)) for at in (text.index("Ana Lind"), text.index("Joe Berg"))]
    [True, True]
    """
    if _THEN_NUMBER.match(text, name.end, name.end + 70):
        return True
    return bool(_CONTACT.search(text, max(0, name.start - 50), name.start))
