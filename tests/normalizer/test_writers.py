"""Every format holds the same rows, whole or not at all, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.api import Tables, read_tables
from newsledger.normalizer import writers
from newsledger.normalizer.rows import to_arrow
from newsledger.normalizer.schema import TABLES, arrow_schema
from newsledger.normalizer.writers import FORMATS, WriteError, check_formats
from newsledger.normalizer.writers.parquet_files import GROUP_ROWS, write_file
from newsledger.normalizer.writers.text import decimal_text, neutralise, restore
from tests.normalizer.sample import tables

READ_BACK = ["parquet", "csv", "jsonl", "sqlite", "duckdb"]


def same(a: Tables, b: Tables) -> bool:
    return all(a.arrow(name).equals(b.arrow(name)) for name in TABLES)


@pytest.mark.parametrize("name", READ_BACK)
def test_round_trip(name: str, tmp_path: Path) -> None:
    tables().write(tmp_path, [name])
    back = read_tables(tmp_path)
    assert same(back, tables())
    assert back.run["rows"]["figures"] == 2


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_an_amount_that_is_none_is_named(name: str, tmp_path: Path) -> None:
    tables().write(tmp_path, [name])
    file = tmp_path / f"figures.{name}"
    low = decimal_text(tables().figures.value_low.dropna().iloc[0])
    file.write_text(file.read_text().replace(low, '"lots"' if name == "jsonl" else "lots"))
    with pytest.raises(ValueError, match=r"figures cannot be read from it: .*'lots'"):
        read_tables(tmp_path)


@pytest.mark.parametrize("saved", ["\ufeff{}", "{}\n\n", "{}\r\n"], ids=["mark", "blank lines", "blank line"])
def test_a_table_that_a_spreadsheet_saved_is_read_back(saved: str, tmp_path: Path) -> None:
    tables().to_csv(tmp_path)
    file = tmp_path / "figures.csv"
    file.write_text(saved.format(file.read_text("utf-8")), "utf-8")
    assert same(read_tables(tmp_path), tables())


@pytest.mark.parametrize(
    ("table", "old", "new", "why"),
    [
        ("figures", "surface", "words", "no column surface"),
        ("figures", ",USD", "", r"line \d+ has \d+ columns where the header has \d+"),
        ("ledger", "true", "TRUE", "'TRUE' is neither true nor false"),
        ("figures", "\n", ',"', "end of data"),
    ],
)
def test_what_is_wrong_with_a_csv_table_is_said(
    table: str, old: str, new: str, why: str, tmp_path: Path
) -> None:
    tables().to_csv(tmp_path)
    file = tmp_path / f"{table}.csv"
    start, found, end = file.read_text("utf-8").partition(old)
    assert found
    file.write_text(start + new + end, "utf-8")
    with pytest.raises(ValueError, match=f"{table} cannot be read from it: .*{why}"):
        read_tables(tmp_path)


def test_a_number_with_a_fraction_is_no_offset(tmp_path: Path) -> None:
    tables().write(tmp_path, ["jsonl"])
    file = tmp_path / "articles.jsonl"
    file.write_text(re.sub(r'("n_chars": \d+)', r"\1.5", file.read_text("utf-8")), "utf-8")
    with pytest.raises(ValueError, match="articles cannot be read from it"):
        read_tables(tmp_path)


@pytest.mark.parametrize("name", READ_BACK)
def test_round_trip_of_nothing(name: str, tmp_path: Path) -> None:
    Tables.empty().write(tmp_path, [name])
    assert same(read_tables(tmp_path), Tables.empty())


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if not f.one_file])
def test_same_rows_same_bytes(name: str, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        tables().write(tmp_path / folder, [name])
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_datapackage_describes_the_files(tmp_path: Path) -> None:
    tables().write(tmp_path, ["csv", "parquet"])
    package = json.loads((tmp_path / "datapackage.json").read_text())
    by_name = {r["name"]: r for r in package["resources"]}
    assert by_name["figures"]["path"] == "figures.csv"
    assert by_name["figures-parquet"]["path"] == "figures.parquet"
    assert (
        by_name["figures-parquet"]["schema"]["foreignKeys"][0]["reference"]["resource"] == "articles-parquet"
    )
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]).stat().st_size == resource.get(
            "bytes", resource.get("file_bytes")
        )


def test_csv_as_a_reader_sees_it(tmp_path: Path) -> None:
    tables().to_csv(tmp_path)
    raw = (tmp_path / "figures.csv").read_bytes()
    assert raw.startswith(b"figure_id,article_id,start_char")
    with (tmp_path / "figures.csv").open(newline="", encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    assert row["value_low"] == "-3500000"
    assert row["value_high"] == ""
    assert row["surface"] == "'-$3.5 million"
    assert row["sentence"] == "'- a list item"
    with (tmp_path / "articles.csv").open(newline="", encoding="utf-8") as file:
        article = next(csv.DictReader(file))
    assert "on\r\n3 April" in article["text"]
    assert article["title"].startswith("'=")
    with (tmp_path / "country_mentions.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["iso_alpha2"] == "NA"


def test_jsonl_keeps_all_digits(tmp_path: Path) -> None:
    tables().to_jsonl(tmp_path)
    row = json.loads((tmp_path / "figures.jsonl").read_text().splitlines()[0], parse_float=Decimal)
    assert row["value_low"] == -3500000
    assert row["value_high"] is None
    assert list(row) == list(TABLES["figures"].names)


def test_sqlite_has_real_keys(tmp_path: Path) -> None:
    path = tables().to_sqlite(tmp_path / "x.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = ON")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute("UPDATE figures SET article_id = 'nobody'")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        connection.execute("INSERT INTO articles SELECT * FROM articles")
    connection.close()


def test_sqlite_compares_amounts_as_numbers_and_keeps_their_digits(tmp_path: Path) -> None:
    connection = sqlite3.connect(tables().to_sqlite(tmp_path / "x.sqlite"))
    query = "SELECT value_low, value_low_exact FROM figures WHERE value_low < 0"
    assert connection.execute(query).fetchone() == (-3500000.0, "-3500000")
    assert connection.execute("SELECT count(*) FROM figures WHERE value_low > 0").fetchone() == (0,)
    indexed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()
    assert ("figures_value_low",) in indexed
    connection.close()


def test_duckdb_sums_exactly(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tables().to_duckdb(tmp_path)
    assert path.name == "newsledger.duckdb"
    connection = duckdb.connect(str(path), read_only=True)
    assert connection.sql("SELECT sum(value_low) FROM figures").fetchall() == [(Decimal("-7000000"),)]
    connection.close()


def test_excel(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tables().to_xlsx(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["figures", *(name for name in TABLES if name != "figures"), "about"]
    figures = book["figures"]
    names = [cell.value for cell in figures[1]]
    assert names[:5] == ["published_date", "title", "surface", "value_low", "value_high"]
    assert sorted(names[-2:]) == ["article_id", "figure_id"]
    assert (figures.freeze_panes, figures.auto_filter.ref is not None) == ("A2", True)
    assert figures["D1"].comment.text == TABLES["figures"]["value_low"].description
    assert figures["D2"].number_format == "#,##0"
    assert figures.cell(2, names.index("sentence") + 1).alignment.wrap_text
    for name in TABLES:
        cells = [cell for row in book[name].iter_rows() for cell in row if cell.value is not None]
        assert all(cell.data_type != "f" for cell in cells)
        assert not any(isinstance(c.value, str) and c.value[0] in "=@" for c in cells)
    header, first = list(book["date_mentions"].iter_rows(values_only=True))[:2]
    assert dict(zip(header, first, strict=True))["start_date"] == "1890-04-03"
    header, first = list(book["articles"].iter_rows(values_only=True))[:2]
    assert str(dict(zip(header, first, strict=True))["published_date"])[:10] == "2024-04-03"


def _with_article_text(text: str) -> Tables:
    plain = tables()
    made = {name: plain.arrow(name) for name in TABLES}
    row = plain.arrow("articles").to_pylist()[0]
    made |= {name: arrow_schema(name).empty_table() for name in TABLES}
    made["articles"] = to_arrow("articles", [tuple({**row, "text": text}.values())])
    return Tables(made)


def test_excel_says_what_it_cut(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(_with_article_text("\U0001f600" * 30_000).to_xlsx(tmp_path))
    header, first = list(book["articles"].iter_rows(values_only=True))[:2]
    text = dict(zip(header, first, strict=True))["text"]
    assert text.endswith("holds 32,767 characters]")
    assert len(text.encode("utf-16-le")) <= 2 * 32_767
    about = {row[0]: row[3] for row in book["about"].iter_rows(values_only=True)}
    assert about["articles"] == 1
    assert about["figures"] == 0


def test_excel_refuses_what_no_sheet_holds(tmp_path: Path) -> None:
    class Many:
        num_rows = 1_048_576

        def batches(self) -> Any:
            raise AssertionError("must not be read")

    with pytest.raises(WriteError, match="an Excel sheet holds 1,048,575"):
        writers.write_tables(tmp_path, dict.fromkeys(TABLES, Many()), ["xlsx"])
    assert not list(tmp_path.iterdir())


def test_values_with_more_digits_than_excel_holds_are_text(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = {name: arrow_schema(name).empty_table() for name in TABLES}
    row = dict.fromkeys(TABLES["figures"].names)
    row |= {"figure_id": "f", "article_id": "a", "start_char": 0, "end_char": 1, "surface": "x"}
    row |= {"modifier": "exact", "kind": "level", "zone": "body"}
    row |= {"value_low": Decimal("12345678901234567.5"), "value_high": Decimal("1e30")}
    made["figures"] = to_arrow("figures", [tuple(row.values())])
    book = openpyxl.load_workbook(Tables(made).to_xlsx(tmp_path))
    header, first = list(book["figures"].iter_rows(values_only=True))[:2]
    got = dict(zip(header, first, strict=True))
    assert got["value_low"] == "12345678901234567.5"
    assert got["value_high"] == 1e30


def test_a_failing_writer_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsledger.normalizer.writers import text_files

    tables().to_csv(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def half(folder: Path, _: object) -> list[Path]:
        (folder / "articles.csv").write_text("article_id")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(text_files, "write_csv", half)
    with pytest.raises(OSError, match="No space"):
        Tables.empty().to_csv(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writers.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WriteError, match=r"duckdb needs duckdb: pip install 'newsledger\[duckdb\]'"):
        Tables.empty().to_duckdb(tmp_path)
    with pytest.raises(WriteError, match="no such format: 'pdf'"):
        check_formats(["pdf"])


def test_row_groups_do_not_depend_on_batches(tmp_path: Path) -> None:
    table = to_arrow(
        "people", [(f"p{i:06d}", "N", None, None, None, None, None, 1, 1) for i in range(GROUP_ROWS + 9)]
    )
    for name, size in (("a", 7_001), ("b", table.num_rows)):
        pieces = (table.slice(start, size) for start in range(0, table.num_rows, size))
        write_file(tmp_path / name, "people", (), pieces)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1E+10", "10000000000"),
        ("0.000001", "0.000001"),
        ("-0.000000", "0"),
        ("100", "100"),
        ("1.50", "1.5"),
        ("0", "0"),
    ],
)
def test_decimals_are_written_plainly(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@given(st.text())
def test_neutralising_can_be_undone(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r"))


_TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(_TEXT, min_size=1, max_size=4), name=st.sampled_from(["csv", "jsonl", "sqlite"]))
def test_any_text_survives(texts: list[str], name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = tables().arrow("articles").to_pylist()[0]
    rows = [{**plain, "article_id": f"a{i}", "text": t, "title": t} for i, t in enumerate(texts)]
    made = {table: arrow_schema(table).empty_table() for table in TABLES}
    made["articles"] = to_arrow("articles", [tuple(row.values()) for row in rows])
    folder = tmp_path_factory.mktemp("any")
    Tables(made).write(folder, [name])
    assert same(read_tables(folder), Tables(made))
