"""Coreference in one article: joins a surname, a given name or a pet name to the full name.

The rules go from sure to unsure, and end in "ambiguous" rather than in a guess:

1. Full names that are one name written twice: equal after folding, one inside the other, an initial or pet
   form for the given name, the parts in the other order, one transliteration for another.
2. A single name is the family name of a person of the article, else the given name, else a nickname.
3. Where several people could be meant, form of address, role, kinship and order of appearance decide;
   where they do not, the mention stands for itself and lists its candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsledger.stages.people.coreference.entities import Link, Mention, Person
from newsledger.stages.people.coreference.full_names import join_aliases, link_full_names
from newsledger.stages.people.coreference.single_names import link_single_names


@dataclass(frozen=True, slots=True)
class Resolution:
    """The people of an article in order of first mention, and per mention which of them it is."""

    links: tuple[Link, ...] = ()
    people: tuple[Person, ...] = ()


def resolve_mentions(mentions: Sequence[Mention]) -> Resolution:
    """Say for every mention which person of the article it is."""
    people: list[Person] = []
    links, doubtful = link_full_names(mentions, people)
    join_aliases(mentions, links, people)
    whole = link_single_names(mentions, links, people, doubtful)
    order: dict[int, int] = {}
    for link in whole:
        order.setdefault(link.person, len(order))
    return Resolution(
        links=tuple(replace(link, person=order[link.person]) for link in whole),
        people=tuple(people[number] for number in order),
    )
