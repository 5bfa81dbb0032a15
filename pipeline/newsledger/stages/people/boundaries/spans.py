"""Corrects the classifier's spans: what is cut or joined wrongly.

Every rule has a name and adds it to :attr:`PersonSpan.rules`; the row's ``basis`` shows it: ``split``,
``title``, ``small word``, ``joined``, ``particle``, ``initial``, ``nickname``, ``given name``, ``suffix``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.extension import extended, open_quote
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import BLANK
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.trimming import split, trimmed
from newsledger.stages.people.tables import names
from newsledger.values.mentions import CountryMention, NameSpan


def correct_spans(
    text: str, layout: Layout, spans: Iterable[NameSpan], countries: Mapping[int, CountryMention]
) -> list[PersonSpan]:
    """Turn the spans labelled PER into names in text order that neither overlap nor cross a segment."""
    people = sorted((s.start_char, s.end_char) for s in spans if s.label == "PER")
    pieces = [
        piece for start, end in people for piece in split(text, layout, max(0, start), min(len(text), end))
    ]
    trimmed_names = [
        open_quote(text, name) for piece in pieces if (name := trimmed(text, piece, countries)) is not None
    ]
    found: list[PersonSpan] = []
    for span in join(text, layout, _separated(text, trimmed_names)):
        floor = found[-1].end if found else 0
        segment = layout.segment_at(span.start)
        # "the Hale-Brazil talks"
        ceiling = span.end if span.end + 1 in countries else segment.end
        span = extended(text, span, max(floor, segment.start), ceiling)
        if span.start >= floor:
            found.append(span)
    return found


def _separated(text: str, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Cut "ADA LIND BO MOE" where the text has both names apart: else every Bo Moe would be Ada Lind."""
    surfaces = [text[span.start : span.end].split() for span in spans]
    full = {fold("".join(words)) for words in surfaces if len(words) > 1}
    pieces: list[PersonSpan] = []
    for span, words in zip(spans, surfaces, strict=True):
        for gap in re.finditer(BLANK, text[span.start : span.end]) if len(words) > 3 else ():
            cut, after = span.start + gap.start(), span.start + gap.end()
            if fold(text[span.start : cut]) in full and fold(text[after : span.end]) in full:
                pieces.append(span.with_bounds("split", end=cut))
                span = span.with_bounds("split", start=after)
                break
        pieces.append(span)
    return pieces


def join(text: str, layout: Layout, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Join neighbours that are one name cut in two: at a particle, an initial, a hyphen, a nickname."""
    joined: list[PersonSpan] = []
    for span in spans:
        if len(joined) > 1 and _NICKNAME.fullmatch(text, joined[-2].end, span.start):
            joined.pop()
        rule = _joining_rule(text, layout, joined[-1], span) if joined else None
        if rule is None:
            joined.append(span)
        else:
            joined[-1] = joined[-1].with_bounds(rule, *span.rules, end=span.end)
    return joined


_SMALL = any_of(names().joining_particles)
_PARTICLES = lazy_regex(
    rf"{BLANK}+(?:(?:{_SMALL}){BLANK}+){{1,3}}(?:(?:{any_of(names().arabic_articles)})-)?"
)
_GAP = lazy_regex(
    rf"{BLANK}+|[)\]]{BLANK}|[-‐‑]{BLANK}?|{BLANK}[-‐‑]|(?<=\b[AE]l) - "
    rf"|{BLANK}+(?:[A-Z]\.?{BLANK}+){{1,2}}|(?<=\b[A-Z])\.{BLANK}?"
)
"""What may lie between two halves of a name."""
_NICKNAME = lazy_regex(rf"{BLANK}[\"“][A-Z][\w’'. -]{{1,24}}[\"”]{BLANK}")
"""A nickname in quotation marks between two halves of a name, with which it is one ('Ada "Bee" Lind')."""
_INITIAL_END = lazy_regex(r"(?:[A-Z]\.? ?){1,2}\Z")
_OPENS_BRACKET = frozenset({" (", " (“", ' ("'})


def _joining_rule(text: str, layout: Layout, last: PersonSpan, span: PersonSpan) -> str | None:
    far = not last.end <= span.start <= last.end + 40
    if far or "split" in span.rules or layout.segment_at(last.start) != layout.segment_at(span.start):
        return None
    left, gap, right = text[last.start : last.end], text[last.end : span.start], text[span.start : span.end]
    if _PARTICLES.fullmatch(gap):
        return "particle"
    if _NICKNAME.fullmatch(gap) or (gap in _OPENS_BRACKET and ") " in right and "(" not in right):
        # "Ada Lind (Maria) Hale", cut at the bracket
        return "nickname"
    if not _GAP.fullmatch(text, last.end, span.start):
        return None
    two_names = " " in left and " " in right and not _INITIAL_END.search(left)
    return None if two_names else "joined"
