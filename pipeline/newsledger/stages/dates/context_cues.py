"""Cues in the text around a mention: modifiers, datelines, lists, comparisons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from newsledger.grammar import Span
from newsledger.stages.dates.cues import CUES, cue
from newsledger.stages.dates.words import LISTS
from newsledger.values import trace
from newsledger.values.mentions import DateMention

_LISTED_RULES = frozenset(
    {
        "weekday", "month", "early, mid or late", "end or beginning of", "next named unit", "last named unit",
        "this named unit", "quarter by its months",
    }
)  # fmt: skip


def listed_after(mentions: Sequence[DateMention], span: Span) -> dt.date | None:
    """The weekday or month before this one where the two form a list ("Thursday and Friday")."""
    if not mentions or span.start - mentions[-1].end_char > 12 or mentions[-1].rule not in _LISTED_RULES:
        return None
    joined = CUES["listing"].regex.fullmatch(span.low, mentions[-1].end_char, span.start)
    return mentions[-1].start_date if joined else None


def _is_spread(span: Span) -> bool:
    """Whether "over" spreads something over a length ("two million over four years")."""
    match = cue("spread_over", span)
    if match is None or match["the"]:
        return match is not None
    word = match["word"]
    return bool(word) and word not in LISTS["over_counts"] and not word.endswith(("'s", "’s", "’re", "'re"))


_MODIFIERS = {
    "DURATION": ("approx", "more_than", "less_than", "at_least", "at_most", "within"),
    "SET": (),
    "DATE": ("approx", "by", "since", "until", "before", "after"),
}


def modifier_before(span: Span, timex_type: str, *, ago: bool = False) -> str | None:
    """The modifier that the words before a mention set.

    >>> modifier_before(Span("", "no later than june", 14, 18, 0, 18), "DATE")
    'by'
    >>> modifier_before(Span("", "over three years", 5, 16, 0, 16), "DURATION")
    'more_than'
    >>> modifier_before(Span("", "damaged by the august floods", 15, 21, 0, 28), "DATE") is None
    True
    """
    best: tuple[str, str] | None = None
    for name in _MODIFIERS.get(timex_type, _MODIFIERS["DATE"]):
        match = cue(f"modifier_{name}", span)
        if match and (best is None or len(match[0]) > len(best[0])):
            best = (match[0], name)
    if best is None or _is_no_modifier(best[1], span, timex_type, ago=ago):
        return None
    trace.note("dates", "modifier", span.start, span.start, best[0].strip())
    return best[1]


def _is_no_modifier(name: str, span: Span, timex_type: str, *, ago: bool) -> bool:
    """Whether a word that could limit a date does not ("damaged by the floods")."""
    match name:
        case "more_than":
            return not ago and _is_spread(span)
        case "by":
            day_and_night = timex_type == "TIME" and span.low_surface in ("night", "day")
            return day_and_night or bool(cue("caused_by", span) and cue("noun_next", span))
        case "until":
            daypart = CUES["daypart"].regex.fullmatch(span.low, span.start, span.end)
            through = cue("means", span) or (daypart and cue("through_the", span))
            return "-up to" in span.left(32) or bool(through)
        case "after":
            return bool(re.search(r"\bas\s+of\s+", span.left(32)))
        case "approx":
            return timex_type != "DURATION" and bool(cue("some", span))
    return False


_OF_VAGUE = {"PRESENT_REF": ("by", "since", "until", "before"), "PAST_REF": ("until",), "FUTURE_REF": ()}
"""What may limit a vague word: "until recently", "by now"; "following a recent ruling" sets no limit."""


def modifier_of_vague(span: Span, value: str) -> str | None:
    """The modifier of a word that names no calendar time."""
    if value == "PRESENT_REF" and span.left(4) == "the ":
        return None
    found = modifier_before(span, "DATE")
    return found if found in _OF_VAGUE[value] else None


def limits_noun(span: Span, *, named: bool) -> bool:
    """Whether what stands before a date limits the noun behind it ("after the May 3 vote").

    ``named`` is whether the date is a name, which has no article of its own.

    >>> limits_noun(Span("", "after the may 3 vote", 10, 15, 0, 20), named=True)
    True
    >>> limits_noun(Span("", "after may 3", 6, 11, 0, 11), named=True)
    False
    """
    owned = cue("owns", span) or (named and cue("the", span))
    return bool(owned and cue("noun_next", span) and not cue("limit_behind", span))


_AGO = {
    "approx": "approx", "more_than": "before", "at_least": "before", "less_than": "after", "at_most": "after",
}  # fmt: skip


def modifier_of_ago(span: Span) -> str | None:
    """The modifier of a time reckoned back: "more than two years ago" lies before what is named."""
    return _AGO.get(modifier_before(span, "DURATION", ago=True) or "")


def is_dateline(text: str, segment_start: int, start: int, end: int) -> bool:
    """Whether a date is part of the dateline of a report: "CHICAGO, April 2 -"."""
    if start - segment_start > 60:
        return False
    span = Span(text, text, start, end, segment_start, end + 24)
    return bool(
        cue("dash_behind", span)
        and not cue("preposition", span)
        and not re.search(r"[.!?]\s", text[segment_start:start][:-1].replace("St. ", ""))
    )
