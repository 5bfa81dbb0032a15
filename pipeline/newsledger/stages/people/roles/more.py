"""The other roles that a text states where it names somebody: "Sen. Hale, chairman of the committee"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.lexicons.load import any_of
from newsledger.stages.people.roles.rightwards import NOTHING, read_after
from newsledger.stages.people.roles.roles import Context, Role, called
from newsledger.stages.people.tables import names

_AND = re.compile(r"(,)?\s(?:and|&)\s(?:(?:also|currently|now)\s)?(?=(the\s)?\w)")
_GOES_ON = re.compile(r"(?:[^,.;:()\n–—]|,(?=\s(?:and\s|[A-Z]))|\.(?!\s[A-Z]))*")
_CLOSES = re.compile(r"((?:\s(?:of|for|at|in|on|with|to)\s[^,.;:()\n–—]{2,100})?)([,.;)])(?!\swho\b)")
_DOES = re.compile(
    rf"\s(?:{any_of(names().speech_verbs)}|met|is|are|was|were|has|have|had|will|would|can|as|[a-z]+ed)\b"
)
_PRAISE = frozenset({("leader",), ("critic",), ("champion",), ("advocate",), ("hero",), ("star",)})
"""Beside an office, and of nothing that is named, they say what somebody thinks of its holder."""
_FAR = 260
_MOST = 4


def with_more(context: Context, role: Role, ceiling: int) -> Role:
    """The role with those that "and" joins to it: "chairman of the bank and a member of the council, ..."."""
    found: list[Role] = []
    at = role.ends
    while len(found) < _MOST and (more := _next(context, at, min(ceiling, role.ends + _FAR))) is not None:
        found.append(more)
        at = more.ends
    return replace(role, others=tuple(found)) if found else role


def _read(context: Context, at: int, ceiling: int) -> Role | None:
    """The office that begins at ``at``."""
    if at in context.person_starts:
        return None
    lead = NOTHING.match(context.text, at)
    return read_after(context, lead, ceiling) if lead is not None else None


def _next(context: Context, at: int, ceiling: int) -> Role | None:
    """The first office after ``at`` that "and" joins to the one that ends there."""
    text = context.text
    stop = _GOES_ON.match(text, at, ceiling).end()  # type: ignore[union-attr]
    for match in _AND.finditer(text, at, stop):
        if any(at <= start <= match.end() for start in context.person_starts) or _DOES.search(
            text, at, match.start()
        ):
            return None
        role = _read(context, match.end(), ceiling)
        closing = _CLOSES.match(text, role.ends) if role is not None else None
        if role is None or closing is None:
            continue
        if (match[1] or match[2]) and closing[2] != ",":
            # "met Ada Lind, mayor of Kent, and the head of the bank.": it may be somebody else.
            continue
        following = closing.end() + 1
        if _DOES.search(closing[1]) or any(role.ends <= s <= following for s in context.person_starts):
            continue
        return role
    return None


def beside(first: Role | None, later: Role | None) -> tuple[Role, ...]:
    """What stands before a name and after it, in this order, with what else stands at each."""
    found: list[Role] = []
    if first is not None and not first.many:
        found += [*first.others, first]
    if later is not None and not later.many:
        said = (later, *later.others)
        found += [role for role in said if role.org or role.country or role.phrase not in _PRAISE]
    return tuple(found)


def listed(role: Role | None, others: tuple[Role, ...]) -> tuple[str, ...]:
    """How the roles beside the one of a mention are written; without those that it says already.

    >>> chairman = Role(("chairman",), "Committee Chairman")
    >>> listed(chairman, (Role(("senator",), "Senator"), Role(("chairman",), "Chairman"), chairman))
    ('Senator',)
    """
    if role is None:
        return ()
    said = {*_posts(role), *(post.rsplit(" ", 1)[-1] for post in _posts(role))}
    told: dict[str, None] = {}
    for other in others:
        if not said.issuperset(_posts(other)):
            told.setdefault(called(other.text, other.status))
    # A professor, who is said to be one of law as well.
    return tuple(one for one in told)


def _posts(role: Role) -> list[str]:
    """The posts that one role names: two in "President and CEO"."""
    return called(role.text, role.status).lower().split(" and ")
