"""The people of a run: links the records of all shards, and writes the ids into their rows."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.corpus.linking.clusters import Key
from newsledger.corpus.linking.resolve import SHARD_BITS, Named
from newsledger.corpus.people import Judgement, MentionCounts, judge, link_or_leave
from newsledger.corpus.steps import ITEMS, Resolved, Spread, Steps
from newsledger.engines.store import RECORDS, StoredShard, held_shard, write_shard
from newsledger.normalizer.corrections import AppliedCorrections
from newsledger.normalizer.rows import Row, cells, make_array, person_rows
from newsledger.normalizer.run_record import digest
from newsledger.values.people import KnownPeople, People, PersonRecord, PersonRow

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class _Records:
    """The people of some shards, article by article."""

    shards: Sequence[tuple[int, StoredShard]]

    def __iter__(self) -> Iterator[Named]:
        for shard, stored in self.shards:
            numbered = enumerate(stored.records(), start=shard << SHARD_BITS)
            for _, people in groupby(numbered, key=lambda item: item[1][0]):
                yield [(number, record) for number, (_, record) in people]


class LinkedPeople:
    """The persons of a run, where they are many in files of ``tmp``.

    ``added`` are the people of one shard more, the last: the shard and number of one of the others, or a
    record of somebody who is named nowhere else.
    """

    def __init__(
        self,
        shards: Sequence[StoredShard],
        added: Sequence[PersonRecord | tuple[int, int]],
        *,
        known: KnownPeople | None,
        corrections: AppliedCorrections,
        tmp: Path | None,
        spread: Spread,
    ) -> None:
        sizes = [shard.about["rows"][RECORDS] for shard in shards]
        many = 1 if tmp is None else 1 + sum(sizes) // ITEMS
        last = (len(shards) - 1) << SHARD_BITS
        own = [[(last + n, one)] for n, one in enumerate(added) if isinstance(one, PersonRecord)]
        self._same = {
            last + n: (one[0] << SHARD_BITS) + one[1] for n, one in enumerate(added) if isinstance(one, tuple)
        }
        self._tmp = None if many == 1 else tmp
        self._inputs: list[Iterable[Named]] = [
            *(_Records([*enumerate(shards)][part::many]) for part in range(many)),
            own,
        ]
        self._steps = Steps(tmp and tmp / "steps", partitions=many, spread=spread)
        self.issues = link_or_leave(self._steps, self._inputs, known=known)
        self.judged: dict[str, str | None] = {}
        self._changed: dict[int, str] = {}
        """The ids of records whose persons were judged."""
        self._persons: dict[str, PersonRow | None] = {}
        """The rows of these persons; None if nobody is left of one."""
        self._judge(_records_of(corrections.mentions(), shards), corrections.judgements)
        self._steps.run("ids", partial(_by_shard, self._changed))
        self._ids = lru_cache(maxsize=4)(lambda part: dict(self._steps.take("shards", part)))

    def _judge(
        self, mentions: Mapping[str, int], judgements: Callable[[Mapping[str, Key]], Sequence[Judgement]]
    ) -> None:
        """Take in what people said of who is who."""
        numbers = {mention: self._same.get(number, number) for mention, number in mentions.items()}
        records = self._records(numbers.values())
        said = judgements({mention: records[number].key for mention, number in numbers.items()})
        if self.issues or not said:
            self.judged = {one.correction_id: self.issues[0].message for one, *_ in said}
            return
        named = (p for members, (p,) in self._steps.take("ids") if not records.keys().isdisjoint(members))
        concerned = {*(one.new or "" for one, *_ in said), *named}
        ids = {n: p for members, (p,) in self._steps.take("ids") if p in concerned for n in members}
        records = self._records(ids)
        rows = [row for row in self._steps.take("rows") if row.person_id in concerned]
        people = People(rows=tuple(rows), ids={records[n].key: p for n, p in ids.items()})
        people, self.judged = judge(people, list(records.values()), said)
        self._changed = {n: people.ids[records[n].key] for n in ids}
        self._persons = {**dict.fromkeys(concerned), **{row.person_id: row for row in people.rows}}

    def _records(self, numbers: Collection[int]) -> dict[int, PersonRecord]:
        wanted = frozenset(numbers)
        people = chain.from_iterable(chain.from_iterable(self._inputs if wanted else ()))
        return {number: record for number, record in people if number in wanted}

    def with_person_ids(self, shard: int, rows: pa.Table) -> pa.Table:
        """Rows of a table of a shard with the ``person_id`` in place of the record's number."""
        import pyarrow as pa

        at, first = rows.schema.get_field_index("person_id"), shard << SHARD_BITS
        numbers = [n if n is None else first + n for n in rows.column("person_id").to_pylist()]
        if self._same:
            numbers = [n if n is None else self._same.get(n, n) for n in numbers]
        parts = self._steps.partitions
        ids = [n if n is None else self._ids((n >> SHARD_BITS) % parts)[n] for n in numbers]
        return rows.set_column(at, rows.schema.field(at).with_type(pa.string()), make_array(ids, pa.string()))

    def stored_rows(self, counts: MentionCounts) -> list[StoredShard]:
        """The rows of ``people`` as sorted shards, with ``counts`` of the mentions."""
        held = [row for row in self._persons.values() if row is not None]
        paths: list[Path] = []
        if self._tmp is None:
            held += (row for row in self._steps.take("rows") if row.person_id not in self._persons)
        else:
            folder = self._tmp / "rows"
            self._steps.run("rows", partial(_write_rows, folder, counts, frozenset(self._persons)))
            paths = sorted(folder.glob("[!.]*/shard.json"))  # not what a killed process left unfinished
        own = held_shard({"people": _rows(held, counts)}, tables=("people",))
        return [own, *(StoredShard.read(path.parent) for path in paths)]


def _records_of(wanted: Collection[str], shards: Sequence[StoredShard]) -> dict[str, int]:
    """The numbers of the records of some mentions."""
    names = ["mention_id", "person_id"]
    found: dict[str, int] = {}
    for number, shard in enumerate(shards if wanted else ()):
        for batch in shard.batches("person_mentions", names):
            rows = cells(batch, *names)
            found.update((m, (number << SHARD_BITS) + record) for m, record in rows if m in wanted)
    return found


def _by_shard(changed: Mapping[int, str], items: Iterable[tuple[Iterable[int], tuple[str]]]) -> Resolved:
    """The persons of records, by the shard, as judged where they were."""
    for numbers, (person_id,) in items:
        for number in numbers:
            yield "shards", number >> SHARD_BITS, (number, changed.get(number, person_id))


def _write_rows(
    folder: Path, counts: MentionCounts, without: Collection[str], items: Iterable[PersonRow]
) -> Resolved:
    """Write the rows of persons, but for some."""
    if found := _rows((row for row in items if row.person_id not in without), counts):
        name = digest(found[0][0])
        unfinished = folder / f".{name}.{os.getpid()}"
        write_shard(folder / name, unfinished, {"people": found}, {}, tables=("people",))
    return ()


def _rows(people: Iterable[PersonRow], counts: MentionCounts) -> list[Row]:
    return [(*row, 0) for row in person_rows(counts.rows(people))]
