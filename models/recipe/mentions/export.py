"""Writes a trained reader as the ONNX file that is shipped, with its config.

    python -m models.recipe.mentions.export reader.safetensors... --windows windows.pkl --tokenizer FILE \
        --out FOLDER

Of several readers of one shape the mean of their weights is written: readers that began from the same one are
read together better than each alone.
Laid node by node with int8 weights, as the names classifier is (`models.recipe.export`).
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
from onnx import TensorProto, helper

from models.recipe.export import (
    MS,
    Graph,
    after_attention,
    as_tensors,
    constants_of,
    encoder_weights,
    query_key_value,
)
from models.recipe.mentions.examples import read_examples
from models.recipe.mentions.heads import HINTS, KINDS, MENTION_HEADS, WORD_HEADS
from models.recipe.mentions.network import Design, Reader, restore
from models.recipe.mentions.train import inputs_of
from models.recipe.networks import Shape
from models.recipe.smooth import factors

INPUTS = ("ids", "case", "kind", "hint")


def graph_of(reader: Reader, smooth: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """The ONNX model of a window and its mentions.

    In: four inputs (1, pieces) and ``target`` (mentions, pieces), 1 on the pieces of each mention. Out:
    logits ``mention`` (mentions, n) and ``words`` (mentions, pieces, m).
    """
    shape = reader.design.shape
    w = {k: v.detach().float().numpy() for k, v in reader.state_dict().items()}
    g = Graph()
    x = _embedded(g, w)
    one = g.constant("one", np.array([1]))
    for i in range(shape.layers):
        p = f"layers.{i}."
        if i == shape.layers - reader.design.own:
            g.add("Unsqueeze", ["target", g.constant("two", np.array([2]))], "target.column")
            g.add("Mul", ["target.column", g.constant("target.w", w["target"])], "target.mark")
            x = g.add("Add", [x, "target.mark"], "each")
        parts = [*query_key_value(g, w, shape, p, x)]
        g.add("MultiHeadAttention", parts, f"{p}seen", domain=MS, num_heads=shape.heads, scale=1.0)
        x = after_attention(g, w, shape, p, x, smooth)
    _heads(g, w, x, one)
    inputs = [helper.make_tensor_value_info(k, TensorProto.INT64, [1, "pieces"]) for k in INPUTS]
    inputs.append(helper.make_tensor_value_info("target", TensorProto.FLOAT, ["mentions", "pieces"]))
    outputs = [
        helper.make_tensor_value_info("mention", TensorProto.FLOAT, ["mentions", reader.design.mention]),
        helper.make_tensor_value_info(
            "words", TensorProto.FLOAT, ["mentions", "pieces", reader.design.words]
        ),
    ]
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)]
    graph = helper.make_graph(g.nodes, "mention", inputs, outputs, g.constants)
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="newsledger")


def _embedded(g: Graph, w: Mapping[str, np.ndarray]) -> str:
    g.rows("pieces", w["pieces.weight"], "ids")
    x = "pieces.out"
    for name, index in (("cases", "case"), ("kinds", "kind"), ("hints", "hint")):
        g.add("Gather", [g.constant(name, w[f"{name}.weight"]), index], f"{name}.out")
        x = g.add("Add", [x, f"{name}.out"], f"with.{name}")
    g.add("Shape", ["ids"], "length", start=1, end=2)
    first = [g.constant("zero", np.array([0])), "length", g.constant("axis", np.array([0]))]
    g.add("Slice", [g.constant("positions", w["positions.weight"]), *first], "positions.out")
    return g.norm(x, "positions.out", "norm", w["norm.weight"], w["norm.bias"])


def _heads(g: Graph, w: Mapping[str, np.ndarray], x: str, one: str) -> None:
    def linear(inputs: str, name: str, output: str) -> str:
        g.add("MatMul", [inputs, g.constant(f"{name}.w", w[f"{name}.weight"].T)], f"{name}.product")
        return g.add("Add", [f"{name}.product", g.constant(f"{name}.b", w[f"{name}.bias"])], output)

    linear(x, "words", "words")
    g.add("Unsqueeze", ["target", one], "target.row")
    g.add("MatMul", ["target.row", x], "target.sum")
    g.add("ReduceSum", ["target.row", g.constant("last", np.array([2]))], "target.count", keepdims=1)
    g.add("Div", ["target.sum", "target.count"], "target.mean")
    g.add("Slice", [x, g.constant("cls.at", np.array([0])), one, one], "cls")
    g.add("Concat", ["target.mean", "cls"], "both", axis=2)
    g.add("Squeeze", ["both", one], "pair")
    g.add("Gelu", [linear("pair", "pool", "pooled")], "pooled.active", domain=MS)
    linear("pooled.active", "mention", "mention")


def read_onnx(folder: Path) -> Reader:
    """The reader of an exported model, its weights as they were rounded: to train the shipped one on."""
    model = onnx.load(str(folder / "model.int8.onnx"))
    held = constants_of(model)
    layers = json.loads((folder / "config.json").read_text(encoding="utf-8"))["layers"]
    shape = Shape(layers=layers, inner=len(held["layers.0.inner.bias"]), activation="gelu")
    reads_mark = (node.input[1] for node in model.graph.node if node.input[0] == "each")
    shared = int(next(reads_mark).split(".")[1])
    design = Design(
        shape,
        kinds=len(held["kinds"]),
        hints=len(held["hints"]),
        mention=len(held["mention.b"]),
        words=len(held["words.b"]),
        own=shape.layers - shared,
    )
    named = encoder_weights(held, shape)
    named |= {"target": held["target.w"], "kinds.weight": held["kinds"], "hints.weight": held["hints"]}
    for name in ("words", "pool", "mention"):
        named |= {f"{name}.weight": held[f"{name}.w"].T, f"{name}.bias": held[f"{name}.b"]}
    reader = Reader(design)
    reader.load_state_dict(as_tensors(named))
    return reader


def mean(readers: Sequence[Reader]) -> Reader:
    """The first reader, with the mean of the weights of all."""
    states = [reader.state_dict() for reader in readers]
    readers[0].load_state_dict({name: sum(s[name] for s in states) / len(states) for name in states[0]})
    return readers[0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--windows", type=Path, required=True, help="training windows to measure inputs on")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader = mean([restore(path) for path in options.readers])
    some = read_examples([options.windows])[:320]
    data = graph_of(
        reader, factors(reader, [(inputs_of(some[n : n + 16]),) for n in range(0, len(some), 16)])
    )
    options.out.mkdir(parents=True, exist_ok=True)
    weights = data.SerializeToString()
    (options.out / "model.int8.onnx").write_bytes(weights)
    shutil.copyfile(options.tokenizer, options.out / "tokenizer.json")
    config = {
        "kinds": KINDS,
        "hints": HINTS,
        "mention_heads": MENTION_HEADS,
        "word_heads": WORD_HEADS,
        "sha256": hashlib.sha256(weights).hexdigest(),
        "layers": reader.design.shape.layers,
    }
    (options.out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
