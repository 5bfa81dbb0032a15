"""This project's own gold: the tables of ``data/gold`` as gold files, which ``make gate`` checks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import newsledger
from newsledger.document.anchoring import anchor
from newsledger.reading import read_articles
from newsledger.regression import gate
from newsledger.regression.gold import HAND
from newsledger.regression.gold_files import read_gold
from newsledger.stages import money
from newsledger.values.mentions import MoneyMention

DATA = Path(__file__).resolve().parents[2] / "data"


def test_the_gold_files_say_what_the_tables_say() -> None:
    """Someone who corrects ``data/gold`` must run ``make gold`` too."""
    truth, gold = read_gold(DATA / "gold"), read_gold(DATA / "expected")
    texts = {article.article_id: article.text for article in read_articles(DATA / "articles")}
    assert gold.articles.keys() == truth.articles.keys()
    for name, article in truth.articles.items():
        ours = gold.articles[name]
        assert ours.published == article.published
        spans = [one.span for one in anchor([row.quote for row in ours.rows], texts[name])]
        placed = zip(spans, ours.rows, strict=True)
        assert [(span, row.surface, row.values) for span, row in placed if not row.absent] == [
            (row.place, row.surface, row.values) for row in article.rows
        ]
        assert {row.by for row in ours.rows} == {HAND}


def test_the_gold_is_of_the_articles_as_they_are() -> None:
    gold = read_gold(DATA / "expected")
    articles = {article.article_id: article for article in read_articles(DATA / "articles")}
    assert gold.articles.keys() == articles.keys()
    for name, article in gold.articles.items():
        assert article.text_sha256 == articles[name].text_sha256


def test_the_gold_finds_its_articles_and_has_floors() -> None:
    manifest = read_gold(DATA / "expected").manifest
    assert manifest.source == ("../articles",)
    assert set(manifest.floors) == {"figures", "date_mentions", "country_mentions", "person_mentions"}


def test_a_fault_planted_in_a_real_stage_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scale that is lost: every figure in millions becomes a thousand times too small."""
    find = money.find

    def faulty(text: str, **given: Any) -> list[MoneyMention]:
        return [
            replace(
                m,
                value_low=m.value_low and m.value_low / 1000,
                value_high=m.value_high and m.value_high / 1000,
            )
            if "million" in m.surface
            else m
            for m in find(text, **given)
        ]

    articles = read_articles(DATA / "articles")
    gold = read_gold(DATA / "expected")

    def wrong_values() -> int:
        verdict = gate.judge_run(gold, newsledger.extract_articles(articles))
        return sum("wrong_value" in case.codes for case in verdict.regressions)

    before = wrong_values()
    monkeypatch.setattr(money, "find", faulty)
    in_millions = sum(
        "million" in row.surface and row.values.get("modifier") != "vague" and not row.known
        for _, row in gold.rows()
    )
    assert in_millions > 10
    assert wrong_values() - before == in_millions
