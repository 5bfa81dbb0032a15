"""The page as a file: whole, the same each time, closed in itself, and true to the tables."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import newsledger
from newsledger.api import Tables
from newsledger.cli.main import call
from newsledger.integrations.report.data import report_data
from newsledger.integrations.report.page import report_html, write_report


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_same_tables_give_the_same_page(tables: Tables) -> None:
    assert report_html(tables) == report_html(tables)


def test_it_loads_nothing_and_runs_its_own_script_only(tables: Tables) -> None:
    html = report_html(tables)
    shell = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"https?://|\bsrc=|<link|@import|url\(", shell)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in html
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|https?:", script)


def test_articles_cannot_end_the_data(tables: Tables) -> None:
    html = report_html(tables)
    assert "<img src=x" not in html
    assert data_of(html)["articles"][0]["title"].startswith("</script>")


def test_articles_cannot_stand_for_parts_of_the_template() -> None:
    tables = newsledger.extract("It cost €5 @SCRIPT@ @DATA@ @TITLE@.")
    html = report_html(tables, title="@STYLE@")
    assert data_of(html)["articles"][0]["text"] == "It cost €5 @SCRIPT@ @DATA@ @TITLE@."
    assert "<title>@STYLE@</title>" in html


def test_every_figure_is_there_with_its_exact_value(tables: Tables) -> None:
    data = report_data(tables)
    rows = tables.arrow("figures").to_pylist()
    assert len(data["figures"]) == len(rows)
    for figure, row in zip(data["figures"], rows, strict=True):
        article = data["articles"][figure["a"]]
        assert f"{article['id']}#{figure['id']}" == row["figure_id"]
        for side in ("value_low", "value_high"):
            assert (Decimal(figure[side]) if side in figure else None) == row[side]
        units = article["text"].encode("utf-16-le")
        start, end = figure["span"]
        assert units[2 * start : 2 * end].decode("utf-16-le") == row["surface"]


def test_texts_can_be_left_out(tables: Tables) -> None:
    data = report_data(tables, texts=False)
    assert all(article["text"] is None for article in data["articles"])
    assert all(len(figure["words"]) == 3 for figure in data["figures"])
    html = report_html(tables, texts=False)
    assert "No date here" not in html
    assert "It cost" in html


def test_control_characters_are_made_visible() -> None:
    tables = newsledger.extract("It cost €5 \u202e or\x00 \x1bso.")
    (article,) = report_data(tables)["articles"]
    assert article["text"] == "It cost €5 \ufffd or\ufffd \ufffdso."


def test_no_articles_make_a_page_too(tmp_path: Path) -> None:
    page = write_report(Tables.empty(), tmp_path / "new" / "report.html")
    assert data_of(page.read_text(encoding="utf-8"))["figures"] == []
    assert [p.name for p in page.parent.iterdir()] == ["report.html"]


def test_the_command_writes_it(tables: Tables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables.to_parquet(tmp_path / "run")
    page = tmp_path / "report.html"
    assert call(["report", str(tmp_path / "run"), "--html", str(page), "--title", "Loans"]) == 0
    summary = f"{len(tables.figures)} figures of 3 articles"
    assert summary in capsys.readouterr().out
    assert "<h1>Loans</h1>" in page.read_text(encoding="utf-8")


def test_no_table_and_no_special_file_is_replaced(tables: Tables, tmp_path: Path) -> None:
    tables.to_parquet(tmp_path / "run")
    table = tmp_path / "run" / "articles.parquet"
    before = table.read_bytes()
    with pytest.raises(ValueError, match="not an HTML page"):
        write_report(tables, table)
    assert table.read_bytes() == before
    (tmp_path / "link.html").symlink_to("page.html")
    for _ in range(2):
        write_report(tables, tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert data_of((tmp_path / "page.html").read_text(encoding="utf-8"))["figures"]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text, "utf-8")
        write_report(tables, pipe)
        assert data_of(read.result())["figures"]
    assert pipe.is_fifo()


def test_the_command_refuses_what_holds_no_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["report", str(tmp_path), "--html", str(tmp_path / "r.html")]) != 0
    assert "no tables in" in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()
