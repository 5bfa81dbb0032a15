"""Windows of figures that nobody annotated, with what a trained teacher says of them.

    python -m models.recipe.mentions.teach windows --articles DIR --without FILE.jsonl... --out windows.pkl
    python -m models.recipe.mentions.teach ask windows.pkl --teacher reader.safetensors --out taught.pkl

``windows`` cuts the windows of all articles but those of the annotated files, ``ask`` adds the answers.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.recipe.mentions.annotations import Record, lines_of, text_hash
from models.recipe.mentions.examples import UNKNOWN, Example, read_examples
from models.recipe.mentions.heads import MENTION_HEADS, WORD_HEADS

_TOGETHER = 24


def unlabelled(article: Record, source: str) -> Iterator[Example]:
    """The windows of the figures of an article, without labels."""
    from benchmarks.calibrate_ledger import read
    from models.recipe.mentions.prepare import windows_of

    for window in windows_of(replace(read(article), title=article.get("title"))):
        shape = window.targets.shape
        yield Example(
            article["id"],
            source,
            window,
            {head: np.full(shape[0], UNKNOWN) for head in MENTION_HEADS},
            {head: np.full(shape, UNKNOWN, np.int16) for head in WORD_HEADS},
        )


def asked(examples: Sequence[Example], teacher: Path) -> Iterator[Example]:
    """The examples with the probabilities of the teacher."""
    import torch

    from models.recipe.mentions.network import restore
    from models.recipe.mentions.train import inputs_of
    from newsledger.mention_model.model import columns

    reader = restore(teacher).eval()
    order = sorted(examples, key=lambda e: len(e.window.pieces))
    for n in range(0, len(order), _TOGETHER):
        batch = order[n : n + _TOGETHER]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            said = [logits.float() for logits in reader(inputs_of(batch))]
        for logits, heads in zip(said, (MENTION_HEADS, WORD_HEADS), strict=True):
            for part in columns(heads).values():
                logits[..., part] = logits[..., part].softmax(-1)
        mention, words = (logits.numpy().astype(np.float16) for logits in said)
        row = 0
        for example in batch:
            rows = slice(row, row + len(example.window.mentions))
            yield replace(example, soft=(mention[rows], words[rows, : len(example.window.pieces)]))
            row = rows.stop


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["windows", "ask"])
    parser.add_argument("windows", type=Path, nargs="?")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if options.what == "ask":
        made = list(asked(read_examples([options.windows]), options.teacher))
    else:
        known = {record["text_sha256"] for path in options.without for record in lines_of(path)}
        made = [
            example
            for path in sorted(options.articles.glob("*.jsonl.gz"))
            for article in lines_of(path)
            if text_hash(article["text"]) not in known
            for example in unlabelled(article, path.name.split(".")[0])
        ]
    options.out.write_bytes(pickle.dumps(made))
    print(len(made), "windows")


if __name__ == "__main__":
    main()
