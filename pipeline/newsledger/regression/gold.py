"""Gold: what a team has agreed is right, row by row, with enough of the text around to find each row again.

A row is *sealed* when ``accept`` wrote it and *hand-made* when a person wrote or changed it: the article
keeps a short hash of every row ``accept`` left, so that a correction is seen without anybody having to mark
it, and so is a row that was taken out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from newsledger.normalizer.rows import KINDS as ID_KINDS
from newsledger.normalizer.rows import mention_id
from newsledger.normalizer.schema import SCHEMA_VERSION, TABLES
from newsledger.normalizer.writers.text import decimal_text
from newsledger.regression.kinds import ALL_KINDS, ARTICLES, KINDS
from newsledger.values.cells import fit

Value = Decimal | dt.date | bool | int | str | None

FORMAT = 1
"""Raised when gold files change their meaning."""

CONTEXT_CHARS = 40
"""How much of the text a row keeps on each side of its mention."""

HAND = "hand"
UNPLACED = (-1, -1)
"""The offsets of a row that does not say where it stands."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """One pinned row: where it stands, with a quote of what is around it, and its values by column.

    Someone who adds a row by hand may leave its offsets out (`UNPLACED`): it is found by its words and quote.
    A pinned column that has no value here is null. ``absent``: there is *no* such mention, and finding one
    is wrong. ``known`` holds the faults the program is known to make here, which are no regression.
    """

    table: str
    surface: str
    start: int
    end: int
    before: str = ""
    after: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    absent: bool = False
    known: tuple[str, ...] = ()
    by: str = ""
    reason: str = ""
    note: str = ""

    def case_id(self, article_id: str) -> str:
        """The id such a row has in its table."""
        return mention_id(article_id, ID_KINDS[self.table], self.start, self.end)

    def at(self, text: str, place: tuple[int, int]) -> GoldRow:
        """The row at a place of a text, with its words and a fresh quote."""
        start, end = place
        before, after = context(text, start, end)
        return replace(self, surface=text[start:end], start=start, end=end, before=before, after=after)

    @property
    def place(self) -> tuple[int, int]:
        """The offsets as a pair."""
        return self.start, self.end

    @property
    def placed(self) -> bool:
        """Whether it says where it stands."""
        return self.place != UNPLACED


@dataclass(frozen=True, kw_only=True)
class GoldArticle:
    """The rows of one article. ``complete`` names the tables in which a row that is not here is wrong."""

    article_id: str
    rows: tuple[GoldRow, ...] = ()
    source_path: str = ""
    text_sha256: str = ""
    n_chars: int | None = None
    published: dt.date | None = None
    complete: tuple[str, ...] = tuple(KINDS)
    seals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    reason: str = ""
    text: str | None = None
    """The text itself where the gold came with it; never written."""

    def is_hand(self, row: GoldRow) -> bool:
        """Whether a person wrote or changed this row since ``accept`` last did."""
        return row.by == HAND or seal(row) not in self.seals.get(row.table, ())

    def published_is_hand(self) -> bool:
        """Whether a person changed the publication date."""
        seals = self.seals.get(ARTICLES.table, ())
        return published_seal(self.published) not in seals

    def taken_out(self) -> dict[str, Counter[str]]:
        """Seals of rows that ``accept`` wrote and a person changed or took out, by table."""
        now: dict[str, Counter[str]] = {table: Counter() for table in self.seals}
        for row in self.rows:
            now.setdefault(row.table, Counter())[seal(row)] += 1
        return {table: Counter(seals) - now[table] for table, seals in self.seals.items() if table in KINDS}

    def sealed(self) -> GoldArticle:
        """This article with its seals made anew: every row that is not marked as hand-made is sealed."""
        seals: dict[str, list[str]] = {ARTICLES.table: [published_seal(self.published)]}
        for row in self.rows:
            if row.by != HAND and not row.absent:
                seals.setdefault(row.table, []).append(seal(row))
        return replace(self, seals={table: tuple(seals[table]) for table in ALL_KINDS if table in seals})


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What concerns a gold as a whole."""

    format: int = FORMAT
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
    """Rows by table, then by place: the order of gold files.

    It depends on the rows alone.
    """
    tables = list(ALL_KINDS)
    return tuple(
        sorted(rows, key=lambda r: (tables.index(r.table), r.start, r.end, r.absent, r.surface, seal(r)))
    )


def seal(row: GoldRow) -> str:
    """A short hash of what a row says, its place left aside: moving a row does not break its seal.

    >>> row = GoldRow(table="figures", surface="$5", start=0, end=2, values={"currency": "USD"})
    >>> seal(row) == seal(replace(row, start=7, end=9, note="checked"))
    True
    >>> seal(row) == seal(replace(row, values={"currency": "CAD"}))
    False
    """
    parts = [row.table, _BLANKS.sub(" ", row.surface)]
    parts += [
        f"{name}={value_text(value)}" for name, value in sorted(row.values.items()) if not is_null(value)
    ]
    if row.absent:
        parts.append("absent")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_null(value: Value) -> bool:
    """Whether a value says nothing, so that it need not be written; zero says something.

    >>> is_null(None), is_null(False), is_null(Decimal(0))
    (True, True, False)
    """
    return value is None or value is False


def published_seal(published: dt.date | None) -> str:
    """The seal of an article's publication date."""
    return hashlib.sha256(value_text(published).encode()).hexdigest()[:8]


def value_text(value: Value) -> str:
    """A value as it stands in a CSV, missing as an empty text.

    >>> value_text(Decimal("1200000.500000")), value_text(dt.date(2024, 4, 3)), value_text(None)
    ('1200000.5', '2024-04-03', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    return str(value)


def as_value(table: str, column: str, given: Any) -> Value:
    """A value as someone may write it, as the type of its column; raises ``ValueError`` where it is none.

    >>> as_value("figures", "value_low", "12e9"), as_value("date_mentions", "start_date", "2024-04-03")
    (Decimal('12000000000.000000'), datetime.date(2024, 4, 3))
    >>> as_value("country_mentions", "iso_alpha2", "NA")
    'NA'
    """
    if given is None or given == "":
        return None
    expected = TABLES[table][column].type
    try:
        if expected == "decimal":
            if isinstance(given, bool):
                raise ValueError
            value, _ = fit(Decimal(str(given).strip()))
            if value is None:
                raise ValueError
            return value
        if expected == "date":
            if isinstance(given, dt.datetime):
                raise ValueError
            return given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given).strip())
        if expected == "boolean":
            return _TRUTH[str(given).strip().lower()]
        if expected == "integer":
            return int(given)
    except (ValueError, InvalidOperation, KeyError):
        raise ValueError(f"{column}: {given!r} is no {expected}") from None
    if not isinstance(given, str):
        raise ValueError(f"{column}: {given!r} is no text")
    return given


_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """The text before and after a mention, cut at a blank where that is possible.

    >>> context("one two three four", 8, 13)
    ('one two ', ' four')
    """
    first, last = max(0, start - CONTEXT_CHARS), min(len(text), end + CONTEXT_CHARS)
    before, after = text[first:start], text[end:last]
    if first > 0 and (blank := re.search(r"\s+", before[:-1])):
        before = before[blank.end() :]
    if last < len(text):
        cut = max((blank.start() for blank in re.finditer(r"\s", after)), default=0)
        after = after[: cut or None]
    return before, after


def make_row(
    table: str, surface: str, start: int, end: int, values: Mapping[str, Value], text: str | None
) -> GoldRow:
    """A row with its quote from ``text``; values that are null are left out."""
    before, after = context(text, start, end) if text else ("", "")
    return GoldRow(
        table=table,
        surface=surface,
        start=start,
        end=end,
        before=before,
        after=after,
        values={column: value for column, value in values.items() if not is_null(value)},
    )


def gold_row(table: str, row: Mapping[str, Any], text: str, columns: Iterable[str]) -> GoldRow:
    """A row of a run as a row of gold, with its quote from ``text``."""
    values = {column: row.get(column) for column in columns}
    if row.get("currency"):
        # Candidates are only compared where the currency is open, and would crowd the file elsewhere.
        values.pop("currency_candidates", None)
    return make_row(table, row["surface"], row["start_char"], row["end_char"], values, text)
