"""Pages whose blocks stand in one another: what was apart on the page is apart in the text."""

from __future__ import annotations

import time

import pytest

from newsledger.reading.pages import read_page
from newsledger.stages import money

FIRST = "The council of Vennby said on Tuesday that it would mend the sea wall before the autumn storms come."
LAST = (
    "The three villages behind the wall will pay for the work over four years, the council said in a letter."
)


def page(inside: str) -> str:
    return (
        "<html><head><title>Sea wall</title></head><body><article><h1>Sea wall</h1>"
        f"<p>{FIRST}</p>{inside}<p>{LAST}</p></article></body></html>"
    )


def blocks(inside: str) -> list[str]:
    found = read_page(page(inside))
    assert found is not None
    first, *between, last = found.text.split("\n\n")[1:]
    assert (first, last) == (FIRST, LAST)
    return between


PAGES = {
    "a list in an item": (
        "<ul><li>a toll of $5<ul><li>6 million cars</li></ul></li></ul>",
        "a toll of $5",
        "6 million cars",
    ),
    "paragraphs of an item": (
        "<ol><li><p>a toll of $5</p><p>6 million cars</p></li></ol>",
        "a toll of $5",
        "6 million cars",
    ),
    "a definition": (
        "<dl><dt>Toll</dt><dd>$5<p>6 million cars</p></dd></dl>",
        "Toll",
        "$5",
        "6 million cars",
    ),
    "a division": (
        "<div>a toll of $5<div>6 million cars</div>a year</div>",
        "a toll of $5",
        "6 million cars",
        "a year",
    ),
    "a quotation": (
        "<blockquote>a toll of $5<p>6 million cars</p></blockquote>",
        "a toll of $5",
        "6 million cars",
    ),
    "text behind a block": ("<p>a toll of $5</p>6 million cars", "a toll of $5", "6 million cars"),
    "a break of lines": ("<p>a toll of $5<br>6 million cars</p>", "a toll of $5\n6 million cars"),
    "two breaks of lines": ("<p>a toll of $5<br><br>6 million cars</p>", "a toll of $5", "6 million cars"),
    "preformatted lines": ("<pre>a toll of $5\n6 million cars</pre>", "a toll of $5\n6 million cars"),
    "cells": (
        "<table><tr><th>Toll</th><td>$5</td></tr><tr><th>Cars</th><td>6 million</td></tr></table>",
        "Toll | $5",
        "Cars | 6 million",
    ),
    "blocks of a cell": (
        "<table><tr><td>$5<br>6 million</td><td><p>a</p><p>b</p></td></tr></table>",
        "$5\n6 million | a",
        "b",
    ),
    "words in markup": (
        "<p>a toll of <b>$5</b> <i>mill<b>ion</b></i>, said <a href='/a'>Ada</a>.</p>",
        "a toll of $5 million, said Ada.",
    ),
    "marks of notes": (
        "<p>$5<sup>1</sup> million or €6 billion<sup><a href='#n'>[12]</a></sup><sup>b</sup></p>",
        "$5¹ million or €6 billion¹²[b]",
    ),
    "powers and ordinals": (
        "<p>10<sup>6</sup> tonnes of CO<sub>2</sub> on the 5<sup>th</sup></p>",
        "10⁶ tonnes of CO₂ on the 5th",
    ),
    "deleted words": (
        "<p>a toll of <del>$5</del><ins>$6</ins> million, <s>$7m</s> a year</p>",
        "a toll of $6 million, a year",
    ),
    "hidden words": (
        "<p>a toll of <span hidden>$1</span><span style='color: red; DISPLAY:none'>$2</span>"
        "<i aria-hidden='true'>$3</i><template>$4</template><script>$5</script>$6</p>",
        "a toll of $6",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_blocks_of_a_page_are_blocks_of_the_text(name: str) -> None:
    inside, *expected = PAGES[name]
    assert blocks(inside) == expected


@pytest.mark.parametrize("name", [name for name, (inside, *_) in PAGES.items() if "6 million cars" in inside])
def test_no_figure_is_read_across_blocks(name: str) -> None:
    found = read_page(page(PAGES[name][0]))
    assert found is not None
    assert [figure.value_low for figure in money.find(found.text)] == [5]


def test_a_page_hidden_until_its_script_has_run() -> None:
    html = page("").replace("<body>", "<body style='display:none'>")
    found = read_page(html)
    assert found is not None
    assert FIRST in found.text


@pytest.mark.parametrize("attribute", [" a{}", " a{}='x'", " a=1", ' "a{}', " a{}="])
def test_a_tag_of_very_many_attributes(attribute: str) -> None:
    crowd = "".join(attribute.format(i) for i in range(100_000))
    began = time.process_time()
    assert blocks(f"<p{crowd}>so</p>") == ["so"]
    assert time.process_time() - began < 5
