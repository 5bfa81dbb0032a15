"""Units that a price takes from a neighbouring price: "$6 a barrel, up from $5 in May"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.phrases import WORDS
from newsledger.values.mentions import MoneyMention

_FARTHEST = 60
"""Characters between two prices that are compared."""

_FAR_BACK = 30
"""Figures looked at before one of earnings."""

_MONTHS = any_of(ALL_MONTHS)
_TIME = (
    r"(?:(?:in|on|for|at|since) )?(?:(?:the|a|late|early|mid) )?"
    r"(?:(?:last|this|next|previous|same|year[- ]ago|prior|previously|earlier|yesterday|today|now|then|first|"
    rf"second|third|fourth|day|week|month|quarter|half|year|ago|period|before|of|{_MONTHS}|(?:19|20)\d\d)"
    r"\b ?){1,6}"
)
_UNIT = (
    r"(?: ?/ ?\w+| (?:an?|per|the) (?:[a-z]+ )?[a-z]+|-a-[a-z]+"
    r"| (?:to|against) (?:the|one|an?) (?:u\.s\. )?[a-z]+)?"
)
_APPROXIMATELY = (
    r"(?:(?:about|around|nearly|almost|over|just|only|an?|some|close|projected|previous|current|record|national|the|"
    r"average of|total of) )*"
)
_COMPARED = lazy_regex(
    rf"{_UNIT}(?: {_TIME})?,? ?"
    r"(?:(?:(?:up|down) )?(?:from|against|versus|vs\.?|instead of)|compared (?:with|to)) "
    rf"(?:{_TIME}(?:of )?)?{_APPROXIMATELY}",
    re.IGNORECASE,
)
_AND_THEN = lazy_regex(
    rf"{_UNIT} {_TIME},? ?(?:and|but|or)(?: {_TIME})? ?|,? (?:and|but) {_TIME}", re.IGNORECASE
)
_OR = lazy_regex(r",? or (?:an? |(?:profit|loss|net) |of |about |around |nearly )*", re.IGNORECASE)
_EARNED = lazy_regex(
    r"\b(?:earnings|profits?|loss(?:es)?|earned|lost|net|income)(?: of)? (?:(?:about|around|nearly|an?) )*\Z",
    re.IGNORECASE,
)

GOODS = WORDS["goods"]
"""Units of goods: a price of the same size later in the sentence is by the same unit."""

_PRICED = lazy_regex(
    r"\b(?:at|prices?|averag\w+|costs?|fetch\w*|quoted|worth|levels?|rates?|to|between|for)\b", re.IGNORECASE
)
_STOP = lazy_regex(r"[.;:!?]\s")


def share_units(text: str, mentions: list[MoneyMention]) -> list[MoneyMention]:
    """Give prices the unit of a neighbouring price.

    Of "2.04 and 2.07 dlrs per barrel" and of "$5 to $6 a barrel" the first; the second of "$6 a barrel, up
    from $5 in May", and of two with a time each, "$6 a barrel in May and $5 in June"; of "$4 million, or 50
    cents a share ... $3 million, or 40 cents" the last.
    """
    for i in range(len(mentions) - 2, -1, -1):
        this, following = mentions[i], mentions[i + 1]
        between = text[this.end_char : following.start_char]
        in_other_money = this.currency != following.currency and between in (" or ", ", or ")
        beside = in_other_money or (len(between) < 8 and between.strip() in ("and", ",", "to"))
        if beside and _may_share(this, following, in_other_money=in_other_money) and _near(this, following):
            mentions[i] = _with_unit(this, following)
    for i in range(1, len(mentions)):
        for source in _SOURCES:
            partner = source(text, mentions, i)
            if partner is not None:
                mentions[i] = _with_unit(mentions[i], partner)
                break
    return mentions


def _may_share(this: MoneyMention, other: MoneyMention, *, in_other_money: bool = False) -> bool:
    same = this.currency == other.currency or in_other_money
    return same and this.per_unit is None and other.per_unit is not None


def _with_unit(this: MoneyMention, other: MoneyMention) -> MoneyMention:
    return replace(this, per_unit=other.per_unit, kind="rate" if this.kind == "level" else this.kind)


def _between(text: str, left: MoneyMention, right: MoneyMention) -> str:
    """The text between two figures, each run of blanks as one blank, with a blank at the end."""
    between = " ".join(text[left.end_char : right.start_char].split())
    return f" {between} " if text[left.end_char].isspace() else f"{between} "


def _compared(text: str, mentions: list[MoneyMention], i: int) -> MoneyMention | None:
    """The price right before, that this one is compared with or follows in time."""
    this, before = mentions[i], mentions[i - 1]
    bracketed = i > 1 and text[before.end_char] == ")" and before.per_unit == mentions[i - 2].per_unit
    other = mentions[i - 2] if bracketed else before  # 12,000 shekels ($3,500) a month, against 10,800
    if not _may_share(this, other) or this.start_char - before.end_char > _FARTHEST:
        return None
    between = _between(text, before, this).removeprefix(")")
    compared = _COMPARED.fullmatch(between) or _AND_THEN.fullmatch(between)
    return other if compared and _near(this, other) else None


def _in_pairs(text: str, mentions: list[MoneyMention], i: int) -> MoneyMention | None:
    """The 50 cents of "$4 million, or 50 cents a share", for the last of "$3 million, or 40 cents"; the same
    for "earnings of 40 cents on sales of ..."."""
    this = mentions[i]
    if this.per_unit is not None or this.kind != "level":
        return None
    in_cents = this.surface.lower().endswith(("cts", "ct", "cents", "pence", "p"))
    earned = _EARNED.search(text, max(0, this.start_char - 40), this.start_char)
    if not ((earned and in_cents) or (i and _OR.fullmatch(_between(text, mentions[i - 1], this)))):
        return None
    for other in reversed(mentions[max(0, i - _FAR_BACK) : i]):
        if other.per_unit == "share" and other.currency == this.currency and _near(this, other):
            return other
    return None


def _of_goods(text: str, mentions: list[MoneyMention], i: int) -> MoneyMention | None:
    """A price of goods before, in the same sentence and of the same size."""
    this, before = mentions[i], mentions[i - 1]
    if not _may_share(this, before) or before.per_unit not in GOODS or this.kind != "level":
        return None
    if this.start_char - before.end_char > 2 * _FARTHEST or not _near(this, before, times=4):
        return None
    between = text[before.end_char : this.start_char]
    if between.split()[-1:] in (["a"], ["an"], ["the"]) or _STOP.search(between):
        return None  # a $30 truck
    return before if _PRICED.search(between) else None


_SOURCES: tuple[Callable[[str, list[MoneyMention], int], MoneyMention | None], ...] = (
    _compared,
    _in_pairs,
    _of_goods,
)


def _near(this: MoneyMention, other: MoneyMention, *, times: int = 20) -> bool:
    """Whether two values may be prices of the same thing: neither is ``times`` the other."""
    a, b = this.value_low or this.value_high, other.value_low or other.value_high
    return a is not None and b is not None and b != 0 and Decimal(1) / times < a / b < times
