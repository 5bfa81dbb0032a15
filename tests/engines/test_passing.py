"""A fault of the machine is tried again by `--resume`, and the tables are then those of a run without it."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsledger.api import read_tables
from newsledger.cli.main import call
from newsledger.engines import batch, shards
from newsledger.reading import files
from newsledger.values.article import Article
from tests.engines import stubbed
from tests.engines.runs import articles, run, snapshot
from tests.engines.test_faults import stub, undisturbed

Patch = pytest.MonkeyPatch


def cannot_be_read(error: OSError) -> Callable[[Patch, Path], None]:
    def fault(patch: Patch, source: Path) -> None:
        opened = files.open_stream

        def open_stream(file: Any) -> Any:
            if file.relative == "a005.txt":
                raise error
            return opened(file)

        patch.setattr(files, "open_stream", open_stream)

    return fault


def vanishes(patch: Patch, source: Path) -> None:
    """A file is away just when it is read."""
    opened, path = files.open_stream, source / "a005.txt"

    def open_stream(file: Any) -> Any:
        if file.relative == "a005.txt":
            held = path.rename(path.with_suffix(".away"))
            try:
                return opened(file)
            finally:
                held.rename(path)
        return opened(file)

    patch.setattr(files, "open_stream", open_stream)


def changes(patch: Patch, source: Path) -> None:
    """A file holds something else when it is read, and is put back afterwards."""
    path = source / "a005.txt"
    kept, hashed = path.read_bytes(), shards.list_inputs

    def list_inputs(found: Any) -> Any:
        listed = hashed(found)
        path.write_bytes(b"Now $77.")
        return listed

    patch.setattr(batch, "list_inputs", list_inputs)
    read = files._text

    def text(file: Any, *arguments: Any) -> Any:
        yield from read(file, *arguments)
        if file.relative == "a006.txt":
            path.write_bytes(kept)

    patch.setitem(files._SINGLE, "text", text)


def model_is_unreadable(patch: Patch, source: Path) -> None:
    from newsledger import extraction

    def extract(article: Article, tools: Any = None, **_: object) -> Any:
        found = stubbed.stand_in(article)
        stages = extraction._Stages(article)
        stages.attempt("names", lambda: Path("/no/such/model").read_bytes(), b"")
        yield extraction.replace(found, people=(), status=stages.status(), issues=tuple(stages.issues))

    patch.setattr("newsledger.engines.worker.extract_in_steps", extract)


def takes_too_long(patch: Patch, source: Path) -> None:
    def extract(article: Article, tools: Any = None, **_: object) -> Any:
        if article.article_id == "a005.txt":
            stubbed.spin(60)
        yield stubbed.stand_in(article)

    patch.setattr("newsledger.engines.worker.extract_in_steps", extract)


@pytest.mark.parametrize(
    "fault",
    [
        cannot_be_read(OSError(errno.EIO, "Input/output error")),
        cannot_be_read(OSError(errno.EMFILE, "Too many open files")),
        vanishes,
        changes,
        model_is_unreadable,
        takes_too_long,
    ],
)
def test_a_fault_of_the_machine_is_tried_again(
    fault: Callable[[Patch, Path], None], tmp_path: Path, monkeypatch: Patch
) -> None:
    stub(monkeypatch)
    source, out = articles(tmp_path / "in", chars=2_000), tmp_path / "out"
    expected = undisturbed(tmp_path, source)
    with monkeypatch.context() as patch:
        fault(patch, source)
        seconds = 0.3 if fault is takes_too_long else 120
        assert batch.run([source], out, workers=1, seconds=seconds).record["may_pass"]
    assert snapshot(out) != expected
    if fault not in (takes_too_long, changes):
        assert batch.run([source], out, workers=1).unchanged  # until it is asked for
    assert not batch.run([source], out, workers=1, existing="resume").record["may_pass"]
    assert snapshot(out) == expected
    assert batch.run([source], out, workers=1, existing="resume").unchanged


def test_another_time_limit_is_another_setting(
    tmp_path: Path, monkeypatch: Patch, capsys: pytest.CaptureFixture[str]
) -> None:
    stub(monkeypatch)
    source = articles(tmp_path / "in", count=2, chars=100)
    command = ["extract", str(source), "--out", str(tmp_path / "out"), "--workers", "1", "--time-limit"]
    assert call([*command, "60"]) == 0
    assert call([*command, "60"]) == 0
    assert call([*command, "61"]) == 2
    assert "another time limit" in capsys.readouterr().err
    assert call([*command, "61", "--resume"]) == 0
    assert "2 files taken over" in capsys.readouterr().out


@pytest.mark.parametrize("workers", [1, 2])
def test_what_ended_its_process_is_tried_once_by_each_resume(workers: int, tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    (source / "a005.txt").write_text("It was dark UNTIL $5.", encoding="utf-8")
    env = {"STUB_MARK": str(tmp_path / "mark")}
    command = ["extract", source, "--out", out, "--workers", workers]
    if workers == 1:
        assert run(*command, env=env).returncode == -signal.SIGKILL
    for extra in ([], ["--resume"]):
        done = run(*command, *extra, env=env)
        assert done.returncode == 0, done.stderr
        assert "1 fault may be due to the machine" in done.stdout
        assert read_tables(out).arrow("issues").column("code").to_pylist() == ["killed_worker"]
    (tmp_path / "mark").touch()
    assert run(*command, "--resume", env=env).returncode == 0
    assert read_tables(out).arrow("issues").num_rows == 0
    assert read_tables(out).arrow("figures").num_rows == 12
