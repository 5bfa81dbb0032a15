"""What the filters know of a candidate span, and of the article around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.patterns import last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.title_breaks import title_floor
from newsledger.stages.people.filters import firms, stated, wire_marks
from newsledger.stages.people.filters.firm_names import FirmNames
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.roles import Before, Context
from newsledger.stages.people.tables import alternation, names
from newsledger.values.mentions import CountryMention, NameSpan

Votes = Mapping[str, Mapping[str, int]]
"""How often each surface got each label in the article."""

_PREVIOUS = re.compile(r"([^\W\d_][\w’'.-]*)[ \xa0]\Z")
_ACTS = re.compile(
    rf"['’]s\s+(?:{alternation(names().relative_words)})\b|,?\s+(?:{alternation(names().speech_verbs)}|who)\b|,\s+\d\d,"
)
"""After a name: what only a person does, has or is."""


@dataclass(frozen=True)
class Candidate:
    """A span that may be a person's name."""

    text: str
    span: PersonSpan
    titled: bool
    """Whether a role or a form of address stands before it."""
    known: bool
    """Whether the article has the full name of a person so called."""

    @property
    def start(self) -> int:
        """Where the name begins."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.span.end

    @cached_property
    def surface(self) -> str:
        """The name as written."""
        return self.text[self.span.start : self.span.end]

    @cached_property
    def words(self) -> list[str]:
        """The words as written."""
        return self.surface.split()

    @cached_property
    def keys(self) -> list[str]:
        """The folded words."""
        return [fold(word) for word in self.words]

    @cached_property
    def key(self) -> str:
        """The folded words, joined by blanks."""
        return " ".join(self.keys)

    @property
    def is_single(self) -> bool:
        """Whether the name has one word."""
        return len(self.words) == 1

    @cached_property
    def previous(self) -> str:
        """The word before the name in the same sentence, "" if there is none."""
        match = last_word(_PREVIOUS, self.text, max(0, self.span.start - 24), self.span.start)
        return match[1] if match is not None and not match[1].endswith(".") else ""


@dataclass(frozen=True)
class Evidence:
    """What the article says of the names in it; sets of surfaces where not said otherwise."""

    layout: Layout
    country_ends: Mapping[int, CountryMention]
    votes: Votes
    name_keys: frozenset[str]
    """Folded parts of the full names of people."""
    initials: frozenset[str]
    """First letters of the full names of people."""
    titled: frozenset[str]
    """Surfaces with a title somewhere."""
    used_as_firms: frozenset[str]
    firm_words: frozenset[str]
    """Folded words by which the article may call its firms."""
    short_firm_names: frozenset[str]
    """Two words and more that open the name of a firm."""
    opening_firms: frozenset[str]
    storms: frozenset[str]
    deities: frozenset[str]
    works: frozenset[str]
    """What the article quotes as the title of a film, a book ..."""
    stated_things: frozenset[str]
    """Single words that the article calls a firm or a town, and those of partnerships."""
    places: frozenset[str]
    """Surfaces that stand like places ("in Amethi") and never like people."""


def gather(
    context: Context,
    layout: Layout,
    spans: Sequence[NameSpan],
    found: Sequence[PersonSpan],
    firm_names: FirmNames,
    votes: Votes,
) -> tuple[list[Candidate], Evidence]:
    """The candidates of one article, and the evidence on them."""
    text = context.text
    surfaces = [text[span.start : span.end] for span in found]
    titles = [_title_before(context, layout, span) for span in found]
    has_title = [
        title.addressed or title.role is not None or "title" in span.rules
        for title, span in zip(titles, found, strict=True)
    ]
    used_as_firms = _used_as_firms(text, found, titles, firm_names)
    opening_firms = stated.opening_firms(text)
    short_firm_names = firms.short_firm_names(text, spans)
    people = [
        surface
        for surface, span in zip(surfaces, found, strict=True)
        if surface not in used_as_firms | opening_firms | short_firm_names
        and not firms.is_well_known_firm(surface)
        and not wire_marks.is_marked_as_firm(text, span.start, span.end)
    ]
    units = [units for surface in people if len(units := parse_name(surface).units) > 1]
    name_keys = frozenset(key for full in units for unit in full for key in (unit.key, unit.bare))
    evidence = Evidence(
        layout=layout,
        country_ends=context.country_ends,
        votes=votes,
        name_keys=name_keys,
        initials=frozenset("".join(unit.key[0] for unit in full) for full in units),
        # "producer <Harrow NV>" is no title of a person.
        titled=frozenset(
            surface
            for surface, span, title in zip(surfaces, found, has_title, strict=True)
            if title and text[span.start - 1 : span.start] != "<"
        ),
        used_as_firms=used_as_firms,
        firm_words=firms.firm_words(text, spans)
        | firm_names.first_words
        | {fold(surface.split()[-1]) for surface in used_as_firms if " " in surface},
        short_firm_names=short_firm_names,
        opening_firms=opening_firms,
        storms=stated.names_after_kind(text, "storm"),
        deities=stated.names_after_kind(text, "deity"),
        works=stated.quoted_works(text),
        stated_things=_stated_things(text, found, surfaces) | firm_names.partners,
        places=_places(text, found, votes),
    )
    candidates = [
        Candidate(text, span, titled=title, known=fold(surface) in name_keys)
        for span, surface, title in zip(found, surfaces, has_title, strict=True)
    ]
    return candidates, evidence


def _title_before(context: Context, layout: Layout, span: PersonSpan) -> Before:
    """The role or form of address before ``span``."""
    floor = layout.segment_at(span.start).start if layout.segments else 0
    floor = title_floor(context.text, layout, floor)
    return before(context, span.start, floor, full=False)


def _used_as_firms(
    text: str, found: Sequence[PersonSpan], titles: Sequence[Before], firm_names: FirmNames
) -> frozenset[str]:
    """Surfaces that the text uses as firms, and nowhere with a title of a person."""
    used = firms.names_used_as_firms(text, found, firm_names.like_people)
    used |= wire_marks.marked_elsewhere(text, found)
    return used - {
        text[span.start : span.end]
        for span, title in zip(found, titles, strict=True)
        if title.addressed or (title.role is not None and not firms.is_used_as_firm(text, span))
    }


def _stated_things(text: str, found: Sequence[PersonSpan], surfaces: Sequence[str]) -> frozenset[str]:
    """Single words that the article calls a firm, a town or an animal."""
    apposed = {
        surface
        for surface, span in zip(surfaces, found, strict=True)
        if " " not in surface and stated.is_apposed_kind(text, span.end)
    }
    return frozenset(apposed.union(stated.organisations_named(text)))


def _places(text: str, found: Sequence[PersonSpan], votes: Votes) -> frozenset[str]:
    """Surfaces that stand after "in" or "near" twice, or once and labelled so, and nowhere like people."""
    people: set[str] = set()
    times: dict[str, int] = {}
    for span in found:
        surface = text[span.start : span.end]
        if "title" in span.rules or _ACTS.match(text, span.end, span.end + 16):
            people.add(surface)
        elif stated.is_after_locative(text, span):
            times[surface] = times.get(surface, 0) + 1
    return frozenset(
        surface
        for surface, n in times.items()
        if surface not in people and (n > 1 or votes.get(surface, {}).get("LOC", 0) > 0)
    )
