"""Titles that stand at the end of the line before the name."""

from __future__ import annotations

import re

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of
from newsledger.stages.people.tables import roles

_SHORT_TITLES = {key for key in roles().short.keys() | roles().honorifics.keys() if len(key) < 5}
_BROKEN_OFF = re.compile(rf"\b(?:{any_of(key.capitalize() for key in _SHORT_TITLES)})\.\s+\Z")


def title_floor(text: str, layout: Layout, start: int) -> int:
    """How far back to look for a title from the segment at ``start``: over a break after "Sens."."""
    if not start or not _BROKEN_OFF.search(text, max(0, start - 12), start):
        return start
    return layout.segment_at(len(text[:start].rstrip()) - 1).start
