"""The words numbers are made of, in English as newspapers write it.

Short scale: a billion is 10^9. German "Billion" and French "milliard" in an English text keep their English
meaning. Suffixes of one letter count only where they are glued to a number, or follow one with a currency
sign (``$1.5 B``).
"""

from __future__ import annotations

from decimal import Decimal

from newsledger.lexicons.calendar import ALL_MONTHS


def word_set(text: str) -> frozenset[str]:
    """The words of a blank-separated list.

    >>> sorted(word_set("a an"))
    ['a', 'an']
    """
    return frozenset(text.split())


SCALES = {
    "thousand": 3,
    "thou": 3,
    "lakh": 5,
    "lac": 5,
    "lakhs": 5,
    "lacs": 5,
    "million": 6,
    "mln": 6,
    "mlns": 6,
    "mil": 6,
    "mill": 6,
    "mn": 6,
    "mio": 6,
    "mllion": 6,
    "millon": 6,
    "milion": 6,
    "milllion": 6,
    "crore": 7,
    "crores": 7,
    "cr": 7,
    "billion": 9,
    "bilion": 9,
    "billon": 9,
    "billlion": 9,
    "billin": 9,
    "bln": 9,
    "blns": 9,
    "bn": 9,
    "bil": 9,
    "mrd": 9,
    "milliard": 9,
    "milliards": 9,
    "trillion": 12,
    "trilion": 12,
    "trillon": 12,
    "trln": 12,
    "trn": 12,
    "tn": 12,
    "trl": 12,
    "tr": 12,
    "quadrillion": 15,
    "mld": 9,
    "milhão": 6,
    "milhões": 6,
    "bilhão": 9,
    "bilhões": 9,
    "trilhões": 12,
    "millones": 6,
    "millionen": 6,
    "milliarden": 9,
    "miljoner": 6,
    "miljarder": 9,
    "millioner": 6,
    "milliarder": 9,
    "juta": 6,
    "miliar": 9,
    "triliun": 12,
}
"""Scale words and the power of ten, with the commonest misspellings and what correspondents
leave untranslated; any case."""

LETTER_SCALES = {
    "k": 3,
    "K": 3,
    "m": 6,
    "M": 6,
    "mm": 6,
    "MM": 6,
    "b": 9,
    "B": 9,
    "t": 12,
    "T": 12,
    "L": 5,
}
"""Scale letters, case as written."""

PLURAL_SCALES = {
    "tens": 1,
    "dozens": 1,
    "scores": 1,
    "hundreds": 2,
    "thousands": 3,
    "millions": 6,
    "billions": 9,
    "trillions": 12,
    "zillions": 12,
    "gazillions": 12,
}
"""Plurals: vague on their own ("millions of dollars"), a scale after a number ("$5 millions")."""

SMALL = {
    word: Decimal(value)
    for value, words in {
        0: "zero",
        1: "one",
        2: "two",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty fourty",
        50: "fifty",
        60: "sixty",
        70: "seventy",
        80: "eighty",
        90: "ninety",
    }.items()
    for word in words.split()
}

FRACTIONS = {
    "half": Decimal("0.5"),
    "halves": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "thirds": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "quarters": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "fifths": Decimal("0.2"),
    "tenth": Decimal("0.1"),
    "tenths": Decimal("0.1"),
}

VULGAR = {
    "½": Decimal("0.5"),
    "⅓": Decimal(1) / 3,
    "⅔": Decimal(2) / 3,
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅕": Decimal("0.2"),
    "⅖": Decimal("0.4"),
    "⅗": Decimal("0.6"),
    "⅘": Decimal("0.8"),
    "⅙": Decimal(1) / 6,
    "⅚": Decimal(5) / 6,
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}

DENOMINATORS = frozenset((2, 3, 4, 5, 8, 10, 16, 32, 64))
"""Of fractions written with a slash: ``10-1/2 dlrs``."""

SEVERAL = word_set("several few many various numerous couple countless untold")
"""Before a scale or a currency: an amount without a number."""

MULTI = word_set("multi")
MULTI_SCALES = {f"multi{scale}": SCALES[scale] for scale in ("thousand", "million", "billion", "trillion")}

SMALL_WORDS = {
    "a": "a an",
    "&": "and",
    "t": "to",
    "o": "of",
    "r": "or",
    "P": "point",
    "b": "between",
    "e": "more extra additional fewer less",
    "d": "tax taxpayer taxpayers federal public private",
}
"""Words of amounts and ranges by their kind (see ``lexer``)."""

MONTHS = frozenset(ALL_MONTHS)
"""A number after one of these is a day, not an amount."""
