"""The people of the shared gold articles, with the whole pipeline before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.score_people import found_in
from benchmarks.shared_data import f1, rows
from newsledger.stages import countries, people

pytestmark = pytest.mark.shared


def test_gold_articles(shared: Path) -> None:
    right = named = wanted = got = 0
    for article in rows("gold/dev_articles"):
        gold = {(p["start"], p["end"]): p["name"] for p in article["people"]}
        found = {(m.start_char, m.end_char): m.name for m in found_in(article)}
        right += len(gold.keys() & found.keys())
        named += sum(found.get(span) == name for span, name in gold.items())
        wanted, got = wanted + len(gold), got + len(found)
    assert f1(right, wanted, got) >= 0.95
    assert f1(named, wanted, got) >= 0.93


def test_seed_article(shared: Path) -> None:
    text = (shared / "articles" / "seed.txt").read_text(encoding="utf-8")
    found = people.find(text, countries=countries.find(text))
    told = [(m.name, m.role, m.role_country, m.role_status) for m in found]
    assert told.count(("Fumio Kishida", "Prime Minister", "JP", "current")) == 4
    assert told.count(("Volodymyr Zelenskiy", "President", "UA", "current")) == 4
    assert len(told) == 8
