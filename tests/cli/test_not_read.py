"""What was not read is said at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("newsledger.stages.names.find", lambda *_, **__: [])
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "dated.txt").write_text("Published: 3 April 2024\n\nIt paid $5 on Friday.", encoding="utf-8")
    return folder


def extract(source: Path, *more: str) -> int:
    return call(["extract", str(source), "--out", str(source.parent / "out"), "--workers", "1", *more])


def test_a_file_without_text_is_named_with_what_helps(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert extract(source) == 0
    printed = capsys.readouterr().out
    assert "not read: table.csv: no column of text is known" in printed
    assert "--text-field NAME" in printed


def test_articles_without_a_date_are_counted(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "undated.txt").write_text("It paid $5 on Friday, then in May.", encoding="utf-8")
    assert extract(source) == 0
    assert "no publication date: 1 article, so 2 dates without a day" in capsys.readouterr().out
    issues = newsledger.read_tables(source.parent / "out").issues
    assert issues[["article_id", "code", "severity"]].values.tolist() == [["undated.txt", "no_date", "info"]]


def test_an_article_whose_dates_need_no_anchor_is_no_issue(source: Path) -> None:
    (source / "undated.txt").write_text("It paid $5 on 3 May 2020.", encoding="utf-8")
    assert extract(source) == 0
    assert len(newsledger.read_tables(source.parent / "out").issues) == 0


@pytest.mark.parametrize(("name", "text"), [("a.csv", "a,b\n1,2\n"), ("a.txt", "It paid $5 on Friday.")])
def test_strict_exits_1(source: Path, name: str, text: str) -> None:
    assert extract(source, "--strict") == 0
    (source / name).write_text(text, encoding="utf-8")
    assert extract(source, "--strict", "--resume") == 1
    assert extract(source, "--strict") == 1
