"""Figures that say the same amount in two currencies: ``¥1.2 trillion ($8 billion)``.

They are two figures, neither negative. Which of them a bracket holds helps to tell the currency of a bare
sign (see ``resolve``); what is said of the first, as that it is a bound or a loss, holds for the second too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from newsledger.stages.money.joins import Figure
from newsledger.stages.money.spellings import Unit
from newsledger.values.mentions import MoneyMention

_WORDS = (
    "about|around|approximately|approx\\.?|roughly|some|nearly|almost|over|under|more than|less than|"
    "just over|just under|up to|worth|equivalent to|equivalent of|the equivalent of|equal to|"
    "or|at|i\\.e\\.,?|c\\."
)
_OPENS = re.compile(rf"\s*\(\s*(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_OR = re.compile(r",?\s+or\s+")
_COMPARES = re.compile(
    r"(?:\s+(?:in|last|this|from)\s+[A-Za-z]+)?,?\s+"
    r"(?:(?:up|down|compared|rising|falling)\s+)?(?:from|to|against|versus|vs\.?|compared with)\s+",
    re.IGNORECASE,
)
_FARTHEST = 40
_LOWEST, _HIGHEST = Decimal("0.4"), Decimal("2.5")
"""What one dollar or pound may be worth in another that is written with the same sign."""


class Partner(NamedTuple):
    """The unit a figure is equated with, and whether the figure is the one in the bracket."""

    unit: Unit
    bracketed: bool


def equivalents(text: str, found: list[Figure]) -> dict[int, Partner]:
    """For the figures that a bracket equates: index -> partner."""
    partners: dict[int, Partner] = {}
    for i, (left, right) in enumerate(pairwise(found)):
        if not 0 < right.start - left.end < _FARTHEST or not _fills_bracket(text, found, i + 1):
            continue
        same = left.low == right.low and left.high == right.high
        if same or not _may_translate(left, right) or not _OPENS.fullmatch(text, left.end, right.start):
            continue
        partners[i + 1] = Partner(left.unit, True)
        partners.setdefault(i, Partner(right.unit, False))
    return partners


def _fills_bracket(text: str, found: list[Figure], i: int) -> bool:
    """Whether the bracket that a figure stands in ends with it, or with the next ("$96bn, £86bn")."""
    end = found[i].end
    if text[end : end + 1] == ")":
        return True
    if text[end : end + 1] not in (",", ";", "/") or i + 1 == len(found):
        return False
    other = found[i + 1]
    return not text[end + 1 : min(other.start, end + 4)].strip() and text[other.end : other.end + 1] == ")"


def _may_translate(left: Figure, right: Figure) -> bool:
    """Two bare signs stand for two currencies only where one may be worth the other."""
    if left.unit != right.unit or not left.low or not right.low:
        return True
    return _LOWEST < left.low / right.low < _HIGHEST


_ENDS = re.compile(r"(?:\s+(?:an?|per)\s+[a-z]+)?\s*\)")
_OR_MORE = re.compile(rf"(?:,?\s+or\s+(?:more|less|so))?{_OPENS.pattern}", re.IGNORECASE)
_SAID_BY_OR = re.compile(rf",?\s+or\s+(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_AND_IN = re.compile(rf"\s*(?:[,;/]|,?\s+(?:or|and))\s*(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_CAP_TOO = re.compile(r"\s*\((?:or\s+)?|,?\s+or\s+")
_FOR_WHOM = re.compile(r"\s+(?:for|if|per)\s+(?!shares?\b)[a-z]", re.IGNORECASE)
_BOUNDS = ("lt", "le", "gt", "ge")
_LONGEST_ROW = 4


def carry(text: str, mentions: list[MoneyMention]) -> list[MoneyMention]:
    """Say of an equivalent what is said of the figure it stands beside: of "at least $118 million (or 106
    million euros)" both are at least that much.

    A ceiling holds for both of "up to $65,000 (or $130,000 for couples)" as well.
    """
    carried = list(mentions)
    for i in range(len(mentions) - 1):
        first, second = carried[i], mentions[i + 1]
        between = text[first.end_char : min(second.start_char, first.end_char + _FARTHEST)]
        if first.currency == second.currency:
            if _has_cap_too(text, first, second, between):
                carried[i + 1] = _bounded(second, first)
        elif _SAID_BY_OR.fullmatch(between):
            carried[i + 1] = _alike(second, first)
        elif _OR_MORE.fullmatch(between):
            row = _in_bracket(text, mentions, i + 1)
            carried[i + 1 : i + 1 + len(row)] = [_alike(other, first) for other in row]
    return carried


def _in_bracket(text: str, mentions: list[MoneyMention], i: int) -> list[MoneyMention]:
    """The figures from the ``i``-th on that fill a bracket, each in another currency; none where more stands
    in it."""
    row: list[MoneyMention] = []
    for mention in mentions[i : i + _LONGEST_ROW]:
        if row and not _AND_IN.fullmatch(text, row[-1].end_char, mention.start_char):
            return []
        row.append(mention)
        if _ENDS.match(text, mention.end_char):
            return row if len({other.currency for other in row}) == len(row) else []
    return []


def _has_cap_too(text: str, first: MoneyMention, second: MoneyMention, between: str) -> bool:
    """Whether a ceiling is followed by that of somebody else: "($16,362 for couples)"."""
    if first.modifier not in ("lt", "le") or not _CAP_TOO.fullmatch(between):
        return False
    return _FOR_WHOM.match(text, second.end_char) is not None


def _alike(other: MoneyMention, first: MoneyMention) -> MoneyMention:
    """An equivalent with the bound and the direction of the first figure where it has none itself."""
    other = _bounded(other, first)
    if other.kind == "level" and first.kind != "level" and first.per_unit == other.per_unit:
        other = replace(other, kind=first.kind)
    return other if other.sign else replace(other, sign=first.sign)


def _bounded(other: MoneyMention, first: MoneyMention) -> MoneyMention:
    if other.modifier != "exact" or first.modifier not in (*_BOUNDS, "approx", "estimate"):
        return other
    low = None if first.modifier in ("lt", "le") else other.value_low
    high = None if first.modifier in ("gt", "ge") else other.value_high
    return replace(other, modifier=first.modifier, value_low=low, value_high=high)


def unscaled(text: str, found: list[Figure]) -> set[int]:
    """Figures compared with one that has a scale and about the same number, but without it themselves: the
    $46.5 of "cut to $31 million from $46.5"."""
    doubtful: set[int] = set()
    for i, (left, right) in enumerate(pairwise(found)):
        a, b = left.amount.quantity, right.amount.quantity
        if a is None or b is None or (a.scale == 1) == (b.scale == 1) or left.unit != right.unit:
            continue
        near = a.base and b.base and Decimal("0.05") < a.base / b.base < 20
        if near and max(a.scale, b.scale) > 1000 and min(a.scale, b.scale) == 1:
            between = text[left.end : min(right.start, left.end + _FARTHEST)]
            if _COMPARES.fullmatch(between):
                bare, number = (i, a.base) if a.scale == 1 else (i + 1, b.base)
                if found[bare].low == number:  # no scale was shared
                    doubtful.add(bare)
    return doubtful | _unscaled_in_list(text, found) | _unscaled_among(text, found) | _said_with_scale(found)


def _said_with_scale(found: list[Figure]) -> set[int]:
    """Numbers of one decimal place and no scale that the article also writes with one: the $8.5 of an article
    that has $8.5 million too."""
    said = {
        (figure.amount.quantity.base, figure.unit)
        for figure in found
        if figure.amount.quantity is not None and figure.amount.quantity.scale >= 1_000_000
    }
    return {
        i
        for i, figure in enumerate(found)
        if (quantity := figure.amount.quantity) is not None
        and quantity.scale == 1
        and figure.low == quantity.base
        and quantity.base is not None
        and quantity.base.as_tuple().exponent == -1
        and (quantity.base, figure.unit) in said
    }


_OF_A_PRICE = re.compile(
    r"\b(?:at|to|from|by|of|for|price|cost|costs|costing|was|is|were|averag\w+|and|or|about)\s+\Z"
)
_MANY = 3


def _unscaled_among(text: str, found: list[Figure]) -> set[int]:
    """The one number with decimals and without a scale among many that have one, where nothing before it
    leads to a price: "projects worth ₹11.86" beside ₹12 crore, ₹113 crore."""
    plain = [i for i, figure in enumerate(found) if figure.low is not None and figure.low < 1000]
    if len(plain) != 1:
        return set()
    others = [figure for i, figure in enumerate(found) if i != plain[0] and figure.low is not None]
    if len(others) < _MANY - 1:
        return set()
    figure = found[plain[0]]
    quantity = figure.amount.quantity
    if (
        quantity is None
        or quantity.scale != 1
        or quantity.plain
        or figure.unit.per_major != 1
        or figure.range
    ):
        return set()
    alike = [other.amount.quantity for other in others if other.unit.family == figure.unit.family]
    if len(alike) < _MANY - 1 or any(other is not None and other.scale < 100_000 for other in alike):
        return set()
    before = text[max(0, figure.start - 20) : figure.start]
    after = text[figure.end : figure.end + 12].lstrip(" -/").split(" ")[0]
    return set() if _OF_A_PRICE.search(before) or after in ("a", "an", "per", "each") else {plain[0]}


_BULLET = re.compile(r"(?:\A|[\n*•·–—-])\s*\Z")


def _unscaled_in_list(text: str, found: list[Figure]) -> set[int]:
    """Short numbers without a scale between two of a list that have one: "* $5 million for roads * $33 for
    bridges * $4 million for schools"."""
    doubtful: set[int] = set()
    for i in range(1, len(found) - 1):
        three = found[i - 1 : i + 2]
        scales = [figure.amount.quantity.scale if figure.amount.quantity else 1 for figure in three]
        short = three[1].low is not None and three[1].low < 1000 and three[1].unit.per_major == 1
        if short and scales[1] == 1 and min(scales[0], scales[2]) > 1000:
            starts = (text[max(0, figure.start - 6) : figure.start] for figure in three)
            if all(_BULLET.search(start) for start in starts):
                doubtful.add(i)
    return doubtful


def same_dollar(text: str, found: list[Figure]) -> str | None:
    """The dollar that bare ones stand for where the article says the same with a named one.

    That is so in "152 million U.S. dollars, or 1.70 dollars a share", in "US$331 billion, up from $308
    billion", and where the same long number is written both ways, not side by side.
    """
    for left, right in pairwise(found):
        bare, named = (left, right) if right.unit.is_named_dollar else (right, left)
        if named.unit.is_named_dollar and bare.unit.is_bare_dollar:
            between = text[left.end : min(right.start, left.end + _FARTHEST)]
            if _COMPARES.fullmatch(between) or (named is left and _OR.fullmatch(between)):
                return named.unit.candidates[0]
    return _written_both_ways(found)


def _written_both_ways(found: list[Figure]) -> str | None:
    """The dollar of "US$35.4 billion" where the same article also has "$35.4 billion"; not one of "A$35.4
    million ($35.4 million)", nor where two named dollars come into question."""
    named: dict[Decimal, list[Figure]] = {}
    for figure in found:
        if figure.unit.is_named_dollar and figure.low and len(figure.low.normalize().as_tuple().digits) > 2:
            named.setdefault(figure.low, []).append(figure)
    dollars = {
        partner.unit.candidates[0]
        for figure in found
        if figure.low and figure.unit.is_bare_dollar
        for partner in named.get(figure.low, ())
        if abs(partner.start - figure.start) > 2 * _FARTHEST
    }
    return dollars.pop() if len(dollars) == 1 else None
