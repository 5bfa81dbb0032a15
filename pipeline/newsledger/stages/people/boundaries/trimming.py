"""Cuts a classifier's span down to names: at "and", at a comma or a paragraph's end, after a title."""

from __future__ import annotations

from collections.abc import Mapping

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import BLANK, CAPITAL
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.tables import names, roles
from newsledger.values.mentions import CountryMention

_PLAIN = lazy_regex(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
"""A span of whole words alone, with nothing at its ends or between them that could be wrong."""
_BREAK = lazy_regex(
    r"\s*(?:\s(?:and|&|und|or|—)\s|(?<!\b[AE]l)\s[-–]\s|--+|[;/|\t]|,(?!\s*(?:Jr|Sr|II|III|IV)\b))\s*"
)
_TRIM_LEFT = lazy_regex(r"[\s,;:.!?*|/\\<>@#&–—\-_¬•·)\]]+")
_TRIM_RIGHT = lazy_regex(
    rf"(?:['’`´]s| (?:{any_of(names().post_nominals)})|[\s,;:!?'’‘“”\"`*|/\\<>@#&–—\-_])+\Z"
)
_OPENING = {"’": "‘", "”": "“", '"': '"', "'": "'"}
_SMALL_END = lazy_regex(rf"(?<=[^\W\d_A-Z.]){BLANK}(?:[a-z][\w’']*|(?:in|on|since|until){BLANK}[A-Z]\w+)\Z")
_SMALL_WORD = lazy_regex(rf"([a-zß-öø-ÿ]\w*){BLANK}+(?={CAPITAL})")
_WORD = lazy_regex(r"[^\W\d_](?:[^\W_]|['’.\-‘](?=[^\W_]))*\.?")


def split(text: str, layout: Layout, start: int, end: int) -> list[PersonSpan]:
    """Cut a span at segment borders, at "and", at a comma or a slash."""
    if _PLAIN.fullmatch(text, start, end) and layout.segment_at(start).end >= end:
        return [PersonSpan(start, end)]
    breaks = [match.span() for match in _BREAK.finditer(text, start, end)]
    lefts, rights = [start, *(b for _, b in breaks)], [*(a for a, _ in breaks), end]
    pieces = [
        piece
        for left, right in zip(lefts, rights, strict=True)
        for piece in _within_segments(layout, left, right)
    ]
    rules = ("split",) if len(pieces) > 1 else ()
    return [PersonSpan(left, right, rules) for left, right in pieces]


def _within_segments(layout: Layout, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of start:end that lie in one segment each."""
    pieces = []
    while start < end:
        stop = layout.segment_at(start).end
        if stop <= start:
            start += 1  # between two segments
            continue
        pieces.append((start, min(stop, end)))
        start = stop
    return pieces


def trimmed(text: str, span: PersonSpan, countries: Mapping[int, CountryMention]) -> PersonSpan | None:
    """Leave out of a span what is no part of a name, as "Canadian" before it; None where nothing is left."""
    if not _PLAIN.fullmatch(text, span.start, span.end):
        span = _past_small_words(text, _before_small_word(text, _without_punctuation(text, span)))
    start = _after_titles(text, span.start, span.end)
    if start > span.start:
        span = span.with_bounds("title", start=start)
    country = countries.get(span.start)
    if country is not None and text.count(" ", country.end_char, span.end) > 1:
        span = span.with_bounds("title", start=country.end_char + 1)
    return span if span.start < span.end and not _is_title(text, span) else None


def _without_punctuation(text: str, span: PersonSpan) -> PersonSpan:
    """Take blanks, punctuation and a possessive off both ends, but no mark that closes a nickname."""
    start, end = span.start, span.end
    match = _TRIM_LEFT.match(text, start, end)
    start = match.end() if match else start
    match = _TRIM_RIGHT.search(text, start, end)
    opening = _OPENING.get(text[end - 1])
    if match and (opening is None or opening not in text[start : end - 1]):
        end = match.start()
    return span.with_bounds(start=start, end=end)


def _before_small_word(text: str, span: PersonSpan) -> PersonSpan:
    """Leave out a last word in small letters ("Lopez w"), "in May" too, but not where none are capitals."""
    match = _SMALL_END.search(text, max(span.start, span.end - 24), span.end)
    if match is None or fold(match[0]) in names().particles or text[span.start : span.end].islower():
        return span
    return span.with_bounds(end=match.start())


def _past_small_words(text: str, span: PersonSpan) -> PersonSpan:
    """Step over words in small letters before the name that are no particles ("lia Maria Lopez")."""
    match = _SMALL_WORD.match(text, span.start, span.end)
    while match is not None and fold(match[1]) not in names().particles:
        span = span.with_bounds("small word", start=match.end())
        match = _SMALL_WORD.match(text, span.start, span.end)
    return span


def _is_title(text: str, span: PersonSpan) -> bool:
    """Whether a span is a title and no name: "Mr" alone, "Amb" in "Amb. Nora Hale"."""
    key = fold(text[span.start : span.end])
    table = roles()
    titled = key in table.honorifics or key in table.short
    return titled or ((key,) in table.styles and key not in names().ambiguous_titles)


def _after_titles(text: str, start: int, end: int) -> int:
    """Where the name begins after forms of address and roles ("President Biden", "Mr Kato")."""
    words = list(_WORD.finditer(text, start, end))
    at = 0
    while at < len(words) - 1:
        given = words[at][0].lower() in names().ambiguous_titles
        size = 0 if given else _title_size([match[0] for match in words[at:]])
        if not size:
            break
        at += size
    return words[at].start() if at else start


def _title_size(words: list[str]) -> int:
    """How many of ``words`` are a form of address or a role before a name."""
    table = roles()
    key = words[0].lower().rstrip(".")
    if key in table.honorifics:
        return 1
    for phrase in table.by_first.get(table.short.get(key, (key,))[0], ()):
        if phrase in table.small:
            continue
        written: tuple[str, ...] = ()
        size = 0
        while len(written) < len(phrase) and size < len(words):
            key = words[size].lower().rstrip(".")
            written += table.short.get(key, (key,))
            size += 1
        if written == phrase and size < len(words):
            return size
    return 0
