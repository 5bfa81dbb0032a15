"""The filters: named reasons why a span labelled as a person is not one.

A filter drops a span where its condition holds, unless its exception does; the first one that drops it
gives the reason. ``examples/rules.yaml`` has the examples of each under its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import NamePart, fold, is_slip
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.patterns import HALF_WORD, last_word, opens_longer_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters import firms, stated
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import filter_words, names
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_PREVIOUS = lazy_regex(r"([^\W\d_][\w’'.-]*)[ \xa0]\Z")


@dataclass(frozen=True)
class Candidate:
    """A span that may be a person's name, with the text before it."""

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
    """What the article says about the names in it; sets of surfaces unless noted otherwise."""

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


def _gather(
    context: Context, spans: Sequence[NameSpan], found: Sequence[PersonSpan], firm_names: firms.FirmNames
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


Condition = Callable[[Candidate, Evidence], bool]


@dataclass(frozen=True)
class Filter:
    """A reason to drop a span: where the condition ``applies``, ``unless`` the exception holds."""

    name: str
    reason: str
    """What the trace and the explanation of a dropped span say; filters of one kind share it."""
    applies: Condition
    unless: Condition | None = None

    def drops(self, candidate: Candidate, evidence: Evidence) -> bool:
        """Whether this filter rejects ``candidate``."""
        return self.applies(candidate, evidence) and not (self.unless and self.unless(candidate, evidence))


def reason_to_drop(candidate: Candidate, evidence: Evidence) -> str | None:
    """The reason of the first filter that drops ``candidate``, None if it may be a person."""
    return next((each.reason for each in FILTERS if each.drops(candidate, evidence)), None)


def _introduced(name: Candidate, evidence: Evidence) -> bool:
    """Exception: a title or a full name shows that the name is a person's."""
    return name.titled or evidence.knows(name)


# --- The words of the name ------------------------------------------------------------------------------


_WEB = lazy_regex(r"@|://|www\.|[a-z]\.(?:com|org|net|gov|html?)\b", re.IGNORECASE)


def _is_in_web_address(name: Candidate, evidence: Evidence) -> bool:
    """Whether the characters around the name up to the next blanks are an address on the web."""
    left, right = name.text[max(0, name.start - 40) : name.start], name.text[name.end : name.end + 40]
    head = left.split()[-1] if left and not left[-1].isspace() else ""
    tail = right.split()[0] if right and not right[0].isspace() else ""
    return bool(_WEB.search(head + name.surface + tail))


_LAST_WORDS = names().certain_things | names().company_endings
"""Words that say, at the end of a name, what bears it: "Harrow Inc", "Raitha Sangha"."""
_FIRST_WORDS = filter_words().place_openers
_HYPHEN = lazy_regex("[-‐‑–]")


def _is_pair(name: Candidate, evidence: Evidence) -> bool:
    """Whether hyphens join surnames of the article ("the Hatch-Dodd bill")."""
    parts = _HYPHEN.split(name.surface)
    if not name.is_single or len(parts) < 2:
        return False
    known = [fold(part) in evidence.name_keys for part in parts]
    return all(known) or (any(known) and _has_article(name, evidence))


def _is_abbreviation(name: Candidate, evidence: Evidence) -> bool:
    """Whether a word of three to five capitals stands among small letters and is no name."""
    if not (name.is_single and 2 < len(name.surface) < 6 and name.surface.isupper()):
        return False
    table = names()
    if name.key in evidence.initials | filter_words().initials | table.chinese_family | table.korean_family:
        return False
    around = name.text[max(0, name.start - 30) : name.start] + name.text[name.end : name.end + 30]
    return sum(c.islower() for c in around) > 2 * sum(c.isupper() for c in around)


# --- The words beside the name --------------------------------------------------------------------------


def _is_country(name: Candidate, evidence: Evidence) -> bool:
    country = evidence.context.country_ends.get(name.end)
    return country is not None and country.start_char == name.start


def _is_after_place_word(name: Candidate, evidence: Evidence) -> bool:
    return name.previous[:1].isupper() and name.previous.lower() in names().thing_prefixes


_FAMILY = lazy_regex(rf" [\"“‘']?(?:{any_of(filter_words().family_words)})\b")


def _is_family(name: Candidate, evidence: Evidence) -> bool:
    surname = all(word[0].islower() for word in name.words[:-1])  # von Lind
    return surname and bool(_FAMILY.match(name.text, name.end))


_QUOTES = {'"': '"', "“": "”", "«": "»"}


def _is_quoted(name: Candidate, evidence: Evidence) -> bool:
    closer = _QUOTES.get(name.text[name.start - 1 : name.start])
    return closer is not None and name.text[name.end : name.end + 2].lstrip(",.!?")[:1] == closer


_NICKNAME = lazy_regex(rf"\b(?:{any_of(filter_words().nickname_cues)})\s+(?:the\s+)?\Z", re.IGNORECASE)


def _is_nickname(name: Candidate, evidence: Evidence) -> bool:
    return bool(_NICKNAME.search(name.text, max(0, name.start - 16), name.start - 1))


_OF_PERSON = lazy_regex(
    r"(?:(?:, |,? and (?:the )?|/)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?){0,3}(?:-era)?"
    rf"[ \xa0](?i:{any_of(names().person_contexts)})s?(?![^\W_])"
)


def _has_article(name: Candidate, evidence: Evidence) -> bool:
    return name.is_single and name.previous.lower() == "the"


def _is_of_person(name: Candidate, evidence: Evidence) -> bool:
    """Exception: what is a person's, perhaps of several ("the Hale, Moe and Lind governments")."""
    return name.text.startswith(("'s ", "’s "), name.end) or bool(
        _OF_PERSON.match(name.text, name.end, name.end + 80)
    )


# --- The rest of the article ----------------------------------------------------------------------------


def _is_short_for_firm(name: Candidate, evidence: Evidence) -> bool:
    if not name.is_single:
        return False
    if name.key in evidence.firm_words:
        return True
    if len(name.key) > 6 and name.key.removesuffix("s") in evidence.firm_words:
        return True
    return name.key not in names().given and any(is_slip(name.key, firm) for firm in evidence.firm_words)


def _is_outvoted(name: Candidate, evidence: Evidence) -> bool:
    votes = evidence.context.votes[name.surface]
    against = max((n for label, n in votes.items() if label != "PER"), default=0)
    return name.is_single and against > 0 and against >= votes["PER"]


FILTERS: tuple[Filter, ...] = (
    Filter(
        "used as a firm",
        "called a firm",
        lambda n, e: n.surface in e.used_as_firms,
        # A band called after somebody is one only where it is called a band.
        lambda n, e: e.knows(n) and not n.used_as_firm,
    ),
    Filter("too short", "no letters", lambda n, e: len(n.surface) < 2 or not any(n.keys)),
    Filter("web address", "web address", _is_in_web_address),
    Filter("half a word", "half a word", lambda n, e: HALF_WORD.match(n.text, n.end) is not None),
    Filter("well-known firm", "company", lambda n, e: firms.is_well_known_firm(n.surface), _introduced),
    Filter("no name", "no person", lambda n, e: n.key in names().never_people),
    Filter("news agency", "news agency", lambda n, e: n.key in names().news_agencies),
    Filter("ends as a thing", "thing", lambda n, e: not n.is_single and n.keys[-1] in _LAST_WORDS),
    Filter("country", "country", _is_country, _introduced),
    Filter("opens a longer name", "thing", lambda n, e: opens_longer_name(n.text, n.end)),
    Filter("after a place word", "place or ship", _is_after_place_word, _introduced),
    Filter("opens as a place", "place or ship", lambda n, e: not n.is_single and n.keys[0] in _FIRST_WORDS),
    Filter("family", "family", _is_family),
    Filter("pair", "pair", _is_pair),
    Filter("short firm name", "short for a firm", lambda n, e: n.surface in e.short_firm_names),
    Filter("disease or oil", "thing", lambda n, e: n.is_single and stated.lends_name(n.text, n.end)),
    Filter("marked as a firm", "company", lambda n, e: stated.is_marked_as_firm(n.text, n.start, n.end)),
    Filter("opening firm", "company", lambda n, e: n.surface in e.opening_firms, _introduced),
    Filter("storm or deity", "storm or deity", lambda n, e: n.surface in e.storms_and_deities),
    Filter("stated thing", "said to be a thing", lambda n, e: n.surface in e.stated_things, _introduced),
    Filter("abbreviation", "abbreviation", _is_abbreviation, _introduced),
    Filter("quoted", "quoted", _is_quoted, _is_nickname),
    Filter("definite", "definite", _has_article, lambda n, e: _introduced(n, e) or _is_of_person(n, e)),
    Filter("short for a firm", "short for a firm", _is_short_for_firm, _introduced),
    Filter("outvoted", "outvoted", _is_outvoted, _introduced),
)
"""All filters, in the order in which they are tried."""


@dataclass(frozen=True)
class Selection:
    """The decisions on the spans of one article, in text order."""

    kept: tuple[PersonSpan, ...]
    dropped: tuple[tuple[PersonSpan, str], ...]
    """The spans that are no people, each with the reason."""
    namesakes: frozenset[int]
    """Where a firm or a family bears the name of a person of the article."""


def select_people(
    context: Context, names: Sequence[NameSpan], found: Sequence[PersonSpan], firm_names: firms.FirmNames
) -> Selection:
    """Decide which of ``found`` are people."""
    candidates, evidence = _gather(context, names, found, firm_names)
    decided = [(each, reason_to_drop(each, evidence)) for each in candidates]
    return Selection(
        tuple(each.span for each, reason in decided if reason is None),
        tuple((each.span, reason) for each, reason in decided if reason is not None),
        frozenset(
            each.start
            for each, reason in decided
            if reason in {"called a firm", "company", "family"} and evidence.knows(each)
        ),
    )
