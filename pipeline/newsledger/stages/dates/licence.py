"""Whether a unit without a number is a length ("took an hour", "years of war"), for all units alike."""

from __future__ import annotations

import re

from newsledger.grammar import Span
from newsledger.stages.dates import words as w

_BEFORE = re.compile(
    rf"\b(?:{w.one_of('before_length')}|up\s+to|matter\s+of)(?:\s+(?:{w.one_of('about_length')}))*\s+\Z"
)
"""Words that a length follows: took, spent, within, after, about, just."""
_ONE = re.compile(r"\b(?:an?|(?P<whole>a\s+(?:full|whole|good|mere)))\s+\Z")
_RATE = re.compile(rf"(?:\d|[%¢]|\b(?:{w.one_of('rates')}))\s+an?\s+\Z")
"""Sixty miles an hour, twice a week: the unit of a rate."""
_IDIOM = re.compile(r"\b(?:wait|just|in)\s+a\s+(?:second|minute)\b|\bafter\s+hours\b(?!\s+(?:of|and)\b)")
_SIDE = r"\s+(?:before|after)\s+(?!that\b|noon\b|midnight\b|\d)[a-z’']"
_OF = rf"\s+of\s+(?!(?:{w.one_of('not_length_of')})\b)[a-z]"
_ONE_BEHIND = re.compile(rf"{_SIDE}|{_OF}")
_SOME_BEHIND = re.compile(rf"{_SIDE}|{_OF}|\s+(?:in\s+the\s+making|on\s+end|apart)\b")
_NO_LENGTH = re.compile(
    r"[\s-]*(?:olds?|aged?)\b|[\s-]+(?:ago|earlier|later|away|from)\b|['’]|-|\s+(?:of\s+age|when|in\s+which|where)\b|\s+\d"
)
_DEFINITE = re.compile(r"\b(?:the|these|those|good|old|golden)\s+\Z")
_KIND = re.compile(rf"\b(?:{w.one_of('kinds_of_hours')})\s+\Z")


def is_one(unit: str, span: Span) -> bool:
    """Whether "a" and a unit are a length: an hour, a month of calm."""
    left, right = span.left(40), span.right(24)
    one = _ONE.search(left)
    if (
        not one
        or _RATE.search(left)
        or _NO_LENGTH.match(right)
        or _IDIOM.search(left + span.low_surface + right)
    ):
        return False
    if unit in ("second", "sec", "min", "quarter", "weekend"):
        return False
    if unit != "minute" and _ONE_BEHIND.match(right):
        return not (unit in ("day", "year", "quarter") and re.match(r"\s+of\b", right))
    return bool(one["whole"] or _BEFORE.search(left[: one.start()]))


def is_several(unit: str, span: Span) -> bool:
    """Whether a plural unit is an open length: for hours, years of war, days before the vote."""
    left, right = span.left(40), span.right(24)
    if unit in ("quarters", "weekends", "secs", "mins", "hrs") or _NO_LENGTH.match(right):
        return False
    if _IDIOM.search(left + span.low_surface + right) or _KIND.search(left):
        return False
    if unit == "minutes" and re.match(r"\s+of\b", right):
        return bool(_BEFORE.search(left))
    if _SOME_BEHIND.match(right):
        return not (_DEFINITE.search(left) and re.match(r"\s+of\b", right))
    return bool(_BEFORE.search(left))
