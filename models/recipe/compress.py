"""Makes a trained student narrower: fewer attention heads and inner neurons, the same layers.

    python -m models.recipe.compress OUT/student.safetensors --windows windows.npz --out OUT/small.safetensors

Two steps, both made for a processor as well as a GPU:

1. :func:`narrowed`, layer by layer and without gradients. The heads and neurons kept are those that write
   most into the layer's output on a few hundred windows; the output projections are then fitted by least
   squares, so that what is left writes as nearly as it can what the whole layer wrote. Each layer is fitted
   on what the narrowed layers before it give, so that errors are corrected rather than handed on
   (structured pruning with reconstruction; compare https://arxiv.org/abs/2204.09656).
2. :func:`taught`: the narrow student learns the label distribution of the wide one, and with less weight the
   labels themselves. The mean of the weights along the way is what is kept.

:func:`mean_of` then takes the mean of the weights of several runs that follow one another: each run ends in
another corner of the same valley, and their middle does better on the dev split than any of them.

The shipped file is the mean of three runs of step 2, one after the other, on a processor: 9.2, 6.0 and PIECES
million pieces (``--begin`` with the student of the run before, another ``--seed``; then ``--mean``).
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
from models.recipe.train import Sampler, Windows, evaluate, load_windows, recase, schedule


def least_squares(x: Tensor, y: Tensor, *, ridge: float = 1e-3) -> tuple[Tensor, Tensor]:
    """Weight (outputs, inputs) and bias with which ``x @ weight.T + bias`` is nearest to ``y``.

    >>> x = torch.tensor([[0.0], [1.0], [2.0]])
    >>> weight, bias = least_squares(x, 2 * x + 1, ridge=0.0)
    >>> round(weight.item(), 3), round(bias.item(), 3)
    (2.0, 1.0)
    """
    inputs = torch.cat([x, torch.ones(len(x), 1)], 1).double()
    gram = inputs.T @ inputs
    gram += ridge * gram.diag().mean() * torch.eye(len(gram), dtype=gram.dtype)
    solved = torch.linalg.solve(gram, inputs.T @ y.double()).float()
    return solved[:-1].T.contiguous(), solved[-1].contiguous()


def attended(layer: Layer, x: Tensor, mask: Tensor) -> Tensor:
    """What a layer's heads give, before its output projection."""
    batch, length, _ = x.shape
    q, k, v = (
        t.view(batch, length, layer.heads, -1).transpose(1, 2) for t in layer.qkv(x).split(layer.width, -1)
    )
    seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
    return seen.transpose(1, 2).reshape(batch, length, layer.width)


def activated(layer: Layer, x: Tensor) -> Tensor:
    inner = layer.inner(x)
    return F.relu(inner) if layer.activation == "relu" else F.gelu(inner)


@torch.no_grad()
def narrowed(
    student: Student, *, heads: int, inner: int, batches: list[tuple[Tensor, Tensor, Tensor]]
) -> Student:
    """A student of the same layers with ``heads`` heads and ``inner`` neurons, fitted on ``batches``.

    A batch is pieces, cases and mask, each (windows, pieces).
    """
    student.eval()
    size = student.shape.head_size
    small = Student(replace(student.shape, heads=heads, inner=inner))
    outside = {k: v for k, v in student.state_dict().items() if not k.startswith("layers")}
    small.load_state_dict(outside, strict=False)
    masks = [mask for _, _, mask in batches]

    def flat(rows: list[Tensor]) -> Tensor:
        return torch.cat([row[mask] for row, mask in zip(rows, masks, strict=True)])

    wide = [student.embedded(pieces, cases) for pieces, cases, _ in batches]
    narrow = list(wide)
    for old, new in zip(student.layers, small.layers, strict=True):
        seen = [attended(old, x, m) for x, m in zip(wide, masks, strict=True)]
        rows = flat(seen)
        written = torch.stack(
            [
                (rows[:, at : at + size] @ old.out.weight[:, at : at + size].T).square().sum(1).mean()
                for at in range(0, old.width, size)
            ]
        )
        kept = written.topk(heads).indices.sort().values
        columns = (kept[:, None] * size + torch.arange(size)).flatten()
        for part in range(3):
            mine = slice(part * new.width, (part + 1) * new.width)
            new.qkv.weight[mine] = old.qkv.weight[columns + part * old.width]
            new.qkv.bias[mine] = old.qkv.bias[columns + part * old.width]
        wanted = flat(wide) + flat([old.out(a) for a in seen]) - flat(narrow)
        given = flat([attended(new, x, m) for x, m in zip(narrow, masks, strict=True)])
        new.out.weight.data, new.out.bias.data = least_squares(given, wanted)
        new.norm1.load_state_dict(old.norm1.state_dict())
        new.norm2.load_state_dict(old.norm2.state_dict())
        middle = [old.norm1(x + old.out(a)) for x, a in zip(wide, seen, strict=True)]
        narrow = [new.norm1(x + new.out(attended(new, x, m))) for x, m in zip(narrow, masks, strict=True)]
        fired = flat([activated(old, x) for x in middle])
        kept = (fired.square().mean(0) * old.outer.weight.square().sum(0)).topk(inner).indices.sort().values
        new.inner.weight.copy_(old.inner.weight[kept])
        new.inner.bias.copy_(old.inner.bias[kept])
        wanted = flat(middle) + old.outer(fired) - flat(narrow)
        new.outer.weight.data, new.outer.bias.data = least_squares(
            flat([activated(new, x) for x in narrow]), wanted
        )
        wide = [old.norm2(x + old.outer(activated(old, x))) for x in middle]
        narrow = [new.norm2(x + new.outer(activated(new, x))) for x in narrow]
    return small


def calibration(windows: Windows, *, number: int, seed: int) -> list[tuple[Tensor, Tensor, Tensor]]:
    """Batches of long windows, half of them annotated and half plain news, some with their case changed."""
    generator = torch.Generator().manual_seed(seed)
    chosen = []
    for scheme in ("ww", "silver"):
        long = torch.nonzero((windows.scheme == SCHEME_IDS[scheme]) & (windows.size > 90)).flatten()
        chosen.append(long[torch.randperm(len(long), generator=generator)[: number // 2]])
    batches = []
    for which in torch.cat(chosen).split(40):
        pieces, cases, mask, _, _ = windows.batch(which)
        batches.append((pieces, recase(cases), mask))
    return batches


def taught(
    small: Student,
    teacher: Student,
    windows: Windows,
    *,
    pieces: int,
    rate: float,
    seed: int,
    batch: int = 4096,
) -> Student:
    """``small`` after ``pieces`` word pieces of learning from ``teacher``; weights are their running mean."""
    random = np.random.default_rng(seed)
    device = windows.piece.device
    gold = torch.nonzero((windows.scheme == SCHEME_IDS["ww"]) & (windows.size >= 20)).flatten()
    silver = torch.nonzero((windows.scheme == SCHEME_IDS["silver"]) & (windows.size >= 30)).flatten()
    samplers = [Sampler(windows, gold, batch, random), Sampler(windows, silver, batch, random)]
    small, teacher = small.to(device), teacher.to(device).eval()
    small.train()
    small.drop = 0.0
    mean = copy.deepcopy(small).requires_grad_(False)
    optimizer = torch.optim.AdamW(small.parameters(), lr=rate, weight_decay=0.01)
    began, read, step = time.time(), 0, 0
    while read < pieces:
        for group in optimizer.param_groups:
            group["lr"] = rate * schedule(max(read / pieces, 1e-3))
        p, c, mask, index, first = windows.batch(samplers[random.random() > 0.3].draw())
        c = recase(c)
        with torch.autocast(device.type, torch.bfloat16):
            logits = small(p, c, mask)
            with torch.no_grad():
                wanted = teacher(p, c, mask)
        ours = F.log_softmax(logits.float()[first], -1)
        theirs = F.log_softmax(wanted.float()[first], -1)
        label = windows.label[index[first]].long()
        loss = F.kl_div(ours, theirs, log_target=True, reduction="batchmean")
        if bool((label != NO_LABEL).any()):
            loss = loss + 0.4 * F.nll_loss(ours, label, ignore_index=NO_LABEL)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(small.parameters(), 1.0)
        optimizer.step()
        follow = 1 - min(0.998, (step + 1) / (step + 10))
        torch._foreach_lerp_(list(mean.parameters()), [w.detach() for w in small.parameters()], follow)
        read, step = read + int(mask.sum()), step + 1
        if step % 200 == 0:
            print(f"step {step} pieces {read} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True)
    return mean.cpu()


def mean_of(students: list[Student]) -> Student:
    """A student whose weights are the mean of those of ``students``, all of one shape."""
    states = [student.state_dict() for student in students]
    middle = copy.deepcopy(students[0])
    middle.load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "student", type=Path, help="a student.safetensors, or the folder of an exported model"
    )
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=8)
    parser.add_argument("--inner", type=int, default=512)
    parser.add_argument("--pieces", type=float, default=22e6, help="word pieces to learn from; 0: only prune")
    parser.add_argument("--begin", type=Path, default=None, help="go on from this narrow student")
    parser.add_argument("--mean", type=Path, nargs="+", default=None, help="only take the mean of these")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    wide = read_onnx(options.student) if options.student.is_dir() else restore(options.student)
    windows, dev, offsets = load_windows(options.windows, "cpu")
    if options.mean:
        small = mean_of([restore(path) for path in options.mean])
    elif options.begin:
        small = restore(options.begin)
    else:
        batches = calibration(windows, number=440, seed=options.seed + 1)
        small = narrowed(wide, heads=options.heads, inner=options.inner, batches=batches)
    if options.pieces and not options.mean:
        windows, dev, offsets = load_windows(options.windows, options.device)
        small = taught(small, wide, windows, pieces=int(options.pieces), rate=options.rate, seed=options.seed)
    texts = json.loads(options.windows.with_suffix(".dev.json").read_text(encoding="utf-8"))
    print(json.dumps(evaluate(small.to(options.device), dev, offsets, texts, remap=None)))
    save(small, options.out)


if __name__ == "__main__":
    main()
