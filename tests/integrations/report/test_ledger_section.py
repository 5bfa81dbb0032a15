"""The section of the ledger: hidden without classes; sums leave out what may not be added up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import newsledger
from newsledger.api import Tables
from newsledger.integrations.report.data import report_data
from newsledger.integrations.report.page import write_report
from newsledger.normalizer.schema import arrow_schema
from tests.integrations.report.browser import Browser
from tests.integrations.report.test_as_seen import CONTRAST, PHONE
from tests.integrations.report.test_in_browser import choose, click, surfaces, texts

TEXT = (
    "Japan gave Ghana $1.25 million. It gave it $2m to $3m, and over $7m. Of this $1m was for roads. "
    "The ministry pledged €5. It cost £3m."
)
AID = {"measure_class": "aid", "status": "paid", "payer": "Japan", "recipient": "Ghana"}
ENTRIES: list[dict[str, Any]] = [
    {**AID, "countable": True},
    {**AID, "countable": True},
    {**AID, "countable": True},
    {**AID, "countable": False},
    {"measure_class": "aid", "status": "pledged", "payer": "=ministry", "countable": True},
    {"measure_class": "cost", "holder": "Ghana", "countable": True},
]


@pytest.fixture(scope="module")
def known() -> Tables:
    tables = newsledger.extract(TEXT, published="2024-04-03")
    rows = tables.arrow("ledger").to_pylist()
    empty = dict.fromkeys(("measure_class", "status", "payer", "recipient", "holder"))
    filled = [{**row, **empty, **entry} for row, entry in zip(rows, ENTRIES, strict=True)]
    ledger = pa.Table.from_pylist(filled, schema=arrow_schema("ledger"))
    return Tables({**{name: tables.arrow(name) for name in tables}, "ledger": ledger}, run=tables.run)


def test_it_is_hidden_without_classes(browser: Browser, known: Tables, tmp_path: Path) -> None:
    without = {name: known.arrow(name) for name in known} | {"ledger": arrow_schema("ledger").empty_table()}
    tables = Tables(without, run=known.run)
    assert "payer" in report_data(known)["columns"]
    assert "payer" not in report_data(tables)["columns"]
    browser.open(write_report(tables, tmp_path / "report.html"))
    assert browser.run("[...document.querySelectorAll('.of-ledger')].every((n) => !n.checkVisibility())")
    assert browser.errors == []


def test_sums_hold_what_may_be_added_up(browser: Browser, known: Tables, tmp_path: Path) -> None:
    browser.open(write_report(known, tmp_path / "report.html"))
    assert texts(browser, "#flows tbody tr:first-child td") == [
        "Japan → Ghana",
        "aid, paid",
        "4",
        "3,250,000 to 4,250,000 USD, and 1 with a bound only or no number",
    ]
    assert texts(browser, "#classes tbody th") == ["aid", "cost"]
    click(browser, "#flows button")
    assert surfaces(browser) == {"$1.25 million", "$2m to $3m", "$7m", "$1m"}
    choose(browser, "countable", "false")
    assert surfaces(browser) == {"$1m"}
    assert texts(browser, "#flows .number")[-1] == "none may be added up"
    assert "not in sums" in texts(browser, ".figure .chip")
    click(browser, "#clear")
    browser.until("document.getElementById('clear').disabled")
    click(browser, "#classes tbody tr:last-child button")
    assert surfaces(browser) == {"£3m"}
    assert browser.errors == []


def test_it_is_readable_on_a_phone(browser: Browser, known: Tables, tmp_path: Path) -> None:
    browser.emulate(**PHONE, dark=True)
    browser.open(write_report(known, tmp_path / "report.html"))
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert browser.run(CONTRAST) == []
    browser.emulate()
