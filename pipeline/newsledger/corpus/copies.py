"""Which articles of a run are copies of earlier ones: wire copy, cut, retitled or partly rewritten.

A copy is contained in its original rather than equal to it (a paper prints the first eight paragraphs), so
what is measured is the share of an article's runs of five words that an earlier one holds too. Of all runs
one in four is kept, chosen by its hash, so that two articles keep the same ones (FracMinHash,
https://doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from newsledger.corpus.steps import over_run

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
PARTITION = 1 << 22
"""About so many runs are compared at a time."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[ -](?:thousand|mln|million|bln|billion|trillion)\b)?|\w+")
_SMALL = re.compile(r"\d\d?|(?:1[89]|20)\d\d")
"""A number that is none of money alone: a day, a year."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: its number of words, some of its runs of words, and its amounts.

    ``runs`` are hashes, sorted and unlike; each row of ``amounts`` the hash of the words around a number and
    that of the number.
    """

    n_words: int
    runs: NDArray[np.uint64]
    amounts: NDArray[np.uint64]

    def to_bytes(self) -> bytes:
        """The sketch as `from_bytes` takes it."""
        head = np.array([self.n_words, len(self.runs)], "<u8")
        return np.concatenate([head, self.runs, self.amounts.ravel()]).astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Sketch:
        """The sketch that `to_bytes` stored."""
        values = np.frombuffer(stored, "<u8")
        end = 2 + int(values[1])
        return cls(int(values[0]), values[2:end], values[end:].reshape(-1, 2))


@dataclass(frozen=True, slots=True)
class Sketched:
    """An article as far as copies go."""

    article_id: str
    published: dt.date | None
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Copy:
    """What an article is a copy of, and the share of its runs of words found there, to two decimals."""

    original: str
    share: float


@lru_cache(maxsize=1 << 16)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def sketch(text: str) -> Sketch:
    """The sketch of a text; letter case and punctuation do not count.

    >>> first = sketch("The bank lent $5 million to the port of Harrow on Monday. " * 9)
    >>> second = sketch("THE BANK LENT $5 MILLION, to the port of Harrow, on Monday! " * 9)
    >>> first.n_words, first.to_bytes() == second.to_bytes()
    (99, True)
    """
    words = _WORD.findall(text.casefold())
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    with np.errstate(over="ignore"):
        runs = _mixed(hashes, RUN)
        kept = np.unique(runs[runs % np.uint64(KEPT) == 0])
        if len(kept) < FEWEST and len(words):
            kept = _mixed(hashes, len(hashes))
        return Sketch(len(words), kept, _amounts(words, hashes))


def _amounts(words: Sequence[str], hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The numbers that are not small, each with the two words before it and after it."""
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    at = np.array([n for n in numbers if not _SMALL.fullmatch(words[n])], np.int64)
    masked = np.pad(hashes, 2)
    masked[np.array(numbers, np.int64) + 2] = 1  # of a range or a list every number is the same word
    around = [masked[at], masked[at + 1], masked[at + 3], masked[at + 4]]
    keys = np.zeros(len(at), np.uint64)
    for word in around:
        keys = keys * _MULTIPLIER + word
    return np.stack([keys, hashes[at]], axis=1)


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
        day = "" if article.published is None else article.published.isoformat()
        return not day, day, -article.sketch.n_words, article.article_id

    return sorted(articles, key=place)


Counts = tuple["NDArray[np.int64]", "NDArray[np.int64]"]
"""Pairs of articles, ``later << 32 | earlier`` by their places, and how many runs both hold."""


def partitions(placed: Sequence[Sketched]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """The places of articles (`in_order`) and their runs, divided by the hash of the run.

    All that hold a run are in one partition.
    """
    places = np.repeat(np.arange(len(placed)), [len(article.sketch.runs) for article in placed])
    runs = np.concatenate([np.empty(0, np.uint64), *(article.sketch.runs for article in placed)])
    many = np.uint64(len(runs) // PARTITION + 1)
    for part in range(int(many)):
        inside = runs // np.uint64(KEPT) % many == part
        yield places[inside], runs[inside]


def count_shared(partition: tuple[NDArray[np.int64], NDArray[np.uint64]]) -> Counts:
    """How many runs of a partition any two articles share."""
    places, runs = partition
    order = np.lexsort((places, runs))
    places, runs = places[order], runs[order]
    pairs = [np.empty(0, np.int64)]
    for lag in range(1, min(NEIGHBOURS, len(runs) - 1) + 1):
        same = np.flatnonzero(runs[lag:] == runs[:-lag])
        if not len(same):
            break
        pairs.append((places[same + lag] << 32) | places[same])
    return np.unique(np.concatenate(pairs), return_counts=True)


def merge_counts(placed: Sequence[Sketched], counts: Iterable[Counts]) -> dict[str, Copy]:
    """The copies among articles (`in_order`) by article id, from the counts of all partitions.

    An article is a copy of the one that holds most of it, of two the earlier; a copy of a copy is one of
    that copy's original.
    """
    pairs, shared = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    pairs, at = np.unique(pairs, return_inverse=True)
    found = np.bincount(at, weights=shared).astype(np.int64)
    shares = found / np.array([len(article.sketch.runs) for article in placed])[pairs >> 32]
    enough = (shares >= SHARE) | ((shares >= SHARE_OF_MANY) & (found >= MANY))
    best: dict[int, tuple[float, int]] = {}
    for pair, share in zip(pairs[enough].tolist(), shares[enough].tolist(), strict=True):
        later, earlier = pair >> 32, pair & 0xFFFFFFFF
        if share > best.get(later, (0.0, 0))[0] and _may_be_copy(placed[later], placed[earlier]):
            best[later] = (share, earlier)
    copies: dict[str, Copy] = {}
    for later, (share, earlier) in sorted(best.items()):  # an original stands before its copies
        through = copies.get(placed[earlier].article_id)
        original = through.original if through else placed[earlier].article_id
        copies[placed[later].article_id] = Copy(original=original, share=round(share, 2))
    return copies


def _may_be_copy(later: Sketched, earlier: Sketched) -> bool:
    """Whether two are near in time, and not two notices of one form with other amounts."""
    day, other = later.published, earlier.published
    if day is not None and other is not None and (day - other).days > WINDOW_DAYS:
        return False
    theirs: dict[int, set[int]] = {}
    for around, number in earlier.sketch.amounts.tolist():
        theirs.setdefault(around, set()).add(number)
    ours: dict[int, set[int]] = {}
    for around, number in later.sketch.amounts.tolist():
        if around in theirs:
            ours.setdefault(around, set()).add(number)
    return not any(said - theirs[around] and theirs[around] - said for around, said in ours.items())


def find_copies(articles: Iterable[Sketched]) -> dict[str, Copy]:
    """The copies among ``articles`` by article id; the same whatever their order.

    >>> import datetime as dt
    >>> text = " ".join(f"word{n}" for n in range(80))
    >>> def of(name: str, text: str, day: int) -> Sketched:
    ...     return Sketched(name, dt.date(2024, 4, day), sketch(text))
    >>> find_copies([of("b", text[:300], 4), of("a", text, 3), of("c", text, 9)])
    {'b': Copy(original='a', share=1.0)}
    """
    placed = in_order(articles)
    return over_run(partitions(placed), count_shared, partial(merge_counts, placed))
