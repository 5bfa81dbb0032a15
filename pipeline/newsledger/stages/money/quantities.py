"""The number of an amount: digits in every grouping, words, fractions, scales.

Own parser instead of text2num: that one has no fractions ("half a million", "three-quarters of a billion"),
no crore, no decimals read out ("five point two") and no notion of a number that may not be trusted, and
loading it would cost more than the whole stage.

All values are ``Decimal``; "million" is six zeros, never a float.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from newsledger.stages.money.words import DENOMINATORS, FRACTION_SIGNS

MAX_DIGITS = 40
"""A longer run of digits is no amount of money."""


class Number(NamedTuple):
    """A number as written in digits: ``low`` and ``high`` differ only in a quotation such as ``145.50/60``.

    ``flags`` says why it may not be trusted; both values are None where it cannot be read at all. ``plain``
    tells a bare run of digits (a year, say) from one with separators.
    """

    low: Decimal | None
    high: Decimal | None
    flags: tuple[str, ...] = ()
    plain: bool = False


_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_MISPRINTED = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{3}\.\d{2}")
"""A point for a comma among groups that cents end: $29.213.06, $1,250.003.00."""
_BLANKS = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?")
_APOSTROPHES = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_ONLY_COMMAS = re.compile(r"[\d,]+")
_THREE_DECIMALS = re.compile(r",\d{3}\.\d{3}\Z")
"""1,716.012 is perhaps a misprint for 1,716,012."""
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MIXED = re.compile(r"(\d[\d,]*)?[ \u00a0-]?([1-9]\d?)/(\d\d?)")
_DECIMAL_MIXED = re.compile(r"(\d+\.\d+)[ \u00a0-]([1-9]\d?)/(\d\d?)")
_WIDE = str.maketrans("，．’\u00a0\u2009\u202f", ",.'   ")


def _digits(text: str) -> Number | None:
    """Read one number without fraction; None where the separators make no sense."""
    if _PLAIN.fullmatch(text):
        flags = ("separator",) if _ONE_GROUP.fullmatch(text) else ()
        value = Decimal(text)
        return Number(value, value, flags, plain=text.isdigit())
    if _COMMAS.fullmatch(text) or _INDIAN.fullmatch(text):
        value = Decimal(text.replace(",", ""))
        return Number(value, value, ("separator",) if _THREE_DECIMALS.search(text) else ())
    if _POINTS.fullmatch(text):
        value = Decimal(text.replace(".", "").replace(",", "."))
        return Number(value, value)
    if _BLANKS.fullmatch(text) or _APOSTROPHES.fullmatch(text):
        value = Decimal(re.sub(r"[ ']", "", text).replace(",", "."))
        return Number(value, value)
    if _DECIMAL_COMMA.fullmatch(text):
        value = Decimal(text.replace(",", "."))
        return Number(value, value, ("separator",))
    if _MISPRINTED.fullmatch(text):
        whole, _, cents = text.rpartition(".")
        value = Decimal(re.sub("[.,]", "", whole) + "." + cents)
        return Number(value, value, ("separator",))
    if _ONLY_COMMAS.fullmatch(text):
        return Number(None, None, ("separator",))
    return None


def read_digits(text: str) -> Number | None:
    """Read a number written in digits, or None where it is none.

    ``separator`` is flagged where a comma or point may be either decimal or grouping.

    >>> read_digits("1,50,000").low, read_digits("1.234.567,89").low, read_digits("10-1/2").low
    (Decimal('150000'), Decimal('1234567.89'), Decimal('10.5'))
    >>> read_digits("1.234").flags, read_digits("5.4.3")
    (('separator',), None)
    >>> read_digits("145.50/60")[:2]
    (Decimal('145.50'), Decimal('145.60'))
    """
    if len(text) > MAX_DIGITS:
        return None
    if text[-1] in FRACTION_SIGNS:
        whole = (
            _digits(text[:-1].strip(" \u00a0-").translate(_WIDE))
            if len(text) > 1
            else Number(Decimal(0), Decimal(0))
        )
        if whole is None or whole.low is None:
            return None
        value = whole.low + FRACTION_SIGNS[text[-1]]
        return Number(value, value)
    text = text.translate(_WIDE)
    if "/" not in text:
        return _digits(text)
    mixed = _MIXED.fullmatch(text)
    if mixed and int(mixed[3]) in DENOMINATORS and int(mixed[2]) < int(mixed[3]):
        value = Decimal((mixed[1] or "0").replace(",", "")) + Decimal(int(mixed[2])) / int(mixed[3])
        return Number(value, value)
    return _cent_fraction(text) or _quotation(text)


def _cent_fraction(text: str) -> Number | None:
    """A grain price: the fraction is of the last digit, ``2.88-1/4`` is 2.8825."""
    match = _DECIMAL_MIXED.fullmatch(text)
    if match is None or int(match[3]) not in DENOMINATORS or int(match[2]) >= int(match[3]):
        return None
    last = Decimal(1).scaleb(-len(match[1].partition(".")[2]))
    value = Decimal(match[1]) + last * int(match[2]) / int(match[3])
    return Number(value, value)


def _quotation(text: str) -> Number | None:
    """A dealer's bid and ask: the second number in full, or its last digits only."""
    bid, _, ask = text.partition("/")
    low = _digits(bid)
    if low is None or low.low is None:
        return None
    decimals = bid.partition(".")[2]
    if decimals and len(ask.partition(".")[2]) == len(decimals):
        full = _digits(ask)
        high = full.low if full is not None and full.low is not None else low.low
        return Number(low.low, high) if high > low.low else None
    if "," in ask and not decimals:
        full = _digits(ask)  # 2,355/2,360
        close = full is not None and full.low is not None and low.low < full.low < 10 * low.low
        return Number(low.low, full.low) if full is not None and close else None
    if not ask.isdigit():
        return None
    if decimals and len(ask) <= len(decimals):
        high = Decimal(bid[: len(bid) - len(ask)] + ask)
    elif not decimals and len(ask) == len(bid) >= 3:
        high = Decimal(ask)
    else:
        return None
    return Number(low.low, high) if high > low.low else None


class Quantity(NamedTuple):
    """The number of an amount with its scale: ``value`` = ``base`` times ``scale``.

    ``base`` and ``scale`` are kept apart so that a neighbour can share the scale ("$1.5 to $2 billion").
    """

    base: Decimal | None
    top: Decimal | None
    scale: Decimal
    flags: tuple[str, ...] = ()
    plain: bool = False

    @property
    def value(self) -> Decimal | None:
        """The number times its scale."""
        return None if self.base is None else self.base * self.scale

    @property
    def high(self) -> Decimal | None:
        """The upper end of a number that is a range itself ("2-3", "10/12"), times its scale."""
        return None if self.top is None else self.top * self.scale

    @property
    def is_year(self) -> bool:
        """Whether it is written like a year."""
        return self.plain and self.scale == 1 and self.base is not None and 1800 <= self.base <= 2100


Parts = list[tuple[str, Decimal]]
"""Number words as (kind, value): ``w`` one to ninety, ``h`` hundred, ``m`` a scale, ``&`` and."""


def words_value(parts: Parts) -> tuple[Decimal, Decimal] | None:
    """Value of number words as (base, scale); None where they make no number.

    >>> words_value([("w", Decimal(2)), ("h", Decimal(100)), ("m", Decimal(10) ** 6)])
    (Decimal('200'), Decimal('1000000'))
    >>> words_value([("w", Decimal(5)), ("&", Decimal(0)), ("w", Decimal(6))])
    >>> words_value([("w", Decimal(8)), ("m", Decimal(10) ** 6), ("w", Decimal(2))])
    (Decimal('8000002'), Decimal('1'))
    """
    total, scales = Decimal(0), list[Decimal]()
    group: Parts = []
    for kind, value in [*parts, ("", Decimal(1))]:
        if kind not in ("m", ""):
            group.append((kind, value))
            continue
        if group and group[0][0] == "&" and scales and len(group) > (kind == ""):
            group = group[1:]  # two million and five
        number = _group_value(group)
        if group and number is None:
            return None
        if number is not None:
            if scales and value >= scales[-1]:
                return None
            total += number * value
        elif kind and total:
            if value < scales[-1]:
                return None
            total *= value  # two thousand million
        elif kind:
            total = value
        if kind:
            scales.append(value)
            group = []
    if len(scales) == 1 and not group:
        return total / scales[0], scales[0]
    return total, Decimal(1)


def _group_value(parts: Parts) -> Decimal | None:
    """The value of number words without scales; None where they make no number."""
    total: Decimal | None = None
    previous = ""
    for kind, value in parts:
        if kind == "&":
            if previous != "h":
                return None
        elif kind == "h":
            if total is not None and not 0 < total < 100:
                return None
            total = value if total is None else total * value
        elif total is None:
            total = value
        else:
            tens = total % 100 >= 20 and total % 10 == 0 and 0 < value < 10
            if not (tens if previous == "w" else total % 100 == 0):
                return None
            total += value
        previous = kind
    return None if previous == "&" else total
