"""``newsledger explain``: of a file, of a run, of one row, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call

TEXT = "Published: 3 April 2024\n\nIt cost over €5 on Monday. It may weigh 5 pounds, or 6. It may not."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_all_figures_of_a_file_and_what_was_not_taken(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["explain", str(file)]) == 0
    printed = capsys.readouterr().out
    assert 'bound      "over" makes it gt (more than)' in printed
    assert '"5 pounds" (money): it fails the check' in printed
    assert printed.count('"may" (dates)') == 1
    assert "(2 times)" in printed


def test_one_row_by_its_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["explain", str(file), "Monday"]) == 0
    assert "anchor     publication, 2024-04-03 (header)" in capsys.readouterr().out


def test_settings_of_the_command_line_hold(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("It cost $5.", encoding="utf-8")
    assert call(["explain", str(file), "$5", "--default-currency", "NZD"]) == 0
    assert "NZD by default: the default that was set" in capsys.readouterr().out


def test_the_tables_of_a_run(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = newsledger.extract_articles(newsledger.read_articles(file))
    tables.to_parquet(tmp_path / "run")
    assert call(["explain", str(tmp_path / "run"), tables.figures.figure_id[0]]) == 0
    assert "more than 5 EUR" in capsys.readouterr().out


def test_words_that_several_articles_of_a_run_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("It cost €5.", encoding="utf-8")
    newsledger.extract_articles(newsledger.read_articles(tmp_path)).to_parquet(tmp_path / "run")
    assert call(["explain", str(tmp_path / "run"), "€5"]) == 2
    assert "2 rows are '€5'" in capsys.readouterr().err
    assert call(["explain", str(tmp_path / "run"), "€5", "--article", "b.txt"]) == 0
    assert capsys.readouterr().out.startswith("b.txt#money:00000008-00000010")
    assert call(["explain", str(tmp_path / "run"), "€5", "--article", "c.txt"]) == 2
    assert "no article 'c.txt'" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["money:1", "no such words"])
def test_what_is_not_there_is_a_usage_error(
    file: Path, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["explain", str(file), wanted]) == 2
    assert wanted in capsys.readouterr().err


def test_an_article_without_figures_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("It rained.", encoding="utf-8")
    assert call(["explain", str(file)]) == 0
    assert capsys.readouterr().out.strip() == "no figures"
