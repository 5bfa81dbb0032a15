"""The ledger stage alone: bad input gives nulls, and rules and a model are weighed by their precision."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from newsledger.document.layout import lay_out
from newsledger.stages import ledger, money
from newsledger.stages.ledger.clause import Draft
from newsledger.stages.ledger.context import Article
from newsledger.stages.ledger.find import MOST_WEIGHED, decide
from newsledger.stages.ledger.lexicon import is_given
from newsledger.values.ledger import LedgerEntry


def entries(text: str) -> list[LedgerEntry]:
    return list(ledger.find(text, figures=money.find(text)))


def test_every_figure_has_one_entry_in_its_order() -> None:
    text = "It cost $5 million. Sales rose from €3m to €4m (£3m)."
    assert [entry.surface for entry in entries(text)] == [figure.surface for figure in money.find(text)]
    assert ledger.find(text, figures=()) == []


@pytest.mark.parametrize(
    "text",
    [
        "$5 million",
        "$5,000 $6,000 $7,000 $8,000\n$9,000 $10,000 $11,000 $12,000",
        "* $5 million\n* $6 million\n* $7 million",
        "Name Amount\nAda $5,000\nBen $6,000",
        "loan " * 500 + "$5 million",
    ],
)
def test_tables_lists_and_bare_figures_name_no_party_and_no_period(text: str) -> None:
    for entry in entries(text):
        assert entry.parties == ()
        assert entry.period_start_char is None
        assert entry.measure is None


def test_what_is_given_says_how_sure_it_is() -> None:
    (entry,) = entries("The bank took a $5 million loan.")
    assert entry.measure_class == "loan"
    assert entry.class_confidence is not None
    assert entry.class_confidence >= Decimal("0.80")
    assert entry.measure_basis == "noun after: loan"


def test_a_rule_that_nobody_measured_gives_no_link() -> None:
    assert is_given("bracketed equivalent")
    assert not is_given("a rule that nobody measured")


def test_of_a_list_without_end_the_model_reads_the_first_figures() -> None:
    read = []

    def weigh(_: Article, drafts: Mapping[int, Draft]) -> Mapping[int, Draft]:
        read.extend(drafts)
        return drafts

    text = "He paid $5 million. " * (MOST_WEIGHED + 50)
    drafts, _ = decide(Article(text, lay_out(text), money.find(text)), weigh=weigh)
    assert len(drafts) == MOST_WEIGHED + 50
    assert read == list(range(MOST_WEIGHED))
