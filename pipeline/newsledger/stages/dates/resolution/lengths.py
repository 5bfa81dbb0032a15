"""Lengths of time, windows that touch publication."""

from __future__ import annotations

from dataclasses import replace

from newsledger.stages.dates import calendar as cal
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.calendar import Period
from newsledger.stages.dates.cues import cue
from newsledger.stages.dates.expressions import duration_value
from newsledger.stages.dates.resolution import values as v
from newsledger.stages.dates.resolution.context import Context
from newsledger.stages.dates.words import LISTS

_PLANS = LISTS["will"] | LISTS["planned"] | {"to", "would", "should", "must", "we"}
"""What makes "in a week" a date; "can be done in a week" is a length."""


@v.value_of.register
def _ahead(ahead: x.DurationAhead, context: Context) -> v.Value:
    """In three years: a date where the tense is future, else a length."""
    words = context.evidence.word.split()
    planned = context.tense == "future" and words[0] not in LISTS["was"] and not _PLANS.isdisjoint(words)
    awaited = cue("awaited_vote", context.span)
    if (planned or awaited) and context.published is not None:
        moved = v.plus(context.published, ahead.duration, 1)
        if moved is not None and moved[1] in cal.MONTHS_IN | cal.DAYS_IN:
            reason = f"future: {context.evidence.word}" if planned else "of an event to come"
            found = cal.containing(moved[1], moved[0])
            return v.dated(found, "published", f"counted from publication ({reason})")
    return _amount(ahead.duration, context)


@v.value_of.register
def _amount(duration: x.Duration, context: Context) -> v.Value:
    value = duration_value(duration)
    if duration.high is not None:
        value += "/" + duration_value(
            replace(duration, numbers=((duration.high, duration.numbers[0][1]),), high=None)
        )
    return v.Value(value, "DURATION", None, duration.long_unit or duration.numbers[-1][1], basis=("length",))


@v.value_of.register
def _window(window: x.Window, context: Context) -> v.Value:
    made = _amount(window.duration, context)
    published = context.published
    basis = "window before publication" if window.sign < 0 else "window after publication"
    if published is None:
        return replace(made, basis=(basis,))
    if window.sign > 0 and context.tense == "past" and context.evidence.side == "right":
        return replace(made, basis=(f"window in a story (past: {context.evidence.word})",))
    period = None
    if (
        window.duration.high is None
        and (moved := v.plus(published, window.duration, window.sign)) is not None
    ):
        start, end = sorted((published, moved[0]))
        period = Period("days", start, end, made.value)
    return replace(made, anchor="published", basis=(basis,), period=period)
