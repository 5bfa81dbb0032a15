"""Finds names the classifier missed, or called something else, right after a form of address or an office.

"They asked Mr Fordham to leave" names a person whatever the classifier says of Fordham (rule ``address``);
"President Carver" does where it says that Carver is an organisation or a place (rule ``office``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of
from newsledger.stages.people.boundaries.mislabelled import mislabelled
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import CAPITAL, LAST_WORD, last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.filters.continuations import opens_longer_name
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import names, roles
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_SMALL = any_of(names().joining_particles)
_ADDRESS = re.compile(r"(?:M(?<!\wM)(?:rs?|s|essrs|me)|D(?<!\wD)r)\b\.?[ \xa0]+(?=[A-Z])")
"""The letters stand first, so that the search leaps from capital to capital."""
_PART = rf"{CAPITAL}(?:[\w-]|['’](?!s\b)(?=\w))*"
_NAME = re.compile(rf"{_PART}(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{_PART}){{0,2}}")
_OF = re.compile(r"\b(?:of|for|at|the)\s")
_LABELS = frozenset({"ORG", "LOC", "MISC", "FAC"})
_FIELDS = frozenset({"state", "cabinet", "legislature", "local", "royalty", "military"})


def names_after_titles(
    context: Context, layout: Layout, found: Sequence[PersonSpan], others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """Further names, none of which overlaps one of ``found``; ``others`` are spans not labelled PER."""
    taken = IntervalSet((f.start, f.end) for f in found)
    return [
        *_after_address(context.text, taken, others),
        *_after_office(context, layout, taken, others),
        *mislabelled(context, layout, taken, others),
    ]


def _after_address(text: str, taken: IntervalSet, others: Sequence[NameSpan]) -> list[PersonSpan]:
    """Names after "Mr", "Mrs", "Dr", whatever their label."""
    labelled = IntervalSet((o.start_char, o.end_char) for o in others)
    more = []
    for match in _ADDRESS.finditer(text):
        start = match.end()
        name = _NAME.match(text, start)
        if name is None or taken.overlapping(start, start + 1):
            continue
        first, end = name[0].split()[0], name.end()
        label = labelled.overlapping(start, end)
        if first.isupper() or _is_office(first.lower()) or fold(first) in names().titled_brands:
            # "Mr President", "Dr Pepper"
            continue
        if label is not None and label[1] > end:
            # "the Dr Ana Prado Town Municipality"
            continue
        if not taken.overlapping(start, end):
            more.append(PersonSpan(start, end, ("address",)))
    return more


def _is_office(word: str) -> bool:
    return word in roles().by_first and (word,) not in roles().small


def _after_office(
    context: Context, layout: Layout, taken: IntervalSet, others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """Names after an office of state that the classifier called something else."""
    text = context.text
    more = []
    for span in others:
        start, end = span.start_char, span.end_char
        if span.label not in _LABELS:
            continue
        last = last_word(LAST_WORD, text, max(0, start - 24), start)
        if last is None or not last[1][0].isupper() or last[1].endswith(("'s", "’s")):
            # "the President's Medicare plan"
            continue
        if taken.overlapping(start, end) or layout.zone_at(start) == "heading":
            continue
        if start in context.country_starts or not _NAME.fullmatch(span.surface) or _is_acronym(span.surface):
            continue
        if _holds_office(context, layout, start) and not _is_thing(text, layout, span):
            more.append(PersonSpan(start, end, ("office",)))
    return more


def _is_acronym(surface: str) -> bool:
    return surface.isupper() and len(surface) < 6


def _holds_office(context: Context, layout: Layout, start: int) -> bool:
    """Whether an office of state stands right before, with no "of" or "the" between it and the name."""
    stands = before(context, start, layout.segment_at(start).start, full=False)
    role = stands.role
    if role is None or role.field not in _FIELDS:
        return False
    return not _OF.search(context.text, stands.start, start)


def _is_thing(text: str, layout: Layout, span: NameSpan) -> bool:
    """ "Governor Island", "President Hotel": a name of a thing in which the office is a word."""
    table = names()
    keys = [fold(word) for word in span.surface.split()]
    if any(key in table.thing_words or (key,) in roles().field.keys() - roles().small for key in keys):
        return True
    return opens_longer_name(text, PersonSpan(span.start_char, span.end_char), layout)
