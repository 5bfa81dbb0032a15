"""Finds the name spans of a text with the token classifier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from pipeline.layout import Layout, lay_out
from pipeline.mentions import NameLabel, NameSpan

if TYPE_CHECKING:
    from pipeline.stages.names.model import NameModel

WINDOW = 120
"""Word pieces per window: longer ones gain no accuracy on dev and cost attention time."""


def find(text: str, *, layout: Layout | None = None, model: NameModel | str | Path | None = None) -> list[NameSpan]:
    """Find people, places, organisations, nationalities and other names in ``text``.

    ``model`` is a loaded model or the folder of one; default is the shipped one, loaded at first use.
    Spans come in text order, never overlap and never cross a segment of the layout.

    >>> [(s.label, s.surface) for s in find("Fumio Kishida spoke in Tokyo.")]
    [('PER', 'Fumio Kishida'), ('LOC', 'Tokyo')]
    """
    from pipeline.stages.names.model import NameModel, load
    from pipeline.stages.names.windows import split_words, windows

    if not isinstance(model, NameModel):
        model = load(Path(model) if model is not None else None)
    layout = layout or lay_out(text)
    words = split_words(layout, model.tokenizer)
    best = np.zeros(len(words.piece), np.int64)
    for start, end in windows(words, max_pieces=min(WINDOW, model.max_pieces)):
        best[start:end] = model.logits(words.piece[start:end], words.case[start:end]).argmax(-1)
    spans: list[list[int | str]] = []
    current_label, current_segment = "", -1
    for i in np.flatnonzero(words.first & (best > 0)).tolist():
        label = model.labels[best[i]]
        segment = int(words.segment[i])
        follows = spans and spans[-1][2] == _word_before(words.first, i)
        if label[0] == "B" or not follows or label[2:] != current_label or segment != current_segment:
            spans.append([int(words.start[i]), int(words.end[i]), i, label[2:]])
            current_label, current_segment = label[2:], segment
        else:
            spans[-1][1], spans[-1][2] = int(words.end[i]), i
    return [
        NameSpan(start_char=int(a), end_char=int(b), surface=text[int(a) : int(b)], label=cast("NameLabel", label))
        for a, b, _, label in spans
    ]


def _word_before(first: np.ndarray, i: int) -> int:
    """Row of the first piece of the word before the word that opens at row ``i`` (-1 if none)."""
    i -= 1
    while i >= 0 and not first[i]:
        i -= 1
    return i
