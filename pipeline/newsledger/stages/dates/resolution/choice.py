"""Chooses the year of a date without one: by publication and tense, else the nearest."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import LISTS


class _Choices(NamedTuple):
    """The periods that a name may mean, by nearness, before and after publication; whether one is near."""

    published: dt.date
    nearest: list[Period]
    before: list[Period]
    after: list[Period]
    near: bool


Chosen = tuple[Period, str, Period | None]
"""The period of the likeliest year, why, and the other reading if undecided."""


def choose_year(choices: list[Period], context: Context, unit: str) -> Chosen:
    """The period of the likeliest year by publication and tense, why, and the other reading if undecided."""
    published = context.published
    assert published is not None
    nearest = sorted(choices, key=lambda p: distance(p, published))
    if context.dateline:
        return nearest[0], "dateline: nearest to publication", None
    slack = dt.timedelta(days=1 if unit == "day" else 0)
    near = distance(nearest[0], published) <= (60 if unit == "day" else 31 if unit == "month" else 0)
    before = [p for p in choices if p.start <= published + slack]
    found = _Choices(published, nearest, before, [p for p in choices if p.end >= published], near)
    for rule in (_by_words, _by_sentence, _by_figures, _by_tense):
        if chosen := rule(found, context, unit):
            return chosen
    if unit in ("quarter", "half") and before:
        return max(before), "last before publication", None
    if near:
        return nearest[0], "nearest to publication", _reading_by_tense(found, context)
    return nearest[0], "nearest to publication", nearest[1] if len(nearest) > 1 else None


def _by_words(choices: _Choices, context: Context, unit: str) -> Chosen | None:
    """By the words in front: since, ended, payable, until, before."""
    published, nearest, before, after, near = choices
    evidence = context.evidence
    if before and evidence.word == "since":
        return max(before), "last before publication (since)", None
    over = [p for p in before if p.end <= published]
    if over and cue("ended", context.span):
        return max(over), "last before publication (ended)", None
    until = evidence.tense == "future" and cue("until", context.span)
    if until and after and nearest[0].end < published:
        return min(after), f"first after publication (until, {evidence.word})", None
    if evidence.limit and before and after:
        past = evidence.tense == "past" and not near
        chosen, other = (max(before), min(after)) if past else nearest[:2]
        return chosen, f"beside a limit in time ({evidence.word})", other
    return None


def _by_sentence(choices: _Choices, context: Context, unit: str) -> Chosen | None:
    """Close after a day that the sentence has named."""
    named = context.in_sentence("day") if unit == "day" and not choices.near else None
    if named is None or abs((named.start - choices.published).days) > 92:
        return None
    close = [p for p in sorted(choices.nearest) if 0 <= (p.start - named.start).days <= 62]
    return (close[0], f"close after {named.value}, named in the sentence", None) if close else None


def _by_figures(choices: _Choices, context: Context, unit: str) -> Chosen | None:
    """Figures of a quarter or month that are reported: those of the last one."""
    reported = context.tense and cue("figures_next", context.span)
    if unit not in ("quarter", "half", "month") or not reported:
        return None
    if unit == "month" and (context.tense == "past" or choices.near):
        return None
    first, last = (-10, 9999) if context.tense == "past" else (0, 120)
    ended = [p for p in choices.before if first <= (choices.published - p.end).days <= last]
    return (max(ended), "last before publication (a report's figures)", None) if ended else None


def _by_tense(choices: _Choices, context: Context, unit: str) -> Chosen | None:
    """By a sure tense, where no such period is near."""
    _, _, before, after, near = choices
    evidence = context.evidence
    if near or not _is_sure(context, unit):
        return None
    if evidence.tense == "past" and before:
        return max(before), f"last before publication (past: {evidence.word})", None
    if evidence.tense == "future" and after:
        return min(after), f"first after publication (future: {evidence.word})", None
    return None


def _is_sure(context: Context, unit: str) -> bool:
    """Whether the tense decides: not for a deadline, nor for a noun's month ("the May vote")."""
    evidence = context.evidence
    if cue("attributive", context.span) and cue("noun_next", context.span) and unit in ("day", "month"):
        return evidence.word in LISTS["unplanned"]
    limit = cue("deadline", context.span) and evidence.tense != "future" and evidence.side == "left"
    return evidence.strong and not limit


def _reading_by_tense(choices: _Choices, context: Context) -> Period | None:
    """The reading that fits the tense, where the nearest period was chosen although it does not."""
    published, (nearest, *_), before, after, _ = choices
    if not context.evidence.strong:
        return None
    if context.tense == "past" and before and nearest.start > published:
        return max(before) if max(before) != nearest else None
    if context.tense == "future" and after and nearest.end < published:
        return min(after)
    return None


def is_outdated(period: Period, context: Context) -> bool:
    """Whether a quarter that has just been reported lies too far back, as one of a business year."""
    assert context.published is not None
    if (context.published - period.end).days <= 150 or not cue("figures_next", context.span):
        return False
    return context.evidence.side == "left" and not LISTS["reported"].isdisjoint(context.evidence.word.split())


def distance(period: Period, date: dt.date) -> int:
    """Days between a period and a day; 0 inside."""
    if period.start <= date <= period.end:
        return 0
    return min(abs((period.start - date).days), abs((period.end - date).days))
