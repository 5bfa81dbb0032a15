"""Makes a trained student faster: its upper layers read only the words that may be part of a name.

    python -m models.recipe.focus OUT/student.safetensors --windows windows.npz --out OUT/focused.safetensors

Three words in four of news stand in no name and show it by their letters
(`newsledger.stages.names.candidates`).
They matter as context only. Two steps, both made for a processor as well as a GPU:

1. :func:`focused`, without gradients. The first ``--whole`` layers go on reading every word. For the words
   that are context, the keys and values that the upper layers look at are made from what the whole layers
   wrote, by one linear map of low rank fitted by least squares to the keys and values of the student. Where
   layers are to have fewer inner neurons, those are kept that write most, and what they write is fitted the
   same way (structured pruning with reconstruction; compare https://arxiv.org/abs/2204.09656).
2. :func:`taught`: the faster student learns the labels (those of the teacher, on silver text) and, with
   ``--soft``, the label distribution of the slower one. The mean of the weights along the way is kept.

Windows whose case is changed are read whole, as the shipped stage reads a text without ordinary case.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.recipe.export import read_onnx
from models.recipe.networks import Layer, Student, restore, save
from models.recipe.prepare import NO_LABEL, SCHEME_IDS
from models.recipe.train import (
    Batch,
    Sampler,
    Windows,
    calibration,
    evaluate,
    improve,
    load_windows,
    recase,
    schedule,
)


class Fit:
    """Least squares, row by row: the weight and bias with which ``x @ weight.T + bias`` is nearest to ``y``.

    >>> fit = Fit()
    >>> fit.add(torch.tensor([[0.0], [1.0], [2.0]]), torch.tensor([[1.0], [3.0], [5.0]]))
    >>> weight, bias = fit.solved(ridge=0.0)
    >>> round(weight.item(), 3), round(bias.item(), 3)
    (2.0, 1.0)
    """

    def __init__(self) -> None:
        self.gram = torch.zeros(0)
        self.moment = torch.zeros(0)

    def add(self, x: Tensor, y: Tensor) -> None:
        x = torch.cat([x, torch.ones(len(x), 1)], 1)
        gram, moment = (x.T @ x).double(), (x.T @ y).double()
        self.gram = self.gram + gram if len(self.gram) else gram
        self.moment = self.moment + moment if len(self.moment) else moment

    def solved(self, *, ridge: float = 1e-3) -> tuple[Tensor, Tensor]:
        """Weight and bias."""
        ridged = self.gram + ridge * self.gram.diag().mean() * torch.eye(len(self.gram), dtype=torch.float64)
        found = torch.linalg.solve(ridged, self.moment).float()
        return found[:-1].T.contiguous(), found[-1].contiguous()

    def of_rank(self, rank: int, *, ridge: float = 1e-3) -> tuple[Tensor, Tensor, Tensor]:
        """The best map of a rank: weight and bias into ``rank`` numbers, and weight from there to ``y``.

        Reduced-rank regression: the leading directions of the fitted values.
        """
        weight, bias = self.solved(ridge=ridge)
        full = torch.cat([weight.T, bias[None]]).double()
        lower = torch.linalg.cholesky(self.gram + 1e-6 * self.gram.diag().mean() * torch.eye(len(self.gram)))
        u, s, v = torch.linalg.svd(lower.T @ full, full_matrices=False)
        root = s[:rank].sqrt()
        into = torch.linalg.solve_triangular(lower.T, u[:, :rank] * root, upper=True).float()
        return (
            into[:-1].T.contiguous(),
            into[-1].contiguous(),
            (root[:, None] * v[:rank]).T.float().contiguous(),
        )


def halfway(layer: Layer, x: Tensor, mask: Tensor) -> Tensor:
    """What stands before a layer's inner neurons."""
    return layer.norm1(x + layer.out(looked(layer, x, mask)))


def looked(layer: Layer, x: Tensor, mask: Tensor) -> Tensor:
    """What the heads of a layer see, side by side."""
    b, n, _ = x.shape
    q, k, v = (t.view(b, n, layer.heads, -1).transpose(1, 2) for t in layer.qkv(x).split(layer.width, -1))
    seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    return seen.transpose(1, 2).reshape(b, n, layer.width)


def activated(layer: Layer, x: Tensor) -> Tensor:
    inner = layer.inner(x)
    return F.relu(inner) if layer.activation == "relu" else F.gelu(inner)


@torch.no_grad()
def focused(
    student: Student, *, whole: int, inner: int, whole_inner: int, rank: int, batches: list[Batch]
) -> Student:
    """A student whose layers above ``whole`` read only names, fitted on ``batches``.

    ``inner`` and ``whole_inner``: inner neurons of the upper and of the whole layers.
    """
    student.eval()
    shape = replace(student.shape, whole=whole, inner=inner, whole_inner=whole_inner, rank=rank)
    fast = Student(shape)
    state = {k: v for k, v in student.state_dict().items() if ".inner." not in k and ".outer." not in k}
    fast.load_state_dict(state, strict=False)
    fast.eval()
    width = shape.heads * shape.head_size
    wide = [student.embedded(pieces, cases) for pieces, cases, _, _ in batches]
    narrow = list(wide)
    below: list[Tensor] = []
    memory = Fit()
    targets: list[list[Tensor]] = [[] for _ in batches]
    for number, (old, new) in enumerate(zip(student.layers, fast.layers, strict=True)):
        read = [mask if number < whole else may & mask for _, _, mask, may in batches]
        if number == whole:
            below = [x[mask & ~may] for x, (_, _, mask, may) in zip(narrow, batches, strict=True)]
        if number >= whole:
            for at, (x, (_, _, mask, may)) in enumerate(zip(wide, batches, strict=True)):
                targets[at].append(old.qkv(x[mask & ~may])[:, width:])
        middle = [
            halfway(old, x, mask[:, None, None, :]) for x, (_, _, mask, _) in zip(wide, batches, strict=True)
        ]
        if len(new.inner.bias) == len(old.inner.bias):
            new.inner.load_state_dict(old.inner.state_dict())
            new.outer.load_state_dict(old.outer.state_dict())
        else:
            power = sum(activated(old, x[r]).square().sum(0) for x, r in zip(middle, read, strict=True))
            kept = (power * old.outer.weight.square().sum(0)).topk(len(new.inner.bias)).indices.sort().values
            new.inner.weight.copy_(old.inner.weight[kept])
            new.inner.bias.copy_(old.inner.bias[kept])
            fit = Fit()
            for x, r in zip(middle, read, strict=True):
                fit.add(activated(new, x[r]), old.outer(activated(old, x[r])))
            new.outer.weight.data, new.outer.bias.data = fit.solved()
        wide = [old.norm2(x + old.outer(activated(old, x))) for x in middle]
        if number < whole:
            narrow = [
                new(x, mask[:, None, None, :], 0.0)
                for x, (_, _, mask, _) in zip(narrow, batches, strict=True)
            ]
    for x, parts in zip(below, targets, strict=True):
        memory.add(x, torch.cat(parts, 1))
    fast.gist.weight.data, fast.gist.bias.data, fast.memory.weight.data = memory.of_rank(rank)
    fast.memory.bias.data.zero_()
    return fast


def taught(
    fast: Student,
    slow: Student,
    windows: Windows,
    *,
    seconds: float,
    rate: float,
    seed: int,
    soft: float,
    changed: float,
    batch: int = 3072,
    keep: Path | None = None,
) -> Student:
    """``fast`` after ``seconds`` of learning; its weights are their running mean.

    In a share ``soft`` of the batches the label distribution of ``slow`` is learned beside the labels. A
    share ``changed`` of them is shown in capitals, as many in small letters. With ``keep`` the mean is
    written there every ten minutes.
    """
    random = np.random.default_rng(seed)
    device = windows.piece.device
    gold = torch.nonzero((windows.scheme == SCHEME_IDS["ww"]) & (windows.size >= 20)).flatten()
    silver = torch.nonzero((windows.scheme == SCHEME_IDS["silver"]) & (windows.size >= 30)).flatten()
    samplers = [Sampler(windows, gold, batch, random), Sampler(windows, silver, batch, random)]
    fast, slow = fast.to(device), slow.to(device).eval()
    fast.train()
    fast.drop = 0.0
    fast.pieces.requires_grad_(False)
    learning = [p for p in fast.parameters() if p.requires_grad]
    mean = copy.deepcopy(fast)
    following = [m for m, p in zip(mean.parameters(), fast.parameters(), strict=True) if p.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    began, read, step, saved = time.time(), 0, 0, 0.0
    total = 0.0
    while (spent := time.time() - began) < seconds:
        for group in optimizer.param_groups:
            group["lr"] = rate * schedule(max(spent / seconds, 1e-3))
        which = samplers[random.random() > 0.5].draw()
        p, c, mask, index, first = windows.batch(which)
        # A window that is read whole makes its whole batch wide.
        recased = recase(c, together=True, upper=changed, lower=changed)
        may = windows.picked(which, index, (c != recased).any(1))
        asked = first & may
        ours = F.log_softmax(fast(p, recased, mask, may)[asked], -1)
        label = windows.label[index[asked]].long()
        loss = F.nll_loss(ours, label, ignore_index=NO_LABEL)
        if random.random() < soft:
            with torch.no_grad():
                theirs = F.log_softmax(slow(p, recased, mask)[asked], -1)
            loss = 0.5 * loss + F.kl_div(ours, theirs, log_target=True, reduction="batchmean")
        improve(optimizer, loss, learning, following, step)
        read, step, total = read + int(mask.sum()), step + 1, total + loss.item()
        if step % 100 == 0:
            print(f"step {step} pieces {read} loss {total / 100:.4f} {spent:.0f} s", flush=True)
            total = 0.0
        if keep and spent - saved > 600:
            saved = spent
            save(mean, keep)
    return mean.cpu()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "student", type=Path, help="a student.safetensors, or the folder of an exported model"
    )
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument("--whole", type=int, default=1, help="layers that read every word")
    parser.add_argument("--inner", type=int, default=1536, help="inner neurons of the upper layers")
    parser.add_argument("--whole-inner", type=int, default=1536, help="inner neurons of the whole layers")
    parser.add_argument("--rank", type=int, default=128, help="numbers that the upper layers know of a word")
    parser.add_argument("--seconds", type=float, default=3600, help="time to learn; 0: only fit")
    parser.add_argument("--soft", type=float, default=0.5, help="share of batches with the slow student")
    parser.add_argument("--changed", type=float, default=0.1, help="share of batches in capitals, in small")
    parser.add_argument("--begin", type=Path, default=None, help="go on from this fast student")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    slow = read_onnx(options.student) if options.student.is_dir() else restore(options.student)
    windows, dev, offsets = load_windows(options.windows, "cpu")
    texts = json.loads(options.windows.with_suffix(".dev.json").read_text(encoding="utf-8"))
    batches = calibration(windows, number=600, seed=options.seed + 1)
    if options.begin:
        fast = restore(options.begin)
    else:
        fast = focused(
            slow,
            whole=options.whole,
            inner=options.inner,
            whole_inner=options.whole_inner,
            rank=options.rank,
            batches=batches,
        )
    if not options.begin:
        print("fitted", json.dumps(evaluate(fast, dev, offsets, texts, remap=None)), flush=True)
        save(fast, options.out)
    if options.seconds:
        if options.device != "cpu":
            windows, dev, offsets = load_windows(options.windows, options.device)
        fast = taught(
            fast,
            slow,
            windows,
            seconds=options.seconds,
            rate=options.rate,
            seed=options.seed,
            soft=options.soft,
            changed=options.changed,
            keep=options.out,
        )
        print("taught", json.dumps(evaluate(fast.to(options.device), dev, offsets, texts, remap=None)))
        save(fast, options.out)


if __name__ == "__main__":
    main()
