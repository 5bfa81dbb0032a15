"""The people of a run: from the records of its shards to persons, and their ids in the rows of the shards."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.corpus.linking.resolve import SHARD_BITS, Named, short_hash
from newsledger.corpus.people import MentionCounts, RunPeople
from newsledger.corpus.steps import ITEMS, Resolved, Spread, Steps
from newsledger.engines.store import RECORDS, StoredShard, write_shard
from newsledger.normalizer.columns import make_array
from newsledger.normalizer.corrections import AppliedCorrections
from newsledger.normalizer.rows import person_rows
from newsledger.values.people import KnownPeople, PersonRecord, PersonRow

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
    """The persons of a run, in files of ``tmp``.

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
        tmp: Path,
        spread: Spread,
    ) -> None:
        last = len(shards) - 1
        own = [[(_number(last, n), one)] for n, one in enumerate(added) if isinstance(one, PersonRecord)]
        self._same = {
            _number(last, n): _number(*one) for n, one in enumerate(added) if isinstance(one, tuple)
        }
        self._folder = tmp
        groups = [*_grouped(shards)]
        folder = tmp / "steps" if len(groups) > 1 else None
        self._steps = Steps(folder, partitions=len(groups), spread=spread)
        mentions = _records_of(corrections.mentions(), shards)
        people = RunPeople(
            self._steps,
            [*groups, own],
            known=known,
            mentions={mention: self._same.get(number, number) for mention, number in mentions.items()},
            judgements=corrections.judgements,
        )
        self.issues, self.judged, self._persons = people.issues, people.judged, people.persons
        sizes = [shard.about["rows"][RECORDS] for shard in shards]
        sizes[last:] = [sizes[last] or len(added)] if shards else []
        self._steps.run("ids", partial(_write_ids, tmp / "ids", sizes, people.changed))
        self._ids = lru_cache(maxsize=8)(partial(_read_ids, tmp / "ids"))

    def with_person_ids(self, shard: int, rows: pa.Table) -> pa.Table:
        """Rows of a table of a shard with the ``person_id`` in place of the record's number."""
        import pyarrow as pa

        at = rows.schema.get_field_index("person_id")
        numbers = [n if n is None else _number(shard, n) for n in rows.column("person_id").to_pylist()]
        if self._same:
            numbers = [n if n is None else self._same.get(n, n) for n in numbers]
        ids = [n if n is None else self._ids(n >> SHARD_BITS)[n & _RECORD] for n in numbers]
        return rows.set_column(at, "person_id", make_array(ids, pa.string()))

    def stored_rows(self, counts: MentionCounts) -> list[StoredShard]:
        """The rows of ``people`` as sorted shards, with ``counts`` of the mentions."""
        folder = self._folder / "rows"
        self._steps.run("rows", partial(_write_rows, folder, counts, frozenset(self._persons)))
        _write_rows(folder, counts, (), filter(None, self._persons.values()))
        paths = sorted(folder.glob("*/shard.json"))
        return [StoredShard(path.parent, json.loads(path.read_text(encoding="utf-8"))) for path in paths]


_RECORD = (1 << SHARD_BITS) - 1


def _number(shard: int, record: int) -> int:
    return (shard << SHARD_BITS) + record


def _grouped(shards: Sequence[StoredShard]) -> Iterator[_Records]:
    """The records of shards, about as many in each as a partition is to have."""
    group, size = [], 0
    for number, shard in enumerate(shards):
        group.append((number, shard))
        size += shard.about["rows"][RECORDS]
        if size >= ITEMS:
            yield _Records(group)
            group, size = [], 0
    yield _Records(group)


def _records_of(wanted: Collection[str], shards: Sequence[StoredShard]) -> dict[str, int]:
    """The numbers of the records of some mentions."""
    names = ["mention_id", "person_id"]
    found: dict[str, int] = {}
    for number, shard in enumerate(shards if wanted else ()):
        for batch in shard.batches("person_mentions", names):
            rows = zip(*(batch.column(name).to_pylist() for name in names), strict=True)
            found.update((mention, _number(number, record)) for mention, record in rows if mention in wanted)
    return found


def _write_ids(
    folder: Path,
    sizes: Sequence[int],
    changed: Mapping[int, str],
    items: Iterable[tuple[Iterable[int], tuple[str]]],
) -> Resolved:
    """Write who the records of some shards are, a file for each."""
    import pyarrow as pa

    found: dict[int, list[str | None]] = {}
    for numbers, (person_id,) in items:
        for number in numbers:
            shard = number >> SHARD_BITS
            ids = found.get(shard) or found.setdefault(shard, [None] * sizes[shard])
            ids[number & _RECORD] = changed.get(number, person_id)
    folder.mkdir(parents=True, exist_ok=True)
    for shard, ids in found.items():
        rows = pa.record_batch([pa.array(ids, pa.string())], names=["person_id"])
        unfinished = folder / f".{shard}.{os.getpid()}"
        with pa.OSFile(str(unfinished), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
            writer.write_batch(rows)
        unfinished.replace(_ids_path(folder, shard))
    return ()


def _ids_path(folder: Path, shard: int) -> Path:
    return folder / f"{shard}.arrow"


def _read_ids(folder: Path, shard: int) -> list[str]:
    import pyarrow as pa

    with pa.OSFile(str(_ids_path(folder, shard)), "rb") as file:
        ids: list[str] = pa.ipc.open_file(file).get_batch(0).column(0).to_pylist()
    return ids


def _write_rows(
    folder: Path,
    counts: MentionCounts,
    without: Collection[str],
    items: Iterable[PersonRow],
) -> Resolved:
    """Write the rows of persons, but for some."""
    rows = (row for row in items if row.person_id not in without)
    found = [(*row, 0) for row in person_rows(counts.rows(rows))]
    if found:
        name = short_hash(found[0][0])
        write_shard(
            folder / name, folder / f".{name}.{os.getpid()}", {"people": found}, {}, tables=("people",)
        )
    return ()
