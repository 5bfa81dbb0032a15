"""Numbers: written in words and read back, in digits with every grouping, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.lexicons.written_numbers import read_digits, words_value
from newsledger.stages import money

_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
"""
_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety"
ONES, TENS = _ONES.split(), _TENS.split()
SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def in_words(number: int, *, and_: bool) -> str:
    for scale, name in SCALES:
        if number >= scale:
            rest = number % scale
            joint = " and " if and_ and 0 < rest < 100 else " "
            return f"{in_words(number // scale, and_=and_)} {name}" + (joint + in_words(rest, and_=and_)) * (
                rest > 0
            )
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f"{' and' * and_} {in_words(rest, and_=and_)}") * (
            rest > 0
        )
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}") * (number % 10 > 0)
    return ONES[number]


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 10**12 - 1) | st.integers(2, 2000), st.booleans())
def test_words_are_read_back(number: int, and_: bool) -> None:
    written = in_words(number, and_=and_)
    (mention,) = money.find(f"It cost {written} dollars.")
    assert mention.surface == f"{written} dollars"
    assert mention.value_low == number


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_grouped_digits_are_read_back(whole: int, cents: int) -> None:
    value = Decimal(whole) + Decimal(cents) / 100
    english = f"{value:,.2f}"
    swapped = english.translate(str.maketrans(",.", ".,"))
    for written in (english, f"{value:.2f}", swapped, swapped.replace(".", " "), english.replace(",", "'")):
        number = read_digits(written)
        assert number is not None, written
        assert number.low == value or "separator" in number.flags, written


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("12,34,567", 1234567),
        ("1'234'567", 1234567),
        ("1 234 567", 1234567),
        ("1\u202f234", 1234),
        ("1.234.567", 1234567),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        (".5", "0.5"),
        ("0.75", "0.75"),
        ("3½", "3.5"),
        ("3 1/2", "3.5"),
        ("10-1/2", "10.5"),
        ("9-5/8", "9.625"),
        ("2.88-1/4", "2.8825"),
        ("¾", "0.75"),
        ("１２", 12),
    ],
)
def test_digits(written: str, value: object) -> None:
    number = read_digits(written)
    assert number is not None
    assert (number.low, number.flags) == (Decimal(str(value)), ())


@pytest.mark.parametrize("written", ["5.4.3", "47.00.00", "1,2.3,4", "3/7/9", "1/0", "9" * 500])
def test_what_is_no_number(written: str) -> None:
    assert read_digits(written) is None


@pytest.mark.parametrize("written", ["1.234", "0,75", "1,23"])
def test_either_separator_is_flagged(written: str) -> None:
    number = read_digits(written)
    assert number is not None
    assert number.flags == ("separator",)


@pytest.mark.parametrize(
    "words",
    [
        [("w", 5), ("w", 6)],
        [("w", 5), ("&", 0)],
        [("h", 100), ("h", 100)],
        [("w", 3), ("m", 10**3), ("w", 2), ("m", 10**6)],
        [("w", 30), ("w", 12)],
        [("w", 5), ("&", 0), ("w", 6)],
    ],
)
def test_words_that_make_no_number(words: list[tuple[str, int]]) -> None:
    assert words_value([(kind, Decimal(value)) for kind, value in words]) is None


def test_two_numbers_side_by_side_are_not_one() -> None:
    (mention,) = money.find("It has shops in five six million dollars buildings.")
    assert mention.value_low == 6_000_000
