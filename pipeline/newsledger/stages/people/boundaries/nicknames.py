"""Given names that can be forms of one: "Joe" and "Joseph", an initial and what it stands for."""

from __future__ import annotations

from functools import lru_cache

from newsledger.stages.people.tables import names


def given_names_match(one: str, other: str) -> bool:
    """Whether two folded given names can be one: equal, an initial of the other, or a pet form.

    >>> given_names_match("joe", "joseph"), given_names_match("j", "joseph")
    (True, True)
    >>> given_names_match("jeb", "george")
    False
    """
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    groups = names().nicknames
    mine, others = groups.get(one), groups.get(other)
    return mine is not None and others is not None and not mine.isdisjoint(others)


@lru_cache(maxsize=1)
def _members() -> dict[int, list[str]]:
    """The names in each group of names that are forms of one."""
    members: dict[int, list[str]] = {}
    for name, groups in names().nicknames.items():
        for group in groups:
            members.setdefault(group, []).append(name)
    return members


@lru_cache(maxsize=1 << 13)
def nickname_variants(given: str) -> tuple[str, ...]:
    """The other names in the tables that a folded given name may be called by; an initial opens them all.

    >>> "joe" in nickname_variants("joseph"), nickname_variants("xi")
    (True, ())
    """
    groups = names().nicknames
    if len(given) == 1:
        found = [name for name in groups if name.startswith(given)]
    else:
        alike = {name for group in groups.get(given, ()) for name in _members()[group]}
        found = sorted(alike - {given})
    return tuple(found)
