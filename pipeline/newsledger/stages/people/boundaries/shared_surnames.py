"""Surnames that one name lends another: "Joe and Jill Hale"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from newsledger.stages.people.coreference.entities import Named
from newsledger.stages.people.tables import alternation, given_and_pet_names, roles

_COUPLE = re.compile(r" (?:and|AND|&) \Z")
_CHILD_OF = re.compile(
    r"\b(?:son|daughter|sons|daughters|child|children|born|parents|twins)(?:,?\s(?:of|to))?,?\s\Z"
)


def share_surnames(text: str, mentions: list[Named]) -> None:
    """Note the surname that "Joe" has in "Joe and Jill Hale"."""
    for one, other in pairwise(mentions):
        if (
            len(one.parts.units) == 1
            and len(other.parts.units) > 1
            and other.parts.family
            and one.role is None
            and (other.role is None or other.role.side == "after")
            and (
                one.parts.joined in given_and_pet_names()
                or _CHILD_OF.search(text, max(0, one.found.start - 18), one.found.start)
            )
            and _COUPLE.fullmatch(text, one.found.end, other.found.start)
        ):
            one.shares = other.parts.units[other.parts.family].text
            one.parent = bool(_CHILD_OF.search(text, max(0, one.found.start - 18), one.found.start))
            if one.parent:
                # "Ada Hale, daughter of Joe and Jill Hale": Hale alone is the daughter.
                other.before = replace(other.before, kin=True)


_KIN = alternation(roles().kin)
_RELATIVE = re.compile(rf",?\s(?:and|&)\s\Z|[^.;:!?\n]{{0,40}}\b(?:{_KIN})\b[^.;:!?\n]{{0,30}}\Z")


def mark_relatives(text: str, mentions: list[Named]) -> None:
    """Tell apart the two of "Hale and Nancy Hale", "Hale's wife, Nancy Hale", "Ron Hale, son of Hale".

    Few articles write so, but without it "President Hale" would be his wife or son all over the article.
    """
    for i, (one, other) in enumerate(pairwise(mentions)):
        if (
            len(one.parts.units) + len(other.parts.units) < 3
            or min(len(one.parts.units), len(other.parts.units)) > 1
            or surname_of(one) != surname_of(other)
            or not 0 < other.found.start - one.found.end < _NEAR
            or not _RELATIVE.fullmatch(text, one.found.end, other.found.start)
        ):
            continue
        if len(other.parts.units) == 1:
            other.distinct_from = i
        elif other.role is None and not other.before.addressed:
            one.distinct_from = i + 1
            other.before = replace(other.before, kin=True)


_NEAR = 60


def surname_of(mention: Named) -> str:
    """The family name of a mention, or its last part, without particles."""
    parts = mention.parts
    return parts.units[-1 if parts.family is None else parts.family].bare
