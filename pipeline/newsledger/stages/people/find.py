"""Finds the people of one article and says who is who, in what role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsledger.document.layout import Layout, lay_out
from newsledger.stages import find_names
from newsledger.stages.people.boundaries.credits import credit_lines
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan, merged
from newsledger.stages.people.boundaries.repeats import find_repeats
from newsledger.stages.people.boundaries.shared_surnames import mark_relatives, share_surnames
from newsledger.stages.people.boundaries.spans import correct_spans
from newsledger.stages.people.boundaries.title_breaks import title_floor
from newsledger.stages.people.boundaries.titled_names import names_after_titles
from newsledger.stages.people.coreference.aliases import called_as, with_mark_moved
from newsledger.stages.people.coreference.article import sort_out
from newsledger.stages.people.coreference.contacts import has_contacts, is_contact
from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.coreference.speakers import speaks
from newsledger.stages.people.filters.firm_names import firm_names
from newsledger.stages.people.filters.selection import Selection, select_people
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.after import SUCCEEDS, after
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.gather import PARTISANS
from newsledger.stages.people.roles.letters import offices_below
from newsledger.stages.people.roles.lists import (
    counted_roles,
    list_roles,
    roles_after_list,
    share_roles,
)
from newsledger.stages.people.roles.more import beside, with_more, with_state
from newsledger.stages.people.roles.pairs import share_out
from newsledger.stages.people.roles.phrase import joined, set_off, who_is
from newsledger.stages.people.roles.place import led_by, placed
from newsledger.stages.people.roles.roles import Context, Role
from newsledger.stages.people.roles.status import ended
from newsledger.stages.people.rows import rows_of
from newsledger.stages.people.tables import alternation
from newsledger.stages.people.tables import names as name_tables
from newsledger.values import trace
from newsledger.values.frames import Mentions
from newsledger.values.mentions import CountryMention, NameSpan, PersonMention, Zone
from newsledger.values.people import KnownPeople


def find(
    text: str,
    *,
    layout: Layout | None = None,
    names: Sequence[NameSpan] | None = None,
    countries: Sequence[CountryMention] = (),
    known: KnownPeople | None = None,
) -> list[PersonMention]:
    """Find the people of ``text``: one mention per place where one is named, in text order.

    ``names`` are the spans of a token classifier (None: the names stage is asked); ``countries`` the
    country mentions of the same text, which give a role its country; ``known`` a file of known people,
    whose full names and aliases are found even where the classifier missed them.

    Every mention carries the person's fullest name in the article and the person's role: as stated there,
    or else carried from where the article states it (``basis`` says which). A mention that could be
    several people of the article has ``candidates`` and stands for itself.

    >>> from newsledger.values.mentions import NameSpan
    >>> text = "President Maria Lopez met reporters. Lopez smiled."
    >>> spans = [NameSpan(start_char=10, end_char=21, surface="Maria Lopez", label="PER")]
    >>> [(m.surface, m.name, m.form, m.role) for m in find(text, names=spans)]
    [('Maria Lopez', 'Maria Lopez', 'full', 'President'), ('Lopez', 'Maria Lopez', 'family', 'President')]
    """
    layout = layout or lay_out(text)
    if names is None:
        names = find_names(text, layout)
    context = Context.of(text, names, countries)
    others = [n for n in names if n.label != "PER"]
    found = correct_spans(text, layout, names)
    firms = firm_names(text)
    if firms.partnerships:
        cover = IntervalSet((f.start_char, f.end_char) for f in firms.partnerships)
        found = [outside for f in found if (outside := _outside(text, f, cover)) is not None]
        others = [n for n in others if not cover.overlapping(n.start_char, n.end_char)]
        others = sorted([*others, *firms.partnerships], key=lambda n: n.start_char)
        context.name_starts.update((f.start_char, f) for f in firms.partnerships)
        context.name_ends.update((f.end_char, f) for f in firms.partnerships)
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for span in names:
        votes[span.surface][span.label] += 1
    if known is not None:
        found = _with_known(text, layout, found, known)
    selection = select_people(context, layout, names, found, firms, votes)
    found = _kept(context, selection)
    found = merged(found, names_after_titles(context, layout, found, others))
    found = find_repeats(context, layout, found, others, votes, selection)
    mentions = _named(context, layout, found)
    offices_below(context, mentions)
    share_roles(context, mentions)
    list_roles(context, mentions)
    roles_after_list(context, layout, mentions)
    counted_roles(context, mentions)
    share_out(text, mentions)
    share_surnames(text, mentions)
    mark_relatives(text, mentions)
    people = sort_out(mentions)
    return Mentions(rows_of(text, mentions, people), PersonMention)


def _outside(text: str, span: PersonSpan, firms: IntervalSet) -> PersonSpan | None:
    """A span where it is no firm's; of "Moe of Harrow" in "Moe of Harrow and Lind" the first word is left."""
    taken = firms.overlapping(span.start, span.end)
    if taken is not None and text.endswith(" of ", span.start, taken[0]):
        return span.with_bounds(end=taken[0] - 4)
    return span if taken is None else None


def _kept(context: Context, selection: Selection) -> list[PersonSpan]:
    """The spans that are people; what the text uses as firms goes among the organisations of ``context``."""
    for span, reason in selection.dropped:
        trace.note("people", "dropped", span.start, span.end, reason)
    for span in selection.firms:
        surface = context.text[span.start : span.end]
        firm = NameSpan(start_char=span.start, end_char=span.end, surface=surface, label="ORG")
        context.name_starts.setdefault(span.start, firm)
        context.name_ends.setdefault(span.end, firm)
    return selection.kept


def _with_known(text: str, layout: Layout, found: list[PersonSpan], known: KnownPeople) -> list[PersonSpan]:
    """Add the full names and aliases of known people that stand in the text."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for person in known.people:
        for name in (person.name, *person.aliases):
            words = name.split()
            if len(words) > 1:
                wanted[words[0]].append(name)
    more = []
    for match in re.finditer(r"(?<![\w-])[^\W\d_][\w’'.-]*", text):
        for name in wanted.get(match[0], ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not text[end : end + 1].isalnum():
                segment = layout.segment_at(match.start())
                if end <= segment.end:
                    more.append(PersonSpan(match.start(), end, ("known",)))
    return merged(found, more)


def _named(context: Context, layout: Layout, found: list[PersonSpan]) -> list[Named]:
    """Read title, role and zone of each name."""
    text = context.text
    credits = credit_lines(text)
    numbers = {segment: i for i, segment in enumerate(layout.segments)}
    context.person_starts.clear()
    context.person_starts.update(f.start for f in found)
    mentions: list[Named] = []
    contacts = has_contacts(text)
    credit = 0
    for i, piece in enumerate(found):
        surface = text[piece.start : piece.end]
        parts = parse_name(surface)
        if not parts.units:
            continue
        segment = layout.segment_at(piece.start)
        while credit < len(credits) and credits[credit][1] <= piece.start:
            credit += 1
        zone: Zone = "byline" if credit < len(credits) and credits[credit][0] <= piece.start else segment.zone
        previous = found[i - 1].end if i else 0
        floor = max(title_floor(text, layout, segment.start), previous)
        closed = text[piece.end : piece.end + 1] in _CLOSERS
        said = _SAYS.match(text, piece.end) is not None
        stands = before(context, piece.start, floor, full=len(parts.units) > 1, closed=closed, speaks=said)
        following = i + 1
        if following < len(found) and _owns(text, piece.end, found[following]):
            # "John Kerrow, President Hale's climate envoy"
            following += 1
        ceiling = segment.end
        if following < len(found):
            ceiling = min(ceiling, found[following].end)
        role = stands.role
        later = after(context, piece.end, ceiling, start=piece.start)
        if later is not None and later.ends >= 0 and not later.many:
            later = with_more(context, later, ceiling)
        if role is not None and later is not None:
            role = with_state(role, later)
        # "policymakers Ada Lind, former treasurer": of one alone the plural says nothing.
        set_aside = later if role is not None and role.many else None
        # A title alone ("Sheikh", "Professor") gives way to an office after the name.
        if later is not None and (
            role is None
            or (
                role.style
                and role.standing < 2
                and later.standing
                and (later.standing == 2 or later.org is not None or len(later.phrase) > 1)
                and later.status is not None
                and later.phrase not in PARTISANS
                # "Roads Commissioner Ana Prado will become the head of the bank"
                and not (later.status == "designate" and (role.org or role.country))
            )
        ):
            role = later
        elif (
            later is not None
            and role is not None
            and role.phrase == later.phrase
            and role.status == later.status == "current"
            and role is stands.role
            and not (role.org or role.country or role.many or later.many)
            and (later.org or later.country)
        ):
            # "Sen. Lind, the Senator from Nevada"
            role = replace(role, org=later.org, country=later.country)
        if (
            len(parts.units) > 1
            and stands.role is None
            and text.endswith((" is ", " was ", "ed as "), 0, piece.start)
        ):
            role = who_is(context, piece.start, floor) or role
        if role is None and (len(parts.units) > 1 or stands.addressed):
            role = set_off(context, piece.start, floor, closed=closed)
            if role is None and len(parts.units) > 1:
                role = joined(context, piece.start, floor)
            if role is None and closed and len(mentions) == i > 0 and len(parts.units) > 1:
                role = _of_holder(context, mentions[-1], piece)
        elif role is not None and role is stands.role and role.style and role.standing < 2 and not role.org:
            # "the head of the force in the south, General Ana Prado": the rank says less
            outer = set_off(context, stands.start, floor, closed=closed)
            if (
                outer is not None
                and (outer.org or outer.country)
                and not _TO_ANOTHER.search(text, max(0, stands.start - 180), stands.start)
            ):
                role = outer
        if role is not None and role.side == "before" and not role.many:
            role = placed(context, role, piece.end)
        if role is not None:
            role = ended(text, role, stands.start, piece.start, piece.end)
        led = led_by(context, stands.start) if text.endswith("ed by ", 0, stands.start) else None
        role = role or led
        called = len(mentions) == i > 0 and called_as(text, mentions, piece)
        mentions.append(
            Named(
                found=piece,
                surface=surface,
                parts=parts,
                zone=zone,
                segment=numbers.get(segment, 0),
                before=stands,
                role=role,
                later=set_aside,
                others=(*beside(stands.role, later), *((led,) if led is not None else ())),
                alias_of=len(mentions) - 1 if called else -1,
                speaks=speaks(text, stands.start, piece.start, piece.end),
                contact=contacts and is_contact(text, piece),
            )
        )
    _hand_on(text, mentions)
    with_mark_moved(text, mentions)
    return mentions


def _hand_on(text: str, mentions: list[Named]) -> None:
    """Leave the office in "Ali Hale, Minister of Trade Ghada Lind" to the name right after it.

    But of "Honorable Karl Hale, Chairman Honorable Ada Lind, Ranking Member" each is what follows the name.
    """
    for one, other in pairwise(mentions):
        if (
            other.role is None
            or other.role.side != "before"
            or not 0 <= other.before.start - one.found.end < 3
        ):
            continue
        if all(text.endswith("Honorable ", 0, m.found.start) for m in (one, other)):
            later = [role for role in other.others if role.side == "after"]
            other.role, other.others = later[0] if later else None, tuple(later)
            one.role = one.role or replace(other.before.role, side="after")  # type: ignore[type-var]
            continue
        one.others = tuple(role for role in one.others if role.side != "after")
        if one.role is not None and one.role.side == "after" and one.role.phrase == other.role.phrase:
            one.role = one.before.role


# "In their letter to the head of the council, Senator Lind and ...": the letter is not to the senator.
_TO_ANOTHER = re.compile(
    r"(?:\A|[.!?\n])[\s\"”’]*(?:In|With) (?:an?|the|his|her|their|its) (?:[a-z]+ ){0,2}"
    r"(?:letter|message|note|request|appeal|call|reply|response|petition) to the [^,.;:!?\n]{3,100}, \Z"
)
_CLOSERS = frozenset(",.;)")


# "A spokesman for ", "said an adviser to "
_FOR_HOLDER = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Aa]nother)((?: [a-z]+){1,3}) (?:for|to|of)(?: [A-Z]\w+['’]s| the)? \Z"
)
_CLOSED_OFF = re.compile(r",(?! (?:and|or)\b)|\.")


def _of_holder(context: Context, holder: Named, piece: PersonSpan) -> Role | None:
    """The office in "an adviser to President Hale, Ada Lind, said": it is hers who is named second."""
    text = context.text
    if text[holder.found.end : piece.start] != ", " or not _CLOSED_OFF.match(text, piece.end):
        return None
    if holder.role is None or holder.role.side != "before":
        return None
    start = holder.before.start
    match = _FOR_HOLDER.search(text, max(0, start - 70), start)
    if match is None:
        return None
    role = before(context, match.end(1) + 1, match.start()).role
    return replace(role, country=None, org=None) if role is not None and not role.many else None


_SAYS = re.compile(rf" (?:{alternation(name_tables().speech)})\b")


def _owns(text: str, end: int, other: PersonSpan) -> bool:
    """Whether ``other`` follows at once, in the possessive: "Hale, Lind's aide", "Hale was Lind's aide"."""
    if other.start - end > 40:
        return False
    if SUCCEEDS.fullmatch(text, end, other.start):
        # "Hale, who succeeded Lind as president", "Hale, nominated by President Lind to be ambassador"
        return True
    if text[other.end : other.end + 2] not in _MARKS:
        return False
    return text[end : end + 1] == "," or bool(_SERVES.match(text, end, other.start))


_SERVES = re.compile(r"\s(?:is|was|serves\sas|served\sas|has\s(?:been|served\sas)|became)\s")


_MARKS = frozenset({"'s", "’s"})


__all__ = ["find"]
