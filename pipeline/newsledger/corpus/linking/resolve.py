"""Who is who across the articles of a run: from people of articles to one row per person.

The people stage tells the people of *one* article apart (``PersonMention.person``). This module joins
them over articles. It never sees an article's text, only one small :class:`PersonRecord` per person and
article, so that a run of many articles stays small in memory.

What joins two records, in order; conflicting evidence always keeps them apart:

1. The user's file of known people names them.
2. The full name is equal after folding (accents, case, hyphens), and neither country nor field of life
   contradicts: an Australian and an American Boyd Kestrel stay two, and so do a footballer and a bishop.
   A name that very many people bear (a frequent given name with a frequent family name) joins nobody of
   whom more is told: office, organisation, country and field of life, or the people named beside must be
   the same.
3. The name is a variant (transliteration, middle initial, pet form, order of parts) *and* a country, an
   office or an organisation is the same, or people named beside. A form that fits two people who do not
   fit each other joins neither.
4. A surname alone joins a full name that bears it with the same office and country, or with the same
   office and people named beside, where there is one such person only; else surnames with the same office
   of state are one row, and all others stay by themselves.

Heads of state and government count for nothing among those named beside (see ``evidence.CoMentions``).

The result depends on the set of records alone, not on their order. A ``person_id`` is made of the name
(with country, office or article where names collide), so that an unrelated article renumbers nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, product
from types import MappingProxyType
from typing import TypeVar

from newsledger.corpus.linking.clusters import (
    MANY,
    Cluster,
    conflict,
    fields_clash,
    grouped,
    groups_by_root,
    has_conflict,
    interned_set,
    joined,
    merged,
    union,
)
from newsledger.corpus.linking.evidence import (
    ROYAL_TITLES,
    TOP_OFFICES,
    CoMentions,
    canonical_office,
    distinctive,
    is_common_name,
    org_keys,
    public_office,
    specific_post,
)
from newsledger.corpus.linking.variants import co_mentions_needed, join_variants
from newsledger.corpus.steps import over_run, partition_by
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.tables import names as name_tables
from newsledger.stages.people.tables import roles as role_tables
from newsledger.stages.people.tables import written
from newsledger.values.mentions import PersonMention
from newsledger.values.people import KnownPeople, KnownPerson, People, PersonRecord, PersonRow


def records(article_id: str, mentions: Iterable[PersonMention]) -> list[PersonRecord]:
    """Sum up the mentions of one article: one record per person, ordered by person number.

    >>> mention = PersonMention(start_char=0, end_char=3, surface="Abe", name="Shinzo Abe", person=0)
    >>> [(r.article_id, r.person, r.name, r.n_mentions) for r in records("a1", [mention, mention])]
    [('a1', 0, 'Shinzo Abe', 2)]
    """
    grouped: dict[int, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        grouped[mention.person].append(mention)
    return [_record(article_id, person, group) for person, group in sorted(grouped.items())]


def called(role: str, status: str | None) -> str:
    """A role as a person's roles list it, where nothing else tells that the holder is a deputy.

    >>> called("Prime Minister", "deputy"), called("Prime Minister", "former")
    ('Deputy Prime Minister', 'Prime Minister')
    """
    return f"Deputy {role}" if status == "deputy" else role


def _record(article_id: str, person: int, group: Sequence[PersonMention]) -> PersonRecord:
    held = dict.fromkeys(called(m.role, m.role_status) for m in group if m.role)
    statements = (role for m in group for role in m.roles)
    spelt = ((written(tuple(role.role.lower().split())), role.role_status) for role in statements)
    stated = dict.fromkeys(called(role, status) for role, status in spelt)
    return PersonRecord(
        article_id=article_id,
        person=person,
        name=group[0].name,
        surfaces=tuple(sorted({m.surface for m in group})),
        roles=tuple(held),
        countries=tuple(dict.fromkeys(m.role_country for m in group if m.role_country)),
        zones=tuple(dict.fromkeys(m.zone for m in group)),
        n_mentions=len(group),
        candidates=tuple(dict.fromkeys(c for m in group for c in m.candidates)),
        orgs=tuple(dict.fromkeys(key for m in group if m.role_org for key in org_keys(m.role_org))),
        heads=any("administration" in (m.basis or "") for m in group),
        more_roles=tuple(role for role in stated if role not in held),
    )


def sharing_key(record: PersonRecord) -> tuple[object, ...] | None:
    """What two records must share for one to stand for both in `resolve`; None where each counts alone.

    The one that stands for them must be the first by article and number, its counts those of all; in the
    rows only ``n_articles`` then has to be counted anew. So memory need not grow with the articles.

    >>> a, b = (PersonRecord(article_id=i, person=0, name="Shinzo Abe") for i in "ab")
    >>> sharing_key(a) == sharing_key(b), sharing_key(PersonRecord(article_id="a", person=0, name="Abe"))
    (True, None)
    """
    parts = parse_name(record.name)
    if record.candidates or not (len(parts.units) > 1 or parts.suffix) or is_common_name(parts):
        return None
    described = (record.roles, record.more_roles, record.countries, record.zones, record.orgs)
    return (record.name, record.surfaces, *described)


_DOMINANT = 5
"""So many times as often must the best known bearer of a name be named as all others with a role."""


_T = TypeVar("_T")

_Signature = tuple[frozenset[str], frozenset[str]]
"""The countries and the roles that an article gives a person."""


def resolve(
    records: Iterable[PersonRecord],
    *,
    known: KnownPeople | None = None,
    together: Iterable[Sequence[int]] | None = None,
) -> People:
    """Join records that are the same person; the result does not depend on the order of ``records``.

    Memory grows with the number of records; no text is kept. ``known`` are people whose ids the user
    gave: records with one of their names become that person unless country or role contradict.
    ``together`` says per article which records (by their place) stand in it, where one record stands for
    several that are `sharing_key`; without it each stands in its own article.

    >>> a = PersonRecord(article_id="a", person=0, name="Shinzo Abe", n_mentions=2)
    >>> b = PersonRecord(article_id="b", person=3, name="Shinzo Abe")
    >>> people = resolve([b, a])
    >>> [(row.person_id, row.given, row.family, row.n_articles, row.n_mentions) for row in people.rows]
    [('shinzo-abe', 'Shinzo', 'Abe', 2, 3)]
    >>> people.ids["b", 3]
    'shinzo-abe'
    """
    all_records = list(records)
    register = _names_of_known(known)
    full: dict[str, dict[_Signature, Cluster]] = defaultdict(lambda: defaultdict(Cluster))
    single: dict[str, dict[_Signature, Cluster]] = defaultdict(lambda: defaultdict(Cluster))
    shared: dict[str, list[Cluster]] = defaultdict(list)
    ambiguous: list[Cluster] = []
    named: dict[str, Cluster] = {}
    co_mentions = CoMentions()
    for number, record in enumerate(all_records):
        parts = parse_name(record.name)
        co_mentions.add(parts, record.roles, record.orgs, record.n_articles)
        whole = len(parts.units) > 1 or bool(parts.suffix)
        key = parts.joined + "/" + fold(parts.suffix or "")
        person = _known_person(record, register)
        cluster = Cluster.of(record, number)
        if person is not None:
            named.setdefault(person.id, Cluster(known=person)).join(cluster)
        elif record.candidates:
            ambiguous.append(cluster)
        elif whole and is_common_name(parts):
            shared[key].append(cluster)
        elif whole:
            full[key][_signature(record.countries, record.roles, False)].join(cluster)
        else:
            key = parts.units[0].bare if parts.units else record.name
            single[key][_signature(record.countries, record.roles, record.heads)].join(cluster)
    co_mentions.set_articles(_by_article(all_records) if together is None else together)
    # The steps: each divides what it joins by the name, the form of a name, or the surname.
    clusters = over_run((full.pop(key) for key in sorted(full)), _without_conflict, _chained)
    of_common_names = partial(_join_common_names, all_records=all_records, co_mentions=co_mentions)
    clusters += over_run((shared.pop(key) for key in sorted(shared)), of_common_names, _chained)
    clusters = join_variants(clusters + [named[key] for key in sorted(named)], co_mentions)
    unlinked = _join_surnames(single, clusters, all_records, co_mentions)
    del single, co_mentions
    return _people(clusters, unlinked, ambiguous, all_records)


def _chained(parts: Iterable[Iterable[_T]]) -> list[_T]:
    return list(chain.from_iterable(parts))


@lru_cache(maxsize=1 << 14)
def _signature(countries: tuple[str, ...], roles: tuple[str, ...], heads: bool) -> _Signature:
    """Countries and roles as sets, the same ones for all that say the same."""
    said = interned_set(tuple(r.lower() for r in roles))
    return interned_set(countries), said or interned_set(("president",) if heads else ())


def _by_article(all_records: Sequence[PersonRecord]) -> Iterable[Sequence[int]]:
    return partition_by(range(len(all_records)), lambda number: (all_records[number].article_id,)).values()


def _names_of_known(known: KnownPeople | None) -> dict[str, list[KnownPerson]]:
    register: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in known.people if known else ():
        for name in dict.fromkeys((person.name, *person.aliases)):
            key = parse_name(name).joined or name
            if person not in register[key]:
                register[key].append(person)
    return register


def _known_person(record: PersonRecord, register: Mapping[str, list[KnownPerson]]) -> KnownPerson | None:
    """The known person a record names; None where several could be meant or the evidence contradicts."""
    if not register or record.candidates:
        return None
    options = register.get(parse_name(record.name).joined or record.name, ())
    fitting = [
        p for p in options if not (p.country and record.countries and p.country not in record.countries)
    ]
    if len(fitting) > 1:
        said = {r.lower() for r in record.roles + record.more_roles}
        by_country = [p for p in fitting if p.country and p.country in record.countries]
        by_role = [p for p in fitting if p.role and p.role.lower() in said]
        fitting = by_country if len(by_country) == 1 else by_role
    return fitting[0] if len(fitting) == 1 else None


def _signature_order(item: tuple[_Signature, Cluster]) -> tuple[list[str], list[str]]:
    (countries, said), _ = item
    return sorted(countries), sorted(said)


def _without_conflict(group: Mapping[_Signature, Cluster]) -> list[Cluster]:
    """Join what bears one full name, but never over different countries or fields of life."""
    if len(group) == 1:
        return list(group.values())
    items = [cluster for _, cluster in sorted(group.items(), key=_signature_order)]
    placed = joined([c for c in items if c.countries], lambda c: c.countries)
    joining: list[tuple[Cluster, Cluster]] = []
    pool: list[Cluster] = []
    for cluster in items:
        if cluster.countries:
            continue
        options = [p for p in placed if not fields_clash(p.fields, cluster.fields)]
        if len(options) == 1:
            joining.append((options[0], cluster))
        else:
            pool.append(cluster)
    for target, cluster in joining:
        target.join(cluster)
    if len(placed) > 1 or any(fields_clash(p.fields, c.fields) for p in placed for c in pool):
        return placed + joined(pool, lambda c: c.fields or {"?"})
    return placed + _one_or_by_field(pool)


def _join_common_names(
    clusters: list[Cluster], all_records: Sequence[PersonRecord], co_mentions: CoMentions
) -> list[Cluster]:
    """Join those of one name that many bear.

    Where articles tell of them, more than the name must be the same: an office, a country and a field of
    life, an organisation, or the people who are named beside.
    """
    if len(clusters) == 1:
        return clusters
    clusters.sort(key=lambda c: _first_record(c, all_records))
    whole: list[Cluster] = []
    for part in grouped(clusters, _evidence_keys):
        if has_conflict(part):
            # An office that several hold: only the country tells which of them is meant.
            whole += joined(part, lambda c: c.countries or {f"#{min(c.members)}"})
        else:
            whole.append(merged(part))
    whole = _join_to_public_person(whole)
    co_mentioned_by = [co_mentions.co_mentioned(c.members) for c in whole] if len(whole) <= MANY else []
    parent = list(range(len(whole)))
    for i, co_mentioned in enumerate(co_mentioned_by):
        for j in range(i):
            a, b = whole[i], whole[j]
            if (
                len(co_mentioned & co_mentioned_by[j]) >= co_mentions_needed(a, b)
                and not conflict(a, b)
                and not co_mentions.share_article(a.members, b.members)
            ):
                union(parent, i, j)
    result: list[Cluster] = []
    for group in groups_by_root(whole, parent):
        result += group if has_conflict(group) else [merged(group)]
    return _join_undescribed(result, co_mentions)


def _join_undescribed(clusters: list[Cluster], co_mentions: CoMentions) -> list[Cluster]:
    """An equal name is evidence enough where no article tells more of its bearer."""
    if any(c.roles or c.countries or c.orgs for c in clusters):
        return clusters
    seen: set[int] = set()
    for cluster in clusters:
        articles = co_mentions.articles(cluster.members)
        if not seen.isdisjoint(articles):
            return clusters
        seen |= articles
    return [merged(clusters)]


def _join_to_public_person(clusters: list[Cluster]) -> list[Cluster]:
    """Who is named with no role is the one of the name whose office makes him known, if there is one."""
    described = [c for c in clusters if c.roles or c.countries or c.orgs]
    most = max(described, key=lambda c: len(c.members), default=None)
    if most is None or not _is_public_person(most):
        return clusters
    if len(most.members) < _DOMINANT * sum(len(c.members) for c in described if c is not most):
        return clusters
    bare = [c for c in clusters if not (c.roles or c.countries or c.orgs)]
    return [merged([most, *bare]), *(c for c in described if c is not most)]


def _is_public_person(cluster: Cluster) -> bool:
    offices = {canonical_office(role) for role in cluster.roles if public_office(role)}
    if offices == {"president"} and not cluster.countries:
        # Of what? A firm has a president too.
        return len(cluster.members) > 1 and not cluster.orgs
    return bool(offices)


def _evidence_keys(cluster: Cluster) -> set[str]:
    """What two people of one frequent name must share to be one."""
    synonyms = role_tables().synonyms
    return {
        # Of two coaches with clubs the clubs tell.
        *(f"~{synonyms[office]}" for office in cluster.posts if office in synonyms and not cluster.orgs),
        *(office for office in cluster.posts if distinctive(office) or specific_post(office)),
        *cluster.seats,
        *(f"{country}/{of}" for country in cluster.countries for of in cluster.fields),
        *(f"@{body}" for body in cluster.bodies),
        f"#{min(cluster.members)}",
    }


def _one_or_by_field(pool: list[Cluster]) -> list[Cluster]:
    """All one person, unless their fields of life clash; then those without a field stay apart."""
    if not pool:
        return []
    split = joined([c for c in pool if c.fields], lambda c: c.fields)
    clash = any(fields_clash(a.fields, b.fields) for i, a in enumerate(split) for b in split[:i])
    bare = [c for c in pool if not c.fields]
    if clash:
        return split + joined(bare, lambda c: {"?"})
    return joined([*split, *bare], lambda c: {"one"})


def _join_surnames(
    single: Mapping[str, Mapping[_Signature, Cluster]],
    clusters: Sequence[Cluster],
    all_records: Sequence[PersonRecord],
    co_mentions: CoMentions,
) -> list[tuple[str, Cluster]]:
    """Join names of one part by office and country; returns what stays by itself, with a mark for its id."""
    with_role = [cluster for cluster in clusters if cluster.roles]
    bearers = partition_by(with_role, lambda c: product(_single_keys(c).intersection(single), c.offices))

    @cache  # bearers are not changed before the end
    def co_mentioned(cluster: Cluster) -> frozenset[int]:
        return co_mentions.co_mentioned(cluster.members)

    def resolved(key: str) -> list[tuple[Cluster | None, str, Cluster]]:
        """Each person of a surname with the cluster it joins, if any, and its mark if not."""
        found: list[tuple[Cluster | None, str, Cluster]] = []
        own: dict[str, list[Cluster]] = defaultdict(list)
        for (countries, said), cluster in sorted(single[key].items(), key=_signature_order):
            target = _bearer_by_office(key, countries, said, bearers)
            if target is not None:
                found.append((target, "", cluster))
            else:
                own[_office_mark(countries, said)].append(cluster)
        _merge_offices_without_country(own)
        for mark, group in sorted(own.items()):
            if mark:
                found.append((None, mark, merged(group)))
                continue
            # Without evidence a surname is nobody but itself.
            for part in (Cluster.of(all_records[n], n) for cluster in group for n in cluster.members):
                target = _bearer_by_co_mentions(key, part, bearers, co_mentions, co_mentioned)
                found.append((target, "", part))
        return found

    unlinked = []
    for target, mark, cluster in over_run(sorted(single), resolved, _chained):
        if target is None:
            unlinked.append((mark, cluster))
        else:
            target.join(cluster)
    return unlinked


def _bearer_by_co_mentions(
    key: str,
    part: Cluster,
    bearers: Mapping[tuple[str, str], Sequence[Cluster]],
    co_mentions: CoMentions,
    co_mentioned: Callable[[Cluster], frozenset[int]],
) -> Cluster | None:
    """The full name that bears ``key``, holds the office, and is named beside the same people.

    Where several bear it, one must be named beside several of the same people, and the others beside none.
    """
    holders = (c for office in part.offices for c in bearers.get((key, office), ()))
    found = dict.fromkeys(c for c in holders if not conflict(c, part))
    described = any(map(distinctive, part.offices))
    if not found or (not described and not part.seats and key in name_tables().common_family):
        return None
    beside = co_mentioned(part)
    shared = {c: len(beside & co_mentioned(c)) for c in found}
    best = max(shared, key=lambda c: shared[c])
    needed = 1 if len(found) == 1 and described else 2
    if shared[best] < needed or any(shared[c] for c in found if c is not best):
        return None
    return None if co_mentions.share_article(part.members, best.members) else best


def _single_keys(cluster: Cluster) -> set[str]:
    """The names of one part that say who is meant, with an office: family names, and what he is called.

    Heads of state are called by given names ("President Saddam"); in "Senator Craig" stands a family name.
    """
    keys: set[str] = set()
    given: set[str] = set()
    for name in cluster.names:
        taken = parse_name(name)
        if taken.family is not None:
            keys.update((taken.units[taken.family].key, taken.units[taken.family].bare))
            given.update(
                key for i, u in enumerate(taken.units) if i != taken.family for key in (u.key, u.bare)
            )
    if not cluster.offices.isdisjoint(TOP_OFFICES | ROYAL_TITLES):
        given.clear()
    for surface in cluster.surfaces:
        taken = parse_name(surface)
        if len(taken.units) == 1:
            keys.update({taken.units[0].key, taken.units[0].bare} - given)
    return keys


def _bearer_by_office(
    key: str,
    countries: frozenset[str],
    said: frozenset[str],
    bearers: Mapping[tuple[str, str], Sequence[Cluster]],
) -> Cluster | None:
    """The one full name that bears ``key`` and holds the office; None where there are none or several."""
    found: dict[Cluster, None] = {}
    for office in map(canonical_office, said):
        top = office in TOP_OFFICES
        if countries or top:
            holders = bearers.get((key, office), ())
            found |= dict.fromkeys(
                c for c in holders if not countries or (countries & c.countries if c.countries else top)
            )
    return next(iter(found)) if len(found) == 1 else None


def _office_mark(countries: frozenset[str], said: frozenset[str]) -> str:
    """Under what surnames alone are one person: an office of state, or any office with its country."""
    tops = sorted({canonical_office(role) for role in said} & TOP_OFFICES)
    if tops and len(countries) < 2:
        return tops[0] + "/" + "".join(countries)
    sole = sorted(said & ROYAL_TITLES)
    if sole and len(countries) == 1:
        return sole[0] + "/" + "".join(countries)
    return ""


def _merge_offices_without_country(own: dict[str, list[Cluster]]) -> None:
    """An office without country goes with the one country it has elsewhere; with several, it stays alone."""
    for office in {mark.split("/")[0] for mark in own if mark}:
        bare = own.get(office + "/")
        with_country = [m for m in own if m.startswith(office + "/") and m != office + "/"]
        if bare and len(with_country) == 1:
            own[with_country[0]] += own.pop(office + "/")
        elif bare and len(with_country) > 1:
            own[""] += own.pop(office + "/")


def slug(text: str) -> str:
    """A name as it stands in ids."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-") or "person"


def short_hash(*parts: object) -> str:
    """A short hash that tells namesakes apart in ids."""
    return hashlib.blake2b(
        "\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=4
    ).hexdigest()


def _people(
    clusters: Sequence[Cluster],
    unlinked: Sequence[tuple[str, Cluster]],
    ambiguous: Sequence[Cluster],
    all_records: Sequence[PersonRecord],
) -> People:
    own_ids = [slug(cluster.name) if cluster.known is None else cluster.known.id for cluster in clusters]
    wanted = Counter(one for one, cluster in zip(own_ids, clusters, strict=True) if cluster.known is None)
    named: list[tuple[str, Cluster]] = []
    for own_id, cluster in zip(own_ids, clusters, strict=True):
        if cluster.known is None and wanted[own_id] > 1:
            own_id += "--" + _distinguishing_suffix(cluster, all_records)
        named.append((own_id, cluster))
    for mark, cluster in (*unlinked, *(("", cluster) for cluster in ambiguous)):
        named.append(
            (f"{slug(cluster.name)}--{slug(mark) if mark else _own_hash(cluster, all_records)}", cluster)
        )
    taken = Counter(person_id for person_id, _ in named)
    rows, ids = [], {}
    for person_id, cluster in named:
        if taken[person_id] > 1 and cluster.known is None:
            person_id += "-" + _own_hash(cluster, all_records)
        keys = [(all_records[n].article_id, all_records[n].person) for n in cluster.members]
        rows.append(person_row(person_id, cluster, len({article_id for article_id, _ in keys})))
        ids.update(dict.fromkeys(keys, person_id))
    return People(rows=tuple(sorted(rows, key=lambda row: row.person_id)), ids=ids)


def _own_hash(cluster: Cluster, all_records: Sequence[PersonRecord]) -> str:
    return short_hash(*_first_record(cluster, all_records))


def _first_record(cluster: Cluster, all_records: Sequence[PersonRecord]) -> tuple[str, int]:
    """The first article and number of a cluster's records."""
    return min((all_records[n].article_id, all_records[n].person) for n in cluster.members)


def _distinguishing_suffix(cluster: Cluster, all_records: Sequence[PersonRecord]) -> str:
    """What tells a person from others of the same name: country, else office, else an article."""
    if cluster.countries:
        return "-".join(sorted(cluster.countries)).lower()
    if cluster.roles:
        return slug(min(cluster.roles, key=lambda r: (-cluster.roles[r], r)))
    return _own_hash(cluster, all_records)


def _by_frequency(roles: Mapping[str, int], but: Mapping[str, int] = MappingProxyType({})) -> tuple[str, ...]:
    """The roles that are not in ``but``, those of most articles first."""
    return tuple(sorted(roles.keys() - but.keys(), key=lambda r: (-roles[r], r)))


def person_row(person_id: str, cluster: Cluster, n_articles: int) -> PersonRow:
    """The row of ``people`` of a cluster."""
    name = cluster.known.name if cluster.known is not None else cluster.name
    taken = parse_name(name)
    given, family = taken.given_text, taken.family_text
    for surface in sorted(cluster.surfaces):
        # "López Obrador" in the text says that both belong to the family name.
        if given and surface != name and " " in surface and name.endswith(" " + surface) and taken.family:
            own = parse_name(surface)
            if own.family is not None and not any(u.initial for u in own.units):
                given, family = name[: -len(surface)].strip(), surface
    aliases = (cluster.surfaces | set(cluster.names)) - {name}
    return PersonRow(
        person_id=person_id,
        name=name,
        given=given,
        family=family,
        suffix=taken.suffix,
        aliases=tuple(sorted(aliases)),
        roles=_by_frequency(cluster.roles) + _by_frequency(cluster.more_roles, but=cluster.roles),
        n_articles=n_articles,
        n_mentions=cluster.n_mentions,
    )
