"""Figures that give the same amount in two currencies: ``¥1.2 trillion ($8 billion)``.

Which of them a bracket holds is evidence for the currency of a bare sign (see ``resolve``); bound, kind and
sign of the first hold for the second too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.money.joins import Figure
from newsledger.stages.money.spellings import Unit
from newsledger.values.mentions import MoneyMention

_WORDS = (
    "about|around|approximately|approx\\.?|roughly|some|nearly|almost|over|under|more than|less than|"
    "just over|just under|up to|worth|equivalent to|equivalent of|the equivalent of|equal to|"
    "or|at|i\\.e\\.,?|c\\."
)
_OPENS = lazy_regex(rf"\s*\(\s*(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_OR = lazy_regex(r",?\s+or\s+")
_COMPARES = lazy_regex(
    r"(?:\s+(?:in|last|this|from)\s+[A-Za-z]+)?,?\s+"
    r"(?:(?:up|down|compared|rising|falling)\s+)?(?:from|to|against|versus|vs\.?|compared with)\s+",
    re.IGNORECASE,
)
_FARTHEST = 50
"""Characters between two figures that belong together."""
_LOWEST, _HIGHEST = Decimal("0.4"), Decimal("2.5")
"""What one dollar or pound may be worth in another that is written with the same sign."""


class Partner(NamedTuple):
    """The unit a figure is equated with, and whether the figure is the one in the bracket."""

    unit: Unit
    bracketed: bool


def find_partners(text: str, figures: list[Figure]) -> dict[int, Partner]:
    """For the figures that a bracket equates: index -> partner."""
    partners: dict[int, Partner] = {}
    spans = [(figure.start, figure.end) for figure in figures]
    for i, (left, right) in enumerate(pairwise(figures)):
        if not 0 < right.start - left.end < _FARTHEST or not _OPENS.fullmatch(text, left.end, right.start):
            continue
        members = _members(text, spans, i + 1)
        same = left.low == right.low and left.high == right.high
        if same or not members or not _may_translate(left, right):
            continue
        units = [left.unit, *(figures[j].unit for j in members)]
        for j in members:
            others = [unit for unit in units if figures[j].unit.translates(unit)]
            partners[j] = Partner(others[0] if others else left.unit, bracketed=True)
        named = [unit for unit in units[1:] if unit.candidates == ("USD",)]
        partners.setdefault(i, Partner(named[0] if named else right.unit, bracketed=False))
    return partners


def _members(text: str, spans: list[tuple[int, int]], first: int) -> range:
    """The figures of a bracket, the ``first`` of them right behind it: "($96bn, £86bn)"; none where it holds
    more than that."""
    for i in range(first, min(first + _MOST_IN_BRACKET, len(spans))):
        if _ENDS.match(text, spans[i][1]):
            return range(first, i + 1)
        if i + 1 < len(spans) and not _AND_IN.fullmatch(text, spans[i][1], spans[i + 1][0]):
            break
    return range(0)


def _may_translate(left: Figure, right: Figure) -> bool:
    """Whether the two may be one amount; of two bare signs only where one currency may be worth the other."""
    if left.unit != right.unit or not left.low or not right.low:
        return True
    return _LOWEST < left.low / right.low < _HIGHEST


_ENDS = lazy_regex(r"(?:\s+(?:an?|per)\s+[a-z]+)?\s*\)")
_OR_MORE = lazy_regex(
    rf"(?:\s+(?:an?|per)\s+[a-z]+)?(?:,?\s+or\s+(?:more|less|so))?{_OPENS.pattern}", re.IGNORECASE
)
_OR_ABOUT = lazy_regex(rf",?\s+or\s+(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_AND_IN = lazy_regex(rf"\s*(?:[,;/]|,?\s+(?:or|and))\s*(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_OTHER_CEILING = lazy_regex(r"\s*\((?:or\s+)?|,?\s+or\s+")
_PARALLEL = lazy_regex(
    r"(?:\s+in\s+(?:[A-Z][a-z]+\s+)?(?:\d{4})?)?(?:,|,?\s+(?:and|or))\s+(?:(?:about|nearly|an?)\s+)?"
)
"""Between members of a list of losses or changes: "in 2019 and"."""
_THAN_BEFORE = lazy_regex(
    r"(?:\s+(?:in|last|this)\s+\w+)?,?\s+(?:(?:an?\s+(?:[a-z]+\s+){1,3}than|(?:more|less) than)\s+the"
    r"|(?:compared (?:with|to)|against)\s+(?:the|[A-Z][a-z]+['’]s))\s+"
)
_FOR_WHOM = lazy_regex(r"\s+(?:for|if|per)\s+(?!shares?\b)[a-z]", re.IGNORECASE)
_MOST_IN_BRACKET = 4


def share_modifiers(text: str, mentions: list[MoneyMention]) -> list[MoneyMention]:
    """Give an equivalent the bound, kind and sign of the figure before it.

    Of "at least $118 million (or 106 million euros)" both are at least that much. A ceiling holds for both
    of "up to $65,000 (or $130,000 for couples)" as well.
    """
    shared = list(mentions)
    spans = [(mention.start_char, mention.end_char) for mention in mentions]
    for i in range(len(mentions) - 1):
        first, second = shared[i], mentions[i + 1]
        between = text[first.end_char : min(second.start_char, first.end_char + _FARTHEST)]
        if first.currency == second.currency:
            if _is_other_ceiling(text, first, second, between):
                shared[i + 1] = _with_bound(second, first)
            elif (
                first.sign
                and not second.sign
                and second.kind != "share_of"
                and (_PARALLEL.fullmatch(between) or _compares_changes(first, second, between))
            ):
                kind = first.kind if second.per_unit == first.per_unit else second.kind
                shared[i + 1] = _with_sign(replace(second, kind=kind), first)
        elif _OR_ABOUT.fullmatch(between):
            shared[i + 1] = _like(second, first)
        elif _OR_MORE.fullmatch(between):
            members = _members(text, spans, i + 1)
            if len({mentions[j].currency for j in members}) == len(members):
                for j in members:
                    shared[j] = _like(mentions[j], first)
    return shared


def _compares_changes(first: MoneyMention, second: MoneyMention, between: str) -> bool:
    """Whether a change is compared with an earlier one: "rose by $4m, more than the $3m of May"."""
    if first.kind != "change" or not first.value_low or not second.value_low:
        return False
    near = _LOWEST < first.value_low / second.value_low < _HIGHEST
    return near and _THAN_BEFORE.fullmatch(between) is not None


def _is_other_ceiling(text: str, first: MoneyMention, second: MoneyMention, between: str) -> bool:
    """Whether a ceiling is followed by that of somebody else: "($16,362 for couples)"."""
    if first.modifier not in ("lt", "le") or not _OTHER_CEILING.fullmatch(between):
        return False
    return _FOR_WHOM.match(text, second.end_char) is not None


def _like(other: MoneyMention, first: MoneyMention) -> MoneyMention:
    """An equivalent with the bound, kind and sign of the first figure where it has none itself."""
    other = _with_bound(other, first)
    if other.kind == "level" and other.per_unit in (None, first.per_unit):
        other = replace(other, kind=first.kind, per_unit=first.per_unit)  # 3,000 rupees ($38) a month
    return _with_sign(other, first)


def _with_sign(other: MoneyMention, first: MoneyMention) -> MoneyMention:
    """A member of a bracket or list with the sign of the first, and a change where that is one."""
    kind = "change" if first.kind == "change" and other.kind == "rate" else other.kind
    return replace(other, kind=kind, sign=other.sign or first.sign)


def _with_bound(other: MoneyMention, first: MoneyMention) -> MoneyMention:
    if other.modifier != "exact" or first.modifier in ("exact", "range", "vague"):
        return other
    low = None if first.modifier in ("lt", "le") else other.value_low
    high = None if first.modifier in ("gt", "ge") else other.value_high
    return replace(other, modifier=first.modifier, value_low=low, value_high=high)


def compared(text: str, left: Figure, right: Figure) -> bool:
    """Whether one figure is compared with the next: "US$331 billion, up from $308 billion"."""
    return _COMPARES.fullmatch(text, left.end, min(right.start, left.end + _FARTHEST)) is not None


def same_dollar(text: str, figures: list[Figure]) -> str | None:
    """The dollar that bare ones are where the article gives the same amount with a named one.

    That is so in "152 million U.S. dollars, or 1.70 dollars a share", in "US$331 billion, up from $308
    billion", and where the same long number is written both ways, far apart.
    """
    for left, right in pairwise(figures):
        bare, named = (left, right) if right.unit.is_named_dollar else (right, left)
        if named.unit.is_named_dollar and bare.unit.is_bare_dollar:
            between = text[left.end : min(right.start, left.end + _FARTHEST)]
            if compared(text, left, right) or (named is left and _OR.fullmatch(between)):
                return named.unit.candidates[0]
    return _written_both_ways(figures)


def _written_both_ways(figures: list[Figure]) -> str | None:
    """The dollar of "US$35.4 billion" where the same article also has "$35.4 billion"; not one of "A$35.4
    million ($35.4 million)", nor where two named dollars come into question."""
    named: dict[Decimal, list[Figure]] = {}
    for figure in figures:
        if figure.unit.is_named_dollar and figure.low and len(figure.low.normalize().as_tuple().digits) > 2:
            named.setdefault(figure.low, []).append(figure)
    dollars = {
        partner.unit.candidates[0]
        for figure in figures
        if figure.low and figure.unit.is_bare_dollar
        for partner in named.get(figure.low, ())
        if abs(partner.start - figure.start) > 2 * _FARTHEST
    }
    return dollars.pop() if len(dollars) == 1 else None
