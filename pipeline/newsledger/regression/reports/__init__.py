"""What the gate says, in the forms that people and other programs read.

Each form is a module with two functions that return text: ``render(verdict)``, and
``cannot_compare(problem)`` for where there is no verdict. Nothing here prints or writes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from newsledger.regression.errors import CannotCompare
from newsledger.regression.verdict import Verdict

FORMATS = ("text", "json", "junit", "github", "sarif", "html")
"""Forms of the report, each a module of this package."""


def renderer(form: str) -> Callable[[Verdict], str]:
    """The function that renders a verdict in a form; raises ``ValueError`` where there is none."""
    render: Callable[[Verdict], str] = _module(form).render
    return render


def problem_renderer(form: str) -> Callable[[CannotCompare], str]:
    """The function that renders in a form why nothing could be compared."""
    render: Callable[[CannotCompare], str] = _module(form).cannot_compare
    return render


def _module(form: str) -> Any:
    if form not in FORMATS:
        raise ValueError(f"no report format {form!r}; there are {', '.join(FORMATS)}")
    return importlib.import_module(f"newsledger.regression.reports.{form}")
