"""People across the articles of a run: one record per person and article, one row per person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """One person of one article: all that is kept of it until the end of the run.

    ``person`` is ``PersonMention.person``, the number of the person in its article. ``surfaces`` are the
    distinct spellings found, ``roles`` and ``countries`` (ISO 3166-1 alpha-2) what the article says of
    the person. ``candidates`` is filled where the article leaves open which of its people is meant.
    """

    article_id: str
    person: int
    name: str
    surfaces: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    n_mentions: int = 1
    candidates: tuple[str, ...] = ()
    orgs: tuple[str, ...] = ()
    """The organisations whose offices the article gives the person (folded)."""
    heads: bool = False
    """Whether an administration is called by the name: who is nothing else is a head of state."""
    more_roles: tuple[str, ...] = ()
    """What the article says beside ``roles`` that the person is; it keeps nobody apart."""

    @property
    def key(self) -> tuple[str, int]:
        """The person among those of all articles."""
        return self.article_id, self.person


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One row of the table ``people``; the field names are its columns."""

    person_id: str
    name: str
    given: str | None
    family: str | None
    suffix: str | None
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    n_articles: int
    n_mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The result of linking: the rows, sorted by ``person_id``, and the person of each record.

    ``ids[article_id, person]`` is the ``person_id`` of that person of that article.
    """

    rows: tuple[PersonRow, ...] = ()
    ids: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """One person of the file; ``country`` (ISO alpha-2) and ``role`` are optional evidence."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    role: str | None = None


KnownPeople = tuple[KnownPerson, ...]
"""The people of a file, in its order."""
