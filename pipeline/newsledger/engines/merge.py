"""Merges finished shards into the final tables, in bounded memory.

Three steps. *Settle*: ids that occur in several shards are made unique, and what came from files that have
changed since is left out; the few shards concerned are written anew. *Copies and people*: found over all
shards in partitions, which any process of the run resolves. *Merge*: the shards, each sorted, are merged
table by table, with a few megabytes in memory.

Articles in memory are one shard there, which needs no settling.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.corpus import copies
from newsledger.corpus.steps import Spread, Steps, each_in_turn
from newsledger.engines.people import LinkedPeople
from newsledger.engines.shards import Done, InputFile
from newsledger.engines.store import FILES, RECORDS, STORED, StoredShard, add_article, held_shard, write_shard
from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer.corrections import FINISHED
from newsledger.normalizer.finish import READ, Finish, RunSettings
from newsledger.normalizer.rows import (
    PERSON_TABLES,
    Row,
    cells,
    fitted_rows,
    issue_row,
    make_array,
    with_person_ids,
)
from newsledger.normalizer.run_record import Counts
from newsledger.normalizer.schema import TABLES, arrow_schema, table
from newsledger.normalizer.writers import parquet_rows
from newsledger.normalizer.writers.parquet_files import write_file
from newsledger.reading import unused_field
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue
from newsledger.values.plain import to_json
from newsledger.values.unique_ids import UniqueIds

if TYPE_CHECKING:
    import pyarrow as pa


_NUMBERED = lazy_regex(r"~\d+\Z")
_MADE_OF_ARTICLE = ("mention_id", "figure_id", "role_id")
"""Ends of the names of columns that hold an article's id and offsets."""


@dataclass(slots=True)
class _Change:
    """What is to be changed in a shard: articles to leave out, and new ids by article number."""

    parts: set[int] = field(default_factory=set)
    renamed: dict[int, str] = field(default_factory=dict)


def merge(
    shards: Sequence[StoredShard],
    files: Collection[InputFile],
    done: Done,
    *,
    issues: Iterable[Issue],
    run: RunSettings,
    kept: tuple[str, ...] = (),
    tmp: Path,
    spread: Spread = each_in_turn,
) -> tuple[dict[str, Path], dict[str, Any]]:
    """Merge shards into ``<table>.parquet`` files in ``tmp``; ``spread`` is where that can be divided.

    Returns these by table, and what ``run.json`` says of them. Only what came from ``files``, as ``done``
    knows them, is taken, each piece once. ``issues`` are those of the run as a whole, ``kept`` the sources'
    own fields in ``articles``.
    """
    tmp.mkdir(parents=True, exist_ok=True)
    settled, warnings = _settle(shards, files, done, tmp / "settled")
    issues = [*issues, *warnings]
    size = sum(shard.about["files"]["articles.arrow"]["bytes"] for shard in settled)
    steps = Steps(tmp / "copies", partitions=copies.partitions(size), spread=spread)
    made = {name: tmp / f"{name}.parquet" for name in TABLES}
    said = Counts()

    def write(name: str, pieces: Iterable[pa.Table]) -> Iterable[pa.RecordBatch]:
        unused = set(kept if name == "articles" else ())

        def counted() -> Iterator[pa.Table]:
            for piece in pieces:
                said.add(name, piece)
                unused.difference_update([f for f in unused if piece[f].null_count < piece.num_rows])
                yield piece

        write_file(made[name], name, kept, counted())
        issues.extend(unused_field(field) for field in kept if field in unused)
        return parquet_rows(made[name]).batches()

    _finish(settled, write, issues, run, kept, tmp=tmp / "people", steps=steps, spread=spread)
    return made, said.record()


def collect(extractions: Iterable[Extraction | Issue], run: RunSettings) -> dict[str, pa.Table]:
    """The tables of ``extractions``, whose articles must have ids of their own, in memory.

    An `Issue` among the extractions becomes a row of ``issues`` as it stands.
    """
    import pyarrow as pa

    rows: dict[str, list[Row]] = {name: [] for name in FILES}
    fields: list[Mapping[str, str | None]] = []
    kept: tuple[str, ...] = ()
    for item in extractions:
        if isinstance(item, Issue):
            rows["issues"].append((*issue_row(item), -1))
            continue
        [(item, own_rows)] = fitted_rows([item])
        kept = tuple(dict.fromkeys((*kept, *item.article.fields)))
        table("articles", kept)  # refuses a field that is a column already
        add_article(rows, item, own_rows)
        fields.append(item.article.fields)
    width = len(TABLES["articles"].columns)
    articles = zip(rows["articles"], fields, strict=True)
    rows["articles"] = [(*row[:width], *map(own.get, kept), *row[width:]) for row, own in articles]
    tables: dict[str, pa.Table] = {}

    def hold(name: str, pieces: Iterable[pa.Table]) -> list[pa.Table]:
        batches = chain.from_iterable(piece.to_batches() for piece in pieces)
        tables[name] = pa.Table.from_batches(batches, schema=arrow_schema(name, kept))
        return [tables[name]]

    _finish([held_shard(rows, kept)], hold, [], run, kept)
    return tables


def _finish(
    shards: Sequence[StoredShard],
    write: Callable[[str, Iterable[pa.Table]], Iterable[pa.Table | pa.RecordBatch]],
    issues: list[Issue],
    run: RunSettings,
    kept: tuple[str, ...],
    *,
    tmp: Path | None = None,
    steps: Steps | None = None,
    spread: Spread = each_in_turn,
) -> None:
    """Have the final tables written one by one: ``write`` is given the pieces of each, and gives them back.

    ``issues`` are those of the run as a whole, to which ``write`` may add. Copies are found in ``steps``, and
    people are joined in files of ``tmp``; without these in memory.
    """
    read = (*READ, "text", "title") if run.corrections else READ
    finish = Finish(run, _merge_sorted("articles", shards, columns=read), steps=steps)
    corrections = finish.corrections
    pieces_of = partial(_merge_sorted, shards=shards, prepare=_with_shard)
    added, persons = corrections.add_rows(pieces_of, ledger=run.ledger)
    if added:
        shards = [*shards, held_shard({name: [(*row, 0) for row in rows] for name, rows in added.items()})]
    people = LinkedPeople(shards, persons, known=run.known, corrections=corrections, tmp=tmp, spread=spread)
    corrections.take_judged(people.judged)
    issues += people.issues
    for name in FINISHED:
        own = shards
        if name == "people":
            own = people.stored_rows(finish.counts)
        elif name == "corrections":
            own = [held_shard({name: [(*row, 0) for row in corrections.rows()]}, tables=(name,))]
        elif name == "issues":
            rows = map(issue_row, [*issues, *corrections.issues()])
            own = [*shards, held_shard({name: [(*row, -1) for row in rows]}, tables=(name,))]
        prepare = people.with_person_ids if name in PERSON_TABLES else None
        pieces = _merge_sorted(name, own, columns=table(name, kept).names, prepare=prepare)
        written = write(name, (finish.piece(name, piece) for piece in pieces))
        if name == "person_mentions":
            finish.count(written)


# Settle


def _settle(
    shards: Sequence[StoredShard], files: Collection[InputFile], done: Done, tmp: Path
) -> tuple[list[StoredShard], list[Issue]]:
    """Shards in which every article counts and has an id of its own, and the warnings about ids."""
    changes: dict[int, _Change] = {}
    order = _leave_out(shards, files, done, changes)
    warnings = _rename(shards, order, changes, [file.source.relative for file in files])
    settled = []
    for number, shard in enumerate(shards):
        change = changes.get(number)
        if change is None:
            settled.append(shard)
        elif len(change.parts) < len(shard.parts):
            settled.append(_rewritten(shard, change, tmp))
    return settled, warnings


def _leave_out(
    shards: Sequence[StoredShard], files: Collection[InputFile], done: Done, changes: dict[int, _Change]
) -> dict[tuple[int, int], int]:
    """Mark parts that do not count; returns the place of the file of each (shard, part) in the input."""
    places = {(file.source.relative, file.same): place for place, file in enumerate(files)}
    now = {file.identity for file in files}
    order: dict[tuple[int, int], int] = {}
    taken: set[tuple[Any, ...]] = set()
    for number, shard in enumerate(shards):
        for at, part in enumerate(shard.parts):
            file = (part["relative"], part["same"])
            key = (*file, part["piece"])
            if key in taken or not done.is_current(part, now):
                changes.setdefault(number, _Change()).parts.add(at)
            else:
                taken.add(key)
                order[number, at] = places[file]
    return order


def _rename(
    shards: Sequence[StoredShard],
    order: Mapping[tuple[int, int], int],
    changes: dict[int, _Change],
    paths: Sequence[str],
) -> list[Issue]:
    """Give the second article of an id, in the order of the input (of files of these paths), another one."""
    found: list[tuple[int, int, int, int, str]] = []
    columns = ("article_id", "_no", "_part", "_item")
    pieces = _merge_sorted("articles", shards, columns=columns, prepare=_with_shard)
    for article_id, same in groupby(chain.from_iterable(map(cells, pieces)), itemgetter(0)):
        of_id = [
            (order[shard, part], item, shard, article, article_id)
            for _, article, part, item, shard in same
            if (shard, part) in order
        ]
        if len(of_id) > 1 or _NUMBERED.search(article_id):
            found += of_id
    ids = UniqueIds()
    warnings: list[Issue] = []
    for place, _, shard, article, wanted in sorted(found):
        unique = ids.unique(wanted)
        if unique != wanted:
            changes.setdefault(shard, _Change()).renamed[article] = unique
            warnings += ids.issues(wanted, unique, paths[place])
    return warnings + ids.rest()


def _rewritten(shard: StoredShard, change: _Change, tmp: Path) -> StoredShard:
    """A copy of a shard without what does not count, with the new ids."""
    left_out: set[int] = set()
    rows: dict[str, list[Row]] = {}
    for name in STORED:
        names = TABLES[name].names
        id_at = names.index("article_id")
        keys = [at for at, column in enumerate(names) if column.endswith(_MADE_OF_ARTICLE)]
        kept = rows[name] = []
        for batch in shard.batches(name):
            number_at = batch.schema.get_field_index("_no")
            part_at = batch.schema.get_field_index("_part")
            for row in cells(batch):
                number = row[number_at]
                if part_at >= 0 and row[part_at] in change.parts:
                    left_out.add(number)
                if number not in left_out:
                    kept.append(_renamed(row, change.renamed.get(number), id_at, keys))
    # Issues of files that do not count go too; those of an article went with it.
    parts = [*enumerate(shard.parts)]
    counting = {part["relative"] for at, part in parts if at not in change.parts}
    gone = {part["relative"] for _, part in parts} - counting
    path_at = TABLES["issues"].names.index("source_path")
    rows["issues"] = [row for row in rows["issues"] if row[path_at] not in gone]
    moved: dict[int, int] = {}
    rows[RECORDS] = []
    for at, (number, record) in enumerate(shard.records()):
        if number not in left_out:
            moved[at] = len(rows[RECORDS])
            article_id = change.renamed.get(number, record.article_id)
            rows[RECORDS].append((number, to_json(replace(record, article_id=article_id))))
    rows.update(with_person_ids(rows, moved))
    name = shard.folder.name
    return write_shard(tmp / name, tmp / f"{name}.part", rows, shard.about)


def _renamed(row: Row, new: str | None, id_at: int, keys: Iterable[int]) -> Row:
    if new is None:
        return row
    changed = list(row)
    for at in keys:
        if row[at] is not None:
            changed[at] = new + row[at][len(row[id_at]) :]
    changed[id_at] = new
    return tuple(changed)


# Merge


_PIECE_BYTES = 4 << 20
"""About so many bytes of rows are put in order at a time, beside one batch of each shard."""


def _with_shard(shard: int, rows: pa.Table) -> pa.Table:
    import pyarrow as pa

    return rows.append_column("_shard", make_array([shard] * rows.num_rows, pa.int32()))


def _merge_sorted(
    name: str,
    shards: Sequence[StoredShard],
    *,
    columns: Sequence[str] | None = None,
    prepare: Callable[[int, pa.Table], pa.Table] | None = None,
) -> Iterator[pa.Table]:
    """The rows of a table over all shards in order, in pieces.

    ``prepare`` is given each batch with the number of its shard. A shard is opened only when its first row is
    due.
    """
    import pyarrow as pa

    def tables(number: int, shard: StoredShard) -> Iterator[pa.Table]:
        for batch in shard.batches(name, columns):
            rows = pa.Table.from_batches([batch])
            yield prepare(number, rows) if prepare else rows

    streams = [tables(number, shard) for number, shard in enumerate(shards)]
    held: list[pa.Table | None] = [None] * len(streams)
    """The rows of each stream that were read and not yet given out."""
    firsts = enumerate(shard.about["first"][name] for shard in shards)
    heap = [(tuple(first), number) for number, first in firsts if first is not None]
    """Up to which key the rows of each stream were read, but for those at their end."""
    heapq.heapify(heap)
    waiting = 0
    while heap:
        _, number = heap[0]
        if (rows := next(streams[number], None)) is not None:
            waiting += 1 + rows.get_total_buffer_size()
            before = held[number]
            rows = held[number] = rows if before is None else pa.concat_tables([before, rows])
            heapq.heapreplace(heap, (_key(name, rows, -1), number))
        else:
            heapq.heappop(heap)
        if waiting >= _PIECE_BYTES and heap:
            yield from _in_order(name, held, below=heap[0][0])
            waiting = 0
    yield from _in_order(name, held)


def _key(name: str, rows: pa.Table, at: int) -> tuple[Any, ...]:
    """The key of one of the rows of a table."""
    values = (rows.column(column)[at].as_py() for column in TABLES[name].order)
    return tuple("" if value is None else value for value in values)


def _in_order(name: str, held: list[pa.Table | None], *, below: Any = None) -> Iterator[pa.Table]:
    """One piece: the rows held with keys below ``below``, which are taken out; equal ones as they stand."""
    import pyarrow as pa

    pieces = []
    for number, rows in enumerate(held):
        if rows is not None:
            count = stop = rows.num_rows
            if below is not None:
                stop = bisect_left(range(count), below, key=partial(_key, name, rows))
            held[number] = rows.slice(stop) if stop < count else None
            pieces += [rows.slice(0, stop)] if stop else []
    if not pieces:
        return
    piece = pa.concat_tables(pieces)
    if len(pieces) > 1:
        import pyarrow.compute as pc

        piece = piece.combine_chunks()
        order = TABLES[name].order
        columns = map(piece.column, order)
        keys = [column.fill_null("") if column.null_count else column for column in columns]
        by = [(column, "ascending") for column in order]
        piece = piece.take(pc.sort_indices(pa.Table.from_arrays(keys, names=list(order)), by))
    yield piece
