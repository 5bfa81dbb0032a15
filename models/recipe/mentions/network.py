"""The encoder that reads a marked mention: the names student's layers, marks on its words, and heads."""

from __future__ import annotations

import json
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


class Reader(nn.Module):
    """Logits of the mention (batch, mention) and of each piece (batch, pieces, words)."""

    def __init__(self, design: Design, *, target: int = 1, drop: float = 0.1) -> None:
        super().__init__()
        shape = design.shape
        self.design, self.target, self.drop = design, target, drop
        self.pieces = nn.Embedding(design.vocabulary, shape.hidden)
        self.cases = nn.Embedding(CASES, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.kinds = nn.Embedding(design.kinds, shape.hidden)
        self.hints = nn.Embedding(design.hints, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, i) for i in range(shape.layers))
        self.words = nn.Linear(shape.hidden, design.words)
        self.pool = nn.Linear(2 * shape.hidden, shape.hidden)
        self.mention = nn.Linear(shape.hidden, design.mention)
        nn.init.normal_(self.kinds.weight, std=0.02)
        nn.init.zeros_(self.hints.weight)

    def forward(
        self, pieces: Tensor, cases: Tensor, kinds: Tensor, hints: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        positions = self.positions(torch.arange(pieces.shape[1], device=pieces.device))
        x = self.pieces(pieces) + self.cases(cases) + self.kinds(kinds) + self.hints(hints) + positions
        x = F.dropout(self.norm(x), self.drop, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :], self.drop)
        marked = (kinds == self.target).to(x.dtype)[..., None]
        mention = (x * marked).sum(1) / marked.sum(1).clamp_min(1)
        pooled = F.gelu(self.pool(torch.cat([mention, x[:, 0]], -1)))
        pooled, x = F.dropout(pooled, self.drop, self.training), F.dropout(x, self.drop, self.training)
        return self.mention(pooled), self.words(x)


def from_student(design: Design, weights: Mapping[str, Tensor], layers: Sequence[int]) -> Reader:
    """A reader whose encoder starts from ``layers`` of the names student's ``weights``."""
    weights = {k.removeprefix("enc."): v.float() for k, v in weights.items()}
    reader = Reader(design)
    take = reader.state_dict()
    take_encoder(take, weights, design.shape, layers)
    take["cases.weight"] = weights["case.weight"]
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
