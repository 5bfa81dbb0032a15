"""What was not read is said at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))
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


def test_records_without_a_text_are_one_line_with_what_helps(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "feed.jsonl").write_text('{"content": {"plain": "a"}}\n' * 3, encoding="utf-8")
    assert extract(source) == 0
    printed = capsys.readouterr().out
    assert (
        "not read: feed.jsonl (3 records): the field 'content' holds no text but content.plain; " in printed
    )


def test_files_of_a_kind_that_is_not_read_are_said(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "a.docx").write_text("x", encoding="utf-8")
    assert extract(source, "--strict") == 0
    assert "not read: a.docx: a file with ending .docx was not read" in capsys.readouterr().out


def test_what_is_not_named_is_counted(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n in range(8):
        (source / f"{n}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert extract(source) == 0
    assert "not read: 3 more; see issues" in capsys.readouterr().out


def test_nothing_read_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_text("x", encoding="utf-8")
    assert call(["extract", str(tmp_path / "a.docx"), "--out", str(tmp_path / "out")]) == 1
    assert "no article was read" in capsys.readouterr().err


def test_a_mistake_names_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["extract", "x", "--text-feild", "y"]) == 2
    printed = capsys.readouterr().err
    assert "--text-field" in printed
    assert "extract --help" in printed


def test_a_run_that_is_not_there_exits_2(tmp_path: Path) -> None:
    assert call(["query", str(tmp_path), "select 1"]) == 2
