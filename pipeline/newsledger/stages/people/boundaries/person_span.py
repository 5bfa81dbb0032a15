"""The span of a person's name, the rules that set its bounds, and the parts of a text already taken."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A name in the text: offsets, and the rules that made it so, which the row's ``basis`` shows."""

    start: int
    end: int
    rules: tuple[str, ...] = ()

    def with_bounds(self, *rules: str, start: int | None = None, end: int | None = None) -> PersonSpan:
        """The span with other bounds, and the rules that changed them.

        >>> PersonSpan(4, 9, ("title",)).with_bounds("suffix", end=13)
        PersonSpan(start=4, end=13, rules=('title', 'suffix'))
        """
        return PersonSpan(
            self.start if start is None else start, self.end if end is None else end, (*self.rules, *rules)
        )


def merged(found: Sequence[PersonSpan], more: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Both lists in text order; where two overlap the one of ``found`` stays, else the first.

    >>> merged([PersonSpan(5, 9)], [PersonSpan(0, 6), PersonSpan(10, 12)])
    [PersonSpan(start=5, end=9, rules=()), PersonSpan(start=10, end=12, rules=())]
    """
    taken = IntervalSet((span.start, span.end) for span in found)
    kept = list(found)
    reached = 0
    for span in sorted(more, key=lambda span: span.start):
        if span.start >= reached and taken.overlapping(span.start, span.end) is None:
            kept.append(span)
            reached = span.end
    return sorted(kept, key=lambda span: span.start)


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
