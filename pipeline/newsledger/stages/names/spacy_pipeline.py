"""Takes name spans from a spaCy pipeline of the user's choice instead of the shipped classifier."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from newsledger.stages.names.model import ModelError
from newsledger.values.mentions import NameLabel, NameSpan

if TYPE_CHECKING:
    from newsledger.document.layout import Layout

LABELS: dict[str, NameLabel] = {
    "PERSON": "PER",
    "PER": "PER",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "FAC",
    "ORG": "ORG",
    "NORP": "NORP",
    "MISC": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "MONEY": "MONEY",
    "DATE": "DATE",
}
"""Entity labels of spaCy's English pipelines (OntoNotes) and of CoNLL-style ones, in our terms."""


@lru_cache(maxsize=2)
def load(name: str) -> Any:
    """Load a spaCy pipeline by package name or folder; raises :class:`ModelError` where there is none."""
    import spacy

    try:
        return spacy.load(name)
    except (OSError, ValueError) as error:
        line = " ".join(str(error).split())
        raise ModelError(f"{name!r} is neither a model folder nor a spaCy pipeline: {line[:200]}") from error


def find(layout: Layout, nlp: Any) -> list[NameSpan]:
    """Spans of the pipeline's entities, each segment read for itself, so that none crosses a heading."""
    text = layout.text
    found = []
    docs = nlp.pipe(text[s.start : s.end] for s in layout.segments)
    for segment, doc in zip(layout.segments, docs, strict=True):
        for entity in doc.ents:
            label = LABELS.get(entity.label_)
            if label is None:
                continue
            start, end = segment.start + entity.start_char, segment.start + entity.end_char
            found.append(NameSpan(start_char=start, end_char=end, surface=text[start:end], label=label))
    return found
