"""Cuts an article into the windows of word pieces that the token classifier reads.

A window is a run of whole sentences of one article, up to ``max_pieces`` word pieces (a longer sentence
is cut between words where it must be). Windows depend on the article alone, never on what else is in the
batch, so that the same article always gives the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from newsledger.stages.names.token_filter import marks_of, may_name

_SURROGATE = re.compile("[\ud800-\udfff]")

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from newsledger.document.layout import Layout


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as the classifier sees them: one row per word piece.

    ``piece`` holds vocabulary ids, ``case`` the letter-case category of the piece's word, ``first``
    whether the piece opens a word, ``start`` and ``end`` the character offsets of the piece's *word*,
    ``sentence`` and ``segment`` the running numbers of its sentence and segment, ``may`` whether the word
    may be part of a name (`focus.may_name`; always in a text without ordinary letter case).
    """

    piece: NDArray[np.int64]
    case: NDArray[np.int64]
    first: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    sentence: NDArray[np.int64]
    segment: NDArray[np.int64]
    may: NDArray[np.bool_]


def letter_case(word: str) -> int:
    """Category of a word's letter case, as the classifier was trained with it.

    0 no letters, 1 lower, 2 Title, 3 UPPER (two letters or more), 4 single capital, 5 mixed, 6 holds a digit.

    >>> [letter_case(w) for w in ("...", "aid", "Japan", "UN", "J", "McKay", "G7")]
    [0, 1, 2, 3, 4, 5, 6]
    """
    if word.islower() and word.isalpha():
        return 1
    if any(c.isdigit() for c in word):
        return 6
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    if word[0].isupper() and word[1:].islower():
        return 2
    return 5


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
    # The tokenizer takes no half of a surrogate pair; the stand-in is one character too, so offsets hold.
    text = _SURROGATE.sub("\ufffd", layout.text)
    sentences = layout.sentences if sentences is None else sentences
    spans: list[tuple[int, int]] = []
    surfaces: list[str] = []
    pieces: list[Sequence[int]] = []
    category: list[int] = []
    marks: list[int] = []
    counts: list[int] = []
    ids: Sequence[Sequence[int]]
    cases: Sequence[int]
    marked: Sequence[int]
    simple = _SPECIAL.search(text) is None
    known = known_pieces(tokenizer)
    for a, b in sentences:
        if simple and _SIMPLE.fullmatch(text, a, b):
            found = [m.span() for m in _WORD.finditer(text, a, b)]
            words = [text[left:right] for left, right in found]
            ids, cases, marked = zip(*map(known, words), strict=True) if words else ((), (), ())
        else:
            found, ids = _encoded(text[a:b], a, tokenizer)
            words = [text[left:right] for left, right in found]
            cases = tuple(map(letter_case, words))
            marked = tuple(map(marks_of, words, cases))
        spans += found
        surfaces += words
        pieces += ids
        category += cases
        marks += marked
        counts.append(len(found))
    places = np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(-1, 2)
    may = [True] * len(spans)
    if cased:
        glued = [False, *(places[1:, 0] == places[:-1, 1]).tolist()]
        at = 0
        for n in counts:
            one = slice(at, at + n)
            may[one] = may_name(surfaces[one], category[one], glued[one], marks[one])
            at += n
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    first = np.zeros(int(sizes.sum()), np.bool_)
    first[np.cumsum(sizes) - sizes] = True
    number = np.repeat(np.arange(len(counts)), counts)
    ends = np.array([segment.end for segment in layout.segments], np.int64)
    segment = np.searchsorted(ends, places[:, 0], side="right")
    return Words(
        np.fromiter(chain.from_iterable(pieces), np.int64, len(first)),
        np.repeat(np.array(category, np.int64), sizes),
        first,
        np.repeat(places[:, 0], sizes),
        np.repeat(places[:, 1], sizes),
        np.repeat(number, sizes),
        np.repeat(segment, sizes),
        np.repeat(np.array(may, np.bool_), sizes),
    )


_LETTER = "0-9A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = re.compile(rf"[{_LETTER}]+|[^\s{_LETTER}]")
_SIMPLE = re.compile(rf"[\t\n\r -~\xa0«»“”‘’–—…{_LETTER}]*+")
"""Text that the tokenizer cuts into words as ``_WORD`` does: there each word is cut into pieces but once."""
_SPECIAL = re.compile(r"\[(?:PAD|UNK|CLS|SEP|MASK)\]")

Known = Callable[[str], tuple[tuple[int, ...], int, int]]


@lru_cache(maxsize=2)
def known_pieces(tokenizer: Tokenizer) -> Known:
    """A function from a word to its pieces, letter case and marks, which remembers the words of late."""

    @lru_cache(maxsize=1 << 15)
    def known(word: str) -> tuple[tuple[int, ...], int, int]:
        case = letter_case(word)
        return tuple(tokenizer.encode(word, add_special_tokens=False).ids), case, marks_of(word, case)

    return known


def _encoded(text: str, base: int, tokenizer: Tokenizer) -> tuple[list[tuple[int, int]], list[Sequence[int]]]:
    """Places (``base`` added) and pieces of the words that the tokenizer finds."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets, words = encoding.ids, encoding.offsets, encoding.word_ids
    found: list[tuple[int, int]] = []
    pieces: list[Sequence[int]] = []
    i, n = 0, len(ids)
    while i < n:
        j = i + 1
        while j < n and words[j] == words[i]:
            j += 1
        found.append((base + offsets[i][0], base + offsets[j - 1][1]))
        pieces.append(ids[i:j])
        i = j
    return found, pieces


LONGEST_CASED = 250
LONGEST_UNCASED = 160
"""Word pieces per window. Longer ones tell more, but in a text without ordinary letter case the classifier,
which learned from few long windows of that kind, loses by them. People on the dev split, whole stage, in
windows of 250, 192, 160 and 128 pieces: capitals .869 .886 .880 .876, small letters .872 .885 .882 .879."""


def longest_window(max_pieces: int, *, cased: bool) -> int:
    """Word pieces per window in a text with or without ordinary letter case, for a model of ``max_pieces``.

    >>> longest_window(256, cased=True), longest_window(256, cased=False), longest_window(64, cased=True)
    (250, 160, 64)
    """
    return min(LONGEST_CASED if cased else LONGEST_UNCASED, max_pieces)


def windows(words: Words, *, max_pieces: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) rows of ``words`` for each window, in order.

    Sentences are packed into as few windows as ``max_pieces`` allows, of about equal length, so that the
    last one of an article is not a scrap without context.
    """
    n = len(words.piece)
    if not n:
        return
    breaks = np.flatnonzero(np.diff(words.sentence)) + 1
    bounds = [0, *breaks.tolist(), n]
    target = n / max(1, -(-n // max_pieces))
    at = 0
    for left, right in pairwise(bounds):
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
    if at < n:
        yield at, n
