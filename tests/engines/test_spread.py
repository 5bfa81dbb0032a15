"""Work spread over the processes of a run: a process that dies costs its work a second try, not the run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsledger.engines.executors import Engine, InProcess, local
from newsledger.engines.loop import Loop, Progress
from newsledger.engines.shards import Shard
from newsledger.engines.store import stored_shards
from newsledger.engines.worker import Job
from newsledger.reading import ReadOptions
from newsledger.values.settings import Settings


def write(folder: Path, deaths: int, number: int) -> None:
    """Write a file; kill the process first for ``number`` 1, so many times."""
    tries = len(list(folder.glob("try*")))
    if number == 1 and tries < deaths:
        (folder / f"try{tries}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    (folder / str(number)).touch()


def loop(workers: int) -> Loop:
    make = partial(local, workers) if workers else partial(Engine, InProcess(), 1)
    return Loop(None, make, progress=Progress(0), on_progress=lambda _: None)  # type: ignore[arg-type]


def test_a_call_whose_process_dies_is_made_again(tmp_path: Path) -> None:
    working = loop(2)
    try:
        working.spread(partial(write, tmp_path, 2), range(5))
        assert {path.name for path in tmp_path.iterdir()} == {*"01234", "try0", "try1"}
    finally:
        working.end()


def test_process_after_process_that_dies_ends_the_run(tmp_path: Path) -> None:
    working = loop(1)
    try:
        with pytest.raises(OSError, match="again and again"):
            working.spread(partial(write, tmp_path, 99), range(3))
    finally:
        working.end()


def test_what_a_call_raises_is_raised(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        loop(0).spread(partial(write, tmp_path / "nowhere", 0), range(2))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("cancelled", [False, True])
def test_a_run_whose_engine_is_lost_ends_with_a_word(
    cancelled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(Executor):
        """Never finishes a call; a client that lost its scheduler cancels it."""

        def submit(self, *_: Any) -> Future[Any]:  # type: ignore[override]
            future = Future[Any]()
            if cancelled and future.cancel():
                future.set_running_or_notify_cancel()
            return future

    asked: Iterator[str | None] = iter([None, "the cluster is lost"])
    monkeypatch.setattr("newsledger.engines.loop._TICK", 0.01)
    engine = Engine(Silent(), 1, lost=lambda: next(asked))
    working = Loop(None, lambda: engine, progress=Progress(0), on_progress=lambda _: None)  # type: ignore[arg-type]
    said = "the Dask scheduler is lost" if cancelled else "the cluster is lost"
    with pytest.raises(ConnectionError, match=f"^{said}; the same command goes on from here$"):
        working.spread(print, range(2))


def test_a_process_may_die_while_the_next_shard_is_cut(tmp_path: Path) -> None:
    engines: list[Engine] = []

    def make_engine() -> Engine:
        engines.append(local(1))
        return engines[-1]

    def shards() -> Iterator[Shard]:
        yield Shard(name="first", parts=(), weight=1)
        while not stored_shards(tmp_path):
            time.sleep(0.01)
        for pid in engines[0].pids():
            os.kill(pid, signal.SIGKILL)
        while not getattr(engines[0].executor, "_broken"):  # noqa: B009
            time.sleep(0.01)
        yield Shard(name="second", parts=(), weight=1)

    job = Job(
        settings=Settings(),
        options=ReadOptions(),
        fingerprint="made",
        stages={},
        shards=tmp_path,
        tmp=tmp_path,
    )
    working = Loop(job, make_engine, progress=Progress(2), on_progress=lambda _: None)
    try:
        working.run(shards())
    finally:
        working.end()
    assert [shard.folder.name for shard in stored_shards(tmp_path)] == ["first-made", "second-made"]
