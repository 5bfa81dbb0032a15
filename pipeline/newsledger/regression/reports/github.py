"""GitHub: annotations on the lines of the articles (workflow commands), and a Markdown step summary."""

from __future__ import annotations

import re

from newsledger.cli.terminal import harmless
from newsledger.regression.errors import CannotCompare
from newsledger.regression.reports.view import (
    CaseView,
    articles_absent,
    in_workspace,
    table_called,
    views,
)
from newsledger.regression.verdict import Verdict

_SUMMARY_ROWS = 100


def render(verdict: Verdict) -> str:
    """Workflow commands, one a line: errors where the gate fails, warnings where the budget bears it."""
    level = "warning" if verdict.passed else "error"
    absent = {name for name, _, _ in articles_absent(verdict)}
    lines = [
        _command(level, one) for one in views(verdict, "regression") if one.case.article_id not in absent
    ]
    lines += [
        command(level, f"{name}: not in the source, {rows} rows missed{f' ({why})' if why else ''}")
        for name, rows, why in articles_absent(verdict)
    ]
    lines += [_command("notice", one) for one in views(verdict, "fixed")]
    lines += [command("error", f"newsledger check: {reason}") for reason in verdict.reasons]
    return "".join(f"{line}\n" for line in lines)


def cannot_compare(problem: CannotCompare) -> str:
    """What is said where nothing could be compared."""
    return command("error", f"newsledger check cannot compare [{problem.why}]: {problem}") + "\n"


def _command(level: str, one: CaseView) -> str:
    places = {"file": in_workspace(one.path), "title": f"newsledger: {one.headline}"}
    if one.line is not None:
        places |= {"line": str(one.line), "col": str(one.column)}
        if one.end_line == one.line:
            places["endColumn"] = str(one.end_column)
    sentence = " ".join(f"{one.before}[{one.mention}]{one.after}".split())
    notes = "".join(f"\n{note}" for note in one.notes)
    prefix = "no longer wrong: " if one.status == "fixed" else ""
    return command(level, f"{prefix}{one.message}\n{sentence}{notes}", **places)


def command(level: str, message: str, **properties: str) -> str:
    r"""One workflow command, escaped as GitHub's own toolkit does.

    >>> command("error", "50% off\nnow", file="a,b.txt")
    '::error file=a%2Cb.txt::50%25 off%0Anow'
    """
    told = ",".join(
        f"{key}={_escape(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{level}{' ' if told else ''}{told}::{_escape(message)}"


def _escape(text: str) -> str:
    text = harmless(text.replace("\r", " "))
    return text.replace("%", "%25").replace("\n", "%0A")


def summary(verdict: Verdict) -> str:
    """The step summary, in Markdown: the verdict, a table of measures, the failing cases."""
    head = "✅ The figures are as expected" if verdict.passed else "❌ The figures have changed"
    lines = [f"## {head}", ""]
    lines += [f"- {_cell(reason)}" for reason in verdict.reasons]
    counts = verdict.status_counts()
    lines += [f"- {counts[name]} {name}" for name in ("known", "fixed", "ignored") if counts[name]]
    lines += ["", "| | gold | run | span F1 | value F1 | full F1 |", "|---|--:|--:|--:|--:|--:|"]
    for table, found in verdict.measures.items():
        scores = " | ".join(str(found.levels[level].floor) for level in ("span", "value", "full"))
        lines.append(f"| {table_called(table)} | {found.gold} | {found.found} | {scores} |")
    absent = articles_absent(verdict)
    gone = {name for name, _, _ in absent}
    failing = [one for one in views(verdict, "regression") if one.case.article_id not in gone]
    lines += ["", *(f"- {_cell(name)}: not in the source, {rows} rows missed" for name, rows, _ in absent)]
    if failing:
        lines += ["", "| where | what | sentence | gold | run |", "|---|---|---|---|---|"]
    for one in failing[:_SUMMARY_ROWS]:
        sentence = _cell(one.before, edges=True) + _bold(one.mention) + _cell(one.after, edges=True)
        cells = [_cell(one.where), _cell(one.headline), sentence, _cell(one.old), _cell(one.new)]
        lines.append(f"| {' | '.join(cells)} |")
    if len(failing) > _SUMMARY_ROWS:
        lines += ["", f"and {len(failing) - _SUMMARY_ROWS} more"]
    return "\n".join(lines) + "\n"


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&@:])")


def _bold(text: str) -> str:
    return f"**{_cell(text)}**" if text.strip() else ""


def _cell(text: str, *, edges: bool = False) -> str:
    r"""Text that is nothing but text in a Markdown table; ``edges`` keeps a blank at either end.

    >>> _cell("a|b <i>\n*c*"), _cell("lost ", edges=True)
    ('a\\|b \\<i\\> \\*c\\*', 'lost ')
    """
    told = _MARKDOWN.sub(r"\\\1", harmless(" ".join(text.split())))
    if not edges or not told:
        return told
    return f"{' ' if text[0].isspace() else ''}{told}{' ' if text[-1].isspace() else ''}"
