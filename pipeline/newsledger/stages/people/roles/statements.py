"""The role statements of an article: each role of a person once, with the words that state it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from newsledger.stages.people.coreference.entities import Link, Mention
from newsledger.stages.people.role import TELLING, Role, without_joint
from newsledger.stages.people.tables import roles
from newsledger.values.mentions import RoleStatement

Placed = tuple[int, RoleStatement]


def statements(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], dead: frozenset[int]
) -> Mapping[int, tuple[RoleStatement, ...]]:
    """The statements by the number of their mention; each stands at one mention, in its fullest wording."""
    stated: dict[int, list[Placed]] = {}
    for number, (mention, link) in enumerate(zip(mentions, links, strict=True)):
        known = stated.setdefault(link.person, [])
        for role in (mention.role, *mention.other_roles):
            if role is None or role.many or (role.phrase[-1] in roles().partisans and not role.org):
                continue
            over = link.person in dead and role.status in {"current", "acting"}
            found = number, _statement(text, replace(role, status="former") if over else role)
            at = next((k for k, other in enumerate(known) if _is_same(text, other[1], found[1])), None)
            if at is None:
                known.append(found)
            else:
                known[at] = _fuller(known[at], found)
    taken: set[tuple[int, int]] = set()
    placed: dict[int, list[RoleStatement]] = {}
    every = (p for known in stated.values() for p in known)
    for number, statement in sorted(every, key=lambda p: (p[1].start_char, p[1].end_char, p[0])):
        start, end = statement.start_char, statement.end_char
        if (start, end) in taken:
            # "Presidents A and B": with the name in its words where others have the same words
            span = mentions[number].span
            start, end = min(start, span.start), max(end, span.end)
            statement = replace(statement, start_char=start, end_char=end, surface=text[start:end])
        taken.add((start, end))
        placed.setdefault(number, []).append(statement)
    return {number: tuple(found) for number, found in placed.items()}


def _is_same(text: str, one: RoleStatement, other: RoleStatement) -> bool:
    """Whether two statements of one person are of the same role: the same words, or some of them."""
    mine, yours = (tuple(s.role.lower().replace(".", "").replace("-", " ").split()) for s in (one, other))
    if mine != yours and not (_is_short_for(one, mine, yours) or _is_short_for(other, yours, mine)):
        return False
    short, longer = sorted(((s.role_org or "").lower() for s in (one, other)), key=len)
    # One name is part of the other, or its letters: "Roads Authority (RA)"
    return short in longer or f"{longer} ({short})" in text.lower()


def _is_short_for(short: RoleStatement, words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether a bare office is another one again: "Secretary" Lind, the secretary of state."""
    table = roles()
    if short.role_org or short.role_country or len(words) >= len(longer):
        house = table.house.get(words[-1])
        return house is not None and house == table.house.get(longer[-1])
    added = longer[: len(longer) - len(words)] if longer[-len(words) :] == words else longer[len(words) :]
    return words in (longer[-len(words) :], longer[: len(words)]) and not set(added) & (
        table.of_helpers | {"vice", "deputy"}
    )


def _fuller(first: Placed, later: Placed) -> Placed:
    """One statement of two of the same role: the one that says more, with what the other says besides."""
    one, other = first[1], later[1]
    said, more = ((len(s.role.split()), bool(s.role_org) + bool(s.role_country)) for s in (one, other))
    number, kept = later if more > said else first
    bases = {s.role_status: s.basis for s in (one, other)}
    # "The nominee for attorney general" may be "Attorney General Lind" by now
    by_now = "designate" in bases and bases.get("current") == "before" and first[0] != later[0]
    status = next((s.role_status for s in (one, other) if s.role_status in TELLING), kept.role_status)
    return number, replace(
        kept,
        role_org=kept.role_org or one.role_org or other.role_org,
        role_country=kept.role_country or one.role_country or other.role_country,
        role_status="current" if by_now else status,
    )


def _statement(text: str, role: Role) -> RoleStatement:
    surface = text[role.start : role.end].rstrip(" ,")
    return RoleStatement(
        start_char=role.start,
        end_char=role.start + len(surface),
        surface=surface,
        role=role.wording,
        role_org=without_joint(role.org) if role.org else None,
        role_country=role.country,
        role_status=role.status,
        basis=role.side,
        confidence=Decimal(known) if (known := roles().confidence.get(role.side)) else None,
    )
