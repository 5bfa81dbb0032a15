"""The last steps on the tables, once all articles are read; a batch run applies them piece by piece.

In this order: corrections, counts of mentions, copies (``duplicate_of`` of ``articles``, ``countable`` of
``ledger``), conversion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from newsledger.corpus.conversion import Rates, convert, load_rates
from newsledger.corpus.copies import Copy, Sketch, Sketched, find_copies
from newsledger.corpus.corrections import Correction, CorrectionsError, read_corrections
from newsledger.corpus.people import MentionCounts
from newsledger.corpus.steps import Steps
from newsledger.normalizer.correctable import check_correction
from newsledger.normalizer.corrections import AppliedCorrections
from newsledger.normalizer.rows import batch, cells, with_column
from newsledger.normalizer.schema import arrow_schema
from newsledger.values.cells import fit
from newsledger.values.people import KnownPeople
from newsledger.values.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

_T = TypeVar("_T")

_CONVERTED = ("value_low", "value_high", "currency", "published_date", "period_end")
_OF_COPY = ("article_id", "duplicate_of", "duplicate_share")
READ = ("article_id", "published_date", "text_sha256", "_sketch")
"""The columns of stored ``articles`` that are read beforehand; with corrections the text, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """What the settings of a run load: known people, exchange rates and corrections."""

    known: KnownPeople | None = None
    rates: Rates | None = None
    corrections: tuple[Correction, ...] = ()
    ledger: bool = True


def load_run_settings(settings: Settings, *, known: KnownPeople | None = None) -> RunSettings:
    """Load the files that the settings name; raises ``ValueError`` for an unusable file or code."""
    rates = load_rates(settings.convert_to, settings.rates) if settings.convert_to is not None else None
    corrections = read_corrections(settings.corrections) if settings.corrections else ()
    for one in corrections:
        try:
            check_correction(one)
        except ValueError as error:
            raise CorrectionsError(f"corrections: {one.correction_id}: {error}") from None
    return RunSettings(known=known, rates=rates, corrections=corrections, ledger=settings.ledger)


class Finish:
    """Finishes the tables, to be given in the order of `FINISHED`; ``articles`` are read beforehand.

    ``steps`` is where copies are found.
    """

    def __init__(self, run: RunSettings, articles: Iterable[pa.Table], *, steps: Steps | None = None) -> None:
        self.rates = run.rates
        self.corrections = AppliedCorrections(run.corrections)
        self.counts = MentionCounts()
        found = find_copies(_sketched(self.corrections.noting(articles)), steps)
        self.copies = _table_of(found) if found else None

    def piece(self, name: str, piece: pa.Table) -> pa.Table:
        """A piece of the table ``name`` as it is written."""
        piece = self.corrections.apply(name, piece, self.counts)
        if self.copies and name in ("articles", "ledger"):
            piece = _with_copies(name, piece, self.copies)
        return converted(piece, self.rates) if name == "ledger" and self.rates else piece

    def count(self, mentions: Iterable[pa.Table | pa.RecordBatch]) -> None:
        """Count the people still mentioned in the finished ``person_mentions``, if there were corrections."""
        for piece in mentions if self.counts.persons else ():
            self.counts.add(cells(piece, "person_id", "article_id"))


def _sketched(articles: Iterable[pa.Table]) -> Iterator[Sketched]:
    """The articles of pieces of the table ``articles`` with their column ``_sketch``."""
    for piece in articles:
        for article_id, published, stored in cells(piece, "article_id", "published_date", "_sketch"):
            yield Sketched(article_id, published, Sketch.from_bytes(stored))


def _table_of(copies: Mapping[str, Copy]) -> pa.Table:
    """The copies in a tenth of the memory."""
    import pyarrow as pa

    schema = pa.schema([arrow_schema("articles").field(name) for name in _OF_COPY])
    rows = [(name, one.original, Decimal(str(one.share))) for name, one in copies.items()]
    return pa.Table.from_batches([batch(rows, schema)])


def _with_copies(name: str, piece: pa.Table, copies: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    at = pc.index_in(piece.column("article_id"), value_set=copies.column("article_id"))
    values = {"countable": pc.and_(piece.column("countable"), at.is_null())} if name == "ledger" else {}
    for column in _OF_COPY[1:] if name == "articles" else ():
        values[column] = copies.column(column).take(at)
    for column, found in values.items():
        piece = piece.set_column(piece.schema.get_field_index(column), piece.schema.field(column), found)
    return piece


def converted(ledger: pa.Table, rates: Rates) -> pa.Table:
    """A piece of ``ledger`` with its amounts in one currency too."""
    found = [
        convert(low, high, currency, rates=rates, published=published, period_end=period_end)
        for low, high, currency, published, period_end in cells(ledger, *_CONVERTED)
    ]
    values: dict[str, list[Any]] = {
        "converted_low": [one.low for one in found],
        "converted_high": [one.high for one in found],
        "converted_currency": [None if one.rate is None else rates.target for one in found],
        "rate": [fit(one.rate)[0] for one in found],
        "rate_date": [one.rate_date for one in found],
        "rate_basis": [one.basis for one in found],
    }
    for name, column in values.items():
        ledger = with_column(ledger, name, column)
    return ledger
