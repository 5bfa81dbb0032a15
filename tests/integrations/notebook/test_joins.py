"""Figures with what stands in the same sentence, and never with what stands in another."""

from __future__ import annotations

import pandas as pd
import pytest

import newsledger

TEXT = (
    "Kenya and Ghana paid $5m to the Bank of Japan on Wednesday, Ann Otieno said. Togo paid €2m.\n\n"
    "Mali Rejoices\n\nNothing was paid in Chad. It cost £7 per person."
)


@pytest.fixture(scope="module")
def tables() -> newsledger.Tables:
    other = newsledger.Article(text="Peru paid $1.", article_id="b", title="Peru", published="2024-05-01")
    return newsledger.extract_articles(
        [newsledger.Article(text=TEXT, article_id="a", published="2024-04-03"), other]
    )


def test_a_ledger_has_one_row_a_figure_with_its_sentence(tables: newsledger.Tables) -> None:
    ledger = tables.sentence_context()
    assert ledger.figure_id.tolist() == tables.figures.figure_id.tolist()
    assert ledger.countries.fillna("").tolist() == ["KEN|GHA", "TGO", "", "PER"]
    assert ledger.people.fillna("").tolist() == ["Ann Otieno", "", "", ""]
    assert ledger.dates.fillna("").tolist() == ["2024-04-03", "", "", ""]
    assert ledger.title.fillna("").tolist() == ["", "", "", "Peru"]
    assert ledger.value_low.dtype == tables.figures.value_low.dtype
    assert set(tables.figures.columns) <= set(ledger.columns)


def test_countries_inside_longer_names_count_on_request(tables: newsledger.Tables) -> None:
    assert tables.sentence_context(inside_names=True).countries[0] == "KEN|GHA|JPN"


def test_pairs_share_a_sentence(tables: newsledger.Tables) -> None:
    pairs = tables.same_sentence("figures", "country_mentions")
    assert pairs[["surface", "surface_country"]].values.tolist() == [
        ["$5m", "Kenya"],
        ["$5m", "Ghana"],
        ["$5m", "Japan"],
        ["€2m", "Togo"],
        ["$1", "Peru"],
    ]
    people = tables.same_sentence("person_mentions", "figures")
    assert people[["name", "surface_figure"]].values.tolist() == [["Ann Otieno", "$5m"]]


def test_no_rows_give_the_same_columns(tables: newsledger.Tables) -> None:
    empty = newsledger.Tables.empty()
    assert empty.sentence_context().columns.equals(tables.sentence_context().columns)
    assert len(empty.sentence_context()) == 0
    assert empty.same_sentence().columns.equals(tables.same_sentence().columns)


@pytest.mark.parametrize(
    ("left", "right"), [("figures", "figures"), ("articles", "figures"), ("figures", "x")]
)
def test_tables_without_mentions_are_refused(tables: newsledger.Tables, left: str, right: str) -> None:
    with pytest.raises(ValueError, match="table"):
        tables.same_sentence(left, right)


def test_a_ledger_is_the_readers_to_change(tables: newsledger.Tables) -> None:
    ledger = tables.sentence_context()
    ledger["currency"] = "X"
    assert tables.figures.currency.tolist() != ledger.currency.tolist()
    assert isinstance(tables.sentence_context(), pd.DataFrame)
