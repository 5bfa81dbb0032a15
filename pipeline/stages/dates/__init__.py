"""TODO"""

from __future__ import annotations

from pipeline.stages.dates.find import find

__all__ = ["find"]
