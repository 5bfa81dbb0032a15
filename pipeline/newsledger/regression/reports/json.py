"""The JSON report: one object with all data of the other reports."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import asdict
from typing import Any

from newsledger.normalizer.display import json_text
from newsledger.normalizer.schema import SCHEMA_VERSION
from newsledger.normalizer.writers.text import value_text
from newsledger.regression.comparison import Comparison
from newsledger.regression.errors import CannotCompare
from newsledger.regression.kinds import ALL_KINDS
from newsledger.regression.reports.view import REPORTED, CaseView, view, views
from newsledger.regression.verdict import CANNOT_COMPARE, Measures, Score, Verdict
from newsledger.values.version import __version__

REPORT_VERSION = 2
"""Raised when a key changes its meaning."""


def render(outcome: Verdict | CannotCompare) -> str:
    """The report; keys are stable, and may be added. Decimals and dates are texts."""
    head = {"report_version": REPORT_VERSION, "program": "newsledger", "version": __version__}
    head["schema_version"] = SCHEMA_VERSION
    if isinstance(outcome, CannotCompare):
        said = {"verdict": "cannot_compare", "exit_code": CANNOT_COMPARE, "why": outcome.why}
        return json_text({**head, **said, "reasons": [str(outcome)]}) + "\n"
    comparison = outcome.comparison
    report = {
        **head,
        "verdict": "ok" if outcome.passed else "regression",
        "exit_code": outcome.exit_code,
        "reasons": list(outcome.reasons),
        "counts": outcome.status_counts(),
        "budget": outcome.policy.budget,
        "articles": {
            "compared": len(comparison.articles) - len(comparison.absent),
            "edited": [one.gold.article_id for one in comparison.edited],
            "renamed": {one.gold.article_id: one.renamed for one in comparison.articles if one.renamed},
            "absent": {one.gold.article_id: one.why_absent for one in comparison.absent},
            "without_gold": list(comparison.without_gold),
        },
        "measures": {table: measures_dict(found) for table, found in outcome.measures.items()},
        "broken_floors": [
            {"table": b.table, "measure": b.measure, "floor": str(b.least), "now": str(b.now)}
            for b in outcome.broken_floors
        ],
        "cases": list(map(case_dict, views(outcome, *REPORTED))),
    }
    return json_text(report) + "\n"


def measures_dict(found: Measures) -> dict[str, Any]:
    """The measures of one kind."""

    def scores(named: Mapping[str, Score]) -> dict[str, Any]:
        shares = ("precision", "recall", "f1")
        return {
            name: {"right": score.right, **{share: round(getattr(score, share), 6) for share in shares}}
            for name, score in named.items()
        }

    counts = {name: getattr(found, name) for name in ("gold", "found", "paired")}
    return {**counts, **scores(found.levels), "fields": scores(found.fields)}


def case_dict(one: CaseView) -> dict[str, Any]:
    """One case."""
    case = one.case
    return {
        **{name: getattr(case, name) for name in ("case_id", "article_id", "table")},
        "status": one.case.status,
        "outcome": case.outcome,
        "codes": list(case.codes),
        "known": list(case.known),
        "surface": case.surface,
        "start_char": case.span[0] if case.span else None,
        "end_char": case.span[1] if case.span else None,
        "anchor": case.anchor,
        "by_hand": case.hand,
        "file": one.path,
        "line": one.line,
        "column": one.column,
        "sentence": f"{one.before}{one.mention}{one.after}",
        "changes": [asdict(fault) for fault in case.faults],
        "gold": None if case.gold is None else _values(case.table, case.gold.values),
        "found": None if case.found is None else _values(case.table, case.found),
        "notes": list(one.notes),
    }


def evaluation(comparison: Comparison, measures: Mapping[str, Measures], tables: Container[str]) -> str:
    """The measures, and every case of ``tables`` that is not wholly right."""
    wrong = (case for case in comparison.cases if case.faults and case.table in tables)
    return json_text(
        {
            "articles": len(comparison.articles),
            "absent": [one.gold.article_id for one in comparison.absent],
            "measures": {table: measures_dict(found) for table, found in measures.items()},
            "misses": [case_dict(view(case, comparison)) for case in wrong],
        }
    )


def difference(verdict: Verdict) -> str:
    """The differences between two runs; the first is called gold, as in a check."""
    cases = views(verdict, "regression")
    return json_text(
        {
            "same": verdict.same,
            "different": len(cases),
            "only_in_first": [one.gold.article_id for one in verdict.comparison.absent],
            "only_in_second": list(verdict.comparison.without_gold),
            "counts": verdict.code_counts(),
            "cases": list(map(case_dict, cases)),
        }
    )


def _values(table: str, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        column: value_text(values[column])
        for column in ALL_KINDS[table].columns
        if values.get(column) is not None
    }
