"""Finds the repeats of known names that the classifier missed (rule ``repeat``).

A name found once is found everywhere in the article: in full, and by its family name. A word that another
label covers ("Zelenskiy" called an organisation) is taken back when the article knows a person so called.
A repeat is not taken out of a longer name, and a common word needs more than a capital.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.patterns import HALF_WORD, LAST_WORD, last_word, opens_longer_name
from newsledger.stages.people.boundaries.person_span import IntervalSet, PersonSpan, merged
from newsledger.stages.people.boundaries.spans import COMPOUND, extended
from newsledger.stages.people.filters.rules import Selection
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import names
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_CAPITAL_WORD = lazy_regex(r"(?<![^\W_])[^\W\d_a-zß-öø-ÿ][^\W_]*")
_WORD = lazy_regex(r"[^\W_]+")
_NEXT_WORD = lazy_regex(r"[ \xa0](White House|[^\W\d_][\w’'-]*)")
_SPEECH = any_of(names().speech_verbs)
_SAYS = lazy_regex(rf"\s(?:{_SPEECH})\b")
_VERB = lazy_regex(rf"['’]s\b|\s(?:has|had|was|is|{_SPEECH})\b")
_LOCATIVE = lazy_regex(
    r"\b(?:in|at|near|from|to|into|across|outside|via|towards?|around|the)[ \xa0]\Z", re.IGNORECASE
)
_SENTENCE_START = lazy_regex(r"(?:\A|[.!?:;\n]|[.!?]?[\"“”'‘’)\]])\s*[\"“‘(\[]?\Z")
_MOST = 128
"""Names with the same first word that are looked for at each place (hostile input)."""

Targets = Mapping[str, Sequence[tuple[str, bool]]]
"""What to look for, by its first capital word: words, and whether they are a full name or a part of one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The text and what is known of it."""

    context: Context
    layout: Layout
    spans: IntervalSet
    organisations: frozenset[str]
    """Surfaces called an organisation, though no longer name of one holds them."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a known name may stand, with the words around it."""

    start: int
    end: int
    surface: str
    full: bool
    last: re.Match[str] | None
    follow: re.Match[str] | None
    titled: bool
    heading: bool


def find_repeats(
    context: Context,
    layout: Layout,
    found: Sequence[PersonSpan],
    others: Sequence[NameSpan],
    selection: Selection,
) -> list[PersonSpan]:
    """``found`` with further mentions of its names; those that a full name shows to be cut are made whole.

    Where ``selection`` has a namesake of a person, a single name is not that person's.
    """
    text = context.text
    targets = _targets(text, found)
    if not targets:
        return list(found)
    labelled = IntervalSet((o.start_char, o.end_char) for o in others)
    evidence = Evidence(context, layout, labelled, _organisations(others, targets))
    taken = IntervalSet((f.start, f.end) for f in found)
    by_start = {span.start: span for span in found}
    whole: dict[PersonSpan, PersonSpan] = {}
    more: list[PersonSpan] = []
    reached = 0
    for match in _CAPITAL_WORD.finditer(text):
        start = match.start()
        for words, full in targets.get(match[0], ()) if start >= reached else ():
            end = start + len(words)
            if not text.startswith(words, start) or _goes_on(context, end):
                continue
            if taken.overlapping(start, end) is not None:
                cut = by_start.get(start) if full else None
                if cut is not None and cut.end < end and taken.overlapping(cut.end, end) is None:
                    whole[cut] = cut.with_bounds("joined", end=end)
                    reached = end
                    break
                continue
            if start in selection.namesakes:
                continue
            if not _is_free(evidence, _occurrence(evidence, start, end, full=full)):
                continue
            segment = layout.segment_at(start)
            span = extended(
                text, PersonSpan(start, end, ("repeat",)), max(segment.start, reached), segment.end
            )
            more.append(span)
            reached = span.end
            break
    return merged([whole.get(span, span) for span in found], more)


def _organisations(others: Sequence[NameSpan], targets: Targets) -> frozenset[str]:
    """The surfaces labelled an organisation that are no word of a longer organisation's name."""
    surfaces = [span.surface for span in others if span.label == "ORG"]
    alone = {surface for surface in surfaces if surface in targets}
    for surface in surfaces if alone else ():
        if surface not in targets:
            alone.difference_update(_WORD.findall(surface))
    return frozenset(alone)


def _goes_on(context: Context, end: int) -> bool:
    """Whether the word goes on after ``end``: a letter, a digit, a hyphen before one, an address."""
    text = context.text
    follow = text[end : end + 2]
    if not follow:
        return False
    if follow[0] in "-‐‑" and follow[1:].isalnum():
        return not COMPOUND.match(text, end) and end + 1 not in context.country_starts
    if follow[0] in "'’":
        return HALF_WORD.match(text, end) is not None
    return follow[0].isalnum() or follow[0] in "_@/\\"


def _targets(text: str, found: Sequence[PersonSpan]) -> Targets:
    surfaces: dict[str, bool] = {}
    for span in found:
        surface = text[span.start : span.end]
        parts = parse_name(surface)
        if len(parts.units) > 1:
            surfaces[surface] = True
            family = parts.units[parts.family or 0]
            if not family.initial:
                surfaces.setdefault(family.text, False)
        elif len(surface) > 1:
            surfaces.setdefault(surface, False)
    targets: dict[str, set[tuple[str, bool]]] = {}
    for surface, full in surfaces.items():
        for form in (surface, surface.upper()):
            match = _CAPITAL_WORD.search(form)
            # "von der Heide" is looked for as "Heide"; its particles are added afterwards.
            if match is None or (match.start() and full):
                continue
            rest = form[match.start() :]
            if len(rest) > 1 and (form is surface or len(rest) > 3):
                targets.setdefault(match[0], set()).add((rest, full))
    return {
        word: sorted(items, key=lambda item: (-len(item[0]), item))[:_MOST] for word, items in targets.items()
    }


def _occurrence(evidence: Evidence, start: int, end: int, *, full: bool) -> Occurrence:
    text = evidence.context.text
    last = last_word(LAST_WORD, text, max(0, start - 30), start)
    stands = None
    if evidence.spans.overlapping(start, end) is not None or (last is not None and last[1][0].isupper()):
        stands = before(evidence.context, start, 0, full=full)
    return Occurrence(
        start=start,
        end=end,
        surface=text[start:end],
        full=full,
        last=last,
        follow=_NEXT_WORD.match(text, end),
        titled=stands is not None and (stands.role is not None or stands.addressed),
        heading=evidence.layout.zone_at(start) == "heading",
    )


def _is_free(evidence: Evidence, place: Occurrence) -> bool:
    """Whether the words may be the person: not part of another name, no thing, no common word."""
    text, start = evidence.context.text, place.start
    if text[start - 1 : start] in {"-", "‐"} or not _spans_allow(evidence, place):
        return False
    if not place.full and (
        _after_determiner(text, place) or _common_word(evidence, place) or _in_longer_name(place)
    ):
        return False
    return not opens_longer_name(text, place.end)


def _spans_allow(evidence: Evidence, place: Occurrence) -> bool:
    taken = evidence.spans.overlapping(place.start, place.end)
    if taken is None:
        return place.start not in evidence.context.country_starts
    if place.full:
        return taken[0] >= place.start and taken[1] <= place.end + 2
    if place.titled and taken[1] in {place.end, place.end + 2}:
        return True
    if place.follow is not None and _names_body(place) and taken[1] == place.follow.end():
        return taken[0] >= place.start - len("the ")
    if taken[0] != place.start or taken[1] > place.end + 2:
        return False
    return _label_allows(evidence, place)


def _names_body(place: Occurrence) -> bool:
    """Whether a body follows that is called by whose it is: "the Hale Administration"."""
    return place.follow is not None and place.follow[1].lower() in names().person_bodies


def _label_allows(evidence: Evidence, place: Occurrence) -> bool:
    """Whether a name that the classifier called something else may be the person."""
    text = evidence.context.text
    if place.surface in evidence.organisations:
        # "news from Hale" is that of a firm or a town.
        return not _LOCATIVE.search(text, max(0, place.start - 10), place.start)
    # A place or firm may bear the name; only what it does shows the person.
    person = evidence.context.votes[place.surface]["PER"] > 0
    return person or _SAYS.match(text, place.end, place.end + 14) is not None


def _after_determiner(text: str, place: Occurrence) -> bool:
    """ "a Santor", "the Santor drink" are things; "the Santor campaign" and "a Santor-led panel" are not."""
    if (
        place.last is None
        or place.last[1].lower() not in {"a", "an", "the"}
        or text[place.end : place.end + 1] == "-"
    ):
        return False
    return place.follow is None or place.follow[1].lower() not in names().person_contexts


def _common_word(evidence: Evidence, place: Occurrence) -> bool:
    """A surname that is a common word, where a capital says nothing: "Long before noon ..."."""
    if fold(place.surface) not in names().common_words:
        return False
    text = evidence.context.text
    opens = _SENTENCE_START.search(text, max(0, place.start - 6), place.start) is not None
    return opens and not _VERB.match(text, place.end, place.end + 16)


def _in_longer_name(place: Occurrence) -> bool:
    """Whether a capital word beside it makes it part of something else."""
    if place.heading:
        return False
    table, last, follow = names(), place.last, place.follow
    if last is not None and last[1][0].isupper() and not place.titled:
        opens = table.sentence_openers | ({"the"} if _names_body(place) else set())
        return last[1].lower() not in opens
    if follow is None or not follow[1][0].isupper() or follow[1].isupper() or _names_body(place):
        return False
    return fold(follow[1]) not in table.calendar
