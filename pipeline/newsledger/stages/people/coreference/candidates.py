"""Which people of an article a single name may stand for, by the parts of their full names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold, phonetic_key, sounds_alike
from newsledger.stages.people.boundaries.name_parts import nickname_variants, parse_name
from newsledger.stages.people.coreference.compatibility import (
    is_before_full,
    may_be,
    may_be_given_name,
)
from newsledger.stages.people.coreference.entities import Link, Mention, Person
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.tables import family_first, given_names, sure_given_names

_WORD_ENDS = lazy_regex(r"[\s-]+")
MANY = 64
"""More full names than this behind one family name are not compared with each other (hostile input)."""


def _lists() -> defaultdict[str, list[int]]:
    return defaultdict(list)


@dataclass(frozen=True, slots=True)
class Index:
    """The people of an article by the folded parts of their names; a mark before the key says how it is one.

    ``~`` the sound of a family name, ``@`` a pet form, ``#`` initials.
    """

    families: dict[str, list[int]] = field(default_factory=_lists)
    middles: dict[str, list[int]] = field(default_factory=_lists)
    givens: dict[str, list[int]] = field(default_factory=_lists)
    aliases: dict[str, list[int]] = field(default_factory=_lists)
    sounds: dict[str, list[int]] = field(default_factory=_lists)

    def add(self, number: int, person: Person) -> None:
        """Take in a person."""
        parts = person.parts
        size = len(parts.units)
        for i, unit in enumerate(parts.units):
            if unit.initial:
                continue
            if i == parts.family or size == 1:
                index = self.families
            elif i == 0 or parts.family == 0:
                index = self.givens
            else:
                index = self.middles
            for key in {unit.key, unit.bare}:
                index[key].append(number)
            if i == parts.family and len(unit.bare) > 4:
                self.sounds["~" + phonetic_key(unit.bare)].append(number)
        for nickname in parts.nicknames:
            self.aliases[fold(nickname)].append(number)
        if size >= 2:
            # "AmitShah", as in the name of an account
            self.aliases[parts.joined].append(number)
            letters = "".join(fold(word)[:1] for u in parts.units for word in _WORD_ENDS.split(u.text))
            self.aliases["#" + letters].append(number)
        for other in nickname_variants(parts.units[0].key) if size > 1 else ():
            if 2 < len(other) < len(parts.units[0].key):
                self.aliases["@" + other].append(number)

    def add_sound(self, bare: str, number: int) -> None:
        """Take in a person known by a single name alone, by its sound."""
        if len(bare) > 5 and number not in self.sounds["~" + phonetic_key(bare)]:
            self.sounds["~" + phonetic_key(bare)].append(number)


def indexed(mentions: Sequence[Mention], links: Mapping[int, Link], people: Sequence[Person]) -> Index:
    """An index of all people that have a mention, with their other names."""
    index = Index()
    for number, person in enumerate(people):
        if not person.mentions:
            # Found to be an alias of somebody.
            continue
        index.add(number, person)
        for surface in person.aliases:
            # "Ahmed Ibrahim, better known as Ahmed Gragn", and Gragn
            index.aliases[parse_name(surface).units[-1].key].append(number)
    for i, mention in enumerate(mentions):
        if mention.is_alias and i in links and i - 1 not in links:
            # "Viya, whose real name is Huang Wei"
            index.aliases[mentions[i - 1].parts.joined].append(links[i].person)
    return index


def find_candidates(
    mention: Mention, people: Sequence[Person], index: Index, *, known_alone: bool
) -> dict[int, Form]:
    """Who may be meant, and by which part of the name: family names before given names before aliases.

    ``known_alone``: somebody is known by this name alone.
    """
    key, bare = mention.parts.joined, bare_key(mention)
    keys = [key] if key == bare else [key, bare]
    found = _by_family_name(mention, people, index, keys) or _by_given_name(mention, people, index, keys)
    if found:
        return found
    initials = ["#" + key] if mention.surface.isupper() and 2 < len(key) < 6 else []
    # "his son Bill" is not William Hale.
    pets = [] if mention.before.kin else ["@" + key]
    found = {
        number: "alias"
        for number in _numbers(index.aliases, [key, *initials, *pets])
        if may_be(mention, people[number], "alias")
    }
    if found or known_alone or len(bare) < 5:
        # "Reagan" is known already: no other spelling of Regan.
        return found
    return {
        number: "family"
        for number in _numbers(index.sounds, ["~" + phonetic_key(bare)])
        if _sounds(bare, people[number]) and may_be(mention, people[number], "family")
    }


def _by_family_name(
    mention: Mention, people: Sequence[Person], index: Index, keys: Sequence[str]
) -> dict[int, Form]:
    bearers = [n for n in _numbers(index.families, keys) if may_be(mention, people[n], "family")]
    if bearers:
        middles = _numbers(index.middles, keys)
        bearers += [n for n in middles if _has_first_surname(people[n], keys, mention.span.start)]
        if not family_first().isdisjoint(keys):
            # "Jung Eugene", beside "Jung Yoo-jin"
            bearers += [n for n in _numbers(index.givens, keys) if people[n].introduced < mention.span.start]
    return dict.fromkeys(bearers, "family")


def _has_first_surname(person: Person, keys: Sequence[str], start: int) -> bool:
    """Whether a name is the first surname of two of somebody named before ``start`` ("Ana Prado Lind")."""
    at = (person.parts.family or 0) - 1
    unit = person.parts.units[at]
    return at > 0 and person.introduced <= start and unit.key in keys and unit.key not in given_names()


def _by_given_name(
    mention: Mention, people: Sequence[Person], index: Index, keys: Sequence[str]
) -> dict[int, Form]:
    """Those of this given name, and of this middle name, which may be a surname."""
    found: dict[int, Form] = {}
    for number in _numbers(index.givens, keys):
        person = people[number]
        # "his son Namal" is Namal Hale who is named in full below: another Hale was named before.
        family = index.families.get(person.surname or "", ())
        of_known_family = any(people[other].introduced < mention.span.start for other in family)
        if may_be(mention, person, "given") and (may_be_given_name(mention, person) or of_known_family):
            found[number] = "given"
    common = mention.parts.joined in given_names()
    for number in _numbers(index.middles, keys):
        early = common and is_before_full(mention, people[number])
        if not early and may_be(mention, people[number], "family"):
            found.setdefault(number, "given" if mention.parts.joined in sure_given_names() else "family")
    return found


def bare_key(mention: Mention) -> str:
    """A single name without its particles."""
    units = mention.parts.units
    return units[-1].bare if len(units) == 1 else mention.parts.joined


def _numbers(index: dict[str, list[int]], keys: Sequence[str]) -> list[int]:
    return [number for key in keys for number in index.get(key, ())[:MANY]]


def _sounds(bare: str, person: Person) -> bool:
    parts = person.parts
    return sounds_alike(bare, parts.units[-1 if parts.family is None else parts.family].bare)
