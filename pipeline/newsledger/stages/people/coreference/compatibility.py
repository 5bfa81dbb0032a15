"""What the text says against a mention being somebody: an office, a form of address, kin, a telephone."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.tables import Phrase, canonical_role, names, roles

if TYPE_CHECKING:
    from newsledger.stages.people.coreference.entities import Named, Person


def may_be(mention: Named, person: Person, form: str) -> bool:
    """Whether nothing in the text forbids that ``mention`` is ``person``, by this part of the name."""
    said = mention.role is not None and mention.role.phrase in person.roles | person.others
    if person.byline_only and mention.zone != "byline" and not said:
        # Who wrote it is hardly spoken of in it, but for "By Senator Ana Hale" and "Senator Hale serves on".
        return False
    if mention.not_of >= 0 and mention.not_of in person.mentions:
        return False
    if (
        form == "family"
        and mention.before.kin
        and not (person.kin or mention.parts.nicknames)
        and not _called_so(mention, person)
    ):
        # "her son, Jamil" is not Mona Jamil.
        return False
    if person.contact and not (person.roles or mention.contact) and mention.role and form != "full":
        # "Senator Coleman" is not whom the press may call, Leroy Coleman.
        return False
    if mention.governs and form == "family" and _governs_nothing(person):
        # "the Clinton administration" is not Senator Hillary Clinton's.
        return False
    if mention.not_mrs and form == "family" and not (person.styled or person.sexes == {"male"}):
        # "Dr. Hale" beside "Mrs. Hale", of whom no more is told
        return False
    gender = mention.before.gender
    if gender and person.sexes and gender not in person.sexes:
        return False
    if gender and person.child and mention.before.addressed and form == "family":
        # "Ms. Hale" is no child.
        return False
    if form == "family" and holds_another(mention, person):
        return False
    early = _before_full(mention, person)
    if form == "family" and mention.not_given and person.parts.units[0].key == mention.not_given:
        return False
    if form == "family" and early and (person.kin or person.kin_of):
        # "Hale was a senator. ... her husband, John Hale": Hale is she.
        return False
    role = mention.role if mention.role is not None and mention.role.side != "after" else None
    if role is not None and role.status == "current" and _other_house(role.phrase, person):
        return False
    if form == "given" and role is not None and role.phrase in _HOLY - person.roles:
        # "the birthday of Imam Ali" is not Ali Khamenei's.
        return False
    if form == "given" and role is not None and role.phrase[-1] in roles().by_surname:
        # "Senator Craig" is not Craig Thomas.
        return False
    if role is not None and role.phrase in roles().top and role.status == "current":
        seats = {phrase for phrase in person.offices | person.roles if phrase[-1] in roles().house}
        if seats and not _holds(role.phrase, person.offices):
            return False
        known = person.offices & roles().top
        if known and not _holds(role.phrase, known):
            return False
        if early and person.offices and not _holds(role.phrase, person.offices):
            return False
        if person.kin and not known:
            return False
    if person.kin and early and (role is not None or mention.before.addressed):
        return False
    suffix = mention.parts.suffix
    return not (suffix and person.parts.suffix and fold(suffix) != fold(person.parts.suffix))


def holds_another(mention: Named, person: Person) -> bool:
    """Whether a mention and a person who is known by a surname alone are a president and a member of a house.

    Of one named in full it may be told what he was before.
    """
    role = mention.role
    if person.full or role is None or role.status != "current" or role.side == "after":
        return False
    seat = role.phrase[-1] in roles().house
    known = person.offices | person.roles
    if seat:
        return _PRESIDENT in known and not any(phrase[-1] in roles().house for phrase in known)
    return (
        role.phrase == _PRESIDENT
        and _PRESIDENT not in known
        and any(phrase[-1] in roles().house for phrase in known)
    )


_PRESIDENT = ("president",)


def _called_so(mention: Named, person: Person) -> bool:
    """Whether kin is somebody known by this surname already ("Hale met Ana Prado. Prado's aunt, Hale").

    Nobody calls a child by the surname of the one whose child it is, but a given name may be like a surname.
    """
    key = mention.parts.joined
    if borne_by_many(key) or person.introduced > mention.found.start or mention.previous in person.mentions:
        return False
    if mention.before.relation in _PARTNERS and mention.previous >= 0:
        return True
    return bool(person.times[mention.surface]) or (key in names().families and mention.previous >= 0)


_PARTNERS = frozenset({"boyfriend", "girlfriend", "husband", "ex-husband"})
"""Kin of other families, whom a text may call by the surname."""


def is_he(mention: Named, person: Person, told: Set[str]) -> bool:
    """Whether a given name may be the person, where it stands before the full name ("Osama").

    Nothing may be said there of either that the other is not: an office, a form of address, kin. ``told``
    holds the single names that are introduced by themselves.
    """
    if not _before_full(mention, person):
        return True
    key = mention.parts.joined
    if mention.before.addressed or key in told or len(mention.parts.units) > 1 or borne_by_many(key):
        return False
    if mention.role is not None:
        return mention.role.phrase in person.offices
    return not (mention.before.kin or person.roles or person.kin)


def is_ahead(mention: Named, person: Person) -> bool:
    """Whether a given name ("Pablo") stands before "Juan Pablo Ruiz" does, who is then somebody else."""
    given = borne_by_many(mention.parts.joined)
    return given and mention.found.start < person.introduced and mention.zone != "heading"


def _before_full(mention: Named, person: Person) -> bool:
    """Whether a mention stands before the person is named in full, headings apart."""
    return mention.found.start < person.introduced and mention.zone != "heading"


def borne_by_many(given: str) -> bool:
    """Whether a word is a given name that many bear."""
    table = names()
    return given in table.given or given in table.of_men or given in table.of_women


_HOLY = frozenset({("imam",), ("prophet",), ("saint",)})
_SERVE = frozenset({"cabinet", "legislature", "law", "military", "police"})
_AT_THE_HEAD = frozenset({"candidate", "nominee", "secretary general", "opposition leader", "party leader"})


def _governs_nothing(person: Person) -> bool:
    """Whether all that is told of a person are offices from which nobody governs a country or a state."""
    offices = person.offices | person.roles
    return bool(offices) and all(
        (roles().field.get(phrase) or roles().field.get(phrase[-1:])) in _SERVE
        and not _AT_THE_HEAD & {" ".join(phrase), phrase[-1]}
        for phrase in offices
    )


def _other_house(office: Phrase, person: Person) -> bool:
    """Whether ``office`` and one of the person's are seats of two houses, which nobody holds at a time."""
    mine = roles().house.get(office[-1])
    return (
        mine is not None
        and any(
            (other := roles().house.get(phrase[-1])) is not None and other != mine
            for phrase in person.offices | person.roles
        )
        and not any(roles().house.get(phrase[-1]) == mine for phrase in person.roles)
    )


def _holds(office: Phrase, offices: set[Phrase]) -> bool:
    """Whether one of ``offices`` is ``office`` or another word for it."""
    return any(canonical_role(office) == canonical_role(other) for other in offices)
