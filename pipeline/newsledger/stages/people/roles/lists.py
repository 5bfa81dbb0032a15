"""Roles that several names share: "Senators A and B", "A and B, members of the council"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.people.coreference.entities import Changes, Mention, applied
from newsledger.stages.people.role import TELLING, Role
from newsledger.stages.people.roles.phrases import RolePhrase, read_phrase
from newsledger.stages.people.roles.seats import BOTH, LABEL, seat_after, seated
from newsledger.stages.people.tables import roles
from newsledger.stages.people.tokens import ENDS, Chart, Context

_ASIDE = (
    r"(?:,\s(?:M\.?D|Ph\.?D|Jr|Sr)\.?(?=\s\(|,))?"
    r"(?:\s?\([^()\n]{1,70}\)|,\s(?:both\s)?[A-Z]{1,3}\s?[-–]\s?[A-Z][\w.]{1,12}(?:\s[A-Z][\w.]{1,12})?(?=[,;]|\sand\b))?"
    r"(?:,\san?\s[a-z][^,;.()\n]{1,40}(?=,))?"
)
_GAP = lazy_regex(
    rf"{_ASIDE}\s*(?:,?\s?(?:of|from)\s(?:the\s)?[A-Z][^,;.()\n]{{1,30}}?)?"
    r"(?:[,;]\s*(?:and\s+|as\s+well\s+as\s+)?|\s*and\s+|\s*&\s*|,?\s*as\s+well\s+as\s+|(?<=\)))\s*\Z"
)
_AND = lazy_regex(r"(?:\s\([^()\n]{1,24}\))?,?\s(?:and|&)\s")
_SAID_OF_ALL = lazy_regex(
    rf"{_ASIDE}(?:,?\s(?:who\s)?(?:(?P<past>were|had\sbeen|served\sas)|are|have\sbeen|serve\sas|became|remain)|,|\s?[–—]|\s-(?=\s))"
    r"(?:\s?(?:also|now|currently|all|both|each|the|two|three|four)\b)*\s"
)
_FAR = 24


def share_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give a role in the plural to every name of its list, and a singular seat to one that bears none."""
    changes: dict[int, Mention] = {}
    i = 0
    while i < len(mentions):
        role = _of_many(context.text, mentions[i : i + 2])
        if role is None:
            i += 1
            continue
        group = list(_names_from(context.text, mentions, i, role))
        if len(group) == 1 and _of_none(context.text, mentions[i], role):
            stated = tuple(r for r in mentions[i].other_roles if not r.many)
            changes[i] = replace(mentions[i], role=next(iter(stated), None), other_roles=stated)
        else:
            labels = role.phrase[-1] in roles().with_portfolio
            changes |= _shared(context, mentions, group, role, labels=labels)
        i = group[-1] + 1
    return changes


def _of_many(text: str, pair: Sequence[Mention]) -> Role | None:
    """The role of the list that begins with a mention: in the plural, or a seat that the next has too."""
    role = pair[0].before.role
    if role is None or role.many:
        return role
    seats = role.elected and all(seat_after(text, mention.span.end) for mention in pair)
    if seats and len(pair) == 2 and pair[1].before.role is None and _goes_on(text, *pair):
        # "Senator Hale (R-Ariz.) and John Lind (R-Texas)"
        return replace(role, many=True)
    return None


def _names_from(text: str, mentions: Sequence[Mention], i: int, role: Role) -> Iterator[int]:
    for j in _run(text, mentions, i):
        own = mentions[j].before.role if j > i else None
        seat = role.elected and seat_after(text, mentions[j].span.end)
        if own and (own.many or (own.elected and role.elected) or (own.standing == 2 and not seat)):
            return
        yield j


def _run(text: str, mentions: Sequence[Mention], i: int) -> Iterator[int]:
    """Mention ``i`` and those that a list of names names after it."""
    yield i
    while i + 1 < len(mentions) and _goes_on(text, mentions[i], mentions[i + 1]):
        i += 1
        yield i


def _goes_on(text: str, one: Mention, other: Mention) -> bool:
    gap = text[one.span.end : other.before.start]
    if len(gap) > 110 or not _GAP.match(gap):
        return False
    # "... Hale (D-DE) ADA LIND: Good morning": she asks, and is no senator
    return not (text[other.span.end : other.span.end + 1] == ":" and other.surface.isupper())


def _of_none(text: str, mention: Mention, role: Role) -> bool:
    """Whether a plural before one name alone is not said of it ("the sheriffs Hale met")."""
    closed = not mention.single and text.startswith((",", ".", ";", ":", " ("), mention.span.end)
    one_of = re.search(r"\b[Oo]ne of (?:[a-z]+ ){0,2}\Z", text[max(0, role.start - 32) : role.start])
    apart = text[role.start].islower() or "," in text[role.end : mention.span.start]
    return apart and not (closed and one_of)


def _shared(
    context: Context, mentions: Sequence[Mention], group: Sequence[int], role: Role, *, labels: bool
) -> dict[int, Mention]:
    """Each mention of a list with the role of the list, and with whose it is as said after the name."""
    side: Literal["shared", "before"] = "shared" if len(group) > 1 else "before"
    text, changes = context.text, dict[int, Mention]()
    for j in group:
        mention = mentions[j]
        own = replace(role, many=False, side=side, others=())
        if j != group[0] and role.elected and role.org == seat_after(text, mentions[group[0]].span.end):
            own = replace(own, org=None)
        own_seat = seat_after(text, mention.span.end)
        if labels and not own_seat and (label := LABEL.match(text, mention.span.end)):
            own = replace(own, org=" ".join(label["label"].split()))
        if mention.before.role is None or mention.before.role.many:
            own = seated(context, own, mention.span.end)
        both = BOTH.match(text, mention.span.end)
        before = group[-2:][0]
        one = changes.get(before) if role.elected and (both or len(group) == 2) else None
        if own.org and one and one.role and not one.role.org and (both or not own_seat):
            # The state of "Sens. Hale and Lind of Nevada", "Sens. Hale and Lind (both D-Md.)"
            changes[before] = one.with_main_role(replace(one.role, org=own.org))
        stated = mention.role if j != group[0] else None
        if stated is not None and stated.side != "after" and stated.standing == 2:
            changes[j] = replace(mention, other_roles=(*mention.other_roles, own))
            continue
        rest = tuple(r for r in mention.other_roles if not r.many)
        changes[j] = replace(mention, role=own, other_roles=(*rest, own))
    return changes


def listed_roles(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Read a role in the plural apart from the names of its list, before it or after it.

    "DEFENDERS: Ada Lind", "officials including Ada Lind"; "Ada Lind and Ben Moss are members of it".
    """
    changes: dict[int, Mention] = {}
    for i in range(len(mentions)):
        if i not in changes:
            changes.update(_list_from(context, mentions, i))
    known = [*applied(mentions, changes)]
    for i in range(1, len(known)):
        for k, mention in _list_until(context, known, i).items():
            changes[k] = known[k] = mention
    return changes


def _list_from(context: Context, mentions: Sequence[Mention], i: int) -> Changes:
    """The list that begins with mention ``i``, each with the role that is said before it."""
    mention = mentions[i]
    chart = context.chart_at(mention.before.start)
    tokens = chart.tokens
    place = chart.first_from(mention.before.start) - 1
    if place < 1 or tokens[place].key not in roles().including | roles().list_openers:
        return {}
    colon = tokens[place].text == ":"
    place -= colon and tokens[place - 1].key in roles().including
    such = tokens[place].key == "as"
    included = tokens[place].key in roles().including or tokens[place].key == "like"
    if such and tokens[place - 1].key != "such":
        return {}
    phrase = _plural_before(chart, place - such, strict=tokens[place].key == "like", far=included and colon)
    owned = phrase is not None and (phrase.role.org or phrase.role.determiner == "whose")
    if phrase is None or (phrase.role.phrase in roles().praise and not owned):
        return {}
    has_own = mention.role is not None and not (mention.role.elected or mention.role.style)
    if has_own and phrase.role.status not in TELLING:  # "officials including Finance Minister Ada Lind"
        return {}
    group = list(_run(context.text, mentions, i))
    if not (included or such):
        near = tokens[max(0, phrase.first - 3) : phrase.head.last]
        sizes = [roles().counts[token.key] for token in near if token.key in roles().counts]
        counted = sizes[:1] == [len(group)]
        beside = phrase.last == place - 1
        if not (counted and (beside or colon)) and not (colon and beside and mention.role is None):
            return {}
    changes = _shared(context, mentions, group, phrase.role, labels=True)
    for j in group:
        stated, shared = mentions[j].role, changes[j].other_roles[-1:]
        shared = () if stated is not None and stated.elected and phrase.role.elected else shared
        if stated is not None and stated.side != "after":
            changes[j] = replace(mentions[j], other_roles=(*mentions[j].other_roles, *shared))
    return changes


def _plural_before(chart: Chart, place: int, *, strict: bool, far: bool) -> RolePhrase | None:
    """The role phrase in the plural that ends before token ``place``; near it, or ``far``, if not strict."""
    tokens = chart.tokens
    for k in range(place - 1, max(-1, place - (2 if strict else _FAR if far else 12)), -1):
        if tokens[k].text in ENDS or (k in chart.of_person and not far):
            return None
        head = chart.heads.get(k)
        if head is not None and head.many:
            return read_phrase(chart, head, max(0, k - _FAR), tail=not strict)
    return None


def _list_until(context: Context, mentions: Sequence[Mention], i: int) -> Changes:
    """The list that ends with mention ``i``, each with the role that is said after it."""
    text = context.text
    said = _SAID_OF_ALL.match(text, mentions[i].span.end)
    between = text[mentions[i - 1].span.end : mentions[i].before.start].split()
    if said is None or between[-1:] not in (["and"], ["&"]):
        return {}
    chart = context.chart_at(mentions[i].span.start)
    at = chart.first_from(said.end())
    head = next((chart.heads[k] for k in range(at, at + 8) if k in chart.heads), None)
    phrase = read_phrase(chart, head, at) if head is not None and head.many else None
    if phrase is None or phrase.first != at or (phrase.bare and phrase.role.weak):
        return {}
    if phrase.role.phrase in roles().praise and not phrase.role.org:
        return {}
    group = [i]
    while group[0] and _goes_on(text, mentions[group[0] - 1], mentions[group[0]]):
        group.insert(0, group[0] - 1)
    shared = replace(phrase.role, many=False, side="shared")
    if said["past"] and shared.status == "current" and shared.phrase[-1] not in roles().lasting:
        shared = replace(shared, status="former")
    return {j: mentions[j].with_role(shared) for j in group if len(group) > 1}


def bodies_of_both(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give Ben Moss the body of "Roads Committee Chairman Ada Lind and Ranking Member Ben Moss"."""
    changes: dict[int, Mention] = {}
    for i in range(1, len(mentions)):
        one, other = changes.get(i - 1, mentions[i - 1]), mentions[i]
        first, second = one.before.role, other.before.role
        if first is None or second is None or other.role is not second or second.org or second.country:
            continue
        same = first.field == second.field or second.phrase == ("ranking", "member")
        refused = not same or second.style or second.standing < 2 or second.phrase in roles().top
        if refused or not _AND.fullmatch(context.text, one.span.end, other.before.start):
            continue
        org = None if second.phrase[-1] in roles().with_portfolio else first.org
        shared = replace(second, org=org, country=first.country)
        changes[i] = replace(other.with_main_role(shared), before=replace(other.before, role=shared))
    return changes


def share_out(context: Context, mentions: Sequence[Mention]) -> Changes:
    """Give each of two people one of two offices: "Ada Lind and Ben Moss, chairman and ranking member"."""
    changes: dict[int, Mention] = {}
    for i in range(len(mentions) - 1):
        one, other = mentions[i], mentions[i + 1]
        stated = [r for r in other.other_roles if r.side == "after"]
        if len(stated) != 2 or stated[0].phrase == stated[1].phrase or not _goes_on(context.text, one, other):
            continue
        kept = tuple(r for r in other.other_roles if r is not stated[0])
        main = stated[1] if other.role is stated[0] else other.role
        changes[i] = one.with_role(stated[0])
        changes[i + 1] = replace(other, role=main, other_roles=kept)
    return changes
