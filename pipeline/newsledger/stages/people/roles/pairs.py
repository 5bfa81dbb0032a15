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
_RESPECTIVELY = re.compile(r"[^.;\n]{0,120}\brespectively\b")
_FIRST = ("chairman", "chair", "chairwoman", "president")
_SECOND = ("ranking ", "vice ")
"""How offices begin that nobody holds beside one of the first: "chairman and ranking member"."""


def share_out(text: str, mentions: Sequence[Named]) -> None:
    """Give each of two people one of the two offices, where the text says that it is so."""
    for one, other in pairwise(mentions):
        if not _AND.fullmatch(text, one.found.end, other.before.start):
            continue
        _offices_before(one, other)
        _body_of_both(one, other)
        _offices_after(text, one, other)
        _share_owner(one, other)


def _share_owner(one: Named, other: Named) -> None:
    """Whose both offices are in "Northair President Hale and Vice President Lind", said once."""
    role, second = one.role, other.role
    if role is None or second is None or role.side != "before" or second.side != "before":
        return
    if (role.org is None and role.country is None) or second.org is not None or second.country is not None:
        return
    said = second.text.lower().split()
    below = second.status == "deputy" or said[0] in _BELOW
    if below and second.phrase[-1] == role.phrase[-1] and said != role.text.lower().split():
        other.role = replace(second, org=role.org, country=role.country)


_BELOW = frozenset({"vice", "assistant", "deputy"})


def _body_of_both(one: Named, other: Named) -> None:
    """The body of "Budget Committee Chairman Hale and Ranking Member Lind", which the first alone has."""
    first, second = one.role, other.role
    if first is None or second is None or first.side != "before" or second.side != "before":
        return
    seats = first.text.lower() in _FIRST and second.text.lower().startswith("ranking ")
    if seats and not (first.org or first.country) and (second.org or "").endswith("ommittee"):
        # "Chairman Hale and Ranking Member Lind of the Finance Committee"
        one.role = replace(first, org=second.org)
        one.others = tuple(one.role if one.role is first else role for role in one.others)
        return
    if second.org or second.country or not (first.org or first.country):
        return
    # "Northam Librarian Hale and Deputy Librarian Lind"
    deputy = second.status == "deputy" and second.phrase == first.phrase
    if second.status != "current" and not deputy:
        return
    seated = first.text.lower().endswith(_FIRST) and second.text.lower().startswith(_SECOND)
    house = (first.org or "").endswith(_HOUSES) and first.phrase[-1] in _LEADS and second.phrase[-1] in _LEADS
    if seated or deputy or (house and " " in second.text):
        other.role = replace(second, org=first.org, country=first.country)
        other.others = tuple(other.role if role is second else role for role in other.others)


_HOUSES = ("Senate", "House")
_LEADS = frozenset({"leader", "whip", "speaker"})


def _offices_before(one: Named, other: Named) -> None:
    """The offices of "Committee Chairman and Ranking Member Hale and Lind"."""
    role = one.role
    alone = other.role is None and not other.before.addressed
    if role is None or role.side != "before" or role.many or not alone:
        return
    shares = _shares(role)
    if shares and len(one.parts.units) == len(other.parts.units) and _held_by_two(shares):
        one.others = tuple(shares[0] if r is role else r for r in one.others)
        one.role, other.role = shares


def _offices_after(text: str, one: Named, other: Named) -> None:
    """The offices of "Hale and Lind, chairman and ranking member of the panel", with or without a title."""
    said = [
        r for r in (other.role, *other.others) if r is not None and r.side == "after" and " and " in r.text
    ]
    if not said or (one.role is not None and one.role.side == "after"):
        return
    role = said[0]
    shares = _shares(role)
    if not shares or not (_held_by_two(shares) or _RESPECTIVELY.match(text, other.found.end)):
        return
    mine, yours = shares
    other.others = tuple(yours if r is role else r for r in other.others)
    if other.role is role:
        one.role, other.role = mine, yours
    elif one.role is not None:
        one.others = (*one.others, mine)


def _held_by_two(shares: tuple[Role, Role]) -> bool:
    """Whether nobody holds both of two offices at a time."""
    first, second = (role.text.lower() for role in shares)
    return first.endswith(_FIRST) and second.startswith(_SECOND)


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
