"""Reports of the gate, for people and for other programs.

Each form is a module whose ``render`` returns the text of a verdict, or of why there is none. Nothing here
prints or writes.
"""

from __future__ import annotations

import importlib
from typing import Any

FORMATS = ("text", "json", "junit", "github", "sarif", "html")
"""Forms of the report, each a module of this package."""


def report(form: str) -> Any:
    """The module of a form; raises ``ValueError`` if there is none."""
    if form not in FORMATS:
        raise ValueError(f"no report format {form!r}; there are {', '.join(FORMATS)}")
    return importlib.import_module(f"newsledger.regression.reports.{form}")
