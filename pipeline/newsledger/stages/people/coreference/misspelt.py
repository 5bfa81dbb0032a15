"""A name of one part that is a misspelt part of a full name of the article.

Only with other evidence: an office that one person holds, or a rare given name that sounds the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.stages.people.boundaries.name_parts import NameParts, Unit, sounds_alike
from newsledger.stages.people.tables import names, roles

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
    if len(bare) < (5 if unit.key == bare else 4) or mention.alias_of >= 0 or mention.introduced:
        return {}
    table = names()
    office = mention.role.phrase if mention.role is not None and mention.role.status == "current" else None
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
        holds = office in roles().top and office in person.offices
        if swapped(bare, family) or _by_one_vowel(unit, parts.units[parts.family]):
            found[number] = "family"
        elif len(bare) < 6:
            continue
        elif _slipped(bare, family, person) or (holds and _near_miss(bare, family)):
            found[number] = "family"
        elif not common and not mention.before.addressed and mention.role is None:
            given = (u.bare for u in parts.units[: parts.family])
            if any(g[0] == bare[0] and g[-1] == bare[-1] and sounds_alike(bare, g) for g in given):
                found[number] = "given"
    return found if len(found) == 1 else {}


def so_spelt(mention: Named, people: Sequence[Person], options: dict[int, Form]) -> dict[int, Form]:
    """Who may be meant by the given name of one met in passing: the bearer of a family name of its sound.

    "Joe Louis beat Luis Firpo. ... Then Luis defended his title": the article may mean Louis.
    """
    key = mention.parts.joined
    if len(key) < 4 or any(len(people[number].mentions) > 2 for number in options):
        return {}
    found: dict[int, Form] = {}
    for number, person in enumerate(people[:_MOST]):
        parts = person.parts
        if number in options or not parts.family or len(person.mentions) <= 2:
            continue
        family = parts.units[parts.family].bare
        if family != key and family[0] == key[0] and sounds_alike(family, key):
            found[number] = "family"
    return found


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


_VOWELS = str.maketrans("eo", "iu")


def _by_one_vowel(one: Unit, other: Unit) -> bool:
    """Whether two Arabic names are one: "Al-Ghanim", "Al-Ghanem", unlike "Al-Hamad", "Al-Hamid"."""
    if one.key == one.bare or other.key == other.bare:
        return False
    return one.bare.translate(_VOWELS) == other.bare.translate(_VOWELS)


def _slipped(one: str, other: str, person: Person) -> bool:
    """Whether a long surname is that of a person often named, but for one letter in its midst."""
    if min(len(one), len(other)) < 7 or one[-2:] != other[-2:] or len(person.mentions) < _OFTEN:
        return False
    return _near_miss(one, other)


_OFTEN = 3


def romanised(mentions: Sequence[Named], group: Sequence[int], person: Person) -> bool:
    """Whether two Korean names are one in two spellings ("Park Bum-gye", "Park Beom-kye").

    Not where they stand side by side, for then they are two people.
    """
    one, other = mentions[group[0]].parts, person.parts
    if one.family != 0 or other.family != 0 or one.units[0].key != other.units[0].key:
        return False
    given, other_given = (_syllables(parts) for parts in (one, other))
    if one.units[0].key not in names().korean or len(given) != 2 or given != other_given:
        return False
    near = (
        abs(mentions[i].found.start - mentions[j].found.start)
        for i in group[:_MOST]
        for j in person.mentions[:_MOST]
    )
    return min(near, default=0) > _BESIDE


_BESIDE = 60
_KOREAN = (
    *(("eo", "u"), ("oo", "u"), ("ou", "u"), ("eu", "u"), ("ee", "i"), ("ae", "e")),
    *(("g", "k"), ("d", "t"), ("b", "p"), ("j", "c"), ("ch", "c"), ("r", "l")),
)


def _syllables(parts: NameParts) -> list[str]:
    """The syllables of a Korean given name, spellings of one letter made one ("bum", "beom")."""
    found = []
    for syllable in "-".join(unit.text.lower() for unit in parts.units[1:]).split("-"):
        for spelling, letter in _KOREAN:
            syllable = syllable.replace(spelling, letter)
        found.append(syllable)
    return found


def _near_miss(one: str, other: str) -> bool:
    """Whether two long words begin alike and differ by one slip of the pen."""
    if min(len(one), len(other)) < 6 or one[:2] != other[:2]:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1
