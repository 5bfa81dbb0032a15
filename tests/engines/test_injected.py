"""A fault at every step that changes the disk: no table is lost, mixed or taken for finished."""

from __future__ import annotations

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyarrow.parquet import ParquetWriter
from xlsxwriter.exceptions import FileCreateError

import newsledger
from newsledger.engines import batch, store
from newsledger.engines.folder import FolderError, OutputFolder
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.writers import databases, rows_of, text_files, xlsx_files
from tests.engines.runs import ROOT, articles, environment, snapshot
from tests.engines.test_faults import stub, undisturbed

FORMATS = ("parquet", "csv", "jsonl")
CALLS = (
    (pathlib.Path, "replace"),
    (pathlib.Path, "unlink"),
    (pathlib.Path, "mkdir"),
    (pathlib.Path, "write_text"),
    (shutil, "rmtree"),
    (os, "fsync"),
    (store, "write_arrow"),
    (ParquetWriter, "write_table"),
    (ParquetWriter, "__exit__"),
    (text_files, "described"),
    (text_files, "_lines"),
)


def raises(error: Exception) -> Callable[..., Any]:
    """A function that raises an error."""

    def failing(*_: object) -> Any:
        raise error

    return failing


class Killed(BaseException):
    """The end of the process."""


@contextmanager
def fault(number: int, *, lasting: bool, error: type[BaseException]) -> Iterator[list[int]]:
    """Let the ``number``-th change of the disk fail, or with ``lasting`` all from there on."""
    count = [0]
    with pytest.MonkeyPatch.context() as patch:
        for place, name in CALLS:
            real = getattr(place, name)

            def call(*arguments: Any, real: Any = real, **options: Any) -> Any:
                count[0] += 1
                if count[0] == number or (lasting and count[0] > number):
                    raise error(5, "Input/output error")
                return real(*arguments, **options)

            patch.setattr(place, name, call)
        yield count


def finished_as_recorded(out: Path) -> bool:
    """What calls itself finished has the files of its record."""
    folder = OutputFolder(out)
    record = folder.run_record()
    if not record:
        return True
    formats = batch.check_formats(record["formats"])
    try:
        return folder.holds(record, formats, update=False)
    except FolderError:
        return False


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("error", [Killed, OSError])
@pytest.mark.parametrize("part", range(24))
def test_a_fault_at_every_step(
    error: type[BaseException], lasting: bool, part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if part % 6 and not os.environ.get("NEWSLEDGER_ALL_TESTS"):
        pytest.skip("one of six is tried of each change: NEWSLEDGER_ALL_TESTS=1 tries all")
    stub(monkeypatch)
    monkeypatch.setattr(OutputFolder, "was_killed", lambda _: False)  # other processes have no stand-in
    source = articles(tmp_path / "in", count=2, chars=100)
    first = tmp_path / "first"
    batch.run([source], first, workers=1, formats=FORMATS)
    (source / "b.txt").write_text("Ana Lopez paid $7.", encoding="utf-8")
    batch.run([source], tmp_path / "whole", workers=1, formats=FORMATS)
    expected = snapshot(tmp_path / "whole")
    before, number = snapshot(first), part + 1
    while True:
        out = tmp_path / f"out{number}"
        shutil.copytree(first, out)
        with suppress(Killed, OSError, FolderError), fault(number, lasting=lasting, error=error) as count:
            batch.run([source], out, workers=1, existing="resume")
        if snapshot(out) != before:
            assert finished_as_recorded(out), number
        batch.run([source], out, workers=1, existing="resume")
        assert snapshot(out) == expected, number
        shutil.rmtree(out)
        if count[0] < number:
            return
        number += 24


def test_tables_are_on_the_disk_before_their_run_counts_as_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a power cut leaves no finished run with tables of nothing."""
    stub(monkeypatch)
    steps: list[tuple[str, int]] = []
    fsync, replace = os.fsync, pathlib.Path.replace

    def synced(descriptor: int) -> None:
        fsync(descriptor)
        steps.append(("on the disk", os.fstat(descriptor).st_ino))

    def moved(path: Path, target: Path) -> Path:
        steps.append((target.name, path.stat().st_ino))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(pathlib.Path, "replace", moved)
    source, out = articles(tmp_path / "in", count=2, chars=100), tmp_path / "out"
    batch.run([source], out, workers=1, formats=FORMATS)
    files = [path for path in out.iterdir() if path.is_file()]
    finished = steps.index(("run.json", (out / "run.json").stat().st_ino))
    for path in files:
        at = steps.index((path.name, number := path.stat().st_ino))
        assert ("on the disk", number) in steps[:at], path.name
        until = None if path.name == "run.json" else finished
        assert ("on the disk", out.stat().st_ino) in steps[at:until], path.name
    assert len(files) > len(TABLES)


def test_what_a_killed_run_left_half_written_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(monkeypatch)
    source, out = articles(tmp_path / "in", count=2, chars=100), tmp_path / "out"
    batch.run([source], out, workers=1)
    for name in (".datapackage.json.17.tmp", ".run.json.17.tmp"):
        (out / name).write_text("{", encoding="utf-8")
    (source / "b.txt").write_text("Ana Lopez paid $7.", encoding="utf-8")
    batch.run([source], out, workers=1, existing="resume")
    assert not [*out.glob(".*.tmp")]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="needs Linux and a C compiler")
def test_calls_to_the_system_that_fail() -> None:
    """Of the libraries that write databases and workbooks too; here a few of some thousand."""
    command = [sys.executable, "-m", "tests.engines.every_fault", "--formats", "sqlite,duckdb,xlsx"]
    done = subprocess.run(
        [*command, "--every", "601"], cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_database_that_cannot_be_written_to_its_end_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {name: rows_of(newsledger.extract("It paid $5.").arrow(name)) for name in TABLES}
    for write, error in (
        (databases.write_sqlite, sqlite3.OperationalError("disk I/O error")),
        (databases.write_duckdb, duckdb.IOException("could not\n write")),
        (xlsx_files.write_xlsx, FileCreateError("no space")),
    ):
        monkeypatch.setattr(databases, "described", raises(error))
        monkeypatch.setattr(xlsx_files, "described", raises(error))
        with pytest.raises(OSError, match=r"disk I/O error|could not write|no space"):
            write(tmp_path, rows)


@pytest.mark.parametrize("name", ["figures.arrow", "articles.arrow", "records.arrow"])
def test_a_shard_with_a_flipped_byte_is_done_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(monkeypatch)
    source, out = articles(tmp_path / "in", count=2, chars=100), tmp_path / "out"
    expected = undisturbed(tmp_path, source)
    batch.run([source], out, workers=1)
    (out / "run.json").unlink()
    (path,) = out.glob(f".newsledger/shards/*/{name}")
    held = bytearray(path.read_bytes())
    held[len(held) // 2] ^= 1
    path.write_bytes(held)
    assert batch.run([source], out, workers=1).reused == 0
    assert snapshot(out) == expected
