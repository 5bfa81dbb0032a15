"""What may be corrected or added: the fields of each table, their valid values, and added rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from newsledger.corpus.corrections import Correction
from newsledger.corpus.linking.evidence import org_keys
from newsledger.corpus.linking.resolve import called
from newsledger.document.anchoring import Span
from newsledger.document.layout import lay_out
from newsledger.lexicons.territories import territories
from newsledger.normalizer.rows import KINDS, mention_id
from newsledger.normalizer.schema import TABLES, Column
from newsledger.normalizer.writers.text import value_text
from newsledger.stages.money.currencies import CURRENCIES
from newsledger.values.cells import fit
from newsledger.values.nearest import no_such
from newsledger.values.people import PersonRecord


def _columns(*marks: str) -> dict[str, tuple[str, ...]]:
    """By table the columns with one of these marks of the schema, if there are any."""
    marked = {
        name: tuple(c.name for c in table.columns if c.corrected in marks) for name, table in TABLES.items()
    }
    return {name: columns for name, columns in marked.items() if columns}


CORRECTABLE = _columns("set", "sum")
"""The columns of each table that a correction may set."""
SUMMED_UP = _columns("sum")
"""What of a row is meant where a person drops or confirms it as a whole."""


def cell_text(value: Any) -> str | None:
    """A cell as written in CSV; None is null.

    >>> cell_text(Decimal("5.500000")), cell_text(True), cell_text(None)
    ('5.5', 'true', None)
    """
    return None if value is None else value_text(value)


def row_text(table: str, row: dict[str, Any]) -> str:
    """The values of a row that count, in one line."""
    return "|".join(value_text(row[name]) for name in SUMMED_UP[table])


def parse_cell(table: str, field: str, text: str | None) -> Any:
    """The value of a cell from its text; raises ``ValueError`` for a field or a value that cannot be.

    >>> parse_cell("figures", "value_low", "5e6")
    Decimal('5000000.000000')
    """
    if field not in CORRECTABLE.get(table, ()):
        others = CORRECTABLE.get(table, ())
        raise ValueError(f"{table}: {no_such(field, others, 'no field to correct')}")
    column = TABLES[table][field]
    if text is None or text == "":
        if column.required:
            raise ValueError(f"{field}: there must be a value")
        return None
    value = _value(column, text)
    if column.enum and text not in column.enum:
        raise ValueError(f"{field}: {text!r} is none of {', '.join(column.enum)}")
    _check_code(field, text)
    return value


def check_correction(one: Correction) -> None:
    """Raise ``ValueError`` for a correction that no table can take."""
    if one.table not in CORRECTABLE:
        raise ValueError(no_such(one.table, CORRECTABLE, "no table to correct"))
    if one.action == "set":
        parse_cell(one.table, one.field or "", one.new)
    elif one.action == "add":
        given_values(one.table, one.new)


def _value(column: Column, text: str) -> Any:
    try:
        if column.type == "decimal":
            value, flag = fit(Decimal(text))
            if flag:
                raise ValueError(f"{column.name}: {text!r} has more than six decimals, or is too large")
            return value
        if column.type == "date":
            return dt.date.fromisoformat(text)
        if column.type == "boolean":
            return {"true": True, "false": False}[text.lower()]
    except (InvalidOperation, KeyError):
        raise ValueError(f"{column.name}: {text!r} is no {column.type}") from None
    return text


def _check_code(field: str, text: str) -> None:
    if field == "currency" and text not in CURRENCIES:
        raise ValueError(f"currency: not an ISO 4217 code: {text!r}")
    known = territories().values()
    if field in ("iso_alpha2", "role_country") and text not in {t.alpha2 for t in known}:
        raise ValueError(f"{field}: not an ISO 3166-1 alpha-2 code: {text!r}")
    three = field == "iso_alpha3" or (field.endswith("_country") and field != "role_country")
    if three and text not in {t.alpha3 for t in known}:
        raise ValueError(f"{field}: not an ISO 3166-1 alpha-3 code: {text!r}")


def check_ends(values: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` where an amount or a period would end below its beginning."""
    for low, high in (("value_low", "value_high"), ("start_date", "end_date")):
        least, most = values.get(low), values.get(high)
        if least is not None and most is not None and least > most:
            raise ValueError(f"{low} would be above {high}")


ADDABLE = ("figures", "date_mentions", "country_mentions", "person_mentions")
"""The tables to which rows can be added; a figure has a row in ``ledger``, too."""

_DEFAULTS: dict[str, dict[str, Any]] = {
    "figures": {"modifier": "exact", "kind": "level", "currency_basis": "correction", "rule": "correction"},
    "date_mentions": {"timex_type": "DATE", "anchor": "absolute", "rule": "correction"},
    "country_mentions": {"mention_type": "name", "inside_name": False},
    "person_mentions": {"form": "full"},
    "ledger": {"comparison": "current", "countable": True},
}


def given_values(table: str, new: str | None) -> dict[str, dict[str, Any]]:
    """The values of an added row, by table; raises ``ValueError`` for invalid ones."""
    said = json.loads(new or "{}")
    if not isinstance(said, dict) or table not in ADDABLE:
        raise ValueError(f"{table}: rows can be added to {', '.join(ADDABLE)}")
    values: dict[str, dict[str, Any]] = {table: {}, **({"ledger": {}} if table == "figures" else {})}
    for field, text in said.items():
        of = table if table != "figures" or field in CORRECTABLE["figures"] else "ledger"
        values[of][field] = parse_cell(of, field, text)
    found = values[table]
    if (
        table == "figures"
        and found.get("modifier") != "vague"
        and not {"value_low", "value_high"} & found.keys()
    ):
        raise ValueError("say what the figure is: --set value=5000000 --set currency=CAD")
    if table == "date_mentions" and not found.keys() & {"start_date", "timex_value"}:
        raise ValueError("say what the date is: --set start_date=2024-04-03")
    if table == "country_mentions" and not found.get("name"):
        raise ValueError("say which country it is: --set iso_alpha3=GEO")
    check_ends(found)
    return values


def added_rows(
    one: Correction, article: Mapping[str, Any], span: Span, *, ledger: bool
) -> dict[str, dict[str, Any]]:
    """The cells of the row that a correction adds, by table; who a person is, is left open."""
    text, layout = article["text"], lay_out(article["text"])
    values = given_values(one.table, one.new)
    row = {
        "article_id": article["article_id"],
        "start_char": span[0],
        "end_char": span[1],
        "surface": text[slice(*span)],
        "zone": layout.zone_at(span[0]),
        "sentence": layout.sentence_text(span[0]),
        "basis": "correction",
        TABLES[one.table].key[0]: mention_id(article["article_id"], KINDS[one.table], *span),
    }
    row |= {"name": row["surface"], **_DEFAULTS[one.table], **values[one.table]}
    if one.table == "date_mentions" and (start := row.get("start_date")) is not None:
        row = {"end_date": start, "timex_value": start.isoformat(), "precision": "day", **row}
    rows = {one.table: row}
    if ledger and one.table == "figures":
        about = {name: article[name] for name in ("title", "published_date")}
        rows["ledger"] = {**row, **about, **_DEFAULTS["ledger"], **values["ledger"]}
    return rows


def added_person(row: Mapping[str, Any], number: int) -> PersonRecord:
    """The record of the person of an added row of ``person_mentions``, by a ``number`` of its own."""
    return PersonRecord(
        article_id=row["article_id"],
        person=number,
        name=row["name"],
        surfaces=(row["surface"],),
        roles=(called(row["role"], row.get("role_status")),) if row.get("role") else (),
        countries=(row["role_country"],) if row.get("role_country") else (),
        orgs=org_keys(row["role_org"]) if row.get("role_org") else (),
    )
