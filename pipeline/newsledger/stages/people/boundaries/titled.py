"""Finds names the classifier missed, or called something else, right after a form of address or an office.

"They asked Mr Fordham to leave" names a person whatever the classifier says of Fordham (rule ``address``);
"President Carver" does where it says that Carver is an organisation or a place (rule ``office``). "By Ada
Fordham" in a line of its own names who wrote it (rule ``byline``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsledger.document.layout import Layout
from newsledger.stages.people.boundaries.mislabelled import mislabelled
from newsledger.stages.people.boundaries.name_parts import fold
from newsledger.stages.people.boundaries.patterns import CAPITAL, LAST_WORD, last_word
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.strays import WEEKDAY
from newsledger.stages.people.filters.longer_names import called_after
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.roles import Before, Context
from newsledger.stages.people.tables import alternation, names, roles
from newsledger.values.mentions import NameSpan

_SMALL = alternation(names().bridging)
_ADDRESS = re.compile(r"(?:M(?<!\wM)(?:rs?|s|essrs|me)|D(?<!\wD)r)\b\.?[ \xa0]+(?=[A-Z])")
"""The letters stand first, so that the search leaps from capital to capital."""
_RUN = re.compile(rf"{CAPITAL}[\w’'-]*(?:[ \xa0](?:(?:{_SMALL})[ \xa0])?{CAPITAL}[\w’'-]*){{0,2}}")
_OF = re.compile(r"\b(?:of|for|at|the)\s")
_MONTH_NAMES = frozenset({"May"})
"""Months that are surnames of those in office."""
_OFFICES = frozenset({"state", "cabinet", "legislature", "local", "royalty", "military"})


def names_after_titles(
    context: Context, layout: Layout, found: Sequence[PersonSpan], others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """Further names, none of which overlaps one of ``found``; ``others`` are spans not labelled PER."""
    cover = IntervalSet((f.start, f.end) for f in found)
    text = context.text
    addressed = _addressed(text, layout, cover, others)
    return [
        *addressed,
        *_in_office(context, layout, cover, others),
        *_signed(context, layout, cover, others),
        *mislabelled(context, layout, cover, others),
    ]


_BY = re.compile(r"\b(?:By|BY|and|AND|&)[ \xa0]+\Z")
_AFTER_NAME = re.compile(r"\s*(?:,|\Z|(?:and|AND|&)\b)")
_POSTED = re.compile(rf"[ \xa0](?:in|IN)[ \xa0]{CAPITAL}")


def _signed(
    context: Context, layout: Layout, cover: IntervalSet, others: Sequence[NameSpan]
) -> list[PersonSpan]:
    """The name in "By Ada Fordham", where the classifier took it for a place: no place writes an article.

    An organisation may ("By Fordham Press"); so of what was taken for one only a name without a word that
    organisations are called by is its own, and only before where it was written: "By Efua Boadi in Accra".
    """
    text = context.text
    more = []
    for span in others:
        start, end = span.start_char, span.end_char
        if span.label not in {"LOC", "ORG"} or " " not in span.surface or layout.zone_at(start) != "byline":
            continue
        if cover.overlapping(start, end) or end in context.country_ends:
            continue
        segment = layout.segment_at(start)
        after = _POSTED.match(text, end, segment.end)
        if span.label == "ORG" and (after is None or _is_newsroom(span.surface)):
            continue
        after = after or _AFTER_NAME.match(text, end, segment.end)
        if after is not None and _BY.search(text, segment.start, start):
            more.append(PersonSpan(start, end, ["byline"]))
    return more


def _is_newsroom(surface: str) -> bool:
    t = names()
    words = {fold(word) for word in surface.split()}
    called = (t.of_any_org, t.sure_things, t.of_firm, t.agencies, t.newspapers, t.newsroom)
    return any(words & kind for kind in called)


def _addressed(text: str, layout: Layout, cover: IntervalSet, others: Sequence[NameSpan]) -> list[PersonSpan]:
    labelled = IntervalSet((o.start_char, o.end_char) for o in others)
    more = []
    for match in _ADDRESS.finditer(text):
        start = match.end()
        if text[match.start() - 1 : match.start()] == "<":
            # "<Mrs Fields Inc>", as a wire writes firms
            continue
        run = _RUN.match(text, start)
        if run is None or cover.overlapping(start, start + 1):
            continue
        first = run[0].split()[0]
        if _no_name(first) or (first.isupper() and len(first) > 1):
            continue
        day = WEEKDAY.search(run[0])
        # "Mr. Hale Wednesday said"
        end = run.end() if day is None else start + day.start()
        if " " in run[0] and fold(run[0].split()[-1]) in names().sure_things:
            # "the Dr. Ana Prado Scholarship"
            continue
        taken = labelled.overlapping(start, end)
        if taken is not None and taken[1] > end and _is_body(text[taken[0] : taken[1]]):
            # "the Dr Ana Prado Town Municipality"
            continue
        if taken is not None and taken[0] == start and taken[1] <= end:
            end = taken[1]
        elif taken is not None or layout.zone_at(start) == "heading" or cover.overlapping(start, end):
            end = start + len(first)
        if not cover.overlapping(start, end):
            more.append(PersonSpan(start, _before_possessive(text, start, end), ["address"]))
    return more


def _is_body(surface: str) -> bool:
    """Whether a span is what an authority or another thing is called, after whomever."""
    last = surface.split()[-1].lower()
    return last in names().sure_things or last in roles().institutions or last in names().of_place


def _no_name(word: str) -> bool:
    """ "Mr President", "Mr Speaker", "Dr Pepper"."""
    key = fold(word)
    return (
        (word.lower() in roles().by_first and (word.lower(),) not in roles().small)
        or key in names().nobody
        or key in names().brands
    )


def _in_office(
    context: Context, layout: Layout, cover: IntervalSet, others: Sequence[NameSpan]
) -> list[PersonSpan]:
    text = context.text
    more = []
    for span in others:
        start, end = span.start_char, span.end_char
        if span.label not in {"ORG", "LOC", "MISC", "FAC"} and span.surface not in _MONTH_NAMES:
            continue
        if cover.overlapping(start, end):
            continue
        last = last_word(LAST_WORD, text, max(0, start - 24), start)
        if last is not None and last[1].endswith(("'s", "’s")):
            # "the President's Medicare plan"
            continue
        if last is None or not last[1][0].isupper() or layout.zone_at(start) == "heading":
            continue
        if start in context.country_starts or not _RUN.fullmatch(span.surface) or _acronym(span.surface):
            continue
        if _WEAPON.match(text, end):
            # "the Sgt. York gun"
            continue
        if span.label == "LOC" and f" in {span.surface}" in text:
            # "the election of the CM Punjab" beside "in Punjab"
            continue
        stands = before(context, start, layout.segment_at(start).start, full=False)
        if _holds_office(text, stands, start) and not _thing(text, layout, span):
            more.append(PersonSpan(start, _before_possessive(text, start, end), ["office"]))
    return more


_WEAPON = re.compile(r"[ \xa0](?:guns?|missiles?|tanks?|rifles?|howitzers?)\b")


def _acronym(surface: str) -> bool:
    return surface.isupper() and len(surface) < 6


def _holds_office(text: str, stands: Before, start: int) -> bool:
    """Whether an office of state stands right before, with no "of" or "the" between it and the name."""
    role = stands.role
    if role is None or role.many or role.field not in _OFFICES:
        return False
    return not _OF.search(text, stands.start, start)


def _thing(text: str, layout: Layout, span: NameSpan) -> bool:
    """ "Governor Island", "President Hotel": a name of a thing in which the office is a word."""
    table = names()
    keys = [fold(word) for word in span.surface.split()]
    if len(keys) > 1 and (keys[-1] in roles().institutions or keys[-1] in {"administration", "authority"}):
        return True
    if any(
        key in table.things or key in table.companies or (key,) in roles().field.keys() - roles().small
        for key in keys
    ):
        return True
    return called_after(text, PersonSpan(span.start_char, span.end_char), layout) is not None


def _before_possessive(text: str, start: int, end: int) -> int:
    end = start + len(text[start:end].rstrip())
    return end - 2 if text[start:end].endswith(("'s", "’s")) else end
