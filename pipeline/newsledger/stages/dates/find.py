"""Finds the temporal expressions of a text and gives them values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from newsledger.document.layout import Layout, lay_out
from newsledger.grammar import Span
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.context_cues import (
    ADJOINING,
    AGAINST,
    COMPARED,
    is_dateline,
    is_past_event,
    listed_after,
    modifier_before,
    modifier_of_ago,
    modifier_of_vague,
    sentence_start,
)
from newsledger.stages.dates.resolution import (
    Context,
    Earlier,
    Unknown,
    Value,
    is_pair,
    period_of,
    resolve,
)
from newsledger.stages.dates.rules import grammar
from newsledger.stages.dates.tense import evidence
from newsledger.values import trace
from newsledger.values.article import as_date
from newsledger.values.frames import Mentions
from newsledger.values.mentions import DateMention, NameSpan

DayOrder = Literal["dmy", "mdy"]
ORDERS: tuple[DayOrder, ...] = ("dmy", "mdy")


def find(
    text: str,
    *,
    published: str | dt.date | None = None,
    layout: Layout | None = None,
    names: Sequence[NameSpan] = (),
    day_order: DayOrder | None = None,
    fiscal_year_start: int | None = None,
) -> list[DateMention]:
    """Find dates, times, durations and repetitions in ``text``, in text order, never overlapping.

    ``published`` (ISO string, date or None) anchors relative expressions; with None only what needs no
    anchor gets calendar days. ``names`` are spans of the name stage, which keep "August Wilson" from being
    a month. ``day_order`` decides 04/03/2024 where the article itself does not. ``fiscal_year_start`` is the
    month in which fiscal years begin; a fiscal year is named for the calendar year in which it ends.

    Raises ValueError for a ``published`` that is no ISO date.

    >>> for m in find("It met on Wednesday and plans three more meetings by June.", published="2024-04-03"):
    ...     print(m.surface, m.timex_value, m.start_date, m.end_date, m.modifier)
    Wednesday 2024-04-03 2024-04-03 2024-04-03 None
    June 2024-06 2024-06-01 2024-06-30 by
    """
    date = stamped = as_date(published)
    layout = layout or lay_out(text)
    low = lowered(text)
    found = scan(text, low, layout)
    if names:
        inside = [one for one in found if inside_name(one, text, names)]
        for start, end, *_ in inside:
            trace.note("dates", "dropped", start, end, "part of a longer name")
        found = [one for one in found if one not in inside] if inside else found
    order, order_basis = (day_order, "settings") if day_order else day_order_of(found)
    mentions: list[DateMention] = []
    earlier: list[Earlier] = []
    unknown: Unknown | None = None
    horizon = date or last_of(found)
    fiscal_quarter: tuple[int, dt.date] | None = None
    for start, end, expression, rule_name, segment_start in found:
        zone = layout.zone_at(start)
        context = Context(
            published=date,
            day_order=order,
            order_basis=order_basis,
            fiscal_year_start=fiscal_year_start,
            start=start,
            end=end,
            sentence_start=sentence_start(text, segment_start, start),
            segment_start=segment_start,
            earlier=earlier,
            tense_of=lambda s=start, e=end: evidence(text, s, e, layout.sentence_at(s)),  # type: ignore[misc]
            compared=bool(COMPARED.search(low, max(segment_start, start - 40), start)),
            dateline=is_dateline(text, segment_start, start, end),
            listed_after=listed_after(mentions, low, start),
            adjoins=bool(earlier and ADJOINING.fullmatch(low, earlier[-1].end, start)),
            in_front=low[max(segment_start, start - 48) : start],
            behind=low[end : end + 40],
            unknown=unknown,
            horizon=horizon,
            fiscal_quarter=fiscal_quarter,
        )
        value = resolve(expression, context)
        if value is None:
            trace.note("dates", "dropped", start, end, f"{rule_name}: no value can be given here")
            continue
        if value.modifier is None and not isinstance(expression, x.Window):
            value.modifier = _modifier(low, segment_start, start, end, value, rule_name, date)
        if date != stamped and value.anchor == "published":
            value.basis.append(f"publication by the dateline {date}")
        mentions.append(_mention(text, start, end, value, rule_name, zone))
        if context.dateline and stamped is not None and any(map(str.isupper, text[segment_start:start])):
            date = day_of_dateline(value, stamped)
        if isinstance(expression, x.Ending) and value.period and value.precision == "quarter":
            fiscal_quarter = (expression.named.number or 1, value.period.end)
        if (
            earlier
            and value.basis[:1] == [f"year of {earlier[-1].period.value} named before"]
            and is_pair(earlier[-1].period)
        ):
            continue  # the last day of 1985/86: what follows is counted from the years
        if value.period is not None and value.timex_type in ("DATE", "TIME"):
            back = isinstance(expression, x.Away) and expression.sign < 0 and value.anchor == "previous"
            back = back or (rule_name in ("unit ago", "last unit") and context.compared)
            beside = bool(
                earlier and earlier[-1].compared and ADJOINING.fullmatch(low, earlier[-1].end, start)
            )
            against = back or beside or bool(AGAINST.search(low, max(segment_start, start - 64), start))
            earlier.append(
                Earlier(
                    start,
                    end,
                    value.period,
                    value.anchor == "absolute" and "day by name" not in value.basis,
                    against,
                )
            )
        elif value.basis[-1:] in (["every year"], ["of any week"]):
            continue
        elif value.timex_type in ("DATE", "TIME") and value.precision is not None and value.value[0] in "X12":
            unit = "day" if value.timex_type == "TIME" else value.precision
            unknown = Unknown(start, unit, rule_name == "weekday")
    return Mentions(mentions, DateMention)


def day_of_dateline(value: Value, published: dt.date) -> dt.date:
    """The day from which a report reckons "today": that of its dateline, where the two are days apart.

    A report that is stamped on the evening of one day or posted a few days later is still told from the day
    of its dateline.
    """
    day = value.period if value.timex_type == "DATE" else None
    if day is None or day.unit != "day" or abs((day.start - published).days) > 3:
        return published
    return day.start


def last_of(found: Sequence[Found]) -> dt.date | None:
    """The last day that an article names in full; where its publication is unknown, it tells up to then."""
    last: dt.date | None = None
    for _, _, expression, _, _ in found:
        if isinstance(expression, x.Range):
            expression = expression.last
        if isinstance(expression, x.Years) and expression.first > 99:
            expression = x.Named("year", year=expression.last)
        if (
            not isinstance(expression, x.Named)
            or not expression.year
            or expression.bc
            or expression.short_year
        ):
            continue
        period = period_of(expression, expression.year)
        if period is not None and (last is None or period.end > last):
            last = period.end
    return last


Found = tuple[int, int, object, str, int]


def lowered(text: str) -> str:
    """``text`` in lower case with every offset unchanged.

    >>> len(lowered("İstanbul")) == len("İstanbul")
    True
    """
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join([c if len(c.lower()) != 1 else c.lower() for c in text])


def scan(text: str, low: str, layout: Layout) -> list[Found]:
    """All expressions of the text: offsets, meaning, rule and the start of their segment."""
    lexicon, compiled = grammar()
    found: list[Found] = []
    for segment in layout.segments:
        if segment.zone == "header":
            continue
        span = Span(text, low, 0, 0, segment.start, segment.end)
        for items in lexicon.runs(low, segment.start, segment.end):
            for item in compiled.apply(items, span):
                if not item.rule:
                    continue
                if isinstance(item.value, x.Listed):
                    found.extend((s, e, v, item.rule, segment.start) for s, e, v in item.value.items)
                elif isinstance(item.value, x.Expression):
                    found.append((item.start, item.end, item.value, item.rule, segment.start))
    return found


def day_order_of(found: Sequence[Found]) -> tuple[DayOrder | None, str]:
    """The order of day and month in an article: a date that has only one reading decides for the others."""
    seen: set[DayOrder] = set()
    for _, _, expression, rule_name, _ in found:
        if rule_name != "numeric date" or not isinstance(expression, x.Named):
            continue
        for order in ORDERS:
            if order in expression.notes:
                seen.add(order)
    if len(seen) == 1:
        return seen.pop(), "another date of the article"
    return None, ""


def inside_name(one: Found, text: str, names: Sequence[NameSpan]) -> bool:
    """Whether a word that may be a date is part of a person's, organisation's or work's name."""
    start, end, expression, _, _ = one
    if any(c.isdigit() for c in text[start:end]):
        return False
    if isinstance(expression, x.Named):
        if expression.unit not in ("month", "day", "season"):
            return False
    elif isinstance(expression, x.Amount):
        if not text[start:end].istitle():
            return False
    elif text[start:end].lower() not in ("today", "tomorrow", "tonight") or not text[start].isupper():
        return False
    return any(
        n.label in ("PER", "ORG", "MISC", "FAC")
        and n.start_char <= start
        and end <= n.end_char
        and (n.end_char - n.start_char > end - start or isinstance(expression, x.Amount))
        for n in names
    )


_ABOUT = re.compile(r"\babout\s+(?:the\s+)?\Z")
_RELATIVE = frozenset(
    {
        "today, yesterday, tomorrow", "last unit", "this unit", "next unit", "that unit", "the weekend",
        "last named unit", "this named unit", "next named unit", "weekday",
    }
)  # fmt: skip
"""Rules whose dates are told of ("excited about this year"), not guessed at ("about 1850")."""


def _modifier(
    low: str,
    segment_start: int,
    start: int,
    end: int,
    value: Value,
    rule_name: str,
    published: dt.date | None,
) -> str | None:
    """What the words before a mention make of it."""
    if rule_name in ("ago", "unit ago"):
        return modifier_of_ago(low, segment_start, start)
    if value.value in ("PAST_REF", "PRESENT_REF", "FUTURE_REF"):
        return modifier_of_vague(low, segment_start, start, value.value)
    if rule_name == "length of time, or more":
        return "at_least"
    found = modifier_before(low, segment_start, start, value.timex_type, end)
    if (
        found == "approx"
        and rule_name in _RELATIVE
        and _ABOUT.search(low, max(segment_start, start - 12), start)
    ):
        return None
    over = published is not None and value.period is not None and value.period.end <= published
    return None if found == "by" and over and is_past_event(low, end) else found


def _mention(text: str, start: int, end: int, value: Value, rule_name: str, zone: str) -> DateMention:
    period = value.period
    return DateMention(
        start_char=start,
        end_char=end,
        surface=text[start:end],
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
        zone=zone,  # type: ignore[arg-type]
        rule=rule_name,
    )


_PRECISION = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
