"""A cluster: what is known of one person so far, and how two clusters are merged."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from newsledger.corpus.linking.evidence import canonical_office, companion, field_of, portfolio, seat_of
from newsledger.stages.people.boundaries.name_parts import NameParts, parse_name
from newsledger.stages.people.tables import roles as role_tables
from newsledger.values.people import KnownPerson, PersonRecord

MANY = 400
"""Buckets of more clusters than this are not searched for variants (they say too little)."""

_T = TypeVar("_T")
Key = tuple[str, int]
"""The id of an article and the number of a person in it."""


@lru_cache(maxsize=1 << 14)
def interned_set(words: tuple[str, ...]) -> frozenset[str]:
    """The set of some words, the same one for all clusters that have it."""
    return frozenset(words)


@dataclass(slots=True, eq=False)
class Cluster:
    """What is known of one person so far; counts are in plain dicts, which are small."""

    names: dict[str, int] = field(default_factory=dict)
    surfaces: frozenset[str] = frozenset()
    roles: dict[str, int] = field(default_factory=dict)
    more_roles: dict[str, int] = field(default_factory=dict)
    """Roles that stand beside others: they may say that two are one, never that they are not."""
    countries: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
    first: Key = ("", 0)
    """The first article of its records and the number in it: no other cluster has it."""
    members: array[int] = field(default_factory=lambda: array("q"))
    """Which records they are."""
    articles: array[int] = field(default_factory=lambda: array("q"))
    """In which articles they stand."""
    company: array[int] = field(default_factory=lambda: array("q"))
    """By what names the people of these articles are found again (see `evidence.companion`)."""
    n_mentions: int = 0
    known: KnownPerson | None = None

    @classmethod
    def of(cls, record: PersonRecord, number: int, article: int = -1, company: Iterable[int] = ()) -> Cluster:
        """What one record says, the ``number``-th of the run, of an article that names this ``company``."""
        return cls(
            names={record.name: 1},
            surfaces=interned_set(() if record.surfaces == (record.name,) else record.surfaces),
            roles=dict.fromkeys(record.roles, 1),
            more_roles=dict.fromkeys(record.more_roles, 1),
            countries=interned_set(record.countries),
            orgs=interned_set(record.orgs),
            first=record.key,
            members=array("q", [number]),
            articles=array("q", [article]),
            company=array("q", company),
            n_mentions=record.n_mentions,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled on its way between two steps: in half the time that its slots take."""
        return Cluster, _VALUES(self)

    def join(self, other: Cluster) -> None:
        """Take in all of another cluster."""
        ours, theirs = (self.names, self.roles, self.more_roles), (other.names, other.roles, other.more_roles)
        for counts, more in zip(ours, theirs, strict=True):
            for said, n in more.items():
                counts[said] = counts.get(said, 0) + n
        self.surfaces |= other.surfaces
        if other.countries:
            self.countries = interned_set((*self.countries, *other.countries))
        if other.orgs:
            self.orgs = interned_set((*self.orgs, *other.orgs))
        self.first = min(self.first, other.first) if self.members else other.first
        self.members += other.members
        self.articles += other.articles
        self.company += other.company
        self.n_mentions += other.n_mentions
        self.known = self.known or other.known

    def shares_article(self, other: Cluster) -> bool:
        """Whether an article names both, as two people."""
        return not set(self.articles).isdisjoint(other.articles)

    def co_mentioned(self) -> frozenset[int]:
        """The names of the others whom the same articles name."""
        return frozenset(self.company) - {0, *map(companion, self.names)}

    @property
    def name(self) -> str:
        """The name of most articles; of equals the longest, then the first by alphabet."""
        if len(self.names) == 1:
            return next(iter(self.names))

        def place(name: str) -> tuple[bool, bool, int, int, str]:
            single = len(parse_name(name).units) < 2
            return single, name.isupper() and len(name) > 4, -self.names[name], -len(name), name

        return min(self.names, key=place)

    @property
    def parts(self) -> NameParts:
        """The parts of the name."""
        return parse_name(self.name)

    @property
    def offices(self) -> frozenset[str]:
        """The roles in one form each."""
        return _facts_of(tuple(self.roles)).offices

    @property
    def posts(self) -> frozenset[str]:
        """The roles, one form each, including those that follow another role."""
        return _facts_of((*self.roles, *self.more_roles)).offices

    @property
    def seats(self) -> frozenset[str]:
        """The houses and committees the person sits in (see ``evidence.seat_of``)."""
        return _facts_of((*self.roles, *self.more_roles)).seats

    @property
    def bodies(self) -> frozenset[str]:
        """The organisations and portfolios of the person."""
        return self.orgs | _facts_of(tuple(self.roles)).portfolios

    @property
    def fields(self) -> frozenset[str]:
        """The subject areas of the roles, except roles that occur in any area."""
        return _facts_of(tuple(self.roles)).fields


_VALUES = attrgetter(*(of.name for of in fields(Cluster)))


class _RoleFacts(NamedTuple):
    """What some roles say of a person."""

    offices: frozenset[str]
    seats: frozenset[str]
    portfolios: frozenset[str]
    fields: frozenset[str]


@lru_cache(maxsize=1 << 14)
def _facts_of(roles: tuple[str, ...]) -> _RoleFacts:
    offices = frozenset(map(canonical_office, roles))
    lives = (field_of(role) for role in roles if role.lower() not in role_tables().passing)
    said = (map(seat_of, offices), map(portfolio, offices), lives)
    return _RoleFacts(offices, *(frozenset(filter(None, some)) for some in said))


def fields_clash(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the subject areas of two people exclude each other: a footballer is not a bishop.

    A person with areas of both kinds (a senator whom an article calls a champion) excludes nobody.
    """
    rare = role_tables().apart
    return bool(one and other and not one & other and (one <= rare or other <= rare))


def joined(clusters: Sequence[Cluster], marks: Callable[[Cluster], Iterable[str]]) -> list[Cluster]:
    """The clusters, those joined that share a mark, directly or through others."""
    return [merged(group) for group in grouped(clusters, marks)]


def grouped(clusters: Sequence[Cluster], marks: Callable[[Cluster], Iterable[str]]) -> list[list[Cluster]]:
    """The groups of clusters that `joined` merges."""
    first: dict[str, int] = {}
    marked = ((mark, i) for i, cluster in enumerate(clusters) for mark in marks(cluster))
    return groups(clusters, ((first.setdefault(mark, i), i) for mark, i in marked))


def merged(group: Sequence[Cluster]) -> Cluster:
    """Join all of a group to its first."""
    for other in group[1:]:
        group[0].join(other)
    return group[0]


def groups(items: Sequence[_T], pairs: Iterable[tuple[int, int]]) -> list[list[_T]]:
    """The items that ``pairs`` of their numbers connect, directly or through others, in their order."""
    parent = list(range(len(items)))

    def root_of(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one, other in pairs:
        i, j = root_of(one), root_of(other)
        parent[max(i, j)] = min(i, j)
    result: dict[int, list[_T]] = defaultdict(list)
    for i, item in enumerate(items):
        result[root_of(i)].append(item)
    return list(result.values())


def conflict(one: Cluster, other: Cluster) -> bool:
    """Whether two of one name are not one, because of their countries or fields of life."""
    if one.countries and other.countries and not one.countries & other.countries:
        return True
    return fields_clash(one.fields, other.fields)


def has_conflict(group: Sequence[Cluster]) -> bool:
    """Whether any two of a group are apart."""
    kinds = {(c.countries, c.fields): c for c in group}
    some = list(kinds.values())
    return any(conflict(a, b) for at, a in enumerate(some) for b in some[:at])
