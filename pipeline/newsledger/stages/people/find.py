"""Finds the people of one article, with coreference and roles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from newsledger.document.layout import Layout, lay_out
from newsledger.stages import find_names
from newsledger.stages.people.boundaries.person_span import IntervalSet, PersonSpan, merged
from newsledger.stages.people.boundaries.repeats import find_repeats
from newsledger.stages.people.boundaries.spans import correct_spans
from newsledger.stages.people.boundaries.titled_names import names_after_titles
from newsledger.stages.people.coreference.entities import applied
from newsledger.stages.people.coreference.relatives import (
    mark_husbands,
    mark_newcomers,
    mark_relatives,
    share_surnames,
)
from newsledger.stages.people.coreference.single_names import resolve_mentions
from newsledger.stages.people.filters.firms import firm_names
from newsledger.stages.people.filters.rules import select_people
from newsledger.stages.people.read_mentions import read_mentions
from newsledger.stages.people.roles.distant import offices_below, roles_of_subjects
from newsledger.stages.people.roles.lists import bodies_of_both, listed_roles, share_out, share_roles
from newsledger.stages.people.rows import rows_of
from newsledger.stages.people.tokens import Context
from newsledger.values import trace
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, NameSpan, PersonMention
from newsledger.values.people import KnownPeople


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] | None = None,
    countries: Sequence[CountryMention] = (),
    known: KnownPeople | None = None,
) -> Mentions[PersonMention]:
    """Find the mentions of people in ``text``, in text order.

    ``names`` are the spans of a token classifier (None: the names stage is run); ``countries`` the country
    mentions in the same text, from which roles get their country; ``known`` the known people, whose full
    names and aliases are found even where the classifier misses them.

    Every mention has the person's fullest name in the article and the person's role: as stated there, or
    taken from elsewhere in the article (``basis`` says which). A mention that could be one of several people
    in the article lists them in ``candidates`` and is linked to none of them.

    >>> from newsledger.values.mentions import NameSpan
    >>> text = "President Maria Lopez met reporters. Lopez smiled."
    >>> spans = [NameSpan(start_char=10, end_char=21, surface="Maria Lopez", label="PER")]
    >>> [(m.surface, m.name, m.form, m.role) for m in find(text, names=spans)]
    [('Maria Lopez', 'Maria Lopez', 'full', 'President'), ('Lopez', 'Maria Lopez', 'family', 'President')]
    """
    layout = layout or lay_out(text)
    if not layout.segments:
        return Mentions([], PersonMention)
    if names is None:
        names = find_names(text, layout)
    view = layout.view
    text, layout, names, countries = view.text, view.layout, view.read(names), view.read(countries)
    context = Context(text, names, countries)
    others = [n for n in names if n.label != "PER"]
    found = correct_spans(text, layout, names, context.country_starts)
    firms = firm_names(text)
    if firms.partnerships:
        cover = IntervalSet((f.start_char, f.end_char) for f in firms.partnerships)
        found = [f for f in found if cover.overlapping(f.start, f.end) is None]
        others = [n for n in others if not cover.overlapping(n.start_char, n.end_char)]
        others = sorted([*others, *firms.partnerships], key=lambda n: n.start_char)
        context.add_names(firms.partnerships)
    if known is not None:
        found = _with_known(text, layout, found, known)
    selection = select_people(context, names, found, firms)
    for dropped, reason in selection.dropped:
        trace.note("people", "dropped", dropped.start, dropped.end, reason)
    context.add_names(
        # Somebody may be the chairman of what the text uses as a firm.
        NameSpan(start_char=s.start, end_char=s.end, surface=text[s.start : s.end], label="ORG")
        for s, reason in selection.dropped
        if reason == "called a firm" and s.start not in context.name_starts
    )
    found = merged(selection.kept, names_after_titles(context, layout, selection.kept, others))
    found = find_repeats(context, layout, found, others, selection)
    if not found:
        return Mentions([], PersonMention)
    mentions = read_mentions(context, layout, found)
    # Each of these sees what those before it decided of mentions side by side.
    for decide in (offices_below, bodies_of_both, share_roles, listed_roles, share_out):
        mentions = applied(mentions, decide(context, mentions))
    mentions = applied(mentions, roles_of_subjects(context, layout, mentions))
    for tell_apart in (share_surnames, mark_relatives, mark_newcomers, mark_husbands):
        mentions = applied(mentions, tell_apart(text, mentions))
    return Mentions(view.written(rows_of(text, mentions, *resolve_mentions(mentions))), PersonMention)


def _with_known(text: str, layout: Layout, found: list[PersonSpan], known: KnownPeople) -> list[PersonSpan]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for person in known:
        for name in (person.name, *person.aliases):
            words = name.split()
            if len(words) > 1:
                wanted[words[0]].append(name)
    more = [
        PersonSpan(start, end, ("known",))
        for match in re.finditer(r"(?<![\w-])[^\W\d_][\w’'.-]*", text)
        for name in wanted.get(match[0], ())
        if text.startswith(name, start := match.start())
        and (end := start + len(name)) <= layout.segment_at(start).end
        and not text[end : end + 1].isalnum()
    ]
    return merged(found, more)
