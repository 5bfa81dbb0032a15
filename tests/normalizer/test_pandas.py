"""The tables take what pandas users do with a frame: every ordinary operation on every table."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import newsledger
from newsledger.normalizer.schema import TABLES
from newsledger.values.article import Article
from newsledger.values.mentions import NameSpan

TEXTS = {
    "a": ("Japan pledged $12 billion on Wednesday and £3.5m in May. Mayor Ada Roe spoke.", "2024-04-03"),
    "b": ("Kenya paid 40 million shillings on 2 May 2015. France owed €7m. Ben Lind left.", "2015-05-04"),
    "c": ("Nothing was paid.", None),
}


@pytest.fixture(scope="module")
def tables() -> newsledger.Tables:
    def spans(text: str, *_: Any, **__: Any) -> Iterator[list[NameSpan]]:
        found = ((name, text.find(name)) for name in ("Ada Roe", "Ben Lind"))
        yield [
            NameSpan(start_char=at, end_char=at + len(name), surface=name, label="PER")
            for name, at in found
            if at >= 0
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsledger.stages.names.find_in_steps", spans)
        return newsledger.extract_articles(
            Article(text=text, article_id=name, title=f"Title {name}", published=day)
            for name, (text, day) in TEXTS.items()
        )


def numeric(frame: pd.DataFrame) -> str | None:
    return next((c for c in ("value_low", "n_mentions", "n_chars", "start_char") if c in frame), None)


def day(frame: pd.DataFrame) -> str | None:
    return next((c for c in ("start_date", "published_date") if c in frame), None)


def text(frame: pd.DataFrame) -> str:
    return next(
        c for c in ("currency", "iso_alpha3", "timex_type", "name", "article_id", "code") if c in frame
    )


def on(part: Callable[[pd.DataFrame], str | None], work: Callable[[pd.DataFrame, str], Any]) -> Any:
    """The operation on the column of this sort, where a table has one."""

    def operation(frame: pd.DataFrame) -> Any:
        column = part(frame)
        return None if column is None else work(frame, column)

    return operation


def _plot(frame: pd.DataFrame, column: str) -> None:
    pytest.importorskip("matplotlib").use("agg")
    frame[column].plot()


OPERATIONS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "add": on(numeric, lambda f, c: f[c] + 1),
    "subtract": on(numeric, lambda f, c: f[c] - f[c].mean()),
    "multiply": on(numeric, lambda f, c: f[c] * 1.1),
    "divide": on(numeric, lambda f, c: f[c] / 1e6),
    "floor division": on(numeric, lambda f, c: f[c] // 1000),
    "power": on(numeric, lambda f, c: f[c] ** 2),
    "share of total": on(numeric, lambda f, c: f[c] / f[c].sum()),
    "log10": on(numeric, lambda f, c: np.log10(f[c] + 1)),
    "sqrt": on(numeric, lambda f, c: np.sqrt(f[c])),
    "round": on(numeric, lambda f, c: f[c].round(-3)),
    "abs": on(numeric, lambda f, c: f[c].abs()),
    "sum": on(numeric, lambda f, c: f[c].sum()),
    "mean": on(numeric, lambda f, c: f[c].mean()),
    "median": on(numeric, lambda f, c: f[c].median()),
    "std": on(numeric, lambda f, c: f[c].std()),
    "quantile": on(numeric, lambda f, c: f[c].quantile([0.1, 0.9])),
    "max": on(numeric, lambda f, c: f[c].max()),
    "idxmax": on(numeric, lambda f, c: f[c].dropna().idxmax() if len(f) else None),
    "cumsum": on(numeric, lambda f, c: f[c].cumsum()),
    "cumprod": on(numeric, lambda f, c: f[c].cumprod()),
    "diff": on(numeric, lambda f, c: f[c].diff()),
    "pct_change": on(numeric, lambda f, c: f[c].pct_change()),
    "rank": on(numeric, lambda f, c: f[c].rank()),
    "rolling": on(numeric, lambda f, c: f[c].rolling(2, min_periods=1).mean()),
    "clip": on(numeric, lambda f, c: f[c].clip(0, 100)),
    "between": on(numeric, lambda f, c: f[f[c].between(1, 1e9)]),
    "compare": on(numeric, lambda f, c: f[f[c] > 1_000_000]),
    "nlargest": on(numeric, lambda f, c: f.nlargest(2, c)),
    "nsmallest": on(numeric, lambda f, c: f.nsmallest(2, c)),
    "sort by number": on(numeric, lambda f, c: f.sort_values(c, ascending=False)),
    "cut": on(numeric, lambda f, c: pd.cut(f[c], [0, 10, 1e6, 1e12])),
    "qcut": on(numeric, lambda f, c: pd.qcut(f[c].rank(method="first"), 2) if len(f) > 1 else None),
    "fillna number": on(numeric, lambda f, c: f[c].fillna(0)),
    "astype int": on(numeric, lambda f, c: f[c].fillna(0).astype("int64")),
    "to_numpy": on(numeric, lambda f, c: f[c].to_numpy(dtype="float64")),
    "apply number": on(numeric, lambda f, c: f[c].map(lambda value: value * 2)),
    "format number": on(numeric, lambda f, c: f[c].map("{:,.0f}".format)),
    "corr": on(numeric, lambda f, c: f.select_dtypes("number").corr()),
    "plot": on(numeric, _plot),
    "compare day": on(day, lambda f, c: f[f[c] >= "2016-01-01"]),
    "between days": on(day, lambda f, c: f[f[c].between("2015-01-01", "2015-12-31")]),
    "year": on(day, lambda f, c: f[c].dt.year),
    "month name": on(day, lambda f, c: f[c].dt.month_name()),
    "strftime": on(day, lambda f, c: f[c].dt.strftime("%d %b %Y")),
    "period": on(day, lambda f, c: f[c].dt.to_period("M")),
    "add days": on(day, lambda f, c: f[c] + pd.Timedelta(days=7)),
    "days between": on(day, lambda f, c: (f[c] - pd.Timestamp("2015-01-01")).dt.days),
    "resample": on(day, lambda f, c: f.dropna(subset=[c]).set_index(c).resample("MS").size()),
    "Grouper": on(day, lambda f, c: f.groupby(pd.Grouper(key=c, freq="YS")).size()),
    "group by year": on(day, lambda f, c: f.groupby(f[c].dt.year).size()),
    "merge on days": on(
        day, lambda f, c: f.merge(pd.DataFrame({c: pd.to_datetime(["2015-05-04"])}), on=c, how="left")
    ),
    "merge_asof": on(
        day,
        lambda f, c: pd.merge_asof(
            f.dropna(subset=[c]).sort_values(c),
            pd.DataFrame({c: pd.to_datetime(["2010-01-01"]).as_unit("s"), "rate": [1.5]}),
            on=c,
        ),
    ),
    "sort by day": on(day, lambda f, c: f.sort_values(c)),
    "equal to a text": on(text, lambda f, c: f[f[c] == "USD"]),
    "isin": on(text, lambda f, c: f[f[c].isin(["USD", "KEN"])]),
    "upper": on(text, lambda f, c: f[c].str.upper()),
    "contains": on(text, lambda f, c: f[f[c].str.contains("U", na=False)]),
    "len of text": on(text, lambda f, c: f[c].str.len()),
    "split": on(text, lambda f, c: f[c].str.split("|").explode()),
    "value_counts": on(text, lambda f, c: f[c].value_counts()),
    "unique": on(text, lambda f, c: f[c].unique()),
    "fillna text": on(text, lambda f, c: f[c].fillna("open")),
    "category": on(text, lambda f, c: f[c].astype("category")),
    "where": on(text, lambda f, c: np.where(f[c].eq("USD").fillna(False), 1, 0)),
    "group by text": on(text, lambda f, c: f.groupby(c).size().sort_values()),
    "group and sum": on(text, lambda f, c: f.groupby(c).sum(numeric_only=True)),
    "pivot_table": on(text, lambda f, c: f.pivot_table(index=c, aggfunc="size")),
    "crosstab": on(text, lambda f, c: pd.crosstab(f[c], f[c])),
    "drop_duplicates": on(text, lambda f, c: f.drop_duplicates(c)),
    "set_index": on(text, lambda f, c: f.set_index(c).sort_index()),
    "merge on itself": on(text, lambda f, c: f.merge(f[[c]].drop_duplicates(), on=c)),
    "describe": lambda f: f.describe(include="all"),
    "info": lambda f: f.info(buf=io.StringIO()),
    "dropna": lambda f: f.dropna(how="all"),
    "isna": lambda f: f.isna().sum(),
    "head": lambda f: f.head().to_string(),
    "to_dict": lambda f: f.to_dict("records"),
    "to_csv": lambda f: f.to_csv(),
    "to_json": lambda f: f.to_json(orient="records", date_format="iso"),
    "to_html": lambda f: f.to_html(),
    "to_sql": lambda f: f.to_sql("t", sqlite3.connect(":memory:"), index=False),
    "concat": lambda f: pd.concat([f, f], ignore_index=True),
    "assign": lambda f: f.assign(note="mine"),
    "melt": lambda f: f.melt(id_vars=[f.columns[0]]),
    "copy and compare": lambda f: f.equals(f.copy()),
    "sample": lambda f: f.sample(frac=0.5, random_state=1),
    "itertuples": lambda f: list(f.itertuples()),
    "attribute access": lambda f: [getattr(f, c) for c in f.columns if c.isidentifier()],
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_ordinary_operations_work(tables: newsledger.Tables, table: str, operation: str) -> None:
    OPERATIONS[operation](tables[table].copy())


@pytest.mark.parametrize("table", TABLES)
def test_types_are_those_of_pandas(tables: newsledger.Tables, table: str) -> None:
    usual = {
        "decimal": "float64",
        "date": "datetime64[s]",
        "string": "string",
        "boolean": "boolean",
        "integer": "int64",
    }
    assert {c.name: str(tables[table][c.name].dtype) for c in TABLES[table].columns} == {
        c.name: "Int64" if c.type == "integer" and not c.required else usual[c.type]
        for c in TABLES[table].columns
    }
    empty = newsledger.Tables.empty()[table]
    assert empty.dtypes.to_dict() == tables[table].dtypes.to_dict()


@pytest.mark.parametrize("table", TABLES)
def test_no_column_is_hidden_by_pandas(tables: newsledger.Tables, table: str) -> None:
    frame = tables[table]
    hidden = [c for c in frame.columns if not isinstance(getattr(frame, c), pd.Series)]
    assert hidden == []


@pytest.mark.parametrize("table", TABLES)
def test_parquet_takes_a_frame_and_gives_it_back(
    tables: newsledger.Tables, tmp_path: Path, table: str
) -> None:
    path = tmp_path / "frame.parquet"
    tables[table].to_parquet(path)
    again = pd.read_parquet(path).astype(tables[table].dtypes.to_dict())
    pd.testing.assert_frame_equal(again, tables[table])


def test_values_that_a_float_cannot_hold_are_flagged() -> None:
    found = newsledger.extract("It cost $12,345,678,901,234,567.89, then $5.")
    assert found.figures["quality"].fillna("").str.contains("inexact_float").tolist() == [True, False]
    assert str(found.exact("figures")["value_low"][0]) == "12345678901234567.890000"
