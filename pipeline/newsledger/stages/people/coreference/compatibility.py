"""What the text says against a mention being somebody: an office, a form of address, kin, a telephone."""

from __future__ import annotations

from newsledger.stages.people.coreference.entities import Mention, Person
from newsledger.stages.people.tables import Phrase, canonical_role, roles


def may_be(mention: Mention, person: Person, form: str) -> bool:
    """Whether nothing in the text forbids that ``mention`` is ``person``, by this part of the name."""
    role = mention.role
    if person.byline_only and mention.zone != "byline" and (role is None or role.phrase not in person.roles):
        # Who wrote it is hardly spoken of in it, but for "By Senator Ana Hale" and "Senator Hale serves on".
        return False
    if mention.distinct_from in person.mentions:
        return False
    if form == "family" and mention.husband and person.genders != {"male"}:
        # "Dr. Hale" beside "Mrs. Hale"
        return False
    if form == "family" and mention.before.kin and not person.relative:
        # "her son, Jamil" is not Mona Jamil.
        return False
    if form == "family" and person.relative and is_before_full(mention, person):
        # "Hale was a senator. ... her husband, John Hale": Hale is she.
        return False
    if person.press_contact and not person.roles and mention.role and form != "full":
        # "Senator Coleman" is not whom the press may call, Leroy Coleman.
        return False
    gender = mention.before.gender
    if gender and person.genders and gender not in person.genders:
        return False
    if form == "family" and mention.administration and _sits_in_house(person):
        # "the Hale administration" is not Senator Ana Hale's.
        return False
    if form == "given" and role is not None and role.side != "after" and _names_another(role.phrase, person):
        # "Senator Craig" is not Craig Hale, "Imam Ali" not Ali Hale. Both rules decide in no article of ten
        # thousand, but would silently take a wrong person.
        return False
    return not holds_other_office(mention, person)


_HOLY = frozenset({("imam",), ("prophet",), ("saint",)})


def _names_another(office: Phrase, person: Person) -> bool:
    """Whether an office before a given name says that it is a surname, or the name of a saint."""
    return office not in person.roles and (office[-1] in roles().house or office in _HOLY)


def _sits_in_house(person: Person) -> bool:
    """Whether all offices said of a person are seats of a house, from which nobody governs."""
    return bool(person.roles) and all(phrase[-1] in roles().house for phrase in person.roles)


def holds_other_office(mention: Mention, person: Person) -> bool:
    """Whether the office before a mention excludes one of the person's: two houses, or two heads of state."""
    role = mention.role
    if role is None or role.side == "after" or role.status != "current":
        return False
    return _other_house(role.phrase, person) or _other_top(role.phrase, person)


def may_be_given_name(mention: Mention, person: Person) -> bool:
    """Whether a given name may be the person, where it stands before the full name ("Osama").

    Nothing may be said there of either that the other is not: an office, a form of address, kin.
    """
    if not is_before_full(mention, person):
        return True
    if mention.role is not None:
        return mention.role.phrase in person.offices
    return not (mention.before.addressed or mention.before.kin or person.roles)


def is_before_full(mention: Mention, person: Person) -> bool:
    """Whether a mention stands before the person is named in full, headings apart."""
    return mention.span.start < person.introduced and mention.zone != "heading"


def _houses(person: Person) -> set[str]:
    return {roles().house[phrase[-1]] for phrase in person.roles if phrase[-1] in roles().house}


def _other_house(office: Phrase, person: Person) -> bool:
    """Whether ``office`` and one of the person's are seats of two houses, which nobody holds at a time."""
    mine, houses = roles().house.get(office[-1]), _houses(person)
    return mine is not None and bool(houses) and mine not in houses


def _other_top(office: Phrase, person: Person) -> bool:
    """Whether ``office`` is a head of state's or the like, and the person holds another, or a seat."""
    if office not in roles().top or not (_houses(person) or person.offices & roles().top):
        return False
    return all(canonical_role(office) != canonical_role(other) for other in person.offices)
