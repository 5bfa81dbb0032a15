"""What a notebook user gets: frames with the right types that can be trusted to add up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from newsledger.api import Tables, read_tables
from newsledger.normalizer.schema import TABLES
from tests.normalizer.sample import tables


@pytest.mark.parametrize("name", TABLES)
def test_empty_frames_have_the_types_of_full_ones(name: str) -> None:
    full, empty = tables()[name], Tables.empty()[name]
    assert dict(full.dtypes) == dict(empty.dtypes)
    assert not len(empty)


def test_exact_sums_of_money() -> None:
    figures = tables().exact("figures")
    total = figures.value_low.sum()
    assert total == Decimal("-7000000")
    assert isinstance(total, Decimal)
    by_currency = figures.groupby("currency").value_low.sum()
    assert by_currency["USD"] == Decimal("-7000000")
    assert str(figures.value_low.dtype) == "decimal128(38, 6)[pyarrow]"
    assert str(tables().figures.value_low.dtype) == "float64"


def test_dates_are_dates_also_before_excel_and_unix() -> None:
    assert list(tables().date_mentions.start_date.dt.date) == [dt.date(1890, 4, 3)] * 2
    assert list(tables().exact("date_mentions").start_date) == [dt.date(1890, 4, 3)] * 2


def test_namibia_is_no_missing_value() -> None:
    assert list(tables().country_mentions.iso_alpha2) == ["NA", "NA"]


def test_a_frame_is_the_users_own(tmp_path: Path) -> None:
    found = tables()
    found.figures["note"] = "mine"
    found.to_parquet(tmp_path)
    assert "note" in found.figures
    assert "note" not in read_tables(tmp_path).figures


def test_repr_counts() -> None:
    assert repr(tables()) == (
        "Tables(2 articles: 2 figures, 4 mentions of 1 person, 2 country mentions, 2 dates, 2 issues)"
    )
    assert repr(Tables.empty()) == "Tables(no articles)"


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(KeyError, match="there are articles"):
        Tables.empty().arrow("person")
    with pytest.raises(ValueError, match="no table"):
        Tables({})


def test_reading_back_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no tables in"):
        read_tables(tmp_path)
    tables().to_csv(tmp_path)
    (tmp_path / "figures.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"lacks figures\.csv"):
        read_tables(tmp_path)


@pytest.mark.parametrize("name", ["figures.csv", "datapackage.json", "run.json"])
def test_a_file_of_somebody_else_is_not_replaced(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(ValueError, match=f"{name} is there, and newsledger did not write it"):
        tables().to_csv(tmp_path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(name, "mine")]


def test_tables_are_written_again_where_they_were(tmp_path: Path) -> None:
    for formats in (["csv"], ["parquet", "sqlite"], ["csv", "sqlite"]):
        tables().write(tmp_path, formats)
    (tmp_path / "x.sqlite").symlink_to(tmp_path / "newsledger.sqlite")
    with pytest.raises(ValueError, match="not a regular file"):
        tables().to_sqlite(tmp_path / "x.sqlite")
    assert tables().to_sqlite(tmp_path).name == "newsledger.sqlite"


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables().to_parquet(tmp_path)
    pq.write_table(pa.table({"x": [1]}), tmp_path / "figures.parquet")
    with pytest.raises(ValueError, match="figures"):
        read_tables(tmp_path)
