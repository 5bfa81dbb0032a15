"""Which year a date without one means: publication and tense decide, nearness where they do not."""

from __future__ import annotations

import datetime as dt
import re

from newsledger.lexicons.load import any_of
from newsledger.stages.dates import words as w
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.context_cues import is_cause
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import LISTS

_DEADLINE = re.compile(rf"\b(?:{any_of(w.LISTS['deadline'])})\s+(?:on\s+|the\s+)?\Z")
_ENDING_IN = re.compile(r"\b(?:ending|starting|beginning)\s+in\s+\Z")
"""An arrangement ending in June: of itself neither past nor to come."""
_ATTRIBUTIVE = re.compile(r"\b(?:an?|the|its|their|his|her|that)\s+\Z")
_NOUN = re.compile(
    r"\s+(?!to\b|and\b|or\b|in\b|at\b|on\b|with\b|for\b|from\b|by\b|of\b|this\b|last\b|next\b|as\b|when\b|after\b|before\b)[a-z]"
)
_FIGURES = re.compile(
    r"[\s-]+(?:net|pretax|pre-tax|operating|earnings|profits?|results?|loss(?:es)?|revenues?|sales|income|dividend|figures?|gdp|gnp|deficit|surplus|trade|output|levels?|rates?|reading|pace|total|average|"
    r"inflation|payrolls?|unemployment|exports|imports)\b|['’]s\b|"
    r"(?:\s+[a-z-]+){0,3}?\s+(?:figures?|numbers|data|statistics|reports?)\b"
)
_UNTIL = re.compile(
    r"\b(?:by|until|till|before|no\s+later\s+than|payable|expiring|maturing)\s+(?:on\s+|the\s+)?\Z"
)
_NOT_UNTIL = re.compile(r"\b(?:was|were|did|had)(?:\s+not|n['’]t)\b[^.;]*\b(?:until|till)\s+(?:the\s+)?\Z")
"""The offer was not declared unconditional until December 5: rare, but a wrong year would follow."""
_UNTIL_ONLY = re.compile(r"\b(?:until|till)\s+(?:the\s+)?\Z")
_ENDED = re.compile(r"\b(?:year|half|quarter|months|weeks|mths|qtr|period)\s+ended\s+(?:on\s+)?\Z")
"""The year ended March 31: over by publication."""


def _forward(context: Context, unit: str) -> bool:
    """Whether a date is a limit that lies ahead ("to be repaid by December 31", "the December deadline")."""
    if unit not in ("day", "month"):
        return False
    if is_cause(context.in_front, context.behind):
        return False
    return bool(_UNTIL.search(context.in_front)) and not _is_over(context)


def lies_ahead(context: Context) -> bool:
    """Whether a weekday is one until which something goes on ("markets closed until Friday")."""
    return bool(_UNTIL_ONLY.search(context.in_front)) and not _is_over(context)


def _is_over(context: Context) -> bool:
    """Whether what went on until a date has ended ("he was in office until May")."""
    found = context.evidence
    if found.word in LISTS["remained"]:
        return True
    month = context.in_sentence("month")
    return found.tense == "past" and (
        found.side == "right"
        or not LISTS["done"].isdisjoint(found.word.split())
        or bool(month and _UNTIL_ONLY.search(context.in_front) and not context.is_after_all(month.end))
    )


def choose_year(choices: list[Period], context: Context, unit: str) -> tuple[Period, str, Period | None]:
    """The period of the likeliest year by publication and tense, why, and the other reading if undecided."""
    published = context.published
    assert published is not None
    nearest = sorted(choices, key=lambda p: distance(p, published))
    if context.dateline:
        return nearest[0], "dateline: nearest to publication", None
    slack = dt.timedelta(days=1 if unit == "day" else 0)
    before = [p for p in choices if p.start <= published + slack]
    after = [p for p in choices if p.end >= published]
    over = [p for p in before if p.end <= published]
    not_until = context.tense == "past" and _NOT_UNTIL.search(context.in_front)
    if over and (not_until or _ENDED.search(context.in_front)):
        return max(over), "last before publication (ended)", None
    near = distance(nearest[0], published) <= (60 if unit == "day" else 31 if unit == "month" else 0)
    strong = context.evidence.strong
    if after and (basis := _limit_ahead(context, unit, nearest[0], min(after), near=near)):
        return min(after), basis, None
    limit = _DEADLINE.search(context.in_front) or (unit == "month" and _ENDING_IN.search(context.in_front))
    if limit and context.tense != "future" and context.evidence.side == "left":
        strong = False
    if _ATTRIBUTIVE.search(context.in_front) and _NOUN.match(context.behind) and unit in ("day", "month"):
        strong = is_cause(context.in_front, context.behind)
    named = context.in_sentence("day") if unit == "day" and not near else None
    close = [p for p in choices if named is not None and 0 <= (p.start - named.start).days <= 62]
    if close and named is not None and abs((named.start - published).days) <= 92:
        return close[0], f"close after {named.value}, named in the sentence", None
    if strong and context.tense == "past" and before and not near:
        word = context.evidence.word
        other = min(after) if after and word.startswith("could not") else None
        return max(before), f"last before publication (past: {word})", other
    if unit in ("quarter", "half", "month") and context.tense == "future" and _FIGURES.match(context.behind):
        ended = [p for p in before if 0 <= (published - p.end).days <= 120]
        if ended:
            return max(ended), "last before publication (a report's figures)", None
    if strong and context.tense == "future" and after and not near:
        return min(after), f"first after publication (future: {context.evidence.word})", None
    if unit in ("quarter", "half") and context.tense == "past" and _FIGURES.match(context.behind):
        ended = [p for p in before if p.end <= published + dt.timedelta(days=10)]
        if ended:
            return max(ended), "last before publication (a report's figures)", None
    if unit in ("quarter", "half") and before:
        return max(before), "last before publication", None
    if near:
        return nearest[0], "nearest to publication", _reading_by_tense(nearest[0], before, after, context)
    return nearest[0], "nearest to publication", nearest[1] if len(nearest) > 1 else None


def _limit_ahead(context: Context, unit: str, nearest: Period, following: Period, *, near: bool) -> str:
    """The reason to take the next such date as a limit that lies ahead; "" for none."""
    assert context.published is not None
    if not near and _forward(context, unit) and (following.start - context.published).days <= 300:
        return "first after publication (a deadline)"
    ahead = _UNTIL_ONLY.search(context.in_front) and context.tense == "future"
    if ahead and nearest.end < context.published:
        return f"first after publication (until, {context.evidence.word})"
    return ""


def _reading_by_tense(
    nearest: Period, before: list[Period], after: list[Period], context: Context
) -> Period | None:
    """The reading that fits the tense, where the nearest period was chosen although it does not."""
    assert context.published is not None
    if not context.evidence.strong:
        return None
    if context.tense == "past" and before and nearest.start > context.published:
        return max(before) if max(before) != nearest else None
    if context.tense == "future" and after and nearest.end < context.published:
        return min(after)
    return None


def is_outdated(period: Period, context: Context) -> bool:
    """Whether a quarter that has just been reported lies too far back, as one of a business year."""
    assert context.published is not None
    if (context.published - period.end).days <= 150 or not _FIGURES.match(context.behind):
        return False
    return context.evidence.side == "left" and not LISTS["reported"].isdisjoint(context.evidence.word.split())


def distance(period: Period, date: dt.date) -> int:
    """Days between a period and a day; 0 inside."""
    if period.start <= date <= period.end:
        return 0
    return min(abs((period.start - date).days), abs((period.end - date).days))
