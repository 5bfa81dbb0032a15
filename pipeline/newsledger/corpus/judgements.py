"""Who is who by a person's judgement: it stands over what the linking of people found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from newsledger.corpus.linking.clusters import Cluster, Key, merged
from newsledger.corpus.linking.resolve import person_row, short_hash, slug
from newsledger.values.people import People, PersonRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """That the person of a record is, or is not, that of an ``other`` record, or the one of ``person_id``."""

    correction_id: str
    same: bool
    record: Key
    other: Key | None
    person_id: str


def judge(
    people: People, records: Sequence[PersonRecord], judgements: Iterable[Judgement]
) -> tuple[People, dict[str, str | None]]:
    """The people as judged, and by correction what is wrong with it, or None where it holds.

    "Same" joins all that was taken for either person; "not the same" parts the one article from the person.
    Of two judgements that contradict each other the later holds. Ids of others stay.
    """
    ids = dict(people.ids)
    groups: dict[str, list[Key]] = defaultdict(list)
    for key, person_id in ids.items():
        groups[person_id].append(key)
    names = {(record.article_id, record.person): record.name for record in records}
    apart: set[tuple[Key, Key]] = set()
    said: dict[str, str | None] = {}
    changed: set[str] = set()

    def move(keys: Sequence[Key], target: str) -> None:
        for key in list(keys):
            groups[ids[key]].remove(key)
            changed.update((ids[key], target))
            groups[target].append(key)
            ids[key] = target

    for one in judgements:
        own = ids[one.record]
        target = ids[one.other] if one.other is not None else one.person_id
        said[one.correction_id] = None if groups.get(target) else f"there is no person {target!r}"
        if not groups.get(target):
            continue
        if one.same and own != target:
            here = set(groups[target])
            apart = {pair for pair in apart if not (one.record in pair and here.intersection(pair))}
            kept = [key for key in groups[own] if not _parted(key, here, apart)]
            move(kept, target)
        elif not one.same and own == target and len(groups[own]) > 1:
            apart.update((one.record, key) for key in groups[own] if key != one.record)
            move([one.record], f"{slug(names[one.record])}--{short_hash(*one.record)}")
    return _described(people, ids, groups, changed, records), said


def _parted(key: Key, group: set[Key], apart: set[tuple[Key, Key]]) -> bool:
    return any(key in pair and group.intersection(pair) for pair in apart)


def _described(
    people: People,
    ids: dict[Key, str],
    groups: dict[str, list[Key]],
    changed: set[str],
    records: Sequence[PersonRecord],
) -> People:
    before = {row.person_id: row for row in people.rows}
    rows = [row for row in people.rows if row.person_id not in changed]
    numbers = {(record.article_id, record.person): n for n, record in enumerate(records)}
    for person_id in changed:
        if groups[person_id]:
            members = sorted(numbers[key] for key in groups[person_id])
            cluster = merged([Cluster.of(records[number], number) for number in members])
            row = person_row(person_id, cluster, len({article for article, _ in groups[person_id]}))
            if person_id in before:  # also of a known person, whose name is given
                old = before[person_id]
                given = {name: getattr(old, name) for name in ("name", "given", "family", "suffix")}
                aliases = {*row.aliases, row.name} - {old.name}
                row = replace(row, **given, aliases=tuple(sorted(aliases)))
            rows.append(row)
    return People(rows=tuple(sorted(rows, key=lambda row: row.person_id)), ids=ids)
