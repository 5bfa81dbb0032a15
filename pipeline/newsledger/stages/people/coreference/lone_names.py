"""Whether somebody whom the article knows by one name alone goes by a given name or by a surname."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Link, Mention, Person
from newsledger.stages.people.roles.role import Role
from newsledger.stages.people.tables import roles, sure_given_names


def with_given_names(
    mentions: Sequence[Mention], links: Sequence[Link], people: Sequence[Person]
) -> list[Link]:
    """The links, those of people with a given name alone in that form.

    A word of kin says that it is one, or the tables of names. "Senator Craig" and "Mr Thomas" are surnames,
    whatever the tables have.
    """
    alone = {link.person for link in links if link.form == "family" and not link.candidates}
    given = {n for n in alone if not people[n].full and _goes_by_given_name(mentions, people[n])}
    return [
        replace(link, form="given") if link.person in given and link.form == "family" else link
        for link in links
    ]


def _goes_by_given_name(mentions: Sequence[Mention], person: Person) -> bool:
    if len(person.parts.units) > 1 or not person.roles.isdisjoint(roles().with_given):
        return True
    said = [mentions[i] for i in person.mentions]
    if any(m.before.addressed or (m.role is not None and _is_title(m.role)) for m in said):
        return False
    return any(m.before.kin for m in said) or person.parts.joined in sure_given_names()


def _is_title(role: Role) -> bool:
    """Whether a role before a name is an office or a rank, which goes with surnames."""
    return role.side != "after" and (role.style or role.standing > 1)
