"""TODO"""

from __future__ import annotations

from pipeline.stages.names.find import find

__all__ = ["find"]
