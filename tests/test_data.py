"""The sample articles and their gold tables fit each other, and show what they are meant to show."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from data.annotate import COLUMNS, HERE, MARK, problems, read, tables
from newsledger.document.language import detect
from newsledger.reading import read_articles
from newsledger.values.article import Article
from newsledger.values.mentions import CountryMention, DateMention, MoneyMention, PersonMention

MENTIONS = {
    "figures": MoneyMention,
    "date_mentions": DateMention,
    "country_mentions": CountryMention,
    "person_mentions": PersonMention,
}


def gold(name: str) -> list[dict[str, str]]:
    with (HERE / "gold" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.article_id: article for article in read_articles(HERE / "articles")}


def test_the_articles_are_as_annotated(articles: dict[str, Article]) -> None:
    assert list(problems(tables()[1], {name: a.text for name, a in articles.items()})) == []


def test_the_gold_is_what_the_annotations_make() -> None:
    """Someone who corrects a mark must run ``python -m data.annotate`` too."""
    made, _ = tables()
    for name, rows in made.items():
        columns = [c for c in COLUMNS[name].split() if c not in ("n_chars", "text_sha256")]
        assert [[str(row.get(c, "")) for c in columns] for row in rows] == [
            [row[c] for c in columns] for row in gold(name)
        ]


@pytest.mark.parametrize("name", MENTIONS)
def test_every_surface_stands_where_the_gold_says(name: str, articles: dict[str, Article]) -> None:
    rows = gold(name)
    assert len(rows) >= 30
    for row in rows:
        text = articles[row["article_id"]].text
        assert text[int(row["start_char"]) : int(row["end_char"])] == row["surface"]


@pytest.mark.parametrize("name", MENTIONS)
def test_the_columns_and_words_are_those_of_the_contract(name: str) -> None:
    hints = get_type_hints(MENTIONS[name])
    for row in gold(name):
        for column, value in row.items():
            if column == "article_id":
                continue
            allowed = [w for part in (hints[column], *get_args(hints[column])) for w in get_args(part)]
            words = [w for w in allowed if isinstance(w, str)]
            assert not value or not words or value in words, (column, value)


def test_the_articles_table(articles: dict[str, Article]) -> None:
    rows = gold("articles")
    assert [row["article_id"] for row in rows] == sorted(articles)
    for row in rows:
        article = articles[row["article_id"]]
        day = dt.date.fromisoformat(row["published_date"]) if row["published_date"] else None
        assert article.published_date == day
        assert article.published_basis == row["published_basis"]
        assert (article.title or "") == row["title"]
        assert (article.source_path, article.text_sha256) == (row["source_path"], row["text_sha256"])
        assert detect(article.text) == row["language"] == "en"


def test_values_make_sense() -> None:
    for row in gold("figures"):
        low, high = (Decimal(row[c]) if row[c] else None for c in ("value_low", "value_high"))
        modifier = row["modifier"]
        assert (low is None) == (modifier in ("lt", "le", "vague"))
        assert (high is None) == (modifier in ("gt", "ge", "vague"))
        if low is not None and high is not None:
            assert low < high if modifier == "range" else low == high
    for row in gold("date_mentions"):
        assert row["start_date"] <= row["end_date"]


def test_every_way_of_giving_a_date_is_shown() -> None:
    assert {row["published_basis"] for row in gold("articles")} == {
        "header",
        "metadata",
        "dateline",
        "filename",
        "none",
    }


@pytest.mark.parametrize(
    ("table", "column", "least"),
    [
        ("figures", "currency", 18),
        ("figures", "modifier", 9),
        ("figures", "per_unit", 8),
        ("date_mentions", "precision", 7),
        ("country_mentions", "mention_type", 5),
        ("country_mentions", "iso_alpha3", 25),
        ("person_mentions", "role", 10),
        ("person_mentions", "form", 2),
    ],
)
def test_much_is_shown(table: str, column: str, least: int) -> None:
    assert len({row[column] for row in gold(table)} - {""}) >= least


def test_every_kind_of_zone_holds_mentions() -> None:
    assert {row["zone"] for name in MENTIONS for row in gold(name)} == {"body", "heading", "byline"}


def test_a_wrong_mark_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("article: a.txt\npublished: none\n---\nIt cost [[$5]{money 5 USD}.\n")
    with pytest.raises(ValueError, match="not closed"):
        read(path)
    assert MARK.search("[[a\nb]]{money 5 USD}")


def test_the_script_leaves_the_gold_as_it_is(tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (HERE / "gold").glob("*.csv")}
    subprocess.run([sys.executable, "-m", "data.annotate"], check=True, cwd=HERE.parent)
    assert {path.name: path.read_bytes() for path in (HERE / "gold").glob("*.csv")} == before
