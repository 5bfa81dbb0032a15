"""Whatever ends a process: no row lost, none doubled, and the tables of an undisturbed run."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsledger.api import read_tables
from newsledger.engines import batch
from tests.engines import stubbed
from tests.engines.runs import STUBBED, articles, environment, run, running, snapshot

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")


LIMIT = 2
"""Seconds of processor time an article may take."""


def undisturbed(tmp_path: Path, source: Path) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        stub(patch)
        batch.run([source], tmp_path / "undisturbed", workers=1)
    return snapshot(tmp_path / "undisturbed")


def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsledger.engines.worker.extract_in_steps", stubbed.in_one_step)
    monkeypatch.setattr("newsledger.normalizer.run_record.code_sha256", lambda: "0" * 64)


def wait_for_shards(out: Path, count: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if len(list((out / ".newsledger" / "shards").glob("*/shard.json"))) >= count:
            return
        time.sleep(0.02)
    raise AssertionError("no shard was finished")


def wait_for_note(out: Path, seconds: float = 30) -> None:
    """Until a process has had an article in hand for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for note in (out / ".newsledger" / "tmp").glob("*.now"):
            if time.time() - note.stat().st_mtime > 1:
                return
        time.sleep(0.05)
    raise AssertionError("no article was in hand")


def pids_at_work(out: Path, seconds: float = 10) -> list[int]:
    """Processes that have an article in hand: waits for one, as between two articles a worker has none."""
    pids: list[int] = []
    until = time.monotonic() + seconds
    while not pids and time.monotonic() < until:
        for note in (out / ".newsledger" / "tmp").glob("*.now"):
            with contextlib.suppress(OSError, IndexError):
                pids.append(int(note.read_text().split()[-1]))
    assert pids, "no worker had an article in hand"
    return pids


def test_workers_and_engines_change_no_byte(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    expected = undisturbed(tmp_path, source)
    done = run("extract", source, "--out", tmp_path / "two", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert snapshot(tmp_path / "two") == expected
    assert snapshot(tmp_path / "two", hidden=True) == snapshot(tmp_path / "undisturbed", hidden=True)


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    expected = undisturbed(tmp_path, source)
    env = {"STUB_PAUSE": "0.1"}
    with running("extract", source, "--out", tmp_path / "out", "--workers", 2, env=env) as process:
        wait_for_shards(tmp_path / "out", 1)
        pid = pids_at_work(tmp_path / "out")[0]
        assert pid != process.pid
        os.kill(pid, signal.SIGKILL)
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    assert snapshot(tmp_path / "out") == expected


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_is_taken_up(workers: int, tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    expected = undisturbed(tmp_path, source)
    env = {"STUB_PAUSE": "0.1"}
    out = tmp_path / "out"
    with running("extract", source, "--out", out, "--workers", workers, env=env) as process:
        wait_for_shards(out, 1)
        process.kill()
        process.wait()
    assert not list(out.glob("*.parquet"))
    before = {path.name for path in (out / ".newsledger" / "shards").iterdir()}
    done = run("extract", source, "--out", out, "--workers", workers)
    assert done.returncode == 0, done.stderr
    assert "taken over" in done.stdout
    assert before <= {path.name for path in (out / ".newsledger" / "shards").iterdir()}
    assert snapshot(out) == expected


def test_workers_do_not_outlive_the_run(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    env = {"STUB_PAUSE": "0.3"}
    with running("extract", source, "--out", tmp_path / "out", "--workers", 2, env=env) as process:
        wait_for_shards(tmp_path / "out", 1)
        pids = pids_at_work(tmp_path / "out")
        process.kill()
        process.wait()
    until = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    try:
        # A dead process that nobody has waited for is dead all the same.
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("word", ["POISON", "HANG"])
def test_an_article_that_takes_its_process_along_is_given_up_by_name(word: str, tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    (source / "a005.txt").write_text(f"{word} $5", encoding="utf-8")
    arguments = ["extract", source, "--out", tmp_path / "out", "--workers", 2]
    done = run(*arguments, "--time-limit", LIMIT)
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    status = dict(
        zip(*(tables.arrow("articles").column(c).to_pylist() for c in ("article_id", "status")), strict=True)
    )
    assert len(status) == 12
    assert {name for name, value in status.items() if value != "ok"} == {"a005.txt"}
    (issue,) = tables.arrow("issues").to_pylist()
    assert issue["article_id"] == "a005.txt"
    assert issue["code"] == ("killed_worker" if word == "POISON" else "time_limit")
    assert tables.arrow("figures").num_rows == 11


def test_a_worker_that_dies_once_is_tried_again(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    (source / "a005.txt").write_text("ONCE $5", encoding="utf-8")
    env = {"STUB_MARK": str(tmp_path / "mark")}
    done = run("extract", source, "--out", tmp_path / "out", "--workers", 2, env=env)
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    assert tables.arrow("issues").num_rows == 0
    assert tables.arrow("figures").num_rows == 12


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_takes_too_long_is_given_up(workers: int, tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=6)
    (source / "slow.txt").write_text("SLOW $5", encoding="utf-8")
    done = run("extract", source, "--out", tmp_path / "out", "--workers", workers, "--time-limit", LIMIT)
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    issues = tables.arrow("issues").to_pylist()
    assert [(issue["code"], issue["article_id"]) for issue in issues] == [("time_limit", "slow.txt")]
    assert tables.arrow("figures").num_rows == 6


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stage_that_hangs_is_given_up(workers: int, tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=6)
    (source / "slow.txt").write_text("It STALLS at $5.", encoding="utf-8")
    arguments = ["extract", source, "--out", tmp_path / "out", "--workers", workers, "--time-limit", LIMIT]
    done = run(*arguments, env={"STUB_STAGES": "1"})
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    (issue,) = tables.arrow("issues").to_pylist()
    assert (issue["code"], issue["article_id"], issue["severity"]) == ("time_limit", "slow.txt", "error")
    assert tables.arrow("figures").num_rows == 6


@pytest.mark.parametrize(("word", "code"), [("POISON", "killed_worker"), ("HANG", "time_limit")])
def test_an_article_that_ends_the_only_process_does_so_once(word: str, code: str, tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=6)
    (source / "a003.txt").write_text(f"{word} $3", encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["extract", source, "--out", out, "--workers", 1, "--time-limit", LIMIT]
    with running(*arguments) as process:
        if word == "HANG":  # nobody but the user can end it
            wait_for_note(out)
            process.kill()
        assert process.wait(timeout=60) == -signal.SIGKILL
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    tables = read_tables(out)
    (issue,) = tables.arrow("issues").to_pylist()
    assert (issue["code"], issue["article_id"]) == (code, "a003.txt")
    assert tables.arrow("articles").num_rows == 6
    assert tables.arrow("figures").num_rows == 5


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_stops_cleanly(workers: int, tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    expected = undisturbed(tmp_path, source)
    out = tmp_path / "out"
    env = {"STUB_PAUSE": "0.2"}
    with running("extract", source, "--out", out, "--workers", workers, env=env) as process:
        wait_for_shards(out, 1)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr.strip() == "newsledger: interrupted; the same command goes on from here"
    assert run("extract", source, "--out", out).returncode == 0
    assert snapshot(out) == expected


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    out = tmp_path / "out"
    with running("extract", source, "--out", out, "--workers", 1, env={"STUB_PAUSE": "0.2"}) as process:
        wait_for_shards(out, 1)
        process.send_signal(signal.SIGSTOP)  # however long the second takes, the first is still at work
        second = run("extract", source, "--out", out)
        process.send_signal(signal.SIGCONT)
        assert second.returncode == 2
        assert second.stderr == f"newsledger: another run is at work in {out}\n"
        process.communicate(timeout=120)
    assert process.returncode == 0


def test_a_full_disk_stops_the_run_and_it_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsledger.corpus.steps import write_arrow
    from newsledger.engines import store

    stub(monkeypatch)
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    expected = undisturbed(tmp_path, source)
    written = 0

    def full(path: Path, *arguments: object) -> None:
        nonlocal written
        written += 1
        if written == 20:
            path.write_bytes(b"ARROW1")
            raise OSError(28, "No space left on device", str(path))
        write_arrow(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "write_arrow", full)
    with pytest.raises(OSError, match="No space left"):
        batch.run([source], out, workers=1)
    assert not list(out.glob("*.parquet"))
    assert batch.run([source], out, workers=1).reused > 0
    assert snapshot(out) == expected


FULL_DISK = """
set -u
mount -t tmpfs -o size={size}k tmpfs "$DISK" || exit 77
"$@"; echo "first: $?"
ls "$DISK"/out/*.parquet 2>/dev/null && echo "tables of half a run"
mount -o remount,size=64m "$DISK"
"$@"; echo "second: $?"
rm -rf "$DISK"/out/.newsledger
cp -r "$DISK"/out "$COPY"
"""


@pytest.mark.parametrize("size", [96, 256])
def test_a_disk_that_is_really_full(size: int, tmp_path: Path) -> None:
    """A small disk of our own, which no other process sees; it is made larger for the second run."""
    source = articles(tmp_path / "in", count=8)
    noise = random.Random(1)
    for path in source.iterdir():  # what does not compress
        path.write_text(f"{path.read_text()[:60]}\n{noise.randbytes(12_000).hex()}", encoding="utf-8")
    expected = undisturbed(tmp_path, source)
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        done = subprocess.run(
            [
                *("unshare", "-Urm", "sh", "-c", FULL_DISK.format(size=size), "sh"),
                *(sys.executable, str(STUBBED), "extract", str(source)),
                *("--out", str(disk / "out"), "--workers", "2"),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment(DISK=str(disk), COPY=str(tmp_path / "copy")),
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no unshare command")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"a disk of our own is not permitted here: {done.stderr.strip()}")
    assert "first: 1" in done.stdout, done.stdout + done.stderr
    assert "No space left on device" in done.stderr
    assert "tables of half a run" not in done.stdout
    assert "second: 0" in done.stdout, done.stdout + done.stderr
    assert snapshot(tmp_path / "copy") == expected


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=1, chars=100)
    (tmp_path / "file").write_text("in the way")
    done = run("extract", source, "--out", tmp_path / "file" / "out")
    assert done.returncode == 2
    assert done.stderr.startswith(f"newsledger: {tmp_path / 'file' / 'out'} is not a folder")
    assert done.stderr.count("\n") == 1
    if Path("/proc/self").exists():  # root may write anywhere but here
        done = run("extract", source, "--out", "/proc/newsledger-out")
        assert done.returncode == 2
        assert "cannot be written" in done.stderr


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    source, out = articles(tmp_path / "in", count=1, chars=100), tmp_path / "out"
    out.mkdir(mode=0o500)
    done = run("extract", source, "--out", out)
    assert done.returncode == 2
    assert done.stderr == f"newsledger: {out} cannot be written: Permission denied\n"


@pytest.mark.parametrize("step", ["merge", "publish", "run.json"])
def test_a_run_killed_while_writing_is_finished_by_the_next(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub(monkeypatch)
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    expected = undisturbed(tmp_path, source)

    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(batch, {"merge": "merge", "publish": "publish", "run.json": "write_json"}[step], kill)
        with pytest.raises(Killed):
            batch.run([source], out, workers=1)
    assert not (out / "run.json").exists()
    assert batch.run([source], out, workers=1).reused == 12
    assert snapshot(out) == expected


def test_a_file_that_changes_meanwhile_is_said_and_not_lost(tmp_path: Path) -> None:
    source = articles(tmp_path / "in")
    out = tmp_path / "out"
    with running("extract", source, "--out", out, "--workers", 1, env={"STUB_PAUSE": "0.1"}) as process:
        wait_for_shards(out, 1)
        (source / "a010.txt").write_text("Now $77.", encoding="utf-8")
        (source / "a011.txt").unlink()
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 0, stderr
    tables = read_tables(out)
    assert tables.arrow("articles").num_rows == 11
    codes = dict(
        zip(*(tables.arrow("issues").column(c).to_pylist() for c in ("code", "source_path")), strict=True)
    )
    assert codes == {"changed": "a010.txt", "vanished": "a011.txt", "unreadable": "a011.txt"}
    assert 77 in tables.arrow("figures").column("value_low").to_pylist()


def test_fail_fast_stops_and_stays_stopped(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=3, chars=100)
    (source / "bad.txt").write_text("", encoding="utf-8")
    for _ in range(2):
        done = run("extract", source, "--out", tmp_path / "out", "--fail-fast")
        assert done.returncode == 1
        assert done.stderr.startswith("newsledger: stopped at the first error: bad.txt: the text is empty")
        assert not list((tmp_path / "out").glob("*.parquet"))
    assert run("extract", source, "--out", tmp_path / "out").returncode == 0
    assert json.loads((tmp_path / "out" / "run.json").read_text())["issues_by_code"] == {"empty": 1}
