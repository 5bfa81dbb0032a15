"""Turns annotated figures into windows with labels, once.

    python -m models.recipe.mentions.prepare FILE.jsonl... --articles DIR --out windows.pkl

The windows are cut and marked as the shipped stage does it (`newsledger.stages.ledger.reading`). A party's
label lies on the annotated words and on every name of the window that is part of the party's full name.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.calibrate_ledger import read
from benchmarks.shared_data import pair
from models.recipe.mentions.annotations import Record, join, lines_of
from models.recipe.mentions.examples import UNKNOWN, Example
from newsledger.mention_model.window import Window, window
from newsledger.stages.ledger.context import contexts
from newsledger.stages.ledger.drafts import draft_of
from newsledger.stages.ledger.reading import HINTS, KINDS, MENTION_HEADS, WORD_HEADS, hints_of, marks_of
from newsledger.stages.names.model import load
from newsledger.values.mentions import NameSpan


def examples(annotated: Record) -> Iterator[Example]:
    """The annotated figures of an article that the money stage finds."""
    article = replace(read(annotated), title=annotated.get("title"))
    places = contexts(article)
    found = [(f.start_char, f.end_char) for f in article.figures]
    given = [(f["start"], f["end"]) for f in annotated["figures"]]
    tokenizer = load().tokenizer
    for at, index in pair(given, found):
        figure, place = annotated["figures"][at], places[index]
        if place is None:  # an equivalent takes all from the figure it translates
            continue
        window_ = window(
            article.layout,
            found[index],
            marks_of(article, index),
            hints_of(article, index, draft_of(place)),
            tokenizer=tokenizer,
            kinds=KINDS,
            hint_kinds=HINTS,
            title=article.title,
        )
        yield Example(
            annotated["id"],
            annotated["source"],
            figure["start"],
            window_,
            mention_labels(figure),
            word_labels(figure, window_, article.names, article.text),
        )


def mention_labels(figure: Record) -> dict[str, int]:
    """The number of the right label of each head of the mention."""
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


def word_labels(figure: Record, read: Window, spans: Sequence[NameSpan], text: str) -> dict[str, np.ndarray]:
    """The number of the right label of each piece, per head of the words."""
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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    annotated = [record for path in options.annotated for record in lines_of(path)]
    made = [example for article in join(annotated, options.articles) for example in examples(article)]
    options.out.write_bytes(pickle.dumps(made))
    print(len(made), "figures,", sum(len(e.window.pieces) for e in made) // len(made), "pieces a window")


if __name__ == "__main__":
    main()
