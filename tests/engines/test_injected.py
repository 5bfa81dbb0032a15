"""A fault at every step that changes the disk: no table is lost, mixed or taken for finished."""

from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from newsledger.engines import batch, store
from newsledger.engines.folder import FolderError, OutputFolder
from newsledger.normalizer.writers import csv_files, jsonl_files
from newsledger.normalizer.writers.parquet_files import ParquetFile
from tests.engines.runs import articles, snapshot
from tests.engines.test_faults import stub, undisturbed

FORMATS = ("parquet", "csv", "jsonl")
CALLS = (
    (pathlib.Path, "replace"),
    (pathlib.Path, "unlink"),
    (pathlib.Path, "mkdir"),
    (pathlib.Path, "write_text"),
    (shutil, "rmtree"),
    (os, "fsync"),
    (store, "_write"),
    (ParquetFile, "add"),
    (ParquetFile, "__exit__"),
    (csv_files, "described"),
    (csv_files, "_cells"),
    (jsonl_files, "described"),
)


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
@pytest.mark.parametrize("part", [0, 1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 24))])
def test_a_fault_at_every_step(
    error: type[BaseException], lasting: bool, part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        with (
            suppress(Killed, OSError, FolderError),
            fault(number, lasting=lasting, error=error) as count,
        ):
            batch.run([source], out, workers=1, existing="resume")
        if snapshot(out) != before:
            assert finished_as_recorded(out), number
        batch.run([source], out, workers=1, existing="resume")
        assert snapshot(out) == expected, number
        shutil.rmtree(out)
        if count[0] < number:
            return
        number += 24


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
