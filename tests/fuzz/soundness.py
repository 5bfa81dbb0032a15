"""What must hold of the tables of any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import newsledger
from newsledger import Article, Tables

ALLOWED = {"no_date", "bad_number", "lone_surrogate", "not_english"}
"""Codes of issues that a text may give."""
_MISTAKE = re.compile(r"(?:Index|Key|Type|Attribute|Name|Unbound|Assertion|Recursion|Lookup)\w*Error")
_OF_THE_RUN = {"person_id", "duplicate_of", "duplicate_share", "countable"}
"""Columns that other articles of the run may change."""
MENTIONS = ("figures", "date_mentions", "country_mentions", "person_mentions")
_OF_AN_ARTICLE = (*MENTIONS, "articles", "roles", "ledger", "figure_parties", "figure_links", "issues")


def rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    """The rows of a table, decimals exact."""
    held: list[dict[str, Any]] = tables.arrow(name).to_pylist()
    return held


def faults(tables: Tables, articles: Iterable[Article]) -> Iterator[str]:
    """What is wrong with the tables of some articles, a line each."""
    texts = {article.article_id: re.sub("[\ud800-\udfff]", "\ufffd", article.text) for article in articles}
    stored = {row["article_id"]: row["text"] for row in rows(tables, "articles")}
    if stored != texts:
        yield "the texts stored are not those given"
    yield from _issues(tables)
    for name in (*MENTIONS, "roles", "figure_parties"):
        for row in rows(tables, name):
            words = stored[row["article_id"]][row["start_char"] : row["end_char"]]
            if words != row["surface"] or not words:
                yield f"{name}: {row['surface']!r} does not stand where it should"
    yield from _values(tables)
    yield from _ledger(tables, stored)
    yield from _keys(tables)


def _issues(tables: Tables) -> Iterator[str]:
    for row in rows(tables, "issues"):
        if row["code"] not in ALLOWED or row["severity"] == "error":
            yield f"issue {row['stage']} {row['code']}: {row['message']}"
        elif row["code"] == "bad_number" and _MISTAKE.search(row["message"]):
            yield f"a mistake of ours taken for a number: {row['message']}"


def _values(tables: Tables) -> Iterator[str]:
    for row in rows(tables, "figures"):
        low, high, modifier = row["value_low"], row["value_high"], row["modifier"]
        shown = f"{row['surface']!r} {low} {high} {modifier}"
        if low is not None and high is not None and low > high:
            yield f"figures: low over high: {shown}"
        if modifier == "vague" and not low is high is None:
            yield f"figures: a vague value: {shown}"
        if (modifier in ("gt", "ge") and high is not None) or (modifier in ("lt", "le") and low is not None):
            yield f"figures: a bound on both sides: {shown}"
        if modifier == "exact" and low != high:
            yield f"figures: an exact value that is none: {shown}"
        if row["currency"] is None and row["currency_basis"] in ("code",):
            yield f"figures: a code and no currency: {shown}"
    for row in rows(tables, "date_mentions"):
        start, end = row["start_date"], row["end_date"]
        if start and end and start > end:
            yield f"date_mentions: {row['surface']!r} ends before it starts: {start} {end}"
    for name in MENTIONS:
        spans = [(row["article_id"], row["start_char"], row["end_char"]) for row in rows(tables, name)]
        for (one, _, end), (other, start, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            if one == other and start < end and name != "country_mentions":
                yield f"{name}: two rows lie over each other at {start}"


def _ledger(tables: Tables, texts: dict[str, str]) -> Iterator[str]:
    figures = {row["figure_id"]: row for row in rows(tables, "figures")}
    ledger = rows(tables, "ledger")
    if ledger and sorted(figures) != sorted(row["figure_id"] for row in ledger):
        yield "ledger: not a row for each figure"
    for row in ledger:
        for name in ("measure", "purpose"):
            start, end = row[f"{name}_start_char"], row[f"{name}_end_char"]
            if row[name] is not None and start is not None:
                words = texts[row["article_id"]][start:end]
                if " ".join(words.split()) != " ".join(row[name].split()):
                    yield f"ledger: {name} {row[name]!r} is not {words!r}"
        if row["period_start"] and row["period_end"] and row["period_start"] > row["period_end"]:
            yield f"ledger: the period of {row['surface']!r} ends before it starts"
    for link in rows(tables, "figure_links"):
        if link["from_figure_id"] == link["to_figure_id"]:
            yield f"figure_links: {link['from_figure_id']} is linked to itself"


def _keys(tables: Tables) -> Iterator[str]:
    """Foreign keys that point at nothing, and keys that stand twice."""
    from newsledger.normalizer.schema import TABLES

    for name, described in TABLES.items():
        held = rows(tables, name)
        keys = [tuple(row[column] for column in described.key) for row in held] if described.key else []
        if len(set(keys)) < len(keys):
            yield f"{name}: a key stands twice"
        for foreign in described.foreign_keys:
            there = {row[foreign.target_column] for row in rows(tables, foreign.target)}
            for row in held:
                if row[foreign.column] is not None and row[foreign.column] not in there:
                    yield f"{name}: {foreign.column} {row[foreign.column]!r} is not in {foreign.target}"


def of_article(tables: Tables, name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of one article, without what other articles may change."""
    return {
        table: [
            {column: value for column, value in row.items() if column not in _OF_THE_RUN}
            for row in rows(tables, table)
            if row["article_id"] == name
        ]
        for table in _OF_AN_ARTICLE
    }


def alone(
    tables: Tables, chosen: Sequence[Article], settings: dict[str, Any]
) -> Iterator[tuple[Article, str]]:
    """The articles whose rows are others where they are read by themselves."""
    for article in chosen:
        by_itself = of_article(newsledger.extract_articles([article], **settings), article.article_id)
        together = of_article(tables, article.article_id)
        for table, held in together.items():
            if held != by_itself[table]:
                yield article, f"{table}: other rows alone than in a batch"
                break
