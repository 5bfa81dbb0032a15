"""Figures whose scale was probably left out: the $46.5 of "cut to $31 million from $46.5".

Each rule fires in few articles, but without it a value would be wrong by a factor of a million unnoticed.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.equivalents import compared
from newsledger.stages.money.joins import Figure

_SHORT = 1000
"""Numbers below it are short: of these a scale may be missing."""
_MILLION = 1_000_000
_BULLET = lazy_regex(r"(?:\A|[\n*•·–—-])\s*\Z")
_PRICE_CUE = lazy_regex(
    r"\b(?:at|to|from|by|of|for|price|cost|costs|costing|was|is|were|averag\w+|and|or|about)\s+\Z"
)
_MANY = 3
"""How many figures make an article where all but one have a scale."""


_IN_A_YEAR = r" in (?:19|20)\d\d"
_YEAR_AND = lazy_regex(rf"{_IN_A_YEAR},?(?: and)? ")
_YEAR_AFTER = lazy_regex(rf"{_IN_A_YEAR}\b")


def missing_scales(text: str, figures: list[Figure]) -> set[int]:
    """The indices of figures whose scale was probably left out."""
    return (
        _by_comparison(text, figures)
        | _by_list(text, figures)
        | _by_all_others(text, figures)
        | _by_repetition(figures)
    )


def _scale(figure: Figure) -> Decimal:
    return figure.amount.quantity.scale if figure.amount.quantity else Decimal(1)


def _is_short(figure: Figure) -> bool:
    """Whether a figure is a short number of major units without a scale."""
    short = figure.low is not None and figure.low < _SHORT
    return short and _scale(figure) == 1 and figure.unit.per_major == 1


def _by_comparison(text: str, figures: list[Figure]) -> set[int]:
    """Figures compared with one of about the same number that has a scale."""
    found: set[int] = set()
    for i, (left, right) in enumerate(pairwise(figures)):
        bare, scaled = (left, right) if _scale(left) == 1 else (right, left)
        if _scale(bare) != 1 or _scale(scaled) <= _SHORT or left.unit != right.unit:
            continue
        number = bare.amount.quantity.base if bare.amount.quantity else None
        other = scaled.amount.quantity.base if scaled.amount.quantity else None
        near = number and other and Decimal("0.05") < number / other < 20
        if near and bare.low == number and (compared(text, left, right) or _by_year(text, left, right)):
            found.add(i if bare is left else i + 1)  # else it shares the scale
    return found


def _by_year(text: str, left: Figure, right: Figure) -> bool:
    """Whether each figure is that of a year: "$410 million in 2003 and $550 in 2004"."""
    joined = _YEAR_AND.fullmatch(text, left.end, right.start)
    return joined is not None and _YEAR_AFTER.match(text, right.end) is not None


def _by_repetition(figures: list[Figure]) -> set[int]:
    """Numbers of one decimal place that the article also has with a scale: $8.5 beside $8.5 million."""
    scaled = {
        (figure.amount.quantity.base, figure.unit)
        for figure in figures
        if figure.amount.quantity is not None and _scale(figure) >= _MILLION
    }
    return {
        i
        for i, figure in enumerate(figures)
        if (quantity := figure.amount.quantity) is not None
        and quantity.base is not None
        and quantity.scale == 1
        and figure.low == quantity.base
        and quantity.base.as_tuple().exponent == -1
        and (quantity.base, figure.unit) in scaled
    }


def _by_all_others(text: str, figures: list[Figure]) -> set[int]:
    """The one number with decimals among many figures that have a scale, unless words around it make it a
    price: "projects worth ₹11.86" beside ₹12 crore, ₹113 crore."""
    short = [i for i, figure in enumerate(figures) if figure.low is not None and figure.low < _SHORT]
    if len(short) != 1:
        return set()
    figure = figures[short[0]]
    quantity = figure.amount.quantity
    if quantity is None or quantity.plain or not _is_short(figure) or figure.range:
        return set()
    others = [other for other in figures if other is not figure and other.unit.family == figure.unit.family]
    others = [other for other in others if other.low is not None]
    if len(others) < _MANY - 1 or any(_scale(other) < 100_000 for other in others):
        return set()
    before = text[max(0, figure.start - 20) : figure.start]
    after = text[figure.end : figure.end + 12].lstrip(" -/").split(" ")[0]
    return set() if _PRICE_CUE.search(before) or after in ("a", "an", "per", "each") else {short[0]}


def _by_list(text: str, figures: list[Figure]) -> set[int]:
    """Short numbers between two items of a list that have a scale: "* $5 million for roads * $33 for bridges
    * $4 million for schools"."""
    found: set[int] = set()
    for i in range(1, len(figures) - 1):
        three = figures[i - 1 : i + 2]
        if _is_short(three[1]) and min(_scale(three[0]), _scale(three[2])) > _SHORT:
            starts = (text[max(0, figure.start - 6) : figure.start] for figure in three)
            if all(_BULLET.search(start) for start in starts):
                found.add(i)
    return found
