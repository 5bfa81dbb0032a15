"""Finds the shared research data (articles, suites, gold) and pairs mentions with gold.

The data is not part of this project. It is looked for in ``$NEWSLEDGER_SHARED``, else in ``shared/``
beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def root() -> Path | None:
    """The data folder, or None where it is absent."""
    given = os.environ.get("NEWSLEDGER_SHARED")
    path = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    return path / "data" if (path / "data").is_dir() else None


def rows(name: str) -> list[dict[str, Any]]:
    """Rows of a JSONL file of the shared data, ``suites/money_duckling`` or ``articles/wikinews``."""
    base = root()
    if base is None:
        raise SystemExit("the shared data is absent; set NEWSLEDGER_SHARED to its folder")
    plain, packed = base / f"{name}.jsonl", base / f"{name}.jsonl.gz"
    if packed.exists():
        with gzip.open(packed, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    return [json.loads(line) for line in plain.read_text(encoding="utf-8").splitlines() if line.strip()]


def pair(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pair gold and found spans one to one by overlap, the larger overlap first.

    Returns (gold index, found index) pairs in gold order.

    >>> pair([(0, 5), (10, 20)], [(11, 20), (0, 3), (4, 5)])
    [(0, 1), (1, 0)]
    """
    candidates = sorted(
        (
            (-(min(g[1], f[1]) - max(g[0], f[0])), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if min(g[1], f[1]) > max(g[0], f[0])
        )
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def f1(right: int, gold: int, found: int) -> float:
    """F1 from the number right, the number in gold and the number found (1.0 when both are empty).

    >>> f1(1, 2, 2)
    0.5
    """
    return 2 * right / (gold + found) if gold + found else 1.0


def words(texts: Iterable[str]) -> int:
    """Number of blank-separated words, the unit of every speed figure."""
    return sum(len(text.split()) for text in texts)
