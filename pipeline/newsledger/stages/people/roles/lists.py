"""What names that stand side by side share, or what tells them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from newsledger.document.layout import Layout
from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.roles.after import after
from newsledger.stages.people.roles.before import before
from newsledger.stages.people.roles.place import placed
from newsledger.stages.people.roles.roles import ELECTED, Context, Role

# Between the names of a list: "(D-OR), ", ", D-Ore., and ", " of the US and ".
_LIST_GAP = re.compile(
    r"\s*(?:(?:,\s)?\([^()\n]{0,24}\)\s*|,\s*[A-Z]{1,3}(?:-\s?|\s-\s)[A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?(?:,\.)?(?=[,;]|\sand\b)\s?)?"
    r"(?:,?\s?of\s[^,;.\n]{2,30}?\s?|\s(?:from|at)\s[A-Z][^,;.\n]{2,60}?)?"
    r"(?:[,;]\s*(?:and\s+)?|and\s+|&\s*|as\s+well\s+as\s+)\Z"
    r"|\s*\(\s?[RDI]\s?-[^()\n]{1,12}\)\s\Z"
)


def _both_seated(text: str, mentions: Sequence[Mention], i: int) -> bool:
    """Whether party and state stand after a senator's name and after the next one, which has no title."""
    one, other = mentions[i], mentions[i + 1]
    if other.role is not None or not _SEATED.match(text, one.span.end):
        return False
    return bool(_SEATED.match(text, other.span.end)) and _goes_on(text, one, other)


_CLOSES = re.compile(r"[,.;]| \(")
_ONE_OF = re.compile(r"\b[Oo]ne of (?:[a-z]+ ){0,2}\Z")
_SEATED_ON = re.compile(r"(?:[^.;:()\n]|\([^()\n]{1,24}\)){0,160}(?:,\s(?:and\s)?|\sand\s)")


def _seated_on(text: str, one: Mention, other: Mention) -> bool:
    """Whether the list of "Sens. Hale (R-TX), who chairs the panel, and Lind (R-VT)" goes on there."""
    if other.role is not None and other.role.side == "before":
        return False
    seated = _SEATED.match(text, other.span.end)
    return bool(seated and _SEATED_ON.fullmatch(text, one.span.end, other.span.start))


def share_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give the role of "Presidents Biden and Macron" to every name of the list."""
    changes: dict[int, Mention] = {}
    i = 0
    while i < len(mentions):
        role = _role_of_many(context.text, mentions, i)
        if role is None:
            i += 1
            continue
        group = _group(context.text, mentions, i, role)
        if len(group) == 1 and _of_none(context.text, mentions[i]):
            # "the sheriffs Hale met with": it is not said that Hale is one.
            changes[i] = replace(mentions[i], role=mentions[i].role_after_plural)
        else:
            changes.update(_shared(context, mentions, group, role))
        i = group[-1] + 1
    return changes


def _role_of_many(text: str, mentions: Sequence[Mention], i: int) -> Role | None:
    """The role before a name that stands for several people."""
    role = mentions[i].role
    if role is None or role.many:
        return role
    if role.side == "before" and role.phrase in ELECTED and i + 1 < len(mentions):
        # "Senator Hale (R-Ariz.) and John Lind (R-Texas)"
        return replace(role, many=True) if _both_seated(text, mentions, i) else None
    return None


def _group(text: str, mentions: Sequence[Mention], i: int, role: Role) -> list[int]:
    """The names of the list that begins with mention ``i``."""
    group = [i]
    seats = role.phrase in ELECTED
    while (following := group[-1] + 1) < len(mentions):
        one, other = mentions[group[-1]], mentions[following]
        if not (_goes_on(text, one, other) or (seats and _seated_on(text, one, other))):
            break
        group.append(following)
    if len(group) == 1 and not role.style and _two_of_them(text, mentions, i):
        # "BDB officials Dr. Ada Lind and Dr. Ben Hale"
        group.append(i + 1)
    return group


def _of_none(text: str, mention: Mention) -> bool:
    """Whether a plural before one name alone is not said of it ("the sheriffs Hale met")."""
    start = mention.before.start
    return text[start].islower() and not (
        not mention.single
        and _CLOSES.match(text, mention.span.end)
        and _ONE_OF.search(text, max(0, start - 32), start)
    )


def _shared(context: Context, mentions: Sequence[Mention], group: Sequence[int], role: Role) -> Changes:
    """Each mention of a list with the role of the list, and with the country that is its own."""
    changes: dict[int, Mention] = {}
    seats = role.phrase in ELECTED
    countries = role.countries if len(role.countries) == len(group) else ()
    for k, j in enumerate(group):
        mention = mentions[j]
        own = mention.role
        if own is not None and own.side == "after" and not (len(group) > 1 and " and " in own.text):
            # "Sens. Hale and Lind, chairman and ranking member": each is one of both.
            shared = replace(role, many=False, side="shared", countries=())
            changes[j] = replace(mention, other_roles=(shared, *mention.other_roles))
            continue
        country = countries[k] if countries else _country_after(context, mention.span.end)
        side: Literal["shared", "before"] = "shared" if len(group) > 1 else "before"
        shared = replace(role, many=False, country=country or role.country, side=side)
        changes[j] = replace(mention, role=placed(context, shared, mention.span.end) if seats else shared)
    if seats and len(group) == 2 and not role.org:
        one, other = (changes[j].role for j in group)
        # The state of "Sens. Hale and Lind of Nevada", which only the second is given.
        if one is not None and other is not None and not one.org and other.org and other.side == "shared":
            changes[group[0]] = replace(changes[group[0]], role=replace(one, org=other.org))
    return changes


# "Other senators signing the letter include ", "trainers including ", "artists such as "
_LISTED = re.compile(
    r"\b([A-Za-z]+(?:s|men|women|people))"
    r"(?:(?:\s[a-z][\w-]*){0,7}(?<!\sthat)(?<!\swhich)\s(?:include|includes|included|are|were)[: ]\s?"
    r"|,?\s(?:including|such\s+as)\s)\Z"
)
# "A number of senators have signed on to it, including ", "The following senators have joined him: "
_OF_THESE = re.compile(
    r"\b(?:(?:[Aa] number of|[Ss]everal|[Mm]any|[Ss]ome|[Oo]ther|[Mm]ore than \w+|\d+)"
    r"(?: (?:other|bipartisan|fellow|U\.S\.|US)){0,2} (?P<some>[A-Za-z]+(?:s|men|women))"
    r" (?:have |had |has )?(?:also )?[a-z]+(?: [A-Za-z-]*[A-Za-rt-z-]| this| across){0,6}, including"
    r"|[Ff]ollowing (?:(?:bipartisan|U\.S\.|US|[A-Z][a-z]+) ){0,2}(?P<all>[A-Za-z]+(?:s|men|women))"
    r"(?: [a-z][\w-]*| [A-Z][\w.-]*){0,9}:)\s\s?\Z"
)
_BEFORE_LIST = frozenset({"include", "includes", "included", "including", "are", "were", "as"})
_OF_THEM = re.compile(r"\b(?:of|for)\s")  # "a number of trainers including "


def list_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give the office of "Other senators who signed include Hale, Lind and Moreau" to all of the list."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        if mention.role is not None or i in changes or mention.before.addressed:
            continue
        last = text[max(0, mention.span.start - 12) : mention.span.start].split()[-1:]
        if not last or not (last[0].endswith(":") or last[0] in _BEFORE_LIST):
            continue
        match = _LISTED.search(text, max(0, mention.span.start - 90), mention.span.start)
        these = _OF_THESE.search(text, max(0, mention.span.start - 130), mention.span.start)
        if match is None and these is None:
            continue
        end = match.end(1) if match is not None else max(these.end("some"), these.end("all"))  # type: ignore[union-attr]
        floor = max(0, (match or these).start() - 60)  # type: ignore[union-attr]
        for of in _OF_THEM.finditer(text, floor, end):
            floor = of.end()
        role = before(context, end, floor).role
        if role is None:
            continue
        role = replace(role, many=False, side="shared")
        k = i
        while True:
            changes[k] = replace(mentions[k], role=role)
            following = k + 1
            if following == len(mentions) or not _goes_on(text, mentions[k], mentions[following]):
                break
            if mentions[following].role is not None:
                break
            k = following
    return changes


_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
# "Two farm state congressmen, ", "Three senators on the panel - "
_COUNTED = re.compile(
    rf"\b(?P<many>{'|'.join(_NUMBERS)})\s(?:of\sthe\s)?(?:[\w.-]+\s){{0,4}}?(?P<office>(?:ex-)?[A-Za-z]+(?:s|men|women))"
    r"(?:\s(?:of|on|in|from|at|who)\s[^,;.()–—\n]{3,48})?(?:,|:|\s[-–—]|[–—])\s?\Z",
    re.IGNORECASE,
)


def counted_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give the office of "Three senators on the panel, Hale, Lind and Moreau" to all where three follow."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        start = mention.span.start
        if (
            mention.role is not None
            or i in changes
            or mention.before.addressed
            or not _PARTING.search(text, start - 3, start)
        ):
            continue
        match = _COUNTED.search(text, max(0, start - 110), start)
        if match is None:
            continue
        group = [i]
        while group[-1] + 1 < len(mentions) and _goes_on(text, mentions[group[-1]], mentions[group[-1] + 1]):
            group.append(group[-1] + 1)
        if len(group) != _NUMBERS[match["many"].lower()]:
            continue
        role = before(context, match.end("office"), match.end("many")).role
        if role is None:
            continue
        for k in group:
            changes[k] = replace(mentions[k], role=replace(role, many=False, side="shared", countries=()))
    return changes


_PARTING = re.compile(r"[,:–—-]\s?\Z")


_SEATED = re.compile(r"\s?\([RDI]-[A-Z](?![\w.]{0,8}[ -]{1,2}(?:\d|At[ -]Large))")
"""A number after the state is a district's, which a senator has none of."""


def _goes_on(text: str, one: Mention, other: Mention) -> bool:
    """Whether a list of names goes on from ``one`` to ``other``, which has no title of its own."""
    gap = text[one.span.end : other.span.start]
    if len(gap) > 80 or not _LIST_GAP.match(gap):
        return False
    if text[other.span.end : other.span.end + 1] == ":" and other.surface.isupper():
        # "... Hale (D-DE) ADA LIND: Good morning": she asks, and is no senator
        return False
    return other.role is None or other.role.side != "before"


def _two_of_them(text: str, mentions: Sequence[Mention], i: int) -> bool:
    """Whether "actors Ada Lind and Dr. Ben Hale" are two, though the second has a form of address."""
    if i + 1 == len(mentions):
        return False
    one, other = mentions[i], mentions[i + 1]
    between = text[one.span.end : other.before.start]
    return between == " and " and other.before.addressed and other.role is None


_OF = re.compile(r"\s+of\s+(?:the\s+)?")


def _country_after(context: Context, end: int) -> str | None:
    """The country in "Presidents Hale of the US and Moreau of France"."""
    match = _OF.match(context.text, end)
    if match is None:
        return None
    country = context.country_starts.get(match.end())
    return country.iso_alpha2 if country is not None else None


_AND = re.compile(r",?\s(?:and|&)\s\Z")
_COMMA = re.compile(r",\s\Z")


def roles_after_list(context: Context, layout: Layout, mentions: Sequence[Mention]) -> Changes:
    """Give the office of "Ada Lind, Ben Moss and Jane Hale, county commissioners" to all of the list."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i in range(1, len(mentions)):
        one, other = mentions[i - 1], mentions[i]
        if one.role is not None or other.role is not None or i - 1 in changes:
            continue
        if (
            len(other.parts.units) < 2
            or text[other.span.end : other.span.end + 1] != ","
            or not _beside(text, one, other, _AND)
        ):
            continue
        ceiling = layout.segment_at(other.span.start).end
        role = after(context, other.span.end, ceiling, many=True)
        if role is None:
            continue
        role = replace(role, many=False, side="shared")
        first = i - 1
        while (
            first
            and mentions[first - 1].role is None
            and first - 1 not in changes
            and _beside(text, mentions[first - 1], mentions[first], _COMMA)
        ):
            first -= 1
        for k in range(first, i + 1):
            changes[k] = replace(mentions[k], role=role)
    return changes


def _beside(text: str, one: Mention, other: Mention, gap: re.Pattern[str]) -> bool:
    """Whether two full names without a form of address stand beside each other with ``gap`` between."""
    return (
        len(one.parts.units) > 1 < len(other.parts.units)
        and not other.before.addressed
        and bool(gap.fullmatch(text, one.span.end, other.span.start))
    )
