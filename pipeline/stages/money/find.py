"""Finds the figures of a text: the stage itself, in the order things happen.

1. Segments without any currency expression are passed over (`lexer.may_hold`).
2. The others become tokens (`lexer`), single amounts (`grammar`), figures (`joins`).
3. What is no money is dropped (`guards`); the words around say bound, kind, rate and sign (`context`).
4. When all of the article has been seen, ambiguous currencies are decided (`resolve`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from pipeline.article import as_date
from pipeline.layout import Layout, Segment, lay_out
from pipeline.mentions import CountryMention, MoneyMention
from pipeline.stages.money import phrases
from pipeline.stages.money.context import Context, Surroundings, look
from pipeline.stages.money.currencies import Unit
from pipeline.stages.money.grammar import amounts
from pipeline.stages.money.guards import Case, is_money
from pipeline.stages.money.joins import Found, figures
from pipeline.stages.money.lexer import may_hold, tokenize
from pipeline.stages.money.resolve import Evidence, decide

_SIX = Decimal("0.000001")
_TOO_LARGE = Decimal(10) ** 30
_BRACKET = re.compile(r"\s*\(\s*(?:[a-z., ]{0,30}\s)?", re.IGNORECASE)
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
    )
    drafts: list[tuple[Found, Surroundings, Segment]] = []
    table = False
    for segment in layout.segments:
        piece = text[segment.start : segment.end]
        if not may_hold(piece):
            continue
        tokens = tokenize(text, segment.start, segment.end, published=evidence.published)
        for i, value in enumerate(tokens.values):
            if tokens.line[2 * i + 1] in "SNCLc":
                evidence.note(value)
        around = Surroundings(text, segment.start, segment.end)
        drafts += [(found, around, segment) for found in figures(tokens, amounts(tokens), around)]
    kept = [draft for draft in drafts if _is_money(draft[0], draft[1], evidence)]
    pairs = _equivalents(text, [found for found, _, _ in kept])
    header = _table_header(text) if kept else None
    mentions = []
    for i, (found, around, segment) in enumerate(kept):
        before, after = pairs.get(i, (None, None))
        partner = before or after
        mention = _mention(text, found, around, segment, layout, evidence, partner, before is not None, header)
        if mention is not None:
            mentions.append(mention)
    return mentions


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
            if not same and text[right.end : right.end + 1] == ")":
                pairs[i + 1] = (left.unit, None)
                pairs.setdefault(i, (None, right.unit))
    return pairs


def _table_header(text: str) -> int | None:
    match = _TABLE_SCALE.search(text.lower()) if "(" in text or " in " in text else None
    return match.end() if match else None


def _signed(text: str, found: Found, floor: int) -> tuple[int, bool]:
    """Where the figure begins with its minus, and whether it has one."""
    start = found.start
    before = text[max(floor, start - 2) : start]
    if before[-1:] and before[-1] in _MINUS and not before[:-1].strip("([\"'“‘\u00a0 \n\t"):
        return start - 1, True
    inside = text[start : found.end]
    if re.match(r"[^\w\s]+-\.?\d", inside):
        return start, True
    word = re.search(r"(?:\A|[\s(])((?:minus|negative)\s+)\Z", text[max(floor, start - 12) : start], re.IGNORECASE)
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
    header: int | None,
) -> MoneyMention | None:
    start, negative = _signed(text, found, segment.start)
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
    decision = decide(found.unit, evidence, partner=partner, bracketed=bracketed)
    flags += decision.flags
    if header is not None and header <= start and _could_be_scaled(found):
        flags.append("table_scale")
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
        sentence=layout.sentence_text(start),
        flags=tuple(dict.fromkeys(flags)),
        **extra,
    )


def _modifier(found: Found, context: Context) -> Any:
    if found.low is None and not found.flags:
        return "vague"
    if found.range:
        return "range"
    return context.modifier or "exact"


def _could_be_scaled(found: Found) -> bool:
    quantity = found.amount.quantity
    return quantity is not None and quantity.scale == 1 and found.unit.per_major == 1
