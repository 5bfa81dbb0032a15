"""Cuts an article into the windows of word pieces that the token classifier reads.

A window is a run of whole sentences of one article, up to ``max_pieces`` word pieces (a longer sentence
is cut between words where it must be). Windows depend on the article alone, never on what else is in the
batch, and begin at its longer paragraphs, so that a paragraph inserted above moves none further down.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from newsledger.lexicons.load import lazy_regex
from newsledger.mention_model.encoder import encodable, encoded_words
from newsledger.stages.names.candidates import WordShape, name_candidates, word_shape

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from newsledger.document.layout import Layout


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as the classifier sees them: one row per word piece.

    ``piece`` holds vocabulary ids, ``case`` the letter-case category of the piece's word, ``first``
    whether the piece opens a word, ``start`` and ``end`` the character offsets of the piece's *word*,
    ``sentence`` and ``segment`` the running numbers of its sentence and segment, ``candidate`` whether the
    word may be part of a name (`candidates.name_candidates`; always in a text without ordinary case).
    """

    piece: NDArray[np.int64]
    case: NDArray[np.int64]
    first: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sentence: NDArray[np.int64]
    segment: NDArray[np.int64]
    candidate: NDArray[np.bool_]


def split_words(
    layout: Layout,
    tokenizer: Tokenizer,
    sentences: Sequence[tuple[int, int]] | None = None,
    *,
    cased: bool = True,
) -> Words:
    """Tokenise ``sentences`` of ``layout`` (default: all); the offsets are those of the whole text.

    ``cased``: whether the text has ordinary letter case, so that names show by their capitals.
    """
    text = encodable(layout.text)
    places: list[tuple[int, int]] = []
    pieces: list[Sequence[int]] = []
    cases: list[int] = []
    candidates: list[bool] = []
    counts: list[int] = []
    """How many words each sentence has."""
    for spans, read in _tokenised(text, layout.sentences if sentences is None else sentences, tokenizer):
        shapes = [shape for _, shape in read]
        places += spans
        pieces += [ids for ids, _ in read]
        cases += [shape.case for shape in shapes]
        glued = [False, *(left[1] == right[0] for left, right in pairwise(spans))]
        words = [text[start:end] for start, end in spans]
        candidates += name_candidates(words, shapes, glued) if cased else [True] * len(words)
        counts.append(len(spans))
    count = len(places)
    bounds = np.fromiter(chain.from_iterable(places), np.int64, 2 * count).reshape(-1, 2)
    sizes = np.fromiter(map(len, pieces), np.int64, count)
    first = np.zeros(int(sizes.sum()), np.bool_)
    first[np.cumsum(sizes) - sizes] = True
    borders = np.array([segment.end for segment in layout.segments], np.int64)
    return Words(
        piece=np.fromiter(chain.from_iterable(pieces), np.int64, len(first)),
        case=np.repeat(np.array(cases, np.int64), sizes),
        first=first,
        start=np.repeat(bounds[:, 0], sizes),
        end=np.repeat(bounds[:, 1], sizes),
        sentence=np.repeat(np.repeat(np.arange(len(counts)), counts), sizes),
        segment=np.repeat(np.searchsorted(borders, bounds[:, 0], side="right"), sizes),
        candidate=np.repeat(np.array(candidates, np.bool_), sizes),
    )


Read = tuple[Sequence[int], WordShape]
"""A word as it is read: its pieces and its shape."""

_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = lazy_regex(rf"[{_LETTER}]+|[^\s{_LETTER}]")
_SIMPLE = lazy_regex(rf"[\t\n\r -~\xa0«»“”‘’–—…{_LETTER}]*+")
"""Text that the tokenizer splits into words as ``_WORD`` does."""
_SPECIAL = lazy_regex(r"\[(?:PAD|UNK|CLS|SEP|MASK)\]")


def _tokenised(
    text: str, sentences: Sequence[tuple[int, int]], tokenizer: Tokenizer
) -> Iterator[tuple[list[tuple[int, int]], list[Read]]]:
    """The words of each sentence, where they stand; in plain text each different word is encoded once."""
    simple = _SPECIAL.search(text) is None
    cached = cached_words(tokenizer)
    for a, b in sentences:
        if simple and _SIMPLE.fullmatch(text, a, b):
            places = [match.span() for match in _WORD.finditer(text, a, b)]
            yield places, [cached(text[start:end]) for start, end in places]
        else:
            places, pieces = encoded_words(text[a:b], a, tokenizer)
            shapes = (word_shape(text[start:end]) for start, end in places)
            yield places, list(zip(pieces, shapes, strict=True))


@lru_cache(maxsize=2)
def cached_words(tokenizer: Tokenizer) -> Callable[[str], Read]:
    """A function from a word to what is read of it, which caches the words seen last."""

    @lru_cache(maxsize=1 << 15)
    def encode(word: str) -> Read:
        return tuple(tokenizer.encode(word, add_special_tokens=False).ids), word_shape(word)

    return encode


LONGEST_CASED = 250
LONGEST_UNCASED = 160
"""Word pieces per window at most. Longer ones give more context, but the classifier, which learned from few
long windows without ordinary letter case, loses by them there: people on the dev split, whole stage, .930
with 250 pieces in the few articles without it, .935 with 160."""


def longest_window(max_pieces: int, *, cased: bool) -> int:
    """Word pieces per window in a text with or without ordinary letter case, for a model of ``max_pieces``.

    >>> longest_window(256, cased=True), longest_window(256, cased=False), longest_window(64, cased=True)
    (250, 160, 64)
    """
    return min(LONGEST_CASED if cased else LONGEST_UNCASED, max_pieces)


OPENS_WINDOW = 30
"""Word pieces of a paragraph that begins a window of its own; a shorter one goes with those before it.
So what is inserted elsewhere in an article leaves the window of a paragraph as it was. People on the dev
split, whole stage, for 10, 20, 25, 30, 40 and 60 pieces: .928 .929 .935 .935 .929 .931."""


def windows(words: Words, *, max_pieces: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) rows of ``words`` for each window, in order.

    A window is a paragraph of `OPENS_WINDOW` pieces with the shorter ones after it. Longer than
    ``max_pieces``, it is cut between sentences into as few windows as allowed, of about equal length, so
    that the last one is not a scrap without context.
    """
    n = len(words.piece)
    if not n:
        return
    paragraphs = [0, *_changes(words.segment), n]
    cuts = [a for a, b in pairwise(paragraphs) if not a or b - a >= OPENS_WINDOW]
    sentences = [*_changes(words.sentence), n]
    for start, end in pairwise([*cuts, n]):
        inside = sentences[bisect_right(sentences, start) : bisect_right(sentences, end)]
        yield from _packed(words, start, inside, max_pieces=max_pieces)


def _changes(numbers: NDArray[np.int64]) -> list[int]:
    """Where a row has another number than the row before it."""
    found: list[int] = (np.flatnonzero(np.diff(numbers)) + 1).tolist()
    return found


def _packed(words: Words, at: int, ends: Sequence[int], *, max_pieces: int) -> Iterator[tuple[int, int]]:
    """Windows of the sentences that end at ``ends``, the first of which begins at ``at``."""
    target = (ends[-1] - at) / -(-(ends[-1] - at) // max_pieces)
    for left, right in pairwise([at, *ends]):
        if right - at > max_pieces:
            if left > at:
                yield at, left
                at = left
            while right - at > max_pieces:
                cut = at + max_pieces
                while cut > at + 1 and not words.first[cut]:
                    cut -= 1
                yield at, cut
                at = cut
        elif right - at >= target:
            yield at, right
            at = right
    if at < ends[-1]:
        yield at, ends[-1]
