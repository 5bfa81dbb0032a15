"""Gold: rows that a team has agreed on, with enough context to find each of them again.

A row is found by its quote, and its offsets are derived: they stand in no gold file. It is *sealed* when
``accept`` wrote it, which leaves a short hash of what it says in it, and *hand-made* when a person wrote or
changed it: a correction is seen without anybody having to mark it. So is a row that was taken out, for the
article keeps hashes of the words of its rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from newsledger.document.anchoring import Quote, Span, quote_at, requoted
from newsledger.normalizer.schema import SCHEMA_VERSION, TABLES
from newsledger.normalizer.writers.text import value_text
from newsledger.regression.kinds import ALL_KINDS, KINDS
from newsledger.values.cells import fit

Value = Decimal | dt.date | bool | int | str | None

FORMAT = 2
"""Raised when gold files change their meaning."""

HAND = "hand"
UNPLACED = (-1, -1)
"""The offsets of a row as it stands in a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """One pinned row: its words, with some of the text before and after them, and its values by column.

    Its ``place`` is known of rows that were compared or come from tables. A pinned column that has no value
    here is null. ``absent``: there is *no* such mention, and finding one is wrong. ``known`` holds the faults
    the program is known to make here, which are no regression.
    """

    table: str
    surface: str
    place: Span = UNPLACED
    before: str = ""
    after: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    absent: bool = False
    known: tuple[str, ...] = ()
    by: str = ""
    reason: str = ""
    note: str = ""
    seal: str = ""
    """What `seal` said of the row when ``accept`` wrote it."""

    @property
    def quote(self) -> Quote:
        """The quote by which the row is found."""
        return Quote(self.surface, self.before, self.after, self.table, self.place[0])

    @property
    def hand(self) -> bool:
        """Whether a person wrote or changed this row since ``accept`` last did."""
        return self.by == HAND or self.seal != seal(self)

    @property
    def never_accepted(self) -> bool:
        """Whether a person added this row to a gold file, and ``accept`` has not yet seen it."""
        return self.place == UNPLACED and not self.seal and self.by != HAND

    def at(self, place: Span | None) -> GoldRow:
        """The row at a place, if there is one."""
        return self if place is None else replace(self, place=place)

    def quoted(self, quote: Quote) -> GoldRow:
        """The row with another quote, which does not count as a manual edit."""
        made = replace(self, surface=quote.surface, before=quote.before, after=quote.after)
        return made if self.hand else made.sealed()

    def sealed(self) -> GoldRow:
        """The row as ``accept`` leaves it."""
        return replace(self, seal="" if self.by == HAND else seal(self))


@dataclass(frozen=True, kw_only=True)
class GoldArticle:
    """The rows of one article. ``complete`` names the tables in which a row that is not here is wrong."""

    article_id: str
    rows: tuple[GoldRow, ...] = ()
    source_path: str = ""
    text_sha256: str = ""
    published: dt.date | None = None
    complete: tuple[str, ...] = tuple(KINDS)
    left: tuple[str, ...] = ()
    """`words_hash` of every row that ``accept`` left and nobody had made by hand."""
    was_published: str = HAND
    """The publication date as ``accept`` left it (`date_word`)."""
    known: tuple[str, ...] = ()
    reason: str = ""
    text: str | None = None
    """The text itself where the gold came with it; never written."""

    @property
    def published_is_hand(self) -> bool:
        """Whether a person changed the publication date."""
        return self.was_published != date_word(self.published)

    def taken_out(self) -> Counter[str]:
        """Hashes of the words of rows that ``accept`` left and a person took out, or gave other words."""
        return Counter(self.left) - Counter(map(words_hash, self.rows))

    def sealed(self, *, taken_out: Counter[str] | None = None) -> GoldArticle:
        """This article as ``accept`` leaves it: every row that is not marked as hand-made is sealed.

        What a person took out stays known, if it is given.
        """
        rows = tuple(row.sealed() for row in self.rows)
        left = Counter(words_hash(row) for row in rows if row.seal) + (taken_out or Counter())
        return replace(self, rows=rows, left=tuple(sorted(left.elements())))

    def quoted(self, text: str) -> GoldArticle:
        """This article with quotes by which its rows are found in ``text``; those that hold stay."""
        placed = [row for row in self.rows if row.place != UNPLACED]
        quotes = iter(requoted([row.quote for row in placed], [row.place for row in placed], text))
        rows = [row if row.place == UNPLACED else row.quoted(next(quotes)) for row in self.rows]
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Attributes of a gold as a whole."""

    schema_version: int = SCHEMA_VERSION
    source: tuple[str, ...] = ()
    """Where the articles are, relative to the gold."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Input options other than the defaults that ``accept`` was given."""
    pinned: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {table: kind.columns for table, kind in ALL_KINDS.items()}
    )
    """Table -> the columns the gold speaks of."""
    floors: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """Table -> measure -> the least it may be."""
    accepted: tuple[Mapping[str, Any], ...] = ()
    """One entry for each ``accept``: the reason, the version of the program, what it did."""


@dataclass(frozen=True, kw_only=True)
class Gold:
    """All gold articles by id, in order of id."""

    articles: Mapping[str, GoldArticle]
    manifest: Manifest = field(default_factory=Manifest)
    path: Path | None = None
    writable: bool = True
    files: Mapping[str, Path] = field(default_factory=dict)
    """Article id -> its file, in a folder."""
    dated_only: bool = False
    """Only expressions with calendar days were annotated; others in a run are neither right nor wrong."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "articles", dict(sorted(self.articles.items())))

    def rows(self) -> Iterator[tuple[GoldArticle, GoldRow]]:
        """Every row with its article."""
        for article in self.articles.values():
            for row in article.rows:
                yield article, row

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return sum(len(article.rows) for article in self.articles.values())


def in_order(rows: Iterable[GoldRow]) -> tuple[GoldRow, ...]:
    """Rows by table, then by place, as in gold files; one without a place stays after the one before."""
    last: dict[str, Span] = {}
    keyed = []
    for row in rows:
        if row.place != UNPLACED:
            last[row.table] = row.place
        keyed.append((list(ALL_KINDS).index(row.table), last.get(row.table, UNPLACED), row))
    return tuple(row for _, _, row in sorted(keyed, key=lambda entry: entry[:2]))


def seal(row: GoldRow) -> str:
    """A short hash of the values of a row, without its quote and place: the text around it may change.

    >>> row = GoldRow(table="figures", surface="$5", values={"currency": "USD"})
    >>> seal(row) == seal(replace(row, before="paid ", note="checked"))
    True
    >>> seal(row) == seal(replace(row, values={"currency": "CAD"}))
    False
    """
    values = (f"{name}={value_text(v)}" for name, v in sorted(row.values.items()) if not is_null(v))
    return text_hash(*_words(row), *values, *(["absent"] if row.absent else []))[:8]


def words_hash(row: GoldRow) -> str:
    """A shorter hash of the words of a row, whatever its values."""
    return text_hash(*_words(row))[:5]


def _words(row: GoldRow) -> tuple[str, str]:
    return row.table, " ".join(row.surface.split())


def text_hash(*parts: str) -> str:
    """SHA-256 of some texts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def is_null(value: Value) -> bool:
    """Whether a value says nothing, so that it need not be written; zero says something.

    >>> is_null(None), is_null(False), is_null(Decimal(0))
    (True, True, False)
    """
    return value is None or value is False


def date_word(published: dt.date | None) -> str:
    """A publication date as one word."""
    return value_text(published) or "none"


def as_value(table: str, column: str, given: Any) -> Value:
    """A value written by hand, converted to the type of its column; raises ``ValueError`` if invalid.

    >>> as_value("figures", "value_low", "12e9"), as_value("date_mentions", "start_date", "2024-04-03")
    (Decimal('12000000000.000000'), datetime.date(2024, 4, 3))
    >>> as_value("country_mentions", "iso_alpha2", "NA")
    'NA'
    """
    if given is None or given == "":
        return None
    expected = TABLES[table][column].type
    try:
        if expected != "string":
            return _READERS[expected](given)
    except (ValueError, InvalidOperation, KeyError):
        raise ValueError(f"{column}: {given!r} is no {expected}") from None
    if not isinstance(given, str):
        raise ValueError(f"{column}: {given!r} is no text")
    return given


def _decimal(given: Any) -> Decimal:
    value, _ = fit(Decimal(str(given).strip()))
    if value is None:
        raise ValueError
    return value


_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_READERS: dict[str, Callable[[Any], Value]] = {
    "decimal": _decimal,
    "date": lambda given: given if type(given) is dt.date else dt.date.fromisoformat(str(given).strip()),
    "boolean": lambda given: _TRUTH[str(given).strip().lower()],
    "integer": int,
}


def make_row(
    table: str, surface: str, start: int, end: int, values: Mapping[str, Value], text: str | None
) -> GoldRow:
    """A row with its quote from ``text``; values that are null are left out."""
    quote = quote_at(text, start, end) if text else Quote(surface)
    said = {column: value for column, value in values.items() if not is_null(value)}
    row = GoldRow(table=table, surface=surface, place=(start, end), values=said)
    return replace(row, before=quote.before, after=quote.after)


def gold_row(table: str, row: Mapping[str, Any], text: str, columns: Iterable[str]) -> GoldRow:
    """A row of a run as a row of gold, with its quote from ``text``."""
    values = {column: row.get(column) for column in columns}
    if row.get("currency"):
        # Candidates are only compared where the currency is open, and would crowd the file elsewhere.
        values.pop("currency_candidates", None)
    return make_row(table, row["surface"], row["start_char"], row["end_char"], values, text)
