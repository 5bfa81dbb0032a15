"""Finds articles that copy earlier ones of the run: wire copy, cut, retitled or partly rewritten.

A copy is contained in its original rather than equal to it (a paper prints the first eight paragraphs), so
what is measured is the share of an article's runs of five words that an earlier one holds too. Of all runs
one in four is kept, chosen by its hash, so that two articles keep the same ones (FracMinHash,
https://doi.org/10.1101/2022.01.11.475838).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsledger.corpus.steps import Resolved, Steps, partition_by
from newsledger.lexicons.load import lazy_regex

RUN = 5
"""Words in a run."""
KEPT = 4
"""One run in so many is kept."""
FEWEST = 8
"""A text with fewer kept runs (about 36 words) is a copy only of the very same words."""
SHARE, SHARE_OF_MANY, MANY = 0.5, 0.3, 12
"""A copy has half of its runs from the original, or three tenths where that is at least MANY kept ones.

Copies made of 1,500 real articles (cut, retitled, two paragraphs exchanged; often two of four): .84 found by
the first alone, .97 with the second, .983 with the third: a fifth, where most of the original's lead is there
and the text is not much longer. What reports of one affair have in common stands further down."""
SHARE_WITH_LEAD, FEWEST_WITH_LEAD, OF_LEAD, TIMES_AS_LONG = 0.2, 8, 0.65, 1.5
LEAD = 40
"""Words of a lead."""
WINDOW_DAYS = 3
"""A copy is published at most so many days after its original."""
NEIGHBOURS = 16
"""Articles that hold one run are compared with so many before them, which keeps stock paragraphs cheap."""
PARTITION = 1 << 18
"""About so many runs are compared at a time."""
BLOCK = 4_096
"""So many articles are kept together."""
_CHARS_OF_WORD = 6
_UNDATED = 1 << 30

_WORD = lazy_regex(r"\d+(?:[.,]\d+)*(?:[ -](?:thousand|mln|million|bln|billion|trillion)\b)?|\w+")
_SMALL = lazy_regex(r"\d\d?|(?:1[89]|20)\d\d")
"""A number that is none of money alone: a day, a year."""
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: its number of words, some of its runs of words, and its amounts.

    ``runs`` are hashes, sorted and unlike, ``lead`` those of the lead; each row of ``amounts`` is the hash of
    the words around a number and that of the number.
    """

    n_words: int
    runs: NDArray[np.uint64]
    lead: NDArray[np.uint64]
    amounts: NDArray[np.uint64]

    def to_bytes(self) -> bytes:
        """The sketch as `from_bytes` takes it."""
        head = np.array([self.n_words, len(self.runs), len(self.lead)], "<u8")
        return np.concatenate([head, self.runs, self.lead, self.amounts.ravel()]).astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Sketch:
        """The sketch that `to_bytes` stored."""
        values = np.frombuffer(stored, "<u8")
        n_words, n_runs, n_lead = values[:3].tolist()
        lead, amounts = 3 + n_runs, 3 + n_runs + n_lead
        return cls(n_words, values[3:lead], values[lead:amounts], values[amounts:].reshape(-1, 2))


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
        kept, lead = (np.unique(some[some % np.uint64(KEPT) == 0]) for some in (runs, runs[: LEAD - RUN + 1]))
        if len(kept) < FEWEST and len(words):
            kept = lead = _mixed(hashes, len(hashes))
        return Sketch(len(words), kept, lead, _amounts(words, hashes))


def _amounts(words: Sequence[str], hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The numbers that are not small, each with the two words before it and after it."""
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    at = np.array([n for n in numbers if not _SMALL.fullmatch(words[n])], np.int64)
    found = np.zeros((len(at), 2), np.uint64)
    if len(at):
        masked = np.zeros(len(hashes) + 4, np.uint64)
        masked[2:-2] = hashes
        masked[np.array(numbers) + 2] = 1  # of a range or a list every number is the same word
        for beside in (0, 1, 3, 4):
            found[:, 0] = found[:, 0] * _MULTIPLIER + masked[at + beside]
        found[:, 1] = hashes[at]
    return found


def _mixed(hashes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """One hash for each run of ``size`` of ``hashes``."""
    if len(hashes) < size:
        return hashes[:0]
    mixed = np.correlate(hashes, _powers(size))
    mixed ^= mixed >> np.uint64(31)
    mixed = mixed * _MIXER
    return mixed ^ (mixed >> np.uint64(29))


@lru_cache(maxsize=64)
def _powers(count: int) -> NDArray[np.uint64]:
    """The powers of the multiplier, in wrapping arithmetic, the highest first."""
    powers = np.full(count, _MULTIPLIER)
    powers[0] = 1
    return np.multiply.accumulate(powers)[::-1]


def partitions(chars: int) -> int:
    """How many partitions there are to be for texts of so many characters together."""
    return 1 + chars // (PARTITION * KEPT * _CHARS_OF_WORD)


Place = tuple[int, int, int]
"""Where an article stands among those that may be originals: by day, undated ones last; of one day the
longest first, since a cut copy is the shorter one; of one length by its id."""


class _Known(NamedTuple):
    """An article without its runs of words."""

    place: Place
    article_id: str
    n_runs: int
    n_lead: int
    amounts: list[list[int]]


def _place(number: int, article: Sketched) -> Place:
    day = _UNDATED if article.published is None else article.published.toordinal()
    return day, -article.sketch.n_words, number


def _divide(many: int, block: Sequence[tuple[int, Sketched]]) -> Resolved:
    """Runs of words with the places of their articles, and whether it is of the lead; and the articles."""
    key = block[0][0] // BLOCK
    sizes = [len(article.sketch.runs) for _, article in block]
    places = np.repeat(np.array([_place(*numbered) for numbered in block], np.int64), sizes, axis=0)
    sketches = [article.sketch for _, article in block]
    runs = np.concatenate([one.runs for one in sketches])
    of_lead = np.zeros(len(runs), np.bool_)
    for one, before in zip(sketches, np.cumsum(sizes) - sizes, strict=True):
        of_lead[before + np.searchsorted(one.runs, one.lead)] = True  # a lead's runs are runs of its text
    parts = (runs // np.uint64(KEPT) % np.uint64(many)).astype(np.int64)
    for part in np.unique(parts).tolist():
        inside = parts == part
        yield "runs", part, (runs[inside], places[inside], of_lead[inside])
    known = [
        _Known(_place(n, one), one.article_id, len(of.runs), len(of.lead), of.amounts.tolist())
        for (n, one), of in zip(block, sketches, strict=True)
    ]
    yield "pairs", key, (key, None, known)
    yield "originals", key, (key, known)


def _count_shared(
    blocks: Iterable[tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_]]],
) -> Resolved:
    """How many runs of a partition two articles near in time share, and how many of the earlier's lead."""
    held = list(blocks)
    if not held:
        return
    runs, places, of_lead = (np.concatenate(columns) for columns in zip(*held, strict=True))
    order = np.lexsort((places[:, 2], places[:, 1], places[:, 0], runs))
    runs, days, numbers, of_lead = runs[order], places[order, 0], places[order, 2], of_lead[order]
    pairs, leads = [np.empty(0, np.int64)], [np.empty(0, np.bool_)]
    for lag in range(1, min(NEIGHBOURS, len(runs) - 1) + 1):
        same = np.flatnonzero(runs[lag:] == runs[:-lag])
        if not len(same):
            break
        later = days[same + lag]
        same = same[(later - days[same] <= WINDOW_DAYS) | (later == _UNDATED)]
        pairs.append((numbers[same + lag] << 32) | numbers[same])
        leads.append(of_lead[same])
    pair, at = np.unique(np.concatenate(pairs), return_inverse=True)
    counts = np.bincount(at), np.bincount(at, weights=np.concatenate(leads))
    shared = np.stack(counts, axis=1)
    keys = (pair >> 32) // BLOCK
    for key in np.unique(keys).tolist():
        yield "pairs", key, (key, pair[keys == key], shared[keys == key])


def _candidates(items: Iterable[tuple[int, NDArray[np.int64] | None, Any]]) -> Resolved:
    """Pairs of articles of which the later may have enough of the earlier, by the earlier.

    With the share, whether it is enough by itself, and how many runs of the earlier's lead there are.
    """
    for key, group in partition_by(items, lambda item: (item[0],)).items():
        (known,) = (known for _, pairs, known in group if pairs is None)
        counted = [(pairs, n) for _, pairs, n in group if pairs is not None]
        if not counted:
            continue
        pairs, shared = (np.concatenate(columns) for columns in zip(*counted, strict=True))
        pairs, at = np.unique(pairs, return_inverse=True)
        found, leads = (np.bincount(at, weights=column).astype(np.int64) for column in shared.T)
        laters = (pairs >> 32) - key * BLOCK
        shares = found / np.array([one.n_runs for one in known])[laters]
        enough = (shares >= SHARE) | ((shares >= SHARE_OF_MANY) & (found >= MANY))
        chosen = enough | ((shares >= SHARE_WITH_LEAD) & (found >= FEWEST_WITH_LEAD))
        columns = (column[chosen].tolist() for column in (pairs & 0xFFFFFFFF, laters, shares, enough, leads))
        for earlier, later, *shared_by in zip(*columns, strict=True):
            yield "originals", earlier // BLOCK, (earlier // BLOCK, (earlier, known[later], *shared_by))


def _copies_of(items: Iterable[tuple[int, Any]]) -> Resolved:
    """Articles with those that they may be copies of."""
    for key, group in partition_by(items, lambda item: (item[0],)).items():
        (known,) = (found for _, found in group if isinstance(found, list))
        candidates = (found for _, found in group if isinstance(found, tuple))
        for earlier, of_one in partition_by(candidates, lambda found: (found[0],)).items():
            original = known[earlier - key * BLOCK]
            theirs = _amounts_by_words(original)
            for _, later, share, enough, leads in of_one:
                if not enough:
                    short = later.n_runs <= TIMES_AS_LONG * original.n_runs
                    enough = short and leads >= max(1, OF_LEAD * original.n_lead)
                if enough and not _differ(_amounts_by_words(later), theirs):
                    yield "copies", later.article_id, (later, share, original)


def _amounts_by_words(article: _Known) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for around, number in article.amounts:
        found.setdefault(around, set()).add(number)
    return found


def _differ(ours: dict[int, set[int]], theirs: dict[int, set[int]]) -> bool:
    """Whether two are notices of one form with other amounts."""
    return any(
        said - theirs[around] and theirs[around] - said for around, said in ours.items() if around in theirs
    )


def _best(items: Iterable[tuple[_Known, float, _Known]]) -> Resolved:
    """The article that holds most of each copy, of two the earlier."""
    for found in partition_by(items, lambda item: (item[0].article_id,)).values():
        later, share, original = min(found, key=lambda item: (-item[1], item[2].place))
        yield "found", 0, (later.article_id, Copy(original.article_id, round(share, 2)))


def find_copies(articles: Iterable[Sketched], steps: Steps | None = None) -> dict[str, Copy]:
    """The copies among ``articles``, which are sorted by their ids; ``steps`` is where they are found.

    An article is a copy of the one that holds most of it, of two the earlier; a copy of a copy is one of
    that copy's original.

    >>> import datetime as dt
    >>> text = " ".join(f"word{n}" for n in range(80))
    >>> def of(name: str, text: str, day: int) -> Sketched:
    ...     return Sketched(name, dt.date(2024, 4, day), sketch(text))
    >>> find_copies([of("a", text, 3), of("b", text[:300], 4), of("c", text, 9)])
    {'b': Copy(original='a', share=1.0)}
    """
    steps = steps or Steps()
    steps.run("articles", partial(_divide, steps.partitions), _blocks(articles), here=True)
    steps.run("runs", _count_shared)
    steps.run("pairs", _candidates)
    steps.run("originals", _copies_of)
    steps.run("copies", _best)
    copies: dict[str, Copy] = dict(steps.take("found"))
    for later, copy in copies.items():
        while through := copies.get(copy.original):
            copy = replace(copy, original=through.original)
        copies[later] = copy
    return copies


def _blocks(articles: Iterable[Sketched]) -> Iterator[list[tuple[int, Sketched]]]:
    numbered = enumerate(articles)
    while block := list(islice(numbered, BLOCK)):
        yield block
