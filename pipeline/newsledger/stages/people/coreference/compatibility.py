"""What the text says against a mention being somebody: an office, a form of address, kin, a telephone."""

from __future__ import annotations

from newsledger.stages.people.coreference.entities import Mention, Person
from newsledger.stages.people.tables import Phrase, canonical_role, given_names, roles


def may_be(mention: Mention, person: Person, form: str) -> bool:
    """Whether nothing in the text forbids that ``mention`` is ``person``, by this part of the name."""
    said = mention.role is not None and mention.role.phrase in person.roles
    if person.byline_only and mention.zone != "byline" and not said:
        # Who wrote it is hardly spoken of in it, but for "By Senator Ana Hale" and "Senator Hale serves on".
        return False
    if mention.distinct_from in person.mentions:
        return False
    if form == "family" and mention.husband and person.genders != {"male"}:
        # "Dr. Hale" beside "Mrs. Hale"
        return False
    role = mention.role if mention.role is not None and mention.role.side != "after" else None
    if form == "family" and mention.before.kin and not person.relative:
        # "her son, Jamil" is not Mona Jamil.
        return False
    if form == "family" and person.relative and is_before_full(mention, person):
        # "Hale was a senator. ... her husband, John Hale": Hale is she.
        return False
    if (
        person.press_contact
        and not (person.roles or mention.press_contact)
        and mention.role
        and form != "full"
    ):
        # "Senator Coleman" is not whom the press may call, Leroy Coleman.
        return False
    if form == "family" and mention.administration and _sits_in_house(person):
        # "the Hale administration" is not Senator Ana Hale's
        return False
    if form == "given" and role is not None and _names_another(role.phrase, person):
        # "Senator Craig" is not Craig Hale, "Imam Ali" not Ali Hale.
        return False
    gender = mention.before.gender
    if gender and person.genders and gender not in person.genders:
        return False
    if role is not None and role.status == "current":
        return not (_other_house(role.phrase, person) or _other_top(mention, role.phrase, person))
    return True


_HOLY = frozenset({("imam",), ("prophet",), ("saint",)})


def _names_another(office: Phrase, person: Person) -> bool:
    """Whether an office before a given name says that it is a surname, or the name of a saint."""
    return office not in person.roles and (office[-1] in roles().house or office in _HOLY)


def _sits_in_house(person: Person) -> bool:
    """Whether all offices said of a person are seats of a house, from which nobody governs."""
    return bool(person.roles) and all(phrase[-1] in roles().house for phrase in person.roles)


def _houses(person: Person) -> set[str]:
    """The houses in which a person is said to have a seat."""
    return {roles().house[phrase[-1]] for phrase in person.roles if phrase[-1] in roles().house}


def _other_top(mention: Mention, office: Phrase, person: Person) -> bool:
    """Whether ``office`` is a head of state's or the like, and the person holds another, or a seat."""
    if office not in roles().top:
        return False
    early = is_before_full(mention, person)
    known = _houses(person) or person.offices & roles().top or (early and person.offices)
    return bool(known) and not _holds(office, person.offices)


_PRESIDENT = ("president",)


def holds_other_office(mention: Mention, person: Person) -> bool:
    """Whether a mention and one known by a surname alone are a president and a member of a house.

    "Senators Hale and Lind ... President Hale": of one named in full it may be said what he was before.
    """
    role = mention.role
    if person.full or role is None or role.status != "current" or role.side == "after":
        return False
    presides, has_seat = _PRESIDENT in person.roles, bool(_houses(person))
    if role.phrase[-1] in roles().house:
        return presides and not has_seat
    return role.phrase == _PRESIDENT and has_seat and not presides


def may_be_given_name(mention: Mention, person: Person) -> bool:
    """Whether a given name may be the person, where it stands before the full name ("Osama").

    Nothing may be said there of either that the other is not: an office, a form of address, kin.
    """
    if not is_before_full(mention, person):
        return True
    key = mention.parts.joined
    if mention.before.addressed or len(mention.parts.units) > 1 or key in given_names():
        return False
    if mention.role is not None:
        return mention.role.phrase in person.offices
    return not (mention.before.kin or person.roles or person.relative)


def is_before_full(mention: Mention, person: Person) -> bool:
    """Whether a mention stands before the person is named in full, headings apart."""
    return mention.span.start < person.introduced and mention.zone != "heading"


def _other_house(office: Phrase, person: Person) -> bool:
    """Whether ``office`` and one of the person's are seats of two houses, which nobody holds at a time."""
    mine, houses = roles().house.get(office[-1]), _houses(person)
    return mine is not None and bool(houses) and mine not in houses


def _holds(office: Phrase, offices: set[Phrase]) -> bool:
    """Whether one of ``offices`` is ``office`` or another word for it."""
    return any(canonical_role(office) == canonical_role(other) for other in offices)
