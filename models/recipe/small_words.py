"""Finds the words without capitals that stand in names, for ``small_words.tsv`` of the names stage.

    python -m models.recipe.small_words --data DIR --tokenizer FILE --out FILE

Words of the annotated train split and of the silver text are counted inside and outside names, by where
they stand: between two words with capitals, before one, after one, or apart from any. Those that are often
enough part of a name are kept.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from models.recipe.data import Document, read
from newsledger.document.layout import lay_out
from newsledger.stages.names.candidates import MAX_GAP, word_shape
from newsledger.stages.names.windows import split_words

PLACES = {"inside": 0.02, "before": 0.04, "after": 0.04, "alone": 0.2}
"""Where a word stands -> the least share of its occurrences there that are part of a name."""
LEAST = 5
"""Words seen less often in names are left out."""
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d{1,2}")


def count(
    document: Document, tokenizer: Tokenizer, inside: dict[str, Counter], outside: dict[str, Counter]
) -> None:
    """Add the words of a document."""
    words = split_words(lay_out(document.text), tokenizer)
    at = np.flatnonzero(words.first)
    starts, ends, sentence = words.start[at].tolist(), words.end[at].tolist(), words.sentence[at].tolist()
    surfaces = [document.text[a:b] for a, b in zip(starts, ends, strict=True)]
    capital = [word_shape(surface).capital for surface in surfaces]
    named = np.zeros(len(document.text), bool)
    for start, end, label in document.spans:
        if label not in ("MONEY", "DATE"):
            named[start:end] = True

    def near(i: int, step: int, reach: int) -> int:
        for distance in range(1, reach + 1):
            k = i + step * distance
            if not 0 <= k < len(surfaces) or sentence[k] != sentence[i]:
                return 0
            if capital[k]:
                return distance
        return 0

    for i, surface in enumerate(surfaces):
        if capital[i]:
            continue
        left, right = near(i, -1, MAX_GAP), near(i, 1, MAX_GAP)
        if left and right and left + right <= MAX_GAP + 1:
            place = "inside"
        elif left == 1:
            place = "after"
        elif right == 1:
            place = "before"
        else:
            place = "alone"
        (inside if named[starts[i]] else outside)[place][surface.lower()] += 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--silver", type=int, default=4000, help="so many silver documents")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(options.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    gold = [d for d in read(options.data / "gold.jsonl.gz") if (d.scheme, d.split) == ("ww", "train")]
    silver = read(options.data / "silver.jsonl.gz")
    random.Random(1).shuffle(silver)
    inside: dict[str, Counter] = {place: Counter() for place in PLACES}
    outside: dict[str, Counter] = {place: Counter() for place in PLACES}
    for document in [*gold, *silver[: options.silver]]:
        count(document, tokenizer, inside, outside)
    lines = []
    for place, share in PLACES.items():
        kept = [
            word
            for word, n in inside[place].items()
            if n >= LEAST and n >= share * (n + outside[place][word]) and _WORD.fullmatch(word)
        ]
        lines.append(f"{place}\t{' '.join(sorted(kept))}\n")
    options.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
