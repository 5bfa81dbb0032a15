"""A self-contained HTML page: the failing cases with the old and new values, and their articles.

The page is ``html.jinja``, in which every text is escaped; it holds no script, and its policy lets nothing be
loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from newsledger.normalizer.display import fill_template, stretches, text_html
from newsledger.regression.comparison import Case
from newsledger.regression.errors import CannotCompare
from newsledger.regression.reports.view import views
from newsledger.regression.verdict import Verdict
from newsledger.values.version import __version__


def render(outcome: Verdict | CannotCompare) -> str:
    """The report as a page."""
    page = partial(fill_template, Path(__file__).with_suffix(".jinja"), text_html, version=__version__)
    if isinstance(outcome, CannotCompare):
        return page(title="Cannot compare", problem=outcome)
    failing = views(outcome, "regression")
    return page(
        title="Figures as expected" if outcome.passed else "Figures have changed",
        verdict=outcome,
        failing=failing,
        others=[
            ("Known faults", views(outcome, "known")),
            ("No longer wrong", views(outcome, "fixed")),
            ("Not gating", views(outcome, "ignored")),
        ],
        articles=[
            (
                f"{one.gold.article_id}{' (its text was edited)' if one.edited else ''}",
                _stretches(one.run.text, one.cases),
            )
            for one in outcome.comparison.articles
            if one.run is not None and any(case.status == "regression" for case in one.cases)
        ],
    )


_WORST = ("right", "spurious", "missed", "wrong")


def _stretches(text: str, cases: Sequence[Case]) -> Iterator[tuple[str, str, str]]:
    """A text in pieces, with the worst that is said of each, and all of it: marks may overlap."""
    marks = [
        (*case.span, (case.outcome, ", ".join(case.codes).replace("_", " ") or case.table))
        for case in cases
        if case.span is not None
    ]
    for start, end, over in stretches(len(text), marks):
        kind = max((kind for kind, _ in over), key=_WORST.index, default="")
        yield text[start:end], kind, "; ".join(dict.fromkeys(said for _, said in over))
