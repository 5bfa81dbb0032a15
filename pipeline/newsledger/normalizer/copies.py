"""Marks copies in the final tables: ``duplicate_of`` of ``articles``, ``countable`` of ``ledger``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.corpus.copies import Copy, Sketched, sketch
from newsledger.normalizer.columns import with_column

if TYPE_CHECKING:
    import pyarrow as pa

SKETCHED = ("article_id", "published_date", "text")
"""The columns of ``articles`` that are read."""


def sketched(articles: Iterable[pa.Table]) -> Iterator[Sketched]:
    """The articles of pieces of the table ``articles``, as far as copies go."""
    for piece in articles:
        for article_id, published, text in zip(
            *(piece.column(name).to_pylist() for name in SKETCHED), strict=True
        ):
            runs, n_words = sketch(text)
            yield Sketched(article_id, published, n_words, runs)


def mark_copies(name: str, piece: pa.Table, copies: Mapping[str, Copy]) -> pa.Table:
    """A piece of the table ``name`` with what follows from the copies of the run."""
    if not copies or name not in ("articles", "ledger"):
        return piece
    of_row = [copies.get(article_id) for article_id in piece.column("article_id").to_pylist()]
    if name == "ledger":
        counted = zip(piece.column("countable").to_pylist(), of_row, strict=True)
        return with_column(piece, "countable", [said and copy is None for said, copy in counted])
    piece = with_column(piece, "duplicate_of", [copy.original if copy else None for copy in of_row])
    shares = [Decimal(str(copy.share)) if copy else None for copy in of_row]
    return with_column(piece, "duplicate_share", shares)
