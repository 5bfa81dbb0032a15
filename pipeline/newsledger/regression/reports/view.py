"""One case as every report shows it: its place, its sentence, and the old and new values."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from newsledger.document.layout import lay_out
from newsledger.reading.sources import kind_of
from newsledger.regression.comparison import Case, Compared, Comparison, Fault, Status, shown
from newsledger.regression.kinds import ALL_KINDS, KINDS, MISSED, SPURIOUS
from newsledger.regression.verdict import Verdict

REPORTED: tuple[Status, ...] = ("regression", "absent", "known", "fixed", "ignored")
"""The cases in reports for programs: all that are not simply right."""
_MOST_CONTEXT = 160
"""Characters of a sentence shown on each side of the mention."""


_ONLY_IN = {MISSED: "only in the first", SPURIOUS: "only in the second"}


def in_words(code: str, *, diff: bool = False) -> str:
    """The faults in words; in a ``diff`` neither run counts as right.

    >>> in_words("wrong_value"), in_words("wrong_value", diff=True), in_words("missed", diff=True)
    ('wrong value', 'other value', 'only in the first')
    """
    if diff:
        code = _ONLY_IN.get(code) or re.sub("^wrong", "other", code)
    return code.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case made ready to be shown; ``line`` and ``column`` count from 1, and are None if unknown."""

    case: Case
    headline: str
    path: str
    sides: tuple[str, str]
    """What the two sides are called."""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    before: str = ""
    mention: str = ""
    after: str = ""
    old: str = ""
    new: str = ""
    notes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """File, line and column as editors and terminals know them; in a file of many records, which one."""
        if self.line is not None:
            return f"{self.path}:{self.line}:{self.column}"
        return f"{self.path} [{self.record}]" if self.record else self.path

    @property
    def record(self) -> str:
        """The id of the article where the path does not contain it, else nothing."""
        name = self.case.article_id
        in_path = self.path.endswith(name) or Path(self.path).stem == name
        return "" if in_path or self.line is not None else name

    @property
    def changes(self) -> tuple[Fault, ...]:
        """The faults in single fields, without those that are about the whole row."""
        return tuple(fault for fault in self.case.faults if fault.field not in (MISSED, SPURIOUS))

    @property
    def sentence(self) -> str:
        """The sentence in one line, its mention in brackets."""
        return " ".join(f"{self.before}[{self.mention}]{self.after}".split())

    @property
    def message(self) -> str:
        """The case in one line: the faults, the mention, and the values."""
        message = f"{self.headline}: {self.mention or self.case.surface!r}"
        if self.case.table in KINDS:
            surface = " ".join(self.case.surface.split())
            message = f"{KINDS[self.case.table].one}, {self.headline}: {surface!r}"
        changes = "; ".join(map(str, self.changes)) or self.old or self.new
        message = f"{message} ({changes})" if changes else message
        return f"{self.record}: {message}" if self.record else message


def views(verdict: Verdict, *statuses: Status, diff: bool = False) -> list[CaseView]:
    """The cases of these statuses, ready to be shown."""
    return [view(case, verdict.comparison, diff=diff) for case in verdict.cases(*statuses)]


def view(case: Case, comparison: Comparison, *, diff: bool = False) -> CaseView:
    """Make one case ready to be shown; ``diff``: of two runs, neither of which is gold."""
    compared = comparison.by_id.get(case.article_id)
    run = compared.run if compared else None
    source = run.source_path if run else (compared.gold.source_path if compared else "")
    file = comparison.run.files.get(source)
    more: dict[str, Any] = {"path": _seen_from(file, "") if file else source or case.article_id}
    if run is not None and case.span is not None:
        more |= _sentence(run.text, case.span)
        known = kind_of(more["path"])
        if known is not None and known[0] == "text":
            more |= _position(run.text, case.span)
    elif (row := case.gold) is not None:
        more |= {"before": _flat(row.before), "mention": _flat(row.surface), "after": _flat(row.after)}
    is_there = case.gold is not None and not case.gold.absent
    return CaseView(
        case=case,
        sides=("first", "second") if diff else ("gold", "run"),
        headline=", ".join(in_words(code, diff=diff) for code in case.codes or ("right",)),
        old=values_text(case.table, case.gold.values) if case.gold and is_there else "",
        new=values_text(case.table, case.found) if case.found is not None else "",
        notes=tuple(_notes(case, compared, diff=diff)),
        **more,
    )


def _seen_from(path: str | Path, top: str | Path) -> str:
    """A path relative to a folder that it lies in, else as it is."""
    here, top = Path(path).resolve(), Path(top).resolve()
    return here.relative_to(top).as_posix() if here.is_relative_to(top) else Path(path).as_posix()


def in_workspace(path: str) -> str:
    """A path as a code host knows it: from the top of the checkout, where a step of a job runs below that."""
    top = os.environ.get("GITHUB_WORKSPACE")
    return _seen_from(path, top) if top else path


def _notes(case: Case, compared: Compared | None, *, diff: bool) -> list[str]:
    run = compared.run if compared else None
    notes = []
    if case.known:
        notes.append(f"known: {', '.join(code.replace('_', ' ') for code in case.known)}")
    if run is not None and not run.sound and case.outcome == "missed":
        notes.append(f"the article was not wholly extracted: {run.issues or run.status}")
    if run is None:
        notes.append("the article is not in the source")
    elif case.anchor == "gone":
        notes.append("its words are no longer in the text")
    elif case.anchor == "edited" and case.gold is not None:
        notes.append(f"the text was edited here; it said {' '.join(case.gold.surface.split())!r}")
    elif compared and compared.edited and case.outcome == "missed":
        notes.append("its words still stand in the edited text")
    if case.gold is not None:
        if case.gold.absent:
            notes.append("gold says there is no such mention")
        notes += [f"{key}: {text}" for key in ("reason", "note") if (text := getattr(case.gold, key))]
    if case.found is not None and case.outcome != "right":
        decided = [str(case.found[key]) for key in ("rule", "basis", "currency_basis") if case.found.get(key)]
        if decided:
            notes.append(f"{'second' if diff else 'run'} decided by {', '.join(decided)}")
    if case.outcome == "spurious" and case.gold is None and not diff:
        notes.append("not in gold; accept it, or mark it there with absent = true")
    return notes


def values_text(table: str, values: Mapping[str, Any]) -> str:
    """The values of a row in a few words, without those that go without saying.

    >>> from decimal import Decimal
    >>> row = {"value_low": Decimal(5), "value_high": None, "modifier": "ge", "currency": "USD"}
    >>> values_text("figures", row)
    '5.. USD ge'
    >>> values_text("figures", {"value_low": Decimal(20), "per_unit": "hour"})
    '20.. currency open per hour'
    """
    parts = []
    for field in ALL_KINDS[table].fields:
        given = [values.get(column) for column in field.columns]
        said = field.name.replace("_", " ") if given == [True] else shown(given)
        if field.shown and said not in ("exact", "level"):
            parts.append(field.form.format(said) if said else field.unknown)
    return ALL_KINDS[table].joint.join(dict.fromkeys(filter(None, parts)))


_layout = lru_cache(maxsize=64)(lay_out)


def _sentence(text: str, span: tuple[int, int]) -> dict[str, str]:
    """The sentence of a mention in three parts, cut where it is long, runs of blanks made one."""
    start, end = span
    first, last = _layout(text).sentence_at(start)
    first, last = min(first, start), max(last, end)
    cut_first, cut_last = max(first, start - _MOST_CONTEXT), min(last, end + _MOST_CONTEXT)
    return {
        "before": ("…" if cut_first > first else "") + _flat(text[cut_first:start]),
        "mention": _flat(text[start:end]),
        "after": _flat(text[end:cut_last]) + ("…" if cut_last < last else ""),
    }


_flat = partial(re.compile(r"\s+").sub, " ")
"""Every run of blanks made one; blanks at the ends stay."""


def _position(text: str, span: tuple[int, int]) -> dict[str, int]:
    def at(offset: int) -> tuple[int, int]:
        line = text.count("\n", 0, offset) + 1
        return line, offset - (text.rfind("\n", 0, offset) + 1) + 1

    (line, column), (end_line, end_column) = at(span[0]), at(span[1])
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
