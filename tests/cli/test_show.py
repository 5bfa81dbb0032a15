"""``newsledger show`` and ``explain``: of a run, of one of its rows, and of what is piped in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call
from newsledger.values.article import Article


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))
    texts = {"a": "Kenya paid $5 million.", "b": "Chile owes over €3."}
    articles = [Article(text=t, article_id=name, published="2024-04-03") for name, t in texts.items()]
    newsledger.extract_articles(articles).to_parquet(tmp_path)
    return str(tmp_path)


@pytest.mark.parametrize("wanted", ["b", "b#money:00000011-00000018"])
def test_an_article_of_a_run_by_its_id_or_that_of_a_row(
    run: str, wanted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["show", run, wanted]) == 0
    printed = capsys.readouterr().out
    assert "owes over" in printed
    assert "Kenya" not in printed


@pytest.mark.parametrize(
    ("arguments", "message"), [((), "holds 2 articles"), (("c",), "no article or row 'c'")]
)
def test_an_article_of_a_run_must_be_named(
    run: str, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["show", run, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_figure_of_a_run_is_explained_by_its_id(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    figure_id = newsledger.read_tables(run).figures.figure_id.tolist()[1]
    assert call(["explain", run, figure_id]) == 0
    assert '"over" makes it gt' in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "explain"])
def test_a_text_is_piped_in(
    command: str, run: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Peru lent $7 million on Monday."))
    assert call([command, "-", "--published", "2024-04-03"]) == 0
    assert "$7 million" in capsys.readouterr().out
