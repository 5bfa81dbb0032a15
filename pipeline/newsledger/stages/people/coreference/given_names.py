"""Whether a given name that stands before the full name is that person's, or after it somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.stages.people.tables import given_names

if TYPE_CHECKING:
    from newsledger.stages.people.coreference.entities import Named, Person
    from newsledger.stages.people.coreference.name_variants import Form


def of_known_family(
    mention: Named, number: int, people: Sequence[Person], families: dict[str, list[int]]
) -> bool:
    """Whether "his son Namal" is Namal Hale who is named in full below: another Hale was named before.

    A given name that many bear needs the kinship said; an office at the mention must be the person's.
    """
    person, start = people[number], mention.found.start
    parts = person.parts
    if not parts.family or mention.zone == "heading" or mention.parts.joined != parts.units[0].key:
        return False
    common = parts.units[0].key in given_names()
    if person.byline_only or mention.before.addressed or (common and not mention.before.kin):
        return False
    if mention.before.gender and person.sexes and mention.before.gender not in person.sexes:
        return False
    if mention.role is not None and person.offices and mention.role.phrase not in person.offices:
        return False
    return any(
        people[other].introduced < start
        for other in families.get(parts.units[parts.family].key, ())
        if other != number and people[other].full
    )


def called_by_given(mention: Named, person: Person, singly: dict[str, list[int]]) -> bool:
    """Whether "Rodolfo took half" is Rodolfo Hale who is named in full below: the article calls him so.

    It does so after his full name as well, and never says "Hale" alone.
    """
    parts = person.parts
    if not parts.family or mention.zone == "heading" or mention.before.addressed or mention.role is not None:
        return False
    if mention.told or mention.before.kin or mention.shares is not None:
        return False
    key, family = parts.units[0].key, parts.units[parts.family]
    if mention.parts.joined != key or person.byline_only or singly.get(family.key) or singly.get(family.bare):
        return False
    return any(start > person.introduced for start in singly.get(key, ()))


def first_so_called(
    mention: Named,
    people: Sequence[Person],
    options: dict[int, Form],
    lone: Sequence[int],
    singly: dict[str, list[int]],
) -> dict[int, Form]:
    """The one called "Maria" and nothing else, where "Maria Hale" came later and is "Hale" elsewhere."""
    early = [n for n in lone if people[n].introduced < min(people[k].introduced for k in options)]
    if len(early) != 1 or mention.role is not None:
        return options
    for number in options:
        parts = people[number].parts
        family = parts.units[-1 if parts.family is None else parts.family]
        if not (singly.get(family.key) or singly.get(family.bare)):
            return options
    return {early[0]: "given"}
