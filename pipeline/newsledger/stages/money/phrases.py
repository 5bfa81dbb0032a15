"""Words and phrases around amounts, from ``phrases.toml``, and what is composed of several lists.

Add a word to a list there, and an example to ``examples/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from newsledger.lexicons.shared import word_lists

Side = Literal["approx", "estimate", "lt", "le", "gt", "ge"]
"""The modifier that a word or phrase gives an amount."""

WORDS = word_lists(Path(__file__).with_name("phrases.toml"))

LEFT: dict[tuple[str, ...], Side] = {
    tuple(phrase.split()): side for side in get_args(Side) for phrase in WORDS[side]
}
"""Phrases before an amount -> modifier."""

UP_BY = (WORDS["rises"] - {"growth"}) | WORDS["up_by"]
DOWN_BY = WORDS["falls"] | WORDS["down_by"]
CHANGE_VERBS = WORDS["rises"] | WORDS["falls"] | WORDS["raise_by"] | WORDS["change_verbs"]
