"""Words of numbers from ``number_words.tsv`` and `newsledger.lexicons.numbers`, and what each is worth.

Short scale: a billion is 10^9. Suffixes of one letter count only where they are glued to a number, or follow
one with a currency sign (``$1.5 B``).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from newsledger.lexicons.load import rows
from newsledger.lexicons.numbers import CARDINALS, TENS, ratio


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list.

    >>> sorted(word_set("a an"))
    ['a', 'an']
    """
    return frozenset(text.split())


def _by_kind() -> dict[str, dict[str, Decimal | None]]:
    found: dict[str, dict[str, Decimal | None]] = {}
    for row in rows(Path(__file__).with_name("number_words.tsv")):
        found.setdefault(row["kind"], {}).update(
            dict.fromkeys(row["words"].split(), ratio(row["value"]) if row["value"] else None)
        )
    found["number"] |= {word: Decimal(value) for word, value in (CARDINALS | TENS).items()}
    return found


WORDS = _by_kind()
"""Kind -> word -> value; None where it has none."""


LETTER_SCALES = {word: value for word, value in WORDS["letter scale"].items() if value is not None}
"""Scale letters, case as written."""
