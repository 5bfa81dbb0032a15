"""From the mentions of one article to rows: tuples in the order of the table's columns.

What a stage calls a tuple is joined by ``|``; an empty text in a column that may be null is null; a value
is fitted to six decimals, and says so when that changed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.article import Article
from pipeline.extraction import Extraction
from pipeline.issues import Issue
from pipeline.mentions import MoneyMention
from pipeline.normalizer.schema import DECIMAL_PRECISION, DECIMAL_SCALE, LIST_SEPARATOR, TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[Any, ...]

KINDS = {
    "person_mentions": "person",
    "country_mentions": "country",
    "date_mentions": "date",
    "figures": "money",
}
"""Table of mentions -> the kind that stands in its ids."""

_STEP = Decimal(1).scaleb(-DECIMAL_SCALE)
_EXACT = Context(prec=DECIMAL_PRECISION, rounding=ROUND_HALF_EVEN)


def mention_id(article_id: str, kind: str, start: int, end: int) -> str:
    """The id of a mention: article, kind and offsets, the offsets padded so that ids sort like positions.

    >>> mention_id("a1", "money", 12, 24)
    'a1#money:00000012-00000024'
    """
    return f"{article_id}#{kind}:{start:08d}-{end:08d}"


def fit(value: Decimal | None) -> tuple[Decimal | None, str | None]:
    """Fit a value to ``decimal(38, 6)``: the value, and a flag where it could not be kept as it was.

    >>> fit(Decimal("12e9"))
    (Decimal('12000000000.000000'), None)
    >>> fit(Decimal("0.12345678"))
    (Decimal('0.123457'), 'rounded')
    >>> fit(Decimal("1e40"))
    (None, 'out_of_range')
    """
    if value is None:
        return None, None
    try:
        fitted = value.quantize(_STEP, context=_EXACT)
    except InvalidOperation:
        return None, "out_of_range"
    if not fitted.is_finite():
        return None, "out_of_range"
    return fitted, None if fitted == value else "rounded"


def cell(value: Any) -> Any:
    """A field of a mention as it stands in a table.

    >>> cell(("USD", "CAD")), cell(()), cell("")
    ('USD|CAD', None, None)
    """
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value == "" else value


@cache
def _fields(table: str) -> tuple[str, ...]:
    """The field of the mention behind each column after the first two (id and article)."""
    return tuple("person" if name == "person_id" else name for name in TABLES[table].names[2:])


def _mention_rows(extraction: Extraction, table: str, mentions: Iterable[Any]) -> list[Row]:
    article_id, kind, fields = extraction.article.article_id, KINDS[table], _fields(table)
    return [
        (
            mention_id(article_id, kind, m.start_char, m.end_char),
            article_id,
            *[cell(getattr(m, field)) for field in fields],
        )
        for m in mentions
    ]


def _fitted(mention: MoneyMention) -> tuple[MoneyMention, set[str]]:
    low, low_flag = fit(mention.value_low)
    high, high_flag = fit(mention.value_high)
    flags = {flag for flag in (low_flag, high_flag) if flag}
    if low == mention.value_low and high == mention.value_high and not flags:
        return mention, flags
    return replace(mention, value_low=low, value_high=high, flags=(*mention.flags, *sorted(flags))), flags


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
    )


def issue_row(issue: Issue) -> Row:
    """The row of ``issues``."""
    return (
        issue.article_id or None,
        issue.source_path or None,
        issue.stage,
        issue.severity,
        issue.code,
        issue.message,
    )


def article_rows(extraction: Extraction) -> dict[str, list[Row]]:
    """All rows of one article but those of ``people``.

    The ``person_id`` of a person mention is the number of the person in its article (an int): who that is
    can only be told at the end of a run (see ``pipeline.normalizer.identity``).
    """
    article = extraction.article
    issues = list(extraction.issues)
    figures = []
    for mention in extraction.money:
        fitted, flags = _fitted(mention)
        figures.append(fitted)
        issues.extend(
            Issue(
                article_id=article.article_id,
                source_path=article.source_path or "",
                stage="money",
                severity="warning",
                code=f"value_{flag}",
                message=f"{mention.surface[:80]!r} at {mention.start_char}: "
                + (
                    "the value was rounded to six decimals" if flag == "rounded" else "the value is too large"
                ),
            )
            for flag in sorted(flags)
        )
    return {
        "articles": [article_row(article, extraction.status)],
        "person_mentions": _mention_rows(extraction, "person_mentions", extraction.people),
        "country_mentions": _mention_rows(extraction, "country_mentions", extraction.countries),
        "date_mentions": _mention_rows(extraction, "date_mentions", extraction.dates),
        "figures": _mention_rows(extraction, "figures", figures),
        "issues": [issue_row(issue) for issue in issues],
    }


def sort_key(table: str) -> Callable[[Sequence[Any]], Any]:
    """The sort key of a row: the table's key columns, null before any value."""
    names = TABLES[table].names
    positions = [names.index(column) for column in TABLES[table].order]
    if len(positions) == 1:
        (only,) = positions
        return lambda row: row[only]
    return lambda row: tuple(row[i] or "" for i in positions)


def to_arrow(table: str, rows: Sequence[Row], schema: pa.Schema | None = None) -> pa.Table:
    """Rows as an Arrow table with the table's types (or those of ``schema``), also when there are none."""
    import pyarrow as pa

    schema = schema or arrow_schema(table)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
