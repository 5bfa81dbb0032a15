"""Pairs articles, and the rows of gold with those of a run.

*Articles*: an id that a record or a file gave itself is trusted: such an article is compared whatever its
text is now. A record without an id is known by its number in the file, which changes when another is put
before it: there the text decides first, and the number last.

*Rows*: of all ways to pair the rows of one table of one article, one to one, the one with the greatest sum of
overlaps is taken, an overlap being the share of the two spans that both have (identical spans count 1). Where
overlaps are equal, rows that agree in more fields belong together. The best way is found exactly.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from newsledger.document.anchoring import fold
from newsledger.regression.gold import Gold, GoldArticle
from newsledger.regression.runs import Run, RunArticle

Span = tuple[int, int]

_A = TypeVar("_A", bound=Hashable)
_B = TypeVar("_B", bound=Hashable)

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
    gold_order, found_order = (sorted(range(len(spans)), key=spans.__getitem__) for spans in (gold, found))
    longest = max((end - start for start, end in found), default=0)
    starts = [found[j][0] for j in found_order]
    weights: dict[tuple[int, int], int] = {}
    for a, i in enumerate(gold_order):
        first, last = bisect_left(starts, gold[i][0] - longest), bisect_left(starts, gold[i][1])
        for b, j in enumerate(found_order[first:last], first):
            if share := overlap(gold[i], found[j]):
                weights[a, b] = share * _FIELDS + (agreement(i, j) if agreement else 0)
    return sorted((gold_order[a], found_order[b]) for a, b in assign(weights))


def assign(weights: Mapping[tuple[_A, _B], int]) -> list[tuple[_A, _B]]:
    """Pair two sets one to one so that the sum of ``weights`` (positive) is greatest.

    What has no weight is never paired. The order of the members settles ties, so that the same two sets
    always give the same pairs.

    >>> assign({("a", "x"): 3, ("a", "y"): 2, ("b", "x"): 2})
    [('a', 'y'), ('b', 'x')]
    """
    rows = [x for (x,) in sorted({(x,) for x, _ in weights})]
    columns = [y for (y,) in sorted({(y,) for _, y in weights})]
    row_of, column_of = ({one: n for n, one in enumerate(side)} for side in (rows, columns))
    costs = [{-1 - row: 0} for row in range(len(rows))]  # that column stands for no partner
    for (x, y), weight in weights.items():
        costs[row_of[x]][column_of[y]] = -weight
    owner: dict[int, int] = {}
    prices: defaultdict[int, int] = defaultdict(int)
    for row in range(len(rows)):
        owner |= _cheapest_chain(row, costs, owner, prices)
    return sorted((rows[row], columns[column]) for column, row in owner.items() if column >= 0)


def _cheapest_chain(
    new: int, costs: Sequence[Mapping[int, int]], owner: Mapping[int, int], prices: defaultdict[int, int]
) -> dict[int, int]:
    """Columns with the rows that own them from now on, so that ``new`` has one too and all cost least.

    By a shortest augmenting path, as in the Hungarian method, but over the given pairs only.
    ``prices`` of the columns, which keep the ways without negative steps, are changed.
    """
    least: dict[int, int] = {}
    before: dict[int, int] = {}
    left: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    done: set[int] = set()
    row, base = new, 0
    while True:
        for column, cost in costs[row].items():
            way = base + cost - prices[column]
            if column not in done and way < least.get(column, math.inf):
                least[column], before[column] = way, row
                heappush(waiting, (way, column))
        while (column := heappop(waiting)[1]) in done:
            pass
        done.add(column)
        if column not in owner:
            break
        row = owner[column]
        left[row] = column
        base = least[column] - costs[row][column] + prices[column]
    for one in done:
        prices[one] += least[one] - least[column]
    chain = {column: before[column]}
    while (row := chain[column]) != new:
        column = left[row]
        chain[column] = before[column]
    return chain


_BY_NUMBER = re.compile(r"#\d+(~\d+)?\Z|~\d+\Z")
"""An id that is made of the number of a record in its file."""
_QUOTE_BEFORE = 12
"""Characters of a row's quote that are looked for with its surface."""
_LEAST_SHARE = 0.5
"""Share of the rows whose words must stand in an article that is taken for the gold's."""
_MOST_QUOTES = 8


def match_articles(gold: Gold, run: Run) -> dict[str, RunArticle | None]:
    """Each gold article's article in the run, None if the run lacks it; none is taken twice."""
    matched: dict[str, RunArticle | None] = dict.fromkeys(gold.articles)
    free = dict(run.articles)
    folded: dict[str, str] = {}
    ways: tuple[Callable[[GoldArticle], RunArticle | None], ...] = (
        lambda article: None if _BY_NUMBER.search(article.article_id) else free.get(article.article_id),
        lambda article: _same_text(article, free, same_file=True),
        lambda article: _same_text(article, free, same_file=False),
        lambda article: _most_similar(article, free, folded),
        lambda article: free.get(article.article_id),
    )
    for way in ways:
        for name, article in gold.articles.items():
            if matched[name] is None and (found := way(article)):
                matched[name] = free.pop(found.article_id)
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

    None if no article has at least half of them. ``folded`` keeps the folded texts.
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
