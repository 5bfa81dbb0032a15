"""Whether an amount is denied, or stands under a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from newsledger.lexicons import load
from newsledger.stages.ledger.context import Context
from newsledger.stages.ledger.lexicon import FOLDER
from newsledger.stages.ledger.tokens import as_words
from newsledger.values.ledger import LedgerFlag

_PATTERNS: dict[LedgerFlag, re.Pattern[str]] = {
    cast("LedgerFlag", flag): re.compile("|".join(patterns))
    for flag, patterns in load.toml(FOLDER / "flags.toml").items()
}
_FARTHEST = 60


def flags_of(c: Context) -> Iterator[LedgerFlag]:
    """The flags of a figure, by the words of its sentence around it."""
    before, after = c.tokens[max(0, c.at - _FARTHEST) : c.at], c.tokens[c.at + 1 : c.at + _FARTHEST]
    passage = " ".join(["", *as_words(before), "A", *as_words(after), ""])
    yield from (flag for flag, pattern in _PATTERNS.items() if pattern.search(passage))
