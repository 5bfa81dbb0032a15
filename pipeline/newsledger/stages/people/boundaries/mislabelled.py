"""People whom the classifier took for organisations or places: "the cosmonaut Ada Lind", "Abu Omar al-Tarn".

The words alone must be a name's, without any that a body or a place is called by; and what stands around
them must be what stands around people only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import CAPITAL
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.roles import Context
from newsledger.stages.people.tables import alternation, given_names, names, roles
from newsledger.values.mentions import NameSpan

_SMALL = alternation(names().bridging)
_PART = rf"(?:(?:[Aa]l|[Ee]l)-)?{CAPITAL}(?:(?=[\w’'-]*[a-z])[\w’'-]*+|\.)"
_NAME = re.compile(rf"{_PART}(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{_PART}){{1,4}}")
_GOES_ON = re.compile(rf"[-‐‑&/]|[ \xa0](?:&|{CAPITAL})")
"""After this the name is that of something longer."""
_THE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Ii]ts)[ \xa0]\Z")
_ARAB = re.compile(r"[ \xa0](?:(?:bin|ibn|bint)[ \xa0]|(?:al|el|ul)-)[A-Z]", re.IGNORECASE)
_MOSTLY_KIN = frozenset({"abu", "abou", "umm", "abd", "abdul"})
_SON = re.compile(r" (?:bin|ibn|bint) ")
_CLOSED = re.compile(r"[,.;)](?!\w)|\Z")
_NEWSROOM = re.compile(r"\b(?:VOA|BBC|CNN|NPR|RFE/RL|Reuters|AFP|AP)['’]s \Z")
_REPORTS = re.compile(
    r" (?:reports|(?:has|have) (?:more|the story|the details|details|this|our|a report)|tells us|takes a look"
    r"|looks at|explains|narrates|filed|spoke (?:with|to)|was there|recently (?:visited|spoke))\b"
)
_COUNTRY = " of "
_ABSTRACT = ("tion", "ment", "rity", "ship", "ness", "ing")
"""Ends of words of which no name is made: "Authority", "Development"."""
_LABELS = frozenset({"ORG", "LOC", "FAC", "MISC"})
_HEADS = frozenset(
    {
        "president",
        "director",
        "minister",
        "secretary",
        "secretary-general",
        "chairman",
        "chairwoman",
        "governor",
    }
    | {"chief", "premier", "ambassador", "general", "commander", "spokesman", "spokeswoman", "mayor", "judge"}
    | {"prosecutor", "senator", "king", "pope", "bishop", "archbishop", "cardinal", "leader"}
)
"""What nobody calls a firm or a place, so that after it and a comma a name is the holder's."""
_OF_STATE = frozenset({"state", "cabinet", "legislature", "royalty", "religion"})
_TRADES = ("naut", "ologist", "guitarist", "pianist", "violinist", "novelist")


def mislabelled(
    context: Context, layout: Layout, cover: IntervalSet, others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """The names among ``others``, spans not labelled PER, that can only be people's."""
    text = context.text
    more = []
    for span in others:
        start, end = span.start_char, span.end_char
        if span.label not in _LABELS or " " not in span.surface or cover.overlapping(start, end):
            continue
        if start in context.country_starts or _is_called_otherwise(span.surface):
            continue
        if not _NAME.fullmatch(span.surface) or layout.zone_at(start) == "heading":
            continue
        if _GOES_ON.match(text, end) or f"the {span.surface}" in text:
            continue
        why = _why(context, layout, span)
        if why is not None:
            more.append(PersonSpan(start, end, [why]))
    return more


def _why(context: Context, layout: Layout, span: NameSpan) -> str | None:
    """The rule by which ``span`` names a person."""
    text, start, end = context.text, span.start_char, span.end_char
    if _NEWSROOM.search(text, max(0, start - 10), start) and _REPORTS.match(text, end, end + 24):
        return "reporter"
    if _THE.search(text, max(0, start - 5), start):
        return None
    words = span.surface.split()
    given = fold(words[0]) in given_names()
    arab = _ARAB.search(span.surface) is not None
    if span.label == "MISC":
        # "James Bond" the film
        given = False
    elif arab and len(words) > 2 and (given or fold(words[0]) in _MOSTLY_KIN or _SON.search(span.surface)):
        return "patronymic"
    if given and len(words) == 2 and text.startswith(_COUNTRY, end):
        country = context.country_starts.get(end + len(_COUNTRY))
        if country is not None and country.mention_type == "name" and _after_country(text, country.end_char):
            return "of a country"
    return "office" if _in_office(context, layout, span, given=given) else None


def _after_country(text: str, end: int) -> bool:
    return text[end : end + 1] in ",.;)" or text[end : end + 2].strip().islower()


def _in_office(context: Context, layout: Layout, span: NameSpan, *, given: bool) -> bool:
    """Whether an office of somebody's stands right before, or set off from a name that is set off as well."""
    text, start, end = context.text, span.start_char, span.end_char
    comma = text.endswith(", ", 0, start)
    closed = _CLOSED.match(text, end) is not None
    if comma and not closed:
        return False
    role = before(context, start, layout.segment_at(start).start, full=True, closed=closed).role
    if role is None or role.many or role.phrase[-1] in roles().kinds_of_org:
        return False
    if comma:
        return role.phrase[-1] in _HEADS
    return given or role.field in _OF_STATE or role.phrase[-1].endswith(_TRADES)


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """Words that bodies, things and places are called by, and offices."""
    t, r = names(), roles()
    called = (
        t.of_any_org | t.things | t.sure_things | t.companies | t.of_firm | t.of_place | t.before | t.states
    )
    offices = {phrase[0] for phrase in r.field if len(phrase) == 1 and phrase not in r.small}
    return frozenset(called | r.institutions | (t.calendar - given_names()) | offices)


def _is_called_otherwise(surface: str) -> bool:
    """Whether one of the words is what a body, a thing or a place is called by."""
    none = _no_names()
    return any(
        key in none or (len(key) > 7 and key.endswith(_ABSTRACT)) for key in map(fold, surface.split())
    )


__all__ = ["mislabelled"]
