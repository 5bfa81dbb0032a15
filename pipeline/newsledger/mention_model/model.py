"""Loads the mention model and runs it: ONNX Runtime, one thread, one window at a time.

One window at a time, since the dynamic quantisation of activations looks at all that is read together: in a
batch an answer would depend on its neighbours.

How sure an answer is, of a rule, the model or both, is logistic in the log odds of the model's probability,
of the measured precision of a rule that says the same, and of one that says something else. The weights, and
the confidence from which a field is given, are fitted on annotated news (``calibration.json``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsledger.mention_model.encoder import load_encoder
from newsledger.mention_model.window import Mark, Vocabulary, Window, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsledger.document.layout import Layout

DIGITS = 2
"""Decimals that probabilities are rounded to, so that processors whose sums differ a little agree."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What the model says of one mention, as probabilities rounded to :data:`DIGITS` decimals.

    ``mention[head][label]`` is of the mention itself, ``words[head][label]`` of each piece of ``window``; the
    first label of a head of words is "" (nothing).
    """

    window: Window
    mention: Mapping[str, Mapping[str, float]]
    words: Mapping[str, Mapping[str, NDArray[np.float64]]]

    def of_span(self, head: str, label: str, start: int, end: int) -> float:
        """Mean probability that the words overlapping ``start:end`` are ``label``; 0 outside the window."""
        inside = self.window.over(start, end)
        return round(float(self.words[head][label][inside].mean()), DIGITS) if inside.any() else 0.0

    def runs(self, head: str, label: str, *, floor: float = 0.5) -> list[tuple[int, int, float]]:
        """Runs of words that are ``label`` with at least ``floor``: (start, end, mean probability)."""
        likely, start, end = self.words[head][label], self.window.start, self.window.end
        on = np.flatnonzero((likely >= floor) & (start >= 0))
        groups = np.split(on, np.flatnonzero(np.diff(on) != 1) + 1) if len(on) else []
        return [
            (int(start[group[0]]), int(end[group[-1]]), round(float(likely[group].mean()), DIGITS))
            for group in groups
        ]


@dataclass(frozen=True, eq=False)
class MentionModel:
    """A loaded model; heads name the labels of their logits."""

    vocabulary: Vocabulary
    mention_heads: Mapping[str, Sequence[str]]
    word_heads: Mapping[str, Sequence[str]]
    session: Any

    def read(
        self,
        layout: Layout,
        targets: Mapping[int, tuple[int, int]],
        marks: Sequence[Mark] = (),
        hints: Sequence[Mark] = (),
        *,
        title: str | None = None,
    ) -> Iterator[tuple[int, Reading]]:
        """Read mentions of one sentence, ``targets`` by their numbers: each number with its reading."""
        for window in windows(layout, targets, marks, hints, self.vocabulary, title=title):
            mentions, words = self.logits(window)
            of_mentions = probabilities(mentions, self.mention_heads)
            of_words = probabilities(words, self.word_heads)
            for row, number in enumerate(window.mentions):
                mention = {
                    head: dict(zip(labels, of_mentions[head][row].tolist(), strict=True))
                    for head, labels in self.mention_heads.items()
                }
                word = {
                    head: dict(zip(labels, of_words[head][row].T, strict=True))
                    for head, labels in self.word_heads.items()
                }
                yield number, Reading(window, mention, word)

    def logits(self, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Logits of the mentions (mentions, labels) and of the pieces for each (mentions, pieces, labels)."""
        feed = {"ids": window.pieces, "case": window.cases, "kind": window.kinds, "hint": window.hints}
        inputs = {name: column[None] for name, column in feed.items()} | {"target": window.targets}
        mentions, words = self.session.run(None, inputs)
        return mentions, words


def columns(heads: Mapping[str, Sequence[str]]) -> dict[str, slice]:
    """Which columns of the logits belong to each head."""
    bounds = accumulate(map(len, heads.values()), initial=0)
    return {head: slice(*bound) for head, bound in zip(heads, pairwise(bounds), strict=True)}


def probabilities(
    logits: NDArray[np.float32], heads: Mapping[str, Sequence[str]]
) -> dict[str, NDArray[np.float64]]:
    """Softmax over the columns of each head, rounded."""
    parts = columns(heads)
    powers = np.exp(logits.astype(np.float64))
    totals = np.add.reduceat(powers, [part.start for part in parts.values()], axis=-1)
    found = np.round(powers / totals.repeat([len(labels) for labels in heads.values()], axis=-1), DIGITS)
    return {head: found[..., part] for head, part in parts.items()}


@lru_cache(maxsize=2)
def load(folder: Path) -> MentionModel:
    """Load the model in ``folder``; kept for the life of the process.

    Raises :class:`~newsledger.mention_model.encoder.ModelError` where it cannot be used.
    """
    encoder = load_encoder(folder, "mention model")
    config = encoder.config
    vocabulary = Vocabulary(encoder.tokenizer, config["kinds"], config["hints"])
    return MentionModel(vocabulary, config["mention_heads"], config["word_heads"], encoder.session)


_LOWEST, _HIGHEST = 0.02, 0.98
"""Probabilities are taken for no more extreme than this."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one field: weights of the log odds, and the confidence from which its answers are given."""

    bias: float
    model: float
    rule: float
    against: float
    threshold: float

    def confidence(self, odds: tuple[float, float, float]) -> float:
        """The probability that an answer with these log odds (`log_odds`) is right, to two decimals."""
        model, rule, against = odds
        total = self.bias + self.model * model + self.rule * rule + self.against * against
        return round(1 / (1 + math.exp(-total)), 2)


def log_odds(
    model: float, *, rule: float | None = None, against: float | None = None
) -> tuple[float, float, float]:
    """The log odds of the model's probability, of the rule that says the same, and of one that contradicts.

    What is not there counts 0.

    >>> log_odds(0.5), log_odds(0.5, rule=0.6)
    ((0.0, 0.0, 0.0), (0.0, 0.4054651081081642, 0.0))
    """
    held = (0.5 if p is None else min(max(p, _LOWEST), _HIGHEST) for p in (model, rule, against))
    of_model, same, other = (math.log(p / (1 - p)) for p in held)
    return of_model, same, other


@cache
def load_weights(folder: Path) -> Mapping[str, Weights]:
    """The weights of each field beside the model in ``folder``."""
    held = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return {field: Weights(**values) for field, values in held.items()}
