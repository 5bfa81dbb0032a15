"""Cuts the input of the mention model: title, end of the previous sentence, and the mentions' sentence.

A window depends on the article alone. The mentions of a sentence share one, of which the sentence gets at
most :data:`OWN` word pieces, the one before it :data:`BEFORE`, and the title :data:`TITLE`; of a longer
sentence as many are cut as its mentions need.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsledger.mention_model.encoder import CLS, SEP, encodable, encoded_words, letter_case

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from newsledger.document.layout import Layout

OWN, BEFORE, TITLE = 96, 14, 12
_CHARACTERS_BEFORE, _REACH = 80, 4000
"""Characters that are read of the sentence before, and on either side of the mentions: far more than fit."""
NOWHERE = -1
"""Offset of a piece that is not in the article's text (the title, separators)."""
_OPENING, _SEPARATOR = (np.array([[piece, 0, NOWHERE, NOWHERE]], np.int64) for piece in (CLS, SEP))
"""Rows of a piece: its number, letter case, first and last offset of its *word*."""
_PLACE = slice(2, 4)


class Mark(NamedTuple):
    """Characters ``start:end`` of the text are ``kind`` (a kind of the model's config)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What turns text into numbers: the tokenizer, and the number of each kind of mark and of hint."""

    tokenizer: Tokenizer
    kinds: Mapping[str, int]
    hints: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Window:
    """What the model reads, one row per word piece, and where the words stand in the text.

    ``mentions`` are the numbers of the mentions that are read in it, ``targets`` has a row for each: 1 on its
    pieces.
    """

    mentions: tuple[int, ...]
    pieces: NDArray[np.int64]
    cases: NDArray[np.int64]
    kinds: NDArray[np.int64]
    hints: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    targets: NDArray[np.float32]

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and last offset of the text that is read."""
        inside = self.start[self.start >= 0]
        return (int(inside.min()), int(self.end.max())) if len(inside) else (0, 0)

    def over(self, start: int, end: int) -> NDArray[np.bool_]:
        """Which pieces belong to words that overlap ``start:end`` of the text."""
        found: NDArray[np.bool_] = (self.start >= 0) & (self.start < end) & (self.end > start)
        return found


def read_range(layout: Layout, start: int, end: int) -> list[tuple[int, int]]:
    """What of the sentence before and the sentence of a mention its window is made of, in order."""
    sentences = layout.sentences or ((0, len(layout.text)),)
    at = max(0, bisect_right(sentences, (start, len(layout.text))) - 1)
    own = sentences[at]
    earlier = []
    if at:
        cut = max(sentences[at - 1][0], own[0] - _CHARACTERS_BEFORE)
        earlier = [(max(cut, layout.text.find(" ", cut, own[0])), own[0])]
    return [*earlier, (own[0], max(own[1], end))]


def windows(
    layout: Layout,
    targets: Mapping[int, tuple[int, int]],
    marks: Sequence[Mark],
    hints: Sequence[Mark],
    vocabulary: Vocabulary,
    *,
    title: str | None = None,
) -> Iterator[Window]:
    """The windows around mentions of one sentence, ``targets`` by their numbers, in text order.

    Of two ``marks`` or ``hints`` on one word the later in the sequence wins. Kinds that the model does not
    know leave no mark.
    """
    *earlier, (first, last) = read_range(layout, *next(iter(targets.values())))
    first = max(first, min(start for start, _ in targets.values()) - _REACH)
    last = min(last, max(end for _, end in targets.values()) + _REACH)
    text, tokenizer = layout.text, vocabulary.tokenizer
    before = [_tokenised(text[start:end], start, tokenizer)[-BEFORE:] for start, end in earlier]
    if title and not text.lstrip().startswith(title):
        head = _tokenised(title, 0, tokenizer)[:TITLE].copy()
        head[:, _PLACE] = NOWHERE
        before.insert(0, head)
    own = _tokenised(text[first:last], first, tokenizer)
    left = dict(targets)
    while left:
        part, inside = _part(own, left)
        parts = (rows for some in (*before, part) if len(some) for rows in (some, _SEPARATOR))
        rows = np.concatenate([_OPENING, *parts])
        yield _marked(rows, inside, (marks, vocabulary.kinds), (hints, vocabulary.hints))
        left = {number: place for number, place in left.items() if number not in inside}


def _part(
    pieces: NDArray[np.int64], targets: Mapping[int, tuple[int, int]]
) -> tuple[NDArray[np.int64], dict[int, tuple[int, int]]]:
    """At most :data:`OWN` of ``pieces`` around the first target, and the targets well inside them."""
    if len(pieces) <= OWN:
        return pieces, dict(targets)
    first = min(targets)
    start, end = pieces[:, _PLACE].T
    low = max(0, min(int((end > targets[first][0]).argmax()) - OWN // 2, len(pieces) - OWN))
    last = end[-1] if low + OWN >= len(pieces) else start[low + OWN * 7 // 8]
    inside = {n: place for n, place in targets.items() if n == first or place[1] <= last}
    return pieces[low : low + OWN], inside


def _marked(
    rows: NDArray[np.int64],
    targets: Mapping[int, tuple[int, int]],
    *given: tuple[Sequence[Mark], Mapping[str, int]],
) -> Window:
    """The window of these pieces; ``given`` are its marks and its hints, with the numbers of their kinds."""
    pieces, cases, start, end = rows.T
    found = Window(
        mentions=tuple(targets),
        pieces=pieces,
        cases=cases,
        kinds=np.zeros(len(rows), np.int64),
        hints=np.zeros(len(rows), np.int64),
        start=start,
        end=end,
        targets=np.zeros((len(targets), len(rows)), np.float32),
    )
    for row, place in zip(found.targets, targets.values(), strict=True):
        row[found.over(*place)] = 1
    for column, (marks, known) in zip((found.kinds, found.hints), given, strict=True):
        for mark in marks:
            if mark.kind in known:
                column[found.over(mark.start, mark.end)] = known[mark.kind]
    return found


@lru_cache(maxsize=8)
def _tokenised(text: str, start: int, tokenizer: Tokenizer) -> NDArray[np.int64]:
    """A row for each piece of a sentence that begins at ``start``; kept for when it stands before another."""
    places, words = encoded_words(encodable(text), start, tokenizer)
    rows = [
        (piece, letter_case(text[left - start : right - start]), left, right)
        for (left, right), pieces in zip(places, words, strict=True)
        for piece in pieces
    ]
    return np.array(rows, np.int64).reshape(-1, 4)
