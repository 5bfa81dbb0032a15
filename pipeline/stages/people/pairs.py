"""Two people and two offices: "Hale and Lind, the committee's chairman and ranking member respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.stages.people.persons import Named
from pipeline.stages.people.roles import Role
from pipeline.stages.people.tables import roles

_AND = re.compile(r",?\s(?:and|&)\s")
_RESPECTIVELY = re.compile(r"[^.;\n]{0,120}\brespectively\b")
_APART = frozenset(
    {("chairman", "ranking member"), ("chair", "ranking member"), ("chairwoman", "ranking member")}
)
"""Offices of which nobody holds both at a time."""


def share_out(text: str, mentions: Sequence[Named]) -> None:
    """Give each of two people one of the two offices that follow, where the text says that it is so."""
    for one, other in pairwise(mentions):
        role = other.role
        if role is None or role.side != "after" or " and " not in role.text:
            continue
        if not _AND.fullmatch(text, one.found.end, other.found.start):
            continue
        if one.role is not None and one.role.side == "after":
            continue
        first, _, second = role.text.partition(" and ")
        if (first.lower(), second.lower()) in _APART or _RESPECTIVELY.match(text, other.found.end):
            mine, yours = _office(role, first), _office(role, second)
            if mine is not None and yours is not None:
                one.role, other.role = mine, yours


def _office(role: Role, words: str) -> Role | None:
    """``role`` with the one office of ``words``."""
    keys = tuple(words.lower().split())
    phrase = next((keys[i:] for i in range(len(keys)) if keys[i:] in roles().field), None)
    return replace(role, phrase=phrase, text=words) if phrase is not None else None
