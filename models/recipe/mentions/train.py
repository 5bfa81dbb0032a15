"""Trains the mention model on prepared windows.

    python -m models.recipe.mentions.train windows.pkl --student model.fp16.safetensors \
        --out reader.safetensors [--layers 0,1,2,3,4,5] [--passes 8] [--threads 2]

Half precision (bfloat16) in the products; the seed is fixed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.recipe.mentions.examples import UNKNOWN, Example, read_examples
from models.recipe.mentions.heads import HINTS, KINDS, MENTION_HEADS, WORD_HEADS
from models.recipe.mentions.network import Design, Inputs, Reader, from_mpnet, from_student, restore, save
from models.recipe.networks import Shape, read_weights, vocabulary_map
from newsledger.mention_model.model import columns

BATCH = 16
MENTION_WEIGHTS = {"class": 1.0, "status": 1.0, "comparison": 0.5}
WORD_WEIGHTS = {"party": 0.25}
OTHER_WORDS = 0.15
_KEPT = 4
"""Lower layers of MPNet that stay as they are: a quarter of the time, and few examples."""


def inputs_of(examples: Sequence[Example]) -> Inputs:
    """The windows of examples, padded."""
    longest = max(len(e.window.pieces) for e in examples)

    def padded(name: str) -> Tensor:
        return torch.from_numpy(_stacked([getattr(e.window, name)[None] for e in examples], longest, 0))

    sizes = torch.tensor([len(e.window.pieces) for e in examples])
    return Inputs(
        *(padded(name) for name in ("pieces", "cases", "kinds", "hints")),
        mask=torch.arange(longest) < sizes[:, None],
        rows=torch.tensor([n for n, e in enumerate(examples) for _ in e.window.mentions]),
        targets=torch.from_numpy(_stacked([e.window.targets for e in examples], longest, 0)),
    )


def _stacked(parts: Sequence[np.ndarray], longest: int, filling: int) -> np.ndarray:
    """Tables (rows, pieces) one under the other, filled up to ``longest`` pieces."""
    return np.concatenate(
        [np.pad(p, ((0, 0), (0, longest - p.shape[1])), constant_values=filling) for p in parts]
    )


def loss_of(mention: Tensor, words: Tensor, examples: Sequence[Example]) -> Tensor:
    """Weighted cross-entropy over all heads; words are summed over a window, figures averaged."""
    total = mention.sum() * 0
    for head, part in columns(MENTION_HEADS).items():
        right = torch.from_numpy(np.concatenate([e.mention[head] for e in examples]))
        if (right != UNKNOWN).any():
            loss = F.cross_entropy(mention[:, part].float(), right, ignore_index=UNKNOWN)
            total = total + MENTION_WEIGHTS[head] * loss
    for head, part in columns(WORD_HEADS).items():
        right = torch.from_numpy(_stacked([e.words[head] for e in examples], words.shape[1], UNKNOWN))
        loss = F.cross_entropy(
            words[..., part].float().transpose(1, 2), right, ignore_index=UNKNOWN, reduction="sum"
        )
        total = total + WORD_WEIGHTS.get(head, OTHER_WORDS) * loss / len(mention)
    return total


def taught_loss(mention: Tensor, words: Tensor, examples: Sequence[Example]) -> Tensor:
    """Weighted cross-entropy against what a teacher says; what padding says does not count."""
    softs = [e.soft for e in examples if e.soft is not None]
    of_mention = torch.from_numpy(np.concatenate([soft[0] for soft in softs]).astype(np.float32))
    of_words = np.zeros(tuple(words.shape), np.float32)
    row = 0
    for _, soft in softs:
        of_words[row : row + len(soft), : soft.shape[1]] = soft
        row += len(soft)
    total = mention.sum() * 0
    for head, part in columns(MENTION_HEADS).items():
        loss = -(of_mention[:, part] * mention[:, part].float().log_softmax(-1)).sum(-1).mean()
        total = total + MENTION_WEIGHTS[head] * loss
    said = torch.from_numpy(of_words)
    for head, part in columns(WORD_HEADS).items():
        loss = -(said[..., part] * words[..., part].float().log_softmax(-1)).sum()
        total = total + WORD_WEIGHTS.get(head, OTHER_WORDS) * loss / len(mention)
    return total


def batches(examples: Sequence[Example], seed: int) -> list[list[Example]]:
    """Shuffled batches of windows of about equal length, taught and annotated ones apart."""
    random_ = random.Random(seed)
    found = []
    for some in ([e for e in examples if e.soft is None], [e for e in examples if e.soft is not None]):
        order = random_.sample(some, len(some))
        for n in range(0, len(order), BATCH * 8):
            near = sorted(order[n : n + BATCH * 8], key=lambda e: len(e.window.pieces))
            found += [near[k : k + BATCH] for k in range(0, len(near), BATCH)]
    random_.shuffle(found)
    return found


def train(
    reader: Reader, examples: Sequence[Example], *, passes: int, rate: float, lead: float = 4, seed: int = 1
) -> None:
    """Fit ``reader`` to ``examples``; what is new in it learns ``lead`` times as fast as the encoder."""
    torch.manual_seed(seed)
    new = {"kinds", "hints", "target", "words", "pool", "mention"}
    if reader.design.buckets:
        new.add("cases")  # MPNet does not know letter case
    parts: dict[bool, list[Tensor]] = {True: [], False: []}
    for name, parameter in reader.named_parameters():
        if parameter.requires_grad:
            parts[name.split(".")[0] in new].append(parameter)
    groups = [{"params": parts[False], "lr": rate}, {"params": parts[True], "lr": lead * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = passes * len(batches(examples, seed))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    reader.train()
    for number in range(passes):
        began, total = time.monotonic(), 0.0
        made = batches(examples, seed + number)
        for done, batch in enumerate(made, start=1):
            with torch.autocast("cpu", torch.bfloat16):
                mention, words = reader(inputs_of(batch))
            loss = (loss_of if batch[0].soft is None else taught_loss)(mention, words, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parts[False] + parts[True], 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            if done % 20 == 0:
                spent = time.monotonic() - began
                print(
                    f"pass {number} step {done} of {len(made)}: {total / done:.3f}, {spent:.0f} s", flush=True
                )


def design_of(shape: Shape, **more: int) -> Design:
    """The design of a reader of figures."""
    return Design(
        shape,
        kinds=len(KINDS) + 1,
        hints=len(HINTS) + 1,
        mention=sum(map(len, MENTION_HEADS.values())),
        words=sum(map(len, WORD_HEADS.values())),
        **more,
    )


def main() -> None:
    from safetensors.torch import load_file

    from models.recipe.mentions.export import read_onnx

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("windows", type=Path, nargs="+")
    parser.add_argument("--student", type=Path, help="weights of the names student to start from")
    parser.add_argument("--mpnet", type=Path, help="or the folder of MPNet, for a teacher")
    parser.add_argument(
        "--tokens", type=Path, help="vocabulary of the student, one piece a line (with --mpnet)"
    )
    parser.add_argument(
        "--from", dest="begun", type=Path, help="or a trained reader, or a shipped one's folder"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default="0,1,2")
    parser.add_argument("--inner", type=int, default=768)
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--lead", type=float, default=4)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    if options.begun:
        reader = read_onnx(options.begun) if options.begun.is_dir() else restore(options.begun)
    elif options.mpnet:
        shape = Shape(layers=12, hidden=768, inner=3072, head_size=64, activation="gelu")
        rows = vocabulary_map(options.tokens, options.mpnet / "vocab.txt")
        reader = from_mpnet(design_of(shape, buckets=32), read_weights(options.mpnet), rows)
    else:
        layers = [int(n) for n in options.layers.split(",")]
        shape = Shape(layers=len(layers), inner=options.inner, activation="gelu")
        reader = from_student(design_of(shape), load_file(str(options.student)), layers)
    if reader.design.buckets:
        for part in (reader.pieces, reader.positions, *reader.layers[:_KEPT]):
            part.requires_grad_(False)
    train(reader, read_examples(options.windows), passes=options.passes, rate=options.rate, lead=options.lead)
    save(reader, options.out)


if __name__ == "__main__":
    main()
