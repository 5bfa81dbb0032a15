"""Types that the role readers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsledger.stages.people.tables import Phrase, roles
from newsledger.values.mentions import RoleStatus

TELLING = frozenset({"former", "acting", "designate"})
"""Statuses that say more of who holds an office than that it is held."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the text states it at one mention.

    ``phrase`` is the key of the tables in the singular, ``text`` the role as the tables of a run spell it,
    ``wording`` as it stands in the text. ``many`` says that it stood in the plural.
    """

    phrase: Phrase
    text: str
    status: RoleStatus = "current"
    own_status: bool = False
    """Whether its status is not said of the office joined to it as well: "current", "ex-"."""
    country: str | None = None
    org: str | None = None
    many: bool = False
    side: Literal["before", "after", "shared", "apart"] = "before"
    style: bool = False
    wording: str = ""
    start: int = -1
    end: int = -1
    """Where the words that state it stand."""
    determiner: str = ""
    """The article, or "whose" for any possessor."""
    others: tuple[Role, ...] = ()
    """What else the text says there that the person is."""

    @property
    def field(self) -> str | None:
        """The field of life the role belongs to."""
        return roles().field.get(self.phrase[-1:]) or roles().field.get(self.phrase)

    @property
    def standing(self) -> int:
        """2 for an office, 1 for a rank or profession, 0 for what many are ("member", "resident")."""
        if self.phrase[-1] in roles().many_are:
            return 0
        if self.field in {"state", "legislature"}:
            return 2
        return 1 if self.style or self.field in {"arts", "other", "media", "academia", "law"} else 2

    @property
    def weak(self) -> bool:
        """Whether it is a word that says other things as well ("head"), and an office only beside more."""
        return len(self.phrase) == 1 and self.phrase[0] in roles().weak

    @property
    def elected(self) -> bool:
        """Whether it is a seat, whose state or district may stand in brackets after the name."""
        return self.phrase[-1] in roles().elected


@dataclass(frozen=True, slots=True)
class Before:
    """What stands right before a name: role, form of address (with its gender), kinship."""

    role: Role | None = None
    gender: Literal["male", "female"] | None = None
    addressed: bool = False
    relative: bool = False
    start: int = 0


def without_joint(org: str) -> str | None:
    """An organisation without what joins the next word to it, which a classifier took in.

    >>> without_joint("Northam Chamber of Commerce and"), without_joint("Senate Rail-")
    ('Northam Chamber of Commerce', 'Senate Rail')
    """
    while (shorter := org.rstrip(", -&").removesuffix(" and")) != org:
        org = shorter
    return org or None
