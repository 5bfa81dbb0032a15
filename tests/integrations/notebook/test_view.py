"""What a notebook shows of tables: all mentions marked, all text escaped, large runs cut with a note."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

import newsledger
from newsledger.integrations.notebook.view import ARTICLES, CHARACTERS, ROWS, Mark, marked_html, text_html

TEXT = "Kenya's Ann Otieno paid about $5m <b>& more</b> to the Bank of Japan on 3 April 2024."


class Seen(HTMLParser):
    """What a reader sees: the text, and the marks in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.marks: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self._kind: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "mark":
            self._kind = dict(attrs)["class"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._kind = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._kind:
            self.marks.append((self._kind, data))


def test_mentions_are_marked_and_the_text_is_whole() -> None:
    html = newsledger.extract(TEXT)._repr_html_()
    article = re.search(r'<div class="text">(.*?)</div>', html, re.DOTALL)
    assert article
    seen = Seen(article[1])
    assert seen.text == TEXT
    assert set(seen.marks) == {
        ("country", "Kenya"),
        ("person", "Ann Otieno"),
        ("money", "$5m"),
        ("country", "Japan"),
        ("date", "3 April 2024"),
    }
    assert "about" not in dict(seen.marks)
    assert 'title="about 5,000,000 USD, default' in html


def test_tables_stand_beneath() -> None:
    html = newsledger.extract(TEXT)._repr_html_()
    for words in ("figures", "date_mentions", "country_mentions", "person_mentions", "value_low"):
        assert words in html
    assert html.count("<table") == 4


def test_nothing_of_an_article_becomes_markup() -> None:
    tables = newsledger.extract_articles(
        [
            newsledger.Article(
                text="<script>alert(1)</script> It cost €5.", title='"><img src=x>', article_id="<i>"
            )
        ]
    )
    assert Seen(tables._repr_html_()).tags.isdisjoint({"script", "img", "i"})


def test_of_many_articles_the_first_are_shown() -> None:
    articles = [
        newsledger.Article(text=f"It cost €{n}." + " More." * 2000, article_id=f"{n:03d}") for n in range(20)
    ]
    html = newsledger.extract_articles(articles)._repr_html_()
    assert html.count('<div class="text">') == ARTICLES
    assert f"… and {20 - ARTICLES} more articles" in html
    assert f"… and {20 - ROWS} more rows" in html
    assert "more characters" in html
    assert len(html) < 40_000 + ARTICLES * CHARACTERS


def test_no_articles_are_shown_as_such() -> None:
    assert "no articles" in newsledger.Tables.empty()._repr_html_()


@st.composite
def texts_and_marks(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(alphabet="ab <&\"'\n\u202e\x00é😀", max_size=30))
    marks = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        marks.append(Mark(start, end, f"k{number}", "<&>"))
    return text, marks


@settings(deadline=None)
@given(texts_and_marks())
def test_marks_of_any_shape_leave_the_text_whole(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    html = marked_html(text, marks)
    seen = Seen(html)
    assert seen.text == Seen(text_html(text)).text
    assert seen.tags <= {"mark"}
    assert len(seen.text) == len(text)


def test_where_marks_overlap_the_shorter_is_seen() -> None:
    html = marked_html("Bank of Japan", [Mark(0, 13, "person", "all"), Mark(8, 13, "country", "JPN")])
    assert Seen(html).marks == [("person", "Bank of "), ("country", "Japan")]
    assert 'title="all / JPN"' in html
