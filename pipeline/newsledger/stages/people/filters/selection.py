"""Decides for each candidate span whether it is a person, and drops the others."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold, parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.title_breaks import title_floor
from newsledger.stages.people.filters.declared import (
    called_organisations,
    deities,
    opening_firms,
    said_to_be_a_thing,
    storm_names,
)
from newsledger.stages.people.filters.drops import Scene, Votes, dropped
from newsledger.stages.people.filters.firm_names import FirmNames, has_ticker
from newsledger.stages.people.filters.firm_signs import (
    between_angles,
    bracketed,
    firm_words,
    short_firms,
)
from newsledger.stages.people.filters.firms import firms_called, like_a_firm, well_known
from newsledger.stages.people.filters.places import standing_places
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.roles import Context
from newsledger.values import trace
from newsledger.values.mentions import NameSpan


def select_people(
    context: Context,
    layout: Layout,
    names: Sequence[NameSpan],
    firm_names: FirmNames,
    votes: Votes,
    works: frozenset[str],
    found: list[PersonSpan],
) -> tuple[list[PersonSpan], frozenset[int]]:
    """Drop what is plainly no person; the second value tells where a firm or a family bears a surname."""
    text = context.text
    openers, firms = opening_firms(text), short_firms(text, names)
    called = firms_called(text, found, firm_names.like_people) | bracketed(text, found)
    families: set[str] = set()
    initials: set[str] = set()
    has_title = []
    addressed = set()
    for piece in found:
        surface = text[piece.start : piece.end]
        units = parse_name(surface).units
        if len(units) > 1 and not (
            surface in openers
            or surface in firms
            or surface in called
            or well_known(surface)
            or between_angles(text, piece.start, piece.end)
            or has_ticker(text, piece.end)
        ):
            families.update(u.key for u in units)
            families.update(u.bare for u in units)
            initials.add("".join(u.key[0] for u in units))
        floor = layout.segment_at(piece.start).start if layout.segments else 0
        floor = title_floor(text, layout, floor)
        stands = before(context, piece.start, floor, full=False)
        has_title.append(stands.addressed or stands.role is not None or "title" in piece.rules)
        if stands.addressed or (
            stands.role is not None and surface in called and not like_a_firm(text, piece)
        ):
            addressed.add(surface)
    called -= addressed
    scene = Scene(
        context,
        layout,
        votes,
        places=standing_places(text, found, votes),
        firms=firm_words(text, names)
        | firm_names.first
        | {fold(surface.split()[-1]) for surface in called if " " in surface},
        families=frozenset(families),
        initials=frozenset(initials),
        openers=openers,
        short_firms=firms,
        works=works,
        storms=storm_names(text),
        deities=deities(text),
        apposed=frozenset(
            text[f.start : f.end]
            for f in found
            if " " not in text[f.start : f.end] and said_to_be_a_thing(text, f.end)
        )
        | called_organisations(text)
        | firm_names.words,
        titled=frozenset(
            text[f.start : f.end]
            for f, t in zip(found, has_title, strict=True)
            # "producer <Harrow NV>"
            if t and text[f.start - 1 : f.start] != "<"
        ),
    )
    kept = []
    refused = set()
    for piece, titled_here in zip(found, has_title, strict=True):
        surface = text[piece.start : piece.end]
        known = fold(surface) in families
        why = "called a firm" if surface in called and not known else None
        if why is not None:
            # It may be what somebody is the chairman of.
            firm = NameSpan(start_char=piece.start, end_char=piece.end, surface=surface, label="ORG")
            context.name_starts.setdefault(piece.start, firm)
            context.name_ends.setdefault(piece.end, firm)
        why = why or dropped(scene, piece, titled=titled_here, known=known)
        if why is None:
            kept.append(piece)
        else:
            trace.note("people", "dropped", piece.start, piece.end, why)
            if why in {"company", "family"} and known:
                refused.add(piece.start)
    return kept, frozenset(refused)
