"""Cues in the text around a mention: modifiers, datelines, lists, comparisons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from newsledger.stages.dates import words as w
from newsledger.stages.dates.guards import NOUN_NEXT
from newsledger.stages.dates.words import LISTS
from newsledger.values import trace
from newsledger.values.mentions import DateMention

COMPARED = re.compile(
    r"\b(?:from|(?<!less\s)(?<!more\s)than|against|with|on|over|versus|vs\.?|to|of|in)\s+"
    r"(?:(?:an?\s+)?[$£€]?\d[\d.,]*\s+(?:[a-z]+\s+){0,3}?)?(?:an?|one|the|its|their)?\s*\Z"
)
AGAINST = re.compile(
    r"\b(?:from|than|than\s+in|against|with|with\s+the|versus|vs\.?|since|unlike|as\s+in|like|over)\s+(?:the\s+)?"
    r"(?:(?:an?\s+)?[$£€]?\d[\d.,]*\s+(?:[a-z]+\s+){0,4}?(?:in|on|for|at)\s+(?:the\s+)?)?"
    r"(?:(?:same|corresponding|comparable|like)\s+(?:period|month|quarter|week|time)\s+)?(?:(?:an?|of|in)\s+)?\Z"
    r"|\b(?:record|records|high|low|peak|level)\b[^.;]{0,24}\b(?:set|reached|hit|seen|recorded|posted)\s+in\s+\Z"
)
_SENTENCE_BREAK = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])")


def sentence_start(text: str, segment_start: int, start: int) -> int:
    """Where the sentence around a mention begins, not before its segment."""
    at = max(segment_start, start - 400)
    for match in _SENTENCE_BREAK.finditer(text, at, start + 2):
        at = min(match.end(), start)
    return at


_MODIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\s+(?:at\s+least\s+)?(?:the\s+(?:year\s+)?|an?\s+|its\s+|their\s+)?\Z"))
    for name, words in (
        (
            "approx",
            "about|around|circa|ca\\.?|(?<![\\w.]\\.)(?<!\\w)c\\.|approximately|roughly|nearly|almost|some|close\\s+to",
        ),
        ("more_than", "more\\s+than|over|longer\\s+than|upwards\\s+of|well\\s+over|just\\s+over"),
        ("less_than", "less\\s+than|under|fewer\\s+than|shorter\\s+than|just\\s+under"),
        ("at_least", "at\\s+least|no\\s+less\\s+than|a\\s+minimum\\s+of"),
        (
            "at_most",
            "at\\s+most|up\\s+to|no\\s+more\\s+than|as\\s+much\\s+as|a\\s+maximum\\s+of|not\\s+more\\s+than",
        ),
        ("within", "within"),
        ("by", "by|no\\s+later\\s+than|not\\s+later\\s+than"),
        ("since", "since|ever\\s+since"),
        ("until", "until|till|til|(?<!-)up\\s+to|through|up\\s+until"),
        ("before", "before|prior\\s+to|ahead\\s+of|earlier\\s+than"),
        (
            "after",
            "after|following|later\\s+than|as\\s+of|not\\s+before|(?:no|not)\\s+(?:earlier|sooner)\\s+than",
        ),
    )
)
_LENGTH_MODIFIERS = frozenset({"approx", "more_than", "less_than", "at_least", "at_most", "within"})
_DATE_MODIFIERS = frozenset({"approx", "by", "since", "until", "before", "after"})
_LISTING = re.compile(r"\s*(?:,|/|,?\s*(?:and|or|&|to|through))\s*(?:on\s+|in\s+|the\s+)?")


def listed_after(mentions: Sequence[DateMention], low: str, start: int) -> dt.date | None:
    """The weekday or month before this one where the two form a list ("Thursday and Friday")."""
    if not mentions or start - mentions[-1].end_char > 12 or mentions[-1].rule not in _LISTED_RULES:
        return None
    return mentions[-1].start_date if _LISTING.fullmatch(low, mentions[-1].end_char, start) else None


_LISTED_RULES = frozenset(
    {
        "weekday",
        "month",
        "early, mid or late",
        "end or beginning of",
        "next named unit",
        "last named unit",
        "this named unit",
        "quarter by its months",
    }
)
ADJOINING = re.compile(rf"(?:[\s,;(]|\b(?:{w.one_of('adjoining')})\b)*")
_CAUSED = re.compile(
    rf"\b(?:(?!then\b|when\b|often\b)(?:\w+(?:ed|en|hit|hurt|led|held|left|struck)|"
    rf"made)\s+(?:(?:today|yesterday|\w+day)\s+)?by\s+(?:the|its|his|their)|"
    rf"(?:{w.one_of('caused')})\w*\s+by)\s+\Z"
)


def is_cause(left: str, right: str) -> bool:
    """Whether "by" names a cause and no limit: "damaged by the August floods"."""
    return bool(_CAUSED.search(left) and NOUN_NEXT.match(right))


_OVER = re.compile(r"(?:\b([\w’'-]+)\s+)?over\s+(?:an?\s+)?(the|its|their)?\s*\Z")


def _is_spread(left: str) -> bool:
    """Whether "over" spreads something over a length ("two million over four years")."""
    match = _OVER.search(left)
    if match is None or match[2]:
        return match is not None
    word = match[1]
    return bool(word) and word not in LISTS["over_counts"] and not word.endswith(("'s", "’s", "’re", "'re"))


_MEANS = re.compile(rf"\bthrough\s+an?\s+\Z|\b(?:{w.one_of('means')})\s+through\s+(?:the\s+)?\Z")
"""Through a bill; the sale went through last year."""
_ALL_NIGHT = re.compile(r"\bthrough\s+the\s+(?:early\s+|late\s+)?(?:morning|afternoon|evening|night|day)\Z")


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
    allowed = (
        _LENGTH_MODIFIERS
        if timex_type == "DURATION"
        else _DATE_MODIFIERS
        if timex_type != "SET"
        else frozenset()
    )
    left = low[max(segment_start, start - 32) : start]
    best: tuple[int, str] | None = None
    for name, pattern in _MODIFIERS:
        if name in allowed and (match := pattern.search(left)) and (best is None or match.start() < best[0]):
            best = (match.start(), name)
    if best and best[1] == "more_than" and not ago and _is_spread(left):
        return None
    if best and best[1] == "by" and timex_type == "TIME" and low[start:end] in ("night", "day"):
        return None
    if best and best[1] == "by" and end > 0 and is_cause(left, low[end : end + 12]):
        return None
    if best and best[1] == "until" and (_MEANS.search(left) or _ALL_NIGHT.search(left + low[start:end])):
        return None
    if best and best[1] == "after" and re.search(r"\bas\s+of\s+", left):
        return None
    if (
        best
        and best[1] == "approx"
        and re.search(r"\bsome\s+(?:the\s+)?\Z", left)
        and timex_type != "DURATION"
    ):
        return None
    if best:
        trace.note("dates", "modifier", start, start, left[best[0] :].strip())
    return best[1] if best else None


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


def is_past_event(low: str, end: int) -> bool:
    """Whether a possessive makes "by" no limit in time ("heartened by today's report")."""
    return bool(_OWNS.match(low, end))


_OWNS = re.compile(r"['’]s\s+(?!(?:[a-z]+\s+)?(?:deadline|end|close|expiry|cut-?off)\b)")
_AGO = {
    "approx": "approx",
    "more_than": "before",
    "at_least": "before",
    "less_than": "after",
    "at_most": "after",
}


def modifier_of_ago(low: str, segment_start: int, start: int) -> str | None:
    """The modifier of a time reckoned back: "more than two years ago" lies before what is named."""
    if re.search(r"\b(?:over|under|about|around)\s+the\s+\Z", low[max(segment_start, start - 14) : start]):
        return None  # a tenth under the year-ago figure
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
