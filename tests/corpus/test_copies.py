"""Copies among the articles of a run: cut, retitled, rewritten in part; stock paragraphs make none."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import numpy as np
import pytest

from newsledger.corpus.copies import Sketched, find_copies, in_order, resolve, shared_counts, sketch

DAY = dt.date(2024, 4, 3)
_WORDS = [a + b + c for a, b, c in itertools.product("bdgklmnprst", "aeiou", ["rn", "ll", "st", "ck", "nd"])]


def paragraph(seed: int, words: int = 60) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(_WORDS) for _ in range(words)).capitalize() + "."


def article(name: str, paragraphs: list[str], day: dt.date | None = DAY) -> Sketched:
    runs, n_words = sketch("\n\n".join(paragraphs))
    return Sketched(name, day, n_words, runs)


TEXT = [paragraph(n) for n in range(8)]
ORIGINAL = article("original", TEXT)
NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "paragraphs",
    [
        TEXT,
        TEXT[:3],
        ["Another title", *TEXT],
        [*TEXT[:2], paragraph(99), paragraph(98), *TEXT[4:]],
        [line.upper() for line in TEXT],
    ],
    ids=["whole", "cut", "retitled", "two paragraphs rewritten", "in capitals"],
)
def test_a_copy_names_its_original(paragraphs: list[str]) -> None:
    found = find_copies([article("copy", paragraphs, NEXT_DAY), ORIGINAL])
    assert list(found) == ["copy"]
    assert found["copy"].original == "original"


@pytest.mark.parametrize(
    "other",
    [
        article("other", [paragraph(n) for n in range(20, 28)], NEXT_DAY),
        article("other", [TEXT[0], *(paragraph(n) for n in range(30, 36))], NEXT_DAY),
        article("other", [*TEXT, *(paragraph(n) for n in range(40, 64))], NEXT_DAY),
        article("other", TEXT, DAY + dt.timedelta(days=4)),
        article("other", ["Not available."], NEXT_DAY),
    ],
    ids=["other text", "one stock paragraph", "three times as long", "days later", "too short"],
)
def test_what_is_no_copy(other: Sketched) -> None:
    assert find_copies([ORIGINAL, other]) == {}


def test_a_short_text_is_a_copy_of_the_same_words_only() -> None:
    notes = [
        article(name, [words]) for name, words in (("a", "No comment."), ("b", "no comment"), ("c", "No."))
    ]
    assert {name: copy.original for name, copy in find_copies(notes).items()} == {"b": "a"}


def test_of_one_day_the_shorter_is_the_copy() -> None:
    assert find_copies([article("a", TEXT[:4]), article("b", TEXT)])["a"].original == "b"


def test_copies_of_copies_name_the_first() -> None:
    third = article("third", TEXT[:3], DAY + dt.timedelta(days=2))
    found = find_copies([third, article("second", TEXT[:5], NEXT_DAY), ORIGINAL])
    assert {copy.original for copy in found.values()} == {"original"}


def test_neither_order_nor_partitions_matter() -> None:
    articles = [
        article(f"a{n}", [*(TEXT[k] for k in range(n % 5, 8)), paragraph(n + 200)], DAY + dt.timedelta(n % 3))
        for n in range(30)
    ]
    whole = find_copies(articles)
    assert whole
    assert find_copies(reversed(articles)) == whole
    placed = in_order(articles)
    ranks = np.repeat(np.arange(len(placed)), [len(a.runs) for a in placed])
    runs = np.concatenate([a.runs for a in placed])
    summed: dict[tuple[int, int], int] = {}
    for part in range(7):
        inside = runs % np.uint64(7) == part
        for pair, count in shared_counts(ranks[inside], runs[inside]).items():
            summed[pair] = summed.get(pair, 0) + count
    assert resolve(placed, summed) == whole


def test_no_articles_have_no_copies() -> None:
    assert find_copies([]) == {}
    assert find_copies([article("empty", [""])]) == {}
