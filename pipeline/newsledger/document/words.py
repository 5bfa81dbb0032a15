"""The word lists of ``words.toml``."""

from __future__ import annotations

from newsledger.lexicons.load import HERE
from newsledger.lexicons.shared import word_lists

WORDS = word_lists(HERE.parent / "document" / "words.toml")
