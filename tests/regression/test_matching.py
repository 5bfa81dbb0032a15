"""Gold articles find their articles again."""

from __future__ import annotations

from dataclasses import replace

from newsledger.regression.acceptance import accept
from newsledger.regression.gold import Gold
from newsledger.regression.pairing import match_articles
from tests.regression import sample

LOAN, PORT = sample.TEXTS.values()
OTHER = "Peru sold $9 of fish to Kenya on 2024-01-01 and was glad of it.\n"


def matched(gold: dict[str, str], now: dict[str, str]) -> dict[str, str | None]:
    found = match_articles(sample.gold(gold), sample.run(now))
    return {name: article.article_id if article else None for name, article in found.items()}


def test_an_id_of_its_own_is_trusted() -> None:
    """A copy of the old text under another name does not hide the edit."""
    now = {"a.txt": LOAN.replace("$12", "$13"), "copy-of-a.txt": LOAN}
    assert matched({"a.txt": LOAN}, now) == {"a.txt": "a.txt"}
    assert matched({"a.txt": LOAN}, {"a.txt": OTHER, "b.txt": LOAN}) == {"a.txt": "a.txt"}


def test_a_renamed_article() -> None:
    assert matched({"a.txt": LOAN, "b.txt": PORT}, {"b.txt": PORT, "c.txt": LOAN}) == {
        "a.txt": "c.txt",
        "b.txt": "b.txt",
    }
    assert matched({"a.txt": LOAN}, {"b.txt": LOAN.replace("$12", "$13")}) == {"a.txt": "b.txt"}
    assert matched({"a.txt": LOAN, "b.txt": PORT}, {"b.txt": PORT, "c.txt": OTHER}) == {
        "a.txt": None,
        "b.txt": "b.txt",
    }


def test_numbered_records_are_known_by_their_text() -> None:
    gold = {"r.jsonl#1": LOAN, "r.jsonl#2": PORT}
    assert matched(gold, {"r.jsonl#1": OTHER, "r.jsonl#2": LOAN, "r.jsonl#3": PORT}) == {
        "r.jsonl#1": "r.jsonl#2",
        "r.jsonl#2": "r.jsonl#3",
    }
    edited = PORT.replace("$7", "$8")
    assert matched(gold, {"r.jsonl#1": OTHER, "r.jsonl#2": LOAN, "r.jsonl#3": edited}) == {
        "r.jsonl#1": "r.jsonl#2",
        "r.jsonl#2": "r.jsonl#3",
    }
    assert matched(gold, {"r.jsonl#1": LOAN, "r.jsonl#2": OTHER})["r.jsonl#2"] == "r.jsonl#2"


def test_two_articles_with_the_same_text() -> None:
    gold = {"r.jsonl#1": LOAN, "r.jsonl#2": LOAN}
    assert matched(gold, gold) == {"r.jsonl#1": "r.jsonl#1", "r.jsonl#2": "r.jsonl#2"}


def test_what_is_kept_takes_no_other_place() -> None:
    gold = sample.gold({"r.jsonl#1": LOAN, "r.jsonl#2": PORT})
    made = accept(gold, sample.run({"r.jsonl#1": PORT})).gold
    assert {name: len(article.rows) for name, article in made.articles.items()} == {
        "r.jsonl#1": len(gold.articles["r.jsonl#2"].rows),
        "r.jsonl#1~": len(gold.articles["r.jsonl#1"].rows),
    }


def test_gold_without_hashes_goes_by_id() -> None:
    gold = sample.gold({"r.jsonl#1": LOAN})
    bare = Gold(articles={name: replace(a, text_sha256="") for name, a in gold.articles.items()})
    found = match_articles(bare, sample.run({"r.jsonl#1": LOAN, "r.jsonl#2": PORT}))["r.jsonl#1"]
    assert found is not None
    assert found.article_id == "r.jsonl#1"
