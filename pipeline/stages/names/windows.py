"""Cuts an article into the windows of word pieces that the token classifier reads.

A window is a run of whole sentences of one article, up to ``max_pieces`` word pieces (a longer sentence
is cut between words where it must be). Windows depend on the article alone, never on what else is in the
batch, so that the same article always gives the same spans.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.stages.names.focus import may_name

_SURROGATE = re.compile("[\ud800-\udfff]")

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from pipeline.layout import Layout


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
    encodings = tokenizer.encode_batch([text[a:b] for a, b in sentences], add_special_tokens=False)
    piece: list[int] = []
    case: list[int] = []
    first: list[bool] = []
    start: list[int] = []
    end: list[int] = []
    sentence: list[int] = []
    segment: list[int] = []
    may: list[bool] = []
    segment_number, segments = -1, iter(layout.segments)
    segment_end = -1
    known: dict[str, int] = {}
    for number, ((base, _), encoding) in enumerate(zip(sentences, encodings, strict=True)):
        while base >= segment_end:
            segment_number += 1
            segment_end = next(segments).end
        ids, offsets, word_ids = encoding.ids, encoding.offsets, encoding.word_ids
        i, n = 0, len(ids)
        surfaces: list[str] = []
        categories: list[int] = []
        sizes: list[int] = []
        glued: list[bool] = []
        before = -1
        while i < n:
            j = i + 1
            while j < n and word_ids[j] == word_ids[i]:
                j += 1
            left, right = base + offsets[i][0], base + offsets[j - 1][1]
            word = text[left:right]
            category = known.get(word)
            if category is None:
                category = known[word] = letter_case(word)
            size = j - i
            piece += ids[i:j]
            case += [category] * size
            first.append(True)
            first += [False] * (size - 1)
            start += [left] * size
            end += [right] * size
            sentence += [number] * size
            segment += [segment_number] * size
            surfaces.append(word)
            categories.append(category)
            sizes.append(size)
            glued.append(left == before)
            before = right
            i = j
        picked = may_name(surfaces, categories, glued) if cased else [True] * len(surfaces)
        for chosen, size in zip(picked, sizes, strict=True):
            may += [chosen] * size
    as_int = np.int64
    return Words(
        np.array(piece, as_int),
        np.array(case, as_int),
        np.array(first, np.bool_),
        np.array(start, as_int),
        np.array(end, as_int),
        np.array(sentence, as_int),
        np.array(segment, as_int),
        np.array(may, np.bool_),
    )


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
    for left, right in itertools.pairwise(bounds):
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
