"""Values written as text: decimals, dates, and cells that a spreadsheet could take for a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from newsledger.lexicons.load import lazy_regex
from newsledger.normalizer.schema import arrow_schema, table

if TYPE_CHECKING:
    import pyarrow as pa

_FORMULA = lazy_regex(r"'*[=+\-@\t\r\n＝＋－＠]")
_NEUTRALISED = lazy_regex(r"'+[=+\-@\t\r\n＝＋－＠]")


def decimal_text(value: Decimal) -> str:
    """A decimal without exponent and without superfluous zeros.

    >>> decimal_text(Decimal("12000000000.000000")), decimal_text(Decimal("-0.500000"))
    ('12000000000', '-0.5')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text not in ("", "-0", "-") else "0"


def value_text(value: Any) -> str:
    """A value as written in CSV; a missing one is an empty text.

    >>> import datetime as dt
    >>> value_text(Decimal("1200000.500000")), value_text(dt.date(2024, 4, 3)), value_text(None)
    ('1200000.5', '2024-04-03', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    return "" if value is None else str(value)


def neutralise(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula; `restore` removes it.

    >>> neutralise("=HYPERLINK(1)"), neutralise("-$3 million"), neutralise("plain")
    ("'=HYPERLINK(1)", "'-$3 million", 'plain')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restore(text: str) -> str:
    """Undo `neutralise`.

    >>> restore(neutralise("'=1")), restore("'tis")
    ("'=1", "'tis")
    """
    return text[1:] if _NEUTRALISED.match(text) else text


def _decimal(value: Any) -> Decimal:
    try:
        return Decimal(value)
    except (InvalidOperation, TypeError):
        raise ValueError(f"{value!r} is not a decimal") from None


def _boolean(value: Any) -> bool:
    if value not in (True, False, "true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    return value in (True, "true")


_READERS: dict[str, Any] = {
    "decimal": _decimal,
    "date": dt.date.fromisoformat,
    "integer": lambda value: int(str(value)),  # int alone cuts fractions off
    "boolean": _boolean,
}


def stored_table(name: str, kept: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> pa.Table:
    """The Arrow table of rows whose amounts and dates are text, and numbers and truth values perhaps too."""
    from newsledger.normalizer.rows import to_arrow

    readers = [_READERS.get(column.type) for column in table(name, kept).columns]
    cells = [
        tuple(v if v is None or read is None else read(v) for v, read in zip(row, readers, strict=True))
        for row in rows
    ]
    return to_arrow(name, cells, arrow_schema(name, kept))
