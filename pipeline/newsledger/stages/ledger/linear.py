"""Linear models of what an annotator would say, over features that are words: sums of weights.

The weights lie beside the mention model (``linear.json``), learned from the same annotated news by
``models.recipe.mentions.linear``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Linear(NamedTuple):
    """The labels of a model, the row of each feature, and what it adds to the score of each label."""

    labels: Sequence[str]
    rows: Mapping[str, int]
    weights: NDArray[np.float64]

    def scores(self, features: Iterable[str]) -> NDArray[np.float64]:
        """The sum of the weights of each label."""
        known = [self.rows[feature] for feature in features if feature in self.rows]
        return np.asarray(self.weights[known].sum(0))

    def each(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is, whatever the others: logistic, to two decimals."""
        likely = 1 / (1 + np.exp(-self.scores(features)))
        return dict(zip(self.labels, likely.round(2).tolist(), strict=True))

    def one(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each label is where just one is right: softmax, to two decimals."""
        powers = np.exp(self.scores(features))
        return dict(zip(self.labels, (powers / powers.sum()).round(2).tolist(), strict=True))


@cache
def model_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/ledger`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "ledger"


@cache
def linear(name: str) -> Linear:
    """The linear model of a name: class, status, comparison, party, period."""
    held = _held()[name]
    rows = {feature: row for row, feature in enumerate(held["weights"])}
    return Linear(held["labels"], rows, np.array(list(held["weights"].values())))


@cache
def _held() -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = json.loads((model_folder() / "linear.json").read_text(encoding="utf-8"))
    return held
