"""The browser and the tables the tests of the page look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsledger
from newsledger.api import Tables
from newsledger.integrations.report.page import write_report
from tests.integrations.report.browser import Browser, installed

ARTICLES = (
    newsledger.Article(
        article_id="harbour.txt",
        title="Harbour loan agreed",
        published="2024-04-03",
        text="Ghana will borrow more than $40 million from Japan for Tema harbour, said minister Ama Boateng "
        "on Tuesday.\n\nBoateng hopes that it opens by June 2026. A crossing is to cost between 5 and 8 "
        "cedis.",
    ),
    newsledger.Article(
        article_id="a/museum <b>&.txt",
        title="</script><img src=x onerror=alert(1)>",
        published="2023-11-20",
        text="😀 France paid €2.5 million & <i>about</i> £300,000 for the museum in March 2021, "
        "Camille Duval told reporters.\n\nMillions of euros more may follow.",
    ),
    newsledger.Article(article_id="undated", text="It cost 20 kroner.\r\n\r\nNo date here."),
)


@pytest.fixture(scope="session")
def tables() -> Tables:
    return newsledger.extract_articles(ARTICLES)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = installed()
    if program is None:
        pytest.skip("no Chromium is installed (on Debian: apt install chromium)")
    opened = Browser(program)
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser, tables: Tables, tmp_path: Path) -> Browser:
    browser.open(write_report(tables, tmp_path / "report.html", title="A & <B>"))
    return browser
