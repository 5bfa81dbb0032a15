"""The teacher and the student: transformer encoders over word pieces with a letter-case embedding added.

Both start from published sentence encoders (uncased word pieces); what the letters' case said is put back
by an embedding of seven categories that is added to the word embedding.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.recipe.data import SCHEMES, labels

CASES = 7


@dataclass(frozen=True)
class Shape:
    """Size of a student.

    The first ``whole`` layers read every word (None: all layers do), with ``whole_inner`` inner
    neurons (None: as many as the others); those above read only the words that may be part of a name, and
    know of the others by keys and values that a linear map of rank ``rank`` makes from what the whole layers
    wrote.
    """

    layers: int = 6
    hidden: int = 384
    inner: int = 768
    heads: int = 12
    head_size: int = 32
    positions: int = 258
    activation: str = "relu"
    whole: int | None = None
    whole_inner: int | None = None
    rank: int = 128

    @property
    def lower(self) -> int:
        """Number of layers that read every word."""
        return self.layers if self.whole is None else self.whole

    def inner_of(self, layer: int) -> int:
        return self.whole_inner if self.whole_inner and layer < self.lower else self.inner


class Layer(nn.Module):
    def __init__(self, shape: Shape, number: int = 0) -> None:
        super().__init__()
        self.heads, self.activation = shape.heads, shape.activation
        self.width = self.heads * shape.head_size
        inner = shape.inner_of(number)
        self.qkv = nn.Linear(shape.hidden, 3 * self.width)
        self.out = nn.Linear(self.width, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.inner = nn.Linear(shape.hidden, inner)
        self.outer = nn.Linear(inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float, memory: Tensor | None = None) -> Tensor:
        """``x`` (batch, words, hidden) after the layer.

        ``memory`` (batch, others, 2 * width) holds keys and values of words that are only looked at; the
        last dimension of ``mask`` then counts both, ``x`` first.
        """
        b, n, _ = x.shape
        q, k, v = self.qkv(x).split(self.width, -1)
        if memory is not None:
            keys, values = memory.split(self.width, -1)
            k, v = torch.cat([k, keys], 1), torch.cat([v, values], 1)
        q, k, v = (t.view(b, t.shape[1], self.heads, -1).transpose(1, 2) for t in (q, k, v))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(
            x + F.dropout(self.out(seen.transpose(1, 2).reshape(b, n, self.width)), drop, self.training)
        )
        inner = self.inner(x)
        inner = F.relu(inner) if self.activation == "relu" else F.gelu(inner)
        return self.norm2(x + F.dropout(self.outer(inner), drop, self.training))


class Student(nn.Module):
    """A small encoder with one head (scheme ``ww``)."""

    def __init__(self, shape: Shape, *, vocabulary: int = 30522, drop: float = 0.1) -> None:
        super().__init__()
        self.shape, self.drop = shape, drop
        self.pieces = nn.Embedding(vocabulary, shape.hidden)
        self.cases = nn.Embedding(CASES, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, i) for i in range(shape.layers))
        upper = shape.layers - shape.lower
        if upper:
            self.gist = nn.Linear(shape.hidden, shape.rank)
            self.memory = nn.Linear(shape.rank, upper * 2 * shape.heads * shape.head_size)
        self.head = nn.Linear(shape.hidden, len(labels("ww")))
        nn.init.zeros_(self.cases.weight)

    def embedded(self, pieces: Tensor, cases: Tensor) -> Tensor:
        """What the first layer reads."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        return self.norm(self.pieces(pieces) + self.cases(cases) + self.positions(positions))

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor, may: Tensor | None = None) -> Tensor:
        """Logits (batch, pieces, labels); outside ``may`` (default: all but the last, SEP) they say O."""
        x = F.dropout(self.embedded(pieces, cases), self.drop, self.training)
        seen = mask[:, None, None, :]
        lower = self.shape.lower
        for layer in self.layers[:lower]:
            x = layer(x, seen, self.drop)
        if lower == self.shape.layers:
            return self.head(x)
        if may is None:
            may = torch.cat([mask[:, 1:], mask.new_zeros(len(mask), 1)], 1)
        picked, there = first_of(may)
        y = x.gather(1, picked[..., None].expand(-1, -1, x.shape[-1]))
        memory = self.memory(self.gist(x)).chunk(len(self.layers) - lower, -1)
        both = torch.cat([there, mask & ~may], 1)[:, None, None, :]
        for layer, kept in zip(self.layers[lower:], memory, strict=True):
            y = layer(y, both, self.drop, kept)
        logits = self.head(y)
        out = logits.new_full((*pieces.shape, logits.shape[-1]), -30.0)
        out[..., 0] = 30.0
        rows = torch.arange(len(pieces), device=pieces.device)[:, None].expand_as(picked)
        return out.index_put((rows[there], picked[there]), logits[there])


def first_of(may: Tensor) -> tuple[Tensor, Tensor]:
    """Places where ``may`` (batch, pieces) holds, packed to the left, and which of them are real.

    >>> first_of(torch.tensor([[False, True, True], [True, False, False]]))[0].tolist()
    [[1, 2], [0, 1]]
    """
    order = torch.argsort((~may).long(), dim=1, stable=True)
    count = may.sum(1)
    longest = int(count.max().clamp_min(1))
    return order[:, :longest], torch.arange(longest, device=may.device) < count[:, None]


def student_from_minilm(
    shape: Shape, weights: dict[str, Tensor], *, keep: list[int] | None = None
) -> Student:
    """A student that starts from MiniLM: the layers ``keep``, their inner neurons thinned to ``shape.inner``.

    The neurons kept are those with the largest product of incoming and outgoing weight norms.
    """
    student = Student(shape)
    take = student.state_dict()
    weights = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
    take_encoder(take, weights, shape, keep or list(range(shape.layers)))
    student.load_state_dict(take)
    return student


def take_encoder(
    take: dict[str, Tensor], weights: dict[str, Tensor], shape: Shape, keep: Sequence[int]
) -> None:
    """Put MiniLM's embeddings and the layers ``keep``, thinned to ``shape.inner``, into a state ``take``."""
    take["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
    take["positions.weight"] = (
        weights["embeddings.position_embeddings.weight"][: shape.positions]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    take["norm.weight"] = weights["embeddings.LayerNorm.weight"]
    take["norm.bias"] = weights["embeddings.LayerNorm.bias"]
    for mine, theirs in enumerate(keep):
        old, new = f"encoder.layer.{theirs}.", f"layers.{mine}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{old}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            take[f"{new}qkv.{kind}"] = torch.cat(parts)
            take[f"{new}out.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
            take[f"{new}norm1.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
            take[f"{new}norm2.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
        wide, back = weights[f"{old}intermediate.dense.weight"], weights[f"{old}output.dense.weight"]
        best = (wide.norm(dim=1) * back.norm(dim=0)).topk(shape.inner).indices.sort().values
        take[f"{new}inner.weight"], take[f"{new}outer.weight"] = wide[best], back[:, best]
        take[f"{new}inner.bias"] = weights[f"{old}intermediate.dense.bias"][best]
        take[f"{new}outer.bias"] = weights[f"{old}output.dense.bias"]


class Teacher(nn.Module):
    """MPNet with one head per scheme of labels."""

    def __init__(self, config: dict[str, object], weights: dict[str, Tensor] | None) -> None:
        super().__init__()
        from transformers import MPNetConfig, MPNetModel

        skip = ("architectures", "_name_or_path", "transformers_version")
        settings = MPNetConfig(**{k: v for k, v in config.items() if k not in skip})
        # With any other attention the padding mask is not applied (seen in transformers 5).
        self.encoder = MPNetModel._from_config(settings, attn_implementation="eager", add_pooling_layer=False)
        if weights is not None:
            named = {k.removeprefix("mpnet."): v.float() for k, v in weights.items()}
            missing = self.encoder.load_state_dict(named, strict=False).missing_keys
            if [k for k in missing if "position_ids" not in k]:
                raise ValueError(f"weights missing for the teacher: {missing[:3]}")
        hidden = settings.hidden_size
        self.cases = nn.Embedding(CASES, hidden)
        nn.init.zeros_(self.cases.weight)
        self.heads = nn.ModuleDict({k: nn.Linear(hidden, len(labels(k))) for k in SCHEMES})

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor, scheme: str = "ww") -> Tensor:
        embedded = self.encoder.get_input_embeddings()(pieces) + self.cases(cases)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask.long()).last_hidden_state
        return self.heads[scheme](F.dropout(hidden, 0.1, self.training))


def vocabulary_map(mine: Path, theirs: Path) -> Tensor:
    """For each of MiniLM's word pieces, the row of the same piece in MPNet's vocabulary."""
    rows = {line.rstrip("\n"): i for i, line in enumerate(theirs.open(encoding="utf-8"))}
    special = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]"}
    unknown = rows.get("[UNK]", rows.get("<unk>", 0))
    names = [line.rstrip("\n") for line in mine.open(encoding="utf-8")]
    return torch.tensor([rows.get(special.get(n, n), unknown) for n in names])


def read_weights(folder: Path) -> dict[str, Tensor]:
    """The weights of a published model: ``model.safetensors`` in ``folder``."""
    from safetensors.torch import load_file

    return dict(load_file(str(folder / "model.safetensors")))


def save(student: Student, path: Path) -> None:
    """Write a student's weights (half precision) and shape."""
    from safetensors.torch import save_file

    state = {k: v.detach().half().contiguous().cpu() for k, v in student.state_dict().items()}
    save_file(state, str(path), metadata={"shape": json.dumps(asdict(student.shape))})


def restore(path: Path) -> Student:
    """Read what :func:`save` wrote."""
    from safetensors import safe_open

    with safe_open(str(path), "pt") as file:
        shape = Shape(**json.loads(file.metadata()["shape"]))
        state = {k: file.get_tensor(k).float() for k in file.keys()}  # noqa: SIM118
    student = Student(shape)
    student.load_state_dict(state)
    return student
