"""Reads files of records (json, jsonl, csv, tsv, parquet) one record at a time, each with its id.

A record's name is the file's path with ``#`` and the number of the line, row or list item, from 1.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from newsledger.reading.decoding import BOMS, Unreadable, decode
from newsledger.reading.options import NAME_IT, Fields, ReadOptions, choose_fields, field_value
from newsledger.reading.sources import SourceFile
from newsledger.reading.streams import CHUNK, Stream, decode_text, problem, read_all
from newsledger.values.issues import Issue

_MAX_RATIO = 400  # real text shrinks to a third or a tenth, a bomb to a thousandth
_MAX_WASTE = 40  # times its size that a gzip file may hold of blank lines and what is passed over
_MAX_VALUES = 3_000_000  # of one JSON text: each takes memory many times its few characters


class Record(NamedTuple):
    """One record of a file; ``fields`` where they are the same for the whole file."""

    name: str
    held: Any
    fields: Fields | None = None
    alone: bool = False
    """It is the only one its file can hold."""


def read_json(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Record | Issue]:
    """A JSON file: one record, a list of records, an object with such a list, or one record per line."""
    text, issues = decode_text(file.relative, file, read_all(stream, options.max_bytes), options)
    yield from issues
    if not text.strip():
        raise Unreadable("empty", "the file is empty")
    twice = Counter[str]()
    try:
        held = _loads(text, twice)
    except Unreadable:
        first, _, rest = text.partition("\n")
        with suppress(Unreadable):
            if rest.strip() and isinstance(_loads(first), dict):
                yield from _lines(file, enumerate(text.split("\n"), 1), options)
                return
        raise
    yield from _same_names(file.relative, file, twice)
    records = held if isinstance(held, list) else _wrapped(held, options)
    if records is None:
        if isinstance(held, dict):
            yield Record(file.relative, held, alone=True)
        else:
            raise Unreadable("no_records", "the file holds neither a record nor a list of records")
        return
    if not records:
        raise Unreadable("no_records", "the list of records is empty")
    for number, record in enumerate(records, 1):
        yield Record(f"{file.relative}#{number}", record)


def _loads(text: str, twice: Counter[str] | None = None) -> Any:
    """What a JSON text holds; ``twice`` counts the names that fields of one object share."""

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        held = dict(pairs)
        if twice is not None and len(held) < len(pairs):
            twice.update({name: n for name, n in Counter(name for name, _ in pairs).items() if n > 1})
        return held

    if len(text) > _MAX_VALUES and sum(map(text.count, "[{,")) > _MAX_VALUES:
        raise Unreadable("too_large", f"the JSON holds more than {_MAX_VALUES:,} values")
    try:
        return json.loads(text, object_pairs_hook=made)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise Unreadable("bad_json", f"no valid JSON: {error.msg} at {where}") from None
    except (RecursionError, ValueError) as error:
        raise Unreadable("bad_json", f"no JSON that can be read: {error}") from None


def _wrapped(held: Any, options: ReadOptions) -> list[Any] | None:
    """The records of ``{"articles": [{...}, ...]}``: the one list of objects of an object without a text."""
    while isinstance(held, dict) and field_value(held, choose_fields(held, options).text) is None:
        lists = [
            v for v in held.values() if isinstance(v, list) and v and all(isinstance(r, dict) for r in v)
        ]
        if len(lists) == 1:
            return lists[0]
        inner = [v for v in held.values() if isinstance(v, dict)]
        if lists or len(inner) != 1:
            return None
        held = inner[0]
    return None


def read_jsonl(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Record | Issue]:
    """One record per line, streamed; a broken line becomes an issue, and reading continues."""
    head = stream.peek(64)[:64]
    wide = (options.encoding or "").lower().replace("_", "-").startswith(("utf-16", "utf-32"))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from read_json(file, stream, options)
    elif wide or head.startswith(tuple(mark for mark, _ in BOMS[1:])):
        text, _ = decode_text(file.relative, file, read_all(stream, options.max_bytes), options)
        yield from _lines(file, enumerate(text.split("\n"), 1), options)
    else:
        yield from _lines(file, _streamed(file, stream, options), options)


def _streamed(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[tuple[int, str | Issue]]:
    """The lines of a stream that are not blank; one over the limit is passed over."""
    number, waste = 0, _Waste(file)
    while data := stream.readline(options.max_bytes + 1):
        number += 1
        if len(data) <= 2 and not data.strip():
            waste.add(len(data))
            continue
        name = f"{file.relative}#{number}"
        if len(data) > options.max_bytes:
            while data and not data.endswith(b"\n"):
                waste.add(len(data))
                data = stream.readline(CHUNK)
            message = f"the line is longer than {options.max_bytes:,} bytes (see max_bytes)"
            yield number, problem(name, file, "too_large", message)
            continue
        if number == 1:
            data = data.removeprefix(BOMS[0][0])
        try:
            yield number, data.decode(options.encoding or "utf-8")
            continue
        except UnicodeDecodeError:
            pass
        try:
            text, issues = decode_text(name, file, data, options)
        except Unreadable as bad:
            yield number, problem(name, file, bad.code, str(bad))
            continue
        for issue in issues:
            yield number, issue
        yield number, text


class _Waste:
    """Counts bytes that hold nothing, to end the reading of a gzip bomb (small, but unpacks to masses)."""

    def __init__(self, file: SourceFile) -> None:
        self._limit = max(CHUNK, _MAX_WASTE * file.size) if file.gzipped else None
        self._bytes = 0

    def add(self, size: int) -> None:
        """Count some more; raises Unreadable if it is too much."""
        self._bytes += size
        if self._limit is not None and self._bytes > self._limit:
            message = f"the file unpacks to {self._bytes:,} bytes of nothing; the rest was not read"
            raise Unreadable("too_large", message)


def _lines(
    file: SourceFile, lines: Iterable[tuple[int, str | Issue]], options: ReadOptions
) -> Iterator[Record | Issue]:
    seen = False
    for number, line in lines:
        if isinstance(line, Issue):
            yield line
        elif line.strip():
            seen = True
            name = f"{file.relative}#{number}"
            twice = Counter[str]()
            try:
                held = _loads(line, twice)
                yield from _same_names(name, file, twice)
                yield Record(name, held)
            except Unreadable as error:
                yield problem(name, file, error.code, str(error))
    if not seen:
        raise Unreadable("empty", "the file holds no records")


def read_csv(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Record | Issue]:
    """A table with a header, streamed; its delimiter is the commonest of , ; tab | in the header.

    A row with more or fewer columns than the header is an issue: its text may have been cut.
    """
    head = stream.peek(65536)[:65536]
    if not head.strip():
        raise Unreadable("empty", "the file is empty")
    encoding = options.encoding or _csv_encoding(head)
    if csv.field_size_limit() < options.max_bytes:
        csv.field_size_limit(options.max_bytes)
    # errors="surrogateescape" keeps a bad byte in its own field, where it can be found and mended; in units
    # of two bytes it cannot be kept.
    wide = encoding.startswith(("utf-16", "utf-32"))
    errors = "replace" if wide else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    first_line = head.decode(encoding, "replace").lstrip("\ufeff").partition("\n")[0]
    delimiter = "\t" if file.kind == "tsv" else max(",;\t|", key=first_line.count)
    rows = csv.reader(_bounded(file, text, options.max_bytes), delimiter=delimiter, strict=True)
    try:
        header = next(rows, None) or []
    except csv.Error as error:
        raise Unreadable("bad_row", f"the header cannot be read: {error}") from None
    header[:1] = [name.removeprefix("\ufeff") for name in header[:1]]
    chosen = choose_fields(header, options)
    yield from _check_fields(file, header, chosen, options)
    seen = False
    for number, row in enumerate(_csv_rows(rows, options), 1):
        name = f"{file.relative}#{number}"
        if isinstance(row, csv.Error):
            yield problem(name, file, "bad_row", f"row {number} cannot be read: {row}")
        elif not any(row):
            continue
        elif len(row) != len(header):
            why = f"row {number} has {len(row)} columns where the header has {len(header)}"
            yield problem(name, file, "bad_row", why)
        else:
            if wide and (lost := "".join(row).count("\ufffd")):
                message = f"{lost} characters are no {encoding} and were read as \ufffd"
                yield problem(name, file, "lost_characters", message)
            yield Record(name, _mended_row(dict(zip(header, row, strict=True)), encoding), chosen)
        seen = True
    if not seen:
        raise Unreadable("no_records", "the table has no rows")


def _csv_rows(rows: Iterator[list[str]], options: ReadOptions) -> Iterator[list[str] | csv.Error]:
    """The rows, and what the reader says of one that cannot be read."""
    for number in itertools.count(1):
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise _too_long(options.max_bytes) from None
            if "end of data" in str(error):
                why = f"row {number} begins a quotation that never ends; from there on nothing was read"
                raise Unreadable("bad_row", why) from None
            yield error


def _bounded(file: SourceFile, text: io.TextIOWrapper, limit: int) -> Iterator[str]:
    """The lines of a table; one over the limit (in a gzip bomb, without end) is never held whole."""
    waste = _Waste(file)
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise _too_long(limit)
        if len(line) <= 2 and not line.strip():
            waste.add(len(line))
        yield line


def _too_long(limit: int) -> Unreadable:
    return Unreadable(
        "too_large", f"a row is longer than {limit:,} bytes (see max_bytes); the rest was not read"
    )


def _csv_encoding(head: bytes) -> str:
    for mark, name in BOMS:
        if head.startswith(mark):
            return "utf-8" if name == "utf-8" else name[:6]
    tail = head[:-4] if len(head) > 60000 else head
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(tail) - 4 or len(head) <= 60000:
            return decode(tail).encoding
    return "utf-8"


def _mended_row(row: dict[str, str], encoding: str) -> dict[str, str]:
    """Read again the fields that held bytes of another encoding."""
    for name, held in row.items():
        if any("\udc80" <= c <= "\udcff" for c in held):
            row[name] = decode(held.encode(encoding, "surrogateescape")).text
    return row


def read_parquet(file: SourceFile, stream: Stream, options: ReadOptions) -> Iterator[Record | Issue]:
    """A parquet table, a few rows at a time; only the columns that are needed are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # With a buffer a row group, which may be the whole file, is never in memory at once.
        with pq.ParquetFile(stream, pre_buffer=False, buffer_size=CHUNK) as table:
            names = table.schema_arrow.names
            chosen = choose_fields(names, options)
            yield from _check_fields(file, names, chosen, options)
            columns = {
                name if name in names else name.split(".")[0] for name in (*chosen, *options.keep) if name
            }
            wanted = sorted(columns.intersection(names))
            rows = _rows_at_once(table.metadata, wanted, options.max_bytes)
            number = 0
            for batch in table.iter_batches(batch_size=rows, columns=wanted, use_threads=False):
                for record in _rows(batch):
                    number += 1
                    yield Record(f"{file.relative}#{number}", record, chosen)
            if not number:
                raise Unreadable("no_records", "the table has no rows")
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise Unreadable("bad_parquet", f"the parquet file cannot be read: {error}") from None


def _rows(batch: Any) -> list[dict[str, Any]]:
    """The rows of a batch; a day that no calendar of Python has, as text, costs only its own row."""
    import pyarrow as pa

    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (ValueError, OverflowError):
        columns = [c.cast(pa.string()) if pa.types.is_temporal(c.type) else c for c in batch.columns]
        rows = pa.RecordBatch.from_arrays(columns, batch.schema.names).to_pylist()
    return rows


def _rows_at_once(metadata: Any, wanted: list[str], limit: int) -> int:
    """How many rows of a parquet file fit in memory, whatever a value of its dictionaries may hold.

    A dictionary of one huge value can be pointed at by any number of rows. Raises Unreadable for a file that
    unpacks to hundreds of times its size.
    """
    rows = 64
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.path_in_schema.split(".")[0] not in wanted and column.path_in_schema not in wanted:
                continue
            packed, unpacked = max(column.total_compressed_size, 1), column.total_uncompressed_size
            if unpacked > 16 * CHUNK and unpacked > _MAX_RATIO * packed:
                raise Unreadable(
                    "too_large", f"a column unpacks to {unpacked:,} bytes, hundreds of times its stored size"
                )
            if column.dictionary_page_offset is not None:
                dictionary = (column.data_page_offset - column.dictionary_page_offset) * unpacked // packed
                rows = min(rows, max(1, limit // max(dictionary, 1)))
    return rows


def _check_fields(
    file: SourceFile, names: list[str], chosen: Fields, options: ReadOptions
) -> Iterator[Issue]:
    """Raise Unreadable where a column is missing; say which names several columns share."""
    given = (options.text_field, options.date_field, options.title_field, options.id_field)
    held = ", ".join(names[:20]) or "none"
    for name in sorted(filter(None, given)):
        if name not in names and name.split(".")[0] not in names:
            raise Unreadable("no_field", f"there is no column {name!r}; the columns are {held}")
    if chosen.text is None:
        raise Unreadable("no_field", f"no column of text is known; {NAME_IT}; the columns are {held}")
    yield from _same_names("", file, Counter(filter(None, names)), called="columns")


def _same_names(
    record: str, file: SourceFile, counted: Counter[str], *, called: str = "fields"
) -> Iterator[Issue]:
    """Say which names several fields share."""
    for name, count in counted.items():
        if count > 1:
            yield problem(
                record, file, "same_names", f"{count} {called} are called {name!r}; the last was read"
            )
