"""What is done to the tables once all articles are read, in memory and, piece by piece, in a batch run.

In this order: corrections, counts of mentions, copies (``duplicate_of`` of ``articles``, ``countable`` of
``ledger``), conversion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from newsledger.corpus.conversion import Rates, convert, load_rates
from newsledger.corpus.copies import Copy, Sketch, Sketched, find_copies, sketch
from newsledger.corpus.corrections import Correction, CorrectionsError, read_corrections
from newsledger.corpus.linking.resolve import records
from newsledger.corpus.people import MentionCounts, link_people
from newsledger.corpus.steps import Steps
from newsledger.normalizer.correctable import check_correction
from newsledger.normalizer.corrections import FINISHED, AppliedCorrections
from newsledger.normalizer.rows import (
    Row,
    batch,
    cells,
    fitted_rows,
    issue_row,
    person_rows,
    row_schema,
    sort_key,
    to_arrow,
    with_column,
    with_person_ids,
)
from newsledger.normalizer.run_record import Counts, digest, program_record
from newsledger.normalizer.schema import TABLES, arrow_schema, table
from newsledger.values.cells import fit
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue
from newsledger.values.people import KnownPeople, PersonRecord
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
    """Known people, the rates of exchange that amounts are converted at, and what people corrected."""

    known: KnownPeople | None = None
    rates: Rates | None = None
    corrections: tuple[Correction, ...] = ()
    ledger: bool = True


def load_run_settings(settings: Settings, *, known: KnownPeople | None = None) -> RunSettings:
    """Load what the settings name; raises ``ValueError`` where a file or a code cannot be used."""
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
        """Count who is still named, where there were corrections, in the finished ``person_mentions``."""
        for piece in mentions if self.counts.persons else ():
            self.counts.add(cells(piece, "person_id", "article_id"))


def _sketched(articles: Iterable[pa.Table]) -> Iterator[Sketched]:
    """The articles of pieces of the table ``articles``, from their column ``_sketch``, else from the text."""
    for piece in articles:
        if "_sketch" in piece.schema.names:
            sketches = map(Sketch.from_bytes, piece.column("_sketch").to_pylist())
        else:
            sketches = map(sketch, piece.column("text").to_pylist())
        for (article_id, published), sketched in zip(
            cells(piece, "article_id", "published_date"), sketches, strict=True
        ):
            yield Sketched(article_id, published, sketched)


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


def collect(
    extractions: Iterable[Extraction | Issue],
    *,
    kind: Callable[..., _T],
    settings: Mapping[str, Any],
    run: RunSettings,
    reading: Mapping[str, Any] | None = None,
) -> _T:
    """Make the tables of ``extractions``, whose articles must have ids of their own.

    ``kind`` is the class of the tables, ``settings`` and ``reading`` what ``run.json`` says of both. An
    `Issue` among the extractions becomes a row of ``issues`` as it stands.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    fields: dict[str, Mapping[str, str | None]] = {}
    kept: dict[str, None] = {}
    people: list[PersonRecord] = []
    for item in extractions:
        if isinstance(item, Issue):
            rows["issues"].append(issue_row(item))
            continue
        [(item, own_rows)] = fitted_rows([item])
        own = fields[item.article.article_id] = item.article.fields
        if own.keys() - kept.keys():
            kept |= dict.fromkeys(own)
            table("articles", tuple(kept))  # refuses a field that is a column already
        for name, found in own_rows.items():
            rows[name].extend(found)
        people.extend(records(item.article.article_id, item.people))
    rows["articles"] = [(*row, *map(fields[row[0]].get, kept)) for row in rows["articles"]]

    def made(name: str) -> pa.Table:
        return to_arrow(name, sorted(rows[name], key=sort_key(name)), arrow_schema(name, tuple(kept)))

    finish = Finish(run, [made("articles")])
    corrections = finish.corrections
    people.extend(_add_rows(corrections, rows, ledger=run.ledger))
    wanted = corrections.mentions()
    of_mention = {row[0]: (row[1], row[2]) for row in rows["person_mentions"] if row[0] in wanted}
    linked, issues, judged = link_people(
        people, known=run.known, judgements=corrections.judgements(of_mention)
    )
    corrections.take_judged(judged)
    rows["issues"].extend(map(issue_row, issues))
    rows = with_person_ids(rows, lambda *key: linked.ids[key])
    tables: dict[str, pa.Table] = {}
    for name in FINISHED:
        if name == "people":
            rows[name] = person_rows(finish.counts.rows(linked.rows))
        elif name == "corrections":
            rows[name] = corrections.rows()
            rows["issues"].extend(map(issue_row, corrections.issues()))
        tables[name] = finish.piece(name, made(name))
        if name == "person_mentions":
            finish.count([tables[name]])
    return kind(tables, run=partial(_record, tables, dict(settings), reading))


def _record(
    tables: Mapping[str, pa.Table], settings: Mapping[str, Any], reading: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What ``run.json`` says of the run."""
    counts = Counts()
    for name, made in tables.items():
        counts.add(name, made)
    identifying = tables["articles"].select(["article_id", "published_date", "text_sha256"])
    return {
        **program_record(),
        "settings": settings,
        "reading": reading,
        "manifest_sha256": digest([list(map(str, row.values())) for row in identifying.to_pylist()]),
        **counts.record(),
    }


def _add_rows(
    corrections: AppliedCorrections, rows: Mapping[str, list[Row]], *, ledger: bool
) -> list[PersonRecord]:
    """Add the rows of corrections to those of the articles; returns the people whom only they name."""
    added, persons = corrections.add_rows(
        lambda name: [to_arrow(name, rows[name], row_schema(name))], ledger=ledger
    )
    numbers = [person.person if isinstance(person, PersonRecord) else person[1] for person in persons]
    for name, found in with_person_ids(added, lambda _, place: numbers[place]).items():
        rows[name].extend(found)
    return [person for person in persons if isinstance(person, PersonRecord)]
