"""Roles that several names share: "Senators A and B", "A and B, members of the council"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from newsledger.stages.people.coreference.entities import Changes, Mention
from newsledger.stages.people.roles.phrases import RolePhrase, read_phrase
from newsledger.stages.people.roles.role import Role
from newsledger.stages.people.roles.seats import bracketed, is_of_both, seat_after, seated
from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import Chart, Context

_GAP = re.compile(
    r"\s*(?:\([^()\n]{1,70}\)\s*|,\s(?:both\s)?[A-Z]{1,3}\s?[-–]\s?[A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?(?=[,;]|\sand\b))?"
    r"(?:,?\s(?:of|from)\s(?:the\s)?[A-Z][^,;.()\n]{1,30}?)?"
    r"(?:[,;]\s*(?:and\s+|as\s+well\s+as\s+)?|\s*and\s+|\s*&\s*|,?\s*as\s+well\s+as\s+|(?<=\)))\s*\Z"
)
_INCLUDE = frozenset({"include", "includes", "included", "including", "are", "were"})
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FAR = 24


def share_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give a role in the plural to every name of its list, and a singular seat to one that bears none."""
    changes: dict[int, Mention] = {}
    i = 0
    while i < len(mentions):
        role = _of_many(context, mentions, i)
        if role is None:
            i += 1
            continue
        group = list(_names_from(context, mentions, i, role))
        if len(group) == 1 and _of_none(context.text, mentions[i], role):
            changes[i] = replace(mentions[i], role=None, other_roles=())
        else:
            _share(context, mentions, group, role, changes, labels=role.phrase[-1] in roles().with_portfolio)
        i = group[-1] + 1
    return changes


def _of_many(context: Context, mentions: Sequence[Mention], i: int) -> Role | None:
    """The role that the list beginning with mention ``i`` shares: in the plural before it, or a header."""
    role = mentions[i].before.role
    if role is not None and role.many:
        return role
    if role is not None and role.elected and i + 1 < len(mentions):
        one, other = mentions[i], mentions[i + 1]
        if (
            other.before.role is None
            and seat_after(context.text, one.span.end)
            and seat_after(context.text, other.span.end)
        ):
            # "Senator Hale (R-Ariz.) and John Lind (R-Texas)"
            return replace(role, many=True) if _goes_on(context.text, one, other) else None
    return None


def _names_from(context: Context, mentions: Sequence[Mention], i: int, role: Role) -> Iterator[int]:
    """The mentions of the list that begins with mention ``i``."""
    for j in _run(context.text, mentions, i):
        other = mentions[j]
        own = other.before.role if j > i else None
        if own is not None and (own.many or (own.elected and role.elected)):
            return
        seat = role.elected and seat_after(context.text, other.span.end)
        if own is not None and own.standing == 2 and not own.style and not seat:
            return
        yield j


def _run(text: str, mentions: Sequence[Mention], i: int) -> Iterator[int]:
    """Mention ``i`` and those that a list of names names after it."""
    yield i
    while i + 1 < len(mentions) and _goes_on(text, mentions[i], mentions[i + 1]):
        i += 1
        yield i


def _goes_on(text: str, one: Mention, other: Mention) -> bool:
    """Whether a list of names goes on from ``one`` to ``other``."""
    gap = text[one.span.end : other.before.start]
    if len(gap) > 110 or not gap.strip() or not _GAP.match(gap):
        return False
    # "... Hale (D-DE) ADA LIND: Good morning": she asks, and is no senator
    return not (text[other.span.end : other.span.end + 1] == ":" and other.surface.isupper())


def _of_none(text: str, mention: Mention, role: Role) -> bool:
    """Whether a plural before one name alone is not said of it ("the sheriffs Hale met")."""
    start = role.start
    closed = not mention.single and text.startswith((",", ".", ";", ":", " ("), mention.span.end)
    one_of = re.search(r"\b[Oo]ne of (?:[a-z]+ ){0,2}\Z", text[max(0, start - 32) : start])
    return text[start].islower() and not (closed and one_of)


def _share(
    context: Context,
    mentions: Sequence[Mention] | Changes,
    group: Sequence[int],
    role: Role,
    changes: dict[int, Mention],
    *,
    labels: bool = False,
) -> None:
    """Each mention of a list with the role of the list, and with whose it is as said after the name."""
    side: Literal["shared", "before"] = "shared" if len(group) > 1 else "before"
    both = is_of_both(context.text, mentions[group[-1]].span.end)
    seat = seat_after(context.text, mentions[group[-1]].span.end) if both else None
    for j in group:
        mention = mentions[j]
        own = replace(role, many=False, side=side, others=())
        if labels and (label := bracketed(context, mention.span.end)):
            own = replace(own, org=label)
        own = seated(context, own, mention.span.end)
        if seat is not None:
            own = replace(own, org=own.org or seat)
        last = j == group[-1] and len(group) == 2 and role.elected
        if last and own.org and not seat_after(context.text, mention.span.end):
            # The state of "Sens. Hale and Lind of Nevada"
            changes[group[0]] = _with_org(changes[group[0]], own.org)
        stated = mention.role if j != group[0] else None
        if stated is not None and stated.side != "after" and stated.standing == 2 and not stated.many:
            changes[j] = replace(mention, other_roles=(*mention.other_roles, own))
            continue
        rest = tuple(r for r in mention.other_roles if not r.many)
        beside = rest if stated is None or stated in rest else (*rest, stated)
        changes[j] = replace(mention, role=own, other_roles=(*beside, own))


def _with_org(mention: Mention, org: str) -> Mention:
    """A mention whose role has none with an organisation."""
    role = mention.role
    return mention if role is None or role.org is not None else mention.with_main_role(replace(role, org=org))


def listed_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read a role in the plural before a list: "DEFENDERS: Ada Lind", "officials including Ada Lind"."""
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        chart = context.chart_at(mention.before.start)
        tokens = chart.tokens
        if i in changes or (mention.role is not None and not mention.role.elected):
            continue
        place = chart.first_from(mention.before.start) - 1
        if place < 1:
            continue
        colon = tokens[place].text == ":"
        if colon and tokens[place - 1].key in _INCLUDE:
            place -= 1
        like = tokens[place].key == "like"
        verb = like or tokens[place].key in _INCLUDE
        verb = verb or (tokens[place].key == "as" and tokens[place - 1].key == "such")
        if not (colon or verb):
            continue
        before_verb = place - (tokens[place].key == "as")
        phrase = _plural_before(chart, before_verb, strict=like or (colon and not verb))
        if phrase is None:
            continue
        group: list[int] = []
        for j in _run(context.text, mentions, i):
            own = mentions[j].role is not None and mentions[j].before.role is not None
            if j > i and own and not verb:
                break
            group.append(j)
        before_it = {j: changes.get(j, mentions[j]) for j in group}
        _share(context, before_it, group, phrase.role, changes, labels=True)
        for j in group:
            stated = before_it[j].role
            if stated is not None and stated.side in {"shared", "before"}:
                shared = changes[j].role
                others = tuple(r for r in (*before_it[j].other_roles, shared) if r is not None)
                changes[j] = replace(before_it[j], other_roles=others)
    return changes


def _plural_before(chart: Chart, place: int, *, strict: bool) -> RolePhrase | None:
    """The role phrase in the plural that ends before token ``place``, or, if not ``strict``, near it."""
    tokens = chart.tokens
    for k in range(place - 1, max(-1, place - (2 if strict else 12)), -1):
        if tokens[k].text in {".", "\n", ":", ";", "?", "!"} or k in chart.of_person:
            return None
        head = chart.heads.get(k)
        if head is None or not head.many:
            continue
        return read_phrase(chart, head, max(0, k - _FAR), tail=not strict)
    return None


def roles_after_lists(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read a role in the plural after a list: "Ada Lind and Ben Moss, members of the council"."""
    text = context.text
    changes: dict[int, Mention] = {}
    for i in range(1, len(mentions)):
        if i in changes:
            continue
        chart = context.chart_at(mentions[i].span.start)
        tokens = chart.tokens
        i_end = chart.first_from(mentions[i].span.end)
        at = _over_bracket(chart, i_end)
        if at + 1 >= len(tokens) or tokens[at].text != ",":
            continue
        if not re.search(r"\b(?:and|&)\s*\Z", text[mentions[i - 1].span.end : mentions[i].before.start]):
            continue
        at += 1
        count = None
        while tokens[at].key in {"all", "both", "the", "two", "three", "four"} and at + 1 < len(tokens):
            count = _COUNTS.get(tokens[at].key, count)
            at += 1
        head = next((chart.heads[k] for k in range(at, min(at + 8, len(tokens))) if k in chart.heads), None)
        if head is None or not head.many:
            continue
        phrase = read_phrase(chart, head, at)
        if phrase is None or phrase.first != at:
            continue
        group = [i]
        while group[0] and _goes_on(text, mentions[group[0] - 1], mentions[group[0]]) and len(group) != count:
            group.insert(0, group[0] - 1)
        if len(group) < 2:
            continue
        shared = replace(phrase.role, many=False, side="shared")
        for j in group:
            changes[j] = mentions[j].with_role(shared)
    return changes


def _over_bracket(chart: Chart, i: int) -> int:
    """The token after a bracket that begins at token ``i``."""
    if chart.key(i) != "(":
        return i
    return next((k + 1 for k in range(i, i + 8) if chart.key(k) == ")"), i)


def counted_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read a role with its number before a list: "Two senators, Ada Lind and Ben Moss, ..."."""
    changes: dict[int, Mention] = {}
    for i, mention in enumerate(mentions):
        chart = context.chart_at(mention.before.start)
        tokens = chart.tokens
        place = chart.first_from(mention.before.start) - 1
        if (
            mention.role is not None
            or i in changes
            or place < 2
            or tokens[place].text not in {",", ":", "–", "—", "-"}
        ):
            continue
        phrase = _plural_before(chart, place, strict=False)
        if phrase is None or phrase.last != place - 1:
            continue
        number = next(
            (_COUNTS[t.key] for t in tokens[max(0, phrase.first - 3) : phrase.head.last] if t.key in _COUNTS),
            0,
        )
        group = list(_run(context.text, mentions, i))
        if number and len(group) == number:
            _share(context, mentions, group, phrase.role, changes)
    return changes


def bodies_of_both(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give Ben Moss the body of "Roads Committee Chairman Ada Lind and Ranking Member Ben Moss"."""
    changes: dict[int, Mention] = {}
    for i in range(1, len(mentions)):
        one, other = changes.get(i - 1, mentions[i - 1]), mentions[i]
        first, second = one.before.role, other.before.role
        if first is None or second is None or other.role is not second or second.org or second.country:
            continue
        gap = context.text[one.span.end : other.before.start]
        if second.style or second.standing < 2 or second.phrase in roles().top or not _AND.fullmatch(gap):
            continue
        same = first.field == second.field or second.phrase == ("ranking", "member")
        if not same or first.many or not (first.org or first.country):
            continue
        org = None if second.phrase[-1] in roles().with_portfolio else first.org
        shared = replace(second, org=org, country=first.country)
        changes[i] = replace(other.with_main_role(shared), before=replace(other.before, role=shared))
    return changes


_AND = re.compile(r"(?:\s\([^()\n]{1,24}\))?,?\s(?:and|&)\s")


def share_out(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give each of two people one of two offices: "Ada Lind and Ben Moss, chairman and ranking member"."""
    changes: dict[int, Mention] = {}
    for i in range(len(mentions) - 1):
        one, other = mentions[i], mentions[i + 1]
        stated = [r for r in other.other_roles if r.side == "after"]
        if len(stated) != 2 or stated[0].phrase == stated[1].phrase or not _goes_on(context.text, one, other):
            continue
        gap = context.text[one.span.end : other.before.start]
        between = context.text[stated[0].end : stated[1].start]
        if not re.search(r"\band\s*\Z", gap) or not re.fullmatch(r"\s(?:and|&)\s", between):
            continue
        if any(r.side == "after" for r in one.other_roles):
            continue
        kept = tuple(r for r in other.other_roles if r is not stated[0])
        main = stated[1] if other.role is stated[0] else other.role
        changes[i] = one.with_role(stated[0])
        changes[i + 1] = replace(other, role=main, other_roles=kept)
    return changes
