"""One case as every report shows it: where it is, the sentence, and the old and the new reading."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsledger.document.layout import Layout, lay_out
from newsledger.reading.sources import kind_of
from newsledger.regression.comparison import Case, Compared, Comparison, Fault
from newsledger.regression.gold import value_text
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS, MISSED, SPURIOUS
from newsledger.regression.verdict import Status, Verdict

_AROUND = 160
"""Characters of a sentence shown on each side of the mention."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a gate calls its two sides, and the outcomes that are about a whole row."""

    gold: str = "gold"
    found: str = "run"
    missed: str = "missed"
    spurious: str = "spurious"
    wrong: str = "wrong"
    """What stands before the field that differs."""


GATE = Words()
DIFF = Words(
    gold="first", found="second", missed="only in the first", spurious="only in the second", wrong="other"
)


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case made ready to be shown; ``line`` and ``column`` count from 1, and are None where unknown."""

    case: Case
    status: Status
    headline: str
    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    before: str = ""
    mention: str = ""
    after: str = ""
    old: str = ""
    new: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """File, line and column as editors and terminals know them; in a file of many records, which one."""
        if self.line is not None:
            return f"{self.path}:{self.line}:{self.column}"
        return f"{self.path} [{self.record}]" if self.record else self.path

    @property
    def record(self) -> str:
        """The id of the article where the path does not tell it, else nothing."""
        name = self.case.article_id
        told = self.path.endswith(name) or Path(self.path).stem == name
        return "" if told or self.line is not None else name

    @property
    def message(self) -> str:
        """The case in one line: what is wrong, of what, and how."""
        told = f"{self.headline}: {self.mention or self.case.surface!r}"
        if self.case.table in KINDS:
            told = f"{KINDS[self.case.table].one}, {self.headline}: {' '.join(self.case.surface.split())!r}"
        changes = "; ".join(
            f"{f.field} {f.gold or 'none'} -> {f.found or 'none'}" for f in self.faults if _both(f)
        )
        if not changes:
            changes = self.old or self.new
        told = f"{told} ({changes})" if changes else told
        return f"{self.record}: {told}" if self.record else told


def views(verdict: Verdict, *statuses: Status, words: Words = GATE) -> list[CaseView]:
    """The cases of these statuses, ready to be shown."""
    pairs = zip(verdict.comparison.cases, verdict.statuses, strict=True)
    return [
        view(case, status, verdict.comparison, words=words) for case, status in pairs if status in statuses
    ]


def view(case: Case, status: Status, comparison: Comparison, *, words: Words = GATE) -> CaseView:
    """Make one case ready to be shown."""
    compared = comparison.by_id.get(case.article_id)
    run = compared.run if compared else None
    source = run.source_path if run else (compared.gold.source_path if compared else "")
    file = comparison.run.files.get(source)
    shown: dict[str, Any] = {"path": _here(file) if file else source or case.article_id}
    if run is not None and case.span is not None:
        shown |= _around(run.text, case.span)
        known = kind_of(shown["path"])
        if known is not None and known[0] == "text":
            shown |= _position(run.text, case.span)
    elif case.gold is not None:
        quote = {"before": case.gold.before, "mention": case.gold.surface, "after": case.gold.after}
        shown |= {part: _flat(words) for part, words in quote.items()}
    if case.gold is not None and not case.gold.absent:
        shown["old"] = reading(case.table, case.gold.values)
    if case.found is not None:
        shown["new"] = reading(case.table, case.found)
    return CaseView(
        case=case,
        status=status,
        headline=_headline(case, words),
        faults=case.faults,
        notes=tuple(_notes(case, compared, words)),
        **shown,
    )


def _here(file: Path) -> str:
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def in_workspace(path: str) -> str:
    """A path as a code host knows it: from the top of the checkout, where a step of a job runs below that."""
    top = os.environ.get("GITHUB_WORKSPACE")
    if not top:
        return path
    try:
        return Path(path).resolve().relative_to(Path(top).resolve()).as_posix()
    except ValueError:
        return path


def _headline(case: Case, words: Words) -> str:
    return ", ".join(code_called(code, words) for code in case.codes or ("right",))


def code_called(code: str, words: Words = GATE) -> str:
    """What is wrong, in words.

    >>> code_called("wrong_value"), code_called("wrong_value", DIFF), code_called("missed", DIFF)
    ('wrong value', 'other value', 'only in the first')
    """
    if code in (MISSED, SPURIOUS):
        return words.missed if code == MISSED else words.spurious
    if code.startswith("wrong_"):
        code = words.wrong + code.removeprefix("wrong")
    return code.replace("_", " ")


def _notes(case: Case, compared: Compared | None, words: Words) -> list[str]:
    run = compared.run if compared else None
    edited, absent = bool(compared and compared.edited), run is None
    notes = []
    if case.known:
        notes.append(f"known: {', '.join(code.replace('_', ' ') for code in case.known)}")
    if run is not None and not run.sound and case.outcome == "missed":
        said = "; ".join(f"{message} [{code}]" for code, message in run.issues)
        notes.append(f"the article was not wholly extracted: {said or run.status}")
    if absent:
        notes.append("the article is not in the source")
    elif case.anchor == "gone":
        notes.append("its words are no longer in the text")
    elif case.anchor == "edited" and case.gold is not None:
        notes.append(f"the text was edited here; it said {' '.join(case.gold.surface.split())!r}")
    elif edited and case.outcome == "missed":
        notes.append("its words still stand in the edited text")
    if case.gold is not None and case.gold.absent:
        notes.append("gold says there is no such mention")
    if case.gold is not None:
        notes += [f"{key}: {text}" for key in ("reason", "note") if (text := getattr(case.gold, key))]
    if case.found is not None and case.outcome != "right":
        decided = [str(case.found[key]) for key in ("rule", "basis", "currency_basis") if case.found.get(key)]
        if decided:
            notes.append(f"{words.found} decided by {', '.join(decided)}")
    if case.outcome == "spurious" and case.gold is None and words is GATE:
        notes.append("not in gold; accept it, or mark it there with absent = true")
    return notes


def _both(fault: Fault) -> bool:
    return fault.field not in (MISSED, SPURIOUS)


def reading(table: str, values: Mapping[str, Any]) -> str:
    """The values of a row in a few words.

    >>> from decimal import Decimal
    >>> reading("figures", {"value_low": Decimal(5), "value_high": None, "modifier": "ge", "currency": "USD"})
    '5.. USD ge'
    """

    def said(*columns: str) -> list[str]:
        return [value_text(values.get(column)) for column in columns]

    if table == "figures":
        low, high = said("value_low", "value_high")
        parts = [low if low == high else f"{low}..{high}", *said("currency")]
        parts[1] = parts[1] or "currency open"
        parts += [word for word in said("modifier", "kind") if word not in ("exact", "level")]
        parts += [f"per {unit}" for unit in said("per_unit") if unit]
    elif table == "date_mentions":
        start, end = said("start_date", "end_date")
        parts = [start if start == end else f"{start}..{end}", *said("timex_value", "date_part", "modifier")]
        parts = list(dict.fromkeys(parts))
    elif table == "country_mentions":
        parts = said("iso_alpha3", "mention_type")
        parts += ["inside a name"] if values.get("inside_name") else []
    elif table == "person_mentions":
        parts = said("name", "role", "role_country", "role_status")
        return ", ".join(part for part in parts if part)
    else:
        parts = said(*(c for c in ALL_KINDS[table].columns))
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=64)
def _layout(text: str) -> Layout:
    return lay_out(text)


def _around(text: str, span: tuple[int, int]) -> dict[str, str]:
    """The sentence of a mention in three parts, cut where it is long, runs of blanks made one."""
    start, end = span
    first, last = _layout(text).sentence_at(start)
    first, last = min(first, start), max(last, end)
    cut_first, cut_last = max(first, start - _AROUND), min(last, end + _AROUND)
    before, after = _flat(text[cut_first:start]), _flat(text[end:cut_last])
    return {
        "before": ("…" if cut_first > first else "") + before,
        "mention": _flat(text[start:end]),
        "after": after + ("…" if cut_last < last else ""),
    }


def _flat(text: str) -> str:
    """Every run of blanks made one; blanks at the ends stay.

    >>> _flat(" a \\n b")
    ' a b'
    """
    return " ".join(text.split()).join(
        [" " if text[:1].isspace() else "", " " if text[-1:].isspace() and text.strip() else ""]
    )


def _position(text: str, span: tuple[int, int]) -> dict[str, int]:
    def at(offset: int) -> tuple[int, int]:
        line = text.count("\n", 0, offset) + 1
        return line, offset - (text.rfind("\n", 0, offset) + 1) + 1

    (line, column), (end_line, end_column) = at(span[0]), at(span[1])
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def articles_absent(verdict: Verdict) -> list[tuple[str, int, str]]:
    """Articles the run lacks that count: id, number of rows, why it is not there."""
    if verdict.policy.absent == "ignore":
        return []
    return [
        (one.gold.article_id, sum(not row.absent for row in one.gold.rows), one.why_absent)
        for one in verdict.comparison.absent
    ]


def table_called(table: str) -> str:
    """A table in words.

    >>> table_called("country_mentions"), table_called("articles")
    ('country mentions', 'articles')
    """
    return ARTICLES.many if table == ARTICLES.table else KINDS[table].many
