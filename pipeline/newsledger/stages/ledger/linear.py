"""Linear models of what an annotator would say, over features that are words: sums of weights.

The weights lie beside the mention model (``linear.json``), learned from the same annotated news by
``models.recipe.mentions.linear``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Linear(NamedTuple):
    """The labels of a model, and what each feature adds to the score of each."""

    labels: Sequence[str]
    weights: Mapping[str, Sequence[float]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the weights of each label."""
        known = [self.weights[feature] for feature in features if feature in self.weights]
        return [sum(column) for column in zip(*known, strict=True)] if known else [0.0] * len(self.labels)

    def each(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is, whatever the others: logistic, to two decimals."""
        scores = self.scores(features)
        return {
            label: round(1 / (1 + math.exp(-score)), 2)
            for label, score in zip(self.labels, scores, strict=True)
        }

    def one(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is where just one is right: softmax, to two decimals."""
        scores = self.scores(features)
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return {label: round(power / total, 2) for label, power in zip(self.labels, powers, strict=True)}


@cache
def model_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/ledger`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "ledger"


@cache
def linear(name: str) -> Linear:
    """The linear model of a name: class, status, comparison, party, period."""
    return Linear(**_held()[name])


@cache
def _held() -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = json.loads((model_folder() / "linear.json").read_text(encoding="utf-8"))
    return held
