"""Two people and two offices: "Hale and Lind, the committee's chairman and ranking member respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.roles.roles import Role
from newsledger.stages.people.tables import roles

_AND = re.compile(r"(?:\s\([^()\n]{1,24}\))?,?\s(?:and|&)\s")
_FIRST = ("chairman", "chair", "chairwoman", "president")
_SECOND = ("ranking ", "vice ")
"""How offices begin that nobody holds beside one of the first: "chairman and ranking member"."""


def share_out(text: str, mentions: Sequence[Named]) -> None:
    """Give each of two people one of the two offices, where the text says that it is so."""
    for one, other in pairwise(mentions):
        if not _AND.fullmatch(text, one.found.end, other.before.start):
            continue
        _body_of_both(one, other)
        _offices_after(one, other)


def _body_of_both(one: Named, other: Named) -> None:
    """The body of "Budget Committee Chairman Hale and Ranking Member Lind", which the first alone has."""
    first, second = one.role, other.role
    if first is None or second is None or first.side != "before":
        return
    if second.org or not first.org:
        return
    # "Northam Librarian Hale and Deputy Librarian Lind"
    seated = first.text.lower().endswith(_FIRST) and second.text.lower().startswith(_SECOND)
    house = (first.org or "").endswith(_HOUSES) and second.phrase[-1] in _LEADS
    if seated or house:
        shared = replace(second, org=first.org, country=first.country)
        other.role, other.others = shared, tuple(shared for _ in other.others)


_HOUSES = ("Senate", "House")
_LEADS = frozenset({"leader", "whip", "speaker"})


def _offices_after(one: Named, other: Named) -> None:
    """The offices of "Hale and Lind, chairman and ranking member of the panel", with or without a title."""
    said = [r for r in (other.role, *other.others) if r is not None and r.side == "after"]
    if not said:
        return
    shares = _shares(said[0])
    if not shares:
        return
    mine, yours = shares
    other.others = tuple(yours for _ in other.others)
    one.others = (*one.others, mine)


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
