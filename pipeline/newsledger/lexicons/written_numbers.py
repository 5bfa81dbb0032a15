"""Parses written numbers for all stages: digits in every grouping, fractions, words.

Own parser instead of text2num: that one has no fractions ("half a million", "three-quarters of a billion"),
no crore, no decimals read out ("five point two") and no flag for a number that may be misread.

All values are ``Decimal``; "million" is six zeros, never a float. What is no number is None, and what is too
long for exact arithmetic has no value: nothing here raises for what a text holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.lexicons.numbers import CARDINALS, DENOMINATORS, FRACTION_SIGNS, MULTIPLIERS, TENS

MAX_DIGITS = 40
"""A longer run of digits is no number."""

TOO_LARGE = Decimal(10) ** 27
"""No amount of anything; below it, arithmetic on 28 digits is exact."""


SMALL = {**CARDINALS, **TENS}


class Number(NamedTuple):
    """A number as written in digits: ``low`` and ``high`` differ only in a quotation such as ``145.50/60``.

    ``flags`` are reasons not to trust it; both values are None if it cannot be read at all. ``plain`` is
    set for a bare run of digits (a year, say) without separators.
    """

    low: Decimal | None
    high: Decimal | None
    flags: tuple[str, ...] = ()
    plain: bool = False


_DOUBT = ("separator",)
_WITH_COMMAS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})"  # 1,234,567 or 12,34,567

_STYLES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (lazy_regex(r"[1-9]\d{0,2}\.\d{3}"), "", _DOUBT),  # 1.234
    (lazy_regex(r"\d+(?:\.\d+)?|\.\d+"), "", ()),
    (lazy_regex(rf"{_WITH_COMMAS}\.\d{{3}}"), ",", _DOUBT),  # 1,716.012, perhaps a misprint for 1,716,012
    (lazy_regex(rf"{_WITH_COMMAS}(?:\.\d+)?"), ",", ()),
    (lazy_regex(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+"), r"\.", ()),
    (lazy_regex(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?"), " ", ()),
    (lazy_regex(r"\d{1,3}(?:'\d{3})+(?:\.\d+)?"), "'", ()),
    (lazy_regex(r"\d+,\d{1,2}"), "", _DOUBT),  # 1,23
    (lazy_regex(r"\d{1,3}(?:,\d{3})*\.\d{3}\.\d{2}"), r"[.,](?=.*\.)", _DOUBT),  # $29.213.06
)
"""Ways to write a number in digits, in the order they are tried: pattern, separator of its groups, flags."""

_ONLY_COMMAS = lazy_regex(r"[\d,]+")
_MIXED = lazy_regex(r"(\d[\d,]*)?[ -]?([1-9]\d?)/(\d\d?)")
_DECIMAL_MIXED = lazy_regex(r"(\d+\.\d+)[ -]([1-9]\d?)/(\d\d?)")
_NARROW = str.maketrans("，．’\u00a0\u2009\u202f", ",.'   ")


def _digits(text: str) -> Number | None:
    """Read one number without fraction; None if the separators make no sense."""
    for pattern, separator, flags in _STYLES:
        if pattern.fullmatch(text):
            digits = re.sub(separator, "", text) if separator else text
            value = Decimal(digits.replace(",", "."))
            if value >= TOO_LARGE:
                return Number(None, None, ("scale",))
            return Number(value, value, flags, plain=text.isdigit())
    return Number(None, None, _DOUBT) if _ONLY_COMMAS.fullmatch(text) else None


def read_digits(text: str) -> Number | None:
    """Read a number written in digits; None if it is not one.

    ``separator`` is flagged if a comma or point may be either decimal or grouping.

    >>> read_digits("1,50,000").low, read_digits("1.234.567,89").low, read_digits("10-1/2").low
    (Decimal('150000'), Decimal('1234567.89'), Decimal('10.5'))
    >>> read_digits("1.234").flags, read_digits("5.4.3")
    (('separator',), None)
    >>> read_digits("9" * 30)[:3], read_digits("9" * 50), read_digits("٣٥").low
    ((None, None, ('scale',)), None, Decimal('35'))
    >>> read_digits("145.50/60")[:2], read_digits("1,145.50/60")[:2]
    ((Decimal('145.50'), Decimal('145.60')), (Decimal('1145.50'), Decimal('1145.60')))
    """
    if len(text) > MAX_DIGITS:
        return None
    text = text.translate(_NARROW)
    if text[-1] in FRACTION_SIGNS:
        whole = _digits(text[:-1].strip(" -") or "0")
        if whole is None or whole.low is None:
            return None
        value = whole.low + FRACTION_SIGNS[text[-1]]
        return Number(value, value)
    if "/" not in text:
        return _digits(text)
    return _mixed(text) or _quotation(text)


def _mixed(text: str) -> Number | None:
    """A whole number and a fraction; after decimals, as of grain, it is one of the last digit: ``2.88-1/4``
    is 2.8825."""
    match = _MIXED.fullmatch(text) or _DECIMAL_MIXED.fullmatch(text)
    if match is None or int(match[3]) not in DENOMINATORS or int(match[2]) >= int(match[3]):
        return None
    whole = (match[1] or "0").replace(",", "")
    last_digit = Decimal(1).scaleb(-len(whole.partition(".")[2]))
    value = Decimal(whole) + last_digit * int(match[2]) / int(match[3])
    return Number(value, value)


def _quotation(text: str) -> Number | None:
    """A dealer's bid and ask: the second number in full, or its last digits only."""
    first, _, second = text.partition("/")
    bid, ask = _digits(first), _digits(second)
    if bid is None or bid.low is None or ask is None or ask.low is None:
        return None
    decimals, high, full = len(first.partition(".")[2]), ask.low, True
    if decimals and second.isdigit() and len(second) <= decimals:
        last = Decimal(second).scaleb(-decimals)
        next_digit = Decimal(1).scaleb(len(second) - decimals)
        high = bid.low - bid.low % next_digit + last
        if high < bid.low and high + next_digit - bid.low < bid.low / 100:
            high += next_digit  # 0.5693/00 is 0.5693 to 0.5700
    elif decimals:
        full = decimals == len(second.partition(".")[2])
    else:
        grouped = "," in second and high < 10 * bid.low  # 2,355/2,360
        full = grouped or (second.isdigit() and len(second) == len(first) >= 3)
    return Number(bid.low, high) if full and high > bid.low else None


Parts = list[tuple[str, Decimal]]
"""Number words as (kind, value): ``w`` one to ninety, ``h`` hundred, ``m`` a scale, ``&`` and."""


def words_value(parts: Parts) -> tuple[Decimal, Decimal] | None:
    """Value of number words as (base, scale); None if they make no number.

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
    """The value of number words without scales; None if they make no number."""
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


def read_words(words: Iterable[str]) -> Decimal | None:
    """The value of a number in lower-case words; None if they make none.

    >>> read_words("two hundred and thirty five thousand".split()), read_words("thirty five hundred".split())
    (Decimal('235000'), Decimal('3500'))
    >>> read_words("two dozen".split()), read_words("five six".split())
    (Decimal('24'), None)
    """
    parts: Parts = []
    for word in words:
        value = SMALL.get(word) or MULTIPLIERS.get(word)
        if value is None and word != "and":
            return None
        kind = "&" if value is None else "w" if word in SMALL else "h" if value < 1000 else "m"
        parts.append((kind, Decimal(value or 0)))
    found = words_value(parts)
    return found[0] * found[1] if found and parts else None
