"""Windows with labels: what is learned from and scored on."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from newsledger.mention_model.window import Window

UNKNOWN = -100


@dataclass(frozen=True)
class Example:
    """A window with what is right of its mentions, a row for each, and where it comes from."""

    article: str
    source: str
    window: Window
    mention: dict[str, np.ndarray]
    """Per head the number of the right label (mentions); UNKNOWN where the annotation says nothing."""
    words: dict[str, np.ndarray]
    """Per head of the words the number of the right label (mentions, pieces)."""
    soft: tuple[np.ndarray, np.ndarray] | None = None
    """What a teacher says: probabilities of all heads, of the mentions and of the pieces."""


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """The examples of files that `models.recipe.mentions.prepare` or `teach` wrote."""
    return [example for path in paths for example in pickle.loads(path.read_bytes())]
