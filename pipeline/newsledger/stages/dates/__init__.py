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

from newsledger.stages.dates.find import find
from newsledger.values import frames
from newsledger.values.mentions import DateMention

__all__ = ["find", "to_frame"]

to_frame = frames.to_frame_of(DateMention)
"""Mentions as a DataFrame with the columns and types of the tables; see `newsledger.values.frames`."""
