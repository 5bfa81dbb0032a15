"""Candidates for a single name: the people whose name it is part of, and what rules them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold, is_slip, phonetic_key, sounds_alike
from newsledger.stages.people.boundaries.name_parts import nickname_variants, parse_name
from newsledger.stages.people.coreference.entities import Mention, Person
from newsledger.stages.people.tables import canonical_role, names, roles
from newsledger.values.mentions import NameForm

_WORD_ENDS = lazy_regex(r"[\s-]+")
MANY = 64
"""No more people than this are compared with one name, or for one family name (hostile input)."""

_lists = partial(defaultdict[str, list[int]], list)


@dataclass(frozen=True, slots=True)
class Index:
    """The people of an article by the folded parts of their names, and by the sound of their family name.

    Among the aliases ``@`` marks a pet form, ``#`` initials.
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
                self.sounds[phonetic_key(unit.bare)].append(number)
        # "Ahmed Ibrahim, better known as Ahmed Gragn", and Gragn
        others = (parse_name(surface).units[-1].key for surface in sorted(person.aliases))
        for alias in (*map(fold, parts.nicknames), *others):
            self.aliases[alias].append(number)
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
        known = self.sounds[phonetic_key(bare)]
        if len(bare) > 5 and number not in known:
            known.append(number)


def find_candidates(
    mention: Mention, people: Sequence[Person], index: Index, *, known_alone: bool
) -> dict[int, NameForm]:
    """The candidates and the part of the name that matches: family name first, then given name, then alias.

    ``known_alone``: a person is known by this name alone.
    """
    key, bare = mention.parts.joined, bare_key(mention)
    keys = [key] if key == bare else [key, bare]
    found = _by_family_name(mention, people, index, keys) or _by_given_name(mention, people, index, keys)
    if found:
        return found
    initials = ["#" + key] if mention.surface.isupper() and 2 < len(key) < 6 else []
    # "his son Bill" is not William Hale.
    pets = [] if mention.before.relative else ["@" + key]
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
        for number in _numbers(index.sounds, [phonetic_key(bare)])
        if sounds_alike(bare, people[number].parts.last_name) and may_be(mention, people[number], "family")
    }


def _by_family_name(
    mention: Mention, people: Sequence[Person], index: Index, keys: Sequence[str]
) -> dict[int, NameForm]:
    bearers = [n for n in _numbers(index.families, keys) if may_be(mention, people[n], "family")]
    if bearers:
        middles = _numbers(index.middles, keys)
        bearers += [n for n in middles if _has_first_surname(people[n], keys, mention.span.start)]
        if not names().family_first.isdisjoint(keys):
            # "Jung Eugene", beside "Jung Yoo-jin"
            bearers += [n for n in _numbers(index.givens, keys) if people[n].introduced < mention.span.start]
    return dict.fromkeys(bearers, "family")


def _has_first_surname(person: Person, keys: Sequence[str], start: int) -> bool:
    """Whether a name is the first surname of two of somebody named before ``start`` ("Ana Prado Lind")."""
    at = (person.parts.family or 0) - 1
    unit = person.parts.units[at]
    return at > 0 and person.introduced <= start and unit.key in keys and unit.key not in names().given


def _by_given_name(
    mention: Mention, people: Sequence[Person], index: Index, keys: Sequence[str]
) -> dict[int, NameForm]:
    """Those of this given name, and of this middle name, which may be a surname."""
    found: dict[int, NameForm] = {}
    for number in _numbers(index.givens, keys):
        person = people[number]
        # "his son Namal" is Namal Hale who is named in full below: another Hale was named before.
        family = index.families.get(person.surname or "", ())
        of_known_family = any(people[other].introduced < mention.span.start for other in family)
        if may_be(mention, person, "given") and (may_be_given_name(mention, person) or of_known_family):
            found[number] = "given"
    common = mention.parts.joined in names().given
    for number in _numbers(index.middles, keys):
        early = common and is_before_full(mention, people[number])
        if not early and may_be(mention, people[number], "family"):
            found.setdefault(number, "given" if mention.parts.joined in names().sure_given else "family")
    return found


def bare_key(mention: Mention) -> str:
    """A single name without its particles."""
    units = mention.parts.units
    return units[-1].bare if len(units) == 1 else mention.parts.joined


def _numbers(index: dict[str, list[int]], keys: Sequence[str]) -> list[int]:
    return [number for key in keys for number in index.get(key, ())[:MANY]]


def may_be(mention: Mention, person: Person, form: str) -> bool:
    """Whether nothing in the text forbids that ``mention`` is ``person``, by this part of the name."""
    role = mention.role
    if person.byline_only and mention.zone != "byline" and (role is None or role.phrase not in person.roles):
        # Who wrote it is hardly spoken of in it, but for "By Senator Ana Hale" and "Senator Hale serves on".
        return False
    if mention.distinct_from in person.mentions:
        return False
    if form == "family" and mention.before.relative and not person.relative:
        # "her son, Jamil" is not Mona Jamil.
        return False
    if form == "family" and person.relative and is_before_full(mention, person):
        # "Hale was a senator. ... her husband, John Hale": Hale is she.
        return False
    if person.press_contact and not person.roles and role and form != "full":
        # "Senator Coleman" is not whom the press may call, Leroy Coleman.
        return False
    gender = mention.before.gender
    if gender and person.genders and gender not in person.genders:
        return False
    houses = person.roles and all(phrase[-1] in roles().house for phrase in person.roles)
    if form == "family" and mention.administration and houses:
        # "the Hale administration" is not Senator Ana Hale's, who would silently have governed.
        return False
    if form == "given" and role is not None and role.side != "after" and role.phrase not in person.roles:
        # "Senator Craig" is not Craig Hale, "Imam Ali" not Ali Hale: few write so, but would be misread.
        return role.phrase[-1] not in roles().house and role.phrase[-1] not in _HOLY
    return not holds_other_office(mention, person)


_HOLY = frozenset({"imam", "prophet", "saint"})


def holds_other_office(mention: Mention, person: Person) -> bool:
    """Whether the office before a mention excludes one of the person's, as nobody holds both at once.

    These are seats of two houses, and the office of a head of state or the like beside another or a seat.
    """
    role = mention.role
    if role is None or role.side == "after" or role.status != "current":
        return False
    house, known = roles().house, {phrase[-1] for phrase in person.roles}
    mine, others = house.get(role.phrase[-1]), {house[word] for word in known & house.keys()}
    if mine is not None and others and mine not in others:
        return True
    if role.phrase not in roles().top or not (others or person.offices & roles().top):
        return False
    return all(canonical_role(role.phrase) != canonical_role(other) for other in person.offices)


def may_be_given_name(mention: Mention, person: Person) -> bool:
    """Whether a given name may be the person, where it stands before the full name ("Osama").

    Nothing may be said there of either that the other is not: an office, a form of address, a kinship.
    """
    if not is_before_full(mention, person):
        return True
    if mention.role is not None:
        return mention.role.phrase in person.offices
    return not (mention.before.addressed or mention.before.relative or person.roles)


def is_before_full(mention: Mention, person: Person) -> bool:
    """Whether a mention comes before the person's full name, ignoring headings."""
    return mention.span.start < person.introduced and mention.zone != "heading"


def misspelt_candidates(mention: Mention, people: Sequence[Person]) -> dict[int, NameForm]:
    """The one person named before of whom a single name is a misspelt part; nothing where two could be.

    Two letters of the family name changed places ("Styen" for Steyn), one letter of somebody's slipped who is
    often named, or it is a rare given name that sounds the same ("Md Atiqul Alam ... said Atikul").
    """
    bare = mention.parts.units[0].bare
    if len(bare) < 5 or mention.is_alias:
        return {}
    rare_given = len(bare) > 5 and not (
        bare in names().given or mention.before.addressed or mention.role is not None
    )
    found: dict[int, NameForm] = {}
    for number, person in enumerate(people[:MANY]):
        parts = person.parts
        if not (person.full and person.mentions and parts.family) or person.introduced > mention.span.start:
            continue
        family = parts.units[parts.family].bare
        if is_slip(bare, family) and (sorted(bare) == sorted(family) or len(person.mentions) >= _OFTEN):
            found[number] = "family"
        elif rare_given:
            given = (u.bare for u in parts.units[: parts.family])
            if any(g[0] == bare[0] and g[-1] == bare[-1] and sounds_alike(bare, g) for g in given):
                found[number] = "given"
    return found if len(found) == 1 else {}


_OFTEN = 3
