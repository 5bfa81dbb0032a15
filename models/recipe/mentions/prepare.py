"""Turns annotated figures into windows with labels, once.

    python -m models.recipe.mentions.prepare FILE.jsonl... --articles DIR --out windows.pkl

The windows are cut and marked as the shipped stage does it (`newsledger.stages.ledger.combined`). A party's
label lies on the annotated words and on every name of the window that is part of the party's full name.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.calibrate_ledger import read
from benchmarks.shared_data import pair
from models.recipe.mentions.annotations import Record, arguments, join, lines_of
from models.recipe.mentions.examples import UNKNOWN, Example
from models.recipe.mentions.heads import HINTS, KINDS, MENTION_HEADS, WORD_HEADS
from newsledger.mention_model.window import Vocabulary, Window, windows
from newsledger.stages.ledger.clause import draft_of
from newsledger.stages.ledger.combined import parts
from newsledger.stages.ledger.context import Article, contexts
from newsledger.stages.names.model import load
from newsledger.values.mentions import NameSpan


def examples(annotated: Record) -> Iterator[Example]:
    """The annotated figures of an article that the money stage finds, window by window."""
    article = read(annotated)
    found = [(f.start_char, f.end_char) for f in article.figures]
    given = [(f["start"], f["end"]) for f in annotated["figures"]]
    of = {index: annotated["figures"][at] for at, index in pair(given, found)}
    for window in windows_of(article):
        figures = [of.get(index) for index in window.mentions]
        mention = [mention_labels(figure) for figure in figures]
        words = [word_labels(figure, window, article.names, article.text) for figure in figures]
        if any(figures):
            yield Example(
                annotated["id"],
                annotated["source"],
                window,
                {head: np.array([one[head] for one in mention]) for head in MENTION_HEADS},
                {head: np.stack([one[head] for one in words]) for head in WORD_HEADS},
            )


def windows_of(article: Article) -> Iterator[Window]:
    """The windows of all figures but the equivalents, which take all from the figure they translate."""
    drafts = {c.index: draft_of(c) for c in contexts(article) if c is not None}
    for targets, marks, hints in parts(article, drafts):
        known = Vocabulary(load().tokenizer, KINDS, HINTS)
        yield from windows(article.layout, targets, marks, hints, known, title=article.title)


def mention_labels(figure: Record | None) -> dict[str, int]:
    """The number of the right label of each head of the mention."""
    if figure is None:
        return dict.fromkeys(MENTION_HEADS, UNKNOWN)
    flags = figure.get("flags", [])
    money = "not_money" not in flags
    given = {
        "class": figure.get("class") if money else "",
        "status": figure.get("status") if money else None,
        "comparison": figure.get("comparison", "current") if money else None,
    }
    return {
        head: labels.index(given[head]) if given[head] in labels else UNKNOWN
        for head, labels in MENTION_HEADS.items()
    }


def word_labels(
    figure: Record | None, read: Window, spans: Sequence[NameSpan], text: str
) -> dict[str, np.ndarray]:
    """The number of the right label of each piece, per head of the words."""
    if figure is None:
        return {head: np.full(len(read.pieces), UNKNOWN) for head in WORD_HEADS}
    found = {head: np.zeros(len(read.pieces), np.int64) for head in WORD_HEADS}
    for head in ("measure", "purpose", "cue", "period"):
        if figure.get(head):
            found[head][read.over(*figure[head])] = 1
    if source := (figure.get("source") or {}).get("words"):
        found["source"][read.over(*source)] = 1
    for party in figure.get("parties", []):
        number = WORD_HEADS["party"].index(party["role"])
        full = text[slice(*party["name"])] if party.get("name") else ""
        for start, end in [party["words"], *_parts_of(full, spans)] if party.get("words") else []:
            found["party"][read.over(start, end)] = number
    return found


def _parts_of(full: str, spans: Sequence[NameSpan]) -> list[tuple[int, int]]:
    """Names that are the full name or some of its words."""
    words = full.split()
    return [
        (span.start_char, span.end_char)
        for span in spans
        if full and span.label != "MISC" and len(span.surface) > 3 and _is_part(span.surface.split(), words)
    ]


def _is_part(some: list[str], words: list[str]) -> bool:
    some = some[1:] if some[0].lower() == "the" else some
    return any(words[n : n + len(some)] == some for n in range(len(words) - len(some) + 1))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    annotated = [record for path in options.annotated for record in lines_of(path)]
    made = [example for article in join(annotated, options.articles) for example in examples(article)]
    options.out.write_bytes(pickle.dumps(made))
    pieces = sum(len(e.window.pieces) for e in made) // len(made)
    print(
        len(made),
        "windows,",
        sum(len(e.window.mentions) for e in made),
        "figures,",
        pieces,
        "pieces a window",
    )


if __name__ == "__main__":
    main()
