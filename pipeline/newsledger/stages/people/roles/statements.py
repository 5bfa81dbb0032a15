"""The statements of roles of an article: each role of a person once, with the words that state it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Link, Mention
from newsledger.stages.people.roles.roles import Role
from newsledger.values.mentions import RoleStatement

Placed = tuple[int, RoleStatement]
"""A statement and the number of the mention that it is at."""

_NEAR = 240
_TELLING = frozenset({"former", "acting", "designate"})


def statements(
    text: str, mentions: Sequence[Mention], links: Sequence[Link]
) -> Mapping[int, tuple[RoleStatement, ...]]:
    """The statements by the number of their mention; each stands at one mention, in its fullest wording."""
    stated: dict[tuple[int, str], Placed] = {}
    for number, (mention, link) in enumerate(zip(mentions, links, strict=True)):
        for role in (mention.role, *mention.other_roles):
            if role is None:
                continue
            key = link.person, role.text.lower()
            found = number, _statement(text, mention, role)
            stated[key] = _fuller(stated[key], found) if key in stated else found
    taken: set[tuple[int, int]] = set()
    placed: dict[int, list[RoleStatement]] = {}
    for number, statement in sorted(stated.values(), key=_place):
        statement = _apart(text, mentions[number], statement, taken)
        if (statement.start_char, statement.end_char) not in taken:
            taken.add((statement.start_char, statement.end_char))
            placed.setdefault(number, []).append(statement)
    return {number: tuple(found) for number, found in placed.items()}


def _place(placed: Placed) -> tuple[int, int, int]:
    return placed[1].start_char, placed[1].end_char, placed[0]


def _fuller(first: Placed, later: Placed) -> Placed:
    """One statement of two of the same role: the one that says more, with what the other says besides."""
    one, other = first[1], later[1]
    number, kept = later if _said(other) > _said(one) else first
    status = next((s.role_status for s in (one, other) if s.role_status in _TELLING), kept.role_status)
    return number, replace(
        kept,
        role_org=kept.role_org or one.role_org or other.role_org,
        role_country=kept.role_country or one.role_country or other.role_country,
        role_status=status,
    )


def _said(statement: RoleStatement) -> int:
    return (statement.role_org is not None) + (statement.role_country is not None)


def _statement(text: str, mention: Mention, role: Role) -> RoleStatement:
    start, end = _words(text, mention, role)
    return RoleStatement(
        start_char=start,
        end_char=end,
        surface=text[start:end],
        role=role.text,
        role_org=role.org,
        role_country=role.country,
        role_status=role.status or "current",
        basis=role.side,
    )


def _words(text: str, mention: Mention, role: Role) -> tuple[int, int]:
    """Where the words of a role stand nearest to the name; else the name with what is before it."""
    start, end = mention.span.start, mention.span.end
    words = re.compile(r"\W+".join(map(re.escape, role.text.split())) + r"(?:s|es)?\b", re.IGNORECASE)
    found = [m.span() for m in words.finditer(text, max(0, start - _NEAR), end + _NEAR)]
    outside = [(a, b) for a, b in found if b <= start or a >= end]
    if outside:
        return min(outside, key=lambda span: max(start - span[1], span[0] - end))
    before = text[mention.before.start : start].rstrip(" ,\n")
    if role.side == "before" and before:
        return mention.before.start, mention.before.start + len(before)
    return start, end


def _apart(
    text: str, mention: Mention, statement: RoleStatement, taken: set[tuple[int, int]]
) -> RoleStatement:
    """The statement with the name in its words where others have the same words ("Presidents A and B")."""
    if (statement.start_char, statement.end_char) not in taken:
        return statement
    start = min(statement.start_char, mention.span.start)
    end = max(statement.end_char, mention.span.end)
    return replace(statement, start_char=start, end_char=end, surface=text[start:end])
