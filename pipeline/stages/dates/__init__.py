"""Dates: every temporal expression with its ISO-TimeML value and the calendar days it names.

    >>> from pipeline.stages import dates
    >>> [(m.surface, m.timex_value) for m in dates.find("in the third quarter of last year", published="2024-04-03")]
    [('third quarter of last year', '2023-Q3')]

``words`` holds the tables, ``rules`` the grammar built on them (``grammar`` says how to read a rule), ``anchor``
what an expression means seen from publication, ``calendar`` and ``feasts`` the calendar. No clock is ever read.
"""

from __future__ import annotations

from pipeline.stages.dates.find import find

__all__ = ["find"]
