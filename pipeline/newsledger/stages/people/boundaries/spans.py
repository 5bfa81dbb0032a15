"""Corrects the classifier's spans: what is cut or joined wrongly.

Every rule has a name and adds it to :attr:`PersonSpan.rules`; the row's ``basis`` shows it: ``split``,
``title``, ``small word``, ``joined``, ``particle``, ``initial``, ``nickname``, ``given name``, ``suffix``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.extension import extended, open_quote
from newsledger.stages.people.boundaries.joining import join
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.trimming import separated, split, trimmed, two_with_spanish_and
from newsledger.values.mentions import NameSpan


def correct_spans(text: str, layout: Layout, spans: Iterable[NameSpan]) -> list[PersonSpan]:
    """Turn the spans labelled PER into names in text order that neither overlap nor cross a segment."""
    if not layout.segments:
        return []
    people = sorted((s.start_char, s.end_char) for s in spans if s.label == "PER")
    pieces = [
        piece for start, end in people for piece in split(text, layout, max(0, start), min(len(text), end))
    ]
    names = [open_quote(text, name) for piece in pieces if (name := trimmed(text, piece)) is not None]
    return _extended(text, layout, join(text, layout, separated(text, names)))


def _extended(text: str, layout: Layout, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    found: list[PersonSpan] = []
    for i, span in enumerate(spans):
        floor = found[-1].end if found else 0
        segment = layout.segment_at(span.start)
        ceiling = segment.end
        if i and two_with_spanish_and(text, spans[i - 1], span):
            floor = max(floor, span.start)
        if i + 1 < len(spans) and two_with_spanish_and(text, span, spans[i + 1]):
            ceiling = span.end
        span = extended(text, span, max(floor, segment.start), ceiling)
        if span.start >= floor:
            found.append(span)
    return found
