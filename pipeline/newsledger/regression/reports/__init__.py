"""What the gate says, in the forms that people and other programs read.

Each module has one function ``render(verdict, ...) -> str``; nothing here prints or writes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from newsledger.regression.verdict import Verdict

FORMATS = ("text", "json", "junit", "github", "sarif", "html")
"""Forms of the report, each a module of this package."""


def renderer(form: str) -> Callable[[Verdict], str]:
    """The function that renders a form; raises ``ValueError`` where there is none."""
    if form not in FORMATS:
        raise ValueError(f"no report format {form!r}; there are {', '.join(FORMATS)}")
    module = importlib.import_module(f"newsledger.regression.reports.{form}")
    render: Callable[[Verdict], str] = module.render
    return render
