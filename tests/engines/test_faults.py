"""Whatever ends a process: no row lost, none doubled, and the tables of an undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from pipeline.engines import batch
from pipeline.normalizer.tables import read_tables
from tests.engines import stubbed
from tests.engines.runs import articles, run, running, snapshot

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")


def undisturbed(tmp_path: Path, source: Path) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        stub(patch)
        batch.run([source], tmp_path / "undisturbed", workers=1)
    return snapshot(tmp_path / "undisturbed")


def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engines.worker.extract_article", stubbed.stand_in)
    monkeypatch.setattr("pipeline.normalizer.run_record.code_sha256", lambda: "0" * 64)


def wait_for_shards(out: Path, count: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if len(list((out / ".newsledger" / "shards").glob("*/shard.json"))) >= count:
            return
        time.sleep(0.02)
    raise AssertionError("no shard was finished")


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
        notes = list((tmp_path / "out" / ".newsledger" / "tmp").glob("*.now"))
        pid = int(notes[0].read_text().split()[-1])
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
        pids = [
            int(note.read_text().split()[-1])
            for note in (tmp_path / "out" / ".newsledger" / "tmp").glob("*.now")
        ]
        assert pids
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
    done = run(*arguments, "--time-limit", 1)
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


def test_an_article_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    source = articles(tmp_path / "in", count=2, chars=100)
    (source / "slow.txt").write_text("SLEEP $5", encoding="utf-8")
    done = run("extract", source, "--out", tmp_path / "out", "--workers", 1, "--time-limit", 1)
    assert done.returncode == 0, done.stderr
    tables = read_tables(tmp_path / "out")
    assert tables.arrow("issues").column("code").to_pylist() == ["time_limit"]
    assert tables.arrow("figures").num_rows == 2


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
        second = run("extract", source, "--out", out)
        assert second.returncode == 2
        assert second.stderr == f"newsledger: another run is at work in {out}\n"
        process.communicate(timeout=120)
    assert process.returncode == 0


def test_a_full_disk_stops_the_run_and_it_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.engines import store

    stub(monkeypatch)
    source, out = articles(tmp_path / "in"), tmp_path / "out"
    expected = undisturbed(tmp_path, source)
    written = 0
    write = store._write

    def full(path: Path, *arguments: object) -> None:
        nonlocal written
        written += 1
        if written == 20:
            path.write_bytes(b"ARROW1")
            raise OSError(28, "No space left on device", str(path))
        write(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        batch.run([source], out, workers=1)
    assert not list(out.glob("*.parquet"))
    assert batch.run([source], out, workers=1).reused > 0
    assert snapshot(out) == expected


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
