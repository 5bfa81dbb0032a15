"""Teaches a shipped classifier what the filters of the people stage corrected in its answers.

    python -m models.recipe.relearn models/people --windows windows.npz --corrected corrected.npz --out FILE

The student begins with the shipped weights as they were rounded, and learns from four kinds of windows: those
of `models.recipe.refute` with a corrected word and those without, annotated ones, and silver ones. Of the
first two it learns the label distribution; of the others the labels and, as much, what it said before. The
mean of the weights along the way is taken and, with ``--share``, the mean of it and the shipped weights; the
shift of people and organisations is left to `models.recipe.export`.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.recipe.data import labels
from models.recipe.export import leant, read_onnx
from models.recipe.networks import Student, save
from models.recipe.prepare import NO_LABEL, SCHEME_IDS
from models.recipe.train import Sampler, Windows, evaluate, improve, load_windows, recase, schedule

SHARES = {"corrected": 0.3, "articles": 0.25, "gold": 0.25, "silver": 0.2}
"""Share of the batches."""
WEIGHT = 4.0
"""Weight of a corrected word."""


def load_corrected(path: Path) -> tuple[Windows, Tensor]:
    """The windows of `models.recipe.refute`, with ones for ``label`` where corrected; and the targets."""
    z = np.load(path)
    size = z["size"].astype(np.int64)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    changed = z["changed"]
    some = np.add.reduceat(changed, start) > 0
    windows = Windows(
        torch.tensor(z["piece"].astype(np.int32)),
        torch.tensor(z["case"]),
        torch.tensor(z["first"]),
        torch.tensor(z["may"]),
        torch.tensor(changed.astype(np.int64)),
        torch.tensor(start),
        torch.tensor(size),
        torch.tensor(some.astype(np.int64)),
        torch.zeros(0),
    )
    return windows, torch.tensor(z["target"])


def samplers(
    windows: Windows, articles: Windows, pieces: int, random: np.random.Generator
) -> dict[str, Sampler]:
    """What draws the windows of each kind."""
    chosen = {
        "corrected": (articles, articles.scheme == 1),
        "articles": (articles, (articles.scheme == 0) & (articles.size >= 20)),
        "gold": (windows, (windows.scheme == SCHEME_IDS["ww"]) & (windows.size >= 20)),
        "silver": (windows, (windows.scheme == SCHEME_IDS["silver"]) & (windows.size >= 30)),
    }
    return {
        kind: Sampler(of, torch.nonzero(which).flatten(), pieces, random)
        for kind, (of, which) in chosen.items()
    }


def to_targets(logits: Tensor, targets: Tensor, is_corrected: Tensor) -> Tensor:
    """How far the logits of words are from the distributions they should have."""
    weight = 1 + (WEIGHT - 1) * is_corrected
    apart = F.kl_div(F.log_softmax(logits, -1), targets, log_target=True, reduction="none").sum(-1)
    return (apart * weight).sum() / weight.sum()


def to_labels(logits: Tensor, label: Tensor, said: Tensor) -> Tensor:
    """How far the logits of words are from their labels and, as much, from what was said before."""
    ours, theirs = F.log_softmax(logits, -1), F.log_softmax(said, -1)
    return 0.5 * F.nll_loss(ours, label, ignore_index=NO_LABEL) + 0.5 * F.kl_div(
        ours, theirs, log_target=True, reduction="batchmean"
    )


def relearnt(
    student: Student,
    windows: Windows,
    corrected: tuple[Windows, Tensor],
    leans: Tensor,
    options: argparse.Namespace,
) -> Student:
    """``student`` after ``options.seconds``; ``leans`` are in the corrected targets, not in its logits."""
    random = np.random.default_rng(options.seed)
    articles, targets = corrected
    draw = samplers(windows, articles, options.pieces, random)
    before = copy.deepcopy(student).eval()
    student.train()
    student.drop = 0.0
    student.pieces.requires_grad_(False)
    learning = [p for p in student.parameters() if p.requires_grad]
    mean = copy.deepcopy(student)
    following = [m for m in mean.parameters() if m.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=options.rate, weight_decay=0.01)
    began, step = time.time(), 0
    losses: dict[str, list[float]] = {kind: [] for kind in SHARES}
    while (spent := time.time() - began) < options.seconds:
        for group in optimizer.param_groups:
            group["lr"] = options.rate * schedule(max(spent / options.seconds, 1e-3))
        kind = str(random.choice(list(SHARES), p=list(SHARES.values())))
        of = articles if kind in ("corrected", "articles") else windows
        which = draw[kind].draw()
        p, c, mask, index, first = of.batch(which)
        recased = recase(c, together=True, upper=options.changed, lower=options.changed)
        may = of.picked(which, index, (c != recased).any(1))
        asked = first & may
        at = index[asked]
        with torch.autocast("cpu", torch.bfloat16):
            logits = student(p, recased, mask, may)[asked].float()
            if of is windows:
                with torch.no_grad():
                    said = before(p, recased, mask, may)[asked].float()
        if of is articles:
            loss = to_targets(logits + leans, targets[at].float(), of.label[at])
        else:
            loss = to_labels(logits, of.label[at].long(), said)
        improve(optimizer, loss, learning, following, step)
        losses[kind].append(loss.item())
        step += 1
        if step % 100 == 0:
            print(
                step,
                {k: round(float(np.mean(v)), 4) for k, v in losses.items() if v},
                round(spent),
                flush=True,
            )
            losses = {k: [] for k in SHARES}
    return mean


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shipped", type=Path, help="the folder of an exported model")
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument("--corrected", type=Path, required=True)
    parser.add_argument("--lean", action="append", default=[], metavar="KIND=NUMBER", help="what it has")
    parser.add_argument("--seconds", type=float, default=2400)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--changed", type=float, default=0.1, help="share of batches in capitals, in small")
    parser.add_argument("--share", type=float, default=1.0, help="weight of what was learnt in the result")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--evaluate", action="store_true", help="score the dev windows before and after")
    parser.add_argument("--pieces", type=int, default=1536, help="word pieces a batch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    leans = {kind: float(number) for kind, number in (lean.split("=") for lean in options.lean)}
    student = leant(read_onnx(options.shipped), {kind: -number for kind, number in leans.items()})
    windows, dev, offsets = load_windows(options.windows, "cpu")
    texts = json.loads(options.windows.with_suffix(".dev.json").read_text(encoding="utf-8"))
    if options.evaluate:
        print("before", json.dumps(evaluate(student, dev, offsets, texts, remap=None)), flush=True)
    added = torch.tensor([leans.get(label[2:], 0.0) for label in labels("ww")])
    before = copy.deepcopy(student)
    student = relearnt(student, windows, load_corrected(options.corrected), added, options)
    for learnt, shipped in zip(student.parameters(), before.parameters(), strict=True):
        learnt.data.lerp_(shipped.data, 1 - options.share)
    if options.evaluate:
        print("after", json.dumps(evaluate(student, dev, offsets, texts, remap=None)), flush=True)
    save(student, options.out)


if __name__ == "__main__":
    main()
