"""Reads the context of each name: title, role, zone, kinship, alias; gives one mention per name."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from newsledger.document.layout import Layout
from newsledger.lexicons.load import any_of, lazy_regex
from newsledger.stages.people.boundaries.name_parts import parse_name
from newsledger.stages.people.boundaries.person_span import IntervalSet, PersonSpan
from newsledger.stages.people.coreference.entities import Changes, Mention, applied
from newsledger.stages.people.role import Before, Role
from newsledger.stages.people.roles.descriptions import after
from newsledger.stages.people.roles.seats import seated
from newsledger.stages.people.roles.titles import before
from newsledger.stages.people.tables import names, roles
from newsledger.stages.people.tokens import Context

_SAYS = lazy_regex(rf" (?:{any_of(names().speech_verbs)})\b")
_IN_ROW = lazy_regex(r",? (?:and|&) |, ")
_LATE = lazy_regex(r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir) late (?:[a-z]+ )?\Z")
_OF_FAMILY = lazy_regex(rf"['’]s?\b|\s(?:{any_of(names().households)})\b")
_ADMINISTRATION = lazy_regex(r" [Aa]dministration\b")


def read_mentions(context: Context, layout: Layout, spans: Sequence[PersonSpan]) -> tuple[Mention, ...]:
    """The mentions of ``spans``, each with the roles and the rest that the text states right beside it."""
    text = context.text
    spans = [span for span in spans if parse_name(text[span.start : span.end]).units]
    bylines = IntervalSet(credit_lines(text))
    numbers = {segment: i for i, segment in enumerate(layout.segments)}
    context.set_people((span.start, span.end) for span in spans)
    mentions = []
    for i, span in enumerate(spans):
        surface = text[span.start : span.end]
        segment = layout.segment_at(span.start)
        floor = spans[i - 1].end if i else 0
        stated = _before(context, span, floor, full=len(parse_name(surface).units) > 1)
        is_alias = i > 0 and _is_alias_of(text, spans[i - 1], span)
        later = [] if is_alias else after(context, stated.start, span.end, segment.end)
        if _LATE.search(text, max(0, stated.start - 24), stated.start if stated.role is None else span.start):
            later = [replace(role, status="former") for role in later]
        definite = text.endswith(("the ", "The "), 0, span.start)
        in_byline = bylines.overlapping(span.start, span.start + 1) is not None
        mentions.append(
            Mention(
                span=span,
                surface=surface,
                parts=parse_name(surface),
                zone="byline" if in_byline else segment.zone,
                segment=numbers.get(segment, 0),
                before=stated,
                role=main_role(stated.role, later),
                other_roles=(*_each(stated.role), *later),
                is_alias=is_alias,
                in_row=i > 0 and bool(_IN_ROW.fullmatch(text, spans[i - 1].end, stated.start)),
                speaks=speaks(text, stated.start, span.end),
                of_family=definite and bool(_OF_FAMILY.match(text, span.end)),
                administration=bool(_ADMINISTRATION.match(text, span.end)),
                press_contact=is_contact(text, span),
            )
        )
    return applied(mentions, _with_apostrophes(text, mentions))


_CLOSERS = frozenset(",.;)")


def _before(context: Context, span: PersonSpan, floor: int, *, full: bool) -> Before:
    """What stands before a name, its role with what is said after the name of whose it is."""
    text = context.text
    closed = text[span.end : span.end + 1] in _CLOSERS or text.startswith(" (", span.end)
    stated = before(
        context, span.start, floor, full=full, closed=closed, speaks=bool(_SAYS.match(text, span.end))
    )
    role = stated.role
    if role is None or role.many:
        return stated
    others = tuple(seated(context, other, span.end) if other.elected else other for other in role.others)
    return replace(stated, role=replace(seated(context, role, span.end), others=others))


def _each(role: Role | None) -> tuple[Role, ...]:
    """A role and what stands beside it, in text order."""
    if role is None or role.many:
        return ()
    return tuple(sorted((*role.others, role), key=lambda one: one.start))


def main_role(first: Role | None, later: Sequence[Role]) -> Role | None:
    """The role of a mention: the one before the name, unless a title alone, or the first after it."""
    said = [
        role for role in later if role.phrase[-1] not in roles().partisans or (role.org and first is None)
    ]
    second = next((r for r in said if r.status not in {"former", "designate"}), said[0] if said else None)
    if first is None or second is None:
        return first or second
    title = first.style and first.standing < 2
    if title and second.standing and (second.standing == 2 or second.org or len(second.phrase) > 1):
        return first if second.status == "designate" and (first.org or first.country) else second
    if first.phrase == second.phrase and first.status == second.status and not (first.org or first.country):
        # "Sen. Lind, the Senator from Nevada"
        return replace(first, org=second.org, country=second.country)
    return first


_VERBS = any_of(names().speech_verbs | names().statement_verbs)
_SPEAKS = lazy_regex(
    r"(?:,(?=\s)|,\s(?=[a-z\d])[^,.;:\n]{1,70},|\s?\([^()\n]{1,30}\)|\sof\s(?=the\s|[A-Z])[^,.;:\n]{1,50}?)?"
    rf"(?:\s(?!(?:was|were|is|are|been|being|be)\b)[a-z]{{2,9}})?\s(?:{_VERBS})\b"
)
_AFTER_SPEECH = lazy_regex(
    r"(?:[\"”’'],?|,)\s(?:said|says|added|adds|explained|recalled|wrote|noted)\s\Z|\b[Aa]ccording\sto\s\Z"
)
_NO_MORE = lazy_regex(r"[,.;:\n]|\s?\(|\s(?:in|at|of|on|during|after|when|while|as)\s|\Z")


def speaks(text: str, first: int, end: int) -> bool:
    """Whether who is named at text[first:end], title and name, speaks there.

    >>> text = "Lopez, a nurse, said so. “No,” said Dr Lopez. He said Lopez left."
    >>> speaks(text, 0, 5), speaks(text, 36, 44), speaks(text, 54, 59)
    (True, True, False)
    """
    if _SPEAKS.match(text, end, end + 110):
        return True
    return bool(_AFTER_SPEECH.search(text, max(0, first - 20), first) and _NO_MORE.match(text, end, end + 8))


_THEN_NUMBER = lazy_regex(r"[^\n]{0,40}?\(?\d{3}\)?[ /.-]{1,3}\d{3}[ .-]{1,3}\d{4}\b")
_CONTACT = lazy_regex(r"\b(?:contacts?|press|media)\b[^\n.;]{0,40}\Z", re.IGNORECASE)


def is_contact(text: str, name: PersonSpan) -> bool:
    """Whether a telephone number follows a name, or "Contact" comes before it.

    >>> text = "Senator Lind left. Contact: Ana Lind, Joe Berg (202) 555-0123"
    >>> [is_contact(text, PersonSpan(at, at + 8)) for at in (text.index("Ana Lind"), text.index("Joe Berg"))]
    [True, True]
    """
    if _THEN_NUMBER.match(text, name.end, name.end + 70):
        return True
    return bool(_CONTACT.search(text, max(0, name.start - 50), name.start))


_MARK = lazy_regex(r"(?:[Bb]y\s+|[/:]\s?|©\s?(?:\d{4}\s)?)(?=[A-Z])")
_WORD_BEFORE = lazy_regex(r"([^\W\d_]+)(\s*)\Z")
_CREDITED = lazy_regex(r"[^.;()\n]{0,100}")


def credit_lines(text: str) -> list[tuple[int, int]]:
    """The stretches in which the text says who wrote, edited or photographed it.

    >>> text = "Reporting by Ada Lind; the mayor left."
    >>> [text[start:end] for start, end in credit_lines(text)]
    ['Ada Lind']
    """
    lines: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        credited = _CREDITED.match(text, mark.end())
        if credited is not None and _is_credit(text, mark) and not (lines and mark.start() < lines[-1][1]):
            lines.append(credited.span())
    return lines


def _is_credit(text: str, mark: re.Match[str]) -> bool:
    """Whether "by", a slash or a colon stands after a word for a contribution or an agency."""
    if mark[0][0] == "©":
        return True
    word = _WORD_BEFORE.search(text, max(0, mark.start() - 16), mark.start())
    by = mark[0][0] in "Bb"
    if word is None or bool(word[2]) != by:
        return False
    known = names().credit_words if by else names().credit_signs
    return word[1] in known or word[1].lower() in known


_KNOWN_AS = lazy_regex(
    r"\s*[,(–—-]?\s*"
    # "a chess player from Lima", but not "the son of a man"
    r"(?:(?:an?|the)\s(?:(?!of\b|for\b|to\b|by\b|with\b|and\b|or\b|whose\b|who\b)[\w’'-]+\s){1,6})?"
    r"(?:who\s(?:is\s|was\s)?)?(?:(?:also|better|popularly|more|most|commonly|widely|universally|best|often)\s+)*"
    r"(?:n[ée]e|born|whose\s+(?:real|birth|stage|full)\s+name\s+(?:is|was)|real\s+name|nicknamed|dubbed|alias"
    r"|[Aa]\.?[Kk]\.?[Aa]\.?,?|(?<=also\s)(?:goes|went)\s+by|perform(?:s|ed|ing)\s+(?:as|under\s+the\s+name(?:\s+of)?)"
    r"|(?:became\s+)?known\s+(?:(?:[a-z]+ly\s)?(?:(?:in|to|among|around)\s[a-z][a-z ]{1,40}?\s)?as"
    r"|by\s+(?:the|his|her)\s+(?:moniker|nickname|name|alias|nom\s+de\s+guerre)(?:\s+of)?))"
    r"\s+[\"“'‘]?\Z"
)


def _is_alias_of(text: str, previous: PersonSpan, span: PersonSpan) -> bool:
    """Whether a name is another of the person's named before it: "Ada Hale, also known as Lucho"."""
    return (
        span.start - previous.end < 100
        and _KNOWN_AS.fullmatch(text, previous.end, span.start) is not None
        and text[span.end : span.end + 2] not in _MARKS
    )


def _with_apostrophes(text: str, mentions: Sequence[Mention]) -> Changes:
    """Read "Ivin's" as Ivins' where the article has an Ivins and no Ivin: the apostrophe slipped.

    And where a long article has lost its apostrophes, "Hales bill" is Hale's if it knows a Hale.
    """
    if len(text) > _LONG and not any(mark in text for mark in _MARKS):
        families = {m.parts.units[-1].text for m in mentions if m.parts.family != 0}
        changed = {i: m.surface[:-1] for i, m in enumerate(mentions) if _has_lost_apostrophe(m, families)}
    else:
        marked = [text[m.span.end : m.span.end + 2] in _MARKS for m in mentions]
        words = {unit.text for m in mentions if not m.single for unit in m.parts.units}
        unmarked = {m.surface for m, mark in zip(mentions, marked, strict=True) if not mark}
        changed = {
            i: m.surface + "s"
            for i, (m, mark) in enumerate(zip(mentions, marked, strict=True))
            if mark and m.single and m.surface + "s" in words and m.surface not in words | unmarked
        }
    return {i: replace(mentions[i], parts=parse_name(surface)) for i, surface in changed.items()}


_LONG = 1200
"""So many characters of English hold a possessive."""


def _has_lost_apostrophe(mention: Mention, families: Set[str]) -> bool:
    last = mention.parts.units[-1].text
    return len(last) > 4 and last.endswith("s") and last[:-1] in families and mention.parts.suffix is None


_MARKS = frozenset({"'s", "’s"})
