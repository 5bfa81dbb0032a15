"""Money: finds amounts with a currency and says how much of what, how exactly, and on what evidence."""

from __future__ import annotations

from pipeline.stages.money.find import find

__all__ = ["find"]
