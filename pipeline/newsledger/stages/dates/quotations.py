"""Quotations, and the day on which their words were spoken."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from newsledger.document.layout import Layout
from newsledger.grammar import Span
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import expressions as x
from newsledger.stages.dates.tense import evidence
from newsledger.stages.dates.words import LISTS


class NamedDay(NamedTuple):
    """A day that the text names: the place of its mention, and the day."""

    span: Span
    date: dt.date


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


def _is_quoted(quoted: list[tuple[int, int]], position: int) -> bool:
    """Whether one of the quotations holds a position."""
    at = bisect_right(quoted, (position,)) - 1
    return at >= 0 and position < quoted[at][1]


def is_day_word(expression: object) -> bool:
    """Whether an expression is reckoned from the day of speech: today, yesterday, tonight, this morning."""
    if isinstance(expression, x.DateTime):
        return is_day_word(expression.date)
    return isinstance(expression, x.Step) and (expression.unit, expression.base) == ("day", "published")


@lru_cache(maxsize=1)
def _document_start(text: str) -> int:
    """Where the text of a letter or speech begins that an article gives in full; its end if it gives none."""
    found = _INTRODUCES.search(text)
    return found.end() if found else len(text)


_INTRODUCES = lazy_regex(
    r"(?:\b(?:letter|remarks|speech|statement|text|transcript)\b[^\n]{0,80}\b(?:below|follows?)|"
    r"^[A-Z][\w’' ]{0,60}\b(?:letter|remarks|speech|transcript|REMARKS)) ?: *$",
    re.MULTILINE,
)
"""The text of the letter is below; Full remarks."""


def is_told(span: Span, layout: Layout) -> bool:
    """Whether the article itself speaks at a place, outside quotations and what it gives in full."""
    segment = layout.segment_at(span.start)
    quoted = _is_quoted(quotations(span.text, segment.start, segment.end), span.start)
    return not quoted and span.start < _document_start(span.text)


def day_of_speech(span: Span, layout: Layout, days: Sequence[NamedDay]) -> dt.date | None:
    """The day that the paragraph gives to the quotation around a place; None where it gives none.

    It is the last of ``days``, those that the paragraph names before the word, outside quotations, if a verb
    of speech governs it or it opens the paragraph and is past.
    """
    segment = layout.segment_at(span.start)
    told = [day for day in days if is_told(day.span, layout)]
    for day in told:
        first, last = layout.sentence_at(day.span.start)
        shown = evidence(replace(day.span, segment_start=first, segment_end=last))
        opens = day.span.start - segment.start < 12 and shown.tense == "past"
        if day.date == told[-1].date and (opens or not LISTS["speaking"].isdisjoint(shown.word.split())):
            return day.date
    return None
