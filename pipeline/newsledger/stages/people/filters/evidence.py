"""What the filters know of a candidate span, and of the article around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.boundaries.name_keys import NamePart, fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.patterns import last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters import firms, stated
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_PREVIOUS = lazy_regex(r"([^\W\d_][\w’'.-]*)[ \xa0]\Z")


@dataclass(frozen=True)
class Candidate:
    """A span that may be a person's name, with what stands before it."""

    span: PersonSpan
    text: str
    start: int
    end: int
    surface: str
    words: list[str]
    keys: list[str]
    """The folded words."""
    previous: str
    """The word before the name in the same sentence, "" if there is none."""
    addressed: bool
    """Whether a form of address stands before the name."""
    titled: bool
    """Whether a form of address or a role does."""
    used_as_firm: bool
    """Whether the words around it show that it is a firm here."""

    @property
    def key(self) -> str:
        """The folded words, joined by blanks."""
        return " ".join(self.keys)

    @property
    def is_single(self) -> bool:
        """Whether the name has one word."""
        return len(self.words) == 1


def _candidate(context: Context, span: PersonSpan) -> Candidate:
    text, start, end = context.text, span.start, span.end
    surface = text[start:end]
    words = surface.split()
    stands = before(context, start, 0, full=False)
    last = last_word(_PREVIOUS, text, max(0, start - 24), start)
    return Candidate(
        span=span,
        text=text,
        start=start,
        end=end,
        surface=surface,
        words=words,
        keys=[fold(word) for word in words],
        previous=last[1] if last is not None and not last[1].endswith(".") else "",
        addressed=stands.addressed,
        titled=stands.addressed or stands.role is not None,
        used_as_firm=firms.is_used_as_firm(text, start, end),
    )


@dataclass(frozen=True)
class Evidence:
    """What the article says of the names in it; sets of surfaces where not said otherwise."""

    context: Context
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
    firm_names: firms.FirmNames,
) -> tuple[list[Candidate], Evidence]:
    """The candidates of one article, and the evidence on them."""
    text = context.text
    candidates = [_candidate(context, span) for span in found]
    used_as_firms = _used_as_firms(text, candidates, firm_names)
    opening_firms = stated.opening_firms(text)
    short_firm_names = firms.short_firm_names(text, spans)
    full_names = _full_names(candidates, used_as_firms | opening_firms | short_firm_names)
    name_keys = frozenset(key for units in full_names for unit in units for key in (unit.key, unit.bare))
    evidence = Evidence(
        context=context,
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


def _used_as_firms(text: str, candidates: Sequence[Candidate], firm_names: firms.FirmNames) -> frozenset[str]:
    """Surfaces that the text uses as firms, and nowhere with a title of a person."""
    used = {each.surface for each in candidates if each.used_as_firm} | firm_names.like_people
    used |= stated.marked_elsewhere(text, {each.surface for each in candidates})
    return frozenset(used) - {
        each.surface for each in candidates if each.addressed or (each.titled and not each.used_as_firm)
    }


def _stated_things(text: str, candidates: Sequence[Candidate]) -> frozenset[str]:
    """Single words that the article calls a firm, a town or an animal."""
    single = (each for each in candidates if each.is_single)
    apposed = (each.surface for each in single if stated.is_apposed_kind(text, each.end))
    return frozenset((*apposed, *stated.organisations_named(text)))
