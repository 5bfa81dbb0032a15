"""Cuts the text that the mention model reads: the title, the sentences before, and the mention's sentence.

A window depends on the article and the mention alone. It is at most :data:`LONGEST` word pieces long, of
which the mention's own sentence gets up to :data:`OWN` and the title up to :data:`TITLE`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from newsledger.mention_model.encoder import CLS, SEP, encodable, encoded_words, letter_case

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from newsledger.document.layout import Layout

LONGEST, OWN, TITLE, SENTENCES_BEFORE = 160, 110, 20, 2
NOWHERE = -1
"""Offset of a piece that is not in the article's text (the title, separators)."""

TARGET = "target"


class Mark(NamedTuple):
    """Characters ``start:end`` of the text are ``kind`` (a kind of the model's config)."""

    start: int
    end: int
    kind: str


class _Piece(NamedTuple):
    piece: int
    case: int
    start: int
    end: int
    """Offsets of the *word* that the piece belongs to."""
    first: bool


@dataclass(frozen=True, eq=False)
class Window:
    """What the model reads, one row per word piece, and where the words stand in the text."""

    pieces: NDArray[np.int64]
    cases: NDArray[np.int64]
    kinds: NDArray[np.int64]
    hints: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.bool_]

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and last offset of the text that is read."""
        inside = self.start[self.start >= 0]
        return (int(inside.min()), int(self.end.max())) if len(inside) else (0, 0)

    def over(self, start: int, end: int) -> NDArray[np.bool_]:
        """Which pieces belong to words that overlap ``start:end`` of the text."""
        found: NDArray[np.bool_] = (self.start >= 0) & (self.start < end) & (self.end > start)
        return found


def read_range(layout: Layout, target: tuple[int, int]) -> list[tuple[int, int]]:
    """The sentences of which the window around ``target`` is made, in order."""
    sentences = layout.sentences or ((0, len(layout.text)),)
    at = max(0, bisect_right(sentences, (target[0], len(layout.text))) - 1)
    start, end = sentences[at]
    return [*sentences[max(0, at - SENTENCES_BEFORE) : at], (start, max(end, target[1]))]


def window(
    layout: Layout,
    target: tuple[int, int],
    marks: Sequence[Mark],
    hints: Sequence[Mark],
    *,
    tokenizer: Tokenizer,
    kinds: Mapping[str, int],
    hint_kinds: Mapping[str, int],
    title: str | None = None,
) -> Window:
    """The window around ``target`` with ``marks`` and ``hints`` on its words.

    Of two marks on one word the later in the sequence wins; the target's own mark beats all. Kinds that
    the model does not know leave no mark.
    """
    text = layout.text
    *earlier, sentence = read_range(layout, target)
    own = _around(_tokenised(text, *sentence, tokenizer), target[0])
    room = LONGEST - len(own)
    head: list[_Piece] = []
    if title and not text.lstrip().startswith(title):
        pieces = _tokenised(title, 0, len(title), tokenizer)[:TITLE]
        head = [piece._replace(start=NOWHERE, end=NOWHERE) for piece in pieces]
        room -= len(head) + 1
    before: list[_Piece] = []
    for one in reversed(earlier):
        if room <= 8:
            break
        pieces = _tokenised(text, *one, tokenizer)[-room:]
        before = pieces + before
        room -= len(pieces)
    rows = [_special(CLS)]
    for part in (head, before, own):
        if part:
            rows += [*part, _special(SEP)]
    return _marked(rows, [*marks, Mark(*target, TARGET)], hints, kinds, hint_kinds)


def _marked(
    rows: Sequence[_Piece],
    marks: Sequence[Mark],
    hints: Sequence[Mark],
    kinds: Mapping[str, int],
    hint_kinds: Mapping[str, int],
) -> Window:
    columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    found = Window(
        pieces=columns[0],
        cases=columns[1],
        kinds=np.zeros(len(rows), np.int64),
        hints=np.zeros(len(rows), np.int64),
        start=columns[2],
        end=columns[3],
        first=columns[4].astype(np.bool_),
    )
    for column, given, known in ((found.kinds, marks, kinds), (found.hints, hints, hint_kinds)):
        for mark in given:
            if mark.kind in known:
                column[found.over(mark.start, mark.end)] = known[mark.kind]
    return found


def _special(piece: int) -> _Piece:
    return _Piece(piece, 0, NOWHERE, NOWHERE, False)


def _around(pieces: list[_Piece], position: int) -> list[_Piece]:
    """At most :data:`OWN` of ``pieces``, two thirds of them before the one at ``position``."""
    if len(pieces) <= OWN:
        return pieces
    at = next((n for n, piece in enumerate(pieces) if piece.end > position), 0)
    low = max(0, min(at - OWN * 2 // 3, len(pieces) - OWN))
    return pieces[low : low + OWN]


def _tokenised(text: str, start: int, end: int, tokenizer: Tokenizer) -> list[_Piece]:
    places, words = encoded_words(encodable(text[start:end]), start, tokenizer)
    found: list[_Piece] = []
    for (left, right), pieces in zip(places, words, strict=True):
        case = letter_case(text[left:right])
        found += [_Piece(piece, case, left, right, n == 0) for n, piece in enumerate(pieces)]
    return found
