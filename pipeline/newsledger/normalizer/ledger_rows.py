"""From the ledger entries of one article to the rows of ``ledger``, ``figure_parties`` and ``figure_links``.

A row of ``ledger`` is ready to read: it repeats its figure and its article, and names the first party of each
role. An entry whose figure has no row has none either, and neither has a link to such a figure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsledger.normalizer.schema import TABLES
from newsledger.values.cells import cell
from newsledger.values.extraction import Extraction
from newsledger.values.ledger import FigureParty, LedgerEntry, PartyRole
from newsledger.values.mentions import MoneyMention

Row = tuple[Any, ...]
Id = Callable[[str, int, int], str]
"""Makes the id of a mention of the article: kind, start, end."""

PARTIES: tuple[PartyRole, ...] = ("payer", "recipient", "holder", "channel")
"""The parties whose names a row of ``ledger`` holds."""
_OF_FIGURE = ("surface", "value_low", "value_high", "modifier", "currency", "per_unit", "sentence")
_OF_ENTRY = tuple(
    name
    for name in TABLES["ledger"].names
    if name in LedgerEntry.__dataclass_fields__ and name not in _OF_FIGURE
)


def ledger_rows(extraction: Extraction, make_id: Id) -> dict[str, list[Row]]:
    """The rows of the three tables; persons are still numbers of the article."""
    figures = {(m.start_char, m.end_char): m for m in extraction.money}
    dates = {(m.start_char, m.end_char) for m in extraction.dates}
    entries = [e for e in extraction.ledger if (e.start_char, e.end_char) in figures]
    rows: dict[str, list[Row]] = {"ledger": [], "figure_parties": [], "figure_links": []}
    for entry in entries:
        place = (entry.start_char, entry.end_char)
        figure_id = make_id("money", *place)
        values = _ledger_values(extraction, entry, figures[place])
        period = entry.period_start_char, entry.period_end_char
        values["period_mention_id"] = make_id("date", *period) if period in dates else None
        values["figure_id"] = figure_id
        rows["ledger"].append(_row("ledger", values))
        article_id = extraction.article.article_id
        for party in entry.parties:
            found = {"figure_id": figure_id, "article_id": article_id, "person_id": party.person}
            rows["figure_parties"].append(_row("figure_parties", {**_fields(party), **found}))
        for link in entry.links:
            to = (link.to_start_char, link.to_end_char)
            if to in figures:
                ends = {"from_figure_id": figure_id, "to_figure_id": make_id("money", *to)}
                rows["figure_links"].append(
                    _row("figure_links", {**_fields(link), **ends, "article_id": article_id})
                )
    return rows


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _row(table: str, values: dict[str, Any]) -> Row:
    cells = ((column.required, values.get(column.name)) for column in TABLES[table].columns)
    return tuple(value if required else cell(value) for required, value in cells)


def _ledger_values(extraction: Extraction, entry: LedgerEntry, figure: MoneyMention) -> dict[str, Any]:
    article = extraction.article
    values: dict[str, Any] = {name: getattr(entry, name) for name in _OF_ENTRY}
    values |= {name: getattr(figure, name) for name in _OF_FIGURE}
    values |= {
        "article_id": article.article_id,
        "published_date": article.published_date,
        "title": article.title,
        "attributed_to": _named(entry.party("source")),
    }
    for role in PARTIES:
        party = entry.party(role)
        values[role] = _named(party)
        if role != "channel":
            values[f"{role}_country"] = party and party.country
    return values


def _named(party: FigureParty | None) -> str | None:
    return None if party is None else party.party or party.surface
