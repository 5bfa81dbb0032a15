"""Dates: every temporal expression with its ISO-TimeML value and the calendar days it names.

    >>> from newsledger.stages import dates
    >>> for m in dates.find("in the third quarter of last year", published="2024-04-03"):
    ...     print(m.surface, m.timex_value)
    third quarter of last year 2023-Q3

``words`` holds the tables, ``cues`` what may stand around a date, ``rules`` the grammar built on both,
``resolution`` the values of expressions relative to publication, ``clauses`` the verb that governs a date and
``tense`` what it says of it, ``quotations`` the day on which quoted words were spoken, ``calendar`` and
``holidays`` the calendar, ``dateparser_fallback`` the dates in other languages. No clock is ever read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsledger.stages.dates.find import find
from newsledger.values import frames
from newsledger.values.mentions import DateMention

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find", "to_frame"]


def to_frame(mentions: Iterable[DateMention]) -> pd.DataFrame:
    """Mentions as a DataFrame with the columns and types of the tables; see `newsledger.values.frames`.

    >>> len(to_frame([])), "surface" in to_frame([])
    (0, True)
    """
    return frames.to_frame(mentions, DateMention)
