"""Scores a reader on prepared windows: how often each head is right, and how much it may say.

    python -m models.recipe.mentions.score windows.pkl (--reader FILE | --model FOLDER)

``all`` is the share of figures with the right label, ``at .90`` the largest share of figures that can be
answered, the surest first, with nine of ten right. Of words: a figure is found where the words said and the
words annotated overlap.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.recipe.mentions.examples import UNKNOWN, Example, read_examples
from models.recipe.mentions.heads import MENTION_HEADS, WORD_HEADS

Answers = tuple[dict[str, np.ndarray], dict[str, np.ndarray]]
"""Probabilities of the mentions and of the pieces for each, by head."""


def of_reader(path: Path, examples: Sequence[Example]) -> list[Answers]:
    """What a trained reader says, in floating point."""
    import torch

    from models.recipe.mentions.network import restore
    from models.recipe.mentions.train import inputs_of
    from newsledger.mention_model.model import columns

    reader = restore(path).eval()
    found: list[Answers] = []
    with torch.no_grad():
        for example in examples:
            mention, words = reader(inputs_of([example]))
            found.append(
                (
                    {h: mention[:, c].softmax(-1).numpy() for h, c in columns(MENTION_HEADS).items()},
                    {h: words[..., c].softmax(-1).numpy() for h, c in columns(WORD_HEADS).items()},
                )
            )
    return found


def of_model(folder: Path, examples: Sequence[Example]) -> list[Answers]:
    """What an exported model says."""
    from newsledger.mention_model.model import load, probabilities

    model = load(folder)
    found = []
    for example in examples:
        mention, words = model.logits(example.window)
        found.append((probabilities(mention, MENTION_HEADS), probabilities(words, WORD_HEADS)))
    return found


def report(examples: Sequence[Example], answers: Sequence[Answers]) -> None:
    """Print the scores."""
    for head in MENTION_HEADS:
        both = [
            (float(said.max()), int(said.argmax()) == right)
            for example, (mention, _) in zip(examples, answers, strict=True)
            for said, right in zip(mention[head], example.mention[head], strict=True)
            if right != UNKNOWN
        ]
        right = np.array([hit for _, hit in sorted(both, key=lambda one: -one[0])])
        share = np.flatnonzero(right.cumsum() / np.arange(1, len(right) + 1) >= 0.9)
        at = (share[-1] + 1) / len(right) if len(share) else 0.0
        print(f"{head:12} all {right.mean():.3f}   at .90 {at:.3f}   of {len(right)}")
    for head, labels in WORD_HEADS.items():
        for number, label in enumerate(labels[1:], start=1):
            hits = misses = wrong = 0
            for example, (_, words) in zip(examples, answers, strict=True):
                gold, found = example.words[head] == number, words[head].argmax(-1) == number
                hit = (gold & found).any(-1)
                hits += hit.sum()
                misses += (gold.any(-1) & ~hit).sum()
                wrong += (found.any(-1) & ~hit).sum()
            f1 = 2 * hits / max(1, 2 * hits + misses + wrong)
            print(f"{label:12} F1 {f1:.3f}   of {hits + misses}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("windows", type=Path, nargs="+")
    parser.add_argument("--reader", type=Path)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    examples = read_examples(options.windows)
    said = of_reader(options.reader, examples) if options.reader else of_model(options.model, examples)
    report(examples, said)


if __name__ == "__main__":
    main()
