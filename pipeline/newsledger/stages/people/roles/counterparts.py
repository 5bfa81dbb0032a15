"""The office of a counterpart: "Trade Minister Hale hosted his Kenyan counterpart, Ada Lind"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.roles.roles import Context, Role

_WHOSE = (
    r"\s(?:(?:new|newly elected|outgoing|visiting)\s)?(?P<whose>[^.;:()\n]{0,60}?)\s?"
    r"(?P<word>counterparts?),?\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?\Z"
)
_COUNTERPART = re.compile(rf"\b(?:his|her|their){_WHOSE}")
_OWN = re.compile(rf"['’]s{_WHOSE}")
_FIELDS = frozenset({"state", "cabinet", "legislature", "military", "business", "local"})
_CALLED_OTHERWISE = frozenset({"secretary", "undersecretary"})
_HEADS = frozenset(
    {("president",), ("prime", "minister"), ("premier",), ("chancellor",), ("king",), ("queen",)}
)
"""Another country may be headed by who holds another office: "his British counterpart" of a president."""
_UNSAID = frozenset({"Ministry", "Department", "Office"})
_FAR = 90


def counterparts(context: Context, mentions: Sequence[Named]) -> None:
    """Give whom the text calls a counterpart the office of the other, of the country that it names."""
    text = context.text
    if "counterpart" not in text:
        return
    for i, mention in enumerate(mentions):
        start = mention.found.start
        if i == 0 or mention.role is not None or text.find("counterpart", max(0, start - 24), start) < 0:
            continue
        last = mentions[i - 1].found.end
        said = _OWN.match(text, last, start) or _COUNTERPART.search(text, max(last, start - _FAR), start)
        owner = _office_of(mentions, i) if said is not None else None
        if said is None or owner is None:
            continue
        role = _theirs(context, said, owner)
        if role is not None:
            mention.role = role


def _office_of(mentions: Sequence[Named], i: int) -> Role | None:
    """The office whose counterpart mention ``i`` is; none where two of the sentence hold different ones."""
    found: list[Role] = []
    for other in reversed(mentions[:i]):
        if other.sentence != mentions[i].sentence:
            break
        role = other.role or _known(mentions, other)
        if role is None:
            if not found:
                return None
            continue
        found.append(role)
    if not found or len({role.text for role in found}) > 1:
        return None
    role = found[0]
    return role if role.field in _FIELDS and not role.many and not role.style else None


def _known(mentions: Sequence[Named], other: Named) -> Role | None:
    """The office with which somebody who is named by the surname alone stands earlier."""
    if len(other.parts.units) != 1:
        return None
    key = other.parts.units[0].key
    for one in mentions:
        if one is other:
            return None
        if one.role is not None and one.parts.units[-1].key == key:
            return one.role
    return None


def _theirs(context: Context, said: re.Match[str], owner: Role) -> Role | None:
    """The office of the owner as the counterpart holds it: of another country, or of another body."""
    text = context.text
    left, right = said.span("whose")
    role = replace(
        owner, status="current", country=None, org=None, others=(), side="before", ends=-1, countries=()
    )
    many = said["word"].endswith("s")
    found = [c for at, c in context.country_starts.items() if left <= at < right]
    if not found:
        span = context.name_ends.get(right)
        if many or (left < right and (span is None or span.start_char != left or span.label != "ORG")):
            return None
        if left < right and span is not None:
            if span.surface.split()[-1] in _UNSAID or owner.org is None:
                return None
            return replace(role, org=" ".join(span.surface.split()))
        return role
    rest = text[left:right]
    for country in found:
        rest = rest.replace(text[country.start_char : country.end_char], "", 1)
    if rest.replace("and", "").replace("&", "").strip(" ,'’s-"):
        # "his Foreign Ministry counterpart in Kenya"
        return None
    if owner.phrase[-1] in _CALLED_OTHERWISE or owner.phrase == ("secretary", "of", "state"):
        # The counterpart of a defense secretary is called a minister where she is.
        return None
    codes = tuple(c.iso_alpha2 or "" for c in found)
    if owner.phrase in _HEADS or ("US" in codes and owner.phrase[-1] == "minister"):
        return None
    if len(codes) > 1 and not many:
        return None
    if many:
        return replace(role, many=True, country=None if len(codes) > 1 else codes[0], countries=codes)
    return replace(role, country=codes[0])
