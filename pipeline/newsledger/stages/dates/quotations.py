"""Quotations, and the day on which their words were spoken."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from newsledger.document.layout import Layout
from newsledger.grammar import Span
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.cues import CUES
from newsledger.stages.dates.tense import evidence
from newsledger.stages.dates.words import LISTS
from newsledger.values.mentions import DateMention

_MARK = lazy_regex('["“”]')


@lru_cache(maxsize=1)
def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of what stands in double quotation marks in ``text[start:end]``; one left open goes to its end.

    >>> quotations('"Yes," he said. “No', 0, 19)
    [(0, 6), (16, 19)]
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            opened = mark.start() if mark[0] != "”" else None
        elif mark[0] != "“":
            found.append((opened, mark.end()))
            opened = None
    return found if opened is None else [*found, (opened, end)]


def is_day_word(expression: object) -> bool:
    """Whether an expression is reckoned from the day of speech: today, yesterday, tonight, this morning."""
    if isinstance(expression, x.DateTime):
        return is_day_word(expression.date)
    return isinstance(expression, x.Step) and (expression.unit, expression.base) == ("day", "published")


@lru_cache(maxsize=1)
def _document_start(text: str) -> int:
    """Where the text of a letter or speech begins that an article gives in full; its end if it gives none."""
    found = CUES["full_text"].regex.search(text)
    return found.end() if found else len(text)


def is_unquoted(position: int, layout: Layout) -> bool:
    """Whether a place is in the article's own words, outside quotations and reproduced texts."""
    if position >= _document_start(layout.text):
        return False
    segment = layout.segment_at(position)
    quoted = quotations(layout.text, segment.start, segment.end)
    at = bisect_right(quoted, (position,)) - 1
    return at < 0 or position >= quoted[at][1]


def day_of_speech(span: Span, layout: Layout, mentions: Sequence[DateMention]) -> dt.date | None:
    """The day that the paragraph gives to the quotation around a place; None if it gives none.

    It is named in the paragraph before the word, outside quotations, and a verb of speech governs it, or it
    opens the paragraph and is past.
    """
    start = layout.segment_at(span.start).start
    named_before = [m for m in mentions[-20:] if m.start_char >= start and m.start_date]
    for day in named_before:
        if day.start_date != day.end_date or not is_unquoted(day.start_char, layout):
            continue
        first, last = layout.sentence_at(day.start_char)
        named = replace(span, start=day.start_char, end=day.end_char, segment_start=first, segment_end=last)
        shown = evidence(named)
        opens = day.start_char - start < 12 and shown.tense == "past"
        if opens or not LISTS["speaking"].isdisjoint(shown.word.split()):
            return day.start_date
    return None
