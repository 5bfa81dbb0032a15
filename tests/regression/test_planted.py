"""For each kind of regression, one that is planted is caught and called by its name; a clean run passes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from newsledger.regression import gate
from newsledger.regression.kinds import ALL_KINDS
from newsledger.regression.policy import Policy
from newsledger.values.extraction import Extraction
from newsledger.values.ledger import FigureParty, LedgerEntry
from tests.regression import sample


def test_a_clean_run_passes() -> None:
    verdict = gate.judge_run(sample.gold(), sample.run())
    assert verdict.passed
    assert verdict.exit_code == 0
    assert verdict.status_counts() == {
        "right": sample.gold().n_rows + 2,  # the publication dates are cases, too
        "known": 0,
        "fixed": 0,
        "ignored": 0,
        "absent": 0,
        "regression": 0,
    }
    assert all(s.f1 == 1.0 for m in verdict.measures.values() for s in m.all.values())


@pytest.mark.parametrize("name", sample.PLANTED)
def test_a_planted_regression_is_caught(name: str) -> None:
    plant, table, codes = sample.PLANTED[name]
    verdict = gate.judge_run(sample.gold(), sample.run(plant=plant))
    assert verdict.exit_code == 1
    assert {case.table for case in verdict.regressions} == {table}
    assert {code for case in verdict.regressions for code in case.codes} == codes
    assert {case.article_id for case in verdict.regressions} == {"loan.txt"}
    assert len(verdict.regressions) == 1


@pytest.mark.parametrize("name", sample.PLANTED_ROLES)
def test_a_role_fails_where_the_policy_says_so(name: str) -> None:
    plant, table, codes = sample.PLANTED_ROLES[name]
    run = sample.run(plant=plant)
    (case,) = gate.judge_run(sample.gold(), run, policy=Policy.of({"kinds": ["roles"]})).regressions
    assert (case.table, set(case.codes)) == (table, codes)
    quiet = gate.judge_run(sample.gold(), run, policy=Policy.of({"ignore": ["people"]}))
    assert quiet.passed
    assert any(case.table == "roles" and case.faults for case in quiet.comparison.cases)


def test_every_code_is_planted() -> None:
    """A field that is added to the gate needs a planted fault."""
    every = [*sample.PLANTED.values(), *sample.PLANTED_ROLES.values()]
    planted = {(table, code) for _, table, codes in every for code in codes}
    for table, kind in ALL_KINDS.items():
        for field in kind.fields:
            if field.name in ("candidates", "published") or table == "ledger":  # in tests of their own
                continue
            assert (table, field.code) in planted


def test_a_changed_publication_date_is_one_case() -> None:
    def plant(found: Extraction) -> Extraction:
        return replace(found, article=replace(found.article, published="2024-03-08"))

    verdict = gate.judge_run(sample.gold(), sample.run(plant=plant))
    assert [(case.table, case.codes) for case in verdict.regressions] == [
        ("articles", ("wrong_published",)),
        ("articles", ("wrong_published",)),
    ]


def test_candidates_of_an_open_currency_are_compared() -> None:
    open_one = sample.changing("money", currency=None, currency_candidates=("SEK", "NOK"))
    other = sample.changing("money", currency=None, currency_candidates=("SEK",))
    gold = gate.gold_from(sample.tables(plant=open_one))
    assert gate.judge_run(gold, sample.run(plant=open_one)).passed
    (case,) = gate.judge_run(gold, sample.run(plant=other)).regressions
    assert case.codes == ("wrong_candidates",)


def test_candidates_of_a_decided_currency_are_not() -> None:
    plant = sample.changing("money", currency_candidates=("USD", "CAD"))
    assert gate.judge_run(sample.gold(), sample.run(plant=plant)).passed


def test_two_faults_in_one_row_are_one_case() -> None:
    plant = sample.changing("money", currency="CAD", per_unit="ton")
    (case,) = gate.judge_run(sample.gold(), sample.run(plant=plant)).regressions
    assert case.codes == ("wrong_currency", "wrong_unit")


LEDGER_FAULTS = {
    "wrong_class": {"measure_class": "aid"},
    "wrong_status": {"status": "paid"},
    "wrong_measure": {"measure": "grant"},
    "wrong_comparison": {"comparison": "previous"},
    "wrong_countable": {"countable": False},
    "wrong_period": {"period_start": dt.date(2024, 1, 1)},
    **{
        f"wrong_{role}": {"parties": (FigureParty(role=role, start_char=0, end_char=1, surface="A"),)}
        for role in ("payer", "recipient", "holder")
    },
}


def with_entries(**values: Any) -> sample.Plant:
    def plant(found: Extraction) -> Extraction:
        spans = [{k: getattr(m, k) for k in ("start_char", "end_char", "surface")} for m in found.money]
        return replace(found, ledger=tuple(LedgerEntry(**span, **values) for span in spans))

    return plant


@pytest.mark.parametrize("code", LEDGER_FAULTS)
def test_the_ledger_is_pinned_and_compared_and_fails_where_the_policy_says_so(code: str) -> None:
    assert set(LEDGER_FAULTS) == {field.code for field in ALL_KINDS["ledger"].fields}
    gold = gate.gold_from(sample.tables(plant=with_entries(measure_class="cost", status="reported")))
    changed = {"measure_class": "cost", "status": "reported", **LEDGER_FAULTS[code]}
    run = sample.run(plant=with_entries(**changed))
    quiet = gate.judge_run(gold, run)
    assert quiet.passed
    assert {c for case in quiet.comparison.cases if case.table == "ledger" for c in case.codes} == {code}
    assert not gate.judge_run(gold, run, policy=Policy.of({"kinds": ["ledger"]})).passed
