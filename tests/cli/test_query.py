"""``newsledger query``: SQL over the tables of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import newsledger
from newsledger.cli.main import call

pytest.importorskip("duckdb")

TEXT = "Kenya paid $5 million. Chile paid $12.50 | more. Some paid euros."
LARGEST = "select surface, value_low from figures order by value_low desc"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("newsledger.stages.names.find_in_steps", lambda *_, **__: iter([[]]))
    newsledger.extract(TEXT, published="2024-04-03").to_parquet(tmp_path)
    return str(tmp_path)


def test_csv(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["query", run, LARGEST, "--format", "csv"]) == 0
    assert capsys.readouterr().out == "surface,value_low\n$5 million,5000000\n$12.50,12.5\n"


def test_json(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["query", run, LARGEST, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows == [{"surface": "$5 million", "value_low": 5000000}, {"surface": "$12.50", "value_low": 12.5}]


def test_table(run: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["query", run, LARGEST]) == 0
    printed = capsys.readouterr().out
    assert "surface" in printed
    assert "5,000,000" in printed


def test_all_tables_are_views(run: str) -> None:
    for table in newsledger.Tables.empty():
        assert call(["query", run, f"select count(*) from {table}", "--format", "csv"]) == 0


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select", "SQL: Parser Error"),
        ("select * from nothing", "SQL: Catalog Error"),
        ("select * from read_csv('/etc/hostname')", "SQL: Permission Error"),
        ("copy figures to 'x.csv'", "SQL: Permission Error"),
    ],
)
def test_mistakes_are_one_line_and_code_2(
    run: str, query: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["query", run, query]) == 2
    assert capsys.readouterr().err.startswith(f"newsledger: {message}")


def test_amounts_stay_exact_inside_a_query(run: str) -> None:
    tables = newsledger.read_tables(run)
    assert tables.sql("select sum(value_low) = 5000012.5 as right from figures").right.tolist() == [True]
    assert str(tables.sql(LARGEST).dtypes["value_low"]) == "float64"
