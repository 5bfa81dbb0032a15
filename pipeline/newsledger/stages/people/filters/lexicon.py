"""The word lists of the filters: ``words.toml`` and ``kinds.tsv`` beside this module."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from newsledger.lexicons import load
from newsledger.stages.people.tables import WordLists

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def filter_words() -> WordLists:
    """The lists of ``words.toml``."""
    groups = load.toml(HERE / "words.toml")
    return WordLists(**{name: frozenset(words) for group in groups.values() for name, words in group.items()})


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
