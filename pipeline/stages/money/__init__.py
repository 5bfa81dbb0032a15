"""Money: finds amounts with a currency and says how much of what, how exactly, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline import frames
from pipeline.mentions import MoneyMention
from pipeline.stages.money.find import find

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find", "to_frame"]


def to_frame(mentions: Iterable[MoneyMention]) -> pd.DataFrame:
    """Mentions as a DataFrame with the columns and types of the tables; see `pipeline.frames.to_frame`.

    >>> len(to_frame([])), "surface" in to_frame([])
    (0, True)
    """
    return frames.to_frame(mentions, MoneyMention)
