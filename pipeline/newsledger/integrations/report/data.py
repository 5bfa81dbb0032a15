"""What the page knows of a run: plain JSON, with indices in place of repeated names.

JavaScript counts text in UTF-16 units, so offsets are turned into those; ids keep the offsets of the tables.
Amounts are written as text: a JavaScript number would round them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from newsledger.document.layout import Layout, lay_out
from newsledger.normalizer.display import safe_text
from newsledger.normalizer.writers.text import decimal_text

if TYPE_CHECKING:
    from newsledger.normalizer.tables import TableSet


def report_data(tables: TableSet, *, texts: bool = True) -> dict[str, Any]:
    """The data of the page. Without ``texts`` an article is not shown, only the sentences of its figures."""
    figures = tables.arrow("figures").to_pylist()
    shown = {row["article_id"] for row in figures} if texts else set()
    numbers: dict[str, int] = {}
    articles: list[dict[str, Any]] = []
    units: list[Callable[[int], int]] = []
    layouts: list[Layout | None] = []
    used = {row["article_id"] for row in figures}
    for row in tables.arrow("articles").to_pylist():
        article_id, text = row["article_id"], row["text"]
        numbers[article_id] = len(articles)
        units.append(utf16(text))
        layouts.append(lay_out(text) if article_id in used else None)
        articles.append(
            {
                "id": article_id,
                "title": _shown(row["title"]),
                "published": _day(row["published_date"]),
                "basis": row["published_basis"],
                "status": row["status"],
                "text": _shown(text) if article_id in shown else None,
                "countries": [],
                "people": [],
                "dates": [],
            }
        )
    codes = _add_countries(tables, articles, numbers, units)
    people = _add_people(tables, articles, numbers, units)
    for row in tables.arrow("date_mentions").to_pylist():
        at = numbers[row["article_id"]]
        articles[at]["dates"].append(
            [*_span(row, units[at]), _day(row["start_date"]), _day(row["end_date"]), row["timex_value"]]
        )
    rows = [
        _figure(row, numbers[row["article_id"]], units, layouts, with_text=row["article_id"] in shown)
        for row in figures
    ]
    issues = [
        [row["severity"], row["code"], _shown(row["article_id"]), _shown(row["message"])]
        for row in tables.arrow("issues").to_pylist()
    ]
    return {
        "version": tables.run.get("version"),
        "articles": articles,
        "countries": codes,
        "people": people,
        "figures": rows,
        "issues": issues,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else safe_text(text.replace("\r", " "))


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def utf16(text: str) -> Callable[[int], int]:
    """The function that turns an offset in code points into one in UTF-16 units.

    >>> utf16("a😀b")(2), utf16("abc")(2)
    (3, 2)
    """
    wide = [i for i, c in enumerate(text) if c > "\uffff"] if not text.isascii() else []
    if not wide:
        return lambda offset: offset
    from bisect import bisect_left

    return lambda offset: offset + bisect_left(wide, offset)


def _span(row: dict[str, Any], unit: Callable[[int], int]) -> list[int]:
    return [unit(row["start_char"]), unit(row["end_char"])]


def _add_countries(
    tables: TableSet,
    articles: list[dict[str, Any]],
    numbers: dict[str, int],
    units: list[Callable[[int], int]],
) -> list[list[str]]:
    """Put the country mentions into their articles; returns [code, name] of each country."""
    known: dict[tuple[str, str], int] = {}
    for row in tables.arrow("country_mentions").to_pylist():
        at = numbers[row["article_id"]]
        key = (row["iso_alpha3"] or "", _shown(row["name"]) or "")
        number = known.setdefault(key, len(known))
        articles[at]["countries"].append([*_span(row, units[at]), number, int(row["inside_name"])])
    return [list(key) for key in known]


def _add_people(
    tables: TableSet,
    articles: list[dict[str, Any]],
    numbers: dict[str, int],
    units: list[Callable[[int], int]],
) -> list[list[str | None]]:
    """Put the person mentions into their articles; returns [name, role] of each person."""
    rows = tables.arrow("people").to_pylist()
    known = {row["person_id"]: number for number, row in enumerate(rows)}
    for row in tables.arrow("person_mentions").to_pylist():
        at = numbers[row["article_id"]]
        articles[at]["people"].append([*_span(row, units[at]), known[row["person_id"]]])
    return [[_shown(row["name"]), _shown((row["roles"] or "").split("|")[0]) or None] for row in rows]


def _figure(
    row: dict[str, Any],
    at: int,
    units: list[Callable[[int], int]],
    layouts: list[Layout | None],
    *,
    with_text: bool,
) -> dict[str, Any]:
    layout = layouts[at]
    assert layout is not None
    start, end = row["start_char"], row["end_char"]
    first, last = layout.sentence_at(start)
    last = max(last, end)
    unit = units[at]
    figure: dict[str, Any] = {
        "a": at,
        "id": f"money:{start:08d}-{end:08d}",
        "span": [unit(start), unit(end)],
        "sentence": [unit(first), unit(last)],
    }
    if not with_text:
        pieces = (layout.text[first:start], layout.text[start:end], layout.text[end:last])
        figure["words"] = [_shown(piece) for piece in pieces]
    figure.update(_values(row))
    return figure


def _values(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is not missing of a figure, under the names of the columns."""
    for column in (
        "value_low",
        "value_high",
        "modifier",
        "currency",
        "currency_basis",
        "currency_candidates",
        "kind",
        "per_unit",
        "sign",
        "zone",
        "flags",
    ):
        value = row[column]
        if value is not None:
            yield column, decimal_text(value) if isinstance(value, Decimal) else _shown(value)
