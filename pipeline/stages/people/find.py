"""Finds the people of one article."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout import Layout, lay_out
from pipeline.mentions import CountryMention, NameSpan, PersonMention
from pipeline.stages.people.known import KnownPeople


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] | None = None,
    countries: Sequence[CountryMention] = (),
    known: KnownPeople | None = None,
) -> list[PersonMention]:
    """Find the people of ``text`` among the spans ``names`` (None: ask the names stage)."""
    if names is None:
        from pipeline.stages import names as names_stage

        names = names_stage.find(text, layout=layout)
    layout = layout or lay_out(text)
    numbers: dict[str, int] = {}
    return [
        PersonMention(
            start_char=span.start_char,
            end_char=span.end_char,
            surface=span.surface,
            name=span.surface,
            person=numbers.setdefault(span.surface, len(numbers)),
            zone=layout.zone_at(span.start_char),
            basis="model",
        )
        for span in names
        if span.label == "PER"
    ]
