"""Code that the mention model and the name classifier share: loading, word pieces, and letter case."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.lexicons.load import lazy_regex

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
"""Pieces before and after what an encoder reads."""
_DISABLED = ["SkipLayerNormFusion"]
"""Graph rewrites left out: the fused node is six times slower than its two parts (ONNX Runtime 1.32)."""
_SURROGATE = lazy_regex("[\ud800-\udfff]")


class ModelError(ValueError):
    """A model folder that cannot be used: a file is missing, or its checksum or labels are wrong."""


@dataclass(frozen=True, eq=False)
class Encoder:
    """A loaded encoder: its ``config.json``, the checksum of its weights, tokenizer and ONNX session."""

    config: dict[str, Any]
    sha256: str
    tokenizer: Any
    session: Any


def load_encoder(folder: Path, what: str) -> Encoder:
    """Load the encoder in ``folder``, to run on one thread; ``what`` names it in errors.

    Raises :class:`ModelError` if a file is missing or differs from the checksum in ``config.json``.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights, pieces = ((folder / name).read_bytes() for name in ("model.int8.onnx", "tokenizer.json"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no usable {what} in {folder}: {error}") from error
    digest = hashlib.sha256(weights).hexdigest()
    if config.get("sha256", digest) != digest:
        raise ModelError(f"{folder / 'model.int8.onnx'} does not match the checksum in config.json")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # a pattern is planned for each new length, and nearly all are new
    session = ort.InferenceSession(
        weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_DISABLED
    )
    return Encoder(config, digest, _tokenizer(pieces), session)


@lru_cache(maxsize=2)
def _tokenizer(description: bytes) -> Tokenizer:
    """What cuts words into pieces; the two models that are shipped share it."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_buffer(description)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def letter_case(word: str) -> int:
    """Category of a word's letter case, as the encoders were trained with it.

    0 no letters, 1 lower, 2 Title, 3 UPPER (two letters or more), 4 single capital, 5 mixed, 6 holds a digit.

    >>> [letter_case(w) for w in ("...", "aid", "Japan", "UN", "J", "McKay", "G7")]
    [0, 1, 2, 3, 4, 5, 6]
    """
    if not word.isalpha():  # as few words are: the next two look at each character
        if any(c.isdigit() for c in word):
            return 6
        if not any(c.isalpha() for c in word):
            return 0
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


def encodable(text: str) -> str:
    """``text`` without halves of surrogate pairs, which the tokenizer refuses; all offsets hold."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def encoded_words(
    text: str, base: int, tokenizer: Tokenizer
) -> tuple[list[tuple[int, int]], list[Sequence[int]]]:
    """Offsets (``base`` added) and pieces of the words that the tokenizer finds."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets, words = encoding.ids, encoding.offsets, encoding.word_ids
    found: list[tuple[int, int]] = []
    pieces: list[Sequence[int]] = []
    for _, group in groupby(range(len(ids)), words.__getitem__):
        run = list(group)
        found.append((base + offsets[run[0]][0], base + offsets[run[-1]][1]))
        pieces.append(ids[run[0] : run[-1] + 1])
    return found, pieces
