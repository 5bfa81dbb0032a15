"""Links people whose names are variants of one name, if further evidence supports it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from newsledger.corpus.linking.clusters import MANY, Cluster, Key, conflict, groups, merged
from newsledger.corpus.linking.evidence import (
    TOP_OFFICES,
    distinctive,
    field_of,
    is_common_name,
    specific_post,
)
from newsledger.corpus.steps import partition_by
from newsledger.stages.people.boundaries.name_keys import fold, phonetic_key
from newsledger.stages.people.boundaries.name_parts import NameParts, parse_name
from newsledger.stages.people.coreference.name_variants import form_of
from newsledger.stages.people.tables import names as name_tables

_FEW = 40
"""In larger buckets only those are compared who share an evidence that is quick to find."""


def co_mentions_needed(one: Cluster, other: Cluster) -> int:
    """How many of those named beside must be the same: more, where the two are of different fields."""
    fields, others = (
        {field_of(office) for office in cluster.offices if distinctive(office) or specific_post(office)}
        for cluster in (one, other)
    )
    return 1 if not fields or not others or fields & others else 3


def roots(cluster: Cluster) -> Iterator[tuple[str, list[str]]]:
    """The buckets of a cluster whose name may have other forms, by the sound of the family name, or the like.

    Only clusters that share a bucket are compared: the sound of the family name, and the sound or pet form
    of a given name.
    """
    return iter(partition_by(sorted(_buckets(cluster)), lambda bucket: (bucket.partition("/")[0],)).items())


def find_variants(
    items: Iterable[tuple[list[str], Cluster]],
) -> Iterator[tuple[str, object, tuple[Key, Key]]]:
    """The pairs of clusters in a partition that are one person under two spellings, by their first records.

    Country, office, organisation or company must be the same.
    """
    buckets: dict[str, list[Cluster]] = defaultdict(list)
    for own, cluster in items:
        for bucket in own:
            buckets[bucket].append(cluster)

    co_mentioned = cache(Cluster.co_mentioned)

    def are_variants(one: Cluster, other: Cluster, few: bool) -> bool:
        if _contradict(one, other):
            return False
        if _same_person(one, other):
            return True
        shared = len(co_mentioned(one) & co_mentioned(other)) if few else 0
        return few and _are_enough(shared, one, other) and not one.shares_article(other)

    for members in buckets.values():
        members.sort(key=_place)
        few = len(members) <= _FEW
        for some in (members,) if few else _by_evidence(members):
            for one, other in combinations(some, 2):
                if are_variants(one, other, few):
                    yield "pairs", 0, (one.first, other.first)


def _place(cluster: Cluster) -> tuple[int, str, Key]:
    parts = cluster.parts
    if cluster.known is not None:
        return 2, cluster.known.id, cluster.first
    return int(is_common_name(parts)), f"{parts.joined}/{fold(parts.suffix or '')}", cluster.first


def join_variants(items: Iterable[tuple[set[Key], Cluster]]) -> list[Cluster]:
    """Join clusters to those that each goes with, by their first records; all of these are among the items.

    A cluster that goes with two others which contradict each other joins neither.
    """
    given = sorted(items, key=lambda item: _place(item[1]))
    clusters = [cluster for _, cluster in given]
    numbers = {cluster.first: number for number, cluster in enumerate(clusters)}
    joins = [sorted(numbers[first] for first in others) for others, _ in given]
    whole = {
        i
        for i, others in enumerate(joins)
        if not any(_contradict(clusters[b], clusters[a]) for a, b in combinations(others, 2))
    }
    pairs = ((i, j) for i in whole for j in whole.intersection(joins[i]))
    return [merged(group) for group in groups(clusters, pairs)]


def _by_evidence(members: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """Those of a large bucket that share a country, an office or an organisation."""

    def evidence(cluster: Cluster) -> Iterator[str]:
        yield from cluster.countries
        yield from (office for office in cluster.posts if distinctive(office) or specific_post(office))
        yield from cluster.seats
        yield from (f"@{body}" for body in cluster.bodies)

    return (some for some in partition_by(members, evidence).values() if len(some) <= MANY)


def _buckets(cluster: Cluster) -> set[str]:
    taken = cluster.parts
    if taken.family is None or len(taken.units) < 2:
        return set()
    family = phonetic_key(taken.units[taken.family].bare)
    nicknames = name_tables().nicknames
    found = {"=" + "".join(sorted(taken.keys))}
    for i, unit in enumerate(taken.units):
        if i == taken.family:
            continue
        found.add(f"{family}/{unit.key[0]}." if unit.initial else f"{family}/{phonetic_key(unit.key)}")
        found.update(f"{family}/{group}" for group in nicknames.get(unit.key, ()))
        if i == 0 or taken.family == 0:
            found.add(f"{family}/{unit.key[0]}.")
        if len(taken.units) > 2:
            found.add(f"{phonetic_key(unit.bare)}/{phonetic_key(taken.units[0].key)}")
    if cluster.surfaces or len(cluster.names) > 1:
        found.update(f"={''.join(sorted(form.keys))}" for form in _forms(cluster))
    return found


def _forms(cluster: Cluster) -> list[NameParts]:
    """The full names that the articles give a person."""
    described = (name for name in (*cluster.names, *cluster.surfaces) if " " in name)
    return [form for form in map(parse_name, described) if len(form.units) > 1]


def _are_forms_of_one_name(one: Cluster, other: Cluster) -> bool:
    """Whether two names are forms of each other, or an article calls one of the people by both."""
    a, b = one.parts, other.parts
    if form_of(a, b) == "full" or (len(a.units) != len(b.units) and form_of(b, a) == "full"):
        return True
    if a.suffix and b.suffix and fold(a.suffix) != fold(b.suffix):
        return False
    for (long, short), person in (((a, b), one), ((b, a), other)):
        described = person.surfaces or len(person.names) > 1
        if described and any(form.joined == short.joined for form in _forms(person)):
            return True
        if len(long.units) > 2 and long.units[0].initial:
            # "G. Richard Hale" goes by his second name.
            rest = parse_name(" ".join(unit.text for unit in long.units[1:]))
            if form_of(short, rest) == "full" or form_of(rest, short) == "full":
                return True
        size = len(short.units)
        if 1 < size < len(long.units) and short.keys == long.keys[-size:]:
            # "President López Obrador": the office tells that no son is meant.
            return bool(one.offices & other.offices & TOP_OFFICES)
    return False


def _contradict(one: Cluster, other: Cluster) -> bool:
    """Whether two clusters cannot be one person: names that are no forms of each other, or the evidence."""
    a, b = one.parts, other.parts
    if one.known is not None and other.known is not None:
        return True
    if one.known is None and other.known is None and a.joined == b.joined and a.suffix == b.suffix:
        return True  # Of one name, and yet not joined.
    tops, others = one.offices & TOP_OFFICES, other.offices & TOP_OFFICES
    if tops and others and not tops & others:
        return True  # A president and a vice president of nearly one name may be father and son.
    return conflict(one, other) or not _are_forms_of_one_name(one, other)


def _same_person(one: Cluster, other: Cluster) -> bool:
    """Whether country, office or organisation say that two people, whose names are forms of one, are one."""
    office = any(map(distinctive, one.posts & other.posts)) or bool(one.seats & other.seats)
    org = bool(one.bodies & other.bodies)
    if not (office or org):
        return False
    ends = {r.split()[-1] for r in one.posts} & {r.split()[-1] for r in other.posts}
    ends |= one.seats & other.seats
    if one.offices and other.offices and not ends and not org:
        return False
    # A father and his son may have one country and one firm, but not one post.
    return _have_one_suffix(one, other) or bool(one.offices & other.offices)


def _have_one_suffix(one: Cluster, other: Cluster) -> bool:
    return fold(one.parts.suffix or "") == fold(other.parts.suffix or "")


def _names_nearly_equal(one: Cluster, other: Cluster) -> bool:
    """Whether two names say as much as one would: by what they differ in, and what else is the same.

    The family name is rare, and an article calls one of the two people by the other's name, or they differ
    by a middle initial alone, or by "Jr." or a pet form where both are of one field of public life.
    """
    a, b = one.parts, other.parts
    if a.family is None or b.family is None:
        return False
    families = (a.units[a.family], b.units[b.family])
    if families[0].key != families[1].key:
        return False
    if families[0].key in name_tables().common_family:
        return False
    same_suffix = _have_one_suffix(one, other)
    for short, person in ((b, one), (a, other)):
        if same_suffix and person.surfaces and any(form.joined == short.joined for form in _forms(person)):
            return True
    if one.orgs and other.orgs and not one.orgs & other.orgs:
        return False
    if one.offices & TOP_OFFICES != other.offices & TOP_OFFICES:
        return False  # Sons follow their fathers into these.
    given = [[u for i, u in enumerate(p.units) if i != p.family] for p in (a, b)]
    if not all(given):
        return False
    if not all(u.initial for names in given for u in names[1:]):
        return False
    field = not (one.fields & other.fields).issubset(_NO_EVIDENCE)
    post = not one.offices.isdisjoint(other.offices)
    if not same_suffix and not field and not post:
        return False
    return given[0][0].key == given[1][0].key or field


_NO_EVIDENCE = frozenset({"business", "other", "media", "sport", "arts", "academia"})
"""Fields of so many that it says nothing to be of the same."""


def _are_enough(shared: int, one: Cluster, other: Cluster) -> bool:
    """Whether so many named beside two people, whose names are forms of one, say that they are one."""
    needed = co_mentions_needed(one, other)
    if needed == 1 and _names_nearly_equal(one, other):
        return True
    a, b = one.parts, other.parts
    if is_common_name(a) or is_common_name(b) or a.units[0].initial or b.units[0].initial:
        needed += 1
    return shared >= needed and (_have_one_suffix(one, other) or bool(one.offices & other.offices))
