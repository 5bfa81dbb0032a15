"""Rows are paired one to one, as well as can be, whatever their order."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.regression.pairing import assign, overlap, pair

spans = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=5,
    unique=True,
)


def best_by_trying(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> int:
    small, large = sorted([gold, found], key=len)
    return max(
        sum(overlap(a, b) for a, b in zip(small, chosen, strict=True))
        for chosen in permutations(large, len(small))
    )


@settings(deadline=None)
@given(spans, spans)
def test_no_other_pairing_is_better(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    pairs = pair(gold, found)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(overlap(gold[i], found[j]) > 0 for i, j in pairs)
    assert sum(overlap(gold[i], found[j]) for i, j in pairs) == best_by_trying(gold, found)


@settings(deadline=None)
@given(spans, spans, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    gold: list[tuple[int, int]], found: list[tuple[int, int]], random: object
) -> None:
    pairs = {(gold[i], found[j]) for i, j in pair(gold, found)}
    mixed_gold, mixed_found = list(gold), list(found)
    random.shuffle(mixed_gold)  # type: ignore[attr-defined]
    random.shuffle(mixed_found)  # type: ignore[attr-defined]
    assert {(mixed_gold[i], mixed_found[j]) for i, j in pair(mixed_gold, mixed_found)} == pairs


def test_one_found_row_over_two_gold_rows_pairs_with_the_closer() -> None:
    assert pair([(0, 4), (5, 15)], [(0, 15)]) == [(1, 0)]


def test_agreement_decides_between_equal_overlaps() -> None:
    gold, found = [(0, 4), (6, 10)], [(2, 8)]
    assert pair(gold, found, lambda i, j: i) == [(1, 0)]
    assert pair(gold, found, lambda i, j: -i + 1) == [(0, 0)]


def test_agreement_never_outweighs_overlap() -> None:
    assert pair([(0, 10), (9, 30)], [(9, 30)], lambda i, j: 10 if i == 0 else 0) == [(1, 0)]


def test_what_does_not_touch_is_not_paired() -> None:
    assert pair([(0, 5)], [(5, 9)]) == []
    assert pair([], [(0, 1)]) == []
    assert pair([(0, 1)], []) == []


def test_a_greedy_choice_is_not_always_best() -> None:
    weights = {("a", "x"): 10, ("a", "y"): 9, ("b", "x"): 9}
    assert assign(weights) == [("a", "y"), ("b", "x")]


@pytest.mark.parametrize("size", [200])
def test_many_spans_that_hang_together(size: int) -> None:
    chain = [(3 * n, 3 * n + 5) for n in range(size)]
    assert pair(chain, [(a + 1, b + 1) for a, b in chain]) == [(n, n) for n in range(size)]


def test_thousands_that_hang_together_are_paired_at_once() -> None:
    size, shift = 3000, 1
    weights = {
        (n, n + k): 10 - abs(k - shift) for n in range(size) for k in range(-3, 4) if 0 <= n + k < size
    }
    assert assign(weights) == [(n, n + shift) for n in range(size - shift)]
