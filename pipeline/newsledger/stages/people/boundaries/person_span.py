"""A person's name in the text, and the rules that set its bounds."""

from __future__ import annotations

from collections.abc import Sequence
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
            self.start if start is None else start,
            self.end if end is None else end,
            (*self.rules, *rules),
        )


def merged(found: Sequence[PersonSpan], more: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Both lists in text order; where two overlap the one of ``found`` stays.

    >>> merged([PersonSpan(5, 9)], [PersonSpan(0, 6), PersonSpan(10, 12)])
    [PersonSpan(start=5, end=9, rules=()), PersonSpan(start=10, end=12, rules=())]
    """
    result: list[tuple[PersonSpan, int]] = []
    for span, rank in sorted(
        [*((f, 0) for f in found), *((f, 1) for f in more)], key=lambda item: (item[0].start, item[1])
    ):
        if result and span.start < result[-1][0].end:
            if rank < result[-1][1]:
                result[-1] = (span, rank)
            continue
        result.append((span, rank))
    return [span for span, _ in result]
