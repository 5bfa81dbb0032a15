"""Pieces of patterns that several of these modules are built of."""

from __future__ import annotations

import re

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
"""A capital letter, of any alphabet of Europe."""
BLANK = r"[ \xa0]"
LAST_WORD = re.compile(r"([^\W_][\w’'.-]*)[ \xa0]\Z")
"""The word before a place, with the blank between."""
