"""How well the extraction does on gold: precision, recall and F1 per kind for span, value and full match."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from newsledger.regression.comparison import Comparison
from newsledger.regression.measures import Measures, Score
from newsledger.regression.reports.json import case_dict, measures_dict
from newsledger.regression.reports.text import case_text, numeric_table
from newsledger.regression.reports.view import CaseView, view

if TYPE_CHECKING:
    from rich.console import RenderableType


def misses(comparison: Comparison, tables: Container[str]) -> list[CaseView]:
    """Every case of these tables that is not wholly right."""
    cases = (case for case in comparison.cases if case.faults and case.table in tables)
    return [view(case, "regression", comparison) for case in cases]


def parts(
    comparison: Comparison,
    measures: Mapping[str, Measures],
    *,
    misses_of: Container[str] = (),
    fields: bool = False,
) -> Iterator[RenderableType]:
    """The figures in pieces that rich can show; ``fields`` adds a line for every field.

    Before them every case of ``misses_of`` (tables) that is not wholly right.
    """
    from rich.text import Text

    yield from map(case_text, misses(comparison, misses_of))
    table = numeric_table("", "match", "gold", "found", "right", "precision", "recall", "F1")
    for found in measures.values():
        lines = {**found.levels, **({f"  {name}": s for name, s in found.fields.items()} if fields else {})}
        for number, (level, score) in enumerate(lines.items()):
            table.add_row("" if number else found.kind.many, level, *_cells(score))
        table.add_section()
    yield table
    number = len(comparison.articles)
    line = f"{number - len(comparison.absent):,} of {number:,} articles of the gold"
    if comparison.absent:
        names = ", ".join(one.gold.article_id for one in comparison.absent[:5])
        line += f"; missing, and counted as missed: {names}"
    yield Text(line)


def _cells(score: Score) -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.f1)
    return f"{score.gold:,}", f"{score.found:,}", f"{score.right:,}", *(f"{share:.4f}" for share in shares)


def markdown(measures: Mapping[str, Measures]) -> str:
    """The figures as a Markdown table, for a README."""
    lines = [
        "| | match | gold | found | right | precision | recall | F1 |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for found in measures.values():
        for number, (level, score) in enumerate(found.levels.items()):
            lines.append(f"| {'' if number else found.kind.many} | {level} | {' | '.join(_cells(score))} |")
    return "\n".join(lines) + "\n"


def as_dict(
    comparison: Comparison, measures: Mapping[str, Measures], misses_of: Container[str]
) -> dict[str, Any]:
    """The figures and every miss of ``misses_of`` (tables) as a dict of JSON values."""
    return {
        "articles": len(comparison.articles),
        "absent": [one.gold.article_id for one in comparison.absent],
        "measures": {table: measures_dict(found) for table, found in measures.items()},
        "misses": [
            case_dict(one, without=("status", "known", "by_hand")) for one in misses(comparison, misses_of)
        ],
    }
