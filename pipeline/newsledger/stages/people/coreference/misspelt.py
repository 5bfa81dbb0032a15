"""A name of one part that is a misspelt part of a full name of the article.

Only with other evidence: an office that one person holds, or a rare given name that sounds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.stages.people.boundaries.name_keys import sounds_alike
from newsledger.stages.people.tables import names

if TYPE_CHECKING:
    from newsledger.stages.people.coreference.entities import Named, Person
    from newsledger.stages.people.coreference.name_variants import Form

_MOST = 64
"""So many people are compared with a name (hostile input)."""


def miswritten(mention: Named, people: Sequence[Person]) -> dict[int, Form]:
    """The one person named before of whom a single name is a misspelt part; nothing where two could be.

    The family name, where an office that one person holds says so ("President Afeweki"); a given name,
    where it is a rare one that sounds the same ("Md Atiqul Alam ... said Atikul"). Two letters that changed
    places ("Styen" for Steyn) need no more than that.
    """
    unit = mention.parts.units[0]
    bare = unit.bare
    if len(bare) < 5 or mention.alias_of >= 0:
        return {}
    table = names()
    common = bare in table.given or bare in table.of_men or bare in table.of_women
    found: dict[int, Form] = {}
    for number, person in enumerate(people[:_MOST]):
        parts = person.parts
        if (
            not person.full
            or not person.mentions
            or not parts.family
            or person.introduced > mention.found.start
        ):
            continue
        family = parts.units[parts.family].bare
        if swapped(bare, family):
            found[number] = "family"
        elif len(bare) < 6:
            continue
        elif _slipped(bare, family, person):
            found[number] = "family"
        elif not common and not mention.before.addressed and mention.role is None:
            given = (u.bare for u in parts.units[: parts.family])
            if any(g[0] == bare[0] and g[-1] == bare[-1] and sounds_alike(bare, g) for g in given):
                found[number] = "given"
    return found if len(found) == 1 else {}


def swapped(one: str, other: str) -> bool:
    """Whether two words differ by two letters that changed places, the first and the last being the same.

    >>> swapped("styen", "steyn"), swapped("mabdouli", "madbouli"), swapped("marni", "marin")
    (True, True, False)
    """
    if len(one) != len(other) or len(one) < 5 or one[0] != other[0] or one[-1] != other[-1]:
        return False
    apart = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]


def _slipped(one: str, other: str, person: Person) -> bool:
    """Whether a long surname is that of a person often named, but for one letter in its midst."""
    if min(len(one), len(other)) < 7 or one[-2:] != other[-2:] or len(person.mentions) < _OFTEN:
        return False
    return _near_miss(one, other)


_OFTEN = 3


def _near_miss(one: str, other: str) -> bool:
    """Whether two long words begin alike and differ by one slip of the pen."""
    if min(len(one), len(other)) < 6 or one[:2] != other[:2]:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1
