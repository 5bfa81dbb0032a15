"""Finds the figures of a text: the stage itself, in the order things happen.

1. Segments without any currency expression are passed over (`lexer.may_hold`).
2. The others become tokens (`lexer`), single amounts (`grammar`), figures (`joins`).
3. What is no money is dropped (`guards`); the words around say bound, kind, rate and sign (`context`).
4. When all of the article has been seen, ambiguous currencies are decided (`resolve`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

from pipeline import trace
from pipeline.article import as_date
from pipeline.frames import Mentions
from pipeline.layout import Layout, Segment, lay_out
from pipeline.mentions import CountryMention, MoneyMention
from pipeline.stages.money import datelines, phrases
from pipeline.stages.money.context import Context, Surroundings, look
from pipeline.stages.money.currencies import Unit
from pipeline.stages.money.grammar import amounts
from pipeline.stages.money.guards import Case, is_money, why_not
from pipeline.stages.money.joins import Found, figures
from pipeline.stages.money.lexer import may_hold, tokenize
from pipeline.stages.money.resolve import Evidence, decide, is_bare_dollar, is_named_dollar, translates

_LONGEST_SENTENCE = 2000
_SIX = Decimal("0.000001")
_TOO_LARGE = Decimal(10) ** 30
_OR = re.compile(r",?\s+or\s+")
_BRACKET = re.compile(
    r"\s*\(\s*(?:(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|over|more than|less than|just over|just under|"
    r"equivalent to|the equivalent of|equal to|equivalent of|or|at|i\.e\.,?|worth|under|up to|c\.|or about|or around)\s+)*",
    re.IGNORECASE,
)
_MINUS = "-\u2212\uff0d"
_TABLE_SCALE = re.compile(phrases.TABLE_SCALE)


def find(
    text: str,
    *,
    layout: Layout | None = None,
    countries: Sequence[CountryMention] = (),
    dateline_country: str | None = None,
    default_currency: str | None = None,
    publisher_country: str | None = None,
    published: str | dt.date | None = None,
) -> list[MoneyMention]:
    """The monetary figures of a text, in text order.

    ``default_currency`` is the ISO 4217 code for a bare sign or word that nothing in the article decides;
    ``publisher_country`` and ``dateline_country`` are alpha-2 codes of the places whose money such a sign
    means there. ``countries`` (mentions of the same text) help with francs, pesos and crowns; ``published``
    tells which of a country's currencies was in use. All may be left out.

    Raises ValueError for a ``published`` that is no ISO date.

    >>> figure, = find("Aid worth more than €1.5bn was pledged.")
    >>> figure.surface, figure.value_low, figure.value_high, figure.modifier, figure.currency
    ('€1.5bn', Decimal('1500000000.0'), None, 'gt', 'EUR')
    >>> [f.currency for f in find("A$5 million (US$3.2 million)")]
    ['AUD', 'USD']
    """
    if layout is None:
        layout = lay_out(text)
    evidence = Evidence(
        text,
        countries=countries,
        dateline_country=dateline_country,
        publisher_country=publisher_country,
        default_currency=default_currency,
        published=as_date(published),
        dateline=datelines.read(text, layout),
    )
    style = None
    drafts: list[tuple[Found, Surroundings, Segment]] = []
    style = None
    table = False
    for segment in _prose(text, layout):
        if not may_hold(text[segment.start : segment.end]):
            continue
        tokens = tokenize(text, segment.start, segment.end, published=evidence.published)
        for i, value in enumerate(tokens.values):
            # A sign, or a name of two words, names its currency without a number too ("in Canadian dollars").
            # Codes do not (ARS is also the Agricultural Research Service), nor single names (the Yuan dynasty).
            kind = tokens.line[2 * i + 1]
            if kind == "S" or (kind == "N" and " " in text[tokens.starts[i] : tokens.ends[i]]):
                evidence.note(value)
        around = Surroundings(text, segment.start, segment.end)
        drafts += [(found, around, segment) for found in figures(tokens, amounts(tokens), around)]
    kept = _money(drafts, evidence)
    pairs = _equivalents(text, [found for found, _, _ in kept])
    evidence.dollars_translate = any(
        before is not None and translates(kept[i][0].unit, before) for i, (before, _) in pairs.items()
    )
    evidence.dollar = _same_dollar(text, [found for found, _, _ in kept])
    header = _table_header(text) if kept else None
    if any("separator" in found.flags for found, _, _ in kept):
        style = _separators(text)
    mentions = []
    for i, (found, around, segment) in enumerate(kept):
        before, after = pairs.get(i, (None, None))
        partner = before or after
        if style and "separator" in found.flags:
            found = _reread(found, style)
        mention = _mention(
            text, found, around, segment, layout, evidence, partner, before is not None, header
        )
        if mention is not None:
            mentions.append(mention)
    return Mentions(_share_units(text, mentions), MoneyMention)


def _share_units(text: str, mentions: list[MoneyMention]) -> list[MoneyMention]:
    """Give the unit of the last of "2.04 and 2.07 dlrs per barrel", or of "from $5 to $6 a barrel", to the first."""
    for i in range(len(mentions) - 2, -1, -1):
        this, following = mentions[i], mentions[i + 1]
        if this.per_unit or not following.per_unit or this.currency != following.currency:
            continue
        between = text[this.end_char : following.start_char]
        if len(between) < 8 and between.strip() in ("and", ",", "to") and _near(this, following):
            kind = "rate" if this.kind == "level" else this.kind
            mentions[i] = replace(this, per_unit=following.per_unit, kind=kind)
    return mentions


_LETTERLESS = re.compile(r"[^A-Za-z]{4000,}")


def _prose(text: str, layout: Layout) -> Iterator[Segment]:
    """The segments, less stretches of thousands of characters without a letter: those are no article."""
    numbers = [match.span() for match in _LETTERLESS.finditer(text)] if len(text) > 4000 else []
    for segment in layout.segments:
        at = segment.start
        for start, end in numbers:
            if start < segment.end and end > at:
                if start > at:
                    yield segment._replace(start=at, end=start)
                at = end
        if at < segment.end:
            yield segment._replace(start=at)


def _near(this: MoneyMention, following: MoneyMention) -> bool:
    """Whether two values may be prices of the same thing."""
    a, b = this.value_low or this.value_high, following.value_low or following.value_high
    return a is not None and b is not None and b != 0 and Decimal("0.05") < a / b < 20


def _money(
    drafts: list[tuple[Found, Surroundings, Segment]], evidence: Evidence
) -> list[tuple[Found, Surroundings, Segment]]:
    """The drafts that are money; what is sure of itself supports the doubtful of the same family."""
    sure = [_is_money(found, around, evidence) for found, around, _ in drafts]
    for money, (found, _, _) in zip(sure, drafts, strict=True):
        if money:
            evidence.note(found.unit)
    if not all(sure):
        sure = [
            m or _is_money(found, around, evidence)
            for m, (found, around, _) in zip(sure, drafts, strict=True)
        ]
    for money, (found, _, _) in zip(sure, drafts, strict=True):
        if not money:
            trace.note("money", "dropped", found.start, found.end, why_not(found.unit))
    return [draft for money, draft in zip(sure, drafts, strict=True) if money]


def _is_money(found: Found, around: Surroundings, evidence: Evidence) -> bool:
    amount = found.amount
    if found.unit is not amount.unit:
        amount = amount._replace(unit=found.unit)
    if found.range:
        amount = amount._replace(start=found.start, end=found.end)
    return is_money(Case(amount, around, found.low, lambda: evidence.supports(amount.unit)))


def _equivalents(text: str, found: list[Found]) -> dict[int, tuple[Unit | None, Unit | None]]:
    """Figures that a bracket equates: index -> (unit of the figure before the bracket, unit in the bracket)."""
    pairs: dict[int, tuple[Unit | None, Unit | None]] = {}
    for i in range(len(found) - 1):
        left, right = found[i], found[i + 1]
        if 0 < right.start - left.end < 40 and _BRACKET.fullmatch(text, left.end, right.start):
            same = left.low == right.low and left.high == right.high
            if not same and _may_translate(left, right) and text[right.end : right.end + 1] == ")":
                pairs[i + 1] = (left.unit, None)
                pairs.setdefault(i, (None, right.unit))
    return pairs


def _same_dollar(text: str, found: list[Found]) -> str | None:
    """The dollar that "152 million U.S. dollars, or 1.70 dollars a share" gives to the article's bare dollars."""
    for left, right in pairwise(found):
        if (
            _OR.fullmatch(text, left.end, right.start)
            and is_named_dollar(left.unit)
            and is_bare_dollar(right.unit)
        ):
            return left.unit.candidates[0]
    return None


def _may_translate(left: Found, right: Found) -> bool:
    """Two bare signs stand for two currencies only where one may be worth the other."""
    if left.unit != right.unit or not left.low or not right.low:
        return True
    return Decimal("0.4") < left.low / right.low < Decimal("2.5")


_DECIMAL_COMMA = re.compile(r"\d,\d\d(?!\d)")
_POINT_DECIMALS = frozenset("USD GBP AUD CAD NZD HKD SGD INR PKR JPY CNY KES NGN MYR PHP THB".split())
_POINT_GROUPS = re.compile(r"\d\.\d{3}\.\d{3}(?!\d)|\d\.\d{3},\d")
_COMMA_GROUPS = re.compile(r"\d,\d{3}(?![\d])")


def _separators(text: str) -> Literal["point groups", "comma groups"] | None:
    """How the article groups its thousands, where that is plain from other numbers."""
    points, commas = bool(_POINT_GROUPS.search(text)), bool(_COMMA_GROUPS.search(text))
    if points == commas:
        return None
    return "point groups" if points else "comma groups"


def _reread(found: Found, style: str) -> Found:
    """Settle 1.234 by the article's own style: 1234 where points group, no doubt where commas do."""
    quantity = found.amount.quantity
    if (
        quantity is None
        or quantity.base is None
        or int(quantity.base.as_tuple().exponent) != -3
        or found.range
    ):
        return found
    flags = tuple(flag for flag in found.flags if flag != "separator")
    if style == "comma groups":
        return found._replace(flags=flags)
    low = found.low * 1000 if found.low is not None else None
    high = found.high * 1000 if found.high is not None else None
    return found._replace(low=low, high=high, flags=flags)


def _table_header(text: str) -> tuple[int, int] | None:
    """Where a header such as "(in millions)" stands."""
    match = _TABLE_SCALE.search(text.lower()) if "(" in text or " in " in text else None
    return match.span() if match else None


def _signed(text: str, found: Found, floor: int) -> tuple[int, bool]:
    """Where the figure begins with its minus, and whether it has one."""
    start = found.start
    before = text[max(floor, start - 2) : start]
    if before[-1:] and before[-1] in _MINUS and not before[:-1].strip("([\"'“‘\u00a0 \n\t"):
        return start - 1, True
    inside = text[start : found.end]
    if re.match(r"[^\w\s]+-\.?\d", inside):
        return start, True
    word = re.search(
        r"(?:\A|[\s(])((?:minus|negative)\s+)\Z", text[max(floor, start - 12) : start], re.IGNORECASE
    )
    if word:
        return start - len(word[1]), True
    return start, False


def _six(value: Decimal | None) -> tuple[Decimal | None, bool]:
    if value is None:
        return None, False
    if value == value.to_integral_value():
        return value.to_integral_value(), False
    if -int(value.as_tuple().exponent) <= 6:
        return value, False
    return value.quantize(_SIX, ROUND_HALF_EVEN), value.quantize(_SIX, ROUND_HALF_EVEN) != value


def _mention(
    text: str,
    found: Found,
    around: Surroundings,
    segment: Segment,
    layout: Layout,
    evidence: Evidence,
    partner: Unit | None,
    bracketed: bool,
    header: tuple[int, int] | None,
) -> MoneyMention | None:
    start, negative = _signed(text, found, segment.start)
    if header is not None and header[0] <= start < header[1]:
        return None
    if (found.low or Decimal(0)) >= _TOO_LARGE or (found.high or Decimal(0)) >= _TOO_LARGE:
        return None
    context = look(around, start, found.end, more=found.amount.more)
    low, cut_low = _six(found.low)
    high, cut_high = _six(found.high)
    flags = list(found.flags)
    if cut_low or cut_high:
        flags.append("rounded")
    if negative:
        low, high = (-high if high is not None else None), (-low if low is not None else None)
    modifier = _modifier(found, context)
    if modifier in ("lt", "le"):
        low = None
    elif modifier in ("gt", "ge"):
        high = None
    decision = decide(found.unit, evidence, partner=partner, bracketed=bracketed, per_unit=context.per_unit)
    trace.note("money", "currency", start, found.end, decision.why)
    flags += decision.flags
    if header is not None and header[1] <= start and _could_be_scaled(found):
        flags.append("table_scale")
    if "separator" in flags:
        if (
            _DECIMAL_COMMA.search(text, start, found.end)
            and decision.currency in _POINT_DECIMALS
            and _could_be_scaled(found)
        ):
            low = high = None  # "$35,00" lacks a digit or has a comma for a point: not to be told
            modifier = "vague"
        elif context.per_unit:
            flags.remove("separator")  # a unit price has decimals
    kind = context.kind
    sign = context.sign
    if found.part:
        kind, sign = ("level" if kind == "change" else kind), None
    extra: dict[str, Any] = {"currency_basis": decision.basis}
    return MoneyMention(
        start_char=start,
        end_char=found.end,
        surface=text[start : found.end],
        value_low=low,
        value_high=high,
        modifier=modifier,
        currency=decision.currency,
        currency_candidates=decision.candidates,
        kind=kind,
        per_unit=context.per_unit,
        sign=sign,
        zone=segment.zone,
        rule=found.rule,
        sentence=_sentence(layout, start),
        flags=tuple(dict.fromkeys(flags)),
        **extra,
    )


def _sentence(layout: Layout, position: int) -> str:
    """The sentence of a figure; of a sentence without end, the words around the figure."""
    start, end = layout.sentence_at(position)
    if end - start <= _LONGEST_SENTENCE:
        return layout.sentence_text(position)
    half = _LONGEST_SENTENCE // 2
    return " ".join(layout.text[max(start, position - half) : min(end, position + half)].split())


def _modifier(found: Found, context: Context) -> Any:
    if found.low is None:
        return "vague"
    if found.range:
        return "range"
    if context.modifier is None and found.amount.inside:
        return found.amount.inside
    return context.modifier or "exact"


def _could_be_scaled(found: Found) -> bool:
    quantity = found.amount.quantity
    return quantity is not None and quantity.scale == 1 and found.unit.per_major == 1
