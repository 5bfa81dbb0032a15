"""Turns label scores per word into spans whose labels agree over the article.

The classifier reads at most a few paragraphs at a time, and a bare surname or a short name of a company
often stands in a sentence without any evidence of what it names. Four steps, all over one article in text
order, so that the same text always gives the same spans:

1. :func:`share_scores`: each capitalised word adds to its own scores a part of the mean score of the same
   word elsewhere in the article, so that a mention missed in one place is found by the evidence of others.
2. :func:`decode`: the best sequence of labels that BIO allows.
3. :func:`unify_labels`: spans of the same surface get one label, the likeliest by all of them together; a
   span of one word that ends a person's full name elsewhere counts the full name too.
4. :func:`join_at_of`: "City of" and "Hale", found as two, are one.

On the dev split the first and the third raise people by a point of F1 and the other classes by half a point
to one (``models/people/CARD.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARED_WEIGHT = 0.3
"""Weight of a word's mean score elsewhere in the article, beside its own score of weight one."""
OTHERS_WEIGHT = 0.7
"""Weight of each other span of the same surface in the choice of its label."""
FLOOR = -8.0
"""Lowest log probability shared: one window's certainty must not outvote all the others."""

Span = tuple[int, int, str]
"""First word, last word, kind."""


def log_probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log softmax over the last axis.

    >>> np.exp(log_probabilities(np.zeros((1, 4), np.float32))).tolist()
    [[0.25, 0.25, 0.25, 0.25]]
    """
    away = logits - logits.max(-1, keepdims=True)
    out: NDArray[np.float32] = away - np.log(np.exp(away).sum(-1, keepdims=True))
    return out


def share_scores(scores: NDArray[np.float32], words: Sequence[str]) -> NDArray[np.float32]:
    """``scores`` (words, BIO labels; log probabilities), to which repeated capitalised words add their mean.

    B and I of a kind are shared as one: a surname ends the full name and begins its own mention.
    """
    places: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        if len(word) > 1 and word[0].isupper():
            places.setdefault(word, []).append(i)
    out = scores.copy()
    for at in places.values():
        if len(at) > 1:
            own = np.maximum(scores[at], FLOOR)
            shared = np.hstack([own[:, :1], np.logaddexp(own[:, 1::2], own[:, 2::2])])
            elsewhere = (shared.sum(0) - shared) * np.float32(SHARED_WEIGHT / (len(at) - 1))
            out[at] += np.hstack([elsewhere[:, :1], np.repeat(elsewhere[:, 1:], 2, 1)])
    return out


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
    """The allowed label sequence with the highest sum of ``scores`` (words, labels).

    ``starts``: where further runs of words begin, each of which is a sequence of its own. Only a run in which
    the best label of each word alone is no allowed sequence is searched.
    """
    best: NDArray[np.int64] = scores.argmax(-1)
    forbidden = _forbidden(tuple(labels))
    for start, end in pairwise([0, *starts, len(best)]):
        run = best[start:end]
        if forbidden[np.concatenate([[0], run[:-1]]), run].any():
            best[start:end] = _viterbi(scores[start:end], forbidden)
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


def decode(scores: NDArray[np.float32], labels: Sequence[str], starts: Sequence[int] = ()) -> list[Span]:
    """Spans of words from log probabilities (words, labels).

    No span crosses one of ``starts``, where further runs of words begin.

    >>> scores = np.log(np.array([[.6, .4, .0001], [.2, .1, .7], [.9, .05, .05]], np.float32))
    >>> decode(scores, ("O", "B-ORG", "I-ORG"))
    [(0, 1, 'ORG')]
    """
    spans: list[Span] = []
    for i in np.flatnonzero(best := best_sequence(scores, labels, starts)).tolist():
        label = labels[best[i]]
        if label[0] == "I" and spans and spans[-1][1] == i - 1 and spans[-1][2] == label[2:]:
            spans[-1] = (spans[-1][0], i, label[2:])
        else:
            spans.append((i, i, label[2:]))
    return spans


def unify_labels(
    spans: Sequence[Span], surfaces: Sequence[str], scores: NDArray[np.float32], labels: Sequence[str]
) -> list[Span]:
    """``spans``, all of the same surface with the same kind.

    ``surfaces[i]`` is the text of ``spans[i]``; ``scores`` are the log probabilities of all words before
    :func:`share_scores`.

    >>> labels = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
    >>> clear, doubtful = [-5.0, -0.02, -5, -5, -5], [-5.0, -0.9, -5, -0.6, -5]
    >>> rows = np.array([clear, doubtful], np.float32)
    >>> unify_labels([(0, 0, "PER"), (1, 1, "ORG")], ["Nandi", "Nandi"], rows, labels)
    [(0, 0, 'PER'), (1, 1, 'PER')]
    """
    if not spans:
        return []
    kinds = [label[2:] for label in labels[1::2]]
    person = kinds.index("PER") if "PER" in kinds else -1
    first, last = np.array([s[0] for s in spans]), np.array([s[1] + 1 for s in spans])
    sums = np.zeros((len(scores) + 1, len(kinds)))
    np.cumsum(np.exp(scores[:, 1::2]) + np.exp(scores[:, 2::2]), 0, out=sums[1:])
    own = np.log((sums[last] - sums[first]) / (last - first)[:, None] + 1e-6)
    keys = [_key(surface) for surface in surfaces]
    number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    group = np.array([number[key] for key in keys])
    together = np.zeros((len(number), len(kinds)))
    np.add.at(together, group, own)
    score = own + OTHERS_WEIGHT * (together[group] - own)
    full_names = np.zeros_like(together)
    for key, row, likeliest in zip(keys, own, own.argmax(-1).tolist(), strict=True):
        surname = key.rpartition(" ")[2]
        if likeliest == person and surname != key and surname in number:
            full_names[number[surname]] += row
    best = (score + full_names[group]).argmax(-1).tolist()
    return [(i, j, kinds[k]) for (i, j, _), k in zip(spans, best, strict=True)]


def join_at_of(
    spans: Sequence[Span], surfaces: Sequence[str], starts: AbstractSet[int] = frozenset()
) -> list[Span]:
    """``spans``, of which one that ends in "of" is one, of its kind, with the place or body right after it.

    >>> spans = [(0, 1, "ORG"), (2, 3, "LOC"), (4, 5, "MISC"), (6, 6, "PER")]
    >>> join_at_of(spans, ["Port of", "Hale County", "Ballad of", "Ada"])
    [(0, 3, 'ORG'), (4, 5, 'MISC'), (6, 6, 'PER')]
    """
    joined: list[Span] = []
    for before, (first, last, kind) in zip(["", *surfaces], spans, strict=False):
        beside = bool(joined) and joined[-1][1] == first - 1 and first not in starts
        if beside and before.endswith(" of") and kind in ("LOC", "ORG"):
            joined[-1] = (joined[-1][0], last, joined[-1][2])
        else:
            joined.append((first, last, kind))
    return joined


def _key(surface: str) -> str:
    """A surface for comparison: blanks and case folded, a final possessive removed."""
    key = " ".join(surface.split()).lower()
    return key[:-2] if key.endswith(("'s", "’s")) else key
