"""The report for the terminal or a CI log: every failing case, then the totals."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from newsledger.normalizer.display import counted, one_line, safe_text
from newsledger.regression.comparison import Comparison
from newsledger.regression.errors import CannotCompare
from newsledger.regression.kinds import ALL_KINDS
from newsledger.regression.reports.view import CaseView, in_words, view, views
from newsledger.regression.verdict import Measures, Verdict

_WIDTH = 120

_STYLE = {"known": "yellow", "fixed": "green", "ignored": "dim", "right": ""}
_STYLE |= dict.fromkeys(("regression", "absent"), "bold red")


def render(outcome: Verdict | CannotCompare, *, everything: bool = False) -> str:
    """The report as plain text; no line of it is broken. See `verdict_parts`."""
    if isinstance(outcome, CannotCompare):
        return f"cannot compare [{outcome.why}]: {outcome}\n"
    console = Console(file=io.StringIO(), highlight=False, width=_WIDTH)
    with console.capture() as captured:
        for part in verdict_parts(outcome, everything=everything):
            console.print(part, soft_wrap=isinstance(part, Text))
    return captured.get()


def verdict_parts(verdict: Verdict, *, everything: bool = False) -> Iterator[RenderableType]:
    """The report in pieces that rich can show.

    ``everything`` also shows the cases that do not fail: known, fixed, ignored.
    """
    for one in views(verdict, "regression"):
        yield case_text(one)
    lacking = [
        (name, f"not in the source: {counted(rows, 'row')} missed{f' ({safe_text(why)})' if why else ''}")
        for name, rows, why in verdict.absent
    ]
    if verdict.policy.require_gold:
        lacking += [(name, "without gold") for name in verdict.comparison.without_gold]
    for name, what in lacking:
        yield Text.assemble("✗ ", (safe_text(name), "bold"), f"  {what}\n", style="bold red")
    if everything:
        for one in views(verdict, "known", "fixed", "ignored"):
            yield case_text(one)
    yield _measures_table(verdict)
    yield Text(_articles_line(verdict))
    yield from _conclusion(verdict)


def case_text(one: CaseView) -> RenderableType:
    """One case: its place, the faults, the sentence, both values, and notes."""
    style = _STYLE[one.case.status]
    mark = {"regression": "✗ ", "fixed": "✓ "}.get(one.case.status, "· ")
    kind = f"  {ALL_KINDS[one.case.table].one}  "
    where = (safe_text(one.where), "bold")
    text = Text.assemble(mark, where, kind, (one.headline, style), style=style)
    if one.case.status != "regression":
        text.append(f"  [{one.case.status}]", "dim")
    if one.mention:
        text.append(f"\n    {one_line(one.before)}{' ' if one.before[-1:].isspace() else ''}")
        text.append(f"[{one_line(one.mention)}]", "bold reverse" if style else "bold")
        text.append(safe_text(one.after.rstrip()))
    for fault in one.changes:
        old, new = safe_text(fault.gold) or "none", safe_text(fault.found) or "none"
        text.append_text(Text.assemble(f"\n    {fault.field:<14} ", (old, "red"), "  →  ", (new, "green")))
    if not one.changes:
        for label, values in zip(one.sides, (one.old, one.new), strict=True):
            if values:
                text.append(f"\n    {label + ':':<14} {safe_text(values)}")
    if one.notes:
        text.append(f"\n    ({safe_text('; '.join(one.notes))})", "dim")
    text.append("\n")
    return text


def failure_text(verdict: Verdict) -> str:
    """The regressions of a verdict with the reasons why it is not passed, as plain text."""
    shown = [str(case_text(one)) for one in views(verdict, "regression", "absent")]
    return "\n".join([*shown, "; ".join(verdict.reasons)])


def numeric_table(*columns: str) -> Table:
    """A table without frame whose columns, after those without a name, are flush right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in ("", "match") else "right")
    return table


def _measures_table(verdict: Verdict) -> RenderableType:
    shown = ("missed", "spurious", "wrong", "known", "regression")
    table = numeric_table("", "gold", "run", *shown[:-1], "failing", "span F1", "value F1", "full F1")
    cases = Counter[tuple[str, str]](
        (case.table, what) for case in verdict.comparison.cases for what in (case.outcome, case.status)
    )
    for name, found in verdict.measures.items():
        numbers = [found.gold, found.found, *(cases[name, what] for what in shown)]
        table.add_row(found.kind.many, *(f"{number:,}" for number in numbers), *found.f1)
    return table


def _articles_line(verdict: Verdict) -> str:
    comparison = verdict.comparison
    number, absent = len(comparison.articles), len(comparison.absent)
    counts = {
        "with an edited text": len(comparison.edited),
        "under another name": sum(one.renamed is not None for one in comparison.articles),
        "not in the source, passed over": absent if verdict.policy.absent == "ignore" else 0,
        "without gold, not compared": len(comparison.without_gold),
    }
    more = [f"{count:,} {what}" for what, count in counts.items() if count]
    return ", ".join([f"{number - absent:,} of {number:,} articles compared", *more])


def _conclusion(verdict: Verdict) -> Iterator[RenderableType]:
    counts = verdict.status_counts()
    if counts["fixed"]:
        fixed = counted(counts["fixed"], "known fault")
        yield Text(f"{fixed} no longer there; newsledger check --update takes that down", "green")
    if counts["ignored"]:
        yield Text(f"{counts['ignored']:,} differ only in what does not gate (--all shows them)")
    if verdict.passed:
        parts = [f"OK: {sum(found.gold for found in verdict.measures.values()):,} rows of gold"]
        if counts["known"]:
            parts.append(counted(counts["known"], "known fault"))
        if counts["regression"]:
            parts.append(f"{counts['regression']:,} within the budget of {verdict.policy.budget:,}")
        yield Text(", ".join(parts), "bold green")
    for reason in verdict.reasons:
        yield Text(f"FAILED: {reason}", "bold red")


# --- other comparisons ---------------------------------------------------------------------------------


def difference_parts(verdict: Verdict) -> Iterator[RenderableType]:
    """The differences between two runs, in pieces that rich can show."""
    failing = views(verdict, "regression", diff=True)
    yield from map(case_text, failing)
    only_first = [one.gold.article_id for one in verdict.comparison.absent]
    for names, which in ((only_first, "first"), (verdict.comparison.without_gold, "second")):
        for name in names:
            yield Text(f"{safe_text(name)}: only in the {which} run", "yellow")
    for table, codes in verdict.code_counts().items():
        counts = ", ".join(f"{number:,} {in_words(code, diff=True)}" for code, number in codes.items())
        yield Text(f"{ALL_KINDS[table].many}: {counts}")
    end = f"no difference in {verdict.same:,} rows"
    if not verdict.all_same:
        end = f"{counted(len(failing), 'row differs', 'rows differ')}, {verdict.same:,} do not"
    yield Text(end, "bold")


def evaluation_parts(
    comparison: Comparison,
    measures: Mapping[str, Measures],
    *,
    misses_of: Container[str] = (),
    fields: bool = False,
) -> Iterator[RenderableType]:
    """The scores in pieces that rich can show; ``fields`` adds a line for every field.

    Before them every case of ``misses_of`` (tables) that is not wholly right.
    """
    for case in comparison.cases:
        if case.faults and case.table in misses_of:
            yield case_text(view(replace(case, status="regression"), comparison))
    table = numeric_table("", "match", "gold", "found", "right", "precision", "recall", "F1")
    for found in measures.values():
        lines = {**found.levels, **({f"  {name}": s for name, s in found.fields.items()} if fields else {})}
        for number, (level, score) in enumerate(lines.items()):
            counts = (f"{count:,}" for count in (score.gold, score.found, score.right))
            shares = (f"{share:.4f}" for share in (score.precision, score.recall, score.f1))
            table.add_row("" if number else found.kind.many, level, *counts, *shares)
        table.add_section()
    yield table
    number = len(comparison.articles)
    line = f"{number - len(comparison.absent):,} of {number:,} articles of the gold"
    if comparison.absent:
        names = ", ".join(one.gold.article_id for one in comparison.absent[:5])
        line += f"; missing, and counted as missed: {names}"
    yield Text(line)
