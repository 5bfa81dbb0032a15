"""The Dask engine: a cluster of our own, and a scheduler that runs already."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsledger.api import read_tables
from newsledger.engines import executors
from tests.engines.runs import ROOT, articles, environment, run, snapshot

pytest.importorskip("distributed", reason="the extra [dask] is not installed")


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster in a process group of its own, ended with all that it started."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a cluster, its scheduler and its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = (
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    )
    worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard")
    with contextlib.ExitStack() as stack:
        parts = [stack.enter_context(started(*scheduler))]
        parts += [stack.enter_context(started(*worker, "--death-timeout", "60")) for _ in range(workers)]
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.2)
        from distributed import Client

        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address, parts


@pytest.mark.slow
def test_a_scheduler_that_runs_already(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=6)
    with cluster(2) as (address, _):
        command = [sys.executable, "-m", "newsledger.cli.main", "extract", str(source), "-q"]
        for out, extra in (
            ("dask", ["--engine", "dask", "--scheduler", address]),
            ("local", ["--workers", "1"]),
        ):
            done = subprocess.run(
                [*command, "--out", str(tmp_path / out), *extra],
                capture_output=True,
                text=True,
                timeout=180,
                env=environment(),
                check=False,
            )
            assert done.returncode == 0, done.stderr
    tables = {name: snapshot(tmp_path / name) for name in ("dask", "local")}
    for files in tables.values():
        files.pop("run.json")  # it has the hash of the code, which may be under work
    assert tables["dask"] == tables["local"]
    assert read_tables(tmp_path / "dask").arrow("figures").num_rows == 6


def test_a_scheduler_that_is_not_there(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=1, chars=100)
    arguments = ["--engine", "dask", "--scheduler", "nonsense://x"]
    done = run("extract", source, "--out", tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert "no Dask scheduler at nonsense://x" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_stage_that_hangs_on_a_cluster_is_given_up(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=4)
    (source / "slow.txt").write_text("It STALLS at $5.", encoding="utf-8")
    arguments = ["--engine", "dask", "--workers", 2, "--time-limit", 2]
    done = run("extract", source, "--out", tmp_path / "out", *arguments, env={"STUB_STAGES": "1"})
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    (issue,) = tables.arrow("issues").to_pylist()
    assert (issue["code"], issue["article_id"]) == ("time_limit", "slow.txt")
    assert tables.arrow("figures").num_rows == 4


def test_an_engine_says_when_its_cluster_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(executors, "_WITHOUT_WORKERS", 0.2)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=None) as made:
        engine = executors.dask(1, made.scheduler_address)
        said = [engine.lost()]
        time.sleep(0.3)
        said.append(engine.lost())
    until = time.monotonic() + 30
    while said[-1] != "the Dask scheduler is lost" and time.monotonic() < until:
        time.sleep(0.1)
        said.append(engine.lost())
    engine.stop()
    assert said[:2] == [None, "the Dask workers are lost"]
    assert said[-1] == "the Dask scheduler is lost"


IMPATIENT = """
from newsledger.cli.main import main
from newsledger.engines import executors
executors._WITHOUT_WORKERS = 3
main()
"""
"""The command, which takes workers for lost after three seconds instead of thirty."""


@pytest.mark.slow
@pytest.mark.parametrize("part", ["scheduler", "workers"])
def test_a_cluster_that_is_lost(part: str, tmp_path: Path) -> None:
    source, out = articles(tmp_path / "in", count=40), tmp_path / "out"
    command = [sys.executable, "-c", IMPATIENT, "extract", str(source), "-q", "--out", str(out)]
    with cluster(2) as (address, parts):
        running = subprocess.Popen(
            [*command, "--engine", "dask", "--scheduler", address],
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        until = time.monotonic() + 120
        while not list(out.glob(".newsledger/shards/*")) and time.monotonic() < until:
            time.sleep(0.1)
        for process in parts[:1] if part == "scheduler" else parts[1:]:
            os.killpg(process.pid, signal.SIGKILL)
        _, stderr = running.communicate(timeout=180)
    assert running.returncode == 1, stderr
    said = "scheduler is" if part == "scheduler" else "workers are"
    assert stderr == f"newsledger: the Dask {said} lost; the same command goes on from here\n"
    done = subprocess.run(command, capture_output=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    assert read_tables(out).arrow("figures").num_rows == 40
