"""A name of one part that is a misspelt part of a full name of the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsledger.stages.people.boundaries.name_keys import sounds_alike
from newsledger.stages.people.coreference.entities import Mention, Person
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.tables import given_names

_MOST = 64
"""So many people are compared with a name (hostile input)."""


def misspelt_candidates(mention: Mention, people: Sequence[Person]) -> dict[int, Form]:
    """The one person named before of whom a single name is a misspelt part; nothing where two could be.

    Two letters of the family name changed places ("Styen" for Steyn), one letter of a long one slipped, or it
    is a rare given name that sounds the same ("Md Atiqul Alam ... said Atikul").
    """
    bare = mention.parts.units[0].bare
    if len(bare) < 5 or mention.is_alias:
        return {}
    rare_given = len(bare) > 5 and not (
        bare in given_names() or mention.before.addressed or mention.role is not None
    )
    found: dict[int, Form] = {}
    for number, person in enumerate(people[:_MOST]):
        parts = person.parts
        if not (person.full and person.mentions and parts.family) or person.introduced > mention.span.start:
            continue
        family = parts.units[parts.family].bare
        if swapped(bare, family) or _slipped(bare, family, person):
            found[number] = "family"
        elif rare_given:
            given = (u.bare for u in parts.units[: parts.family])
            if any(g[0] == bare[0] and g[-1] == bare[-1] and sounds_alike(bare, g) for g in given):
                found[number] = "given"
    return found if len(found) == 1 else {}


def similar_surnames(
    mention: Mention, people: Sequence[Person], named: Mapping[int, Form]
) -> dict[int, Form]:
    """Who bears a surname that sounds like the given name of one met in passing (``named``).

    "Emil Markus beat Marcus Lind. ... Marcus kept his title": few articles slip so, but Lind would win.
    """
    key = mention.parts.joined
    if len(key) < 4 or any(len(people[number].mentions) >= _OFTEN for number in named):
        return {}
    return {
        number: "family"
        for number, person in enumerate(people[:_MOST])
        if number not in named
        and len(person.mentions) >= _OFTEN
        and person.parts.family
        and (family := person.parts.units[person.parts.family].bare) != key
        and family[0] == key[0]
        and sounds_alike(family, key)
    }


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
    if min(len(one), len(other)) < 7 or one[:2] != other[:2] or one[-2:] != other[-2:]:
        return False
    if len(person.mentions) < _OFTEN:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


_OFTEN = 3
