"""Turns a row of label scores per word into spans, by the best sequence that BIO allows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@lru_cache(maxsize=4)
def _forbidden(labels: tuple[str, ...]) -> NDArray[np.bool_]:
    """``[i, j]``: label j may not follow label i (an I needs a B or I of its own kind before it)."""
    kinds = [label[2:] for label in labels]
    table: NDArray[np.bool_] = np.array(
        [[b[:1] == "I" and kinds[i] != b[2:] for b in labels] for i in range(len(labels))]
    )
    return table


def best_sequence(
    scores: NDArray[np.float32], labels: Sequence[str], starts: Sequence[int] = ()
) -> NDArray[np.int64]:
    """The allowed label sequence with the highest sum of ``scores`` (words, labels): Viterbi.

    ``starts``: where further runs of words begin, each of which is a sequence of its own.

    Only stretches in which the best label of each word alone is not an allowed sequence are searched, so
    that the usual sentence costs one comparison.
    """
    best: NDArray[np.int64] = scores.argmax(-1)
    if not len(best):
        return best
    forbidden = _forbidden(tuple(labels))
    before = np.concatenate([[0], best[:-1]])
    before[list(starts)] = 0
    wrong = np.flatnonzero(forbidden[before, best])
    if not len(wrong):
        return best
    at = 0
    outside = best == 0
    bounds = [0, *starts, len(best)]
    for w in wrong.tolist():
        if w < at:
            continue
        run = bisect_right(bounds, w)
        floor, ceiling = bounds[run - 1], bounds[run]
        start = w
        while start > floor and not (outside[start - 1] and start < w):
            start -= 1
        end = w + 1
        while end < ceiling and not outside[end]:
            end += 1
        end = min(end + 1, ceiling)
        best[start:end] = _viterbi(scores[start:end], forbidden)
        at = end
    return best


def _viterbi(scores: NDArray[np.float32], forbidden: NDArray[np.bool_]) -> NDArray[np.int64]:
    penalty = np.where(forbidden, -1e4, 0.0)
    n = len(scores)
    back = np.zeros((n, scores.shape[1]), np.int64)
    total = scores[0] + penalty[0]
    for i in range(1, n):
        step = total[:, None] + penalty
        back[i] = step.argmax(0)
        total = step.max(0) + scores[i]
    path = np.empty(n, np.int64)
    path[-1] = total.argmax()
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def decode(
    scores: NDArray[np.float32], labels: Sequence[str], starts: Sequence[int] = ()
) -> list[tuple[int, int, str]]:
    """Spans of words as (first word, last word, kind), from log probabilities (words, labels).

    No span crosses one of ``starts``, where further runs of words begin.

    >>> scores = np.log(np.array([[.6, .4, .0001], [.2, .1, .7], [.9, .05, .05]], np.float32))
    >>> decode(scores, ("O", "B-ORG", "I-ORG"))
    [(0, 1, 'ORG')]
    """
    spans: list[tuple[int, int, str]] = []
    for i in np.flatnonzero(best := best_sequence(scores, labels, starts)).tolist():
        label = labels[best[i]]
        if label[0] == "I" and spans and spans[-1][1] == i - 1 and spans[-1][2] == label[2:]:
            spans[-1] = (spans[-1][0], i, label[2:])
        else:
            spans.append((i, i, label[2:]))
    return spans
