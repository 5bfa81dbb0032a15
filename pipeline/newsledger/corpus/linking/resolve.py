"""Links the people of all articles: records per article in, one row per person out.

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

Heads of state and government count for nothing among those named beside (see ``evidence.are_heads``).

The result depends on the set of records alone, not on their order. A ``person_id`` is made of the name
(with country, office or article where names collide), so that an unrelated article renumbers nothing.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import combinations
from types import MappingProxyType

from newsledger.corpus.linking import evidence
from newsledger.corpus.linking.clusters import (
    MANY,
    Cluster,
    Key,
    conflict,
    fields_clash,
    grouped,
    groups,
    has_conflict,
    interned_set,
    joined,
    merged,
)
from newsledger.corpus.linking.evidence import ROYAL_TITLES, TOP_OFFICES, canonical_office, distinctive
from newsledger.corpus.linking.variants import co_mentions_needed, find_variants, join_variants, roots
from newsledger.corpus.steps import Resolved, Steps, partition_by
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.tables import names as name_tables
from newsledger.stages.people.tables import roles as role_tables
from newsledger.stages.people.tables import written
from newsledger.values.mentions import PersonMention
from newsledger.values.people import KnownPeople, KnownPerson, PersonRecord, PersonRow


def records(article_id: str, mentions: Iterable[PersonMention]) -> list[PersonRecord]:
    """Sum up the mentions of one article: one record per person, ordered by person number.

    >>> mention = PersonMention(start_char=0, end_char=3, surface="Abe", name="Shinzo Abe", person=0)
    >>> [(r.article_id, r.person, r.name, r.n_mentions) for r in records("a1", [mention, mention])]
    [('a1', 0, 'Shinzo Abe', 2)]
    """
    of_person = partition_by(mentions, lambda mention: (mention.person,))
    return [_record(article_id, person, group) for person, group in sorted(of_person.items())]


def called(role: str, status: str | None) -> str:
    """A role as the list of a person's roles shows it, with "deputy" if only the status says so.

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
        n_mentions=len(group),
        candidates=tuple(dict.fromkeys(c for m in group for c in m.candidates)),
        orgs=tuple(dict.fromkeys(key for m in group if m.role_org for key in evidence.org_keys(m.role_org))),
        heads=any("administration" in (m.basis or "") for m in group),
        more_roles=tuple(role for role in stated if role not in held),
    )


_DOMINANT = 5
"""So many times as often must the best known bearer of a name be named as all others with a role."""


_Signature = tuple[frozenset[str], frozenset[str]]
"""The countries and the roles that an article gives a person."""


SHARD_BITS = 32
"""The number of a record begins above these with that of its shard, if there are any."""
MOST_IN_COMPANY = 1_000
"""Of more people than this no one is in the company of the others: an article of so many is a list, and each
would hold the names of all."""
Named = Sequence[tuple[int, PersonRecord]]
"""The people of one article (one at least), each with a number among all."""


def link(steps: Steps, inputs: Sequence[Iterable[Named]], *, known: KnownPeople | None = None) -> None:
    """Join the people of all articles, whose order among ``inputs`` does not matter.

    ``known`` are people whose ids the user gave: who has one of their names is that person unless country or
    role contradict. For the step ``rows`` wait those of `People`, for ``ids`` numbers of people, each with
    their person's id.
    """
    steps.run("articles", partial(_by_name, known), inputs)
    steps.run("companions", _heads)
    steps.run("names", partial(_join_names, frozenset(steps.take("heads"))))
    steps.run("variants", find_variants)
    steps.run("clusters", partial(_divide, _joins(steps.take("pairs"))))
    steps.run("joins", _join_forms)
    steps.run("surnames", _join_surnames)
    steps.run("whole", _with_surnames)
    steps.run("persons", _persons)


def _by_name(known: KnownPeople | None, articles: Iterable[Named]) -> Resolved:
    """Each record as a cluster, by its name; those of a full name that say the same in one."""
    register = _names_of_known(known)
    full: dict[tuple[str, _Signature], Cluster] = {}
    named: Counter[int] = Counter()
    as_head: Counter[int] = Counter()
    for people in articles:
        present = [evidence.companion(record.name) for _, record in people]
        company = present if len(present) <= MOST_IN_COMPANY else ()
        article = people[0][0]  # the number of its first record
        named.update(present)
        as_head.update(name for name, (_, r) in zip(present, people, strict=True) if evidence.names_head(r))
        for number, record in people:
            cluster = Cluster.of(record, number, article, company)
            cluster.known = _known_person(record, register)
            kind, key = _kind_of(cluster, record)
            signature = _signature(record.countries, record.roles, record.heads and kind == "surname")
            if kind == "full":
                full.setdefault((key, signature), Cluster()).join(cluster)
            else:
                yield "names", key, (kind, key, signature, cluster)
    for (key, signature), cluster in full.items():
        yield "names", key, ("full", key, signature, cluster)
    for name, n in named.items():
        yield "companions", name, (name, n, as_head[name])


def _kind_of(cluster: Cluster, record: PersonRecord) -> tuple[str, str]:
    """How the person of a record is joined to others, and by what name."""
    parts = parse_name(record.name)
    if cluster.known is not None:
        return "known", cluster.known.id
    if record.candidates:
        return "ambiguous", record.name
    if len(parts.units) > 1 or parts.suffix:
        return "common" if evidence.is_common_name(parts) else "full", parts.joined + "/" + fold(
            parts.suffix or ""
        )
    return "surname", parts.units[0].bare if parts.units else record.name


def _heads(names: Iterable[tuple[int, int, int]]) -> Resolved:
    """The names of heads of state and government: any article may name them, so they are no company."""
    named, as_head = Counter[int](), Counter[int]()
    for name, n, heads in names:
        named[name] += n
        as_head[name] += heads
    return (("heads", 0, name) for name, n in named.items() if evidence.are_heads(n, as_head[name]))


def _join_names(heads: frozenset[int], items: Iterable[tuple[str, str, _Signature, Cluster]]) -> Resolved:
    """Join what bears one full name; what is of one part goes on by itself."""
    groups: dict[tuple[str, str], list[tuple[_Signature, Cluster]]] = defaultdict(list)
    for kind, key, signature, cluster in items:
        cluster.company = array("q", set(cluster.company) - heads)
        if kind == "surname":
            yield "surnames", key, (key, signature, cluster)
        elif kind == "ambiguous":
            yield _person(cluster, "")
        else:
            groups[kind, key].append((signature, cluster))
    for kind, key in sorted(groups):
        group = groups.pop((kind, key))
        if kind == "full":
            by_signature = partition_by(group, lambda item: (item[0],)).values()
            found = _without_conflict(merged([c for _, c in part]) for part in by_signature)
        else:
            clusters = [cluster for _, cluster in group]
            found = [merged(clusters)] if kind == "known" else _join_common_names(clusters)
        for cluster in found:
            cluster.company = array("q", set(cluster.company))
            yield "clusters", cluster.first, cluster
            for root, buckets in roots(cluster):
                yield "variants", root, (buckets, cluster)


def _joins(pairs: Iterable[tuple[Key, Key]]) -> dict[Key, tuple[Key, set[Key]]]:
    """By first record those that a cluster goes with, and the first of all that hang together with it."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    firsts = sorted(found)
    place = {first: n for n, first in enumerate(firsts)}
    linked = ((place[one], place[other]) for one, others in found.items() for other in others)
    return {one: (group[0], found[one]) for group in groups(firsts, linked) for one in group}


def _divide(joins: Mapping[Key, tuple[Key, set[Key]]], clusters: Iterable[Cluster]) -> Resolved:
    """Clusters that go with others, by the first of these; the rest goes on."""
    for cluster in clusters:
        if cluster.first in joins:
            root, others = joins[cluster.first]
            yield "joins", root, (others, cluster)
        else:
            yield from _to_surnames((cluster,))


def _to_surnames(clusters: Iterable[Cluster]) -> Resolved:
    """Clusters on their way to the people of one name who may be them."""
    for cluster in clusters:
        yield "whole", cluster.first, (cluster.first, True, cluster)
        for key in _single_keys(cluster) if cluster.roles else ():
            yield "surnames", key, (key, None, cluster)


def _join_forms(items: Iterable[tuple[set[Key], Cluster]]) -> Resolved:
    """Join clusters that go with each other."""
    return _to_surnames(join_variants(items))


@lru_cache(maxsize=1 << 14)
def _signature(countries: tuple[str, ...], roles: tuple[str, ...], heads: bool) -> _Signature:
    """Countries and roles as sets, the same ones for all that say the same."""
    said = interned_set(tuple(r.lower() for r in roles))
    return interned_set(countries), said or interned_set(("president",) if heads else ())


def _names_of_known(known: KnownPeople | None) -> dict[str, list[KnownPerson]]:
    register: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in known or ():
        for name in dict.fromkeys((person.name, *person.aliases)):
            key = parse_name(name).joined or name
            if person not in register[key]:
                register[key].append(person)
    return register


def _known_person(record: PersonRecord, register: Mapping[str, list[KnownPerson]]) -> KnownPerson | None:
    """The known person a record names; None if several could be meant or the evidence contradicts."""
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


def _without_conflict(group: Iterable[Cluster]) -> list[Cluster]:
    """Join what bears one full name, but never over different countries or fields of life."""
    items = sorted(group, key=lambda c: c.first)
    placed = joined([c for c in items if c.countries], lambda c: c.countries)
    options = {
        c: [p for p in placed if not fields_clash(p.fields, c.fields)] for c in items if not c.countries
    }
    pool = [c for c, fitting in options.items() if len(fitting) != 1]
    for cluster, fitting in options.items():
        if len(fitting) == 1:
            fitting[0].join(cluster)
    clash = any(fields_clash(p.fields, c.fields) for p in placed for c in pool)
    of_fields = joined(pool, lambda c: c.fields or {"?"})
    clash = clash or any(fields_clash(a.fields, b.fields) for a, b in combinations(of_fields, 2))
    if len(placed) > 1 or clash or not pool:
        return placed + of_fields
    return [*placed, merged(of_fields)]


def _join_common_names(clusters: list[Cluster]) -> list[Cluster]:
    """Join those of one name that many bear.

    Where articles tell of them, more than the name must be the same: an office, a country and a field of
    life, an organisation, or the people who are named beside.
    """
    if len(clusters) == 1:
        return clusters
    clusters.sort(key=lambda c: c.first)
    whole: list[Cluster] = []
    for part in grouped(clusters, _evidence_keys):
        if has_conflict(part):
            # An office that several hold: only the country tells which of them is meant.
            whole += joined(part, lambda c: c.countries or {f"#{c.first}"})
        else:
            whole.append(merged(part))
    whole = _join_to_public_person(whole)
    compared = [(i, c, c.co_mentioned()) for i, c in enumerate(whole if len(whole) <= MANY else [])]
    in_one_company = (
        (i, j)
        for (i, a, others_a), (j, b, others_b) in combinations(compared, 2)
        if len(others_a & others_b) >= co_mentions_needed(a, b)
        and not conflict(a, b)
        and not a.shares_article(b)
    )
    result: list[Cluster] = []
    for group in groups(whole, in_one_company):
        result += group if has_conflict(group) else [merged(group)]
    return _join_undescribed(result)


def _join_undescribed(clusters: list[Cluster]) -> list[Cluster]:
    """An equal name is evidence enough where no article tells more of its bearer."""
    if any(c.roles or c.countries or c.orgs for c in clusters):
        return clusters
    seen: set[int] = set()
    for cluster in clusters:
        articles = set(cluster.articles)
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
    offices = {canonical_office(role) for role in cluster.roles if evidence.public_office(role)}
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
        *(office for office in cluster.posts if distinctive(office) or evidence.specific_post(office)),
        *cluster.seats,
        *(f"{country}/{of}" for country in cluster.countries for of in cluster.fields),
        *(f"@{body}" for body in cluster.bodies),
        f"#{cluster.first}",
    }


def _join_surnames(items: Iterable[tuple[str, _Signature | None, Cluster]]) -> Resolved:
    """Join names of one part by office and country to those who bear them, or to each other."""
    single: dict[str, list[tuple[_Signature, Cluster]]] = defaultdict(list)
    with_role: dict[str, list[Cluster]] = defaultdict(list)
    for key, signature, cluster in items:
        if signature is None:
            with_role[key].append(cluster)
        else:
            single[key].append((signature, cluster))

    co_mentioned = cache(Cluster.co_mentioned)
    for key in sorted(single):
        bearers = partition_by(with_role[key], lambda cluster: cluster.offices)
        own: dict[str, list[Cluster]] = defaultdict(list)
        signatures = {signature for signature, _ in single[key]}
        targets = {signature: _bearer_by_office(*signature, bearers) for signature in signatures}
        for (countries, said), cluster in single[key]:
            if (target := targets[countries, said]) is not None:
                yield "whole", target.first, (target.first, False, cluster)
            else:
                own[_office_mark(countries, said)].append(cluster)
        _merge_offices_without_country(own)
        for mark, group in sorted(own.items()):
            if mark:
                yield _person(merged(group), mark)
                continue
            # Without evidence a surname is nobody but itself.
            for part in group:
                target = _bearer_by_co_mentions(key, part, bearers, co_mentioned)
                if target is not None:
                    yield "whole", target.first, (target.first, False, part)
                else:
                    yield _person(part, "")


def _bearer_by_co_mentions(
    key: str,
    part: Cluster,
    bearers: Mapping[str, Sequence[Cluster]],
    co_mentioned: Callable[[Cluster], frozenset[int]],
) -> Cluster | None:
    """The full name that bears ``key``, holds the office, and is named beside the same people.

    Where several bear it, one must be named beside several of the same people, and the others beside none.
    """
    holders = (c for office in part.offices for c in bearers.get(office, ()))
    found = dict.fromkeys(c for c in holders if not conflict(c, part))
    described = any(map(distinctive, part.offices))
    if not found or (not described and not part.seats and key in name_tables().common_family):
        return None
    others = co_mentioned(part)
    shared = {c: len(others & co_mentioned(c)) for c in found}
    best = max(shared, key=lambda c: shared[c])
    needed = 1 if len(found) == 1 and described else 2
    if shared[best] < needed or any(shared[c] for c in found if c is not best):
        return None
    return None if part.shares_article(best) else best


def _with_surnames(items: Iterable[tuple[Key, bool, Cluster]]) -> Resolved:
    """Give clusters what surnames alone said of them."""
    for group in partition_by(items, lambda item: (item[0],)).values():
        group.sort(key=lambda item: not item[1])
        yield _person(merged([cluster for _, _, cluster in group]))


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
    countries: frozenset[str], said: frozenset[str], bearers: Mapping[str, Sequence[Cluster]]
) -> Cluster | None:
    """The one of the bearers who holds the office; None if there are none or several."""
    found: dict[Cluster, None] = {}
    for office in map(canonical_office, said):
        top = office in TOP_OFFICES
        if countries or top:
            holders = bearers.get(office, ())
            found |= dict.fromkeys(
                c for c in holders if not countries or (countries & c.countries if c.countries else top)
            )
    return next(iter(found)) if len(found) == 1 else None


def _office_mark(countries: frozenset[str], said: frozenset[str]) -> str:
    """Under what surnames alone are one person: an office of state, or a throne with its country."""
    tops = sorted({canonical_office(role) for role in said} & TOP_OFFICES)
    thrones = sorted(said & ROYAL_TITLES) if countries else []
    return f"{(tops or thrones)[0]}/{''.join(countries)}" if (tops or thrones) and len(countries) < 2 else ""


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
    """A name as used in ids."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-") or "person"


def short_hash(*parts: object) -> str:
    """A short hash that tells namesakes apart in ids."""
    return hashlib.blake2b(
        "\0".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=4
    ).hexdigest()


def _own_id(cluster: Cluster) -> str:
    return slug(cluster.name) if cluster.known is None else cluster.known.id


def _person(cluster: Cluster, mark: str | None = None) -> tuple[str, str, tuple[str | None, Cluster]]:
    """A cluster on its way to its id, by the name there; ``mark`` where it is a name of one part alone."""
    return "persons", name_in_id(_own_id(cluster)), (mark, cluster)


def name_in_id(person_id: str) -> str:
    """The part of a ``person_id`` before the suffix that distinguishes namesakes."""
    return person_id.partition("--")[0]


def _persons(items: Iterable[tuple[str | None, Cluster]]) -> Resolved:
    """The rows and ids of persons: of one name the ids tell them apart."""
    given = list(items)
    wanted = Counter(_own_id(c) for mark, c in given if mark is None and c.known is None)
    named: list[tuple[str, Cluster]] = []
    for mark, cluster in given:
        own_id = _own_id(cluster)
        if mark is not None:
            own_id += "--" + (slug(mark) if mark else short_hash(*cluster.first))
        elif cluster.known is None and wanted[own_id] > 1:
            own_id += "--" + _distinguishing_suffix(cluster)
        named.append((own_id, cluster))
    taken = Counter(person_id for person_id, _ in named)
    for person_id, cluster in named:
        if taken[person_id] > 1 and cluster.known is None:
            person_id += "-" + short_hash(*cluster.first)
        yield "rows", name_in_id(person_id), person_row(person_id, cluster, len(set(cluster.articles)))
        for shard, numbers in partition_by(cluster.members, lambda n: (n >> SHARD_BITS,)).items():
            yield "ids", shard, (numbers, (person_id,))


def _distinguishing_suffix(cluster: Cluster) -> str:
    """What tells a person from others of the same name: country, else office, else an article."""
    if cluster.countries:
        return "-".join(sorted(cluster.countries)).lower()
    if cluster.roles:
        return slug(min(cluster.roles, key=lambda r: (-cluster.roles[r], r)))
    return short_hash(*cluster.first)


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
