"""TODO"""

from __future__ import annotations

from pipeline.stages.countries.find import find

__all__ = ["find"]
