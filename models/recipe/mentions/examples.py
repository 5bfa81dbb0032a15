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
    """A window, the number of the right label of each head, and where it comes from."""

    article: str
    source: str
    start: int
    window: Window
    mention: dict[str, int]
    """Per head of the mention; UNKNOWN where the annotation says nothing."""
    words: dict[str, np.ndarray]
    """Per head of the words, one label a piece."""


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """The examples of files that `models.recipe.mentions.prepare` wrote."""
    return [example for path in paths for example in pickle.loads(path.read_bytes())]
