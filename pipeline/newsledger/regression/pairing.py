"""Pairs articles, and the rows of gold with those of a run.

*Articles*: an id that a record or a file gave itself is trusted: such an article is compared whatever its
text is now. A record without an id is known by its number in the file, which changes when another is put
before it: there the text decides first, and the number last.

*Rows*: of all ways to pair the rows of one table of one article, one to one, the one with the greatest sum of
overlaps is taken, an overlap being the share of the two spans that both have (identical spans count 1). Where
overlaps are equal, rows that agree in more fields belong together. The best way is found exactly, by the
Hungarian method, on each group of spans that hang together; such groups are small.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from newsledger.document.anchoring import fold
from newsledger.regression.gold import Gold, GoldArticle
from newsledger.regression.runs import Run, RunArticle

Span = tuple[int, int]

_A = TypeVar("_A", bound=Hashable)
_B = TypeVar("_B", bound=Hashable)

_FAR = 1 << 60
"""More than any sum of weights."""
_SHARE = 1_000_000
_FIELDS = 64
"""More fields than a row can agree in; a difference in overlap always counts for more."""


def overlap(a: Span, b: Span) -> int:
    """The share of two spans that both have, in millionths; 0 where they do not touch.

    >>> overlap((0, 10), (0, 10)), overlap((0, 10), (5, 10)), overlap((0, 5), (5, 9))
    (1000000, 500000, 0)
    """
    both = min(a[1], b[1]) - max(a[0], b[0])
    if both <= 0:
        return 0
    return both * _SHARE // (max(a[1], b[1]) - min(a[0], b[0]))


def pair(
    gold: Sequence[Span], found: Sequence[Span], agreement: Callable[[int, int], int] | None = None
) -> list[tuple[int, int]]:
    """Pair spans one to one: (gold index, found index), in order of the gold spans.

    ``agreement(i, j)`` counts the fields in which gold row ``i`` and found row ``j`` agree.

    >>> pair([(0, 5), (10, 20)], [(11, 20), (0, 3), (4, 5)])
    [(0, 1), (1, 0)]
    >>> pair([(0, 10), (8, 30)], [(8, 30)])
    [(1, 0)]
    """
    weights: dict[tuple[int, int], int] = {}
    order = sorted(range(len(found)), key=lambda j: (*found[j], j))
    longest = max((end - start for start, end in found), default=0)
    starts = [found[j][0] for j in order]
    for i, span in enumerate(gold):
        for at in range(bisect_left(starts, span[0] - longest), len(order)):
            j = order[at]
            if found[j][0] >= span[1]:
                break
            if share := overlap(span, found[j]):
                agree = agreement(i, j) if agreement else 0
                weights[i, j] = max(share, 1) * _FIELDS + agree
    return sorted(assign(weights, order_a=lambda i: (*gold[i], i), order_b=lambda j: (*found[j], j)))


def assign(
    weights: Mapping[tuple[_A, _B], int],
    *,
    order_a: Callable[[_A], tuple[object, ...]],
    order_b: Callable[[_B], tuple[object, ...]],
) -> list[tuple[_A, _B]]:
    """Pair two sets one to one so that the sum of ``weights`` (positive) is greatest.

    What has no weight is never paired. The orders settle ties, so that the same two sets always give the
    same pairs.

    >>> by = lambda x: (x,)
    >>> assign({("a", "x"): 3, ("a", "y"): 2, ("b", "x"): 2}, order_a=by, order_b=by)
    [('a', 'y'), ('b', 'x')]
    """
    pairs: list[tuple[_A, _B]] = []
    for left, right in _groups(weights):
        a, b = sorted(left, key=order_a), sorted(right, key=order_b)
        matrix = [[weights.get((x, y), 0) for y in b] for x in a]
        pairs += [(a[i], b[j]) for i, j in _hungarian(matrix) if matrix[i][j]]
    return pairs


def _groups(weights: Iterable[tuple[_A, _B]]) -> Iterator[tuple[set[_A], set[_B]]]:
    """The parts of the graph that hang together."""
    of_a: dict[_A, tuple[set[_A], set[_B]]] = {}
    of_b: dict[_B, tuple[set[_A], set[_B]]] = {}
    for x, y in weights:
        one, other = of_a.get(x, ({x}, set())), of_b.get(y, (set(), {y}))
        if one is not other:
            large, small = sorted((one, other), key=lambda group: -len(group[0]) - len(group[1]))
            large[0].update(small[0])
            large[1].update(small[1])
            of_a |= dict.fromkeys((x, *small[0]), large)
            of_b |= dict.fromkeys((y, *small[1]), large)
    yield from {id(group): group for group in of_a.values()}.values()


def _hungarian(matrix: list[list[int]]) -> list[tuple[int, int]]:
    """The assignment of greatest weight, by shortest augmenting paths with potentials: O(n² m)."""
    if len(matrix) > len(matrix[0]):
        turned = [list(column) for column in zip(*matrix, strict=True)]
        return sorted((i, j) for j, i in _hungarian(turned))
    if len(matrix) == 1:
        return [(0, matrix[0].index(max(matrix[0])))]
    costs = -np.array(matrix)
    rows, columns = costs.shape
    u, v = np.zeros(rows + 1, int), np.zeros(columns + 1, int)
    owner, way = np.zeros(columns + 1, int), np.zeros(columns + 1, int)
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        least, used = np.full(columns + 1, _FAR), np.zeros(columns + 1, bool)
        while True:
            used[column] = True
            current = owner[column]
            cost = np.append(_FAR, costs[current - 1] - u[current] - v[1:])
            better = ~used & (cost < least)
            least[better], way[better] = cost[better], column
            following = int(np.where(used, _FAR, least).argmin())
            delta = least[following]
            u[owner[used]] += delta
            v[used] -= delta
            least[~used] -= delta
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[way[column]]
            column = int(way[column])
    return sorted((int(owner[j]) - 1, j - 1) for j in range(1, columns + 1) if owner[j])


_BY_NUMBER = re.compile(r"#\d+(~\d+)?\Z|~\d+\Z")
"""An id that is made of the number of a record in its file."""
_QUOTE_BEFORE = 12
"""Characters of a row's quote that are looked for with its surface."""
_LEAST_SHARE = 0.5
"""Share of the rows whose words must stand in an article that is taken for the gold's."""
_MOST_QUOTES = 8


def match_articles(gold: Gold, run: Run) -> dict[str, RunArticle | None]:
    """Each gold article's article in the run, None where the run lacks it; none is taken twice."""
    matched: dict[str, RunArticle | None] = dict.fromkeys(gold.articles)
    free = dict(run.articles)

    def take(name: str, found: RunArticle) -> None:
        matched[name] = free.pop(found.article_id)

    for name in gold.articles:
        if name in free and not _BY_NUMBER.search(name):
            take(name, free[name])
    for same_file in (True, False):
        for name, article in gold.articles.items():
            if matched[name] is None and (found := _same_text(article, free, same_file=same_file)):
                take(name, found)
    folded: dict[str, str] = {}
    for name, article in gold.articles.items():
        if matched[name] is None and (found := _most_similar(article, free, folded)):
            take(name, found)
    for name in gold.articles:
        if matched[name] is None and name in free:
            take(name, free[name])
    return matched


def _same_text(article: GoldArticle, free: dict[str, RunArticle], *, same_file: bool) -> RunArticle | None:
    """The free article with the same text: that of the same id, else the first."""
    place = article.source_path or article.article_id
    same = [
        found
        for found in free.values()
        if article.text_sha256
        and found.text_sha256 == article.text_sha256
        and (not same_file or place == found.source_path or found.article_id == article.article_id)
    ]
    return min(same, key=lambda found: found.article_id != article.article_id, default=None)


def _most_similar(
    article: GoldArticle, free: dict[str, RunArticle], folded: dict[str, str]
) -> RunArticle | None:
    """The free article in which most of the gold rows stand with what was before them.

    None where no article has at least half of them. ``folded`` keeps the folded texts.
    """
    quotes = {fold(row.before)[-_QUOTE_BEFORE:] + fold(row.surface) for row in article.rows if row.before}
    if not quotes:
        return None
    # Most articles have nothing in common: a few long quotes show that quickly.
    longest = sorted(quotes, key=lambda quote: (-len(quote), quote))[:_MOST_QUOTES]
    best: tuple[float, bool, str] = (0.0, False, "")
    for name, found in free.items():
        if name not in folded:
            folded[name] = fold(found.text)
        if any(quote in folded[name] for quote in longest):
            share = sum(quote in folded[name] for quote in quotes) / len(quotes)
            best = max(best, (share, name == article.article_id, name))
    return free[best[2]] if best[0] >= _LEAST_SHARE else None
