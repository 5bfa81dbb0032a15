"""Numbers among the tokens of a segment: patterns over their kinds (see ``lexer``), and their values."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from newsledger.lexicons.written_numbers import Number, words_value
from newsledger.stages.money.lexer import Tokens

ZERO, ONE, HALF = Decimal(0), Decimal(1), Decimal("0.5")

# Repetition is bounded everywhere, so that a long row of numbers costs no more than its length.
_DIGITS = r"9(?:[~_-][hm]|~k|_k(?=~S)|[~_]V){0,3}"
_DIGITS_AFTER_SIGN = r"9(?:[~_-][hmk]|[~_]V){0,3}"
WORDS = r"(?:a[_-](?=[hm])|(?=[wh]))[whm](?:(?:[-_]|[_-]&[_-])[whm]){0,20}"
_POINT = r"(?:9|w(?:[-_]w)?)_P(?:_[9w]){1,6}(?:[_-]m){0,2}"
_FRACTION = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?[-_](?:h(?:[-_]m)?|m)"
_AND_HALF = r"(?:9|w(?:[-_]w)?|a)(?:[_-]m)?[-_]&[-_](?:a|w)[-_]f(?:[-_]m){0,2}"
PART = r"(?:[aw][-_])?f(?:[-_]o)?(?:[-_]a)?(?=[-_][Nc])"
NUMBER = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS}|{WORDS})"
NUMBER_AFTER_SIGN = rf"(?:{_AND_HALF}|{_POINT}|{_FRACTION}|{_DIGITS_AFTER_SIGN}|{WORDS})"


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


def read_number(tokens: Tokens, first: int, last: int) -> Quantity | None:
    """The number that tokens ``first`` to ``last`` (inclusive) write, or None where they write none."""
    kinds = tokens.line[2 * first + 1 : 2 * last + 2 : 2]
    values = tokens.values[first : last + 1]
    if "P" in kinds:
        return _read_point(tokens, first, kinds)
    if "f" in kinds:
        return _read_fraction(tokens, first, kinds)
    if _is_scaled_twice(kinds, values):
        return Quantity(None, None, ONE, ("scale",))
    if kinds[0] == "9":
        number: Number = values[0]
        scale = ONE
        for value in values[1:]:
            scale *= value
        flags = number.flags if scale == ONE or number.low is None else ()
        return Quantity(number.low, number.high, scale, flags, number.plain)
    parts = [(kind, value or ZERO) for kind, value in zip(kinds, values, strict=True)]
    if kinds[0] == "a":
        parts[0] = ("w", ONE)
    value = words_value(parts)
    return None if value is None else Quantity(value[0], value[0], value[1], plain=value[1] == ONE)


_MILLION = 1_000_000


def _is_scaled_twice(kinds: str, values: list[Any]) -> bool:
    """Whether two scales follow each other that make none: "2bn trillion", not "two thousand million",
    "3 lakh crore" or "a million million"."""
    for i, pair in enumerate(pairwise(kinds)):
        if pair[1] in "mk" and (pair[0] == "k" or (pair[0] == "m" and values[i] >= _MILLION)):
            return pair[0] == "k" or values[i : i + 2] != [_MILLION, _MILLION]
    return False


def _read_point(tokens: Tokens, first: int, kinds: str) -> Quantity | None:
    """Five point two million."""
    at = kinds.index("P")
    whole = read_number(tokens, first, first + at - 1)
    decimals, scale = "", ONE
    for kind, value in zip(kinds[at + 1 :], tokens.values[first + at + 1 :], strict=False):
        if kind == "m":
            scale *= value
            continue
        digit = value.low if isinstance(value, Number) else value
        if digit is None or digit != digit.to_integral_value() or scale != ONE:
            return None
        decimals += str(int(digit))
    if whole is None or whole.value is None or not decimals:
        return None
    value = whole.value + Decimal(f"0.{decimals}")
    return Quantity(value, value, scale)


def _read_fraction(tokens: Tokens, first: int, kinds: str) -> Quantity | None:
    """Half a million, two and a half million, a million and a half."""
    at = kinds.index("f")
    part: Decimal = tokens.values[first + at]
    scale = ONE
    for kind, value in zip(kinds[at + 1 :], tokens.values[first + at + 1 :], strict=False):
        if kind in "mh":
            scale *= value
    before = kinds[:at]
    if part not in (HALF, HALF / 2) and before != "w" and "o" not in kinds:
        return None  # the fifth billion-dollar deal
    if "&" not in before:
        count = tokens.values[first] if before == "w" else ONE
        return Quantity(count * part, count * part, scale) if before in ("w", "a", "") else None
    whole = read_number(tokens, first, first + before.index("&") - 1)
    if whole is None or whole.base is None or (whole.scale != ONE and scale != ONE):
        return None
    return Quantity(whole.base + part, whole.base + part, whole.scale * scale)
