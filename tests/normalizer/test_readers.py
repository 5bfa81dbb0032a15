"""Other programs read the Parquet files as they are: exact decimals, days, text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.normalizer.sample import tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run")
    tables().write(made)
    return made


def test_polars(folder: Path) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    figures = pl.read_parquet(folder / "figures.parquet")
    assert figures.schema["value_low"] == pl.Decimal(38, 6)
    expected = tables().arrow("figures").column("value_low").to_pylist()
    assert figures["value_low"].to_list() == expected
    assert any(isinstance(value, Decimal) for value in expected)
    largest = figures.filter(pl.col("value_low") > -5_000_000).select(pl.col("value_low").max()).item()
    assert largest == max(value for value in expected if value is not None)
    articles = pl.read_parquet(folder / "articles.parquet")
    assert articles.schema["published_date"] == pl.Date
    assert articles["published_date"].to_list() == tables().arrow("articles")["published_date"].to_pylist()
    days = articles.filter(pl.col("published_date") >= dt.date(2000, 1, 1)).join(figures, on="article_id")
    assert len(days)
    flags = pl.read_parquet(folder / "country_mentions.parquet").schema["inside_name"]
    assert flags == pl.Boolean


def test_duckdb(folder: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    figures = duckdb.read_parquet(str(folder / "figures.parquet"))
    types = dict(zip(figures.columns, map(str, figures.types), strict=True))
    assert (types["value_low"], types["start_char"]) == ("DECIMAL(38,6)", "BIGINT")
    expected = tables().arrow("figures").column("value_low").to_pylist()
    assert [row[0] for row in figures.project("value_low").fetchall()] == expected
    articles = duckdb.read_parquet(str(folder / "articles.parquet"))
    assert str(articles.types[articles.columns.index("published_date")]) == "DATE"
    query = f"select sum(value_low) from '{folder}/figures.parquet'"
    assert duckdb.sql(query).fetchall() == [(sum(value for value in expected if value is not None),)]
