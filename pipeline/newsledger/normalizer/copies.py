"""Marks copies in the final tables: ``duplicate_of`` of ``articles``, ``countable`` of ``ledger``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from newsledger.corpus.copies import Copy, Sketch, Sketched, sketch
from newsledger.normalizer.columns import with_column

if TYPE_CHECKING:
    import pyarrow as pa


def sketched(articles: Iterable[pa.Table]) -> Iterator[Sketched]:
    """The articles of pieces of the table ``articles``, from their column ``_sketch``, else from the text."""
    for piece in articles:
        if "_sketch" in piece.schema.names:
            sketches = map(Sketch.from_bytes, piece.column("_sketch").to_pylist())
        else:
            sketches = map(sketch, piece.column("text").to_pylist())
        about = (piece.column(name).to_pylist() for name in ("article_id", "published_date"))
        yield from map(Sketched, *about, sketches)


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
