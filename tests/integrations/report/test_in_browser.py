"""The page in a real browser: what is seen, what filters do, what links lead to, and large runs."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from newsledger.api import Tables
from newsledger.integrations.report.page import write_report
from tests.integrations.report.browser import Browser


def texts(page: Browser, selector: str) -> list[str]:
    found: list[str] = page.run(f"[...document.querySelectorAll({selector!r})].map((n) => n.textContent)")
    return found


def choose(page: Browser, control: str, value: str) -> None:
    page.run(
        f"(() => {{ const c = document.getElementById({control!r}); c.value = {value!r};"
        "c.dispatchEvent(new Event('input', {bubbles: true}));"
        "return new Promise((done) => setTimeout(done, 200)); })()"
    )


def click(page: Browser, selector: str) -> None:
    page.run(f"document.querySelector({selector!r}).click()")


def surfaces(page: Browser) -> set[str]:
    return set(texts(page, ".figure .amount"))


def test_it_draws_without_asking_for_anything(page: Browser, tables: Tables) -> None:
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    assert texts(page, "h1") == ["A & <B>"]
    assert texts(page, ".tile")[:2] == ["3articles", f"{len(tables.figures)}figures"]
    assert surfaces(page) == set(tables.figures.surface)
    assert page.run("document.querySelectorAll('img').length") == 0


def test_values_are_written_in_full(page: Browser) -> None:
    values = dict(zip(texts(page, ".figure .amount"), texts(page, ".figure .value"), strict=True))
    assert values["$40 million"] == "more than 40,000,000 USD"
    assert values["€2.5 million"] == "2,500,000 EUR"
    assert values["5 and 8 cedis"] == "5 to 8 GHS"
    assert values["Millions of euros"] == "an unknown amount, EUR"


def test_filters_narrow_and_clear(page: Browser, tables: Tables) -> None:
    choose(page, "currency", "EUR")
    assert surfaces(page) == {"€2.5 million", "Millions of euros"}
    choose(page, "least", "1m")
    assert surfaces(page) == {"€2.5 million"}
    assert "1 figure of" in texts(page, "#state")[0]
    click(page, "#clear")
    page.until("document.getElementById('clear').disabled")
    assert surfaces(page) == set(tables.figures.surface)


def test_amounts_can_be_written_as_people_write_them(page: Browser) -> None:
    for written in ("2.4m", "2,400,000", "2.4 million", "2400k"):
        choose(page, "least", written)
        assert surfaces(page) == {"$40 million", "€2.5 million"}, written


def test_words_country_person_and_dates_of_publication_filter(page: Browser) -> None:
    choose(page, "words", "HARBOUR borrow")
    assert surfaces(page) == {"$40 million"}
    click(page, "#clear")
    choose(page, "from", "2024-01-01")
    assert surfaces(page) == {"$40 million", "5 and 8 cedis"}
    choose(page, "from", "")
    page.run("[...document.querySelectorAll('#countries button')].find((b) => b.title === 'Japan').click()")
    assert surfaces(page) == {"$40 million", "5 and 8 cedis"}
    choose(page, "scope", "sentence")
    assert surfaces(page) == {"$40 million"}


def test_charts_filter_and_take_it_back(page: Browser, tables: Tables) -> None:
    click(page, "#matrix td button:not(:disabled)")
    assert len(surfaces(page)) == 1
    click(page, "#clear")
    page.until("document.getElementById('clear').disabled")
    before = surfaces(page)
    click(page, "#timeline button[title^='2021']")
    assert surfaces(page) == {"€2.5 million", "£300,000", "Millions of euros"}
    click(page, "#timeline button[title^='2021']")
    assert surfaces(page) == before


def test_a_link_shows_the_figure_in_its_place(page: Browser) -> None:
    choose(page, "words", "borrow")
    click(page, ".figure a.place")
    page.until("document.getElementById('article').open")
    assert texts(page, "#article-title") == ["Harbour loan agreed"]
    assert texts(page, "mark.here") == ["$40 million"]
    assert "Ama Boateng" in texts(page, "#article-text mark.person")
    click(page, "#close")
    page.until("!document.getElementById('article').open")
    page.until("location.hash === ''")


def test_a_link_from_outside_opens_the_article(browser: Browser, tables: Tables, tmp_path: Path) -> None:
    page = write_report(tables, tmp_path / "report.html")
    figure = tables.figures[tables.figures.surface == "€2.5 million"].figure_id.iloc[0]
    browser.open(page, "#" + quote(figure, safe=""))
    browser.until("document.getElementById('article').open")
    assert texts(browser, "mark.here") == ["€2.5 million"]
    article = tables.articles[tables.articles.article_id == "a/museum <b>&.txt"]
    assert texts(browser, "#article-text") == [article.text.iloc[0]]
    assert browser.run("document.querySelectorAll('img').length") == 0
    assert browser.errors == []


def test_without_texts_there_is_no_link(browser: Browser, tables: Tables, tmp_path: Path) -> None:
    browser.open(write_report(tables, tmp_path / "report.html", texts=False))
    assert surfaces(browser) == set(tables.figures.surface)
    assert texts(browser, ".figure a.place") == []
    assert browser.errors == []


def test_no_articles_are_no_error(browser: Browser, tmp_path: Path) -> None:
    browser.open(write_report(Tables.empty(), tmp_path / "report.html"))
    assert browser.errors == []
    assert texts(browser, "#state") == ["All 0 figures."]


def test_ten_thousand_figures_stay_usable(browser: Browser, tables: Tables, tmp_path: Path) -> None:
    copies = 10_000 // len(tables.figures) + 1
    large = Tables({name: _repeated(tables, name, copies) for name in tables}, run=tables.run)
    assert len(large.figures) >= 10_000
    page = write_report(large, tmp_path / "large.html")
    began = time.monotonic()
    browser.open(page)
    opened = time.monotonic() - began
    took = browser.run(
        "(() => { const began = performance.now(); document.querySelector('#matrix th button').click();"
        "document.body.offsetHeight; return performance.now() - began; })()"
    )
    assert browser.run("document.querySelectorAll('.figure').length") == 60
    assert opened < 20
    assert took < 2000
    assert browser.errors == []


def _repeated(tables: Tables, name: str, copies: int) -> pa.Table:
    table = tables.arrow(name)
    if name == "people":
        return table
    parts = []
    for copy in range(copies):
        part = table
        for column in {"article_id", "figure_id", "mention_id"} & set(table.column_names):
            at = part.column_names.index(column)
            values = [f"{copy:05d}/{value}" for value in part.column(column).to_pylist()]
            part = part.set_column(at, part.schema.field(at), pa.array(values, pa.string()))
        parts.append(part)
    return pa.concat_tables(parts)
