"""Mentions before they become rows, the person each is linked to, and the attributes of a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import NameParts, nickname_variants
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.coreference.name_variants import fullest, tidy
from newsledger.stages.people.role import Before, Role
from newsledger.stages.people.tables import names
from newsledger.values.mentions import NameForm, Zone


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person with its context; passes return changed copies (see `applied`)."""

    span: PersonSpan
    surface: str
    parts: NameParts
    zone: Zone
    segment: int
    before: Before
    role: Role | None = None
    other_roles: tuple[Role, ...] = ()
    """What else the text says here that the person is, in its order."""
    is_alias: bool = False
    """Another name of the mention before ("Mohamed Salim, known as Abu Omar")."""
    in_row: bool = False
    """Joined to the mention before by a comma or "and"."""
    speaks: bool = False
    """Said to say something here."""
    press_contact: bool = False
    """Named here to be called by the press."""
    shared_surname: str | None = None
    """The surname that stands once for two given names ("Joe and Jill Hale")."""
    parent: bool = False
    """One of two whose child was named before ("the son of Joe and Jill Hale")."""
    introduced: bool = False
    """Introduced by this single name ("a man surnamed Lee"): nobody who was named before."""
    of_family: bool = False
    """Said of all of the surname ("the Hale residence")."""
    administration: bool = False
    """Named here as whose administration something is."""
    distinct_from: int = -1
    """The mention beside it of a relative of the same surname ("Hale and Nancy Hale")."""

    @property
    def single(self) -> bool:
        """Whether the name has one part alone."""
        return len(self.parts.units) == 1

    def with_role(self, role: Role) -> Mention:
        """The mention with one more role, which is its main one where it had none."""
        return replace(self, role=self.role or role, other_roles=(*self.other_roles, role))

    def with_main_role(self, role: Role) -> Mention:
        """The mention with another role in the place of its main one."""
        rest = tuple(role if other is self.role else other for other in self.other_roles)
        return replace(self, role=role, other_roles=rest)


Changes = Mapping[int, Mention]
"""What a pass decides: the mentions that it changes, by their place."""

Genders = Sequence[Set[str | None]]
"""For each mention whom its name may mean: men, women, or None if nothing tells."""


def applied(mentions: Sequence[Mention], changes: Changes) -> tuple[Mention, ...]:
    """The mentions with the decisions of a pass applied."""
    if not changes:
        return tuple(mentions)
    return tuple(changes.get(i, mention) for i, mention in enumerate(mentions))


@dataclass(frozen=True, slots=True)
class Link:
    """Which person a mention is, by which part of the name; ``candidates`` where that is open."""

    person: int
    form: NameForm = "full"
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Person:
    """One person of the article, as far as the mentions that are linked tell."""

    parts: NameParts
    mentions: list[int] = field(default_factory=list)
    first_at: dict[str, int] = field(default_factory=dict)
    """Where each spelling stands first."""
    counts: Counter[str] = field(default_factory=Counter)
    stated_genders: set[str] = field(default_factory=set)
    roles: set[tuple[str, ...]] = field(default_factory=set)
    offices: set[tuple[str, ...]] = field(default_factory=set)
    """The roles that are no mere style of address."""
    byline_only: bool = True
    relative: bool = False
    """Introduced as a relative of somebody ("his wife, Ada Hale")."""
    name_gender: str | None = None
    """The gender that the given name is borne by; a form of address says more."""
    press_contact: bool = True
    """Named only to be called by the press."""
    introduced: int = 1 << 60
    """Where the full name, or the single name of one known by that alone, stands first."""
    full: bool = True
    aliases: set[str] = field(default_factory=set)
    """Other full names, which are never the person's fullest."""

    times_read: int = 0
    """How often the person was named up to the place that is read."""
    last_named: Mention | None = None
    """The last mention up to there by surname or in full."""
    in_full: list[Mention] = field(default_factory=list)
    """The mentions up to there in full."""

    def read(self, mention: Mention, form: NameForm) -> None:
        """Take in the next mention in the order of the text."""
        self.times_read += 1
        if form in {"full", "family"}:
            self.last_named = mention
        if form == "full":
            self.in_full.append(mention)

    def add(self, number: int, mention: Mention) -> None:
        """Add a mention."""
        self.mentions.append(number)
        self.counts[mention.surface] += 1
        self.press_contact = self.press_contact and mention.press_contact
        self.byline_only = self.byline_only and mention.zone == "byline"
        if mention.before.gender:
            self.stated_genders.add(mention.before.gender)
        if mention.role is not None:
            self.roles.add(mention.role.phrase)
            if not mention.role.style:
                self.offices.add(mention.role.phrase)

    @property
    def surname(self) -> str | None:
        """The key of the family name, where the name has one."""
        return None if self.parts.family is None else self.parts.keys[self.parts.family]

    @property
    def genders(self) -> set[str]:
        """The genders the article gives the person, else the one of the given name."""
        return self.stated_genders or ({self.name_gender} if self.name_gender else set())

    @property
    def name(self) -> str:
        """The fullest form the article gives."""
        return tidy(fullest(self.first_at, self.counts))


def gender_of(parts: NameParts) -> Literal["male", "female"] | None:
    """The gender of a given name that is borne by one gender only, as far as the tables tell."""
    if not parts.family:
        return None
    if fold(parts.suffix or "") in {"jr", "sr"}:
        return "male"
    given = parts.units[0].key
    table = names()
    if given in table.male_given or given in table.female_given:
        return "male" if given in table.male_given else "female"
    long = set(nickname_variants(given)) if len(given) > 2 and given not in table.unisex_pet_names else set()
    men, women = not long.isdisjoint(table.male_given), not long.isdisjoint(table.female_given)
    return None if men == women else "male" if men else "female"


def genders_of(mentions: Sequence[Mention]) -> Genders:
    """For each mention the genders of who bears its name, as address and given names tell.

    Of a surname alone, those of all who bear it.
    """
    own = [mention.before.gender or gender_of(mention.parts) for mention in mentions]
    keys = [mention.parts.keys[-1] for mention in mentions]
    bearers: dict[str, set[str | None]] = defaultdict(set)
    for key, gender in zip(keys, own, strict=True):
        bearers[key] |= {gender} if gender else set()
    return [
        (mention.single and bearers[key]) or {gender}
        for mention, key, gender in zip(mentions, keys, own, strict=True)
    ]
