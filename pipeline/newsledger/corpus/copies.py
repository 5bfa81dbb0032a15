"""Which articles of a run are copies of earlier ones: wire copy, cut, retitled or partly rewritten.

A copy is contained in its original rather than equal to it (a paper prints the first eight paragraphs), so
what is measured is the share of an article's runs of five words that an earlier one holds too. Of all runs
one in four is kept, chosen by its hash, so that two articles keep the same ones (FracMinHash,
https://doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

RUN = 5
"""Words in a run."""
KEPT = 4
"""One run in so many is kept."""
FEWEST = 8
"""A text with fewer kept runs (about 36 words) is a copy only of the very same words."""
SHARE, SHARE_OF_MANY, MANY = 0.5, 0.3, 12
"""A copy has half of its runs from the original, or three tenths where that is at least MANY kept ones.

Copies made of 1,500 real articles (cut, retitled, two paragraphs exchanged; often two of four): .84 found by
the first alone, .97 with the second."""
WINDOW_DAYS = 3
"""A copy is published at most so many days after its original."""
NEIGHBOURS = 16
"""Articles that hold one run are compared with so many before them, which keeps stock paragraphs cheap."""

_WORD = re.compile(r"\w+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Sketched:
    """An article as far as copies go."""

    article_id: str
    published: dt.date | None
    n_words: int
    runs: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Copy:
    """What an article is a copy of, and the share of its runs of words found there, to two decimals."""

    original: str
    share: float


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def sketch(text: str) -> tuple[NDArray[np.uint64], int]:
    """The kept hashes of a text's runs of words, sorted and unlike, and the number of its words.

    Letter case and punctuation do not count.

    >>> first, n = sketch("The bank lent $5 million to the port of Harrow on Monday. " * 9)
    >>> second, _ = sketch("THE BANK LENT $5 MILLION, to the port of Harrow, on Monday! " * 9)
    >>> n, bool((first == second).all())
    (108, True)
    """
    words = _WORD.findall(text.casefold())
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    with np.errstate(over="ignore"):
        runs = _mixed(hashes, RUN)
        kept = np.unique(runs[runs % np.uint64(KEPT) == 0])
        if len(kept) < FEWEST and len(words):
            kept = _mixed(hashes, len(hashes))
    return kept, len(words)


def _mixed(hashes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """One hash for each run of ``size`` of ``hashes``."""
    count = max(0, len(hashes) - size + 1)
    mixed = np.zeros(count, np.uint64)
    for n in range(size):
        mixed = mixed * _MULTIPLIER + hashes[n : n + count]
    mixed ^= mixed >> np.uint64(31)
    mixed = mixed * _MIXER
    return mixed ^ (mixed >> np.uint64(29))


def in_order(articles: Iterable[Sketched]) -> list[Sketched]:
    """Articles in the order in which they may be originals.

    By day, undated ones last; of one day the longest first, since a cut copy is the shorter one.
    """

    def place(article: Sketched) -> tuple[bool, str, int, str]:
        day = article.published
        return day is None, "" if day is None else day.isoformat(), -article.n_words, article.article_id

    return sorted(articles, key=place)


def shared_counts(ranks: NDArray[np.int64], runs: NDArray[np.uint64]) -> dict[tuple[int, int], int]:
    """How many of ``runs`` two articles share: (later, earlier) -> count.

    ``ranks[i]`` is the place (`in_order`) of the article that holds ``runs[i]``. Runs may be any part of
    all, so long as the articles that hold a run are all there.
    """
    order = np.lexsort((ranks, runs))
    ranks, runs = ranks[order], runs[order]
    pairs = []
    for lag in range(1, min(NEIGHBOURS, len(runs) - 1) + 1):
        same = np.flatnonzero(runs[lag:] == runs[:-lag])
        if not len(same):
            break
        pairs.append((ranks[same + lag] << 32) | ranks[same])
    if not pairs:
        return {}
    codes, counts = np.unique(np.concatenate(pairs), return_counts=True)
    both = zip((codes >> 32).tolist(), (codes & 0xFFFFFFFF).tolist(), strict=True)
    return dict(zip(both, counts.tolist(), strict=True))


def resolve(articles: Sequence[Sketched], shared: Mapping[tuple[int, int], int]) -> dict[str, Copy]:
    """The copies among ``articles`` (`in_order`) by article id, from summed `shared_counts`.

    An article is a copy of the one that holds most of it, of two the earlier; a copy of a copy is one of
    that copy's original.
    """
    best: dict[int, tuple[float, int]] = {}
    for (later, earlier), count in sorted(shared.items()):
        share = count / len(articles[later].runs)
        enough = share >= SHARE or (share >= SHARE_OF_MANY and count >= MANY)
        if enough and share > best.get(later, (0.0, 0))[0] and _near(articles[later], articles[earlier]):
            best[later] = (share, earlier)
    found: dict[str, Copy] = {}
    for later in sorted(best):  # an original stands before its copies
        share, earlier = best[later]
        through = found.get(articles[earlier].article_id)
        original = through.original if through else articles[earlier].article_id
        found[articles[later].article_id] = Copy(original=original, share=round(share, 2))
    return found


def _near(later: Sketched, earlier: Sketched) -> bool:
    if later.published is None or earlier.published is None:
        return True
    return (later.published - earlier.published).days <= WINDOW_DAYS


def find_copies(articles: Iterable[Sketched]) -> dict[str, Copy]:
    """The copies among ``articles`` by article id; the same whatever their order.

    >>> import datetime as dt
    >>> text = " ".join(f"word{n}" for n in range(80))
    >>> def of(name: str, text: str, day: int) -> Sketched:
    ...     runs, n_words = sketch(text)
    ...     return Sketched(name, dt.date(2024, 4, day), n_words, runs)
    >>> find_copies([of("b", text[:300], 4), of("a", text, 3), of("c", text, 9)])
    {'b': Copy(original='a', share=1.0)}
    """
    placed = in_order(articles)
    if not placed:
        return {}
    ranks = np.repeat(np.arange(len(placed)), [len(article.runs) for article in placed])
    runs = np.concatenate([article.runs for article in placed])
    return resolve(placed, shared_counts(ranks, runs))
