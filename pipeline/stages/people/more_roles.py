"""The other roles that a text states where it names somebody: "Sen. Hale, chairman of the committee"."""

from __future__ import annotations

from pipeline.stages.people.roles import Role, called


def beside(first: Role | None, later: Role | None) -> tuple[Role, ...]:
    """What stands before a name and after it, in this order, with what else stands at each."""
    found: list[Role] = []
    for role in (first, later):
        if role is not None and not role.many:
            found += [*role.others, role]
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
    return tuple(told)


def _posts(role: Role) -> list[str]:
    """The posts that one role names: two in "President and CEO"."""
    return called(role.text, role.status).lower().split(" and ")
