"""Words and phrases around amounts, from ``phrases.toml``, and words of numbers, from ``number_words.tsv``.

Add a word to a list there, and an example to ``examples/``. Scales are short: a billion is 10^9. Suffixes of
one letter count only where they are glued to a number, or follow one with a currency sign (``$1.5 B``).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from newsledger.lexicons.load import rows
from newsledger.lexicons.numbers import CARDINALS, TENS, ratio
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


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list.

    >>> sorted(word_set("a an"))
    ['a', 'an']
    """
    return frozenset(text.split())


NUMBER_TOKENS: dict[str, str] = {}
"""Kind of words of numbers -> kind of token (see ``lexer``)."""
NUMBER_WORDS: dict[str, dict[str, Decimal | None]] = {}
"""Kind -> word -> value; None where it has none."""
for _row in rows(Path(__file__).with_name("number_words.tsv")):
    NUMBER_TOKENS[_row["kind"]] = _row["token"]
    NUMBER_WORDS.setdefault(_row["kind"], {}).update(
        dict.fromkeys(_row["words"].split(), ratio(_row["value"]) if _row["value"] else None)
    )
NUMBER_WORDS["number"] |= {word: Decimal(value) for word, value in (CARDINALS | TENS).items()}

LETTER_SCALES = {word: value for word, value in NUMBER_WORDS["letter scale"].items() if value is not None}
"""Scale letters, case as written."""
