"""What names that stand side by side share, or what tells them apart."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.layout import Layout
from pipeline.stages.people.persons import Named
from pipeline.stages.people.role_after import after
from pipeline.stages.people.roles import Context

_AND = re.compile(r",?\s(?:and|&)\s\Z")
_COMMA = re.compile(r",\s\Z")


def roles_after_list(context: Context, layout: Layout, mentions: list[Named]) -> None:
    """Give the office of "Ada Lind, Ben Moss and Jane Hale, county commissioners" to all of the list."""
    text = context.text
    for i in range(1, len(mentions)):
        one, other = mentions[i - 1], mentions[i]
        if one.role is not None or other.role is not None or len(other.parts.units) < 2:
            continue
        if text[other.found.end : other.found.end + 1] != "," or not _beside(text, one, other, _AND):
            continue
        ceiling = layout.segment_at(other.found.start).end
        if i + 1 < len(mentions):
            ceiling = min(ceiling, mentions[i + 1].found.end)
        role = after(context, other.found.end, ceiling, many=True)
        if role is None or not role.many:
            continue
        role = replace(role, many=False, side="shared")
        first = i - 1
        while (
            first
            and mentions[first - 1].role is None
            and _beside(text, mentions[first - 1], mentions[first], _COMMA)
        ):
            first -= 1
        for k in range(first, i + 1):
            mentions[k].role = role


def _beside(text: str, one: Named, other: Named, gap: re.Pattern[str]) -> bool:
    """Whether two full names without a form of address stand beside each other with ``gap`` between."""
    return (
        len(one.parts.units) > 1 < len(other.parts.units)
        and not other.before.addressed
        and bool(gap.fullmatch(text, one.found.end, other.found.start))
    )


_AND_OTHER = re.compile(r",?\s(?:and|&)(?:\s(?:his|her)\s[a-z-]+,?)?\s\Z")


def set_beside(text: str, mentions: list[Named]) -> None:
    """Note that the first is not the second in "Hale and Nancy Hale", who is kin of his."""
    for i, (one, other) in enumerate(pairwise(mentions)):
        family = other.parts.family
        if (
            len(one.parts.units) == 1
            and family
            and other.parts.keys[family] == one.parts.joined
            and not other.before.addressed
            and other.role is None
            and _AND_OTHER.fullmatch(text, one.found.end, other.found.start)
        ):
            one.not_of = i + 1
            other.before = replace(other.before, kin=True)
