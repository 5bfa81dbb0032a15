"""Whether words around an office and its holder say that it is over: "after the ouster of President ..."."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.stages.people.roles import Role

_END = r"(?:ouster|overthrow|toppling|removal|assassination|murder|killing|death)"
_ENDED = re.compile(
    r"\b(?:[Ss]ince|[Aa]fter|[Ff]ollow(?:ing|ed)|days before|[Aa]nniversary of|(?:year|month|week)['’]s)"
    rf"(?: the| his| her)?(?: [a-z\d-]+)? {_END} of (?:the )?(?:then )?\Z"
    rf"|(?:\b(?:19|20)\d\d|['’]s) {_END} of (?:the )?(?:then )?\Z"
)
_OVERTHROWN = re.compile(r"\b(?:overthrew|deposed|killed|assassinated) (?:the )?(?:then )?\Z")
_LATE = re.compile(r"\b[Tt]he late (?:(?:Mr|Mrs|Ms|Dr|Sir)\.? )?\Z")


_ENDINGS = ("of ", "the ", "then ", "ew ", "ed ")
"""What the words before end in, looked at first as it costs less."""
_IN_OFFICE = re.compile(r" \((?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d\)")


def ended(text: str, role: Role, start: int, name: int, end: int) -> Role:
    """The role, which is over if its holder's end is told of before it, or if the holder is "the late".

    ``start`` is where the words before the name begin that belong to it; the name is at text[name:end].

    >>> text = "since the ouster of President Hale"
    >>> ended(text, Role(("president",), "President"), 20, 30, 34).status
    'former'
    >>> text = "They want the ouster of President Hale"
    >>> ended(text, Role(("president",), "President"), 24, 34, 38).status
    'current'
    """
    if role.status != "current":
        return role
    if role.side == "after":
        over = "late " in text[max(0, name - 11) : name] and bool(_LATE.search(text, max(0, name - 16), name))
    else:
        told = text.endswith(_ENDINGS, 0, start) and any(
            words.search(text, max(0, start - 60), start) for words in (_ENDED, _OVERTHROWN)
        )
        over = role.side == "before" and (told or _IN_OFFICE.match(text, end) is not None)
    return replace(role, status="former") if over else role
