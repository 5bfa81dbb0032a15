"""Resolves expressions to values: the anchor is publication, a date named before, or nothing."""

from __future__ import annotations

from newsledger.stages.dates.resolution import composed, names, ranges, relative
from newsledger.stages.dates.resolution.context import Context, Earlier, is_pair
from newsledger.stages.dates.resolution.values import Value, period_of, resolve

KINDS = (names, relative, composed, ranges)
"""The modules that teach :func:`resolve` each kind of expression."""

__all__ = ["Context", "Earlier", "Value", "is_pair", "period_of", "resolve"]
