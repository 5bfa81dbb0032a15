"""Resolves expressions to values: the anchor is publication, a date named before, or nothing."""

from __future__ import annotations

from newsledger.stages.dates.resolution import clocks, composed, lengths, names, ranges, relative
from newsledger.stages.dates.resolution.context import (
    Anchor,
    Context,
    Earlier,
    TimexType,
    Unknown,
    Value,
    is_pair,
    period_of,
    resolve,
)

KINDS = (names, relative, composed, ranges, lengths, clocks)
"""The modules that teach :func:`resolve` each kind of expression."""

__all__ = ["Anchor", "Context", "Earlier", "TimexType", "Unknown", "Value", "is_pair", "period_of", "resolve"]
