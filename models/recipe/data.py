"""Reads the training data and makes the test sets of changed casing and of lists.

A document is ``{"scheme", "split", "source", "text", "spans": [[start, end, label], ...]}``, one JSON
object a line, gzipped. ``scheme`` names the set of labels the document was annotated with:
``ww`` (PER LOC FAC ORG NORP MISC MONEY DATE), ``c4`` (PER LOC ORG MISC) or ``gmb``.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

SCHEMES: dict[str, tuple[str, ...]] = {
    "ww": ("PER", "LOC", "FAC", "ORG", "NORP", "MISC", "MONEY", "DATE"),
    "c4": ("PER", "LOC", "ORG", "MISC"),
    "gmb": ("PER", "LOC", "GPE", "ORG", "DATE", "MISC"),
}


def labels(scheme: str) -> list[str]:
    """BIO labels of a scheme; the first is O.

    >>> labels("c4")[:3]
    ['O', 'B-PER', 'I-PER']
    """
    return ["O", *(prefix + label for label in SCHEMES[scheme] for prefix in ("B-", "I-"))]


@dataclass(frozen=True)
class Document:
    text: str
    spans: tuple[tuple[int, int, str], ...]
    scheme: str = "ww"
    split: str = "train"
    source: str = ""


def read(path: Path) -> list[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        Document(
            r["text"],
            tuple((s, e, label) for s, e, label in r["spans"]),
            r.get("scheme", "silver"),
            r.get("split", "train"),
            r["source"],
        )
        for r in records
    ]


def recased(document: Document, how: str) -> Document:
    """The document in "upper" or "lower" case; characters whose change would move offsets stay."""
    change = str.upper if how == "upper" else str.lower
    text = "".join(c if len(change(c)) != 1 else change(c) for c in document.text)
    return replace(document, text=text)


_FRAMES = (
    "Those present were {names}.",
    "The committee named {names} on Tuesday.",
    "Winners: {names}",
    "The following were elected:\n\n{lines}",
    "In attendance:\n{lines}\n\nThe meeting ended at noon.",
    "({names})",
)


def lists(documents: list[Document], *, seed: int = 7, number: int = 60) -> list[Document]:
    """Lists of people made of the full names in ``documents``: in a sentence, in brackets, a line each."""
    random_ = random.Random(seed)
    names = sorted(
        {
            " ".join(d.text[s:e].split())
            for d in documents
            for s, e, label in d.spans
            if label == "PER"
            and re.fullmatch(r"[A-Z][\w.'’-]+(?: (?:[a-z]{1,4} )?[A-Z][\w.'’-]+){1,3}", d.text[s:e])
        }
    )
    made = []
    for i in range(number):
        picked = random_.sample(names, random_.randint(3, 8))
        frame = _FRAMES[i % len(_FRAMES)]
        joined = ", ".join(picked[:-1]) + (" and " if i % 2 else ", ") + picked[-1]
        text = frame.format(names=joined, lines="\n".join(picked))
        spans, at = [], 0
        for name in picked:
            at = text.index(name, at)
            spans.append((at, at + len(name), "PER"))
            at += len(name)
        made.append(Document(text, tuple(spans), "ww", "dev", "lists"))
    return made
