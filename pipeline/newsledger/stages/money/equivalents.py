"""What related figures share: the currency of equivalents (``¥1.2 trillion ($8 billion)``), units of prices.

Which of them a bracket holds is evidence for the currency of a bare sign (see ``resolve``); bound, kind and
sign of the first hold for the second too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from newsledger.lexicons.calendar import ALL_MONTHS
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.money.joins import Figure
from newsledger.stages.money.phrases import LEFT, WORDS
from newsledger.stages.money.spellings import Unit
from newsledger.values.mentions import MoneyMention

_WORDS = any_of({*map(" ".join, LEFT), *WORDS["equal_to"]})
_OPENS = lazy_regex(rf"\s*\(\s*(?:(?:{_WORDS})\s+)*", re.IGNORECASE)
_OTHER = any_of(" ".join(words) for words, side in LEFT.items() if side != "approx")
_OPENS_OTHER = lazy_regex(rf"\s*\(\s*(?:{_OTHER})\s", re.IGNORECASE)
"""Before another amount, where the sign is the same: "$5bn (est. $6bn)"."""
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
        if same or not members or not _may_translate(text, left, right):
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


def _may_translate(text: str, left: Figure, right: Figure) -> bool:
    """Whether the two may be one amount; of two bare signs only where one currency may be worth the other."""
    if left.unit != right.unit or not left.low or not right.low:
        return True
    return _LOWEST < left.low / right.low < _HIGHEST and not _OPENS_OTHER.match(text, left.end)


def narrow_cents(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, each amount in cents with the currency of those right beside it: "up 5 cents to €1.85"."""
    found = list(figures)
    for i, cents in enumerate(figures):
        if cents.unit.per_major == 1 or not cents.unit.is_bare_dollar:
            continue
        beside: set[str] = set()
        for other in figures[max(0, i - 1) : i + 2]:
            stop = _STOP.search(text, min(cents.end, other.end), max(cents.start, other.start))
            if other.unit.per_major == 1 and stop is None:
                beside.update(other.unit.candidates)
        codes = tuple(code for code in cents.unit.candidates if code in beside)
        if codes:
            found[i] = cents._replace(unit=cents.unit._replace(candidates=codes, basis="context"))
    return found


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
            elif (first.sign and not second.sign) and (
                _PARALLEL.fullmatch(between) or _compares_changes(first, second, between)
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


_FARTHEST_PRICE = 60
"""Characters between two prices that are compared."""

_FAR_BACK = 30
"""Figures looked at before one of earnings."""

_TIME = (
    r"(?:(?:in|on|for|at|since) )?(?:(?:the|a|late|early|mid) )?"
    rf"(?:(?:{any_of({*WORDS['when'], *ALL_MONTHS})}|year[- ]ago|(?:19|20)\d\d)\b ?){{1,6}}"
)
_UNIT = (
    r"(?: ?/ ?\w+| (?:an?|per|the) (?:[a-z]+ )?[a-z]+|-a-[a-z]+"
    r"| (?:to|against) (?:the|one|an?) (?:u\.s\. )?[a-z]+)?"
)
_APPROXIMATELY = rf"(?:(?:{any_of(WORDS['before_compared'])}) )*"
_COMPARED = lazy_regex(
    rf"{_UNIT}(?: {_TIME})?,? ?"
    r"(?:(?:(?:up|down) )?(?:from|against|versus|vs\.?|instead of)|compared (?:with|to)) "
    rf"(?:{_TIME}(?:of )?)?{_APPROXIMATELY}",
    re.IGNORECASE,
)
_AND_THEN = lazy_regex(
    rf"{_UNIT} {_TIME},? ?(?:and|but|or)(?: {_TIME})? ?|,? (?:and|but) {_TIME}", re.IGNORECASE
)
_OR_EARNED = lazy_regex(r",? or (?:an? |(?:profit|loss|net) |of |about |around |nearly )*", re.IGNORECASE)
_EARNED = lazy_regex(
    r"\b(?:earnings|profits?|loss(?:es)?|earned|lost|net|income)(?: of)? (?:(?:about|around|nearly|an?) )*\Z",
    re.IGNORECASE,
)

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
        partner = _compared(text, mentions, i) or _in_pairs(text, mentions, i) or _of_goods(text, mentions, i)
        if partner is not None:
            mentions[i] = _with_unit(mentions[i], partner)
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
    if not _may_share(this, other) or this.start_char - before.end_char > _FARTHEST_PRICE:
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
    if not ((earned and in_cents) or (i and _OR_EARNED.fullmatch(_between(text, mentions[i - 1], this)))):
        return None
    for other in reversed(mentions[max(0, i - _FAR_BACK) : i]):
        if other.per_unit == "share" and other.currency == this.currency and _near(this, other):
            return other
    return None


def _of_goods(text: str, mentions: list[MoneyMention], i: int) -> MoneyMention | None:
    """A price of goods before, in the same sentence and of the same size."""
    this, before = mentions[i], mentions[i - 1]
    if not _may_share(this, before) or before.per_unit not in WORDS["goods"] or this.kind != "level":
        return None
    if this.start_char - before.end_char > 2 * _FARTHEST_PRICE or not _near(this, before, times=4):
        return None
    between = text[before.end_char : this.start_char]
    if between.endswith((" a ", " an ", " the ")) or _STOP.search(between):
        return None  # a $30 truck
    return before if _PRICED.search(between) else None


def _near(this: MoneyMention, other: MoneyMention, *, times: int = 20) -> bool:
    """Whether two values may be prices of the same thing: neither is ``times`` the other."""
    a, b = this.value_low or this.value_high, other.value_low or other.value_high
    return a is not None and b is not None and b != 0 and Decimal(1) / times < a / b < times
