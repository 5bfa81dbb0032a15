"""Loads the token classifier and runs it: ONNX Runtime, one thread, one window at a time.

Or else a spaCy pipeline of the user's choice.

One window at a time: the dynamic quantisation of activations looks at a whole batch, so that in a batch an
article's spans would depend on its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from newsledger.mention_model.encoder import CLS, SEP, load_encoder
from newsledger.mention_model.encoder import ModelError as ModelError
from newsledger.values.mentions import NameLabel, NameSpan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsledger.document.layout import Layout

_NO_NAME = 30.0
"""Logit of "no name" for a piece that the upper layers do not read."""


@dataclass(frozen=True, eq=False)
class NameModel:
    """A loaded classifier: ``labels[i]`` names column i of the logits."""

    labels: tuple[str, ...]
    max_pieces: int
    sha256: str
    tokenizer: Any
    session: Any
    inputs: frozenset[str]
    """Inputs of the graph: ``ids`` and ``case``, and perhaps ``may`` and ``others``."""

    def logits(
        self, pieces: NDArray[np.int64], case: NDArray[np.int64], candidate: NDArray[np.bool_]
    ) -> NDArray[np.float32]:
        """Logits of one window, shape (pieces, labels).

        Where the upper layers read only the ``candidate`` pieces of names, the others get zeros and a high
        value for the first label, which is "no name".
        """
        n = len(pieces)
        ids, cases = np.concatenate([[CLS], pieces, [SEP]]), np.concatenate([[0], case, [0]])
        feed = {"ids": ids[None], "case": cases[None]}
        if "may" not in self.inputs:
            whole: NDArray[np.float32] = self.session.run(None, feed)[0][0, 1:-1]
            return whole
        read = np.flatnonzero(candidate)
        feed["may"] = np.concatenate([[0], read + 1])
        feed["others"] = np.concatenate([np.flatnonzero(~candidate) + 1, [n + 1]])
        out = np.zeros((n, len(self.labels)), np.float32)
        out[:, 0] = _NO_NAME
        if len(read):
            out[read] = self.session.run(None, feed)[0][0, 1:]
        return out


def shipped_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/people`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "people"


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder of a classifier in our own form."""
    return (path / "model.int8.onnx").is_file()


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> NameModel:
    """Load the classifier in ``folder`` (default: the shipped one); kept for the life of the process.

    Raises :class:`ModelError` if a file is missing or differs from the checksum in ``config.json``.
    """
    encoder = load_encoder(folder or shipped_folder(), "people model")
    return NameModel(
        labels=tuple(encoder.config["labels"]),
        max_pieces=int(encoder.config["max_pieces"]),
        sha256=encoder.sha256,
        tokenizer=encoder.tokenizer,
        session=encoder.session,
        inputs=frozenset(i.name for i in encoder.session.get_inputs()),
    )


_LABELS_OF_PIPELINES: dict[str, NameLabel] = {
    "PERSON": "PER", "PER": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC", "ORG": "ORG", "NORP": "NORP",
    "MISC": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "EVENT": "MISC", "PRODUCT": "MISC",
    "MONEY": "MONEY", "DATE": "DATE",
}  # fmt: skip
"""Entity labels of spaCy's English pipelines (OntoNotes) and of CoNLL-style ones, in our terms."""


@lru_cache(maxsize=2)
def _pipeline(name: str) -> Any:
    """Load a spaCy pipeline by package name or folder; raises :class:`ModelError` if there is none."""
    import spacy

    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        line = " ".join(str(error).split())
        raise ModelError(f"{name!r} is neither a model folder nor a spaCy pipeline: {line[:200]}") from error


def spans_of_pipeline(layout: Layout, name: str) -> list[NameSpan]:
    """Spans of a pipeline's entities, each segment read for itself, so that none crosses a heading."""
    text = layout.text
    found = []
    docs = _pipeline(name).pipe(text[s.start : s.end] for s in layout.segments)
    for segment, doc in zip(layout.segments, docs, strict=True):
        for entity in doc.ents:
            label = _LABELS_OF_PIPELINES.get(entity.label_)
            if label is None:
                continue
            start, end = segment.start + entity.start_char, segment.start + entity.end_char
            found.append(NameSpan(start_char=start, end_char=end, surface=text[start:end], label=label))
    return found
