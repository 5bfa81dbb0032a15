"""What is known of a mention and of a person while one article is sorted out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from newsledger.stages.people.boundaries.name_parts import NameParts
from newsledger.stages.people.boundaries.nicknames import nickname_variants
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.fullest import fullest, tidy
from newsledger.stages.people.coreference.name_variants import Form
from newsledger.stages.people.roles.roles import Before, Role
from newsledger.stages.people.tables import names
from newsledger.values.mentions import Zone


@dataclass(slots=True)
class Named:
    """A mention on its way to a row."""

    found: PersonSpan
    surface: str
    parts: NameParts
    zone: Zone
    segment: int
    before: Before
    role: Role | None = None
    later: Role | None = None
    """The role after the name, where one in the plural stands before it."""
    alias_of: int = -1
    """The mention that this one is another name of ("Mohamed Salim, known as Abu Omar")."""
    speaks: bool = False
    """Said to say something here."""
    contact: bool = False
    """Named here to be called by the press."""
    shares: str | None = None
    """The surname that stands once for two given names ("Joe and Jill Hale")."""
    parent: bool = False
    """One of two whose child was named before ("the son of Joe and Jill Hale")."""
    distinct_from: int = -1
    """The mention beside it of a relative of the same surname ("Hale and Nancy Hale")."""
    person: int = -1
    form: Form = "full"
    candidates: tuple[str, ...] = ()
    why: str = ""
    others: tuple[Role, ...] = ()
    """What else the text says here that the person is, in its order."""


@dataclass(slots=True)
class Person:
    """One person of the article."""

    parts: NameParts
    mentions: list[int] = field(default_factory=list)
    surfaces: dict[str, int] = field(default_factory=dict)
    """Where each spelling stands first."""
    times: Counter[str] = field(default_factory=Counter)
    genders: set[str] = field(default_factory=set)
    roles: set[tuple[str, ...]] = field(default_factory=set)
    offices: set[tuple[str, ...]] = field(default_factory=set)
    kin: bool = False
    byline_only: bool = True
    guessed: str | None = None
    """The gender that the given name is borne by; a form of address says more."""
    contact: bool = True
    """Named only to be called by the press."""
    introduced: int = 1 << 60
    full: bool = True
    aliases: set[str] = field(default_factory=set)
    """Other full names, which are never the person's fullest."""

    def take(self, number: int, mention: Named) -> None:
        """Add a mention."""
        self.mentions.append(number)
        self.times[mention.surface] += 1
        self.contact = self.contact and mention.contact
        if mention.zone != "byline":
            self.byline_only = False
        if mention.before.gender:
            self.genders.add(mention.before.gender)
        if mention.role is not None:
            self.roles.add(mention.role.phrase)
            if not mention.role.style:
                self.offices.add(mention.role.phrase)

    @property
    def sexes(self) -> set[str]:
        """The genders the article gives the person, else the one of the given name."""
        return self.genders or ({self.guessed} if self.guessed else set())

    @property
    def name(self) -> str:
        """The fullest form the article gives."""
        return tidy(fullest(self.surfaces, self.times))


def gender_of(parts: NameParts) -> Literal["male", "female"] | None:
    """The gender of a given name that is borne by one gender only, as far as the tables tell."""
    if not parts.family:
        return None
    given = parts.units[0].key
    table = names()
    if given in table.of_men or given in table.of_women:
        return "male" if given in table.of_men else "female"
    long = set(nickname_variants(given)) if len(given) > 2 and given not in _PET_NAMES_OF_BOTH else set()
    men, women = not long.isdisjoint(table.of_men), not long.isdisjoint(table.of_women)
    return None if men == women else "male" if men else "female"


_PET_NAMES_OF_BOTH = frozenset(
    {
        "jan",
        "jamie",
        "drew",
        "charlie",
        "lou",
        "sasha",
        "kit",
        "robbie",
        "jerry",
        "gene",
        "chris",
        "sandy",
        "mel",
        "val",
        "jess",
        "kim",
    }
)
"""Pet forms that the tables give to one gender only."""
