"""The ledger stage alone: bad input gives nulls, and rules and a model are weighed by their precision."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from newsledger.stages import ledger, money
from newsledger.stages.ledger.authority import granted, merge
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.drafts import Draft, PartyAnswer
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
    assert entry.class_confidence >= Decimal("0.90")
    assert entry.measure_basis == "noun after: loan"


def test_a_rule_that_is_not_sure_enough_gives_nothing() -> None:
    unsure, sure = Decimal("0.89"), Decimal("0.97")
    assert granted("class", Answer("aid", "a rule", confidence=unsure)) is None
    assert granted("payer", Answer("aid", "a rule", confidence=Decimal("0.94"))) is None
    assert granted("class", Answer("aid", "a rule that nobody measured")) is None
    two = Answer("aid", "a rule", confidence=sure), Answer("loan", "model", confidence=sure)
    assert merge("class", *two) is None
    assert merge("class", None, two[1]) == two[1]


def test_a_model_fills_what_the_rules_leave_open_where_it_is_sure() -> None:
    text = "Ada spoke of $5 million, and of a loan of $6 million."
    sure, unsure = Decimal("0.96"), Decimal("0.60")

    def model(article: Article, drafts: Sequence[Draft]) -> list[Draft]:
        party = PartyAnswer("payer", 0, 3, -1, "model", confidence=sure)
        first = Draft(measure_class=Answer("pay", "model", confidence=sure), parties=(party,))
        return [first, Draft(measure_class=Answer("aid", "model", confidence=unsure))]

    first, second = ledger.find(text, figures=money.find(text), model=model)
    assert (first.measure_class, first.measure_basis, first.class_confidence) == ("pay", "model", sure)
    assert [(p.role, p.surface, p.basis) for p in first.parties] == [("payer", "Ada", "model, described")]
    assert second.measure_class == "loan"
