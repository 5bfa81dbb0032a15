"""What is done to the tables once all articles are read, in memory and, piece by piece, in a batch run.

In this order: corrections, counts of mentions, copies, conversion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsledger.corpus.copies import find_copies
from newsledger.corpus.people import MentionCounts
from newsledger.normalizer.conversion import converted
from newsledger.normalizer.copies import mark_copies, sketched
from newsledger.normalizer.corrections import FINISHED, AppliedCorrections
from newsledger.normalizer.rows import Row, person_rows
from newsledger.normalizer.run_settings import RunSettings
from newsledger.values.people import PersonRow

if TYPE_CHECKING:
    import pyarrow as pa

READ = ("article_id", "published_date", "text_sha256", "_sketch")
"""The columns of stored ``articles`` that are read beforehand; with corrections the text, too."""


class Finish:
    """Finishes the tables, to be given in the order of `FINISHED`; ``articles`` are read beforehand."""

    def __init__(self, run: RunSettings, articles: Iterable[pa.Table]) -> None:
        self.rates = run.rates
        self.corrections = AppliedCorrections(run.corrections)
        self.counts = MentionCounts()
        self.copies = find_copies(sketched(self.corrections.noting(articles)))

    def piece(self, name: str, piece: pa.Table) -> pa.Table:
        """A piece of the table ``name`` as it is written."""
        piece = self.corrections.apply(name, piece, self.counts)
        if name == "person_mentions":
            self.counts.add(*(piece.column(column).to_pylist() for column in ("person_id", "article_id")))
        piece = mark_copies(name, piece, self.copies)
        return converted(piece, self.rates) if name == "ledger" and self.rates else piece

    def people(self, rows: Sequence[PersonRow]) -> list[Row]:
        """The rows of ``people``, once the mentions are finished."""
        return person_rows(self.counts.rows(rows))


__all__ = ["FINISHED", "READ", "Finish"]
