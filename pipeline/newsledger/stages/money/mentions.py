"""Builds the mention of a figure: context, currency, sign, and quality flags.

Flags of a figure, each a reason to look at it before its value is used:

- ``separator``: a comma or point may be decimal or grouping (1.234); no value where neither makes sense;
- ``minus``: a hyphen before the sign is read as a dash and may be a minus;
- ``scale``: the scale is in doubt: of the first of two numbers ($500 to $1 million), cut off by a misprint
  ($1.1. million, $23.6 billiontobuild), perhaps in letters that no table has ($3.7zn), left out near
  one with a scale ($31 million from $46.5) or among nothing but such ("these include $24.47"), or said twice
  (1,098,978 million dollars);
- ``table_scale``: a header such as "(in millions)" stands before, and the number has no scale of its own;
- ``garbled``: the sign was spoilt by a wrong decoding, or another of the article was, and there is no other
  evidence;
- ``currency_conflict``: a bracket equates the sign with another currency written the same way;
- ``no_code``: a currency without an ISO 4217 code;
- ``rounded``: the value had more than six decimals.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from newsledger.document.layout import Layout, Segment
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.lexicons.written_numbers import TOO_LARGE
from newsledger.stages.money.context import Context, Surroundings, read_context
from newsledger.stages.money.equivalents import Partner, compared
from newsledger.stages.money.grammar import decimals
from newsledger.stages.money.joins import Figure
from newsledger.stages.money.phrases import WORDS
from newsledger.stages.money.resolve import Decision, Evidence, decide
from newsledger.values import trace
from newsledger.values.mentions import MoneyMention

_SCALED = "thousands|millions|billions|crores?|lakhs?"
_TABLE_SCALE = lazy_regex(
    rf"[(\[](?:[^()\[\]\n]{{0,50}}\bin (?:[a-z.$]+ ){{0,2}}|in )?(?:{_SCALED}|mlns?|['’]?000['’]?s?)"
    r"(?=\s*[)\],;]|\s(?:of|except|unless)\b)"
    r"|[(\[]\s*(?:in )?(?:(?:us|[acs]|nz|hk)?\$|[€£¥₹]|rs\.? ?)\s?(?:m|mn|bn|k|cr|['’]?000s?)\s*[)\]]"
    rf"|\b(?:figures|amounts|numbers|all values) [a-z ]{{0,20}}\bin (?:[a-z.]+ ){{0,2}}(?:{_SCALED})\b"
)
"""A table header that scales the bare figures after it; matched on lower-case text."""

_COMMA_GROUPS = lazy_regex(r"\d,\d{3}(?!\d)")
_DECIMAL_COMMA = lazy_regex(r"\d,\d\d(?!\d)")
_SCALE_APART = lazy_regex(
    r"\.\s?[MB]\b| (?:thousand|million|billion|trillion)(?!s?\b|aire)[a-z]"
    r"|(?:[\"”’]| \. ?\d+| [-–]\d[\d.]*) ?(?:million|billion|trillion|bn)\b"
)
"""After a number, a scale that may be its own: "$23.6 billiontobuild"; "$5 -6 million", rarer still, but its
scale would be lost without a word."""
_STRAY_POINT = lazy_regex(r"\d\. ?[a-z]")
_LONGEST_SENTENCE = 2000
_SIX = Decimal("0.000001")
Modifier = Literal["exact", "approx", "estimate", "lt", "le", "gt", "ge", "range"]


class Draft(NamedTuple):
    """A figure before its context is read, with its place in the text."""

    figure: Figure
    around: Surroundings
    segment: Segment


class ArticleStyle(NamedTuple):
    """What an article does with numbers: where a header such as "(in millions)" stands, and whether commas
    group thousands."""

    header: tuple[int, int] | None
    comma_groups: bool


def read_style(text: str, figures: list[Figure]) -> ArticleStyle:
    """The style of an article; commas are looked for only where a figure leaves open what a point does."""
    header = _TABLE_SCALE.search(text.lower())
    doubtful = any("separator" in figure.flags for figure in figures)
    return ArticleStyle(
        header.span() if header else None, doubtful and _COMMA_GROUPS.search(text) is not None
    )


def make_mention(
    draft: Draft, layout: Layout, evidence: Evidence, style: ArticleStyle, partner: Partner | None
) -> MoneyMention | None:
    """The finished mention; None for what is none after all (a table's header, a number beyond money)."""
    text, around = draft.around.text, draft.around
    figure = _settle_separator(draft.figure, style)
    start, negative, doubtful = _begin(text, figure, draft.segment.start)
    if style.header is not None and style.header[0] <= start < style.header[1]:
        return None
    if max(figure.low or 0, figure.high or 0) >= TOO_LARGE:
        return None
    context = read_context(around, start, figure.end)
    decision = decide(
        figure.unit,
        evidence,
        partner=partner,
        per_unit="currency" if _is_exchange_rate(figure) else context.per_unit,
        left=lambda: around.left(start),
    )
    trace.note("money", "currency", start, figure.end, decision.why)
    low, high = _to_six_decimals(figure.low), _to_six_decimals(figure.high)
    flags = {*figure.flags, *decision.flags, *_scale_flags(text, figure, context, start, style)}
    if figure.unit.garbled or (evidence.garbled and decision.basis == "default"):
        flags.add("garbled")  # where a pound is "#", a dollar may have been a euro
    if doubtful:
        flags.add("minus")
    if low != figure.low or high != figure.high:
        flags.add("rounded")
    is_price = context.per_unit is not None and context.per_unit not in WORDS["times"]
    if "separator" in flags and is_price and low is not None:
        flags.discard("separator")  # a unit price has decimals, pay or rent has not
    elif "separator" in flags and _is_misprint(text, figure, start, decision):
        low = high = None
    if negative and low is not None and high is not None:
        low, high = -high, -low
    modifier = _modifier(figure, context) if low is not None else "vague"
    kind, sign = context.kind, context.sign
    if figure.part:
        sign = None
    elif figure.sign and kind in ("level", "rate"):
        kind, sign = "change", figure.sign
    return MoneyMention(
        start_char=start,
        end_char=figure.end,
        surface=text[start : figure.end],
        value_low=None if modifier in ("lt", "le") else low,
        value_high=None if modifier in ("gt", "ge") else high,
        modifier=modifier,
        currency=decision.currency,
        currency_basis=decision.basis,
        currency_candidates=decision.candidates,
        kind=kind,
        per_unit=context.per_unit,
        sign=sign,
        zone=draft.segment.zone,
        rule=figure.rule,
        sentence=_sentence(text, layout, start),
        quality=tuple(sorted(flags)),
    )


def _settle_separator(figure: Figure, style: ArticleStyle) -> Figure:
    """Take the doubt off 1.234 where the article groups thousands with commas; not off 1,716.012."""
    base = figure.amount.quantity.base
    if not style.comma_groups or "separator" not in figure.flags or figure.range:
        return figure
    if base is None or base >= 1000 or decimals(base) != 3:
        return figure
    return figure._replace(flags=tuple(flag for flag in figure.flags if flag != "separator"))


def _scale_flags(text: str, figure: Figure, context: Context, start: int, style: ArticleStyle) -> set[str]:
    """The flags of a scale that is in doubt.

    These cases are rare, but each would be a value that is wrong by a factor of thousands without a word.
    """
    quantity = figure.amount.quantity
    if quantity.scaled:
        stray = _STRAY_POINT.search(text, figure.start, figure.end)  # "$1.1. million"
        in_full = quantity.scale >= 1000 and (quantity.base or 0) >= _MILLION  # 1,098,978 million
        return {"scale"} if stray or (in_full and not figure.range) else set()
    flags = set()
    glued = context.per_unit is None and text[figure.end : figure.end + 1].isalpha()
    if glued or _SCALE_APART.match(text, figure.end):
        flags.add("scale")  # "$3.7zn", "$1.1. M"
    if style.header is not None and style.header[1] <= start and figure.unit.per_major == 1:
        flags.add("table_scale")
    return flags


def _is_exchange_rate(figure: Figure) -> bool:
    """Whether a number has the four decimals of a rate of exchange."""
    if figure.low is None or figure.amount.quantity.scaled or figure.unit.per_major != 1:
        return False
    return decimals(figure.low) >= 4


def _is_misprint(text: str, figure: Figure, start: int, decision: Decision) -> bool:
    """Whether "$35,00" lacks a digit or has a comma for a point: its value cannot be told."""
    pointed = figure.low is not None and decision.currency in WORDS["point_decimals"]
    comma = _DECIMAL_COMMA.search(text, start, figure.end)
    return pointed and not figure.amount.quantity.scaled and comma is not None


_MINUS = "-\u2212\uff0d"
_MINUS_WORD = lazy_regex(r"(?:\A|[\s(])(?<!plus or )((?:minus|negative)\s+)\Z", re.IGNORECASE)
_LEADS_TO_MINUS = lazy_regex(
    rf"(?:[(\[:=,;/]\s*|(?:\A|(?<![\w.]))(?:{any_of(WORDS['before_minus'])})\s+)\Z", re.IGNORECASE
)
_MINUS_INSIDE = lazy_regex(r"[A-Z.]{0,4}[^\w\s]+(?:-\.?\d|\([\d.,]+\))")
_OPENING = "([\"'“‘ \n\t"


def _begin(text: str, figure: Figure, floor: int) -> tuple[int, bool, bool]:
    """Where the figure begins with its minus, whether it has one, whether that is in doubt.

    A hyphen glued to the sign is a minus after a word that leads to an amount ("was -$5") or an opening
    bracket; else, as at the beginning of a line, it is a dash or a bullet.
    """
    start = figure.start
    before = text[max(floor, start - 2) : start]
    if before and before[-1] in _MINUS and (not before[:-1] or before[0] in _OPENING):
        if before[-1] == "\u2212" or _LEADS_TO_MINUS.search(text, max(floor, start - 16), start - 1):
            return start - 1, True, False
        return start, False, True
    if _MINUS_INSIDE.match(text, start, figure.end):
        return start, True, False
    word = _MINUS_WORD.search(text[max(floor, start - 20) : start])
    return (start - len(word[1]), True, False) if word else (start, False, False)


def _sentence(text: str, layout: Layout, position: int) -> str:
    """The sentence of a figure; of a sentence without end, the words around the figure."""
    start, end = layout.sentence_at(position)
    if end - start <= _LONGEST_SENTENCE:
        return layout.sentence_text(position)
    half = _LONGEST_SENTENCE // 2
    return " ".join(text[max(start, position - half) : min(end, position + half)].split())


def _to_six_decimals(value: Decimal | None) -> Decimal | None:
    """A value to six decimals, whole numbers without any."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return value.to_integral_value()
    return value if decimals(value) <= 6 else value.quantize(_SIX, ROUND_HALF_EVEN)


def _modifier(figure: Figure, context: Context) -> Modifier:
    bound = None if figure.range else context.modifier or figure.amount.inside
    return bound or ("exact" if figure.low == figure.high else "range")


_SHORT = 1000
"""Numbers below it are short: of these a scale may be missing."""
_MILLION = 1_000_000
_BULLET = lazy_regex(r"(?:\A|[\n*•·–—-])\s*\Z")
_BY_YEAR = lazy_regex(r" in (?:19|20)\d\d,?(?: and)? [^\s;]+(?: [a-z]+)? in (?:19|20)\d\d\b")
"""After an amount of one year, that of another: "$410 million in 2003 and $550 in 2004"."""
_PRICE_CUE = lazy_regex(
    r"\b(?:at|to|from|by|of|for|price|cost|costs|costing|was|is|were|averag\w+|and|or|about)\s+\Z"
)


def missing_scales(text: str, figures: list[Figure]) -> set[int]:
    """The indices of figures whose scale was probably left out."""
    return (
        _by_comparison(text, figures)
        | _by_list(text, figures)
        | _by_all_others(text, figures)
        | _by_repetition(figures)
    )


def _scale(figure: Figure) -> Decimal:
    return figure.amount.quantity.scale


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
        number, other = bare.amount.quantity.base, scaled.amount.quantity.base
        times = (1, _SHORT) if _is_short(bare) else (1,)  # of "$1.1 billion versus $900" too
        near = number and other and any(Decimal("0.05") < number / other / n < 20 for n in times)
        beside = compared(text, left, right) or _BY_YEAR.match(text, left.end)
        if near and bare.low == number and beside:
            found.add(i if bare is left else i + 1)  # else it shares the scale
    return found


def _by_repetition(figures: list[Figure]) -> set[int]:
    """Numbers of one decimal place that the article also has with a scale: $8.5 beside $8.5 million."""
    scaled = {(f.amount.quantity.base, f.unit) for f in figures if _scale(f) >= _MILLION}
    return {
        i
        for i, figure in enumerate(figures)
        if (figure.low, figure.unit) in scaled
        and figure.low is not None
        and figure.low == figure.amount.quantity.base
        and decimals(figure.low) == 1
        and _scale(figure) == 1
    }


def _by_all_others(text: str, figures: list[Figure]) -> set[int]:
    """The one number with decimals among many figures that have a scale, unless words around it make it a
    price: "projects worth ₹11.86" beside ₹12 crore, ₹113 crore."""
    short = [i for i, figure in enumerate(figures) if figure.low is not None and figure.low < _SHORT]
    if len(short) != 1:
        return set()
    figure = figures[short[0]]
    if figure.amount.quantity.plain or not _is_short(figure) or figure.range:
        return set()
    others = [other for other in figures if other is not figure and other.unit.family == figure.unit.family]
    others = [other for other in others if other.low is not None]
    if len(others) < 2 or any(_scale(other) < 100_000 for other in others):
        return set()
    before = text[max(0, figure.start - 20) : figure.start]
    after = text[figure.end : figure.end + 12].lstrip(" -/").split(" ")[0]
    return set() if _PRICE_CUE.search(before) or after in ("a", "an", "per", "each") else {short[0]}


def _by_list(text: str, figures: list[Figure]) -> set[int]:
    """Short numbers between two items of a list that have a scale: "* $5 million for roads * $33 for bridges
    * $4 million for schools"; rare, but each would be out by a factor of millions."""
    return {
        i
        for i, three in enumerate(zip(figures, figures[1:], figures[2:], strict=False), start=1)
        if _is_short(three[1])
        and min(_scale(three[0]), _scale(three[2])) > _SHORT
        and all(_BULLET.search(text[max(0, figure.start - 6) : figure.start]) for figure in three)
    }
