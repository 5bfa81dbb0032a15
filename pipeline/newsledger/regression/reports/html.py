"""One self-contained HTML page: the failing cases with old and new reading, and the articles they are from.

The page is built as a tree and written by the standard library, which escapes every text in it; it holds no
script, and its policy lets nothing be loaded.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise

from newsledger.normalizer.display import safe_text
from newsledger.regression.errors import CannotCompare
from newsledger.regression.reports.view import (
    CaseView,
    absent_articles,
    failing_views,
    measure_rows,
    views,
)
from newsledger.regression.verdict import Verdict
from newsledger.values.version import __version__

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(verdict: Verdict) -> str:
    """The report as a page."""
    root, body = _page("Figures as expected" if verdict.passed else "Figures have changed")
    state = "passed" if verdict.passed else "failed"
    _add(body, "h1", "The figures are as expected" if verdict.passed else "The figures have changed", state)
    _list(body, verdict.reasons)
    _measures(body, verdict)
    for name, rows, why in absent_articles(verdict):
        box = _add(body, "section", kind="case regression")
        _add(box, "div", name, "headline")
        _add(box, "div", f"not in the source: {rows} rows missed. {why}")
    failing = failing_views(verdict)
    for one in failing:
        _case(body, one)
    for status, title in (("known", "Known faults"), ("fixed", "No longer wrong"), ("ignored", "Not gating")):
        others = views(verdict, status)  # type: ignore[arg-type]
        if others:
            details = _add(body, "details")
            _add(details, "summary", f"{title}: {len(others)}")
            for one in others:
                _case(details, one)
    _articles(body, verdict, {one.case.article_id for one in failing})
    return _written(root)


def cannot_compare(problem: CannotCompare) -> str:
    """What the report says where nothing could be compared."""
    root, body = _page("Cannot compare")
    _add(body, "h1", "Cannot compare", "failed")
    _add(body, "p", f"{problem} [{problem.why}]")
    return _written(root)


def _page(title: str) -> tuple[ET.Element, ET.Element]:
    root = ET.Element("html", lang="en")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    ET.SubElement(head, "meta", name="generator", content=f"newsledger {__version__}")
    _add(head, "title", f"newsledger check: {title}")
    style = files("newsledger.regression.reports").joinpath("html.css").read_text(encoding="utf-8")
    # The one text that is written as it stands: it is ours, and no text of an article is in it.
    ET.SubElement(head, "style").text = f"\n{style}"
    return root, ET.SubElement(root, "body")


def _written(root: ET.Element) -> str:
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _add(parent: ET.Element, tag: str, text: str = "", kind: str = "") -> ET.Element:
    """An element with a text, which is escaped when the page is written."""
    made = ET.SubElement(parent, tag, {"class": kind} if kind else {})
    made.text = safe_text(text)
    return made


def _row(table: ET.Element, tag: str, *cells: str) -> None:
    row = _add(table, "tr")
    for cell in cells:
        _add(row, tag, cell)


def _list(parent: ET.Element, items: tuple[str, ...]) -> None:
    if items:
        listed = _add(parent, "ul")
        for item in items:
            _add(listed, "li", item)


def _measures(parent: ET.Element, verdict: Verdict) -> None:
    table = _add(parent, "table")
    _row(table, "th", "", "gold", "run", "span F1", "value F1", "full F1")
    for kind, gold, found, f1 in measure_rows(verdict):
        _row(table, "td", kind, f"{gold:,}", f"{found:,}", *f1)
    counts = verdict.status_counts()
    _add(parent, "p", ", ".join(f"{number:,} {status}" for status, number in counts.items()))


def _case(parent: ET.Element, one: CaseView) -> None:
    box = _add(parent, "section", kind=f"case {one.status}")
    _add(box, "div", one.where, "where")
    _add(box, "div", f"{one.case.table}: {one.headline}", "headline")
    if one.mention:
        sentence = _add(box, "blockquote", one.before)
        mark = _add(sentence, "mark", one.mention, one.case.outcome)
        mark.tail = safe_text(one.after)
    table = _add(box, "table", kind="readings")
    _row(table, "th", "", "gold", "run")
    for fault in one.changes:
        _reading(table, fault.field, fault.gold or "none", fault.found or "none")
    if not one.changes:
        _reading(table, "", one.old, one.new)
    if one.notes:
        _add(box, "div", "; ".join(one.notes), "notes")


def _reading(table: ET.Element, name: str, old: str, new: str) -> None:
    row = _add(table, "tr")
    _add(row, "td", name)
    _add(_add(row, "td"), "del", old)
    _add(_add(row, "td"), "ins", new)


def _articles(parent: ET.Element, verdict: Verdict, wanted: set[str]) -> None:
    """The whole text of every article with a failing case, its mentions marked."""
    if not wanted:
        return
    _add(parent, "h2", "Articles")
    for one in verdict.comparison.articles:
        if one.run is None or one.gold.article_id not in wanted:
            continue
        details = _add(parent, "details")
        edited = " (its text was edited)" if one.edited else ""
        _add(details, "summary", f"{one.gold.article_id}{edited}")
        marks = [
            (case.span, case.outcome, ", ".join(case.codes).replace("_", " ") or case.table)
            for case in verdict.comparison.cases
            if case.article_id == one.gold.article_id and case.span is not None
        ]
        _text(_add(details, "pre"), one.run.text, marks)


_WORST = ("right", "spurious", "missed", "wrong")


def _text(parent: ET.Element, text: str, marks: Sequence[tuple[tuple[int, int], str, str]]) -> None:
    """A text with marks, which may overlap: every stretch between two ends is marked as its worst."""
    ends = sorted({0, len(text), *(at for span, _, _ in marks for at in span)})
    last: ET.Element | None = None
    for start, end in pairwise(ends):
        over = [(kind, title) for (a, b), kind, title in marks if a <= start and end <= b]
        piece = safe_text(text[start:end])
        if over:
            kind = max((kind for kind, _ in over), key=_WORST.index)
            last = _add(parent, "mark", piece, kind)
            last.set("title", safe_text("; ".join(dict.fromkeys(title for _, title in over))))
        elif last is None:
            parent.text = (parent.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece
