"""Finds the name spans of a text with the token classifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from newsledger.document.layout import Layout, lay_out
from newsledger.stages.names.decode import decode, join_at_of, log_probabilities, share_scores, unify_labels
from newsledger.values import trace
from newsledger.values.mentions import NameLabel, NameSpan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsledger.stages.names.model import NameModel
    from newsledger.stages.names.windows import Words

MOST_PIECES = 400_000
"""Word pieces that are read of a text, more than those of a million characters of prose, where a short window
counts for `_LEAST`: so a text in which each character is a word takes no minute of the classifier."""
_LEAST = 100


def find(
    text: str, *, layout: Layout | None = None, model: NameModel | str | Path | None = None
) -> list[NameSpan]:
    """Find people, places, organisations, nationalities and other names in ``text``.

    ``model`` is a loaded model, the folder of one, or the name or folder of a spaCy pipeline; the default is
    the shipped model, loaded at first use. Spans are in text order, do not overlap and do not cross a
    segment of the layout. The same text always gives the same spans.
    Raises `newsledger.stages.names.model.ModelError` if ``model`` cannot be used.

    >>> [(s.label, s.surface) for s in find("Fumio Kishida spoke in Tokyo.")]
    [('PER', 'Fumio Kishida'), ('LOC', 'Tokyo')]
    """
    *_, spans = find_in_steps(text, layout=layout, model=model)
    assert spans is not None
    return spans


def find_in_steps(
    text: str, *, layout: Layout | None = None, model: NameModel | str | Path | None = None
) -> Iterator[list[NameSpan] | None]:
    """`find` in steps, the last of which gives the spans: the words, their scores, the spans.

    The classifier reads eight megabytes of weights for each window, which drives all else out of the
    processor's cache; so of many short texts each step is best taken with all in turn.
    """
    from newsledger.stages.names.candidates import is_cased, sentences_to_read
    from newsledger.stages.names.model import NameModel, is_folder, load, spans_of_pipeline
    from newsledger.stages.names.windows import longest_window, split_words, windows

    view = (layout or lay_out(text)).view
    text, layout = view.text, view.layout
    if isinstance(model, NameModel):
        pass
    elif model is None or is_folder(Path(model)):
        model = load(Path(model) if model is not None else None)
    else:
        yield list(view.written(spans_of_pipeline(layout, str(model))))
        return
    cased = is_cased(layout)
    words = split_words(layout, model.tokenizer, sentences_to_read(layout, cased=cased), cased=cased)
    yield None
    cuts = windows(words, max_pieces=longest_window(model.max_pieces, cased=cased))
    scores, end = _scores(words, cuts, model)
    if end < len(words.piece):
        why = "the text has too many words to look for names from here on"
        trace.tell(trace.Fault("names", text[words.start[end] :], why, "too_many_words"))
    yield None
    at = np.flatnonzero(words.first[:end])
    if not len(at):
        yield []
        return
    starts, ends = words.start[at].tolist(), words.end[at].tolist()
    own = log_probabilities(scores[at])
    shared = share_scores(own, [text[start:end] for start, end in zip(starts, ends, strict=True)])
    segment = words.segment[at]
    # A name ends with its paragraph, and before a sentence that was not read.
    runs = [
        i
        for i in (np.flatnonzero(np.diff(words.sentence[at])) + 1).tolist()
        if segment[i - 1] != segment[i] or any(map(str.isalnum, text[ends[i - 1] : starts[i]]))
    ]
    found = decode(shared, model.labels, runs)
    surfaces = [text[starts[i] : ends[j]] for i, j, _ in found]
    unified = unify_labels(found, surfaces, own, model.labels)
    joined = join_at_of(unified, surfaces, frozenset(runs))
    spans = [(starts[i], ends[j], kind) for i, j, kind in joined]
    named = [
        NameSpan(start_char=a, end_char=b, surface=text[a:b], label=cast("NameLabel", kind))
        for a, b, kind in spans
    ]
    yield list(view.written(named))


def _scores(
    words: Words, cuts: Iterable[tuple[int, int]], model: NameModel
) -> tuple[NDArray[np.float32], int]:
    """The logits of the word pieces, and how many of these were read; a window said before costs nothing."""
    scores = np.zeros((len(words.piece), len(model.labels)), np.float32)
    alike: dict[bytes, slice] = {}
    left = MOST_PIECES
    for start, end in cuts:
        one = slice(start, end)
        said = words.piece[one], words.case[one], words.candidate[one]
        before = alike.setdefault(sha256(b"".join(part.tobytes() for part in said)).digest(), one)
        if before is not one:
            scores[one] = scores[before]
            continue
        left -= max(end - start, _LEAST)
        if left < 0:
            return scores, start
        scores[one] = model.logits(*said)
    return scores, len(words.piece)
