"""When an article was published, from what its text says at the top.

`from_text` is used where nobody gave a date: it looks for the text's own header (``date 2024-04-03``,
``Published: 3 April 2024``), then for a dateline with a full date (``NAIROBI, 3 April 2024 -``).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pipeline.layout import Layout, lay_out

_HEADER = re.compile(r"\A\s*(?:date|published)\s*:?\s+(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def from_text(
    text: str, layout: Layout | None = None
) -> tuple[dt.date, Literal["header", "dateline"]] | None:
    """The publication date the text states, with its basis ("header" or "dateline"), or None.

    >>> from_text(" date 2024-04-03 During a call")
    (datetime.date(2024, 4, 3), 'header')
    """
    layout = layout or lay_out(text)
    found = _HEADER.match(text)
    if found:
        try:
            return dt.date.fromisoformat(found[1]), "header"
        except ValueError:
            return None
    return None
