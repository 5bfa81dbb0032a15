"""Turns the mentions of one article into rows (tuples in column order), and rows into Arrow tables.

What a stage calls a tuple is joined by ``|``; an empty text in a column that may be null is null; a value
is fitted to six decimals, and says so when that changed it.

Arrow arrays are made without pandas: ``pyarrow.array`` imports pandas at its first call where it is
installed, which costs half a second that a run of one article does not have. The buffers of the five types of
our tables are easily made by hand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from newsledger.normalizer.schema import TABLES, arrow_schema
from newsledger.values.article import Article
from newsledger.values.cells import DECIMAL_PRECISION, DECIMAL_SCALE, cell, fit, is_exact_float
from newsledger.values.extraction import Extraction
from newsledger.values.issues import Issue, describe_error
from newsledger.values.ledger import LedgerEntry, PartyRole
from newsledger.values.mentions import MoneyMention, PersonMention
from newsledger.values.people import PersonRow

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = dt.date(1970, 1, 1).toordinal()
_EXACT = Context(prec=DECIMAL_PRECISION)


def _bits(values: Sequence[Any]) -> bytes:
    """A bitmap, least significant bit first: 1 where the value is true."""
    return np.packbits(np.array(values, np.bool_), bitorder="little").tobytes()


def _scaled(value: Decimal) -> bytes:
    scaled = value.scaleb(DECIMAL_SCALE, context=_EXACT)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{value} has more than {DECIMAL_SCALE} decimals")
    return whole.to_bytes(16, "little", signed=True)


def _binary(texts: Sequence[bytes]) -> list[bytes]:
    return [array("i", accumulate(map(len, texts), initial=0)).tobytes(), b"".join(texts)]


def _numbers(code: str, values: Sequence[int | None]) -> list[bytes]:
    return [array(code, [0 if v is None else v for v in values]).tobytes()]


_MAKERS: dict[str, Callable[[Sequence[Any]], list[bytes]]] = {
    "string": lambda values: _binary([b"" if v is None else v.encode() for v in values]),
    "binary": _binary,
    "int64": partial(_numbers, "q"),
    "int32": partial(_numbers, "i"),
    "date32[day]": lambda values: _numbers("i", [v and v.toordinal() - _EPOCH for v in values]),
    "bool": lambda values: [_bits(values)],
    f"decimal128({DECIMAL_PRECISION}, {DECIMAL_SCALE})": lambda values: [
        b"".join(bytes(16) if v is None else _scaled(v) for v in values)
    ],
}


def make_array(values: Sequence[Any], type: pa.DataType, *, nullable: bool = True) -> pa.Array:
    """An Arrow array of one of the types of the tables; None is null.

    Raises ``TypeError``, ``ValueError`` or another exception of the value's own if one does not fit.

    >>> import pyarrow as pa
    >>> make_array(["a", None, "bc"], pa.string()).to_pylist()
    ['a', None, 'bc']
    """
    import pyarrow as pa

    nulls = values.count(None)
    if nulls and not nullable:
        raise ValueError("a required column lacks a value")
    valid = pa.py_buffer(_bits([v is not None for v in values])) if nulls else None
    buffers = [pa.py_buffer(part) for part in _MAKERS[str(type)](values)]
    return pa.Array.from_buffers(type, len(values), [valid, *buffers], null_count=nulls)


def cells(piece: pa.Table | pa.RecordBatch, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a piece of a table, or of some of its columns, as tuples."""
    columns = map(piece.column, names) if names else piece.columns
    return zip(*(column.to_pylist() for column in columns), strict=True)


def with_column(piece: pa.Table, name: str, values: Sequence[Any]) -> pa.Table:
    """A piece of a table with other values in one of its columns."""
    field = piece.schema.field(name)
    array = make_array(values, field.type, nullable=field.nullable)
    return piece.set_column(piece.schema.get_field_index(name), field, array)


Row = tuple[Any, ...]

MENTIONS = {
    "person_mentions": "people",
    "country_mentions": "countries",
    "date_mentions": "dates",
    "figures": "money",
}
"""Table of mentions -> the field of `Extraction` that holds them."""

KINDS = {
    "person_mentions": "person",
    "roles": "role",
    "country_mentions": "country",
    "date_mentions": "date",
    "figures": "money",
}
"""Table of mentions -> the kind that stands in its ids."""

PERSON_TABLES = tuple(
    name for name, table in TABLES.items() if name != "people" and "person_id" in table.names
)
"""The tables whose rows point at a person of the run."""


def mention_id(article_id: str, kind: str, start: int, end: int) -> str:
    """The id of a mention: article, kind and offsets, the offsets padded so that ids sort like positions.

    >>> mention_id("a1", "money", 12, 24)
    'a1#money:00000012-00000024'
    """
    return f"{article_id}#{kind}:{start:08d}-{end:08d}"


@cache
def _columns(table: str, given: int) -> tuple[tuple[str, bool], ...]:
    """The field behind each column of a table from the ``given``-th on, and whether it may be null."""
    fields = {"person_id": "person"} if table in PERSON_TABLES else {}
    return tuple((fields.get(c.name, c.name), not c.required) for c in TABLES[table].columns[given:])


def _row(table: str, source: Any, *given: Any) -> Row:
    """A row whose first cells are ``given``, and the others the fields of ``source``."""
    values = [
        cell(getattr(source, field)) if optional else getattr(source, field)
        for field, optional in _columns(table, len(given))
    ]
    return (*given, *values)


def _mention_rows(article_id: str, table: str, mentions: Iterable[Any]) -> list[Row]:
    kind = KINDS[table]
    return [
        _row(table, m, mention_id(article_id, kind, m.start_char, m.end_char), article_id) for m in mentions
    ]


def _role_rows(article_id: str, people: Iterable[PersonMention]) -> Iterator[Row]:
    """The rows of ``roles``; persons are still numbers of the article."""
    for mention in people:
        owner = mention_id(article_id, "person", mention.start_char, mention.end_char)
        for role in mention.roles:
            role_id = mention_id(article_id, KINDS["roles"], role.start_char, role.end_char)
            yield _row("roles", role, role_id, article_id, mention.person, owner, mention.name)


PARTIES: tuple[PartyRole, ...] = ("payer", "recipient", "holder", "channel")
"""The parties whose names a row of ``ledger`` holds."""
OF_FIGURE = ("surface", "value_low", "value_high", "modifier", "currency", "per_unit", "sentence")
"""What a row of ``ledger`` repeats of its figure."""
_OF_ENTRY = [name for name in TABLES["ledger"].names if name in LedgerEntry.__dataclass_fields__]


def _ledger_rows(extraction: Extraction) -> dict[str, list[Row]]:
    """The rows of ``ledger``, ``figure_parties`` and ``figure_links``; persons are numbers of the article.

    An entry whose figure has no row has none either, and neither has a link to such a figure.
    """
    article = extraction.article
    article_id = article.article_id
    figures = {(m.start_char, m.end_char): m for m in extraction.money}
    figure_ids = {place: mention_id(article_id, KINDS["figures"], *place) for place in figures}
    dates = {(m.start_char, m.end_char) for m in extraction.dates}
    rows: dict[str, list[Row]] = {"ledger": [], "figure_parties": [], "figure_links": []}
    for entry in extraction.ledger:
        place = (entry.start_char, entry.end_char)
        if place not in figures:
            continue
        figure_id = figure_ids[place]
        period: Any = entry.period_start_char, entry.period_end_char
        period_id = mention_id(article_id, KINDS["date_mentions"], *period) if period in dates else None
        rows["ledger"].append((figure_id, *_ledger_cells(article, entry, figures[place], period_id)))
        rows["figure_parties"] += [
            _row("figure_parties", one, figure_id, article_id) for one in entry.parties
        ]
        for link in entry.links:
            if to := figure_ids.get((link.to_start_char, link.to_end_char)):
                rows["figure_links"].append(_row("figure_links", link, figure_id, to, article_id))
    return rows


def _ledger_cells(article: Article, entry: LedgerEntry, figure: MoneyMention, period_id: str | None) -> Row:
    """A row of ``ledger`` but for its key: it repeats its figure and its article, and names the parties."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in _OF_ENTRY}
    values |= {name: getattr(figure, name) for name in OF_FIGURE}
    values |= {
        "article_id": article.article_id,
        "published_date": article.published_date,
        "title": article.title,
        "period_mention_id": period_id,
    }
    for column, role in (*zip(PARTIES, PARTIES, strict=True), ("attributed_to", "source")):
        party = entry.party(role)
        values[column] = party and (party.party or party.surface)
        values[f"{column}_country"] = party and party.country
    columns = _columns("ledger", 1)
    return tuple(cell(values.get(name)) if optional else values.get(name) for name, optional in columns)


@cache
def row_schema(table: str, kept: tuple[str, ...] = ()) -> pa.Schema:
    """The Arrow schema of the rows of an article: as the table's, but a person is still a number."""
    import pyarrow as pa

    schema = arrow_schema(table, kept)
    if table not in PERSON_TABLES:
        return schema
    at = schema.get_field_index("person_id")
    return schema.set(at, schema.field(at).with_type(pa.int64()))


def fitted_rows(extractions: Iterable[Extraction]) -> list[tuple[Extraction, dict[str, list[Row]]]]:
    """The extractions with every mention such that its row fits its table, each with its `article_rows`.

    Values are fitted to six decimals and flagged where that changed them. A mention that no row can hold (a
    field of another type or outside the allowed values) becomes an issue; the others are not affected. They
    are checked together, which for short articles takes a third of the time, and one by one where that fails.
    """
    fitted = [_with_fitted_values(extraction) for extraction in extractions]
    try:
        rows = [*map(article_rows, fitted)]
        for table in MENTIONS:
            _check(table, [row for found in rows for row in found[table]])
    except Exception:
        fitted = [*map(_without_misfits, fitted)]
        rows = [*map(article_rows, fitted)]
    return list(zip(fitted, rows, strict=True))


def _at(mention: Any, message: str) -> str:
    return f"{mention.surface[:80]!r} at {mention.start_char}: {message}"


def _with_fitted_values(extraction: Extraction) -> Extraction:
    issues = [*extraction.issues]
    money = tuple(_fitted(mention, extraction.article, issues) for mention in extraction.money)
    return extraction if money == extraction.money else replace(extraction, money=money, issues=tuple(issues))


def _fitted(mention: MoneyMention, article: Article, issues: list[Issue]) -> MoneyMention:
    low, low_flag = fit(mention.value_low)
    high, high_flag = fit(mention.value_high)
    flags = sorted(filter(None, {low_flag, high_flag}))
    for flag in flags:
        message = "the value was rounded to six decimals" if flag == "rounded" else "the value is too large"
        issues.append(article.issue("money", "warning", f"value_{flag}", _at(mention, message)))
    if not (is_exact_float(low) and is_exact_float(high)):
        flags.append("inexact_float")
    if not flags:
        return mention
    return replace(mention, value_low=low, value_high=high, quality=(*mention.quality, *flags))


def _without_misfits(extraction: Extraction) -> Extraction:
    """The extraction without the mentions whose rows no table can hold, with the reasons as issues."""
    article = extraction.article
    issues: list[Issue] = []
    kept: dict[str, Any] = {}
    for table, field in MENTIONS.items():
        kept[field] = []
        for mention in getattr(extraction, field):
            try:
                _check(table, _mention_rows(article.article_id, table, [mention]))
            except Exception as error:
                why = f"the row was left out: {describe_error(error)}"
                issues.append(article.issue(field, "error", "row_failed", _at(mention, why)))
            else:
                kept[field].append(mention)
        kept[field] = tuple(kept[field])
    if not issues:
        return extraction
    status = "partial" if extraction.status == "ok" else extraction.status
    return replace(extraction, status=status, issues=(*extraction.issues, *issues), **kept)


def _check(table: str, rows: Sequence[Row]) -> None:
    """Raise an error of some kind where a row of mentions does not fit its table."""
    if not rows:
        return
    batch(rows, row_schema(table))
    for values, column in zip(zip(*rows, strict=True), TABLES[table].columns, strict=True):
        if column.enum and not {*column.enum, None}.issuperset(values):
            raise ValueError(f"{column.name} is none of {', '.join(column.enum)}")


def article_row(article: Article, status: str) -> Row:
    """The row of ``articles``; the hash is of the text as it is stored."""
    return (
        article.article_id,
        article.source_path or None,
        article.title or None,
        article.published_date,
        article.published_basis,
        article.language or "und",
        article.text,
        len(article.text),
        hashlib.sha256(article.text.encode("utf-8")).hexdigest(),
        status,
        None,  # whether it is a copy, only the whole run can say
        None,
    )


def issue_row(issue: Issue) -> Row:
    """The row of ``issues``."""
    return _row("issues", issue)


def article_rows(extraction: Extraction) -> dict[str, list[Row]]:
    """All rows of one article but those of ``people``; the extraction must have passed `fitted_rows`.

    A ``person_id`` is the number of the person in its article (an int): who that is
    can only be told at the end of a run (see ``newsledger.corpus``).
    """
    article = extraction.article
    return {
        "articles": [article_row(article, extraction.status)],
        **{
            table: _mention_rows(article.article_id, table, getattr(extraction, field))
            for table, field in MENTIONS.items()
        },
        "roles": list(_role_rows(article.article_id, extraction.people)),
        **_ledger_rows(extraction),
        "issues": [issue_row(issue) for issue in extraction.issues],
    }


def person_rows(people: Iterable[PersonRow]) -> list[Row]:
    """Rows of ``people``, in their order."""
    return sorted(_row("people", row) for row in people)


def with_person_ids(rows: Mapping[str, Sequence[Row]], ids: Mapping[int, int]) -> dict[str, list[Row]]:
    """Rows by table, with others of ``ids`` in place of the numbers of people."""
    changed = {name: list(found) for name, found in rows.items()}
    for table in PERSON_TABLES:
        at = TABLES[table].names.index("person_id")
        changed[table] = [
            row if row[at] is None else (*row[:at], ids[row[at]], *row[at + 1 :])
            for row in changed.get(table, ())
        ]
    return changed


def sort_key(table: str) -> Callable[[Sequence[Any]], Any]:
    """The sort key of a row: the table's key columns, null before any value."""
    names = TABLES[table].names
    positions = [names.index(column) for column in TABLES[table].order]
    return lambda row: tuple("" if row[i] is None else row[i] for i in positions)


def to_arrow(table: str, rows: Sequence[Row], schema: pa.Schema | None = None) -> pa.Table:
    """Rows as an Arrow table with the table's types (or those of ``schema``), also when there are none."""
    import pyarrow as pa

    schema = schema or arrow_schema(table)
    chunks = [batch(rows[at : at + _CHUNK_ROWS], schema) for at in range(0, len(rows), _CHUNK_ROWS)]
    return pa.Table.from_batches(chunks, schema=schema)


_CHUNK_ROWS = 65_536


def batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as one record batch; raises if a value does not fit its column."""
    import pyarrow as pa

    arrays = [
        make_array(values, field.type, nullable=field.nullable)
        for values, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
