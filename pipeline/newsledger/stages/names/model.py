"""Loads the token classifier and runs it: ONNX Runtime, one thread, one window at a time.

One window at a time rather than padded batches, for two measured reasons: a window of a hundred pieces
already fills the processor's caches, and the dynamic quantisation of activations looks at a whole batch,
so that in a batch an article's spans would depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CLS, _SEP = 101, 102
_NO_NAME = 30.0
"""Logit of "no name" for a piece that the upper layers do not read."""
_DISABLED = ["SkipLayerNormFusion"]
"""Graph rewrites left out: the fused node is six times slower than its two parts (ONNX Runtime 1.32)."""


class ModelError(ValueError):
    """A model folder that cannot be used: a file is missing, or its checksum or labels are wrong."""


@dataclass(frozen=True, eq=False)
class NameModel:
    """A loaded classifier: ``labels[i]`` names column i of the logits."""

    folder: Path
    labels: tuple[str, ...]
    max_pieces: int
    sha256: str
    tokenizer: Any
    session: Any
    inputs: frozenset[str]
    """Inputs of the graph: pieces and case, and a padding ``mask`` or ``may`` and ``others``."""

    def logits(
        self, pieces: NDArray[np.int64], case: NDArray[np.int64], candidate: NDArray[np.bool_]
    ) -> NDArray[np.float32]:
        """Logits of one window, shape (pieces, labels).

        Where the upper layers read only the ``candidate`` pieces of names, the others get zeros and a high
        value for the first label, which is "no name".
        """
        n = len(pieces)
        ids = np.empty((1, n + 2), np.int64)
        ids[0, 0], ids[0, 1:-1], ids[0, -1] = _CLS, pieces, _SEP
        cases = np.zeros((1, n + 2), np.int64)
        cases[0, 1:-1] = case
        feed = {"ids": ids, "case": cases}
        if "mask" in self.inputs:
            feed["mask"] = np.ones((1, n + 2), np.int64)
        if "may" not in self.inputs:
            whole: NDArray[np.float32] = self.session.run(None, feed)[0][0, 1:-1]
            return whole
        read = np.flatnonzero(candidate)
        feed["may"] = np.concatenate([[0], read + 1])
        feed["others"] = np.concatenate([np.flatnonzero(~candidate) + 1, [n + 1]])
        out = np.zeros((n, len(self.labels)), np.float32)
        out[:, 0] = _NO_NAME
        if len(read):
            out[read] = self.session.run(None, feed)[0][0, 1:]
        return out


def shipped_folder() -> Path:
    """Folder of the shipped model: inside the installed package, else ``models/people`` of the checkout."""
    packed = Path(__file__).parent / "model"
    return packed if packed.is_dir() else Path(__file__).parents[4] / "models" / "people"


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder of a classifier in our own form."""
    return (path / "model.int8.onnx").is_file()


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> NameModel:
    """Load the classifier in ``folder`` (default: the shipped one); kept for the life of the process.

    Raises :class:`ModelError` where a file is missing or differs from the checksum in ``config.json``.
    """
    folder = folder or shipped_folder()
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = (folder / "model.int8.onnx").read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"no usable people model in {folder}: {error}") from error
    digest = hashlib.sha256(weights).hexdigest()
    if config.get("sha256", digest) != digest:
        raise ModelError(f"{folder / 'model.int8.onnx'} does not match the checksum in config.json")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime as ort
    from tokenizers import Tokenizer

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(
        weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_DISABLED
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return NameModel(
        folder=folder,
        labels=tuple(config["labels"]),
        max_pieces=int(config["max_pieces"]),
        sha256=digest,
        tokenizer=tokenizer,
        session=session,
        inputs=frozenset(i.name for i in session.get_inputs()),
    )
