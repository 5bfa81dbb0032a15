"""Finds the figures of a text: the stage itself, in the order things happen.

1. Segments without any currency expression are passed over (`lexer.may_hold`).
2. The others become tokens (`lexer`), single amounts (`grammar`), figures (`joins`).
3. What is no money is dropped (`guards`).
4. When all of the article has been seen, the words around say bound, kind, rate and sign (`context`), and
   ambiguous currencies are decided (`resolve`).

Flags of a figure, each a reason to look at it before its value is used:

- ``separator``: a comma or point may be decimal or grouping (1.234); no value where neither makes sense;
- ``minus``: a hyphen before the sign is read as a dash and may be a minus;
- ``scale``: the scale is in doubt: of the first of two numbers ($500 to $1 million), cut off by a misprint
  ($1.1. million, $23.6 billiontobuild), perhaps in letters that no table has ($3.7zn), left out beside
  one with a scale ($31 million from $46.5) or among nothing but such ("these include $24.47"), or said twice
  (1,098,978 million dollars);
- ``table_scale``: a header such as "(in millions)" stands before, and the number has no scale of its own;
- ``garbled``: the sign was spoilt by a wrong decoding, or another of the article was, and nothing else tells;
- ``currency_conflict``: a bracket equates the sign with another currency written the same way;
- ``no_code``: a currency without an ISO 4217 code;
- ``rounded``: the value had more than six decimals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal, NamedTuple

from newsledger.document.layout import Layout, Segment, lay_out
from newsledger.stages.money import datelines, phrases
from newsledger.stages.money.context import Context, look
from newsledger.stages.money.country_evidence import CountryEvidence
from newsledger.stages.money.equivalents import (
    Partner,
    carry,
    equivalents,
    same_dollar,
    unscaled,
)
from newsledger.stages.money.grammar import amounts
from newsledger.stages.money.guards import Case, is_money, why_not
from newsledger.stages.money.joins import Found, figures
from newsledger.stages.money.lexer import Tokens, may_hold, tokenize
from newsledger.stages.money.resolve import Evidence, decide
from newsledger.stages.money.shared_units import share_units
from newsledger.stages.money.spellings import Unit
from newsledger.stages.money.surroundings import Surroundings
from newsledger.stages.money.words import word_set
from newsledger.values import trace
from newsledger.values.article import as_date
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, MoneyMention

_TOO_LARGE = Decimal(10) ** 27
"""No amount of money; below it, arithmetic on 28 digits is exact."""


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
    ('€1.5bn', Decimal('1500000000'), None, 'gt', 'EUR')
    >>> [f.currency for f in find("A$5 million (US$3.2 million)")]
    ['AUD', 'USD']
    """
    if layout is None:
        layout = lay_out(text)
    article = CountryEvidence(
        text,
        countries=Counter(country.iso_alpha2 for country in countries if country.iso_alpha2),
        publisher=publisher_country,
        given_dateline=dateline_country,
        dateline=datelines.read(text, layout),
        published=as_date(published),
    )
    drafts: list[_Draft] = []
    names: list[Unit] = []
    for segment in _prose(text, layout):
        if not may_hold(text[segment.start : segment.end]):
            continue
        tokens = tokenize(text, segment.start, segment.end, published=article.published)
        names += _names(tokens)
        around = Surroundings(text, segment.start, segment.end)
        drafts += [_Draft(found, around, segment) for found in figures(tokens, amounts(tokens), around)]
    drafts, evidence = _money(drafts, Evidence(article, default_currency).with_names(names))
    found = [draft.found for draft in drafts]
    partners = equivalents(text, found)
    translate = any(p.bracketed and found[i].unit.translates(p.unit) for i, p in partners.items())
    evidence = replace(evidence, dollars_translate=translate, dollar=same_dollar(text, found))
    for i in unscaled(text, found):
        drafts[i] = drafts[i]._replace(found=found[i]._replace(flags=(*found[i].flags, "scale")))
    reader = _Reader(text, layout, evidence, _table_header(text), _has_comma_groups(text, found))
    read = [reader.mention(draft, partners.get(i)) for i, draft in enumerate(drafts)]
    mentions = carry(text, [mention for mention in read if mention is not None])
    return Mentions(share_units(text, mentions), MoneyMention)


class _Draft(NamedTuple):
    """A figure before its context is read, and where it stands."""

    found: Found
    around: Surroundings
    segment: Segment


_STRETCH = 4000
_LETTERLESS = re.compile(rf"[^A-Za-z]{{{_STRETCH},}}")


def _prose(text: str, layout: Layout) -> Iterator[Segment]:
    """The segments, less stretches of thousands of characters without a letter: those are no article."""
    numbers = [match.span() for match in _LETTERLESS.finditer(text)] if len(text) > _STRETCH else []
    for segment in layout.segments:
        at = segment.start
        for start, end in numbers:
            if start < segment.end and end > at:
                if start > at:
                    yield segment._replace(start=at, end=start)
                at = end
        if at < segment.end:
            yield segment._replace(start=at)


def _names(tokens: Tokens) -> Iterator[Unit]:
    """The units that a sign, or a name of two words, names without a number too ("in Canadian dollars").

    Codes do not (ARS is also the Agricultural Research Service), nor single names (the Yuan dynasty).
    """
    for i, value in enumerate(tokens.values):
        kind = tokens.kind(i)
        if kind == "S" or (kind == "N" and " " in tokens.text[tokens.starts[i] : tokens.ends[i]]):
            yield value


def _money(drafts: list[_Draft], evidence: Evidence) -> tuple[list[_Draft], Evidence]:
    """The drafts that are money, and the evidence with their units.

    What is sure of itself supports the doubtful of the same family.
    """
    sure = [_is_money(draft, evidence) for draft in drafts]
    units = [draft.found.unit for money, draft in zip(sure, drafts, strict=True) if money]
    evidence = evidence.with_figures(units)
    kept: list[_Draft] = []
    for money, draft in zip(sure, drafts, strict=True):
        if money or _is_money(draft, evidence):
            kept.append(draft)
        else:
            found = draft.found
            trace.note("money", "dropped", found.start, found.end, why_not(found.unit))
    return kept, evidence


def _is_money(draft: _Draft, evidence: Evidence) -> bool:
    found = draft.found
    amount = found.amount._replace(unit=found.unit)
    if found.range:
        amount = amount._replace(start=found.start, end=found.end)
    return is_money(Case(amount, draft.around, found.low, lambda: evidence.supports(amount.unit)))


_TABLE_SCALE = re.compile(phrases.TABLE_SCALE)
_COMMA_GROUPS = re.compile(r"\d,\d{3}(?!\d)")


def _table_header(text: str) -> tuple[int, int] | None:
    """Where a header such as "(in millions)" stands."""
    match = _TABLE_SCALE.search(text.lower())
    return match.span() if match else None


def _has_comma_groups(text: str, found: list[Found]) -> bool:
    """Whether commas group thousands in this article, where a figure leaves open what a point does."""
    return any("separator" in figure.flags for figure in found) and _COMMA_GROUPS.search(text) is not None


_MINUS = "-\u2212\uff0d"
_MINUS_WORD = re.compile(r"(?:\A|[\s(])((?:minus|negative)\s+)\Z", re.IGNORECASE)
_LEADS_TO_MINUS = re.compile(
    r"(?:[(\[:=,;/]\s*|(?:\A|(?<![\w.]))(?:of|to|at|from|was|is|were|are|be|by|and|or|between|than|vs\.?|versus|about|a|"
    r"an|the|nearly|around|came|hit|reached|averaged|totall?ed)\s+)\Z",
    re.IGNORECASE,
)
_MINUS_INSIDE = re.compile(r"[^\w\s]+-\.?\d")
_OPENING = "([\"'“‘\u00a0 \n\t"
_DECIMAL_COMMA = re.compile(r"\d,\d\d(?!\d)")
_POINT_DECIMALS = word_set("USD GBP AUD CAD NZD HKD SGD INR PKR JPY CNY KES NGN MYR PHP THB")
_SCALE_APART = re.compile(
    r"\.\s?[MB]\b|\. (?:thousand|million|billion|trillion|mln|bln|bn|crore|lakh)\b"
    r"| (?:thousand|million|billion|trillion)(?!s?\b|aire)[a-z]"
)
_LONGEST_SENTENCE = 2000
_SIX = Decimal("0.000001")


class _Reader(NamedTuple):
    """What it takes to make a mention of a draft."""

    text: str
    layout: Layout
    evidence: Evidence
    header: tuple[int, int] | None
    comma_groups: bool

    def mention(self, draft: _Draft, partner: Partner | None) -> MoneyMention | None:
        """The finished mention; None for what is none after all (a table's header, a number beyond money)."""
        found = self._settle_separator(draft.found)
        start, negative, doubtful = self._begin(found, draft.segment.start)
        if self.header is not None and self.header[0] <= start < self.header[1]:
            return None
        if max(found.low or 0, found.high or 0) >= _TOO_LARGE:
            return None
        context = look(draft.around, start, found.end, more=found.amount.more)
        decision = decide(
            found.unit,
            self.evidence,
            partner=partner,
            per_unit=context.per_unit,
            left=lambda: draft.around.left(start),
        )
        trace.note("money", "currency", start, found.end, decision.why)
        flags = {*found.flags, *decision.flags}
        if found.unit.garbled or (self.evidence.garbled and decision.basis == "default"):
            flags.add("garbled")  # where a pound is "#", a dollar may have been a euro
        if doubtful:
            flags.add("minus")
        scaleless = found.amount.quantity is not None and found.amount.quantity.scale == 1
        low, high = _six(found.low), _six(found.high)
        if low != found.low or high != found.high:
            flags.add("rounded")
        if "separator" in flags and found.low is not None:
            if context.per_unit:
                flags.discard("separator")  # a unit price has decimals
            elif scaleless and self._is_misprint(start, found.end, decision.currency):
                low = high = None
        if scaleless and _SCALE_APART.match(self.text, found.end):
            flags.add("scale")
        if scaleless and context.per_unit is None and self.text[found.end : found.end + 1].isalpha():
            flags.add("scale")  # $3.7zn: letters of no table
        if _is_scaled_twice(found):
            flags.add("scale")
        if self.header is not None and self.header[1] <= start and scaleless and found.unit.per_major == 1:
            flags.add("table_scale")
        modifier = _modifier(found, context) if low is not None else "vague"
        if negative and low is not None and high is not None:
            low, high = -high, -low
        kind, sign = context.kind, context.sign
        if found.part:
            sign = None
        elif found.sign and kind in ("level", "rate"):
            kind, sign = "change", found.sign
        return MoneyMention(
            start_char=start,
            end_char=found.end,
            surface=self.text[start : found.end],
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
            rule=found.rule,
            sentence=self._sentence(start),
            flags=tuple(sorted(flags)),
        )

    def _settle_separator(self, found: Found) -> Found:
        """Take the doubt off 1.234 where the article groups thousands with commas."""
        quantity = found.amount.quantity
        if not self.comma_groups or "separator" not in found.flags or found.range:
            return found
        if quantity is None or quantity.base is None or quantity.base.as_tuple().exponent != -3:
            return found
        if quantity.base >= 1000:
            return found  # 1,716.012
        return found._replace(flags=tuple(flag for flag in found.flags if flag != "separator"))

    def _is_misprint(self, start: int, end: int, currency: str | None) -> bool:
        """Whether "$35,00" lacks a digit or has a comma for a point: its value cannot be told."""
        return currency in _POINT_DECIMALS and _DECIMAL_COMMA.search(self.text, start, end) is not None

    def _begin(self, found: Found, floor: int) -> tuple[int, bool, bool]:
        """Where the figure begins with its minus, whether it has one, whether that is in doubt.

        A hyphen glued to the sign is a minus after a word that leads to an amount ("was -$5") or an opening
        bracket; else, as at the beginning of a line, it is a dash or a bullet.
        """
        start, text = found.start, self.text
        before = text[max(floor, start - 2) : start]
        if before and before[-1] in _MINUS and (not before[:-1] or before[0] in _OPENING):
            if before[-1] == "\u2212" or _LEADS_TO_MINUS.search(text, max(floor, start - 16), start - 1):
                return start - 1, True, False
            return start, False, True
        if _MINUS_INSIDE.match(text, start, found.end):
            return start, True, False
        word = _MINUS_WORD.search(text[max(floor, start - 12) : start])
        return (start - len(word[1]), True, False) if word else (start, False, False)

    def _sentence(self, position: int) -> str:
        """The sentence of a figure; of a sentence without end, the words around the figure."""
        start, end = self.layout.sentence_at(position)
        if end - start <= _LONGEST_SENTENCE:
            return self.layout.sentence_text(position)
        half = _LONGEST_SENTENCE // 2
        return " ".join(self.text[max(start, position - half) : min(end, position + half)].split())


def _is_scaled_twice(found: Found) -> bool:
    """Whether a number is written out in millions and has a scale besides: 1,098,978 million."""
    quantity = found.amount.quantity
    if quantity is None or quantity.base is None or quantity.scale == 1 or found.range:
        return False
    return quantity.base >= 1_000_000 and found.low is not None and found.low >= quantity.base * 1000


def _six(value: Decimal | None) -> Decimal | None:
    """A value to six decimals, whole numbers without any."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return value.to_integral_value()
    return value if -int(value.as_tuple().exponent) <= 6 else value.quantize(_SIX, ROUND_HALF_EVEN)


def _modifier(
    found: Found, context: Context
) -> Literal["exact", "approx", "estimate", "lt", "le", "gt", "ge", "range"]:
    if found.range:
        return "range"
    return context.modifier or found.amount.inside or "exact"
