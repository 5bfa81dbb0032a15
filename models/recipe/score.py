"""Scores name spans on the dev split: plain, upper case, lower case, and lists of names.

    python -m models.recipe.score --data DIR [--model FOLDER] [--bare | --spacy NAME]

Strict-span F1: offsets and label must be equal. For PER a title at the front and a final possessive are
taken off both sides first. ``DIR`` holds ``gold.jsonl.gz``; only its dev split is read. ``--bare`` takes
the model's own answers, without what makes the mentions of an article agree.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from models.recipe.data import Document, lists, read, recased
from newsledger.document.layout import lay_out
from newsledger.stages import names
from newsledger.stages.names.candidates import is_cased, sentences_to_read
from newsledger.stages.names.decode import decode, log_probabilities
from newsledger.stages.names.model import NameModel, load
from newsledger.stages.names.windows import longest_window, split_words, windows

TITLE = re.compile(
    r"^(?:the |Mr\.? |Mrs\.? |Ms\.? |Dr\.? |President |Prime Minister |Sen\.? |Gen\.? |Lt\.? "
    r"|King |Prince |Sheikh )+",
    re.IGNORECASE,
)
Span = tuple[int, int, str]


def normal(text: str, span: Span) -> Span:
    start, end, label = span
    if label == "PER":
        title = TITLE.match(text[start:end])
        start += title.end() if title else 0
        if text[start:end].lower().endswith(("'s", "’s")):
            end -= 2
    return start, end, label


def f1(
    documents: Iterable[Document], find: Callable[[str], list[Span]], classes: Iterable[str]
) -> dict[str, tuple[float, int]]:
    """F1 and number of gold spans per class."""
    counts = {c: [0, 0, 0] for c in classes}
    for document in documents:
        gold = {normal(document.text, s) for s in document.spans}
        found = {normal(document.text, s) for s in find(document.text)}
        for c, n in counts.items():
            g, f = {s for s in gold if s[2] == c}, {s for s in found if s[2] == c}
            n[0] += len(g & f)
            n[1] += len(g)
            n[2] += len(f)
    return {c: (2 * n[0] / max(1, n[1] + n[2]), n[1]) for c, n in counts.items()}


def test_sets(data: Path) -> dict[str, list[Document]]:
    dev = [d for d in read(data / "gold.jsonl.gz") if d.split == "dev"]
    return {
        "plain": dev,
        "upper": [recased(d, "upper") for d in dev],
        "lower": [recased(d, "lower") for d in dev],
        "lists": lists(dev),
        "lists lower": [recased(d, "lower") for d in lists(dev)],
    }


def bare(text: str, model: NameModel) -> list[Span]:
    """The spans of the model alone, window by window."""
    layout = lay_out(text)
    cased = is_cased(layout)
    words = split_words(layout, model.tokenizer, sentences_to_read(layout, cased=cased), cased=cased)
    spans: list[Span] = []
    for start, end in windows(words, max_pieces=longest_window(model.max_pieces, cased=cased)):
        logits = model.logits(words.piece[start:end], words.case[start:end], words.candidate[start:end])
        at = np.flatnonzero(words.first[start:end])
        for i, j, label in decode(log_probabilities(logits[at]), model.labels):
            spans.append((int(words.start[start + at[i]]), int(words.end[start + at[j]]), label))
    return spans


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--bare", action="store_true", help="the model alone, without agreement")
    parser.add_argument("--spacy", default=None, help="score a spaCy pipeline instead")
    options = parser.parse_args()
    if options.spacy:
        import spacy

        nlp = spacy.load(options.spacy)
        same = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG", "NORP": "NORP", "FAC": "FAC"}

        def find(text: str) -> list[Span]:
            return [(e.start_char, e.end_char, same.get(e.label_, "MISC")) for e in nlp(text).ents]
    elif options.bare:
        model = load(options.model)

        def find(text: str) -> list[Span]:
            return bare(text, model)
    else:

        def find(text: str) -> list[Span]:
            return [(s.start_char, s.end_char, s.label) for s in names.find(text, model=options.model)]

    classes = ("PER", "LOC", "NORP", "ORG", "FAC", "MISC")
    print("set          " + "".join(f"{c:>8}" for c in classes))
    for name, documents in test_sets(options.data).items():
        result = f1(documents, find, classes)
        print(f"{name:13}" + "".join(f"{v:8.3f}" if n else "       -" for v, n in result.values()))


if __name__ == "__main__":
    main()
