"""One article as text, Markdown, HTML and JSON, rewrapped, with note marks: always the same values."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from newsledger.document.layout import lay_out
from newsledger.extraction import extract_article, load_tools
from newsledger.reading import read_articles
from newsledger.values.article import Article
from newsledger.values.extraction import Extraction

ARTICLES = {
    "harbour": [
        "Salt Harbour to Be Dredged for a Third Time",
        "The harbour board of Vennby said on Tuesday, 2 April 2024, that it would dredge the northern "
        "channel for €12.5 million, up from €9 million in 2019, and that work would begin on 4 October.",
        "Norway will lend between 30 million and 35 million kroner for three years. A third of the sum,"
        " about $1.1 million, is due last of all, by the end of March 2027, and half a million pounds "
        "comes from Scotland.",
        "Fees rise by 20 cents to $2.40 a tonne. Some thirty-five hundred boats a year, most of them "
        "Danish, pay more than US$600,000 between May and September; in the 1990s it was less than "
        "£40,000.",
    ],
    "railway": [
        "Ministry Signs for a Railway Over the Pass",
        "Peru and Chile agreed on Monday to spend $3 billion to $4 billion on a railway over the Sora "
        "pass, which the two countries have planned since the summer of 2011.",
        "The first trains are to run in the second quarter of 2029. Until then buses will cost 45 soles"
        " a seat, twice the fare of last year, Peruvian officials said.",
        "A loan of ¥250 billion from Japan must be repaid over twenty-five years; the interest alone "
        "comes to nearly 5.5 billion yen a year, or 2 1/2 million yen for each mile of track.",
    ],
    "orchard": [
        "Growers Count the Cost of a Late Frost",
        "Apple growers in Poland lost 240 million zlotys in two nights last week, their union said, and"
        " those of Hungary some 18 billion forints, or about €46 million.",
        "Since 21 April the price has gone from 1.80 zlotys to 2.35 zlotys a kilo. The European fund "
        "pays up to €1,250.50 for a hectare, but never before November.",
        "Rs 2 lakh crore, the sum that India set aside for its farmers in the fiscal year 2023-24, "
        "would pay for it a thousand times over, said one grower on Friday, May 3.",
    ],
}


@cache
def found(text: str) -> Extraction:
    return extract_article(Article(text=text, published="2024-05-06"), _tools())


@cache
def _tools():  # type: ignore[no-untyped-def]
    return load_tools()


def values(extraction: Extraction) -> dict[str, list[tuple[object, ...]]]:
    """The figures, dates and countries of an article, with the words that the stages read."""
    view = lay_out(extraction.article.text).view
    return {
        "figures": [
            (m.surface, m.value_low, m.value_high, m.currency, m.modifier, m.kind, m.per_unit, m.sign)
            for m in view.read(extraction.money)
        ],
        "dates": [
            (m.surface, m.timex_value, m.start_date, m.end_date, m.modifier)
            for m in view.read(extraction.dates)
        ],
        "countries": [(m.surface, m.iso_alpha3, m.mention_type) for m in view.read(extraction.countries)],
    }


def wrapped(width: int, end: str = "\n") -> Callable[[list[str]], str]:
    return lambda blocks: (2 * end.strip(" ")).join(
        end.join(textwrap.wrap(block, width, break_on_hyphens=False)) for block in blocks
    )


def marked(mark: str) -> Callable[[list[str]], str]:
    """Note marks behind numbers, scales and words."""
    return lambda blocks: "\n\n".join(
        re.sub(r"(?<=\w)(?= (?:million|billion|said|the|a year)\b)", mark, block) for block in blocks
    )


def emphasised(blocks: list[str]) -> str:
    bold = (re.sub(r"(?<= )([$€¥]?\d[\d.,]*)(?= )", r"**\1**", block) for block in blocks)
    return "\n\n".join(bold).replace("said", "_said_")


TEXTS: dict[str, Callable[[list[str]], str]] = {
    "40 wide": wrapped(40),
    "60 wide": wrapped(60),
    "72 wide": wrapped(72),
    "60 wide, indented": wrapped(60, "\n    "),
    "72 wide, CR LF": wrapped(72, "\r\n"),
    "no-break blanks": lambda blocks: "\n\n".join(re.sub(r"(?<=\d) (?=[a-z])", "\u00a0", b) for b in blocks),
    "note marks": marked("[3]"),
    "raised note marks": marked("¹"),
    "soft hyphens": lambda blocks: "\n\n".join(b.replace("million", "mil\u00adlion") for b in blocks),
    "emphasis": emphasised,
    "Markdown": lambda blocks: "\n\n".join([f"# {blocks[0]}", *blocks[1:]]),
    "links of Markdown": lambda blocks: "\n\n".join(
        re.sub(r"(\w+ (?:million|billion))", r"[\1](https://quay.example/a-9-million)", b) for b in blocks
    ),
}


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("dress", TEXTS)
def test_text(name: str, dress: str) -> None:
    blocks = ARTICLES[name]
    dressed = found(TEXTS[dress](blocks))
    assert values(dressed) == values(found("\n\n".join(blocks)))
    text = dressed.article.text
    for m in (*dressed.money, *dressed.dates, *dressed.countries, *dressed.people):
        assert text[m.start_char : m.end_char] == m.surface


@pytest.mark.parametrize("name", ARTICLES)
def test_paragraphs_around_it_change_nothing(name: str) -> None:
    title, *blocks = ARTICLES[name]
    more = [title, "Bakers were not asked.", *blocks, "Nor were the bakers of the next village asked."]
    assert values(found("\n\n".join(more))) == values(found("\n\n".join([title, *blocks])))


def page(title: str, inside: str) -> str:
    body = f"<body><article><h1>{title}</h1>{inside}</article></body>"
    return f"<html><head><title>{title}</title></head>{body}</html>"


def nested(block: str) -> str:
    """Words in elements of elements, and note marks behind scales."""
    block = re.sub(r"([$€¥]?\d[\d.,]*\d)", r"<b><span>\1</span></b>", block)
    block = re.sub(r"(million|billion)\b", r"<i>\1</i><sup><a href='#n'>[4]</a></sup>", block)
    return block.replace("said", "<a href='/said'><em>sa</em>id</a><sup>b</sup>")


PAGES: dict[str, Callable[[str, list[str]], str]] = {
    "paragraphs": lambda title, blocks: page(title, "".join(f"<p>{b}</p>" for b in blocks)),
    "markup in markup": lambda title, blocks: page(title, "".join(f"<p>{nested(b)}</p>" for b in blocks)),
    "divisions": lambda title, blocks: page(title, "<div>" + "<div>".join(blocks) + "</div>" * len(blocks)),
    "items": lambda title, blocks: page(
        title, "<ul><li>" + "<ul><li>".join(blocks) + "</li></ul>" * len(blocks)
    ),
    "cells": lambda title, blocks: page(
        title, "<table>" + "".join(f"<tr><td><p>{b}</p></td></tr>" for b in blocks) + "</table>"
    ),
    "deleted and hidden": lambda title, blocks: page(
        title, "".join(f"<p><del>$9 million</del>{b}<span hidden>, or $7 in Spain</span></p>" for b in blocks)
    ),
    "lines": lambda title, blocks: page(title, "<p>" + "<br><br>".join(blocks) + "</p>"),
}


@pytest.mark.parametrize("name", ARTICLES)
@pytest.mark.parametrize("dress", PAGES)
def test_page(name: str, dress: str, tmp_path: Path) -> None:
    title, *blocks = ARTICLES[name]
    (tmp_path / "a.html").write_text(PAGES[dress](title, blocks), encoding="utf-8")
    (article,) = read_articles(tmp_path)
    assert values(found(article.text)) == values(found("\n\n".join([title, *blocks])))


@pytest.mark.parametrize("name", ARTICLES)
def test_record(name: str, tmp_path: Path) -> None:
    text = "\n\n".join(ARTICLES[name])
    (tmp_path / "a.json").write_text(json.dumps({"id": "a", "text": text}), encoding="utf-8")
    (article,) = read_articles(tmp_path)
    assert values(found(article.text)) == values(found(text))
