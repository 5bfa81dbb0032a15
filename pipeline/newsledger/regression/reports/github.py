"""GitHub: annotations on the lines of the articles (workflow commands), and a Markdown step summary."""

from __future__ import annotations

import re

from newsledger.normalizer.display import one_line, safe_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.reports.view import CaseView, in_workspace, views
from newsledger.regression.verdict import Verdict

_SUMMARY_ROWS = 100


def render(outcome: Verdict | CannotCompare) -> str:
    """Workflow commands, one per line: errors if the gate fails, warnings for cases within the budget."""
    if isinstance(outcome, CannotCompare):
        return command("error", f"newsledger check cannot compare [{outcome.why}]: {outcome}") + "\n"
    level = "warning" if outcome.passed else "error"
    lines = [_case_command(level, one) for one in views(outcome, "regression")]
    lines += [
        command(level, f"{name}: not in the source, {rows} rows missed{f' ({why})' if why else ''}")
        for name, rows, why in outcome.absent
    ]
    lines += [_case_command("notice", one) for one in views(outcome, "fixed")]
    lines += [command("error", f"newsledger check: {reason}") for reason in outcome.reasons]
    return "".join(f"{line}\n" for line in lines)


def _case_command(level: str, one: CaseView) -> str:
    places = {"file": in_workspace(one.path), "title": f"newsledger: {one.headline}"}
    if one.line is not None:
        places |= {"line": str(one.line), "col": str(one.column)}
        if one.end_line == one.line:
            places["endColumn"] = str(one.end_column)
    notes = "".join(f"\n{note}" for note in one.notes)
    prefix = "no longer wrong: " if one.case.status == "fixed" else ""
    return command(level, f"{prefix}{one.message}\n{one.sentence}{notes}", **places)


def command(level: str, message: str, **properties: str) -> str:
    r"""One workflow command, escaped as GitHub's own toolkit does.

    >>> command("error", "50% off\nnow", file="a,b.txt")
    '::error file=a%2Cb.txt::50%25 off%0Anow'
    """
    written = ",".join(
        f"{key}={_escape(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in properties.items()
    )
    return f"::{level}{' ' if written else ''}{written}::{_escape(message)}"


def _escape(text: str) -> str:
    return safe_text(text.replace("\r", " ")).replace("%", "%25").replace("\n", "%0A")


def summary(verdict: Verdict) -> str:
    """The step summary, in Markdown: the verdict, a table of measures, the failing cases."""
    head = "✅ The figures are as expected" if verdict.passed else "❌ The figures have changed"
    lines = [f"## {head}", ""]
    lines += [f"- {_cell(reason)}" for reason in verdict.reasons]
    counts = verdict.status_counts()
    lines += [f"- {counts[name]} {name}" for name in ("known", "fixed", "ignored") if counts[name]]
    lines += ["", "| | gold | run | span F1 | value F1 | full F1 |", "|---|--:|--:|--:|--:|--:|"]
    for one in verdict.measures.values():
        lines.append(f"| {' | '.join([one.kind.many, str(one.gold), str(one.found), *one.f1])} |")
    lines.append("")
    lines += [f"- {_cell(name)}: not in the source, {rows} rows missed" for name, rows, _ in verdict.absent]
    failing = views(verdict, "regression")
    if failing:
        lines += ["", "| where | what | sentence | gold | run |", "|---|---|---|---|---|"]
    for case in failing[:_SUMMARY_ROWS]:
        mention = f"**{_cell(case.mention.strip())}**" if case.mention.strip() else ""
        sentence = _cell(case.before) + mention + _cell(case.after)
        cells = [_cell(case.where), _cell(case.headline), sentence, _cell(case.old), _cell(case.new)]
        lines.append(f"| {' | '.join(cells)} |")
    if len(failing) > _SUMMARY_ROWS:
        more = len(failing) - _SUMMARY_ROWS
        lines += ["", f"and {more:,} more: the log and the other reports (`--report html=FILE`) show all"]
    return "\n".join(lines) + "\n"


_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&@:])")


def _cell(text: str) -> str:
    r"""Text that is nothing but text in a Markdown table, with a blank at either end if it had one.

    >>> _cell("a|b <i>\n*c*"), _cell("lost ")
    ('a\\|b \\<i\\> \\*c\\*', 'lost ')
    """
    cell = _MARKDOWN.sub(r"\\\1", one_line(text))
    if not cell:
        return cell
    return f"{' ' if text[0].isspace() else ''}{cell}{' ' if text[-1].isspace() else ''}"
