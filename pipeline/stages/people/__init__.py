"""TODO"""

from __future__ import annotations

from pipeline.stages.people.find import find

__all__ = ["find"]
