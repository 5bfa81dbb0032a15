"""Whether words around an office and its holder say that it is over: "after the ouster of President ..."."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.stages.people.roles.roles import Role

_END = r"(?:ouster|overthrow|toppling|removal|assassination|execution|murder|killing|death)"
_ENDED = re.compile(
    r"\b(?:[Ss]ince|[Aa]fter|[Ff]ollow(?:ing|ed)|days before|[Aa]nniversary of|(?:year|month|week)['’]s)"
    rf"(?: the| his| her)?(?: [a-z\d-]+)? {_END} of (?:the )?(?:then )?\Z"
)
_OVERTHROWN = re.compile(r"\b(?:overthrew|deposed|killed|assassinated) (?:the )?(?:then )?\Z")
_DATED = re.compile(rf"\b[Tt]he {_END} of (?:the )?(?:then )?\Z")
_IN_YEAR = re.compile(r" (?:in|on) (?:[A-Z][a-z]+\.? )?(?:\d{1,2}, )?(?:19|20)\d\d\b")
_IS_OUT = re.compile(
    r"(?:, who)? (?:was|were) (?:overthrown|ousted|deposed|toppled|assassinated|shot dead|shot to death"
    r"|gunned down|(?P<by>replaced))\b(?! (?:as|from)\b)(?(by) (?:[A-Z][a-z]+day )?(?:by|with) [A-Z])"
    r"|, who (?:was (?:murdered|killed|slain|executed)|died)\b"
    r"|(?:, who)? ha[sd] (?:resigned|stepped down)\b(?! as)"
)
_HAS_RESIGNED = re.compile(
    r"(?:\s(?:of|at|for)\s[^,.;:()\n]{1,60})?,\s(?:who\s)?"
    r"(?:ha[sd]\s(?:resigned|stepped\sdown)\b(?!\sas)|was\s(?:deposed|overthrown|ousted|assassinated|toppled)\b)"
)
_LATE = re.compile(
    r"\b(?:[Tt]he late "
    r"|(?:[Hh]is|[Hh]er|my|their) late (?:father|mother|husband|wife|brother|sister|uncle|son|daughter),? )\Z"
)
_NOT_OFFICES = frozenset({"sport", "arts", "other"})


_ENDINGS = ("or, ", "of ", "the ", "then ", "ew ", "ed ", "-time ", "long ")
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
        over = bool(_LATE.search(text, max(0, name - 24), name))
        over = over or (role.ends >= 0 and _HAS_RESIGNED.match(text, role.ends) is not None)
    else:
        told = text.endswith(_ENDINGS, 0, start) and any(
            words.search(text, max(0, start - 60), start) for words in (_ENDED, _OVERTHROWN)
        )
        dated = told or (
            bool(_IN_YEAR.match(text, end)) and bool(_DATED.search(text, max(0, start - 60), start))
        )
        out = role.field not in _NOT_OFFICES and _IS_OUT.match(text, end) is not None
        over = dated or out or _IN_OFFICE.match(text, end) is not None
    return replace(role, status="former") if over else role
