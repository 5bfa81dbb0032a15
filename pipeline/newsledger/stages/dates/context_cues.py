"""Cues in the text around a mention: modifiers, datelines, lists, comparisons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import words as w
from newsledger.stages.dates.words import CUES, LISTS
from newsledger.values import trace
from newsledger.values.mentions import DateMention

_SENTENCE_BREAK = lazy_regex(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")


def sentence_start(text: str, segment_start: int, start: int) -> int:
    """Where the sentence around a mention begins, not before its segment."""
    at = max(segment_start, start - 400)
    for match in _SENTENCE_BREAK.finditer(text, at, start + 2):
        at = min(match.end(), start)
    return at


_LENGTH_MODIFIERS = ("approx", "more_than", "less_than", "at_least", "at_most", "within")
_DATE_MODIFIERS = ("approx", "by", "since", "until", "before", "after")
_MODIFIERS = {
    name: lazy_regex(
        rf"(?<!\w)(?<!\w\.)(?:{w.one_of(f'modifier_{name}')})\s+(?:at\s+least\s+)?"
        r"(?:the\s+(?:year\s+)?|an?\s+|its\s+|their\s+)?\Z"
    )
    for name in (*_LENGTH_MODIFIERS, *_DATE_MODIFIERS)
}


def listed_after(mentions: Sequence[DateMention], low: str, start: int) -> dt.date | None:
    """The weekday or month before this one where the two form a list ("Thursday and Friday")."""
    if not mentions or start - mentions[-1].end_char > 12 or mentions[-1].rule not in _LISTED_RULES:
        return None
    return mentions[-1].start_date if CUES["listing"].fullmatch(low, mentions[-1].end_char, start) else None


_LISTED_RULES = frozenset(
    {
        "weekday", "month", "early, mid or late", "end or beginning of", "next named unit", "last named unit",
        "this named unit", "quarter by its months",
    }
)  # fmt: skip


def is_cause(left: str, right: str) -> bool:
    """Whether "by" names a cause and no limit: "damaged by the August floods"."""
    return bool(CUES["caused_by"].search(left) and CUES["noun_next"].match(right))


def _is_spread(left: str) -> bool:
    """Whether "over" spreads something over a length ("two million over four years")."""
    match = CUES["spread_over"].search(left)
    if match is None or match["the"]:
        return match is not None
    word = match["word"]
    return bool(word) and word not in LISTS["over_counts"] and not word.endswith(("'s", "’s", "’re", "'re"))


def modifier_before(
    low: str, segment_start: int, start: int, timex_type: str, end: int = -1, *, ago: bool = False
) -> str | None:
    """The modifier that the words before a mention set.

    >>> modifier_before("no later than june", 0, 14, "DATE")
    'by'
    >>> modifier_before("over three years", 0, 5, "DURATION")
    'more_than'
    >>> modifier_before("damaged by the august floods", 0, 15, "DATE", 21) is None
    True
    """
    kinds = {"DURATION": _LENGTH_MODIFIERS, "SET": ()}
    left = low[max(segment_start, start - 32) : start]
    best: tuple[int, str] | None = None
    for name in kinds.get(timex_type, _DATE_MODIFIERS):
        match = _MODIFIERS[name].search(left)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    if best is None or _is_no_modifier(best[1], low, start, end, left, timex_type, ago=ago):
        return None
    trace.note("dates", "modifier", start, start, left[best[0] :].strip())
    return best[1]


def _is_no_modifier(
    name: str, low: str, start: int, end: int, left: str, timex_type: str, *, ago: bool
) -> bool:
    """Whether a word that could limit a date does not ("damaged by the floods")."""
    match name:
        case "more_than":
            return not ago and _is_spread(left)
        case "by":
            day_and_night = timex_type == "TIME" and low[start:end] in ("night", "day")
            return day_and_night or (end > 0 and is_cause(left, low[end : end + 12]))
        case "until":
            return "-up to" in left or bool(
                CUES["means"].search(left) or CUES["all_night"].search(left + low[start:end])
            )
        case "after":
            return bool(re.search(r"\bas\s+of\s+", left))
        case "approx":
            return timex_type != "DURATION" and bool(re.search(r"\bsome\s+(?:the\s+)?\Z", left))
    return False


_OF_VAGUE = {
    "PRESENT_REF": frozenset({"by", "since", "until", "before"}),
    "PAST_REF": frozenset({"until"}),
    "FUTURE_REF": frozenset(),
}
"""What may limit a vague word: "until recently", "by now"; "following a recent ruling" sets no limit."""


def modifier_of_vague(low: str, segment_start: int, start: int, value: str) -> str | None:
    """The modifier of a word that names no calendar time."""
    if value == "PRESENT_REF" and low[start - 4 : start] == "the ":
        return None
    found = modifier_before(low, segment_start, start, "DATE")
    return found if found in _OF_VAGUE[value] else None


def is_possessor(low: str, end: int) -> bool:
    """Whether a possessive makes "by" no limit in time ("heartened by today's report")."""
    return bool(CUES["owns"].match(low, end))


def limits_noun(low: str, start: int, end: int, *, named: bool) -> bool:
    """Whether what stands before a date limits the noun behind it ("after the May 3 vote").

    ``named`` is whether the date is a name, which has no article of its own.

    >>> limits_noun("after the may 3 vote", 10, 15, named=True), limits_noun("after may 3", 6, 11, named=True)
    (True, False)
    """
    owned = is_possessor(low, end) or (named and CUES["the"].search(low, max(0, start - 6), start))
    return bool(owned and CUES["noun_next"].match(low, end) and not CUES["limit_behind"].match(low, end))


_AGO = {
    "approx": "approx",
    "more_than": "before",
    "at_least": "before",
    "less_than": "after",
    "at_most": "after",
}


def modifier_of_ago(low: str, segment_start: int, start: int) -> str | None:
    """The modifier of a time reckoned back: "more than two years ago" lies before what is named."""
    return _AGO.get(modifier_before(low, segment_start, start, "DURATION", ago=True) or "")


def is_dateline(text: str, segment_start: int, start: int, end: int) -> bool:
    """Whether a date is part of the dateline of a report: "CHICAGO, April 2 -"."""
    if start - segment_start > 60:
        return False
    head, tail = text[segment_start:start], text[end : end + 24]
    if not re.match(r"\s*(?:[-–—]|\([A-Z][\w /.]*\)\s*[-–—]|/[A-Z][\w ]*/\s*[-–—]*|:\s)", tail):
        return False
    return not re.search(
        r"\b(?:on|in|by|since|until|from|the|to|for|of)\s*\Z", head, re.IGNORECASE
    ) and not re.search(r"[.!?]\s", head[:-1].replace("St. ", ""))
