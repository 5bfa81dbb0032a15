"""Which stretches of a text are taken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class IntervalSet:
    """Stretches (start, end) that do not overlap, with look-up by bisection.

    >>> cover = IntervalSet([(4, 8), (10, 12)])
    >>> cover.overlapping(0, 4), cover.overlapping(0, 5), cover.overlapping(9, 99)
    (None, (4, 8), (10, 12))
    """

    def __init__(self, taken: Iterable[tuple[int, int]]) -> None:
        stretches = sorted(taken)
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]

    def overlapping(self, start: int, end: int) -> tuple[int, int] | None:
        """The first taken stretch that overlaps start:end."""
        i = bisect_right(self._starts, start) - 1
        if i >= 0 and self._ends[i] > start:
            return self._starts[i], self._ends[i]
        if i + 1 < len(self._starts) and self._starts[i + 1] < end:
            return self._starts[i + 1], self._ends[i + 1]
        return None
