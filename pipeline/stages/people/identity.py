"""Who is who across the articles of a run: from people of articles to one row per person.

The people stage tells the people of *one* article apart (``PersonMention.person``). This module joins
them over articles. It never sees an article's text, only one small :class:`PersonRecord` per person and
article, so that a run of many articles stays small in memory.

What joins two records, in order; conflicting evidence always keeps them apart:

1. The user's file of known people names them.
2. The full name is equal after folding (accents, case, hyphens), and neither country nor field of life
   contradicts: an Australian and an American Michael Brown stay two, and so do a footballer and a bishop.
3. The name is a variant (transliteration, middle initial, pet form, order of parts) *and* a country or an
   office is the same. A form that fits two people who do not fit each other joins neither.
4. A surname alone joins a full name that bears it with the same office and country, where there is one
   such person only; else surnames with the same office are one row, and all others stay by themselves.

The result depends on the set of records alone, not on their order. A ``person_id`` is made of the name
(with country, office or article where names collide), so that an unrelated article renumbers nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.mentions import PersonMention
from pipeline.stages.people.known import KnownPeople, KnownPerson
from pipeline.stages.people.parts import Parts, fold, sound, take_apart
from pipeline.stages.people.tables import names as name_tables
from pipeline.stages.people.tables import roles as role_tables
from pipeline.stages.people.tables import same_office
from pipeline.stages.people.who import fits


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """One person of one article: all that is kept of it until the end of the run.

    ``person`` is ``PersonMention.person``, the number of the person in its article. ``surfaces`` are the
    distinct spellings found, ``roles`` and ``countries`` (ISO 3166-1 alpha-2) what the article says of
    the person. ``candidates`` is filled where the article leaves open which of its people is meant.
    ``n_articles`` is more than one where a record stands for several that are `alike`.
    """

    article_id: str
    person: int
    name: str
    surfaces: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    n_mentions: int = 1
    candidates: tuple[str, ...] = ()
    n_articles: int = 1
    heads: bool = False
    """Whether an administration is called by the name: who is nothing else is a head of state."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """What :func:`resolve` gives: the rows, sorted by ``person_id``, and who each record became.

    ``ids[article_id, person]`` is the ``person_id`` of that person of that article.
    """

    rows: tuple[PersonRow, ...] = ()
    ids: Mapping[tuple[str, int], str] = field(default_factory=dict)


def records(article_id: str, mentions: Iterable[PersonMention]) -> list[PersonRecord]:
    """Sum up the mentions of one article: one record per person, ordered by person number.

    >>> mention = PersonMention(start_char=0, end_char=3, surface="Abe", name="Shinzo Abe", person=0)
    >>> [(r.article_id, r.person, r.name, r.n_mentions) for r in records("a1", [mention, mention])]
    [('a1', 0, 'Shinzo Abe', 2)]
    """
    grouped: dict[int, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.person].append(mention)
    return [
        PersonRecord(
            article_id=article_id,
            person=person,
            name=group[0].name,
            surfaces=tuple(sorted({m.surface for m in group})),
            roles=tuple(dict.fromkeys(_role_of(m) for m in group if m.role)),
            countries=tuple(dict.fromkeys(m.role_country for m in group if m.role_country)),
            zones=tuple(dict.fromkeys(m.zone for m in group)),
            n_mentions=len(group),
            candidates=tuple(dict.fromkeys(c for m in group for c in m.candidates)),
            heads=any("administration" in (m.basis or "") for m in group),
        )
        for person, group in sorted(grouped.items())
    ]


def alike(record: PersonRecord) -> tuple[object, ...] | None:
    """What two records must share for one to stand for both in `resolve`; None where each counts alone.

    The one that stands for them must be the first by article and number, its counts those of all; in the
    rows only ``n_articles`` then has to be counted anew. So memory need not grow with the articles.

    >>> a, b = (PersonRecord(article_id=i, person=0, name="Shinzo Abe") for i in "ab")
    >>> alike(a) == alike(b), alike(PersonRecord(article_id="a", person=0, name="Abe"))
    (True, None)
    """
    parts = take_apart(record.name)
    if record.candidates or not (len(parts.units) > 1 or parts.suffix):
        return None
    return (record.name, record.surfaces, record.roles, record.countries, record.zones)


def _role_of(mention: PersonMention) -> str:
    return f"Deputy {mention.role}" if mention.role_status == "deputy" else mention.role or ""


_TOP = frozenset({"president", "prime minister", "chancellor", "premier", "vice president", "pope"})
"""Offices that one person at a time holds: with a surname they are a name."""
_SOLE = frozenset({"king", "queen", "prince", "princess", "crown prince", "emir", "sultan", "emperor"})
_MANY = 400
"""Buckets of more clusters than this are not searched for variants (they say too little)."""


@dataclass(slots=True)
class _Cluster:
    """What is known of one person so far; counts are in plain dicts, which are small."""

    names: dict[str, int] = field(default_factory=dict)
    surfaces: set[str] | None = None
    roles: dict[str, int] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    where: list[tuple[str, int]] = field(default_factory=list)
    n_mentions: int = 0
    known: KnownPerson | None = None
    records: list[PersonRecord] | None = None
    """Kept only for names of one part, which may have to be taken apart again."""

    def add(self, record: PersonRecord) -> None:
        self.names[record.name] = self.names.get(record.name, 0) + record.n_mentions
        if record.surfaces and record.surfaces != (record.name,):
            self.surfaces = (
                set(record.surfaces) if self.surfaces is None else self.surfaces | {*record.surfaces}
            )
        for role in record.roles:
            self.roles[role] = self.roles.get(role, 0) + record.n_articles
        self.countries |= frozenset(record.countries)
        self.where.append((record.article_id, record.person))
        self.n_mentions += record.n_mentions

    def join(self, other: _Cluster) -> None:
        for name, n in other.names.items():
            self.names[name] = self.names.get(name, 0) + n
        for role, n in other.roles.items():
            self.roles[role] = self.roles.get(role, 0) + n
        if other.surfaces:
            self.surfaces = (self.surfaces or set()) | other.surfaces
        if other.records:
            self.records = (self.records or []) + other.records
        self.countries |= other.countries
        self.where += other.where
        self.n_mentions += other.n_mentions
        self.known = self.known or other.known

    @property
    def name(self) -> str:
        """The name most often used; of equals the longest, then the first by alphabet."""
        if len(self.names) == 1:
            return next(iter(self.names))
        return min(
            self.names,
            key=lambda n: (
                len(take_apart(n).units) < 2,
                n.isupper() and len(n) > 4,
                -self.names[n],
                -len(n),
                n,
            ),
        )

    @property
    def offices(self) -> frozenset[str]:
        return frozenset(_office(r) for r in self.roles)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(f for r in self.roles if (f := _field(r)))


@lru_cache(maxsize=1 << 14)
def _office(role: str) -> str:
    """A role in small letters and in the shorter order of words.

    >>> _office("Secretary of Defense"), _office("Secretary of State"), _office("Premier")
    ('defense secretary', 'secretary of state', 'prime minister')
    """
    words = tuple(role.lower().split())
    words = same_office(words)
    if len(words) > 2 and words[1] in {"of", "for"} and words[0] in role_tables().with_portfolio:
        turned = (*words[2:], words[0])
        return " ".join(words if words in role_tables().field else turned)
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def _field(role: str) -> str | None:
    """The field of life of a role as written in a table ("Prime Minister" -> "state")."""
    words = tuple(role.lower().split())
    table = role_tables().field
    return next((table[words[i:]] for i in range(len(words)) if words[i:] in table), None)


def _fields_clash(one: frozenset[str], other: frozenset[str]) -> bool:
    apart = role_tables().apart
    return bool(one and other and not one & other and (one & apart or other & apart))


def resolve(records: Iterable[PersonRecord], *, known: KnownPeople | None = None) -> People:
    """Join records that are the same person; the result does not depend on the order of ``records``.

    Memory grows with the number of records; no text is kept. ``known`` are people whose ids the user
    gave: records with one of their names become that person unless country or role contradict.

    >>> a = PersonRecord(article_id="a", person=0, name="Shinzo Abe", n_mentions=2)
    >>> b = PersonRecord(article_id="b", person=3, name="Shinzo Abe")
    >>> people = resolve([b, a])
    >>> [(row.person_id, row.given, row.family, row.n_articles, row.n_mentions) for row in people.rows]
    [('shinzo-abe', 'Shinzo', 'Abe', 2, 3)]
    >>> people.ids["b", 3]
    'shinzo-abe'
    """
    full: dict[str, dict[tuple[frozenset[str], frozenset[str]], _Cluster]] = defaultdict(dict)
    single: dict[str, dict[tuple[frozenset[str], frozenset[str]], _Cluster]] = defaultdict(dict)
    alone: list[_Cluster] = []
    named: dict[str, _Cluster] = {}
    register = _register(known)
    for record in records:
        person = _known(record, register)
        if person is not None:
            cluster = named.setdefault(person.id, _Cluster(known=person))
            cluster.add(record)
            continue
        if record.candidates:
            cluster = _Cluster()
            cluster.add(record)
            alone.append(cluster)
            continue
        parts = take_apart(record.name)
        groups = full if len(parts.units) > 1 or parts.suffix else single
        key = parts.joined + "/" + fold(parts.suffix or "")
        if groups is single:
            key = parts.units[0].bare if parts.units else record.name
        said = frozenset(r.lower() for r in record.roles)
        if not said and record.heads and groups is single:
            said = frozenset({"president"})
        signature = (frozenset(record.countries), said)
        cluster = groups[key].setdefault(signature, _Cluster())
        cluster.add(record)
        if groups is single:
            cluster.records = cluster.records or []
            cluster.records.append(record)
    clusters = [c for key in sorted(full) for c in _without_conflict(full[key])]
    clusters = _join_variants(clusters + [named[key] for key in sorted(named)])
    lone = _join_surnames(single, clusters)
    return _people(clusters, lone, alone)


def _register(known: KnownPeople | None) -> dict[str, list[KnownPerson]]:
    register: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in known.people if known else ():
        for name in dict.fromkeys((person.name, *person.aliases)):
            key = take_apart(name).joined or name
            if person not in register[key]:
                register[key].append(person)
    return register


def _known(record: PersonRecord, register: Mapping[str, list[KnownPerson]]) -> KnownPerson | None:
    """The known person a record names; None where several could be meant or the evidence contradicts."""
    if not register or record.candidates:
        return None
    options = register.get(take_apart(record.name).joined or record.name, ())
    fitting = [
        p for p in options if not (p.country and record.countries and p.country not in record.countries)
    ]
    if len(fitting) > 1:
        said = {r.lower() for r in record.roles}
        by_country = [p for p in fitting if p.country and p.country in record.countries]
        by_role = [p for p in fitting if p.role and p.role.lower() in said]
        fitting = by_country if len(by_country) == 1 else by_role
    return fitting[0] if len(fitting) == 1 else None


_Signature = tuple[frozenset[str], frozenset[str]]


def _signature_order(item: tuple[_Signature, _Cluster]) -> tuple[list[str], list[str]]:
    (countries, said), _ = item
    return sorted(countries), sorted(said)


def _without_conflict(group: Mapping[_Signature, _Cluster]) -> list[_Cluster]:
    """Join what bears one full name, but never over different countries or fields of life."""
    if len(group) == 1:
        return list(group.values())
    items = [cluster for _, cluster in sorted(group.items(), key=_signature_order)]
    placed = _joined([c for c in items if c.countries], lambda c: c.countries)
    joining: list[tuple[_Cluster, _Cluster]] = []
    pool: list[_Cluster] = []
    for cluster in items:
        if cluster.countries:
            continue
        options = [p for p in placed if not _fields_clash(p.fields, cluster.fields)]
        if len(options) > 1:
            options = [p for p in options if p.offices & cluster.offices]
        if len(options) == 1:
            joining.append((options[0], cluster))
        else:
            pool.append(cluster)
    for target, cluster in joining:
        target.join(cluster)
    if len(placed) > 1 or any(_fields_clash(p.fields, c.fields) for p in placed for c in pool):
        return placed + _joined(pool, lambda c: c.fields or {"?"})
    return placed + _one_or_by_field(pool)


def _one_or_by_field(pool: list[_Cluster]) -> list[_Cluster]:
    """All one person, unless their fields of life clash; then those without a field stay apart."""
    if not pool:
        return []
    split = _joined([c for c in pool if c.fields], lambda c: c.fields)
    clash = any(_fields_clash(a.fields, b.fields) for i, a in enumerate(split) for b in split[:i])
    bare = [c for c in pool if not c.fields]
    if clash:
        return split + _joined(bare, lambda c: {"?"})
    return _joined([*split, *bare], lambda c: {"one"})


def _joined(clusters: Sequence[_Cluster], marks: Callable[[_Cluster], Iterable[str]]) -> list[_Cluster]:
    """Join clusters that share a mark, directly or through others."""
    parent = list(range(len(clusters)))
    first: dict[str, int] = {}
    for i, cluster in enumerate(clusters):
        for mark in marks(cluster):
            _unite(parent, first.setdefault(mark, i), i)
    return _by_root(clusters, parent)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _unite(parent: list[int], i: int, j: int) -> None:
    i, j = _root(parent, i), _root(parent, j)
    parent[max(i, j)] = min(i, j)


def _by_root(clusters: Sequence[_Cluster], parent: list[int]) -> list[_Cluster]:
    result: dict[int, _Cluster] = {}
    for i, cluster in enumerate(clusters):
        root = _root(parent, i)
        if root in result:
            result[root].join(cluster)
        else:
            result[root] = cluster
    return list(result.values())


def _join_variants(clusters: list[_Cluster]) -> list[_Cluster]:
    """Join spellings of one name where a country or an office is the same.

    Only clusters that share a bucket are compared: the sound of the family name, the sound or pet form of
    a given name, and a country or office. A cluster that goes with two others which contradict each other
    joins neither.
    """
    parts = [take_apart(c.name) for c in clusters]
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, (cluster, taken) in enumerate(zip(clusters, parts, strict=True)):
        evidence = [*cluster.countries, *(office for office in cluster.offices if _telling(office))]
        if evidence:
            for bucket in _buckets(taken):
                for item in evidence:
                    buckets[bucket, item].append(i)
    joins: dict[int, set[int]] = defaultdict(set)
    for members in buckets.values():
        if not 1 < len(members) <= _MANY:
            continue
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if j not in joins[i] and _same_person(clusters[i], clusters[j], parts[i], parts[j]):
                    joins[i].add(j)
                    joins[j].add(i)

    def torn(i: int) -> bool:
        others = sorted(joins[i])
        return any(
            _contradict(clusters[a], clusters[b], parts[a], parts[b])
            for at, a in enumerate(others)
            for b in others[:at]
        )

    whole = {i for i in joins if joins[i] and not torn(i)}
    parent = list(range(len(clusters)))
    for i in sorted(whole):
        for j in joins[i] & whole:
            _unite(parent, i, j)
    return _by_root(clusters, parent)


def _buckets(taken: Parts) -> set[str]:
    if taken.family is None or len(taken.units) < 2:
        return set()
    family = sound(taken.units[taken.family].bare)
    nicknames = name_tables().nicknames
    found = {"=" + "".join(sorted(taken.keys))}
    for i, unit in enumerate(taken.units):
        if i == taken.family:
            continue
        found.add(f"{family}/{unit.key[0]}." if unit.initial else f"{family}/{sound(unit.key)}")
        found.update(f"{family}/{group}" for group in nicknames.get(unit.key, ()))
        if i == 0 or taken.family == 0:
            found.add(f"{family}/{unit.key[0]}.")
        if len(taken.units) > 2:
            found.add(f"{sound(unit.bare)}/{sound(taken.units[0].key)}")
    return found


def _contradict(one: _Cluster, other: _Cluster, a: Parts, b: Parts) -> bool:
    """Whether two clusters cannot be one person: names that are no forms of each other, or the evidence."""
    if one.known is not None and other.known is not None:
        return True
    if one.countries and other.countries and not one.countries & other.countries:
        return True
    return _fields_clash(one.fields, other.fields) or (fits(a, b) != "full" and fits(b, a) != "full")


def _same_person(one: _Cluster, other: _Cluster, a: Parts, b: Parts) -> bool:
    """Whether two names are forms of one name and a country or an office says that it is one person."""
    country = bool(one.countries & other.countries)
    office = any(_telling(r) for r in one.offices & other.offices)
    if not (country or office) or _contradict(one, other, a, b):
        return False
    tops, other_tops = one.offices & _TOP, other.offices & _TOP
    if tops and other_tops and not tops & other_tops:
        # A vice president and a president of one country and nearly one name may be father and son.
        return False
    ends = {r.split()[-1] for r in one.offices} & {r.split()[-1] for r in other.offices}
    if one.offices and other.offices and not ends:
        return False
    if sorted(a.keys) == sorted(b.keys):
        return True
    first, second = a.units[0 if a.family else -1], b.units[0 if b.family else -1]
    if first.initial or second.initial or sound(first.key) != sound(second.key):
        return office
    return True


@lru_cache(maxsize=1 << 14)
def _telling(role: str) -> bool:
    """Whether sharing a role says something: not what many are at a time ("Minister", "Spokesman")."""
    if _field(role) not in {"state", "cabinet", "legislature", "local", "royalty", "religion"}:
        return False
    common = role_tables().common_posts
    return role not in common and role.split()[-1] not in common - role_tables().with_portfolio - {"leader"}


def _join_surnames(
    single: Mapping[str, Mapping[_Signature, _Cluster]], clusters: Sequence[_Cluster]
) -> list[tuple[str, _Cluster]]:
    """Join names of one part by office and country; returns what stays by itself, with a mark for its id."""
    bearers: dict[tuple[str, str], list[_Cluster]] = defaultdict(list)
    for cluster in clusters:
        for key in _single_keys(cluster):
            if key in single:
                for office in cluster.offices:
                    bearers[key, office].append(cluster)
    lone: list[tuple[str, _Cluster]] = []
    joining: list[tuple[_Cluster, _Cluster]] = []
    for key in sorted(single):
        own: dict[str, list[_Cluster]] = defaultdict(list)
        for (countries, said), cluster in sorted(single[key].items(), key=_signature_order):
            target = _bearer(key, countries, said, bearers)
            if target is not None:
                joining.append((target, cluster))
                continue
            mark = _office_mark(countries, said)
            own[mark].append(cluster)
        _drop_doubtful(own)
        for mark, group in sorted(own.items()):
            if not mark:
                lone.extend(("", part) for cluster in group for part in _split_by_article(cluster))
                continue
            for cluster in group[1:]:
                group[0].join(cluster)
            lone.append((mark, group[0]))
    for target, cluster in joining:
        target.join(cluster)
    return lone


def _single_keys(cluster: _Cluster) -> set[str]:
    keys: set[str] = set()
    for name in cluster.names:
        taken = take_apart(name)
        if taken.family is not None:
            keys.update((taken.units[taken.family].key, taken.units[taken.family].bare))
    for surface in cluster.surfaces or ():
        taken = take_apart(surface)
        if len(taken.units) == 1:
            keys.update((taken.units[0].key, taken.units[0].bare))
    return keys


def _bearer(
    key: str,
    countries: frozenset[str],
    said: frozenset[str],
    bearers: Mapping[tuple[str, str], Sequence[_Cluster]],
) -> _Cluster | None:
    """The one full name that bears ``key`` and holds the office; None where there are none or several."""
    found: dict[int, _Cluster] = {}
    for office in map(_office, said):
        if not countries and office not in _TOP:
            continue
        for cluster in bearers.get((key, office), ()):
            if countries and cluster.countries and not countries & cluster.countries:
                continue
            if countries and not cluster.countries and office not in _TOP:
                continue
            found[id(cluster)] = cluster
    return next(iter(found.values())) if len(found) == 1 else None


def _office_mark(countries: frozenset[str], said: frozenset[str]) -> str:
    """Under what surnames alone are one person: an office of state, or any office with its country."""
    tops = sorted({_office(role) for role in said} & _TOP)
    if tops and len(countries) < 2:
        return tops[0] + "/" + "".join(countries)
    sole = sorted(said & _SOLE)
    if sole and len(countries) == 1:
        return sole[0] + "/" + "".join(countries)
    return ""


def _drop_doubtful(own: dict[str, list[_Cluster]]) -> None:
    """An office without country goes with the one country it has elsewhere; with several, it stays alone."""
    for office in {mark.split("/")[0] for mark in own if mark}:
        bare = own.get(office + "/")
        with_country = [m for m in own if m.startswith(office + "/") and m != office + "/"]
        if bare and len(with_country) == 1:
            own[with_country[0]] += own.pop(office + "/")
        elif bare and len(with_country) > 1:
            own[""] += own.pop(office + "/")


def _split_by_article(cluster: _Cluster) -> list[_Cluster]:
    """One cluster per record again: without evidence a surname is nobody but itself."""
    if len(cluster.where) == 1:
        return [cluster]
    parts = []
    for record in sorted(cluster.records or (), key=lambda r: (r.article_id, r.person)):
        part = _Cluster()
        part.add(record)
        parts.append(part)
    return parts


def _slug(text: str) -> str:
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-") or "person"


def _hash(*parts: object) -> str:
    return hashlib.blake2b(
        "\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=4
    ).hexdigest()


def _people(
    clusters: Sequence[_Cluster], lone: Sequence[tuple[str, _Cluster]], alone: Sequence[_Cluster]
) -> People:
    """Name the clusters, and make rows and the map."""
    wanted: dict[str, list[_Cluster]] = defaultdict(list)
    named: list[tuple[str, _Cluster]] = []
    for cluster in clusters:
        if cluster.known is not None:
            named.append((cluster.known.id, cluster))
        else:
            wanted[_slug(cluster.name)].append(cluster)
    for slug, group in wanted.items():
        if len(group) == 1:
            named.append((slug, group[0]))
        else:
            named.extend((f"{slug}--{_tell_apart(cluster)}", cluster) for cluster in group)
    for mark, cluster in lone:
        ending = _slug(mark) if mark else _hash(*min(cluster.where))
        named.append((f"{_slug(cluster.name)}--{ending}", cluster))
    named.extend((f"{_slug(c.name)}--{_hash(*min(c.where))}", c) for c in alone)
    taken: Counter[str] = Counter(person_id for person_id, _ in named)
    rows, ids = [], {}
    for person_id, cluster in named:
        if taken[person_id] > 1 and cluster.known is None:
            person_id = f"{person_id}-{_hash(*min(cluster.where))}"
        rows.append(_row(person_id, cluster))
        ids.update(dict.fromkeys(cluster.where, person_id))
    return People(rows=tuple(sorted(rows, key=lambda row: row.person_id)), ids=ids)


def _tell_apart(cluster: _Cluster) -> str:
    """What tells a person from others of the same name: country, else office, else an article."""
    if cluster.countries:
        return "-".join(sorted(cluster.countries)).lower()
    if cluster.roles:
        return _slug(min(cluster.roles, key=lambda r: (-cluster.roles[r], r)))
    return _hash(*min(cluster.where))


def _row(person_id: str, cluster: _Cluster) -> PersonRow:
    name = cluster.known.name if cluster.known is not None else cluster.name
    taken = take_apart(name)
    given, family = taken.given_text, taken.family_text
    for surface in sorted(cluster.surfaces or ()):
        # "López Obrador" in the text says that both belong to the family name.
        if given and surface != name and " " in surface and name.endswith(" " + surface) and taken.family:
            own = take_apart(surface)
            if own.family is not None and not any(u.initial for u in own.units):
                given, family = name[: -len(surface)].strip(), surface
    aliases = ((cluster.surfaces or set()) | set(cluster.names)) - {name}
    return PersonRow(
        person_id=person_id,
        name=name,
        given=given,
        family=family,
        suffix=taken.suffix,
        aliases=tuple(sorted(aliases)),
        roles=tuple(sorted(cluster.roles, key=lambda r: (-cluster.roles[r], r))),
        n_articles=len({article for article, _ in cluster.where}),
        n_mentions=cluster.n_mentions,
    )
