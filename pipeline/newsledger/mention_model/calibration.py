"""How sure an answer is that a rule, the mention model or both give: calibrated on annotated news.

An answer's confidence is logistic in the log odds of the model's probability for it, of the measured
precision of a rule that says the same, and of one that says something else. The weights, and the confidence
from which a field is given, lie beside the model (``calibration.json``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    same, other = (0.0 if one is None else _odds(one) for one in (rule, against))
    return _odds(model), same, other


def _odds(probability: float) -> float:
    p = min(max(probability, _LOWEST), _HIGHEST)
    return math.log(p / (1 - p))


@cache
def load_weights(folder: Path) -> Mapping[str, Weights]:
    """The weights of each field beside the model in ``folder``."""
    held = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return {field: Weights(**values) for field, values in held.items()}
