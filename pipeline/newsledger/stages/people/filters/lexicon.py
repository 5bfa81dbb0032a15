"""The word lists of the filters: ``words.toml`` and ``kinds.tsv`` beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newsledger.lexicons import load

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FilterWords:
    """``words.toml``, where each list says what it holds."""

    legal_forms: frozenset[str]
    endings: frozenset[str]
    partner_endings: frozenset[str]
    wire_endings: frozenset[str]
    employees: frozenset[str]
    fields: frozenset[str]
    officers: frozenset[str]
    chiefs: frozenset[str]
    well_known: frozenset[str]
    middle_words: frozenset[str]
    place_openers: frozenset[str]
    initials: frozenset[str]
    family_words: frozenset[str]
    nickname_cues: frozenset[str]
    rulers: frozenset[str]


@lru_cache(maxsize=1)
def filter_words() -> FilterWords:
    """The lists of ``words.toml``."""
    groups = load.toml(HERE / "words.toml")
    return FilterWords(
        **{name: frozenset(words) for group in groups.values() for name, words in group.items()}
    )


@lru_cache(maxsize=32)
def kinds(use: str, *what: str) -> frozenset[str]:
    """The words of ``kinds.tsv`` with that use, for one of ``what`` (any, if none is given).

    >>> sorted(kinds("before", "deity")), "village" in kinds("apposed")
    (['deity', 'god', 'goddess'], True)
    """
    rows = load.rows(HERE / "kinds.tsv")
    return frozenset(
        row["word"] for row in rows if use in row["uses"].split() and (not what or row["what"] in what)
    )
