"""Writes tables to files, with the same rows in each format.

A format ``x`` has a function ``write_x(folder, tables) -> list[Path]`` in its module; it streams, so that
tables larger than memory can be written, and it writes plainly: what makes the files appear whole or not at
all is `write_tables`, which writes to a folder of its own and moves the finished files.
"""

from __future__ import annotations

import errno
import importlib
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.normalizer.run_record import sync
from newsledger.normalizer.schema import TABLES, Table, kept_fields, table

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 16_384


class WriteError(ValueError):
    """A table that cannot be written as asked; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module, file extension, whether all tables go into one file, and the library it needs."""

    name: str
    module: str
    extension: str
    media_type: str = ""
    """Named in ``datapackage.json``, which lists the formats of one file per table."""
    one_file: bool = False
    needs: str | None = None
    """A library outside the base installation (the extra of the same name as the format brings it)."""

    def function(self, does: str) -> Callable[..., Any]:
        """The function that writes (``write``) or reads (``read``) tables of this format."""
        module = importlib.import_module(f"newsledger.normalizer.writers.{self.module}")
        found: Callable[..., Any] = getattr(module, f"{does}_{self.name}")
        return found

    def paths(self, folder: Path) -> list[Path]:
        """The files this format makes in ``folder``."""
        names = ["newsledger"] if self.one_file else list(TABLES)
        return [folder / f"{name}.{self.extension}" for name in names]


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("parquet", "parquet_files", "parquet", "application/vnd.apache.parquet"),
        Format("csv", "text_files", "csv", "text/csv"),
        Format("jsonl", "text_files", "jsonl", "application/jsonl"),
        Format("xlsx", "xlsx_files", "xlsx", one_file=True, needs="xlsxwriter"),
        Format("sqlite", "databases", "sqlite", one_file=True),
        Format("duckdb", "databases", "duckdb", one_file=True, needs="duckdb"),
    )
}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table; each call of ``batches`` gives them all, in batches of bounded size."""

    names: list[str]
    num_rows: int
    batches: Callable[[], Iterable[pa.RecordBatch]]


def rows_of(table: pa.Table) -> Rows:
    """The rows of an Arrow table in memory."""
    return Rows(table.column_names, table.num_rows, partial(table.to_batches, max_chunksize=BATCH_ROWS))


def parquet_rows(path: Path) -> Rows:
    """The rows of a Parquet file, never whole in memory."""
    import pyarrow.parquet as pq

    def batches() -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=2_048, use_threads=False)

    return Rows(pq.read_schema(path).names, pq.read_metadata(path).num_rows, batches)


def described(name: str, rows: Rows) -> Table:
    """The table that these rows are of, with the fields kept of the sources."""
    return table(name, kept_fields(name, rows.names))


def check_formats(formats: Iterable[str]) -> tuple[Format, ...]:
    """The formats by name, without duplicates; raises `WriteError` for one that cannot be written.

    >>> [f.extension for f in check_formats(["csv", "parquet", "csv"])]
    ['csv', 'parquet']
    """
    chosen = []
    for name in dict.fromkeys(formats):
        if name not in FORMATS:
            raise WriteError(f"no such format: {name!r}; there are {', '.join(FORMATS)}")
        needs = FORMATS[name].needs
        if needs is not None and importlib.util.find_spec(needs) is None:
            raise WriteError(f"{name} needs {needs}: pip install 'newsledger[{name}]'")
        chosen.append(FORMATS[name])
    if not chosen:
        raise WriteError("no format was given")
    return tuple(chosen)


@contextmanager
def disk_errors(*kinds: type[Exception]) -> Iterator[None]:
    """Raise ``OSError`` instead of the library's own error if the disk fails."""
    try:
        yield
    except kinds as error:
        raise OSError(errno.EIO, " ".join(str(error).split())) from error


def publish(files: Sequence[Path], folder: Path) -> list[Path]:
    """Move finished files (on the same file system) into ``folder``, each by one rename.

    Raises `WriteError` if a link, a device or a folder stands in the place of one.
    """
    for target in (folder / file.name for file in files):
        if target.is_symlink() or (target.exists() and not target.is_file()):
            raise WriteError(f"{target} is not a regular file; it is not replaced")
    moved = []
    for file in files:
        target = folder / file.name
        sync(file)
        file.replace(target)
        moved.append(target)
    sync(folder)
    return moved


def write_tables(folder: Path, tables: Mapping[str, Rows], formats: Iterable[str]) -> list[Path]:
    """Write tables into ``folder``, creating it if needed and replacing files of the same names.

    Every file appears whole or not at all. Raises `WriteError`, or ``OSError`` if nothing can be
    written there.
    """
    chosen = check_formats(formats)
    folder.mkdir(parents=True, exist_ok=True)
    stage = folder / f".newsledger-{os.getpid()}.tmp"
    stage.mkdir()
    try:
        written = [path for form in chosen for path in form.function("write")(stage, tables)]
        return publish(written, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
