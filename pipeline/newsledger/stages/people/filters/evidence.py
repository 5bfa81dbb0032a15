"""What the filters know of a candidate span, and of the article around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import NamePart, fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.patterns import last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters import firms, stated
from newsledger.stages.people.filters.firm_names import FirmNames
from newsledger.stages.people.role import Before
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import CountryMention, NameSpan

Votes = Mapping[str, Mapping[str, int]]
"""How often each surface got each label in the article."""

_PREVIOUS = lazy_regex(r"([^\W\d_][\w’'.-]*)[ \xa0]\Z")


@dataclass(frozen=True)
class Candidate:
    """A span that may be a person's name, with what stands before it."""

    text: str
    span: PersonSpan
    before: Before

    @property
    def start(self) -> int:
        """Where the name begins."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.span.end

    @property
    def titled(self) -> bool:
        """Whether a role or a form of address stands before the name."""
        return self.before.addressed or self.before.role is not None

    @cached_property
    def surface(self) -> str:
        """The name as written."""
        return self.text[self.start : self.end]

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
        match = last_word(_PREVIOUS, self.text, max(0, self.start - 24), self.start)
        return match[1] if match is not None and not match[1].endswith(".") else ""


@dataclass(frozen=True)
class Evidence:
    """What the article says of the names in it; sets of surfaces where not said otherwise."""

    country_ends: Mapping[int, CountryMention]
    votes: Votes
    name_keys: frozenset[str]
    """Folded parts of the full names of people."""
    initials: frozenset[str]
    """First letters of the full names of people."""
    used_as_firms: frozenset[str]
    firm_words: frozenset[str]
    """Folded words by which the article may call its firms."""
    short_firm_names: frozenset[str]
    """Two words and more that open the name of a firm."""
    opening_firms: frozenset[str]
    storms_and_deities: frozenset[str]
    stated_things: frozenset[str]
    """Single words that the article calls a firm or a town, and those of partnerships."""

    def knows(self, candidate: Candidate) -> bool:
        """Whether the article has the full name of a person so called."""
        return fold(candidate.surface) in self.name_keys


def gather(
    context: Context,
    spans: Sequence[NameSpan],
    found: Sequence[PersonSpan],
    firm_names: FirmNames,
    votes: Votes,
) -> tuple[list[Candidate], Evidence]:
    """The candidates of one article, and the evidence on them."""
    text = context.text
    candidates = [Candidate(text, span, before(context, span.start, 0, full=False)) for span in found]
    used_as_firms = _used_as_firms(text, candidates, firm_names)
    opening_firms = stated.opening_firms(text)
    short_firm_names = firms.short_firm_names(text, spans)
    full_names = _full_names(candidates, used_as_firms | opening_firms | short_firm_names)
    name_keys = frozenset(key for units in full_names for unit in units for key in (unit.key, unit.bare))
    evidence = Evidence(
        country_ends=context.country_ends,
        votes=votes,
        name_keys=name_keys,
        initials=frozenset("".join(unit.key[0] for unit in units) for units in full_names),
        used_as_firms=used_as_firms,
        firm_words=firms.firm_words(spans)
        | firm_names.first_words
        | {fold(surface.split()[-1]) for surface in used_as_firms if " " in surface},
        short_firm_names=short_firm_names,
        opening_firms=opening_firms,
        storms_and_deities=stated.storms_and_deities(text),
        stated_things=_stated_things(text, candidates) | firm_names.partners,
    )
    return candidates, evidence


def _full_names(candidates: Sequence[Candidate], firm_surfaces: frozenset[str]) -> list[Sequence[NamePart]]:
    """The parts of the names of several that are no firm's."""
    return [
        units
        for each in candidates
        if each.surface not in firm_surfaces
        and not firms.is_well_known_firm(each.surface)
        and len(units := parse_name(each.surface).units) > 1
    ]


def _used_as_firms(text: str, candidates: Sequence[Candidate], firm_names: FirmNames) -> frozenset[str]:
    """Surfaces that the text uses as firms, and nowhere with a title of a person."""
    used = {each.surface for each in candidates if firms.is_used_as_firm(text, each.span)}
    used |= firm_names.like_people
    used |= stated.marked_elsewhere(text, {each.surface for each in candidates})
    return frozenset(used) - {
        each.surface
        for each in candidates
        if each.before.addressed
        or (each.before.role is not None and not firms.is_used_as_firm(text, each.span))
    }


def _stated_things(text: str, candidates: Sequence[Candidate]) -> frozenset[str]:
    """Single words that the article calls a firm, a town or an animal."""
    apposed = (
        each.surface
        for each in candidates
        if " " not in each.surface and stated.is_apposed_kind(text, each.span.end)
    )
    return frozenset((*apposed, *stated.organisations_named(text)))
