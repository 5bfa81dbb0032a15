"""Creates corrections of the rows of a finished run, and validates them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from newsledger.corpus.corrections import PERSONAL, Action, Correction
from newsledger.document.anchoring import CONTEXT_CHARS, context
from newsledger.lexicons.territories import territories
from newsledger.normalizer.correctable import (
    CORRECTABLE,
    cell_text,
    check_ends,
    given_values,
    parse_cell,
    row_text,
)
from newsledger.normalizer.schema import TABLES
from newsledger.normalizer.tables import TableSet, row_of

Row = Mapping[str, Any]
_OF_CODE = {"iso_alpha2": "alpha2", "name": "name"}


def correct_fields(
    tables: TableSet, table: str, row: Row, values: Iterable[tuple[str, str]], **about: Any
) -> list[Correction]:
    """Corrections that set fields of a row; those of ``ledger`` are set where ``table`` is ``figures``.

    ``about`` is reason, author and day. Raises ``ValueError`` for what cannot be right.
    """
    made, after = [], dict(row)
    for field, text in _completed(table, values):
        where, now = table, row
        if table == "figures" and field not in CORRECTABLE["figures"] and field in CORRECTABLE["ledger"]:
            where, now = "ledger", row_of(tables, "ledger", row["figure_id"]) or {}
            if not now:
                raise ValueError("the run has no ledger")
        value = after[field] = parse_cell(where, field, text)
        old, new = cell_text(now[field]), cell_text(value)
        if old == new:
            raise ValueError(f"{field} is {old} already; --confirm says that it is right")
        made.append(_correction(tables, where, row, action="set", field=field, old=old, new=new, **about))
    check_ends(after)
    return made


def _completed(table: str, values: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The values with those that follow: a country has three, and ``value`` is both ends of an amount."""
    for field, text in values:
        if table == "figures" and field == "value":
            yield from (("value_low", text), ("value_high", text))
            continue
        yield field, text
        if field == "iso_alpha3" and table == "country_mentions":
            parse_cell(table, field, text)
            found = next((t for t in territories().values() if t.alpha3 == text), None)
            yield from ((name, getattr(found, of) if found else "") for name, of in _OF_CODE.items())


def correct_row(
    tables: TableSet, table: str, row: Row, action: Action, *, person: str | None = None, **about: Any
) -> Correction:
    """A correction of a whole row: drop, confirm, or who the person is (``person`` is an id of the run)."""
    if action not in PERSONAL:
        return _correction(tables, table, row, action=action, old=row_text(table, dict(row)), **about)
    if table != "person_mentions":
        raise ValueError(f"{row['surface']!r} is not a mention of a person")
    own = row["person_id"]
    if action == "same_person" and own == person:
        raise ValueError(f"it is {person} already")
    if action == "not_same_person" and own != person:
        raise ValueError(f"it is {own}, not {person}")
    other = _other_mention(tables, row, person)
    if other is None:
        named = person in tables.arrow("people").column("person_id").to_pylist()
        raise ValueError(f"no other article names {person}" if named else f"no such person: {person}")
    return _correction(tables, table, row, action=action, old=own, new=person, other=other, **about)


def add_row(
    tables: TableSet,
    table: str,
    article_id: str,
    quote: str,
    values: Iterable[tuple[str, str]],
    *,
    at: int | None = None,
    **about: Any,
) -> Correction:
    """A correction that adds a row of ``table`` at the words ``quote`` of an article.

    ``at`` says which of them where they stand in several places. Raises ``ValueError`` for what cannot be.
    """
    article = row_of(tables, "articles", article_id)
    if article is None:
        raise ValueError(f"no article {article_id!r}; --add takes an article_id")
    starts = [found.start() for found in re.finditer(re.escape(quote), article["text"])] if quote else []
    if at is None and len(starts) > 1:
        raise ValueError(f"{quote!r} stands at {', '.join(map(str, starts[:5]))}; --at says which is meant")
    if not starts or at not in (None, *starts):
        raise ValueError(f"{quote!r} does not stand {'in the article' if at is None else f'at {at}'}")
    start = starts[0] if at is None else at
    end = start + len(quote)
    for row in tables.arrow(table).to_pylist():
        if row["article_id"] == article_id and start < row["end_char"] and row["start_char"] < end:
            row_id = row[TABLES[table].key[0]]
            raise ValueError(f"{row['surface']!r} is a row already ({row_id}); --set changes it")
    place = {"article_id": article_id, "start_char": start, "end_char": end, "surface": quote}
    new = json.dumps(dict(sorted(_completed(table, values))), ensure_ascii=False)
    given_values(table, new)
    return _correction(tables, table, place, action="add", new=new, **about)


def _other_mention(tables: TableSet, row: Row, person: str | None) -> str | None:
    """The first mention of a person that is of another article, or at least of another name."""
    columns = ["mention_id", "article_id", "person_id", "name"]
    rows = tables.arrow("person_mentions").select(columns).to_pylist()
    named = [one for one in rows if one["person_id"] == person]
    here = (row["article_id"], row["name"])
    found = next((one for one in named if (one["article_id"], one["name"]) != here), None)
    return None if found is None else str(found["mention_id"])


def _correction(tables: TableSet, table: str, row: Row, **about: Any) -> Correction:
    article = row_of(tables, "articles", row["article_id"]) or {}
    span = row["start_char"], row["end_char"]
    before, after = context(article["text"], *span, CONTEXT_CHARS[-1])
    return Correction(
        article_id=row["article_id"],
        text_sha256=article["text_sha256"],
        start_char=span[0],
        end_char=span[1],
        surface=row["surface"],
        before=before,
        after=after,
        table=table,
        **about,
    )
