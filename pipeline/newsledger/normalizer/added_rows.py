"""Rows that a person added where the program finds nothing: what was given, and what the text says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newsledger.corpus.corrections import Correction
from newsledger.corpus.linking.evidence import org_keys
from newsledger.corpus.linking.resolve import called
from newsledger.document.anchoring import Span
from newsledger.document.layout import lay_out
from newsledger.normalizer.fields import CORRECTABLE, check_ends, parse_cell
from newsledger.normalizer.rows import KINDS, mention_id
from newsledger.normalizer.schema import TABLES
from newsledger.values.people import PersonRecord

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
    """What an added row is to hold, by table; raises ``ValueError`` for what no row can hold."""
    said = json.loads(new or "{}")
    if not isinstance(said, dict) or table not in ADDABLE:
        raise ValueError(f"{table}: rows can be added to {', '.join(ADDABLE)}")
    values: dict[str, dict[str, Any]] = {table: {}, **({"ledger": {}} if table == "figures" else {})}
    for field, text in said.items():
        of = table if table != "figures" or field in CORRECTABLE["figures"] else "ledger"
        values[of][field] = parse_cell(of, field, text)
    found = values[table]
    if table == "figures" and found.get("modifier") != "vague" and not found.keys() & _ENDS:
        raise ValueError("say what the figure is: --set value=5000000 --set currency=CAD")
    if table == "date_mentions" and not found.keys() & {"start_date", "timex_value"}:
        raise ValueError("say what the date is: --set start_date=2024-04-03")
    if table == "country_mentions" and not found.get("name"):
        raise ValueError("say which country it is: --set iso_alpha3=GEO")
    check_ends(found)
    return values


_ENDS = frozenset({"value_low", "value_high"})


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
        zones=(row["zone"],),
        orgs=org_keys(row["role_org"]) if row.get("role_org") else (),
    )
