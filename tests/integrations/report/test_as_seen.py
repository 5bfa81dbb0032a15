"""The page on a desktop, on a phone, in the dark and on paper: readable, and nothing beside the screen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsledger
from newsledger.api import Tables
from newsledger.integrations.report.page import write_report
from tests.integrations.report.browser import Browser
from tests.integrations.report.test_in_browser import choose, click, surfaces, texts

PHONE = {"width": 390, "height": 844, "phone": True}
SCREENS = {"desktop": {}, "phone": PHONE, "dark": {"dark": True}, "dark phone": {**PHONE, "dark": True}}

CONTRAST = """(() => {
  const rgba = (said) => [...said.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const behind = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) layers.push(rgba(getComputedStyle(n).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const light = (colour) => colour.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const poor = [];
  for (const node of document.querySelectorAll("body *")) {
    if (!node.checkVisibility() || node.disabled) continue;
    if (![...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
    const back = behind(node), ink = over(rgba(getComputedStyle(node).color), back);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(`${node.tagName} ${node.className} ${node.textContent}`);
  }
  return poor;
})()"""


PLACES = re.findall(
    r"\w+", "Kenya Ghana Japan France Chile Peru Norway Spain Italy India Brazil Mexico Egypt Chad Mali"
)
NAMES = [
    f"{given} {family}"
    for given in ("Anna", "Peter", "Maria")
    for family in ("Lind", "Harrow", "Otieno", "Keller", "Solheim")
]
CODES = re.findall(r"\w+", "USD EUR GBP JPY CHF SEK NOK DKK PLN CZK HUF INR KES GHS BRL")


@pytest.fixture(scope="module")
def crowded() -> Tables:
    """Articles that name more countries, people, currencies and figures than are shown at first."""
    articles = [
        newsledger.Article(
            article_id=f"{place.lower()}.txt",
            text=f"Minister {name} of {place} said on May {n + 1}, 2021 that it paid "
            + ", ".join(f"{code} {n + 2}.{k} million" for k, code in enumerate(CODES[:6]))
            + f" and {CODES[n]} 7 million, and {place} was built in {1600 if n == 3 else 2021}.",
        )
        for n, (name, place) in enumerate(zip(NAMES, PLACES, strict=True))
    ]
    return newsledger.extract_articles(articles)


@pytest.fixture
def crowd(browser: Browser, crowded: Tables, tmp_path: Path) -> Iterator[Browser]:
    browser.open(write_report(crowded, tmp_path / "report.html"))
    yield browser
    browser.emulate()


@pytest.mark.parametrize("screen", SCREENS)
def test_every_word_is_readable_and_nothing_is_beside_the_screen(
    browser: Browser, crowded: Tables, tmp_path: Path, screen: str
) -> None:
    browser.emulate(**SCREENS[screen])
    browser.open(write_report(crowded, tmp_path / "report.html"))
    browser.run("document.getElementById('fold').open = true")
    choose(browser, "least", "much")
    click(browser, "#matrix td button")
    assert browser.run("document.documentElement.scrollWidth") <= SCREENS[screen].get("width", 1300)
    assert browser.run(CONTRAST) == []
    click(browser, ".figure a.place")
    browser.until("document.getElementById('article').open")
    assert browser.run(CONTRAST) == []
    browser.emulate()


def test_a_phone_shows_the_first_chart_on_its_first_screen(
    browser: Browser, crowded: Tables, tmp_path: Path
) -> None:
    browser.emulate(**PHONE)
    browser.open(write_report(crowded, tmp_path / "report.html"))
    top = "document.getElementById('charts').getBoundingClientRect().top"
    assert browser.run(top) < 400
    assert not browser.run("document.getElementById('country').checkVisibility()")
    click(browser, "#fold summary")
    assert browser.run("document.getElementById('country').checkVisibility()")
    browser.emulate()


def test_paper_shows_the_bars_and_no_controls(crowd: Browser) -> None:
    crowd.emulate(media="print", dark=True)
    style = "getComputedStyle(document.querySelector({!r})).{}"
    assert crowd.run(style.format(".bars .bar i", "printColorAdjust")) == "exact"
    assert crowd.run(style.format(".bars .bar i", "backgroundColor")) == "rgb(42, 101, 147)"
    assert crowd.run(style.format("body", "backgroundColor")) == "rgb(255, 255, 255)"
    seen = crowd.run(
        "[...document.querySelectorAll('select, input, .more button, #download, a')]"
        ".filter((n) => n.checkVisibility()).map((n) => n.outerHTML)"
    )
    assert seen == []
    assert texts(crowd, "#figures-more .paper") == ["60 of 105"]
    assert crowd.run(CONTRAST) == []
    assert crowd.send("Page.printToPDF")["data"]


@pytest.mark.parametrize(
    ("box", "row", "count"),
    [
        ("#countries", "#countries li", 15),
        ("#people", "#people li", 15),
        ("#matrix", "#matrix tbody tr", 15),
        ("#figures-more", ".figure", 105),
    ],
)
def test_whatever_is_left_out_can_be_shown(crowd: Browser, box: str, row: str, count: int) -> None:
    button = f"{box} .more button" if box != "#figures-more" else f"{box} button"
    assert texts(crowd, button)[0] == f"Show {count - len(texts(crowd, row))} more"
    click(crowd, button)
    assert crowd.run(f"document.activeElement.closest({row!r}) !== null")
    assert len(texts(crowd, row)) == count


def test_dates_outside_the_chart_are_counted_and_can_be_chosen(crowd: Browser) -> None:
    assert "1 earlier" in texts(crowd, "#timeline-note")[0]
    click(crowd, "#timeline-note button")
    assert "in 1 article; a date before" in texts(crowd, "#state")[0]


@pytest.mark.parametrize("written", ["a lot", "2,5m", "-3", "5 5", "1,00", "."])
def test_what_is_no_number_is_said_beside_the_field(page: Browser, tables: Tables, written: str) -> None:
    choose(page, "least", written)
    assert texts(page, "#least-error") == ["Not read as a number: write 5m, 2.5bn or 1,000,000."]
    assert page.run("document.getElementById('least').getAttribute('aria-invalid')") == "true"
    assert "Look at the filter “At least”" in texts(page, "#state")[0]
    assert surfaces(page) == set(tables.figures.surface)
    choose(page, "least", "5m")
    assert texts(page, "#least-error") == [""]
    assert not page.run("document.getElementById('least').hasAttribute('aria-invalid')")


def test_bounds_the_wrong_way_round_are_said(page: Browser) -> None:
    choose(page, "least", "5m")
    choose(page, "most", "1m")
    assert "no figure fits" in texts(page, "#most-error")[0]


def test_the_rows_shown_are_downloaded(browser: Browser, tmp_path: Path) -> None:
    article = newsledger.Article(
        article_id="=cmd.txt",
        title='@sum "x"',
        text="=$3 million, or 2 a share, was lost in Peru. It cost about €1,234.50.",
    )
    tables = newsledger.extract_articles([article])
    browser.open(write_report(tables, tmp_path / "report.html"))
    browser.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    choose(browser, "words", "cost")
    assert texts(browser, "#download") == ["Download this row (CSV)"]
    click(browser, "#clear")
    browser.until("document.getElementById('clear').disabled")
    click(browser, "#download")
    saved = tmp_path / "figures.csv"
    for _ in range(200):
        if saved.exists():
            break
        browser.run("new Promise((done) => setTimeout(done, 50))")
    rows = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    tables.to_csv(tmp_path / "out")
    written = csv.DictReader((tmp_path / "out" / "figures.csv").open(encoding="utf-8", newline=""))
    for row, expected in zip(rows, written, strict=True):
        assert {name: row[name] for name in expected if name in row} == {
            n: v for n, v in expected.items() if n in row
        }
        assert row["title"] == '\'@sum "x"'
    assert rows[0]["sentence"].startswith("'=$3")


def test_a_key_moves_on_from_where_it_was_pressed(page: Browser) -> None:
    page.run("document.querySelector('#countries button').focus()")
    page.press("Enter")
    assert page.run("document.activeElement.closest('#countries') !== null")
    assert page.run("document.activeElement.getAttribute('aria-pressed')") == "true"


def test_every_control_has_a_name(page: Browser) -> None:
    nameless = page.run(
        "[...document.querySelectorAll('input, select, button')].filter((n) => !n.labels?.length &&"
        "!(n.textContent.trim() || n.title || n.getAttribute('aria-label'))).map((n) => n.outerHTML)"
    )
    assert nameless == []
    assert texts(page, "main h2")
