"""Values as stored in the cells of the tables: amounts of six decimals, lists joined by ``|``."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

DECIMAL_PRECISION = 38
DECIMAL_SCALE = 6
LIST_SEPARATOR = "|"
"""Joins the values of a column that holds several (aliases, roles, candidates)."""

_STEP = Decimal(1).scaleb(-DECIMAL_SCALE)
_EXACT = Context(prec=DECIMAL_PRECISION, rounding=ROUND_HALF_EVEN)


def fit(value: Decimal | None) -> tuple[Decimal | None, str | None]:
    """Fit a value to ``decimal(38, 6)``: the value, and a flag if it had to change.

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


def is_exact_float(value: Decimal | None) -> bool:
    """Whether a ``float64`` keeps every digit of a value, so that it can be had back by printing it.

    >>> is_exact_float(Decimal("0.1")), is_exact_float(Decimal("12345678901234.56"))
    (True, True)
    >>> is_exact_float(Decimal("12345678901234567.89"))
    False
    """
    return value is None or Decimal(repr(float(value))) == value


def cell(value: Any) -> Any:
    """A field of a mention as the value of a nullable column.

    >>> cell(("USD", "CAD")), cell(()), cell("")
    ('USD|CAD', None, None)
    """
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value == "" else value
