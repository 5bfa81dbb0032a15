"""Trains the mention model on prepared windows.

    python -m models.recipe.mentions.train windows.pkl --student model.fp16.safetensors \
        --out reader.safetensors [--layers 0,1,2,3,4,5] [--passes 8] [--threads 2]

Half precision (bfloat16) in the products; the seed is fixed.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.recipe.mentions.examples import UNKNOWN, Example, read_examples
from models.recipe.mentions.network import Design, Reader, from_student, save
from models.recipe.networks import Shape
from newsledger.stages.ledger.reading import HINTS, KINDS, MENTION_HEADS, WORD_HEADS

BATCH = 16
MENTION_WEIGHTS = {"class": 1.0, "status": 1.0, "comparison": 0.5}
WORD_WEIGHTS = {"party": 0.25}
OTHER_WORDS = 0.15

Inputs = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]


def columns(heads: dict[str, Sequence[str]]) -> dict[str, slice]:
    """Which columns of the logits belong to each head."""
    bounds = np.cumsum([0, *map(len, heads.values())]).tolist()
    return {head: slice(*bound) for head, bound in zip(heads, pairwise(bounds), strict=True)}


def inputs_of(examples: Sequence[Example]) -> Inputs:
    """Pieces, cases, kinds, hints and mask, padded."""
    longest = max(len(e.window.pieces) for e in examples)

    def padded(name: str) -> Tensor:
        table = np.zeros((len(examples), longest), np.int64)
        for row, example in enumerate(examples):
            column = getattr(example.window, name)
            table[row, : len(column)] = column
        return torch.from_numpy(table)

    sizes = torch.tensor([len(e.window.pieces) for e in examples])
    mask = torch.arange(longest) < sizes[:, None]
    return padded("pieces"), padded("cases"), padded("kinds"), padded("hints"), mask


def loss_of(mention: Tensor, words: Tensor, examples: Sequence[Example]) -> Tensor:
    """Weighted cross-entropy over all heads; words are summed over a window, figures averaged."""
    total = mention.sum() * 0
    for head, part in columns(MENTION_HEADS).items():
        right = torch.tensor([e.mention[head] for e in examples])
        if (right != UNKNOWN).any():
            loss = F.cross_entropy(mention[:, part].float(), right, ignore_index=UNKNOWN)
            total = total + MENTION_WEIGHTS[head] * loss
    for head, part in columns(WORD_HEADS).items():
        right = torch.full(words.shape[:2], UNKNOWN)
        for row, example in enumerate(examples):
            labels = torch.from_numpy(example.words[head])
            right[row, : len(labels)] = labels
        loss = F.cross_entropy(
            words[..., part].float().transpose(1, 2), right, ignore_index=UNKNOWN, reduction="sum"
        )
        total = total + WORD_WEIGHTS.get(head, OTHER_WORDS) * loss / len(examples)
    return total


def batches(examples: Sequence[Example], seed: int) -> list[list[Example]]:
    """Shuffled batches of windows of about equal length."""
    random_ = random.Random(seed)
    order = random_.sample(list(examples), len(examples))
    found = []
    for n in range(0, len(order), BATCH * 8):
        near = sorted(order[n : n + BATCH * 8], key=lambda e: len(e.window.pieces))
        found += [near[k : k + BATCH] for k in range(0, len(near), BATCH)]
    random_.shuffle(found)
    return found


def train(reader: Reader, examples: Sequence[Example], *, passes: int, rate: float, seed: int = 1) -> None:
    """Fit ``reader`` to ``examples``; what is new in it learns four times as fast as the encoder."""
    torch.manual_seed(seed)
    new = {"kinds", "hints", "words", "pool", "mention"}
    parts: dict[bool, list[Tensor]] = {True: [], False: []}
    for name, parameter in reader.named_parameters():
        parts[name.split(".")[0] in new].append(parameter)
    groups = [{"params": parts[False], "lr": rate}, {"params": parts[True], "lr": 4 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = passes * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    reader.train()
    for number in range(passes):
        began, total = time.monotonic(), 0.0
        made = batches(examples, seed + number)
        for batch in made:
            with torch.autocast("cpu", torch.bfloat16):
                mention, words = reader(*inputs_of(batch))
            loss = loss_of(mention, words, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"pass {number}: loss {total / len(made):.3f}, {time.monotonic() - began:.0f} s", flush=True)


def main() -> None:
    from safetensors.torch import load_file

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("windows", type=Path, nargs="+")
    parser.add_argument("--student", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default="0,1,2,3,4,5")
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    layers = [int(n) for n in options.layers.split(",")]
    design = Design(
        Shape(layers=len(layers), inner=1536, activation="gelu"),
        kinds=len(KINDS) + 1,
        hints=len(HINTS) + 1,
        mention=sum(map(len, MENTION_HEADS.values())),
        words=sum(map(len, WORD_HEADS.values())),
    )
    reader = from_student(design, load_file(str(options.student)), layers)
    examples = read_examples(options.windows)
    train(reader, examples, passes=options.passes, rate=options.rate)
    save(reader, options.out)


if __name__ == "__main__":
    main()
