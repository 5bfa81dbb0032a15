"""People whom the classifier took for organisations or places: "the cosmonaut Ada Lind".

The words alone must be a name's, without any that a body or a place is called by; and an office that only
people hold must stand right before them, or be set off by a comma (rule ``office``), or the name must follow
"By" in a byline (rule ``byline``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of
from newsledger.stages.people.boundaries.name_keys import fold
from newsledger.stages.people.boundaries.patterns import CAPITAL
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import given_names, names, roles, sure_given_names
from newsledger.stages.people.tokens import Context
from newsledger.values.mentions import NameSpan

_SMALL = any_of(names().joining_particles)
_PART = rf"(?:(?:[Aa]l|[Ee]l)-)?{CAPITAL}(?:(?=[\w’'-]*[a-z])[\w’'-]*+|\.)"
_NAME = re.compile(rf"{_PART}(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{_PART}){{1,4}}")
_GOES_ON = re.compile(rf"[-‐‑&/]|[ \xa0](?:&|{CAPITAL})")
"""After this the name is that of something longer."""
_DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Ii]ts)[ \xa0]\Z")
_CLOSED = re.compile(r"[,.;)](?!\w)|\Z")
_BY = re.compile(r"\b(?:By|BY|and|AND|&)[ \xa0]+\Z")
_PLACE_AFTER = rf"[ \xa0](?:in|IN)[ \xa0]{CAPITAL}"
_AFTER_NAME_IN_BYLINE = {
    "LOC": re.compile(rf"{_PLACE_AFTER}|\s*(?:,|\Z|(?:and|AND|&)\b)"),
    "ORG": re.compile(_PLACE_AFTER),
}
"""Label -> what follows the writer. An organisation may sign ("By Fordham Press"), a place never."""
_LABELS = frozenset({"ORG", "LOC", "FAC", "MISC"})
_FIELDS_OF_STATE = frozenset({"state", "cabinet", "legislature", "royalty", "religion"})


def mislabelled(
    context: Context, layout: Layout, taken: IntervalSet, others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """The names among ``others``, spans not labelled PER, that can only be people's."""
    return [
        PersonSpan(span.start_char, span.end_char, (rule,))
        for span in others
        if span.label in _LABELS
        and _has_the_shape_of_a_name(context, span)
        and not taken.overlapping(span.start_char, span.end_char)
        and (rule := _rule(context, layout, span)) is not None
    ]


def _rule(context: Context, layout: Layout, span: NameSpan) -> str | None:
    """The rule by which a span that could be a name is a person's."""
    if _signs(context.text, layout, span):
        return "byline"
    return "office" if _holds_office(context, layout, span) else None


def _signs(text: str, layout: Layout, span: NameSpan) -> bool:
    """Whether a span follows "By" in a byline."""
    segment, after = layout.segment_at(span.start_char), _AFTER_NAME_IN_BYLINE.get(span.label)
    if segment.zone != "byline" or after is None or not after.match(text, span.end_char, segment.end):
        return False
    return _BY.search(text, segment.start, span.start_char) is not None


def _has_the_shape_of_a_name(context: Context, span: NameSpan) -> bool:
    """Whether the words of a span, and those beside it, are such as a name has."""
    text, start, end = context.text, span.start_char, span.end_char
    if (
        not _NAME.fullmatch(span.surface)
        or start in context.country_starts
        or _is_called_otherwise(span.surface)
    ):
        return False
    return not (
        _GOES_ON.match(text, end)
        or f"the {span.surface}" in text
        or _DETERMINER.search(text, max(0, start - 5), start)
    )


def _holds_office(context: Context, layout: Layout, span: NameSpan) -> bool:
    """Whether an office of somebody's stands right before, or set off from a name that is set off as well."""
    text, start = context.text, span.start_char
    set_off = text.endswith(", ", 0, start)
    closed = _CLOSED.match(text, span.end_char) is not None
    if set_off and not closed:
        return False
    role = before(context, start, layout.segment_at(start).start, full=True, closed=closed).role
    if role is None:
        return False
    if role.field in _FIELDS_OF_STATE and not set_off:
        return True
    # "Sales director Ada Lind", unlike "the director, Harrow Moss"
    given = fold(span.surface.split()[0]) in sure_given_names()
    return given or (set_off and role.phrase[-1] in names().personal_posts)


@lru_cache(maxsize=1)
def _other_words() -> frozenset[str]:
    """Words that bodies, things and places are called by, and offices."""
    t, r = names(), roles()
    called = (
        t.org_words
        | t.thing_words
        | t.certain_things
        | t.company_endings
        | t.firm_words
        | t.place_words
        | t.thing_prefixes
        | t.state_codes
    )
    offices = {phrase[0] for phrase in r.field if len(phrase) == 1 and phrase not in r.small}
    return frozenset(called | r.institutions | (t.calendar - given_names()) | offices)


def _is_called_otherwise(surface: str) -> bool:
    """Whether one of the words is what a body, a thing or a place is called by."""
    return any(key in _other_words() for key in map(fold, surface.split()))
