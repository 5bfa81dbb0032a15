"""Who is named as a contact for the press, at the head or foot of a release: nobody the text speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.roles.after import in_next_line
from newsledger.stages.people.roles.roles import Context

_REST = r"\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b"
_NUMBER = rf"\(?\d{{3}}{_REST}"
_CALL = re.compile(rf"\d\d\d{_REST}")
"""The digits are written out, so that the search leaps from digit to digit."""
_THEN_NUMBER = re.compile(rf"[^\n]{{0,40}}?{_NUMBER}")
_CONTACT = re.compile(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


_OFFICE_LINE = re.compile(
    r"\n((?:[A-Z][\w’'&-]*|of|for|and|the|to|&)(?:,? (?:[A-Z][\w’'&-]*|of|for|and|the|to|&)){0,8})[ \t]*\n"
    rf"(?:\s?(?:[Oo]ffice|[Pp]hone|[Tt]el|[Cc]ell|[Mm]obile|[Ee]-?mail|[Ff]ax|[Dd]irect|O|T|P|C|M)\b\.?:?[^\n]{{0,12}}?\d"
    rf"|[^\n]{{0,24}}?{_NUMBER}|[^\s@]{{1,40}}@|\[email)"
)


def offices_in_lines(context: Context, mentions: Sequence[Named]) -> None:
    """Read the office under the name of whom the press may call: "Ana Lind", "Aide", "Office: 202 ..."."""
    text = context.text
    for mention in mentions:
        start, end = mention.found.start, mention.found.end
        if mention.role is not None or len(mention.parts.units) < 2 or text[end : end + 1] != "\n":
            continue
        if start and text[start - 1] != "\n":
            continue
        line = _OFFICE_LINE.match(text, end)
        if line is not None and not any(at in context.person_starts for at in range(end, line.end(1))):
            mention.role = in_next_line(context, end, line.end(1))


_BODY_LINE = re.compile(r"\n(?=[A-Z])([^\n]+)\n")
_HEADED = frozenset(
    {
        "director",
        "administrator",
        "commissioner",
        "chairman",
        "chairwoman",
        "chair",
        "president",
        "superintendent",
    }
    | {"secretary"}
)


def bodies_in_lines(context: Context, mentions: Sequence[Named]) -> None:
    """Read what body the addressee of a letter heads: "Director Ana Lind", and "Office of Roads" below."""
    text = context.text
    for mention in mentions:
        start, end, role = mention.found.start, mention.found.end, mention.role
        if role is None or text[end : end + 1] != "\n" or role.side != "before":
            continue
        titled = text[text.rfind("\n", 0, start) + 1 : start].strip() == role.text
        if not titled or role.org or role.country or role.phrase[-1] not in _HEADED:
            continue
        line = _BODY_LINE.match(text, end)
        body = context.name_starts.get(end + 1)
        if line is not None and body is not None and body.label == "ORG" and body.end_char == line.end(1):
            mention.role = replace(role, org=body.surface)


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
