"""Only regular files of our own making are replaced or deleted, and only articles are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsledger.api import read_tables
from newsledger.cli.main import call
from tests.engines.test_faults import stub


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stub(monkeypatch)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("It paid $5.", encoding="utf-8")
    return folder


def extract(source: Path, out: Path, *more: str) -> int:
    return call(["extract", str(source), "--out", str(out), "--workers", "1", *more])


@pytest.mark.parametrize("more", [[], ["--resume"], ["--fresh"]])
def test_a_table_of_the_user_is_not_overwritten(source: Path, tmp_path: Path, more: list[str]) -> None:
    out = tmp_path / "out"
    assert extract(source, out) == 0
    (out / "figures.csv").write_text("mine")
    assert extract(source, out, "--format", "csv", *more) == 2
    assert (out / "figures.csv").read_text() == "mine"
    assert read_tables(out).arrow("figures").num_rows == 1


@pytest.mark.parametrize("kind", ["link", "fifo"])
@pytest.mark.parametrize("more", [["--resume"], ["--fresh"]])
def test_links_and_devices_are_not_replaced(source: Path, tmp_path: Path, kind: str, more: list[str]) -> None:
    out = tmp_path / "out"
    assert extract(source, out) == 0
    (source / "b.txt").write_text("It paid $6.", encoding="utf-8")
    table = out / "figures.parquet"
    moved = table.rename(tmp_path / "elsewhere")
    held = moved.read_bytes()
    table.symlink_to(moved) if kind == "link" else os.mkfifo(table)
    assert extract(source, out, *more) == 2
    assert table.is_symlink() if kind == "link" else table.is_fifo()
    assert moved.read_bytes() == held


def test_a_table_changed_by_hand_is_no_finished_run(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert extract(source, out, "--format", "csv") == 0
    kept = (out / "figures.csv").read_bytes()
    (out / "figures.csv").write_bytes(kept.replace(b"5", b"6"))
    assert extract(source, out, "--format", "csv") == 2
    assert "figures.csv is not as the run left it" in capsys.readouterr().err
    assert extract(source, out, "--resume") == 0
    assert (out / "figures.csv").read_bytes() == kept


def test_a_format_once_written_is_made_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert extract(source, out, "--format", "csv,sqlite") == 0
    (source / "b.txt").write_text("It paid $6.", encoding="utf-8")
    (out / "run.json").unlink()  # as a run leaves it that was killed while it moved its tables
    assert extract(source, out) == 0
    assert b"b.txt" in (out / "figures.csv").read_bytes()
    assert b"b.txt" in (out / "newsledger.sqlite").read_bytes()


def test_a_format_that_can_no_longer_be_written_leaves_no_old_file(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert extract(source, out, "--format", "csv,xlsx") == 0
    (source / "b.txt").write_text("It paid $6.", encoding="utf-8")
    monkeypatch.setattr("newsledger.normalizer.writers.xlsx_files.MAX_ROWS", 2)
    assert extract(source, out, "--resume") == 1
    assert b"b.txt" in (out / "figures.csv").read_bytes()
    assert not (out / "newsledger.xlsx").exists()


def test_tables_of_an_unfinished_run_are_not_read(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert extract(source, out) == 0
    (out / "run.json").unlink()
    with pytest.raises(ValueError, match="unfinished run"):
        read_tables(out)


def test_a_run_killed_before_its_plan_is_begun_again(source: Path, tmp_path: Path) -> None:
    for more in ([], ["--fresh"]):
        work = tmp_path / f"out{len(more)}" / ".newsledger"
        work.mkdir(parents=True)
        for name in ("lock", ".plan.json.1.tmp"):
            (work / name).touch()
        assert extract(source, work.parent, *more) == 0


def test_a_source_in_the_output_is_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert extract(source, out) == 0
    for inside in (out, source.rename(out / "in")):
        assert extract(inside, out, "--resume") == 2
        assert "lies in the folder for the tables" in capsys.readouterr().err
    assert read_tables(out).arrow("articles").num_rows == 1


def test_a_run_among_the_articles_is_left_out_with_a_word(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract(source, source / "old") == 0
    assert extract(source, tmp_path / "out") == 0
    assert "not read: old: the tables of a run are no articles" in capsys.readouterr().out
    assert read_tables(tmp_path / "out").arrow("articles").num_rows == 1
    assert extract(source, source / "old") == 0  # its own folder needs no word
    assert "no articles" not in capsys.readouterr().out


def test_an_empty_source_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert extract(tmp_path / "in", tmp_path / "out") == 2
    assert "holds no file that can be read" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_linked_folder_is_said(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "more").mkdir()
    (source / "linked").symlink_to(tmp_path / "more")
    assert extract(source, tmp_path / "out") == 0
    assert "not read: linked: a linked folder is not followed" in capsys.readouterr().out


def test_gold_replaces_no_device(tmp_path: Path) -> None:
    from newsledger.regression.errors import CannotCompare
    from newsledger.regression.gold_files import _write_files

    os.mkfifo(tmp_path / "pipe.gold.toml")
    with pytest.raises(CannotCompare, match="not a regular file"):
        _write_files({tmp_path / "pipe.gold.toml": "x"})
    (tmp_path / "target").write_text("old")
    (tmp_path / "link.gold.toml").symlink_to(tmp_path / "target")
    _write_files({tmp_path / "link.gold.toml": "new"})
    assert (tmp_path / "link.gold.toml").is_symlink()
    assert (tmp_path / "target").read_text() == "new"
