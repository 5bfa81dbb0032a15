"""Makes the labels of one name consistent over an article.

The classifier reads at most a few paragraphs at a time, and a bare surname or a short name of a company
often stands in a sentence without any evidence of what it names. Two steps, both sums over one article in
text order, so that the same text always gives the same spans:

1. :func:`share_scores`: each capitalised word adds to its own scores a part of the mean score of the same
   word elsewhere in the article, so that a mention missed in one place is found by the evidence of others.
2. :func:`unify_labels`: spans of the same surface get one label, the likeliest by all of them together; a
   span of one word that ends a person's full name elsewhere counts the full name too.

On the dev split the two raise people by a point of F1 and the other classes by half a point to one
(``models/people/CARD.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
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


def log_probabilities(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log softmax over the last axis.

    >>> np.exp(log_probabilities(np.zeros((1, 4), np.float32))).tolist()
    [[0.25, 0.25, 0.25, 0.25]]
    """
    away = logits - logits.max(-1, keepdims=True)
    out: NDArray[np.float32] = away - np.log(np.exp(away).sum(-1, keepdims=True))
    return out


def share_scores(
    scores: NDArray[np.float32], words: Sequence[str], rows: Sequence[int] | None = None
) -> NDArray[np.float32]:
    """``scores`` (words, BIO labels; log probabilities), to which repeated capitalised words add their mean.

    ``rows`` are the rows of ``scores`` in which the ``words`` stand (default: all). B and I of a kind are
    shared as one: a surname ends the full name and begins its own mention.
    """
    groups: dict[str, list[int]] = {}
    for i, word in enumerate(words) if rows is None else zip(rows, words, strict=True):
        if len(word) > 1 and word[0].isupper():
            groups.setdefault(word, []).append(i)
    repeated = [g for g in groups.values() if len(g) > 1]
    if not repeated:
        return scores
    out = scores.copy()
    taken = np.array([i for group in repeated for i in group])
    sizes = np.array([len(group) for group in repeated])
    at = np.cumsum(sizes) - sizes
    own = np.maximum(scores[taken], FLOOR)
    bare, kinds = own[:, :1], np.logaddexp(own[:, 1::2], own[:, 2::2])
    weight = SHARED_WEIGHT / np.repeat(sizes - 1, sizes).astype(np.float32)[:, None]
    out[taken, :1] += weight * (np.repeat(np.add.reduceat(bare, at), sizes, 0) - bare)
    elsewhere = weight * (np.repeat(np.add.reduceat(kinds, at), sizes, 0) - kinds)
    out[taken, 1::2] += elsewhere
    out[taken, 2::2] += elsewhere
    return out


def unify_labels(
    spans: Sequence[Span], surfaces: Sequence[str], scores: NDArray[np.float32], labels: Sequence[str]
) -> list[Span]:
    """``spans`` (first word, last word, kind), all spans of the same surface with the same kind.

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


def _key(surface: str) -> str:
    """A surface for comparison: blanks and case folded, a final possessive removed."""
    key = " ".join(surface.split()).lower()
    return key[:-2] if key.endswith(("'s", "’s")) else key
