"""Trains teachers and the student from prepared windows; one command does all of it.

    python -m models.recipe.train all --windows windows.npz --mpnet DIR --minilm DIR --out DIR

``teacher`` and ``student`` run one part (to run teachers side by side). Seeds are fixed; results on one
kind of GPU repeat to the third decimal of F1, not to the bit, since GPU sums are not ordered.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.recipe.data import labels
from models.recipe.networks import (
    Shape,
    Student,
    Teacher,
    read_weights,
    save,
    student_from_minilm,
    vocabulary_map,
)
from models.recipe.prepare import NO_LABEL, SCHEME_IDS
from models.recipe.score import normal
from newsledger.stages.names.decode import decode

CLS, SEP = 101, 102
EDGES = (16, 32, 48, 64, 96, 128, 192, 256)
WW = labels("ww")

Batch = tuple[Tensor, Tensor, Tensor, Tensor]
"""Pieces, cases, mask and the words that may be part of a name, each (windows, pieces)."""


@dataclass
class Windows:
    """All windows on one device: flat rows, with the first row and size of each window."""

    piece: Tensor
    case: Tensor
    first: Tensor
    may: Tensor
    label: Tensor
    start: Tensor
    size: Tensor
    scheme: Tensor
    row: Tensor

    def batch(self, which: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Rows of the windows ``which`` with CLS and SEP: pieces, cases, mask, flat index, first."""
        size = self.size[which]
        at = torch.arange(-1, int(size.max()) + 1, device=which.device)
        inside = (at >= 0) & (at < size[:, None])
        index = (self.start[which][:, None] + at).clamp(0, len(self.piece) - 1)
        pieces = torch.where(inside, self.piece[index].long(), 0)
        pieces[:, 0] = CLS
        pieces.scatter_(1, (size + 1)[:, None], SEP)
        cases = torch.where(inside, self.case[index].long(), 0)
        return pieces, cases, at <= size[:, None], index, inside & self.first[index]

    def picked(self, which: Tensor, index: Tensor, changed: Tensor) -> Tensor:
        """What the upper layers read of a `batch`: words that may be part of a name, and CLS.

        A window whose case was ``changed`` (batch) is read whole, as a text without ordinary case is.
        """
        at = torch.arange(-1, index.shape[1] - 1, device=index.device)
        inside = at < self.size[which][:, None]
        return (at == -1) | ((self.may[index] | changed[:, None]) & inside)


def load_windows(path: Path, device: str) -> tuple[Windows, Windows, dict[str, np.ndarray]]:
    """Training windows, dev windows, and the dev rows' offsets."""
    z = np.load(path)
    size = z["size"].astype(np.int64)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    dev = z["scheme"] == 9
    row = np.cumsum(z["first"]) - 1

    def of(mask: np.ndarray) -> Windows:
        return Windows(
            torch.tensor(z["piece"].astype(np.int32), device=device),
            torch.tensor(z["case"], device=device),
            torch.tensor(z["first"], device=device),
            torch.tensor(z["may"], device=device),
            torch.tensor(z["label"], device=device),
            torch.tensor(start[mask], device=device),
            torch.tensor(size[mask], device=device),
            torch.tensor(z["scheme"][mask].astype(np.int64), device=device),
            torch.tensor(row, device=device),
        )

    offsets = {
        "start": z["start"],
        "end": z["end"],
        "document": z["document"][dev],
        "first_row": start[dev][:1],
    }
    return of(~dev), of(dev), offsets


def calibration(windows: Windows, *, number: int, seed: int) -> list[Batch]:
    """Batches of long windows, half of them annotated and half plain news."""
    generator = torch.Generator().manual_seed(seed)
    chosen = []
    for scheme in ("ww", "silver"):
        long = torch.nonzero((windows.scheme == SCHEME_IDS[scheme]) & (windows.size > 90)).flatten()
        chosen.append(long[torch.randperm(len(long), generator=generator)[: number // 2]])
    batches = []
    for which in torch.cat(chosen).split(40):
        pieces, cases, mask, index, _ = windows.batch(which)
        may = windows.picked(which, index, torch.zeros(len(which), dtype=torch.bool))
        batches.append((pieces, cases, mask, may))
    return batches


def recase(cases: Tensor, *, together: bool = False, upper: float = 0.08, lower: float = 0.05) -> Tensor:
    """Change the case of a share of the windows to ``upper``, of another to ``lower``, of 4 % to title case.

    The windows of a batch are all changed alike if ``together``.
    """
    draw = torch.rand(1 if together else cases.shape[0], 1, device=cases.device)
    lettered = (cases >= 1) & (cases <= 5)
    out = torch.where(lettered & (draw < upper) & (cases != 4), 3, cases)
    out = torch.where(lettered & (draw >= upper) & (draw < upper + lower), 1, out)
    titled = (draw >= upper + lower) & (draw < upper + lower + 0.04)
    return torch.where((cases == 1) & titled, 2, out)


class Sampler:
    """Draws batches of windows of like length, about ``pieces`` word pieces each."""

    def __init__(self, windows: Windows, chosen: Tensor, pieces: int, random: np.random.Generator) -> None:
        self.pieces, self.random = pieces, random
        sizes = windows.size[chosen].cpu().numpy()
        where = np.searchsorted(EDGES, sizes)
        self.groups = [
            (edge, chosen[torch.tensor(where == i, device=chosen.device)]) for i, edge in enumerate(EDGES)
        ]
        self.groups = [(edge, g) for edge, g in self.groups if len(g)]
        weight = np.array([edge * len(g) for edge, g in self.groups], float)
        self.weight = weight / weight.sum()

    def draw(self) -> Tensor:
        edge, group = self.groups[self.random.choice(len(self.groups), p=self.weight)]
        n = max(1, min(len(group), self.pieces // edge))
        return group[torch.randint(len(group), (n,), device=group.device)]


def schedule(done: float) -> float:
    """Learning-rate factor at ``done`` of the run: 4 % warm-up, then linear to 1 %."""
    return min(done / 0.04, max(0.01, (1 - done) / 0.96)) if done > 0 else 0.001


def improve(
    optimizer: torch.optim.Optimizer,
    loss: Tensor,
    learning: Sequence[torch.nn.Parameter],
    following: Sequence[torch.nn.Parameter],
    step: int,
) -> None:
    """Change the parameters ``learning`` by the loss of a step; ``following`` is their running mean."""
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learning, 1.0)
    optimizer.step()
    follow = 1 - min(0.995, (step + 1) / (step + 10))
    torch._foreach_lerp_([m.data for m in following], [w.detach() for w in learning], follow)


@torch.no_grad()
def log_probabilities(
    model: torch.nn.Module,
    windows: Windows,
    *,
    remap: Tensor | None,
    pieces: int = 65536,
    changed: bool = False,
) -> Tensor:
    """Log probabilities of scheme ``ww`` for the first piece of every word, in row order, half precision."""
    model.eval()
    device = windows.piece.device
    out = torch.zeros(int(windows.row[-1]) + 1, len(WW), dtype=torch.float16, device=device)
    order = torch.argsort(windows.size)
    at = 0
    while at < len(order):
        longest = int(windows.size[order[min(len(order) - 1, at + 64)]])
        n = max(1, pieces // max(longest, 1))
        which = order[at : at + n]
        at += n
        p, c, mask, index, first = windows.batch(which)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type != "cpu"):
            if isinstance(model, Student):
                whole = torch.full((len(which),), changed, device=device)
                logits = model(p, c, mask, windows.picked(which, index, whole))
            else:
                logits = model(remap[p] if remap is not None else p, c, mask)
        out[windows.row[index[first]]] = F.log_softmax(logits.float()[first], -1).half()
    model.train()
    return out


def dev_f1(
    log_p: Tensor, dev: Windows, offsets: dict[str, np.ndarray], texts: list[dict[str, object]]
) -> dict[str, float]:
    """Strict F1 per class on the dev windows."""
    counts: dict[str, list[int]] = {}
    found: list[set[tuple[int, int, str]]] = [set() for _ in texts]
    rows = log_p.float().cpu().numpy()
    base = int(offsets["first_row"][0])
    first = dev.first.cpu().numpy()
    row = dev.row.cpu().numpy()
    for start, size, document in zip(
        dev.start.tolist(), dev.size.tolist(), offsets["document"].tolist(), strict=True
    ):
        at = np.flatnonzero(first[start : start + size]) + start
        for i, j, kind in decode(rows[row[at]], WW):
            left, right = offsets["start"][at[i] - base], offsets["end"][at[j] - base]
            found[document].add((int(left), int(right), kind))
    for text, spans in zip(texts, found, strict=True):
        gold = {normal(text["text"], (s, e, k)) for s, e, k in text["spans"]}
        got = {normal(text["text"], s) for s in spans}
        for kind in ("PER", "LOC", "NORP", "ORG"):
            g, f = {s for s in gold if s[2] == kind}, {s for s in got if s[2] == kind}
            n = counts.setdefault(kind, [0, 0])
            n[0] += 2 * len(g & f)
            n[1] += len(g) + len(f)
    return {k: round(a / max(1, b), 4) for k, (a, b) in counts.items()}


def evaluate(
    model: torch.nn.Module, dev: Windows, offsets: dict, texts: list, *, remap: Tensor | None
) -> dict[str, dict[str, float]]:
    """Dev F1 on plain, upper and lower case (only the case input changes)."""
    out = {}
    for name in ("plain", "upper", "lower"):
        cases = dev.case
        if name == "upper":
            cases = torch.where((cases >= 1) & (cases <= 5) & (cases != 4), 3, cases)
        elif name == "lower":
            cases = torch.where((cases >= 2) & (cases <= 5), 1, cases)
        changed = Windows(**{**dev.__dict__, "case": cases.to(dev.case.dtype)})
        log_p = log_probabilities(model, changed, remap=remap, changed=name != "plain")
        out[name] = dev_f1(log_p, dev, offsets, texts)
    return out


def train_teacher(options: argparse.Namespace) -> None:
    device = options.device
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    began = time.time()
    windows, dev, offsets = load_windows(options.windows, device)
    texts = json.loads(options.windows.with_suffix(".dev.json").read_text(encoding="utf-8"))
    remap = vocabulary_map(options.minilm / "vocab.txt", options.mpnet / "vocab.txt").to(device)
    weights = None if options.tiny else read_weights(options.mpnet)
    config = json.loads((options.mpnet / "config.json").read_text(encoding="utf-8"))
    if options.tiny:
        config |= {"num_hidden_layers": 1}
    model = Teacher(config, weights).to(device)
    samplers = {
        k: Sampler(windows, torch.nonzero(windows.scheme == SCHEME_IDS[k]).flatten(), options.pieces, random)
        for k in ("ww", "c4", "gmb")
        if bool((windows.scheme == SCHEME_IDS[k]).any())
    }
    share = np.array([{"ww": 0.6, "c4": 0.2, "gmb": 0.2}[k] for k in samplers])
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=options.rate, weight_decay=0.01, fused=device == "cuda"
    )
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = options.rate * schedule((step + 1) / options.steps)
        scheme = list(samplers)[random.choice(len(samplers), p=share / share.sum())]
        p, c, mask, index, first = windows.batch(samplers[scheme].draw())
        with torch.autocast(device, torch.bfloat16):
            logits = model(remap[p], recase(c), mask, scheme)
        loss = F.cross_entropy(
            logits.float()[first], windows.label[index[first]].long(), ignore_index=NO_LABEL
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 300 == 0:
            print(
                f"teacher {options.seed} step {step} loss {loss.item():.4f} {time.time() - began:.0f} s",
                flush=True,
            )
    print("TEACHER", options.seed, json.dumps(evaluate(model, dev, offsets, texts, remap=remap)), flush=True)
    log_p = log_probabilities(model, windows, remap=remap)
    np.save(options.out / f"teacher{options.seed}.npy", log_p.cpu().numpy())
    np.save(
        options.out / f"teacher{options.seed}.dev.npy",
        log_probabilities(model, dev, remap=remap).cpu().numpy()[int(dev.row[dev.start[0]]) :],
    )
    print(f"teacher {options.seed} done {time.time() - began:.0f} s", flush=True)


def teachers_together(folder: Path, device: str) -> Tensor:
    """Log of the mean probability over the teachers found in ``folder``."""
    total = None
    paths = [p for p in sorted(folder.glob("teacher*.npy")) if not p.name.endswith(".dev.npy")]
    for path in paths:
        p = torch.tensor(np.load(path), device=device).float().exp()
        total = p if total is None else total + p
    if total is None:
        raise FileNotFoundError(f"no teacher*.npy in {folder}")
    return (total / len(paths)).clamp_min(1e-6).log().half()


def train_student(options: argparse.Namespace) -> Student:
    device = options.device
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    windows, dev, offsets = load_windows(options.windows, device)
    texts = json.loads(options.windows.with_suffix(".dev.json").read_text(encoding="utf-8"))
    taught = teachers_together(options.out, device)
    shape = Shape(layers=options.layers, inner=options.inner, activation=options.activation)
    keep = [round(i * 5 / (shape.layers - 1)) for i in range(shape.layers)] if shape.layers < 6 else None
    model = student_from_minilm(shape, read_weights(options.minilm), keep=keep)
    model.drop = options.drop
    model = model.to(device)
    mean = [p.detach().clone() for p in model.parameters()]
    gold = Sampler(
        windows, torch.nonzero(windows.scheme == SCHEME_IDS["ww"]).flatten(), options.pieces, random
    )
    everything = Sampler(windows, torch.arange(len(windows.size), device=device), options.pieces, random)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=options.rate, weight_decay=0.01, fused=device == "cuda"
    )
    began = time.time()
    step = 0
    done = 0.0
    while done < 1:
        done = (step + 1) / options.steps if options.steps else (time.time() - began) / options.seconds
        for group in optimizer.param_groups:
            group["lr"] = options.rate * schedule(min(1.0, done))
        which = (gold if random.random() < options.gold else everything).draw()
        p, c, mask, index, first = windows.batch(which)
        recased = recase(c)
        may = windows.picked(which, index, (c != recased).any(1))
        with torch.autocast(device, torch.bfloat16):
            logits = model(p, recased, mask, may)
        flat = index[first]
        log_q = F.log_softmax(logits.float()[first], -1)
        target = taught[windows.row[flat]].float()
        loss = F.kl_div(log_q, target, log_target=True, reduction="batchmean")
        label = torch.where(
            (windows.scheme[which] == SCHEME_IDS["ww"])[:, None].expand_as(first)[first],
            windows.label[flat].long(),
            NO_LABEL,
        )
        known = label != NO_LABEL
        loss = loss + 0.3 * (
            F.nll_loss(log_q, label, ignore_index=NO_LABEL, reduction="sum") / known.sum().clamp_min(1)
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        torch._foreach_lerp_(mean, list(model.parameters()), 1 - min(0.9995, (step + 1) / (step + 20)))
        if step % 1000 == 0:
            print(
                f"{options.name} step {step} loss {loss.item():.4f} {time.time() - began:.0f} s", flush=True
            )
        step += 1
    for parameter, value in zip(model.parameters(), mean, strict=True):
        parameter.data.copy_(value)
    print(
        "STUDENT",
        options.name,
        step,
        "steps",
        json.dumps(evaluate(model, dev, offsets, texts, remap=None)),
        flush=True,
    )
    save(model, options.out / f"{options.name}.safetensors")
    return model


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("teacher", "student", "all"))
    parser.add_argument("--windows", type=Path, required=True)
    parser.add_argument(
        "--mpnet", type=Path, required=True, help="folder with config.json, vocab.txt, model.*"
    )
    parser.add_argument("--minilm", type=Path, required=True, help="folder with vocab.txt, model.*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=None, help="student: train for this long instead")
    parser.add_argument("--pieces", type=int, default=None, help="word pieces a batch")
    parser.add_argument("--rate", type=float, default=None)
    parser.add_argument("--name", default="student")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--inner", type=int, default=768)
    parser.add_argument("--activation", default="relu")
    parser.add_argument("--drop", type=float, default=0.05)
    parser.add_argument("--gold", type=float, default=0.3)
    parser.add_argument(
        "--tiny", action="store_true", help="a teacher of one untrained layer, to try the code"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.set_num_threads(4)
    teacher = {"steps": options.steps or 2400, "pieces": options.pieces or 8192, "rate": options.rate or 5e-5}
    student = {
        "steps": options.steps if options.seconds else (options.steps or 40000),
        "pieces": options.pieces or 32768,
        "rate": options.rate or 4e-4,
    }
    if options.seconds:
        student["steps"] = None
    if options.part == "teacher":
        train_teacher(argparse.Namespace(**{**vars(options), **teacher}))
    elif options.part == "student":
        train_student(argparse.Namespace(**{**vars(options), **student}))
    else:
        for seed in range(3):
            train_teacher(argparse.Namespace(**{**vars(options), **teacher, "seed": seed}))
        train_student(argparse.Namespace(**{**vars(options), **student}))


if __name__ == "__main__":
    main()
