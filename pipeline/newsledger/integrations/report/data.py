"""The data of the report as plain JSON, with indices in place of repeated names.

JavaScript counts text in UTF-16 units, so offsets are turned into those; ids keep the offsets of the tables.
Amounts are written as text: a JavaScript number would round them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newsledger.document.layout import Layout, lay_out
from newsledger.explain.reasons import BOUNDS, QUALITY, corrected, value
from newsledger.integrations.periods import chart_period
from newsledger.normalizer.display import safe_text
from newsledger.normalizer.writers.text import value_text

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet


_FIGURE_COLUMNS = (
    *("value_low", "value_high", "modifier", "currency", "currency_basis", "currency_candidates"),
    *("kind", "per_unit", "sign", "zone", "quality"),
)

_LEDGER_COLUMNS = (
    *("measure", "measure_class", "status", "payer", "recipient", "holder", "channel", "purpose"),
    *("comparison", "countable", "ledger_flags"),
)


@dataclass(frozen=True)
class _Article:
    """An article of the page: its number, its entry, its text, and how it counts offsets."""

    number: int
    entry: dict[str, Any]
    text: str
    unit: Callable[[int], int]

    @cached_property
    def layout(self) -> Layout:
        """Where its sentences are."""
        return lay_out(self.text)

    def span(self, row: dict[str, Any]) -> list[int]:
        """The offsets of a mention in UTF-16 units."""
        return [self.unit(row["start_char"]), self.unit(row["end_char"])]


def report_data(tables: TableSet, *, texts: bool = True) -> dict[str, Any]:
    """The data of the page. Without ``texts`` an article is not shown, only the sentences of its figures."""
    figures = tables.arrow("figures").to_pylist()
    ledger = {row["figure_id"]: row for row in tables.arrow("ledger").to_pylist() if row["measure_class"]}
    with_text = {row["article_id"] for row in figures} if texts else set()
    articles = {
        row["article_id"]: _article(number, row, with_text=row["article_id"] in with_text)
        for number, row in enumerate(tables.arrow("articles").to_pylist())
    }
    countries = _add_countries(tables, articles)
    people = _add_people(tables, articles)
    made: dict[str, str] = {}
    for row in tables.arrow("corrections").to_pylist():
        said = _shown(corrected(row))
        made[row["row_id"]] = "; ".join(filter(None, (made.get(row["row_id"]), said)))
    for row in tables.arrow("date_mentions").to_pylist():
        article = articles[row["article_id"]]
        days = [_day(row["start_date"]), _day(row["end_date"])]
        article.entry["dates"].append([*article.span(row), *days, row["timex_value"]])
    return {
        "version": tables.run.get("version"),
        "quality": QUALITY,
        "columns": _FIGURE_COLUMNS + (_LEDGER_COLUMNS if ledger else ()),
        "timeline": _timeline(tables),
        "articles": [article.entry for article in articles.values()],
        "countries": countries,
        "people": people,
        "figures": [
            _figure(row, articles[row["article_id"]], with_text=row["article_id"] in with_text)
            | _cells(ledger.get(row["figure_id"], {}), _LEDGER_COLUMNS)
            | ({"corrected": made[row["figure_id"]]} if row["figure_id"] in made else {})
            for row in figures
        ],
        "issues": [
            [row["severity"], row["code"], _shown(row["article_id"]), _shown(row["message"])]
            for row in tables.arrow("issues").to_pylist()
        ],
    }


def _timeline(tables: TableSet) -> dict[str, Any] | None:
    """The unit and the bins of the chart of dates, each by the beginning of its day: ``2024-04``."""
    days = tables.arrow("date_mentions").column("start_date").drop_null().to_pylist()
    if not days:
        return None
    period = chart_period(days)
    length = {"day": 10, "month": 7}.get(period.unit, 4)
    return {"unit": period.unit, "bins": [start.isoformat()[:length] for start in period.bins()]}


def _article(number: int, row: dict[str, Any], *, with_text: bool) -> _Article:
    entry = {
        "id": row["article_id"],
        "title": _shown(row["title"]),
        "published": _day(row["published_date"]),
        "basis": row["published_basis"],
        "status": row["status"],
        "text": _shown(row["text"]) if with_text else None,
        **{mentions: [] for mentions in ("countries", "people", "roles", "dates")},
    }
    return _Article(number, entry, row["text"], utf16(row["text"]))


def _shown(text: str | None) -> str | None:
    return None if text is None else safe_text(text.replace("\r", " "))


def _day(day: Any) -> str | None:
    return value_text(day) or None


def utf16(text: str) -> Callable[[int], int]:
    """The function that turns an offset in code points into one in UTF-16 units.

    >>> utf16("a😀b")(2), utf16("abc")(2)
    (3, 2)
    """
    wide = [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def _add_countries(tables: TableSet, articles: dict[str, _Article]) -> list[list[str]]:
    """Put the country mentions into their articles; returns [code, name] of each country."""
    known: dict[tuple[str, str], int] = {}
    for row in tables.arrow("country_mentions").to_pylist():
        article = articles[row["article_id"]]
        number = known.setdefault((row["iso_alpha3"] or "", _shown(row["name"]) or ""), len(known))
        article.entry["countries"].append([*article.span(row), number, int(row["inside_name"])])
    return [list(key) for key in known]


def _add_people(tables: TableSet, articles: dict[str, _Article]) -> list[list[str | None]]:
    """Put the mentions and the stated roles of people into their articles; returns [name, role] of each.

    A role is [number of the person, role, of whom, status].
    """
    rows = tables.arrow("people").to_pylist()
    known = {row["person_id"]: number for number, row in enumerate(rows)}
    for row in tables.arrow("person_mentions").to_pylist():
        article = articles[row["article_id"]]
        article.entry["people"].append([*article.span(row), known[row["person_id"]]])
    for row in tables.arrow("roles").to_pylist():
        of = ", ".join(filter(None, (row["role_org"], row["role_country"])))
        said = [known[row["person_id"]], _shown(row["role"]), _shown(of), row["role_status"]]
        articles[row["article_id"]].entry["roles"].append(said)
    return [[_shown(row["name"]), _shown((row["roles"] or "").split("|")[0]) or None] for row in rows]


def _figure(row: dict[str, Any], article: _Article, *, with_text: bool) -> dict[str, Any]:
    """A figure as the page knows it; values that are missing are left out."""
    start, end = row["start_char"], row["end_char"]
    first, last = article.layout.sentence_at(start)
    last = max(last, end)
    figure: dict[str, Any] = {
        "a": article.number,
        "id": f"money:{start:08d}-{end:08d}",
        "span": article.span(row),
        "said": value("figures", row).removeprefix(f"{BOUNDS['exact']} "),
        "sentence": [article.unit(first), article.unit(last)],
    }
    if not with_text:
        text = article.text
        figure["words"] = [_shown(piece) for piece in (text[first:start], text[start:end], text[end:last])]
    return figure | _cells(row, _FIGURE_COLUMNS)


def _cells(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, str | None]:
    """The values of these columns that are there, as text."""
    return {column: _shown(value_text(row[column])) for column in columns if row.get(column) is not None}
