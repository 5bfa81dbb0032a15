"""One self-contained HTML page: the failing cases with old and new reading, and the articles they are from.

The page is ``html.jinja``, in which every text is escaped; it holds no script, and its policy lets nothing be
loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from newsledger.normalizer.display import fill_template, text_html
from newsledger.regression.comparison import Case
from newsledger.regression.errors import CannotCompare
from newsledger.regression.reports.view import views
from newsledger.regression.verdict import Verdict
from newsledger.values.version import __version__


def render(verdict: Verdict) -> str:
    """The report as a page."""
    failing = views(verdict, "regression")
    wanted = {one.case.article_id for one in failing}
    cases = verdict.comparison.cases_by_article()
    return _page(
        title="Figures as expected" if verdict.passed else "Figures have changed",
        verdict=verdict,
        failing=failing,
        others=[
            ("Known faults", views(verdict, "known")),
            ("No longer wrong", views(verdict, "fixed")),
            ("Not gating", views(verdict, "ignored")),
        ],
        articles=[
            (f"{name}{' (its text was edited)' if one.edited else ''}", _stretches(one.run.text, cases[name]))
            for name, one in verdict.comparison.by_id.items()
            if one.run is not None and name in wanted
        ],
    )


def cannot_compare(problem: CannotCompare) -> str:
    """What the report says where nothing could be compared."""
    return _page(title="Cannot compare", problem=problem)


def _page(**content: Any) -> str:
    return fill_template(Path(__file__).with_suffix(".jinja"), text_html, version=__version__, **content)


_WORST = ("right", "spurious", "missed", "wrong")


def _stretches(text: str, cases: Sequence[Case]) -> Iterator[tuple[str, str, str]]:
    """A text in pieces, with the worst that is said of each, and all of it: marks may overlap."""
    marks = [
        (case.span, case.outcome, ", ".join(case.codes).replace("_", " ") or case.table)
        for case in cases
        if case.span is not None
    ]
    ends = sorted({0, len(text), *(at for span, _, _ in marks for at in span)})
    for start, end in pairwise(ends):
        over = [(kind, said) for (a, b), kind, said in marks if a <= start and end <= b]
        kind = max((kind for kind, _ in over), key=_WORST.index, default="")
        yield text[start:end], kind, "; ".join(dict.fromkeys(said for _, said in over))
