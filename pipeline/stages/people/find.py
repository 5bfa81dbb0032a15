"""Finds the people of one article and says who is who, in what role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from pipeline import trace
from pipeline.frames import Mentions
from pipeline.layout import Layout, lay_out
from pipeline.mentions import CountryMention, NameSpan, PersonMention, Zone
from pipeline.stages.people.aliases import find_inserted, told_of, with_mark_moved
from pipeline.stages.people.contacts import has_contacts, is_contact, offices_in_lines
from pipeline.stages.people.cover import Cover
from pipeline.stages.people.declared import (
    called_organisations,
    deities,
    opening_firms,
    quoted_works,
    said_to_be_a_body,
    said_to_be_a_thing,
    storm_names,
)
from pipeline.stages.people.drops import Scene, Votes, dropped
from pipeline.stages.people.firm_names import FirmNames, firm_names, has_ticker
from pipeline.stages.people.firm_signs import between_angles, counted_in_shares, firm_words, short_firms
from pipeline.stages.people.firms import (
    Namesake,
    bearing_firms,
    firms_called,
    like_a_firm,
    namesakes,
    well_known,
)
from pipeline.stages.people.fullest import tidy
from pipeline.stages.people.kinship import (
    acts_now,
    after_numerals,
    generation,
    named_so,
    of_all,
    of_child,
    of_same_gender,
    set_couples_apart,
    set_kin_apart,
    set_named_as_kin,
    set_successions,
)
from pipeline.stages.people.known import KnownPeople
from pipeline.stages.people.lists import (
    counted_roles,
    leave_masters_out,
    list_roles,
    roles_after_list,
    set_beside,
    share_roles,
)
from pipeline.stages.people.more_roles import beside, listed, with_more
from pipeline.stages.people.pairs import share_out
from pipeline.stages.people.parts import Parts, fold, take_apart
from pipeline.stages.people.persons import Named, Person
from pipeline.stages.people.places import standing_places
from pipeline.stages.people.repeats import repeats
from pipeline.stages.people.role_after import after
from pipeline.stages.people.role_before import before
from pipeline.stages.people.role_phrase import joined, set_off, who_is
from pipeline.stages.people.role_place import placed
from pipeline.stages.people.role_status import ended
from pipeline.stages.people.roles import Context, Role
from pipeline.stages.people.spans import Found, mend
from pipeline.stages.people.tables import Phrase, alternation, roles
from pipeline.stages.people.tables import names as name_tables
from pipeline.stages.people.things import called_things
from pipeline.stages.people.titled import titled
from pipeline.stages.people.voices import speaks
from pipeline.stages.people.who import sort_out

_CREDIT = re.compile(
    r"(?:\b(?:Additional\s+)?(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Tt]ranslation|[Gg]raphics?|"
    r"[Pp]hoto(?:s|graph|graphy)?|(?<![\w,]\s)(?:[Ww]ritten|[Cc]ompiled|[Tt]ranslated|[Ee]dited))"
    r"(?:\s+and\s+(?:[Rr]eporting|[Ee]diting|[Ww]riting))?\s+[Bb]y\s+(?=[A-Z])[^.;()\n]{0,160})"
    r"|©\s?(?:\d{4}\s)?(?=[A-Z])[^.;()\n]{0,60}"
    rf"|\b(?:(?:{alternation(name_tables().photo_agencies)})(?:\s+(?:[Pp]hoto|[Ii]mages?|[Pp]ool))?"
    r"|[Pp]hoto(?:graph)?|[Pp]icture|[Ii]mage|[Cc]redit)(?:/|:\s?)(?=[A-Z])[^.;()\n]{0,60}"
)
_CREDIT_WORDS = (
    *("eporting", "diting", "riting", "ranslation", "raphic", "hoto"),
    *("ritten", "ompiled", "ranslated", "dited"),
)
_CREDIT_SIGN = re.compile(r"[/:]\s?[A-Z]")
_SIGNED = (*name_tables().photo_agencies, "hoto", "mage", "mages", "ool", "hotograph", "icture", "redit")
_COUPLE = re.compile(r" (?:and|AND|&) \Z")
_KNOWN_AS = re.compile(
    r"\s*[,(–—-]?\s*(?:(?:an?\s(?:[a-z-]+\s){1,4})?who\s+(?:is\s+)?)?(?:(?:also|better|popularly|more|most|commonly|widely|universally)\s+)*"
    r"(?:n[ée]e|born|whose\s+(?:real|birth|stage|full)\s+name\s+(?:is|was)|real\s+name|performs\s+as|performing\s+as|nicknamed|dubbed|alias|[Aa]\.?[Kk]\.?[Aa]\.?,?|(?<=also\s)(?:goes|went)\s+by"
    r"|(?:became\s+)?known\s+(?:(?:(?:in|to|among|around)\s[a-z][a-z ]{1,40}?\s)?as"
    r"|by\s+(?:the|his|her)\s+(?:moniker|nickname|name|alias|nom\s+de\s+guerre)(?:\s+of)?))"
    r"\s+[\"“'‘]?\Z"
)


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

    >>> from pipeline.mentions import NameSpan
    >>> text = "President Maria Lopez met reporters. Lopez smiled."
    >>> spans = [NameSpan(start_char=10, end_char=21, surface="Maria Lopez", label="PER")]
    >>> [(m.surface, m.name, m.form, m.role) for m in find(text, names=spans)]
    [('Maria Lopez', 'Maria Lopez', 'full', 'President'), ('Lopez', 'Maria Lopez', 'family', 'President')]
    """
    layout = layout or lay_out(text)
    if names is None:
        from pipeline.stages import names as names_stage

        names = names_stage.find(text, layout=layout)
    context = Context.of(text, names, countries)
    others = [n for n in names if n.label != "PER"]
    found = after_numerals(text, mend(context, layout, names))
    firms = firm_names(text)
    if firms.partners:
        cover = Cover((f.start_char, f.end_char) for f in firms.partners)
        found = [f for f in found if _out_of(text, f, cover)]
        others = [n for n in others if not cover.at(n.start_char, n.end_char)]
        others = sorted([*others, *firms.partners], key=lambda n: n.start_char)
        context.name_starts.update((f.start_char, f) for f in firms.partners)
        context.name_ends.update((f.end_char, f) for f in firms.partners)
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for span in names:
        votes[span.surface][span.label] += 1
    if known is not None:
        found = _with_known(text, layout, found, known)
    works = quoted_works(text)
    bearers = namesakes(text, found, bearing_firms(text, names))
    found, refused = _kept(context, layout, names, firms, votes, works, found, bearers)
    found = _merged(found, titled(context, layout, found, others))
    parts = [take_apart(text[f.start : f.end]) for f in found]
    found = _merged(found, repeats(context, layout, found, parts, others, votes, works, refused, bearers))
    mentions = _named(context, layout, found)
    offices_in_lines(context, mentions)
    share_roles(context, mentions)
    list_roles(context, mentions)
    roles_after_list(context, layout, mentions)
    counted_roles(context, mentions)
    leave_masters_out(mentions)
    share_out(text, mentions)
    _share_surnames(text, mentions)
    set_beside(text, mentions)
    set_kin_apart(text, mentions)
    set_named_as_kin(text, mentions)
    set_couples_apart(text, mentions)
    set_successions(text, mentions)
    _share_husbands(text, mentions)
    _mend_broken(text, mentions)
    _find_aliases_ahead(text, mentions)
    _find_short_forms(text, mentions)
    find_inserted(text, mentions)
    people = sort_out(mentions)
    return Mentions(_rows(text, mentions, people), PersonMention)


def _out_of(text: str, piece: Found, firms: Cover) -> bool:
    """Whether a name is no firm's; of "Moe of Harrow" in "Moe of Harrow and Lind" the first word is left."""
    taken = firms.at(piece.start, piece.end)
    if taken is not None and text.endswith(" of ", piece.start, taken[0]):
        piece.end = taken[0] - 4
        return True
    return taken is None


def _kept(
    context: Context,
    layout: Layout,
    names: Sequence[NameSpan],
    firm_names: FirmNames,
    votes: Votes,
    works: frozenset[str],
    found: list[Found],
    bearers: Mapping[str, Namesake],
) -> tuple[list[Found], frozenset[int]]:
    """Drop what is plainly no person; the second value tells where a firm or a family bears a surname."""
    text = context.text
    openers, firms = opening_firms(text), short_firms(text, names)
    called = firms_called(text, found, firm_names.like_people)
    families: set[str] = set()
    initials: set[str] = set()
    has_title = []
    addressed = set()
    for piece in found:
        surface = text[piece.start : piece.end]
        units = take_apart(surface).units
        if len(units) > 1 and not (
            surface in openers
            or surface in firms
            or surface in called
            or well_known(surface)
            or counted_in_shares(text, piece.start, piece.end)
            or between_angles(text, piece.start, piece.end)
            or has_ticker(text, piece.end)
        ):
            families.update(u.key for u in units)
            families.update(u.bare for u in units)
            initials.add("".join(u.key[0] for u in units))
        floor = layout.segment_at(piece.start).start if layout.segments else 0
        floor = _start_of(text, layout, floor, piece.start)
        stands = before(context, piece.start, floor, full=False)
        has_title.append(stands.addressed or stands.role is not None or "title" in piece.rules)
        if stands.addressed or (
            stands.role is not None and surface in called and not like_a_firm(text, piece)
        ):
            addressed.add(surface)
    called -= addressed
    scene = Scene(
        context,
        layout,
        votes,
        places=standing_places(text, found, votes),
        firms=firm_words(text, names)
        | firm_names.first
        | {fold(surface.split()[-1]) for surface in called if " " in surface},
        families=frozenset(families),
        initials=frozenset(initials),
        openers=openers,
        short_firms=firms,
        works=works,
        storms=storm_names(text),
        deities=deities(text),
        apposed=frozenset(
            text[f.start : f.end]
            for f in found
            if (said_to_be_a_body if " " in text[f.start : f.end] else said_to_be_a_thing)(text, f.end)
        )
        | called_organisations(text)
        | called_things(text, found)
        | firm_names.words,
        titled=frozenset(
            text[f.start : f.end]
            for f, t in zip(found, has_title, strict=True)
            # "producer <Harrow NV>"
            if t and text[f.start - 1 : f.start] != "<"
        ),
    )
    kept = []
    refused = set()
    for piece, titled_here in zip(found, has_title, strict=True):
        surface = text[piece.start : piece.end]
        known = fold(surface) in families
        why = "called a firm" if surface in called and not known else None
        if why is not None:
            # It may be what somebody is the chairman of.
            firm = NameSpan(start_char=piece.start, end_char=piece.end, surface=surface, label="ORG")
            context.name_starts.setdefault(piece.start, firm)
            context.name_ends.setdefault(piece.end, firm)
        namesake = bearers.get(fold(surface)) if bearers and not titled_here else None
        if namesake is not None and namesake.is_firm(text, piece):
            why = "company"
        why = why or dropped(scene, piece, titled=titled_here, known=known)
        if why is None:
            kept.append(piece)
        else:
            trace.note("people", "dropped", piece.start, piece.end, why)
            if why in {"company", "family"} and known:
                refused.add(piece.start)
    return kept, frozenset(refused)


def _merged(found: list[Found], more: list[Found]) -> list[Found]:
    """Both lists in text order; where two overlap the one of ``found`` stays."""
    if not more:
        return found
    everything = sorted(
        [*((f, 0) for f in found), *((f, 1) for f in more)], key=lambda item: (item[0].start, item[1])
    )
    merged: list[tuple[Found, int]] = []
    for piece, rank in everything:
        if merged and piece.start < merged[-1][0].end:
            if rank < merged[-1][1]:
                merged[-1] = (piece, rank)
            continue
        merged.append((piece, rank))
    return [piece for piece, _ in merged]


def _with_known(text: str, layout: Layout, found: list[Found], known: KnownPeople) -> list[Found]:
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
                    more.append(Found(match.start(), end, ["known"]))
    return _merged(found, more)


def _named(context: Context, layout: Layout, found: list[Found]) -> list[Named]:
    """Read title, role and zone of each name."""
    text = context.text
    credits = [m.span() for m in _CREDIT.finditer(text)] if _credited(text) else []
    numbers = {segment: i for i, segment in enumerate(layout.segments)}
    context.person_starts.clear()
    context.person_starts.update(f.start for f in found)
    mentions: list[Named] = []
    contacts = has_contacts(text)
    credit = sentence = 0
    for i, piece in enumerate(found):
        surface = text[piece.start : piece.end]
        parts = take_apart(surface)
        if not parts.units:
            continue
        segment = layout.segment_at(piece.start)
        while credit < len(credits) and credits[credit][1] <= piece.start:
            credit += 1
        zone: Zone = "byline" if credit < len(credits) and credits[credit][0] <= piece.start else segment.zone
        previous = found[i - 1].end if i else 0
        floor = max(_start_of(text, layout, segment.start, piece.start), previous)
        sentence += _STOPS.search(text, previous, piece.start) is not None
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
            )
        ):
            role = later
        if len(parts.units) > 1 and stands.role is None and text.endswith((" is ", " was "), 0, piece.start):
            role = who_is(context, piece.start, floor) or role
        if role is None and (len(parts.units) > 1 or stands.addressed):
            role = set_off(context, piece.start, floor, closed=closed)
            if role is None and len(parts.units) > 1:
                role = joined(context, piece.start, floor, piece.end)
            if role is None and closed and len(mentions) == i > 0 and len(parts.units) > 1:
                role = _of_holder(context, mentions[-1], piece)
        elif role is not None and role is stands.role and role.style and role.standing < 2 and not role.org:
            # "the head of the force in the south, General Ana Prado": the rank says less
            outer = set_off(context, stands.start, floor, closed=closed)
            role = outer if outer is not None and (outer.org or outer.country) else role
        if role is not None and role.side == "before" and not role.many:
            role = placed(context, role, piece.end)
        if role is not None:
            role = ended(text, role, stands.start, piece.start, piece.end)
        surnamed = text.endswith("surnamed ", 0, piece.start) or named_so(text, piece.start)
        single = len(parts.units) == 1
        called = (
            len(mentions) == i > 0
            and piece.start - previous < 64
            and _KNOWN_AS.fullmatch(text, previous, piece.start)
            and text[piece.end : piece.end + 2] not in _MARKS
        )
        alias_of = _outside(text, mentions, piece.start) if called else -1
        if i and not called and _given_in_brackets(text, mentions, piece, parts):
            alias_of = i - 1
        if not called and len(parts.units) > 1 and _BORN.search(text, max(0, piece.start - 22), piece.start):
            alias_of = _of_given(mentions, parts.units[0].key, numbers.get(segment, 0))
        mentions.append(
            Named(
                found=piece,
                surface=surface,
                parts=parts,
                zone=zone,
                segment=numbers.get(segment, 0),
                before=stands,
                sentence=sentence,
                role=role,
                later=set_aside,
                others=beside(stands.role, later),
                same=not single and of_same_gender(text, stands, piece.start),
                maiden=bool(called) and text.endswith(("née ", "nee ", "born "), 0, piece.start),
                alias_of=alias_of,
                previous=len(mentions) - 1,
                introduced=surnamed,
                generation=generation(text, piece.start, piece.end) if single else "",
                acts=single and acts_now(text, piece.end),
                open=single and of_all(text, piece.start, piece.end),
                child=not single and of_child(text, piece.start, piece.end),
                told=single and told_of(text, piece),
                speaks=speaks(text, stands.start, piece.start, piece.end),
                contact=contacts and is_contact(text, piece),
                governs=bool(_ADMINISTRATION.match(text, piece.end)),
            )
        )
    _hand_on(text, mentions)
    with_mark_moved(text, mentions)
    return mentions


def _outside(text: str, mentions: Sequence[Named], start: int) -> int:
    """The last mention, or the one before a bracket: "Rosa Hale (formerly Lind and Moss, born Rosa Ruiz)"."""
    opens = text.rfind("(", max(0, start - 120), start)
    last = len(mentions) - 1
    if opens < 0 or ")" in text[opens:start] or mentions[last].found.start < opens:
        return last
    before_it = [k for k in range(max(0, last - 4), last) if mentions[k].found.end == opens - 1]
    return before_it[0] if before_it else last


def _given_in_brackets(text: str, mentions: Sequence[Named], piece: Found, parts: Parts) -> bool:
    """Whether a given name in brackets belongs to the surname before it: "Kim (Hyung-ryul)"."""
    if not mentions or text[piece.end : piece.end + 1] != ")" or len(parts.units) != 1:
        return False
    last, given = mentions[-1], text[piece.start : piece.end].lower().split("-")
    return (
        text[last.found.end : piece.start] == " ("
        and last.parts.joined in name_tables().korean
        and len(given) == 2
        and name_tables().korean_syllables.issuperset(given)
    )


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


_BORN = re.compile(
    r"\b(?:was|is) born (?:as )?\Z|\bborn as \Z|[,(] ?formerly (?:known as )?\Z|\bis now (?:known as )?\Z"
)


def _of_given(mentions: Sequence[Named], given: str, segment: int) -> int:
    """The last person of one given name: "Ana Hale, whose ... , was born Ana Lind".

    The full name may stand before; what counts is that somebody of the family name is spoken of here.
    """
    family = next((m.parts.joined for m in reversed(mentions) if m.segment == segment), None)
    for number in range(len(mentions) - 1, -1, -1):
        parts = mentions[number].parts
        if parts.family and parts.units[0].key == given:
            here = mentions[number].segment == segment
            return number if here or family in {parts.joined, parts.units[parts.family].key} else -1
    return -1


def _credited(text: str) -> bool:
    """Whether a word of `_CREDIT` stands in the text; that takes less time than to look for all of it."""
    return (
        any(word in text for word in _CREDIT_WORDS)
        or "©" in text
        or any(text.endswith(_SIGNED, 0, match.start()) for match in _CREDIT_SIGN.finditer(text))
    )


_CLOSERS = frozenset(",.;)")
_SHORT_TITLES = {key for key in roles().short.keys() | roles().honorifics.keys() if len(key) < 5}
_BROKEN_OFF = re.compile(rf"\b(?:{alternation(key.capitalize() for key in _SHORT_TITLES)})\.\s+\Z")


# "A spokesman for ", "said an adviser to "
_FOR_HOLDER = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Aa]nother)((?: [a-z]+){1,3}) (?:for|to|of)(?: [A-Z]\w+['’]s| the)? \Z"
)
_CLOSED_OFF = re.compile(r",(?! (?:and|or)\b)|\.")


def _of_holder(context: Context, holder: Named, piece: Found) -> Role | None:
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
_STOPS = re.compile(r"[.!?][\"”’]?\s|\n")


def _start_of(text: str, layout: Layout, start: int, name: int) -> int:
    """How far back to look for the title of a name: over a break that stands between "Sens." and the name."""
    if start != name or not start or not _BROKEN_OFF.search(text, max(0, start - 12), start):
        return start
    return layout.segment_at(len(text[:start].rstrip()) - 1).start


def _owns(text: str, end: int, other: Found) -> bool:
    """Whether ``other`` follows at once, in the possessive: "Hale, Lind's aide", "Hale was Lind's aide"."""
    if other.start - end > 40 or text[other.end : other.end + 2] not in _MARKS:
        return False
    return text[end : end + 1] == "," or bool(_SERVES.match(text, end, other.start))


_SERVES = re.compile(r"\s(?:is|was|serves\sas|served\sas|has\s(?:been|served\sas)|became)\s")


_MARKS = frozenset({"'s", "’s"})
_CHILD_OF = re.compile(
    r"\b(?:son|daughter|sons|daughters|child|children|born|parents|twins)(?:,?\s(?:of|to))?,?\s\Z"
)


def _share_surnames(text: str, mentions: list[Named]) -> None:
    """Note the surname that "Joe" has in "Joe and Jill Hale"."""
    for one, other in pairwise(mentions):
        if (
            len(one.parts.units) == 1
            and len(other.parts.units) > 1
            and other.parts.family
            and one.role is None
            and not one.before.addressed
            and not other.before.addressed
            and (other.role is None or other.role.side == "after")
            and (
                one.parts.joined in _given_names()
                or one.before.kin
                or _CHILD_OF.search(text, max(0, one.found.start - 18), one.found.start)
            )
            and _COUPLE.fullmatch(text, one.found.end, other.found.start)
        ):
            one.shares = other.parts.units[other.parts.family].text
            one.parent = bool(_CHILD_OF.search(text, max(0, one.found.start - 18), one.found.start))
            if one.parent:
                # "Ada Hale, daughter of Joe and Jill Hale": Hale alone is the daughter.
                other.before = replace(other.before, kin=True)


_WIFE = re.compile(r"(?:['’]s|s['’]|(?<=s)['’]| and his)\s(?:wife|widow),?\s")


def _share_husbands(text: str, mentions: list[Named]) -> None:
    """Note the surname of Ada in "Hale's wife, Ada," where the text calls her Mrs. Hale later."""
    called = {
        m.surface
        for m in mentions
        if len(m.parts.units) == 1 and text.endswith(("Mrs. ", "Mrs "), 0, m.found.start)
    }
    if not called:
        return
    for one, other in pairwise(mentions):
        if len(other.parts.units) > 1 or not other.before.kin or other.shares is not None:
            continue
        family = one.parts.units[one.parts.family or 0].text
        if family in called and _WIFE.fullmatch(text, one.found.end, other.found.start):
            other.shares, other.broken = family, True


_SPEECH_END = re.compile(rf"\b(?:{alternation(name_tables().speech)}|commented|according to)[ \xa0]\Z")


def _mend_broken(text: str, mentions: list[Named]) -> None:
    """Note that a name goes on in the next line: "... said Ada⏎Lind, director of ...".

    The line ends with the paragraph there, which no mention may cross, so that the two stay two.
    """
    known: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        if len(mention.parts.units) > 2:
            known.setdefault(mention.surface, i)
    for one, other in pairwise(mentions):
        if (
            text[one.found.end : other.found.start] == "\n"
            and len(one.parts.units) == 1
            and other.alias_of < 0
        ):
            # "Exoneration of Ada⏎Maria Lind", who is Ada Maria Lind elsewhere
            other.alias_of = known.get(f"{one.surface} {other.surface}", -1)
        if (
            text[one.found.end : other.found.start] == "\n"
            and len(one.parts.units) == len(other.parts.units) == 1
            and one.segment != other.segment
            and text[other.found.end : other.found.end + 1] == ","
            and other.role is not None
            and _SPEECH_END.search(text, max(0, one.found.start - 16), one.found.start)
        ):
            one.shares, one.broken = other.surface, True
        elif text[one.found.end : other.found.start] == "\n" and _goes_on_below(text, one, other):
            one.shares, one.wrapped = other.surface, True
            if len(one.parts.units) > 1:
                one.whole = f"{one.surface} {other.surface}"
                one.parts = take_apart(one.whole)


_AFTER_SURNAME = re.compile(r" [a-z]|['’]s|\.\s|, (?:then[ -]|[a-z]|\d\d\b)")
_SAME_LINE = re.compile(r" |\n?[.,]|['’]s")
_AGE_BELOW = re.compile(r"\n?, (?:then[ -])?\d\d\b")


def _goes_on_below(text: str, one: Named, other: Named) -> bool:
    """Whether the surname stands in the next line: "Prosecutor Ada⏎Lind for", "Ada Maria⏎Lind, 34,"."""
    if len(other.parts.units) != 1 or other.before.addressed or (other.role and other.role.side == "before"):
        return False
    if len(one.parts.units) > 1:
        again = other.parts.joined in one.parts.keys
        return not again and one.parts.suffix is None and bool(_AGE_BELOW.match(text, other.found.end))
    given = _given_names()
    if other.parts.joined in given or one.before.addressed:
        return False
    if one.parts.joined not in given and not one.before.kin:
        return False
    in_office = one.role is not None and one.role.side == "before" and not one.role.style
    return bool((_SAME_LINE if in_office else _AFTER_SURNAME).match(text, other.found.end))


_KNOWN_AHEAD = re.compile(
    r"(?:\A|[.!?\n][\s\"”’]*)(?:(?:[Ww]idely|[Bb]etter|[Pp]opularly|[Aa]ffectionately|[Aa]lso|[Cc]ommonly)\s)?"
    r"(?:[Kk]nown(?:\s[a-z]+)?\sas|[Nn]icknamed|[Dd]ubbed)\s(?:the\s)?[\"“'‘]\Z"
)
_ENDS_ALIAS = re.compile(r"(?:,[\"”'’]|[\"”'’],)\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\Z")


def _find_aliases_ahead(text: str, mentions: list[Named]) -> None:
    """Note whose other name stands before the name: "Widely known as “Lucho,” Hale ..."."""
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            one.alias_of < 0
            and other.alias_of < 0
            and other.found.start - one.found.end < 8
            and _ENDS_ALIAS.fullmatch(text, one.found.end, other.found.start)
            and _KNOWN_AHEAD.search(text, max(0, one.found.start - 50), one.found.start)
        ):
            one.alias_of = i + 1


_CALLED_AS = re.compile(r"\bknown\s(?:[a-z]+\s)?as\s[\"“'‘]?\Z")


def _find_short_forms(text: str, mentions: list[Named]) -> None:
    """Note whose given name is cut short in "the star, who is known as “Yuzu” to his fans": Yuzuru Hale's."""
    for mention in mentions:
        key = mention.parts.joined
        if mention.alias_of >= 0 or len(mention.parts.units) != 1 or len(key) < 3:
            continue
        if not _CALLED_AS.search(text, max(0, mention.found.start - 30), mention.found.start):
            continue
        bearers: dict[str, int] = {}
        for k, other in enumerate(mentions):
            given = other.parts.units[0].key
            if other.parts.family and given != key and given.startswith(key):
                bearers.setdefault(other.parts.joined, k)
        if len(bearers) == 1:
            mention.alias_of = next(iter(bearers.values()))


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    table = name_tables()
    return table.of_men | table.of_women | table.given | table.nicknames.keys()


def _rows(text: str, mentions: list[Named], people: list[Person]) -> list[PersonMention]:
    """One row per mention, each with the person's role."""
    names = [person.name for person in people]
    best: list[Role | None] = [None] * len(people)
    told: dict[tuple[int, Phrase], Role] = {}
    """What the article says of each person's role: its first country, organisation and telling status."""
    for mention in mentions:
        role = mention.role
        if role is None:
            continue
        known = best[mention.person]
        if known is None or _weight(role) > _weight(known):
            best[mention.person] = role
        key = mention.person, role.phrase
        before_it = told.get(key, role)
        told[key] = replace(
            before_it,
            country=before_it.country or role.country,
            org=before_it.org or role.org,
            status=before_it.status if before_it.status in _TELLING else role.status,
        )
    rows = []
    for mention in mentions:
        role = mention.role or best[mention.person]
        rules = [*mention.found.rules]
        country = org = status = None
        if role is not None:
            all_told = told[mention.person, role.phrase]
            country, org = role.country or all_told.country, role.org or all_told.org
            status = (
                all_told.status if role.status == "current" and all_told.status in _TELLING else role.status
            )
            rules.append(f"role {role.side}" if mention.role is not None else "role carried")
        if mention.why:
            rules.append(mention.why)
        if mention.form == "family" and _ADMINISTRATION.match(text, mention.found.end):
            rules.append("administration")
        rows.append(
            PersonMention(
                start_char=mention.found.start,
                end_char=mention.found.end,
                surface=mention.surface,
                name=tidy(mention.surface) if mention.candidates else names[mention.person],
                person=mention.person,
                form=mention.form,
                role=role.text if role is not None else None,
                role_country=country,
                role_org=org,
                role_status=status,
                zone=mention.zone,
                basis="; ".join(dict.fromkeys(_source(rules))),
                candidates=mention.candidates,
                more_roles=listed(mention.role, mention.others),
            )
        )
    return rows


_ADMINISTRATION = re.compile(r" [Aa]dministration\b")
_TELLING = frozenset({"former", "acting", "designate"})


def _source(rules: list[str]) -> list[str]:
    if any(r in {"repeat", "address", "office", "known"} for r in rules):
        return rules
    return ["model", *rules]


def _weight(role: Role) -> tuple[int, bool]:
    """Which of two roles is carried to mentions without one: the office, and the one with a country."""
    return (role.standing if role.status is not None else 0, role.country is not None)


__all__ = ["find"]
