"""The encoder that reads marked mentions: a published encoder's layers, marks on its words, and heads."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.recipe.networks import CASES, Layer, Shape, take_encoder


@dataclass(frozen=True)
class Design:
    """Size of the encoder, and columns of its inputs and outputs."""

    shape: Shape
    kinds: int
    hints: int
    mention: int
    """Logits of the mention, all heads together."""
    words: int
    """Logits of each piece, all heads together."""
    vocabulary: int = 30522
    own: int = 2
    """The last layers, which read a window once for each of its mentions; the others read it once."""
    buckets: int = 0
    """Of distances between pieces, as MPNet's attention knows them; 0: it does not."""


@dataclass(frozen=True)
class Inputs:
    """Windows side by side (windows, pieces), and the mentions: which window, and which pieces they are."""

    pieces: Tensor
    cases: Tensor
    kinds: Tensor
    hints: Tensor
    mask: Tensor
    rows: Tensor
    targets: Tensor


class Reader(nn.Module):
    """Logits of the mentions (mentions, labels) and of the pieces for each (mentions, pieces, labels)."""

    def __init__(self, design: Design, *, drop: float = 0.1) -> None:
        super().__init__()
        shape = design.shape
        self.design, self.drop = design, drop
        self.pieces = nn.Embedding(design.vocabulary, shape.hidden)
        self.cases = nn.Embedding(CASES, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.kinds = nn.Embedding(design.kinds, shape.hidden)
        self.hints = nn.Embedding(design.hints, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, i) for i in range(shape.layers))
        self.target = nn.Parameter(torch.randn(shape.hidden) * 0.3)
        self.words = nn.Linear(shape.hidden, design.words)
        self.pool = nn.Linear(2 * shape.hidden, shape.hidden)
        self.mention = nn.Linear(shape.hidden, design.mention)
        if design.buckets:
            self.distances = nn.Embedding(design.buckets, shape.heads)
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.zeros_(self.cases.weight)
        nn.init.zeros_(self.hints.weight)

    def forward(self, read: Inputs) -> tuple[Tensor, Tensor]:
        positions = self.positions(torch.arange(read.pieces.shape[1]))
        x = (
            self.pieces(read.pieces)
            + self.cases(read.cases)
            + self.kinds(read.kinds)
            + self.hints(read.hints)
        )
        x = F.dropout(self.norm(x + positions), self.drop, self.training)
        seen = self._seen(read.mask)
        shared = len(self.layers) - self.design.own
        for layer in self.layers[:shared]:
            x = layer(x, seen, self.drop)
        marked = read.targets[..., None]
        x = x[read.rows] + marked * self.target
        for layer in self.layers[shared:]:
            x = layer(x, seen[read.rows], self.drop)
        mention = (x * marked).sum(1) / marked.sum(1).clamp_min(1)
        pooled = F.gelu(self.pool(torch.cat([mention, x[:, 0]], -1)))
        pooled, x = F.dropout(pooled, self.drop, self.training), F.dropout(x, self.drop, self.training)
        return self.mention(pooled), self.words(x)

    def _seen(self, mask: Tensor) -> Tensor:
        """What attention adds to its scores, or the mask where it adds nothing."""
        if not self.design.buckets:
            return mask[:, None, None, :]
        at = torch.arange(mask.shape[1])
        bias = self.distances(buckets(at[None] - at[:, None], self.design.buckets)).permute(2, 0, 1)[None]
        return bias.expand(len(mask), -1, -1, -1).masked_fill(~mask[:, None, None, :], -1e4)


def buckets(distances: Tensor, number: int, farthest: int = 128) -> Tensor:
    """The bucket of each distance as in MPNet: half for each side, near ones apart, far ones together."""
    half = number // 2
    side, away = (distances > 0).long() * half, distances.abs()
    exact = half // 2
    far = torch.log(away.clamp_min(1).float() / exact) / math.log(farthest / exact) * (half - exact)
    return side + torch.where(away < exact, away, (exact + far.long()).clamp_max(half - 1))


def from_student(design: Design, weights: Mapping[str, Tensor], layers: Sequence[int]) -> Reader:
    """A reader whose encoder starts from ``layers`` of the names student's ``weights``."""
    weights = {k.removeprefix("enc."): v.float() for k, v in weights.items()}
    reader = Reader(design)
    take = reader.state_dict()
    take_encoder(take, weights, design.shape, layers)
    take["cases.weight"] = weights["case.weight"]
    reader.load_state_dict(take)
    return reader


def from_mpnet(design: Design, weights: Mapping[str, Tensor], rows: Tensor) -> Reader:
    """A reader that starts from MPNet; ``rows`` are its rows of the word pieces that the reader has."""
    reader = Reader(design)
    take = reader.state_dict()
    take["pieces.weight"] = weights["embeddings.word_embeddings.weight"].float()[rows]
    take["positions.weight"] = weights["embeddings.position_embeddings.weight"].float()[2:][
        : design.shape.positions
    ]
    take["distances.weight"] = weights["encoder.relative_attention_bias.weight"].float()
    for kind in ("weight", "bias"):
        take[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"].float()
        for n in range(design.shape.layers):
            old, new = f"encoder.layer.{n}.", f"layers.{n}."
            take[f"{new}qkv.{kind}"] = torch.cat(
                [weights[f"{old}attention.attn.{p}.{kind}"].float() for p in "qkv"]
            )
            for mine, theirs in (
                ("out", "attention.attn.o"),
                ("norm1", "attention.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                take[f"{new}{mine}.{kind}"] = weights[f"{old}{theirs}.{kind}"].float()
    reader.load_state_dict(take)
    return reader


def save(reader: Reader, path: Path) -> None:
    """Write weights (half precision) and design."""
    from safetensors.torch import save_file

    state = {k: v.detach().half().contiguous() for k, v in reader.state_dict().items()}
    save_file(state, str(path), metadata={"design": json.dumps(asdict(reader.design))})


def restore(path: Path) -> Reader:
    """Read what :func:`save` wrote."""
    from safetensors import safe_open

    with safe_open(str(path), "pt") as file:
        design = json.loads(file.metadata()["design"])
        state = {k: file.get_tensor(k).float() for k in file.keys()}  # noqa: SIM118
    reader = Reader(Design(**{**design, "shape": Shape(**design["shape"])}))
    reader.load_state_dict(state)
    return reader
