"""The report for people at a terminal, or in the log of a CI run: every failing case, then the sum of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from newsledger.cli.terminal import harmless
from newsledger.regression.kinds import ARTICLES, KINDS
from newsledger.regression.reports.view import (
    GATE,
    CaseView,
    Words,
    articles_absent,
    table_called,
    views,
)
from newsledger.regression.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import RenderableType

_WIDTH = 120

_STYLE = {"regression": "bold red", "known": "yellow", "fixed": "green", "ignored": "dim", "right": ""}


def render(verdict: Verdict, *, everything: bool = False) -> str:
    """The report as plain text."""
    stream = io.StringIO()
    print_report(verdict, stream, everything=everything)
    return stream.getvalue()


def print_report(verdict: Verdict, stream: IO[str], *, everything: bool = False) -> None:
    """Write the report to a stream, in colour where it is a terminal.

    ``everything`` also shows the cases that do not fail: known, fixed, ignored.
    """
    show(parts(verdict, everything=everything), stream)


def show(renderables: Iterator[RenderableType], stream: IO[str]) -> None:
    """Write renderables to a stream; lines are only broken where it is a terminal."""
    from rich.console import Console
    from rich.text import Text

    terminal = stream.isatty()
    console = Console(file=stream, highlight=False, width=None if terminal else _WIDTH)
    for part in renderables:
        console.print(part, soft_wrap=not terminal and isinstance(part, Text))


def parts(verdict: Verdict, *, everything: bool = False) -> Iterator[RenderableType]:
    """The report in pieces that rich can show."""
    from rich.text import Text

    absent = {name for name, _, _ in articles_absent(verdict)}
    for one in views(verdict, "regression"):
        if one.case.article_id not in absent:
            yield case_text(one)
    for name, rows, why in articles_absent(verdict):
        told = Text("✗ ", "bold red")
        told.append(harmless(name), "bold")
        told.append(f"  not in the source: {rows:,} row{'' if rows == 1 else 's'} missed")
        if why:
            told.append(f" ({harmless(why)})")
        yield told
        yield Text()
    if everything:
        for one in views(verdict, "known", "fixed", "ignored"):
            yield case_text(one)
    yield measures_table(verdict)
    yield from _articles(verdict)
    yield from _end(verdict)


def case_text(one: CaseView, *, words: Words = GATE) -> RenderableType:
    """One case: where, what is wrong, the sentence, the readings, notes."""
    from rich.text import Text

    style = _STYLE[one.status]
    mark = {"regression": "✗", "fixed": "✓"}.get(one.status, "·")
    made = Text(f"{mark} ", style)
    made.append(harmless(one.where), "bold")
    kind = "article" if one.case.table == ARTICLES.table else KINDS[one.case.table].one
    made.append(f"  {kind}  ")
    made.append(one.headline, style)
    if one.status != "regression":
        made.append(f"  [{one.status}]", "dim")
    if one.mention:
        made.append("\n    ")
        made.append(harmless(" ".join(one.before.split()) + (" " if one.before[-1:].isspace() else "")))
        made.append(f"[{harmless(' '.join(one.mention.split()))}]", "bold reverse" if style else "bold")
        made.append(harmless(one.after.rstrip()))
    faults = [fault for fault in one.faults if fault.field not in ("missed", "spurious")]
    for fault in faults:
        made.append(f"\n    {fault.field:<14} ")
        made.append(harmless(fault.gold) or "none", "red")
        made.append("  →  ")
        made.append(harmless(fault.found) or "none", "green")
    if not faults:
        if one.old:
            made.append(f"\n    {words.gold + ':':<14} {harmless(one.old)}")
        if one.new:
            made.append(f"\n    {words.found + ':':<14} {harmless(one.new)}")
    if one.notes:
        made.append(f"\n    ({harmless('; '.join(one.notes))})", "dim")
    made.append("\n")
    return made


def measures_table(verdict: Verdict) -> RenderableType:
    """Counts and F1 of every kind."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for name in (
        "gold",
        "run",
        "missed",
        "spurious",
        "wrong",
        "known",
        "failing",
        "span F1",
        "value F1",
        "full F1",
    ):
        table.add_column(name, justify="right")
    for name, found in verdict.measures.items():
        cases = [
            (case, status)
            for case, status in zip(verdict.comparison.cases, verdict.statuses, strict=True)
            if case.table == name
        ]
        outcomes = [case.outcome for case, _ in cases]
        statuses = [status for _, status in cases]
        table.add_row(
            table_called(name),
            f"{found.gold:,}",
            f"{found.found:,}",
            *(f"{outcomes.count(what):,}" for what in ("missed", "spurious", "wrong")),
            f"{statuses.count('known'):,}",
            f"{statuses.count('regression'):,}",
            *(str(found.levels[level].floor) for level in ("span", "value", "full")),
        )
    return table


def _articles(verdict: Verdict) -> Iterator[RenderableType]:
    from rich.text import Text

    comparison = verdict.comparison
    number = len(comparison.articles)
    told = [f"{number - len(comparison.absent):,} of {number:,} articles compared"]
    if comparison.edited:
        told.append(f"{len(comparison.edited):,} with an edited text")
    if renamed := [one for one in comparison.articles if one.renamed]:
        told.append(f"{len(renamed):,} under another name")
    if comparison.absent and verdict.policy.absent == "ignore":
        told.append(f"{len(comparison.absent):,} not in the source, passed over")
    if comparison.without_gold:
        told.append(f"{len(comparison.without_gold):,} without gold, not compared")
    yield Text(", ".join(told))


def _end(verdict: Verdict) -> Iterator[RenderableType]:
    from rich.text import Text

    counts = verdict.status_counts()
    if counts["fixed"]:
        yield Text(
            f"{counts['fixed']:,} known fault{'' if counts['fixed'] == 1 else 's'} no longer there; "
            "newsledger check --update takes that down",
            "green",
        )
    if counts["ignored"]:
        yield Text(f"{counts['ignored']:,} differ only in what does not gate (--all shows them)")
    if verdict.passed:
        rows = sum(found.gold for found in verdict.measures.values())
        told = f"OK: {rows:,} rows of gold"
        if counts["known"]:
            told += f", {counts['known']:,} known fault{'' if counts['known'] == 1 else 's'}"
        if counts["regression"]:
            told += f", {counts['regression']:,} within the budget of {verdict.policy.budget:,}"
        yield Text(told, "bold green")
        return
    for reason in verdict.reasons:
        yield Text(f"FAILED: {reason}", "bold red")
