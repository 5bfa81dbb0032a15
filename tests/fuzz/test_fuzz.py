"""What the fuzzer found once, and that it would find what it looks for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

import newsledger
from newsledger import Article, Tables
from tests.fuzz import texts
from tests.fuzz.__main__ import finds, shortened
from tests.fuzz.soundness import alone, faults

FINDS = yaml.safe_load(Path(__file__).with_name("finds.yaml").read_text("utf-8"))


@pytest.mark.parametrize("find", FINDS, ids=lambda find: repr(find["text"][:40]))
def test_what_was_found_once(find: dict[str, Any]) -> None:
    given = dict(find)
    settings = given.pop("settings", {})
    if settings.get("people_model") == "ruler":
        settings = {**settings, "people_model": texts.ruler()}
    article = Article(**{"language": "en", **given})
    for ledger in (True, False):
        tables = newsledger.extract_articles([article], **{**settings, "ledger": ledger})
        assert list(faults(tables, [article])) == []
    other = Article(text="Peru lent Ana Lopez $5m on Monday.", article_id="other", published="2024-05-06")
    tables = newsledger.extract_articles([other, article], **settings)
    assert list(alone(tables, [article], settings)) == []


def test_a_seed_gives_the_same_texts_for_ever() -> None:
    assert texts.batch(7, 3, 20) == texts.batch(7, 3, 20)
    assert texts.batch(7, 3, 20) != texts.batch(7, 4, 20)


def test_a_few_texts() -> None:
    assert [fault for _, _, fault in finds(7, 1, Counter())] == []


TEXT = "Ana Lopez of Peru paid $5m to $7m between 3 May and 5 May 2019."


def changed(table: str, column: str, value: Any) -> Tables:
    """The tables of a text with another value in one column."""
    tables = newsledger.extract(TEXT)
    held = {name: tables.arrow(name) for name in tables}
    rows = held[table].to_pylist()
    assert rows
    for row in rows:
        row[column] = row.get(value, value)
    held[table] = pa.Table.from_pylist(rows, schema=held[table].schema)
    return Tables(held)


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("articles", "text", TEXT.lower(), "the texts stored"),
        ("figures", "start_char", 1, "does not stand"),
        ("figures", "value_low", 9_000_000, "low over high"),
        ("figures", "modifier", "vague", "a vague value"),
        ("figures", "modifier", "gt", "a bound on both sides"),
        ("figures", "modifier", "exact", "an exact value that is none"),
        ("date_mentions", "end_date", "start_date", None),
        ("person_mentions", "person_id", "x", "is not in people"),
        ("ledger", "figure_id", "x", "not a row for each figure"),
    ],
)
def test_what_is_wrong_is_seen(table: str, column: str, value: Any, said: str | None) -> None:
    wrong = list(faults(changed(table, column, value), [Article(text=TEXT)]))
    assert [fault for fault in wrong if said in fault] if said else not wrong


def test_a_text_is_made_short() -> None:
    article = Article(text="It paid £5 and nobody knew why. " * 30)
    assert shortened(article, lambda a: "£" in a.text).text == "£"
