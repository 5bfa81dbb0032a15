"""Joins spans that are one name cut in two: at a particle, an initial, a hyphen, a nickname."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of
from newsledger.stages.people.boundaries.patterns import BLANK
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.trimming import two_with_spanish_and
from newsledger.stages.people.tables import names

_SMALL = any_of(names().joining_particles)
_ARTICLE = any_of(names().arabic_articles)
_PARTICLES = re.compile(rf"{BLANK}+(?:(?:{_SMALL}){BLANK}+){{1,3}}(?:(?:{_ARTICLE})-)?")
_GAP = re.compile(
    rf"{BLANK}+|[)\]]{BLANK}|[-‐‑]{BLANK}?|{BLANK}[-‐‑]|(?<=\b[AE]l) - "
    rf"|{BLANK}+(?:[A-Z]\.?{BLANK}+){{1,2}}|(?<=\b[A-Z])\.{BLANK}?"
)
"""What may lie between two halves of a name."""
_INITIAL_END = re.compile(r"(?:[A-Z]\.? ?){1,2}\Z")
_OPENS_BRACKET = frozenset({" (", " (“", ' ("'})


def join(text: str, layout: Layout, spans: Sequence[PersonSpan]) -> list[PersonSpan]:
    """Join neighbours that are one name."""
    joined: list[PersonSpan] = []
    for span in spans:
        rule = _joining_rule(text, layout, joined[-1], span) if joined else None
        if rule is None:
            joined.append(span)
        else:
            joined[-1] = joined[-1].with_bounds(rule, *span.rules, end=span.end)
    return joined


def _joining_rule(text: str, layout: Layout, last: PersonSpan, span: PersonSpan) -> str | None:
    """The rule by which ``last`` and ``span`` are one name."""
    far = not last.end <= span.start <= last.end + 40
    if far or layout.segment_at(last.start) != layout.segment_at(span.start):
        return None
    left, gap, right = text[last.start : last.end], text[last.end : span.start], text[span.start : span.end]
    if "split" in span.rules or two_with_spanish_and(text, last, span):
        return None
    if _PARTICLES.fullmatch(gap):
        return "particle"
    if gap in _OPENS_BRACKET and ") " in right and "(" not in right:
        # "Ada Lind (Maria) Hale", cut at the bracket
        return "nickname"
    if gap == " " and right[0] in '"“' and " " in right and _INITIAL_END.search(left):
        # "Ben J. “Jack” Hale", cut before the nickname
        return "nickname"
    if not _GAP.fullmatch(text, last.end, span.start):
        return None
    two_names = " " in left and " " in right and not _INITIAL_END.search(left)
    return None if two_names else "joined"
