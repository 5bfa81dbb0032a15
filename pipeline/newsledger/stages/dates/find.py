"""Finds the temporal expressions of a text and gives them values."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from newsledger.document.layout import Layout, lay_out
from newsledger.grammar import Span
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.context_cues import (
    limits_noun,
    listed_after,
    modifier_before,
    modifier_of_ago,
    modifier_of_vague,
)
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.quotations import day_of_speech, is_day_word, is_unquoted
from newsledger.stages.dates.resolution import Context, Earlier, Value, is_pair, period_of, resolve
from newsledger.stages.dates.rules import grammar
from newsledger.values import trace
from newsledger.values.article import as_date
from newsledger.values.frames import Mentions
from newsledger.values.mentions import DateMention, NameSpan, Zone
from newsledger.values.settings import DayOrder

ORDERS: tuple[DayOrder, ...] = ("dmy", "mdy")


def find(
    text: str,
    *,
    published: str | dt.date | None = None,
    layout: Layout | None = None,
    names: Sequence[NameSpan] = (),
    day_order: DayOrder | None = None,
    fiscal_year_start: int | None = None,
) -> Mentions[DateMention]:
    """Find dates, times, durations and recurring times in ``text``, in text order, without overlaps.

    ``published`` (ISO string, date or None) is the day that relative expressions refer to; with None they get
    no calendar days. ``names`` are the spans of the names stage: with them, "August Wilson" is not a month.
    ``day_order`` decides 04/03/2024 if the article does not show it. ``fiscal_year_start`` is the month in
    which fiscal years begin; a fiscal year is named for the calendar year in which it ends.

    Raises ValueError if ``published`` is not an ISO date.

    >>> for m in find("It met on Wednesday and plans three more meetings by June.", published="2024-04-03"):
    ...     print(m.surface, m.timex_value, m.start_date, m.end_date, m.modifier)
    Wednesday 2024-04-03 2024-04-03 2024-04-03 None
    June 2024-06 2024-06-01 2024-06-30 by
    """
    date = as_date(published)
    view = (layout or lay_out(text)).view
    text, layout, names = view.text, view.layout, view.read(names)
    low = lowered(text)
    found: list[Found] = []
    reach = _Reach(names)
    for one in scan(text, low, layout):
        start, end = one.span.start, one.span.end
        if _in_address(text, start):
            trace.note("dates", "dropped", start, end, "part of an address")
        elif may_be_part_of_name(one) and reach.holds(one):
            trace.note("dates", "dropped", start, end, "part of a longer name")
        else:
            found.append(one)
    order, order_basis = (day_order, "settings") if day_order else day_order_of(found)
    horizon, begin = date or last_day_of(found), Span(text, low, 0, 0, 0, 0)
    context = Context(begin, (0, 0), date, order, order_basis, fiscal_year_start, horizon)
    article = _Article(layout, date, context)
    for one in found:
        trace.attempt("dates", text, one.span.start, one.span.end, partial(article.resolve, one))
    return Mentions(view.written(article.mentions), DateMention)


_ADDRESS_LEFT = lazy_regex(r"(?:(?:https?://|\bwww\.)[^\s<>]*|@[\w.-]*)\Z")
_MAIL_RIGHT = lazy_regex(r"[\w.+-]{0,64}@\w")


def _in_address(text: str, position: int) -> bool:
    """Whether a web or mail address, or a handle, goes on or begins at a position."""
    before = text[max(0, position - 200) : position]
    return _ADDRESS_LEFT.search(before) is not None or _MAIL_RIGHT.match(text, position) is not None


class Found(NamedTuple):
    """An expression in the text: its place, its meaning and its rule."""

    span: Span
    expression: object
    rule: str


@dataclass(slots=True)
class _Article:
    """An article whose mentions are resolved one by one, with what earlier ones mean for later ones."""

    layout: Layout
    stamped: dt.date | None
    context: Context
    """What the resolution of the mention at hand may look at."""
    mentions: list[DateMention] = field(default_factory=list)
    earlier: list[Earlier] = field(default_factory=list)
    news_day: dt.date | None = None

    def resolve(self, found: Found) -> None:
        """Add the mention of an expression, unless it turns out to be impossible."""
        span, expression, rule = found
        context = self.context = replace(
            self.context,
            span=span,
            sentence=self.layout.sentence_at(span.start),
            earlier=self.earlier[-1000:-1] if self._is_repeated(span) else self.earlier,
            listed_after=listed_after(self.mentions, span),
        )
        value = resolve(expression, context)
        if value is None:
            trace.note("dates", "dropped", span.start, span.end, f"{rule}: no value can be given here")
            return
        spoken = self._by_day_of_speech(found, value)
        value = spoken or value
        if not isinstance(expression, x.Window):
            value = replace(value, modifier=_modifier(found, value, context.published))
        if context.published != self.stamped and value.anchor == "published":
            value = replace(value, basis=(*value.basis, f"publication by the dateline {context.published}"))
        self.mentions.append(_mention(found, value, self.layout.zone_at(span.start)))
        head = span.text[span.segment_start : span.start] if context.dateline else ""
        if self.stamped and any(map(str.isupper, head)):
            self.context = replace(context, published=day_of_dateline(value, self.stamped))
        if isinstance(expression, x.PeriodEnding) and value.period and value.precision == "quarter":
            quarter = (expression.named.number or 1, value.period.end)
            self.context = replace(self.context, fiscal_quarter=quarter)
        self._set_news_day(value)
        self._remember(found, value)

    def _by_day_of_speech(self, found: Found, value: Value) -> Value | None:
        """The value of a word in a quotation by a day of speech before publication; None elsewhere."""
        published, span, period = self.context.published, found.span, value.period
        if published is None or period is None or value.anchor != "published":
            return None
        if not is_day_word(found.expression) or is_unquoted(span.start, self.layout):
            return None
        sure = day_of_speech(span, self.layout, self.mentions)
        spoken = sure or self.news_day
        if spoken is None or spoken >= published or (sure is None and period.start == spoken):
            return None
        read = resolve(found.expression, replace(self.context, published=spoken))
        if read is None:
            return None
        if sure:
            return replace(read, anchor="previous", basis=(f"day of speech {spoken}",))
        others = (spoken.isoformat(), value.value) if period.start > published else (value.value,)
        basis = (f"said of what happened on {spoken}",)
        return replace(read, anchor="previous", basis=basis, candidates=others)

    def _set_news_day(self, value: Value) -> None:
        """Keep the past day of which an article tells first; that of publication where it tells of it too."""
        published, day = self.context.published, value.period
        if published is None or day is None or day.start != day.end or self.news_day == published:
            return
        start = self.context.span.start
        if (self.news_day and day.start != published) or not is_unquoted(start, self.layout):
            return
        recent = 0 < (published - day.start).days <= 7 and not value.value.endswith("NI")
        possessed = self.context.evidence.word.startswith("possessive")
        over = recent and self.context.tense == "past" and not possessed
        self.news_day = day.start if over else published

    def _is_repeated(self, span: Span) -> bool:
        """Whether the words are only said again ("two days later - two days later - he left")."""
        last = self.mentions[-1] if self.mentions else None
        return (
            last is not None and span.start - last.end_char <= 24 and last.surface.lower() == span.low_surface
        )

    def _remember(self, found: Found, value: Value) -> None:
        """Keep a mention as an anchor for later ones, or that its days are unknown."""
        (span, expression, rule), context = found, self.context
        years = context.last.period if context.last and is_pair(context.last.period) else None
        if years and value.basis[:1] == (f"year of {years.value} named before",):
            return  # the last day of 1985/86: what follows is counted from the years
        if value.period is not None and value.timex_type in ("DATE", "TIME"):
            back = isinstance(expression, x.Offset) and expression.sign < 0 and value.anchor == "previous"
            back = back or (rule in ("unit ago", "last unit") and context.compared)
            explicit = value.anchor == "absolute" and "day by name" not in value.basis
            compared = back or cue("against", span) is not None
            self.earlier.append(Earlier(span.start, span.end, value.period, explicit, compared))
            return
        recurs = value.basis[-1:] in (("every year",), ("of any week",), ("counted from an event",))
        open_day = value.timex_type in ("DATE", "TIME") and value.precision and value.value[0] in "X12"
        if open_day and not recurs and rule != "weekday":
            self.context = replace(context, unknown=span.start)


def day_of_dateline(value: Value, published: dt.date) -> dt.date:
    """The day from which a report reckons "today": that of its dateline, where that is a few days away."""
    day = value.period if value.timex_type == "DATE" else None
    if day is None or abs((day.start - published).days) > 3:
        return published
    return day.start


def last_day_of(found: Sequence[Found]) -> dt.date | None:
    """The last day that an article names in full; the latest possible day of its past events."""
    ends = []
    for one in found:
        named = one.expression.last if isinstance(one.expression, x.Range) else one.expression
        if isinstance(named, x.Named) and named.year and not named.bc and not named.short_year:
            period = period_of(named, named.year)
            ends += [period.end] if period else []
    return max(ends, default=None)


def lowered(text: str) -> str:
    """``text`` in lower case with every offset unchanged."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join([c if len(c.lower()) != 1 else c.lower() for c in text])


def scan(text: str, low: str, layout: Layout) -> list[Found]:
    """All expressions of the text."""
    tokenizer, compiled = grammar()
    found: list[Found] = []
    for segment in layout.segments:
        if segment.zone == "header":
            continue
        span = Span(text, low, 0, 0, segment.start, segment.end)
        for items in tokenizer.runs(low, segment.start, segment.end):
            for item in compiled.apply(items, span):
                if not item.rule:
                    continue
                listed = isinstance(item.value, x.Listed)
                for start, end, value in item.value.items if listed else (item[1:4],):
                    if isinstance(value, x.Expression):
                        found.append(Found(replace(span, start=start, end=end), value, item.rule))
    return found


def day_order_of(found: Sequence[Found]) -> tuple[DayOrder | None, str]:
    """The order of day and month in an article: a date that has only one reading decides for the others."""
    orders = {
        order
        for one in found
        if one.rule == "numeric date" and isinstance(one.expression, x.Named)
        for order in ORDERS
        if order in one.expression.notes
    }
    return (orders.pop(), "another date of the article") if len(orders) == 1 else (None, "")


def may_be_part_of_name(one: Found) -> bool:
    """Whether a date is written as a part of a name may be ("August", "Thirty Years", "Today")."""
    surface, expression = one.span.surface, one.expression
    if any(map(str.isdigit, surface)):
        return False
    if isinstance(expression, x.Named):
        return expression.unit in ("month", "day", "season")
    if isinstance(expression, x.Duration):
        return surface.istitle()
    return surface.lower() in ("today", "tomorrow", "tonight") and surface[0].isupper()


class _Reach:
    """How far the names of persons, organisations and works go that begin before a place."""

    def __init__(self, names: Sequence[NameSpan]) -> None:
        spans = sorted((n.start_char, n.end_char) for n in names if n.label in ("PER", "ORG", "MISC", "FAC"))
        self._starts = [start for start, _ in spans]
        self._ends = [0, *accumulate((end for _, end in spans), max)]

    def holds(self, one: Found) -> bool:
        """Whether a date is part of a longer name; a length of time may be all of it."""
        begun_before = self._ends[bisect_left(self._starts, one.span.start)]
        begun = self._ends[bisect_right(self._starts, one.span.start)]
        return max(begun_before, begun - (not isinstance(one.expression, x.Duration))) >= one.span.end


def _modifier(found: Found, value: Value, published: dt.date | None) -> str | None:
    span, expression, rule = found
    if rule in ("ago", "unit ago"):
        return modifier_of_ago(span)
    if value.value in ("PAST_REF", "PRESENT_REF", "FUTURE_REF"):
        return modifier_of_vague(span, value.value)
    if rule == "length of time, or more":
        return "at_least"
    if value.timex_type == "DURATION" and (bound := cue("or_more", span)):
        return bound.lastgroup
    modifier = modifier_before(span, value.timex_type)
    if modifier == "approx" and value.timex_type != "DURATION" and cue("concerned_about", span):
        return None
    if modifier == "by":
        over = published is not None and value.period is not None and value.period.end <= published
        return None if over and cue("owns", span) else modifier
    named = isinstance(expression, x.Named) and expression.unit in ("day", "month", "year")
    return None if modifier and limits_noun(span, named=named) else modifier


def _mention(found: Found, value: Value, zone: Zone) -> DateMention:
    period = value.period
    return DateMention(
        start_char=found.span.start,
        end_char=found.span.end,
        surface=found.span.surface,
        timex_type=value.timex_type,
        timex_value=value.value,
        start_date=period.start if period else None,
        end_date=period.end if period else None,
        precision=_PRECISION.get(value.precision or "", value.precision),
        date_part=value.part,
        modifier=value.modifier,
        anchor=value.anchor,
        basis="; ".join(value.basis),
        candidates=value.candidates,
        zone=zone,
        rule=found.rule,
    )


_PRECISION = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
