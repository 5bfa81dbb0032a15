"""Filters: whether a word or number that looks like a date is one, judged by its context."""

from __future__ import annotations

import re

from newsledger.grammar import Span
from newsledger.lexicons.load import lazy_regex
from newsledger.stages.dates import words as w
from newsledger.stages.dates.cues import cue

_LAST_WORD = lazy_regex(r"([^\W\d_]+(?:['’][a-z]+)?)[^\w]*\Z")
_NEXT_WORD = lazy_regex(r"\s*([^\W\d_]+)")


def last_word(left: str) -> str:
    """The last word of the text before a match ("" if none)."""
    match = _LAST_WORD.search(left[-40:])
    return match[1] if match else ""


def next_word(right: str) -> str:
    """The word that follows directly ("" after a punctuation mark)."""
    match = _NEXT_WORD.match(right)
    return match[1] if match else ""


def is_year(span: Span, value: int) -> bool:
    """Whether a lone four-digit number is read as a year."""
    if cue("no_year", span) or cue("no_year_behind", span):
        return False
    left, following = span.left(32), next_word(span.right(24))
    word = last_word(left) if not re.search(r"\d\W*\Z", left) else ""
    if word in w.LISTS["label_words"] or word in w.LISTS["count_words"]:
        plain = word in ("over", "total") and value % 50 != 0  # "5 pct over 1985", "total 1985 sales"
        return bool(plain or cue("dated_count", span)) and word in w.LISTS["count_words"]
    if value > 2100:
        return False
    the = cue("the_only", span) is not None
    plural = _is_plural(following) and following != "levels"
    if 1900 <= value <= 2099:
        return the or not (plural and value % 50 == 0)
    if cue("about_only", span) and following:
        return False
    if cue("surely_in_year", span) and not plural:
        return value >= 1500 or not the
    return 1500 <= value < 1900 and (the or not plural) and value % 10 != 0 and bool(cue("in_year", span))


def _capital_next(span: Span) -> bool:
    match = _NEXT_WORD.match(span.low, span.end, span.segment_end)
    return match is not None and span.text[match.start(1)].isupper()


def _is_plural(word: str) -> bool:
    counts = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return counts or word.endswith(("children", "people", "women", "men"))


def is_month(span: Span, word: str) -> bool:
    """Whether a month's name without day and year is the month."""
    name = word.rstrip(".")
    surface = span.surface
    if not surface[0].isupper():
        return name in w.MONTHS and name not in w.AMBIGUOUS_MONTHS
    if cue("no_month_behind", span):
        return False
    if name not in w.AMBIGUOUS_MONTHS and name in w.MONTHS:
        return True
    if name in w.MONTH_ABBREVIATIONS:
        dashed = cue("dash_month", span) or cue("month_dash", span)  # Dec-Feb
        return bool(dashed or cue("before_short_month", span))
    capital = _capital_next(span)
    if name == "may":
        return _is_may(span, capital)
    if name == "march" and cue("the_march", span):
        return cue("march_of", span) is not None
    if cue("before_month", span):
        return True
    return not capital and not (name == "march" and cue("march_on", span))


def _is_may(span: Span, capital: bool) -> bool:
    """Whether "May" is the month, and no verb and no name; ``capital``: a capitalised word follows."""
    quoted = cue("traded", span) and cue("opens", span)
    if quoted or cue("month_behind", span) or cue("month_before", span):
        return True
    if cue("acts", span):
        return False
    if cue("before_may", span):
        name = ("and", "to", "for", "from", "of", "by", "or", "on", "after", "before")
        return not (capital and last_word(span.left()) in name)
    return bool(cue("determined_may", span) and cue("word_behind", span)) and not capital


def is_weekday(span: Span, word: str) -> bool:
    """Whether a weekday's name is a date."""
    name = word.rstrip(".")
    if name in w.WEEKDAY_ABBREVIATIONS:
        alone = name not in ("sun", "sat", "wed", "mon") and not cue("word_behind", span)
        return alone and cue("before_short_weekday", span) is not None
    return not (cue("before_no_weekday", span) or cue("name_with_weekday", span) or cue("the_13th", span))


def is_capitalised(span: Span, word: str) -> bool:
    """Whether a word of the match is written with a capital."""
    return span.text[span.start + span.low_surface.find(word.rstrip("."))].isupper()
