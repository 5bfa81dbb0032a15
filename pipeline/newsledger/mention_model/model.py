"""Loads the mention model and runs it: ONNX Runtime, one thread, one window at a time.

One window at a time, since the dynamic quantisation of activations looks at a whole batch: in a batch an
answer would depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsledger.mention_model.encoder import load_encoder
from newsledger.mention_model.window import Mark, Window, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsledger.document.layout import Layout

DIGITS = 2
"""Decimals that probabilities are rounded to, so that processors whose sums differ a little agree."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What the model says of one mention, as probabilities rounded to :data:`DIGITS` decimals.

    ``mention[head][label]`` is of the mention itself, ``words[head]`` of each piece of ``window``, one
    column a label; the first label of a head of words is "" (nothing).
    """

    window: Window
    mention: Mapping[str, Mapping[str, float]]
    words: Mapping[str, NDArray[np.float64]]
    labels: Mapping[str, Sequence[str]]

    def likeliest(self, head: str) -> tuple[str, float]:
        """The likeliest label of the mention by ``head``, with its probability."""
        found = self.mention[head]
        best = max(found, key=found.__getitem__)
        return best, found[best]

    def of_span(self, head: str, label: str, start: int, end: int) -> float:
        """Mean probability that the words overlapping ``start:end`` are ``label``; 0 outside the window."""
        inside = self.window.over(start, end)
        if not inside.any():
            return 0.0
        return round(float(self.words[head][inside, self.labels[head].index(label)].mean()), DIGITS)

    def runs(self, head: str, label: str, *, floor: float = 0.5) -> list[tuple[int, int, float]]:
        """Runs of words that are ``label`` with at least ``floor``: (start, end, mean probability)."""
        column = self.words[head][:, self.labels[head].index(label)]
        on = np.flatnonzero((column >= floor) & (self.window.start >= 0))
        found: list[tuple[int, int, float]] = []
        for group in np.split(on, np.flatnonzero(np.diff(on) != 1) + 1):
            if len(group):
                start, end = int(self.window.start[group[0]]), int(self.window.end[group[-1]])
                found.append((start, end, round(float(column[group].mean()), DIGITS)))
        return found


@dataclass(frozen=True, eq=False)
class MentionModel:
    """A loaded model. ``kinds`` and ``hints`` number the marks; heads name the labels of their logits."""

    folder: Path
    kinds: Mapping[str, int]
    hints: Mapping[str, int]
    mention_heads: Mapping[str, Sequence[str]]
    word_heads: Mapping[str, Sequence[str]]
    sha256: str
    tokenizer: Any
    session: Any

    def read(
        self,
        layout: Layout,
        target: tuple[int, int],
        marks: Sequence[Mark] = (),
        hints: Sequence[Mark] = (),
        *,
        title: str | None = None,
    ) -> Reading:
        """Read the mention at ``target`` in its sentence."""
        read = window(
            layout,
            target,
            marks,
            hints,
            tokenizer=self.tokenizer,
            kinds=self.kinds,
            hint_kinds=self.hints,
            title=title,
        )
        mention, words = self.logits(read)
        of_mention = probabilities(mention, self.mention_heads)
        return Reading(
            window=read,
            mention={
                head: dict(zip(labels, of_mention[head].tolist(), strict=True))
                for head, labels in self.mention_heads.items()
            },
            words=probabilities(words, self.word_heads),
            labels=self.word_heads,
        )

    def logits(self, read: Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Logits of the mention (labels) and of each piece (pieces, labels), all heads side by side."""
        feed = {"ids": read.pieces, "case": read.cases, "kind": read.kinds, "hint": read.hints}
        mention, words = self.session.run(None, {name: column[None] for name, column in feed.items()})
        return mention[0], words[0]


def probabilities(
    logits: NDArray[np.float32], heads: Mapping[str, Sequence[str]]
) -> dict[str, NDArray[np.float64]]:
    """Softmax over the columns of each head, rounded."""
    bounds = np.cumsum([0, *map(len, heads.values())]).tolist()
    found: dict[str, NDArray[np.float64]] = {}
    for head, (left, right) in zip(heads, pairwise(bounds), strict=True):
        part = logits[..., left:right].astype(np.float64)
        part = np.exp(part - part.max(-1, keepdims=True))
        found[head] = np.round(part / part.sum(-1, keepdims=True), DIGITS)
    return found


@lru_cache(maxsize=2)
def load(folder: Path) -> MentionModel:
    """Load the model in ``folder``; kept for the life of the process.

    Raises :class:`~newsledger.mention_model.encoder.ModelError` where it cannot be used.
    """
    encoder = load_encoder(folder, "mention model")
    config = encoder.config
    return MentionModel(
        folder=folder,
        kinds=config["kinds"],
        hints=config["hints"],
        mention_heads=config["mention_heads"],
        word_heads=config["word_heads"],
        sha256=encoder.sha256,
        tokenizer=encoder.tokenizer,
        session=encoder.session,
    )
