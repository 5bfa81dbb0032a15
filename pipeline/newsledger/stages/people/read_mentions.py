"""Reads what stands beside each name: title, role, zone, kinship; a mention per name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of
from newsledger.stages.people.boundaries.credits import credit_lines
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.person_span import PersonSpan
from newsledger.stages.people.boundaries.title_breaks import title_floor
from newsledger.stages.people.coreference.aliases import is_alias_of
from newsledger.stages.people.coreference.contacts import has_contacts, is_contact
from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.coreference.speakers import speaks
from newsledger.stages.people.interval_set import IntervalSet
from newsledger.stages.people.roles.after import SUCCEEDS, after
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.gather import PARTISANS
from newsledger.stages.people.roles.more import beside, with_more
from newsledger.stages.people.roles.phrase import joined, set_off, who_is
from newsledger.stages.people.roles.place import led_by, placed
from newsledger.stages.people.roles.roles import Before, Context, Role
from newsledger.stages.people.roles.status import ended
from newsledger.stages.people.tables import names

_IN_ROW = re.compile(r",? (?:and|&) |, ")
_ADMINISTRATION = re.compile(r" [Aa]dministration\b")


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a name stands: what is before it, and from where to where its roles may be stated."""

    context: Context
    span: PersonSpan
    full: bool
    floor: int
    ceiling: int
    closed: bool
    before: Before

    @property
    def start(self) -> int:
        return self.span.start


def read_mentions(context: Context, layout: Layout, spans: Sequence[PersonSpan]) -> tuple[Mention, ...]:
    """The mentions of ``spans``, each with the role and the rest that the text states right beside it."""
    text = context.text
    spans = [span for span in spans if parse_name(text[span.start : span.end]).units]
    bylines = IntervalSet(credit_lines(text))
    numbers = {segment: i for i, segment in enumerate(layout.segments)}
    contacts = has_contacts(text)
    context.person_starts.clear()
    context.person_starts.update(span.start for span in spans)
    mentions = []
    for i, span in enumerate(spans):
        surface = text[span.start : span.end]
        segment = layout.segment_at(span.start)
        site = _site(context, layout, spans, i)
        first = site.before.role
        later = _role_after(site)
        led = led_by(context, site.before.start) if text.endswith("ed by ", 0, site.before.start) else None
        in_byline = bylines.overlapping(span.start, span.start + 1) is not None
        mentions.append(
            Mention(
                span=span,
                surface=surface,
                parts=parse_name(surface),
                zone="byline" if in_byline else segment.zone,
                segment=numbers.get(segment, 0),
                before=site.before,
                role=_stated_role(site, later) or led,
                # "policymakers Ada Lind, former treasurer": of one alone the plural says nothing.
                role_after_plural=later if first is not None and first.many else None,
                other_roles=(*beside(first, later), *((led,) if led is not None else ())),
                is_alias=i > 0 and is_alias_of(text, spans[i - 1], span),
                in_row=i > 0 and bool(_IN_ROW.fullmatch(text, spans[i - 1].end, site.before.start)),
                speaks=speaks(text, site.before.start, span.start, span.end),
                administration=bool(_ADMINISTRATION.match(text, span.end)),
                press_contact=contacts and is_contact(text, span),
            )
        )
    return tuple(mentions)


def _site(context: Context, layout: Layout, spans: Sequence[PersonSpan], i: int) -> _Site:
    """The site of the ``i``-th name, between the names before and after it."""
    text, span = context.text, spans[i]
    segment = layout.segment_at(span.start)
    full = len(parse_name(text[span.start : span.end]).units) > 1
    floor = max(title_floor(text, layout, segment.start), spans[i - 1].end if i else 0)
    closed = text[span.end : span.end + 1] in _CLOSERS
    says = _SAYS.match(text, span.end) is not None
    following = i + 1
    if following < len(spans) and _owns(text, span.end, spans[following]):
        # "John Kerrow, President Hale's climate envoy"
        following += 1
    ceiling = min([segment.end, *(other.end for other in spans[following : following + 1])])
    return _Site(
        context=context,
        span=span,
        full=full,
        floor=floor,
        ceiling=ceiling,
        closed=closed,
        before=before(context, span.start, floor, full=full, closed=closed, speaks=says),
    )


_CLOSERS = frozenset(",.;)")
_SAYS = re.compile(rf" (?:{any_of(names().speech_verbs)})\b")


def _owns(text: str, end: int, other: PersonSpan) -> bool:
    """Whether ``other`` follows at once, in the possessive: "Hale, Lind's aide", "Hale was Lind's aide"."""
    if other.start - end > 40:
        return False
    if SUCCEEDS.fullmatch(text, end, other.start):
        # "Hale, who succeeded Lind as president"
        return True
    if text[other.end : other.end + 2] not in _MARKS:
        return False
    return text[end : end + 1] == "," or bool(_SERVES.match(text, end, other.start))


_SERVES = re.compile(r"\s(?:is|was|serves\sas|served\sas|has\s(?:been|served\sas)|became)\s")
_MARKS = frozenset({"'s", "’s"})


def _role_after(site: _Site) -> Role | None:
    """The role stated after the name."""
    later = after(site.context, site.span.end, site.ceiling, start=site.start)
    if later is not None and later.ends >= 0 and not later.many:
        return with_more(site.context, later, site.ceiling)
    return later


def _stated_role(site: _Site, later: Role | None) -> Role | None:
    """The role that the text states at a name: before it, after it, or set off from it."""
    context, start, before_it = site.context, site.start, site.before.role
    role = _of_both_sides(before_it, later)
    if site.full and before_it is None and context.text.endswith((" is ", " was ", "ed as "), 0, start):
        role = who_is(context, start, site.floor) or role
    if role is None and (site.full or site.before.addressed):
        role = set_off(context, start, site.floor, closed=site.closed)
        if role is None and site.full:
            role = joined(context, start, site.floor)
    elif role is not None and role is before_it and _is_style(role) and not role.org:
        # "the head of the force in the south, General Ana Prado": the rank says less
        outer = set_off(context, site.before.start, site.floor, closed=site.closed)
        role = outer if outer is not None and (outer.org or outer.country) else role
    if role is not None and role.side == "before" and not role.many:
        role = placed(context, role, site.span.end)
    if role is not None:
        role = ended(context.text, role, site.before.start, start, site.span.end)
    return role


def _is_style(role: Role) -> bool:
    """Whether a role is a title alone ("Sheikh", "Professor"), which says less than an office."""
    return role.style and role.standing < 2


def _of_both_sides(role: Role | None, later: Role | None) -> Role | None:
    """The role before the name, or the one after it, to which a title alone gives way."""
    if role is None or later is None:
        return role or later
    if (
        _is_style(role)
        and later.standing
        and (later.standing == 2 or later.org is not None or len(later.phrase) > 1)
        and later.status is not None
        and later.phrase not in PARTISANS
        # "Roads Commissioner Ana Prado will become the head of the bank"
        and not (later.status == "designate" and (role.org or role.country))
    ):
        return later
    if (
        role.phrase == later.phrase
        and role.status == later.status == "current"
        and not (role.org or role.country or role.many or later.many)
        and (later.org or later.country)
    ):
        # "Sen. Lind, the Senator from Nevada"
        return replace(role, org=later.org, country=later.country)
    return role


def hand_on_roles(text: str, mentions: Sequence[Mention]) -> Changes:
    """Leave the office in "Ali Hale, Minister of Trade Ghada Lind" to the name right after it."""
    changes: dict[int, Mention] = {}
    for i, (one, other) in enumerate(pairwise(mentions)):
        near = 0 <= other.before.start - one.span.end < 3
        if other.role is None or other.role.side != "before" or not near:
            continue
        role = one.role
        if role is not None and role.side == "after" and role.phrase == other.role.phrase:
            role = one.before.role
        changes[i] = replace(
            one, role=role, other_roles=tuple(r for r in one.other_roles if r.side != "after")
        )
    return changes
