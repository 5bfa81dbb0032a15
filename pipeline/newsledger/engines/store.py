"""A finished shard: held in memory, or on disk as a folder with one Arrow file per table and ``shard.json``.

On disk it is written under another name and renamed, so that it is there whole or not at all. Each row has
``_no``, the number of its article within the shard; ``person_mentions`` has the number of the person's
record in the shard where the ``person_id`` will stand. Rows are sorted as in the final tables and stored
in small batches, so that shards can be merged while only one batch of each is in memory.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.corpus.steps import write_arrow
from newsledger.normalizer.datapackage import file_record
from newsledger.normalizer.rows import Row, cells, row_schema, sort_key, to_arrow, with_person_ids
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.writers.parquet_files import row_groups
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue
from newsledger.values.people import PersonRecord
from newsledger.values.plain import to_json

if TYPE_CHECKING:
    import pyarrow as pa

STORED = tuple(name for name in TABLES if name not in ("people", "corrections"))
"""The tables of a shard; the others are made at the end of the run."""

RECORDS, FOUND = "records", "found"
"""What is kept beside: the people of each article, and what its stages found (see `known_work`)."""
_BATCH_ROWS = 256
_BATCH_CHARS = 50_000


FILES = (*STORED, RECORDS, FOUND)
_OWN_COLUMNS = {RECORDS: ("record",), FOUND: ("stage", "key", "mentions")}


@cache
def stored_schema(name: str, kept: tuple[str, ...] = ()) -> pa.Schema:
    """The Arrow schema of a table in a shard; ``kept`` are the sources' own fields in ``articles``."""
    import pyarrow as pa

    number = pa.field("_no", pa.int32(), nullable=False)
    if name in _OWN_COLUMNS:
        own = [pa.field(column, pa.string(), nullable=False) for column in _OWN_COLUMNS[name]]
        return pa.schema([number, *own])
    schema = row_schema(name, kept).append(number)
    if name == "articles":
        # For the search for copies; from which file and as which item of it the article came, to settle ids
        # that occur twice.
        for extra, kind in (("_sketch", pa.binary()), ("_part", pa.int64()), ("_item", pa.int64())):
            schema = schema.append(pa.field(extra, kind, nullable=False))
    return schema


def _decode(text: str) -> PersonRecord:
    """The record of a JSON. Records say much the same, so equal texts and tuples are held once."""
    values = json.loads(text)
    for at, value in enumerate(values):
        if value.__class__ is list:
            values[at] = _shared(tuple(value))
        elif value.__class__ is str:
            values[at] = sys.intern(value)
    return PersonRecord(**dict(zip(PersonRecord.__dataclass_fields__, values, strict=True)))


@lru_cache(maxsize=1 << 14)
def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(sys.intern, words))


def add_article(
    rows: Mapping[str, list[Row]],
    extraction: Extraction,
    own_rows: Mapping[str, Sequence[Row]],
    *,
    kept: Iterable[str] = (),
    place: tuple[int, int] = (0, 0),
) -> None:
    """Add the rows of an article to those of a shard, with the fields of its source that are ``kept``.

    ``place`` is where it came from: a part of the shard, and an item of it.
    """
    from newsledger.corpus.copies import sketch
    from newsledger.corpus.linking.resolve import records

    article, number = extraction.article, len(rows["articles"])
    people = records(article.article_id, extraction.people)
    record_of = {record.person: n for n, record in enumerate(people, start=len(rows[RECORDS]))}
    rows[RECORDS].extend((number, to_json(record)) for record in people)
    of_article = (*map(article.fields.get, kept), number, sketch(article.text).to_bytes(), *place)
    for name, found in with_person_ids(own_rows, record_of).items():
        rows[name].extend((*row, *(of_article if name == "articles" else (number,))) for row in found)


def held_shard(
    rows: Mapping[str, Sequence[Row]], kept: tuple[str, ...] = (), tables: Iterable[str] = FILES
) -> StoredShard:
    """A shard in memory; ``rows`` are as `stored_schema` says, unsorted."""
    held: dict[str, pa.Table] = {}
    first: dict[str, Any] = {}
    for name in tables:
        ordered = rows.get(name, ())
        if name not in _OWN_COLUMNS:
            key = sort_key(name)
            ordered = sorted(ordered, key=lambda row: (key(row), row[-1]))
            first[name] = key(ordered[0]) if ordered else None
        held[name] = to_arrow(name, ordered, stored_schema(name, kept))
    counts = {name: table.num_rows for name, table in held.items()}
    return StoredShard(Path(), {"kept": kept, "rows": counts, "first": first}, held)


def write_shard(
    folder: Path,
    tmp: Path,
    rows: Mapping[str, Sequence[Row]],
    about: Mapping[str, Any],
    *,
    tables: Iterable[str] = FILES,
) -> StoredShard:
    """Write a shard to ``folder``, whole or not at all; ``rows`` are as `stored_schema` says, unsorted."""
    shutil.rmtree(tmp, ignore_errors=True)
    tmp.mkdir(parents=True)
    held = held_shard(rows, tuple(about.get("kept", ())), tables)
    files: dict[str, Any] = {}
    for name, table in held.tables.items():
        path = tmp / f"{name}.arrow"
        batches = row_groups([table], sized=name == "articles", rows=_BATCH_ROWS, chars=_BATCH_CHARS)
        write_arrow(path, table.schema, batches)
        files[path.name] = file_record(path)
    about = {**about, **held.about, "files": files}
    (tmp / "shard.json").write_text(json.dumps(about), encoding="utf-8")
    if folder.exists():
        # Another process finished the same shard; what is in it is the same.
        shutil.rmtree(tmp)
    else:
        tmp.replace(folder)
    return StoredShard.read(folder)


@dataclass(frozen=True, slots=True)
class StoredShard:
    """A shard on disk, or with its ``tables`` in memory; ``about`` is its ``shard.json``."""

    folder: Path
    about: dict[str, Any]
    tables: Mapping[str, pa.Table] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> StoredShard:
        """The shard of a folder."""
        return cls(folder, json.loads((folder / "shard.json").read_text(encoding="utf-8")))

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What it holds: files, and pieces of files."""
        return list(self.about["parts"])

    @property
    def passing(self) -> dict[str, int]:
        """How many of its issues, by code, may be gone if it is read again."""
        return dict(self.about["passing"])

    def batches(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The batches of a table, or of some of its columns; no file stays open between two of them."""
        import pyarrow as pa

        if not self.about["rows"][name]:
            return
        schema = stored_schema(name, tuple(self.about.get("kept", ())))
        chosen = columns and sorted(map(schema.get_field_index, columns))
        if name in self.tables:
            yield from self.tables[name].select(chosen or schema.names).to_batches()
            return
        options = pa.ipc.IpcReadOptions(included_fields=chosen, use_threads=False)
        at, last = 0, 1
        while at < last:
            with pa.OSFile(str(self.folder / f"{name}.arrow"), "rb") as file:
                reader = pa.ipc.open_file(file, options=options)
                batch, last = reader.get_batch(at), reader.num_record_batches
            yield batch
            at += 1

    def errors(self) -> Iterator[Issue]:
        """The issues that are errors."""
        for batch in self.batches("issues", TABLES["issues"].names):
            for row in batch.to_pylist():
                if row["severity"] == "error":
                    fields: dict[str, Any] = {name: value or "" for name, value in row.items()}
                    yield Issue(**fields)

    def records(self) -> Iterator[tuple[int, PersonRecord]]:
        """The people of the shard in their own order, each with the number of its article."""
        for batch in self.batches(RECORDS):
            yield from ((number, _decode(text)) for number, text in cells(batch))


def stored_shards(folder: Path, *, known: Iterable[StoredShard] = ()) -> list[StoredShard]:
    """The finished shards of all runs, by name.

    One whose files are not all there and as they were written (a power cut, a bad disk) is not finished;
    those that are ``known`` are not looked into again.
    """
    by_folder = {shard.folder: shard for shard in known}
    entries: Iterable[Path] = sorted(folder.iterdir()) if folder.is_dir() else ()
    return [shard for entry in entries if (shard := by_folder.get(entry) or _whole_shard(entry))]


def _whole_shard(folder: Path) -> StoredShard | None:
    try:
        shard = StoredShard.read(folder)
        whole = {"fingerprint", "stages"} <= shard.about.keys() and all(
            file_record(folder / name) == held for name, held in shard.about["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return None
    return shard if whole else None
