"""Two people and two offices: "Hale and Lind, the committee's chairman and ranking member respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.roles.roles import Role
from newsledger.stages.people.tables import roles

_AND = re.compile(r"(?:\s\([^()\n]{1,24}\))?,?\s(?:and|&)\s")
_FIRST = ("chairman", "chair", "chairwoman", "president")
_SECOND = ("ranking ", "vice ")
"""How offices begin that nobody holds beside one of the first: "chairman and ranking member"."""


def share_out(text: str, mentions: Sequence[Mention]) -> Changes:
    """Give each of two people one of the two offices, where the text says that it is so."""
    changes: dict[int, Mention] = {}
    for i, (first, other) in enumerate(pairwise(mentions)):
        if not _AND.fullmatch(text, first.span.end, other.before.start):
            continue
        one, other = changes.get(i, first), _with_body_of_both(changes.get(i, first), other)
        changes[i], changes[i + 1] = _with_offices_after(one, other)
    return changes


def _with_body_of_both(one: Mention, other: Mention) -> Mention:
    """The second with the body of "Budget Committee Chairman Hale and Ranking Member Lind"."""
    first, second = one.role, other.role
    if first is None or second is None or first.side != "before":
        return other
    if second.org or not first.org:
        return other
    # "Northam Librarian Hale and Deputy Librarian Lind"
    seated = first.text.lower().endswith(_FIRST) and second.text.lower().startswith(_SECOND)
    house = (first.org or "").endswith(_HOUSES) and second.phrase[-1] in _LEADS
    if not (seated or house):
        return other
    shared = replace(second, org=first.org, country=first.country)
    return replace(other, role=shared, other_roles=tuple(shared for _ in other.other_roles))


_HOUSES = ("Senate", "House")
_LEADS = frozenset({"leader", "whip", "speaker"})


def _with_offices_after(one: Mention, other: Mention) -> tuple[Mention, Mention]:
    """Both with the offices of "Hale and Lind, chairman and ranking member of the panel"."""
    stated = [r for r in (other.role, *other.other_roles) if r is not None and r.side == "after"]
    shares = _shares(stated[0]) if stated else None
    if shares is None:
        return one, other
    mine, yours = shares
    return (
        replace(one, other_roles=(*one.other_roles, mine)),
        replace(other, other_roles=tuple(yours for _ in other.other_roles)),
    )


def _shares(role: Role) -> tuple[Role, Role] | None:
    """The two offices of a role."""
    first, _, second = role.text.partition(" and ")
    mine, yours = _office(role, first), _office(role, second)
    return (mine, yours) if mine is not None and yours is not None else None


def _office(role: Role, words: str) -> Role | None:
    """``role`` with the one office of ``words``."""
    keys = tuple(words.lower().split())
    phrase = next((keys[i:] for i in range(len(keys)) if keys[i:] in roles().field), None)
    return replace(role, phrase=phrase, text=words) if phrase is not None else None
