"""A table more is pinned and compared, and gates where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from newsledger.api import Tables
from newsledger.normalizer.schema import arrow_schema
from newsledger.regression import gate, kinds
from newsledger.regression.acceptance import accept
from newsledger.regression.gold_files import read_gold, write_gold
from newsledger.regression.policy import Policy
from newsledger.regression.runs import from_tables
from tests.regression import sample

LEDGER = kinds.Kind(
    table="ledger",
    one="ledger entry",
    many="ledger entries",
    fields=(
        kinds.Field("payer", ("payer",), "wrong_payer"),
        kinds.Field("status", ("status",), "wrong_status"),
    ),
    gating=False,
    mention_column="figure_id",
)


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    for named in (kinds.KINDS, kinds.ALL_KINDS):
        monkeypatch.setitem(named, "ledger", LEDGER)


def tables(payer: str) -> Tables:
    """The tables of the sample with a ledger entry for each figure."""
    made = sample.tables()
    schema = arrow_schema("ledger")
    rows = [
        {"payer": payer, "status": "paid", "comparison": "current", "countable": True, **figure}
        for figure in made.arrow("figures").to_pylist()
    ]
    entries = pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)
    return Tables({**{name: made.arrow(name) for name in made}, "ledger": entries}, run=made.run)


def test_a_table_more_is_pinned_and_compared(ledger: None, tmp_path: Path) -> None:
    write_gold(accept(None, from_tables(tables("Japan")), kinds=tuple(kinds.KINDS)).gold, tmp_path)
    gold = read_gold(tmp_path)
    assert sum(row.table == "ledger" for _, row in gold.rows()) == 5
    assert gate.judge_run(gold, tables("Japan")).status_counts()["right"] == gold.n_rows + 2
    run = from_tables(tables("Peru"))
    verdict = gate.judge_run(gold, run)
    assert verdict.passed
    assert {case.codes for case in verdict.cases("ignored")} == {("wrong_payer",)}
    verdict = gate.judge_run(gold, run, policy=Policy.of({"kinds": ["ledger"]}))
    assert verdict.regressions[0].case_id == "loan.txt#ledger:00000076-00000087"
    assert len(verdict.regressions) == 5
    assert not gate.judge_run(gold, run, policy=Policy.of({"kinds": ["ledger"]})).passed
    write_gold(accept(gold, run).gold, tmp_path)
    assert gate.judge_run(read_gold(tmp_path), run).status_counts()["ignored"] == 0
