"""Writes a trained student as the ONNX file that is shipped.

    python -m models.recipe.export student.safetensors --tokenizer FILE --windows windows.npz --out FOLDER \
        [--lean PER=-0.6]

The graph is laid node by node rather than traced, which leaves nothing in it but what the encoder needs: no
padding mask, since windows are run one at a time, and a product each for query, key and value, since to split
one product takes longer than to round its input three times.
Weights are int8 per output channel, activations quantised as they come (``DynamicQuantizeMatMul``); the
embedding rows are int8 with one scale a row. A few inputs of the feed-forward products are far larger than
the rest and would leave the others few of the 256 steps: they are divided, and their weights multiplied, by
factors measured on training text (`models.recipe.smooth`). ``Add`` and ``LayerNormalization`` are kept
apart: the fused node of ONNX Runtime 1.32 is six times slower on the processors measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from models.recipe.data import labels
from models.recipe.networks import Shape, Student, restore
from models.recipe.smooth import factors
from models.recipe.train import calibration, load_windows

MS = "com.microsoft"


class Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, op: str, inputs: list[str], output: str | list[str], *, domain: str = "", **attributes: object
    ) -> str:
        outputs = [output] if isinstance(output, str) else output
        self.nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def product(
        self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, factor: np.ndarray | None = None
    ) -> str:
        """``x @ weight.T + bias`` with int8 weights, one scale per output; ``x`` divided by ``factor``."""
        if factor is not None:
            weight = weight * factor
            divisor = self.constant(f"{name}.smooth", (1 / factor).astype(np.float32))
            x = self.add("Mul", [x, divisor], f"{name}.smoothed")
        by_column = weight.T
        scale = np.maximum(np.abs(by_column).max(0), 1e-8) / 127
        rounded = np.clip(np.round(by_column / scale), -127, 127).astype(np.int8)
        inputs = [
            x,
            self.constant(f"{name}.q", rounded),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
            self.constant(f"{name}.zero", np.zeros(len(scale), np.int8)),
            self.constant(f"{name}.bias", bias),
        ]
        return self.add("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=MS)

    def norm(self, x: str, y: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        self.add("Add", [x, y], f"{name}.sum")
        inputs = [f"{name}.sum", self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)]
        return self.add("LayerNormalization", inputs, f"{name}.out", epsilon=1e-12)

    def rows(self, name: str, table: np.ndarray, index: str) -> str:
        """Look rows of an embedding table up; the table is int8 with a scale a row."""
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        self.add(
            "Gather",
            [self.constant(f"{name}.q", np.round(table / scale).astype(np.int8)), index],
            f"{name}.i",
        )
        self.add("Gather", [self.constant(f"{name}.scale", scale.astype(np.float32)), index], f"{name}.s")
        self.add("Cast", [f"{name}.i"], f"{name}.f", to=TensorProto.FLOAT)
        return self.add("Mul", [f"{name}.f", f"{name}.s"], f"{name}.out")


def query_key_value(
    g: Graph, w: Mapping[str, np.ndarray], shape: Shape, p: str, x: str
) -> tuple[str, str, str]:
    """The three products of ``x`` in the layer ``p``; the scale of attention is in the query's weights."""
    width = shape.heads * shape.head_size
    qkv, bias = w[f"{p}qkv.weight"].copy(), w[f"{p}qkv.bias"].copy()
    qkv[:width] *= shape.head_size**-0.5
    bias[:width] *= shape.head_size**-0.5
    query, key, value = (
        g.product(x, f"{p}{name}", qkv[n * width : (n + 1) * width], bias[n * width : (n + 1) * width])
        for n, name in enumerate("qkv")
    )
    return query, key, value


def after_attention(
    g: Graph, w: Mapping[str, np.ndarray], shape: Shape, p: str, x: str, smooth: Mapping[str, np.ndarray]
) -> str:
    """The rest of the layer ``p``: what was ``seen`` added to ``x``, then the feed-forward products."""
    g.product(f"{p}seen", f"{p}out", w[f"{p}out.weight"], w[f"{p}out.bias"])
    x = g.norm(x, f"{p}out.out", f"{p}norm1", w[f"{p}norm1.weight"], w[f"{p}norm1.bias"])
    name = f"{p}inner"
    g.product(x, name, w[f"{name}.weight"], w[f"{name}.bias"], smooth.get(name))
    if shape.activation == "relu":
        g.add("Relu", [f"{p}inner.out"], f"{p}active")
    else:
        g.add("Gelu", [f"{p}inner.out"], f"{p}active", domain=MS)
    name = f"{p}outer"
    g.product(f"{p}active", name, w[f"{name}.weight"], w[f"{name}.bias"], smooth.get(name))
    return g.norm(x, f"{p}outer.out", f"{p}norm2", w[f"{p}norm2.weight"], w[f"{p}norm2.bias"])


def graph_of(student: Student, smooth: Mapping[str, np.ndarray] | None = None) -> onnx.ModelProto:
    """The ONNX model: ``ids`` and ``case`` (1, pieces) in, ``logits`` (1, pieces, labels) out.

    ``smooth`` holds what the inputs of some products are divided by (`models.recipe.smooth`).

    A student whose upper layers read only names takes two more inputs, the places of the pieces that they
    read (``may``, CLS first) and of all others (``others``, SEP among them), and gives the logits of the
    former.
    """
    shape, smooth = student.shape, smooth or {}
    w = {k: v.detach().float().numpy() for k, v in student.state_dict().items()}
    g = Graph()
    g.rows("pieces", w["pieces.weight"], "ids")
    g.add("Gather", [g.constant("cases", w["cases.weight"]), "case"], "cases.out")
    g.add("Shape", ["ids"], "length", start=1, end=2)
    first = [g.constant("zero", np.array([0])), "length", g.constant("axis", np.array([0]))]
    g.add("Slice", [g.constant("positions", w["positions.weight"]), *first], "positions.out")
    g.add("Add", ["pieces.out", "cases.out"], "embedded")
    x = g.norm("embedded", "positions.out", "norm", w["norm.weight"], w["norm.bias"])
    memory: list[str] = []
    for i in range(shape.layers):
        width = shape.heads * shape.head_size
        if i == shape.lower:
            rest = g.add("Gather", [x, "others"], "rest", axis=1)
            x = g.add("Gather", [x, "may"], "read", axis=1)
            memory = [f"memory.{n}" for n in range(2 * (shape.layers - i))]
            gist = g.product(rest, "gist", w["gist.weight"], w["gist.bias"])
            for n, name in enumerate(memory):
                part = slice(n * width, (n + 1) * width)
                memory[n] = g.product(gist, name, w["memory.weight"][part], w["memory.bias"][part])
        p = f"layers.{i}."
        query, *looked_at = query_key_value(g, w, shape, p, x)
        if memory:
            own, memory = memory[:2], memory[2:]
            for n, others in enumerate(own):
                looked_at[n] = g.add("Concat", [looked_at[n], others], f"{looked_at[n]}.all", axis=1)
        g.add(
            "MultiHeadAttention", [query, *looked_at], f"{p}seen", domain=MS, num_heads=shape.heads, scale=1.0
        )
        x = after_attention(g, w, shape, p, x, smooth)
    g.add("MatMul", [x, g.constant("head.w", w["head.weight"].T)], "head.product")
    g.add("Add", ["head.product", g.constant("head.b", w["head.bias"])], "logits")
    inputs = [
        helper.make_tensor_value_info(k, TensorProto.INT64, ["batch", "pieces"]) for k in ("ids", "case")
    ]
    if shape.lower < shape.layers:
        inputs += [helper.make_tensor_value_info(k, TensorProto.INT64, [k]) for k in ("may", "others")]
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", "read", len(w["head.bias"])])
    ]
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)]
    graph = helper.make_graph(g.nodes, "names", inputs, outputs, g.constants)
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="newsledger")


def export(
    student: Student, tokenizer: Path, out: Path, smooth: Mapping[str, np.ndarray] | None = None
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    data = graph_of(student, smooth).SerializeToString()
    (out / "model.int8.onnx").write_bytes(data)
    if tokenizer.resolve() != (out / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer, out / "tokenizer.json")
    config = {
        "labels": labels("ww"),
        "max_pieces": student.shape.positions - 2,
        "inputs": ["ids", "case", "may", "others"][: 4 if student.shape.lower < student.shape.layers else 2],
        "sha256": hashlib.sha256(data).hexdigest(),
        "shape": vars(student.shape),
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


def read_onnx(folder: Path) -> Student:
    """The student of an exported model, its weights as they were rounded."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape(**config["shape"])
    held = constants_of(onnx.load(str(folder / "model.int8.onnx")))
    student = Student(shape, vocabulary=len(held["pieces.q"]))
    named = encoder_weights(held, shape)
    named |= {"head.weight": held["head.w"].T, "head.bias": held["head.b"]}
    if shape.lower < shape.layers:
        named["gist.weight"], named["gist.bias"] = _product(held, "gist")
        parts = [f"memory.{n}" for n in range(2 * (shape.layers - shape.lower))]
        named["memory.weight"], named["memory.bias"] = _product(held, "memory", parts)
    student.load_state_dict(as_tensors(named))
    return student


def constants_of(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """The constants of an exported model by name."""
    return {c.name: numpy_helper.to_array(c).astype(np.float32) for c in model.graph.initializer}


def encoder_weights(held: Mapping[str, np.ndarray], shape: Shape) -> dict[str, np.ndarray]:
    """The weights of the embeddings and layers of an exported model, from its constants."""
    named = {
        "pieces.weight": held["pieces.q"] * held["pieces.scale"],
        "cases.weight": held["cases"],
        "positions.weight": held["positions"],
    }
    for i in range(shape.layers):
        p = f"layers.{i}."
        for name in ("qkv", "out", "inner", "outer"):
            parts = [f"{p}{letter}" for letter in name] if name == "qkv" else []
            weight, bias = _product(held, f"{p}{name}", parts)
            if name == "qkv":
                width = shape.heads * shape.head_size
                weight[:width] *= shape.head_size**0.5
                bias[:width] *= shape.head_size**0.5
            named[f"{p}{name}.weight"], named[f"{p}{name}.bias"] = weight, bias
    for name in ("norm", *(f"layers.{i}.norm{n}" for i in range(shape.layers) for n in (1, 2))):
        named[f"{name}.weight"], named[f"{name}.bias"] = held[f"{name}.w"], held[f"{name}.b"]
    return named


def as_tensors(weights: Mapping[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """Weights for ``load_state_dict``."""
    return {name: torch.from_numpy(np.ascontiguousarray(weight)) for name, weight in weights.items()}


def _product(
    held: Mapping[str, np.ndarray], name: str, parts: Sequence[str] = ()
) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a product; of ``parts`` where it was written in parts."""
    names = [name] if f"{name}.q" in held else parts
    weights = [
        (held[f"{n}.q"] * held[f"{n}.scale"]).T * held.get(f"{n}.smooth", np.float32(1)) for n in names
    ]
    return np.concatenate(weights), np.concatenate([held[f"{n}.bias"] for n in names])


def leant(student: Student, leans: Mapping[str, float]) -> Student:
    """``student`` with what is added to the logits of some kinds, which trades precision for recall."""
    for number, label in enumerate(labels("ww")):
        student.head.bias.data[number] += leans.get(label[2:], 0.0)
    return student


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("student", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--windows", type=Path, required=True, help="training text to measure inputs on")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--lean", action="append", default=[], metavar="KIND=NUMBER", help="add to a kind's logits"
    )
    options = parser.parse_args()
    leans = {kind: float(number) for kind, number in (lean.split("=") for lean in options.lean)}
    student = leant(restore(options.student), leans)
    windows, _, _ = load_windows(options.windows, "cpu")
    smooth = factors(student, calibration(windows, number=120, seed=5))
    export(student, options.tokenizer, options.out, smooth)


if __name__ == "__main__":
    main()
