"""The people, organisations and countries of an article, each mention with the fullest name it has there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.values.ledger import PartyType
from newsledger.values.mentions import CountryMention, NameSpan, PersonMention

_AROUND = lazy_regex(r"\A(?:the|a|an)\s+|['’]s?\Z", re.IGNORECASE)
_ACRONYM = lazy_regex(r"[A-Z][A-Z&.]{1,7}\Z")
_FORMS = lazy_regex(
    r",?\s+(?:Inc|Corp|Corporation|Ltd|Limited|P[Ll][Cc]|plc|Co|AG|SA|NV|Bhd|Sdn|LLC|LP|Company|Group|Holdings?)\.?\Z"
)
_TYPES: dict[str, PartyType] = {"ORG": "organisation", "FAC": "organisation", "MISC": "organisation"}
_OTHERS: dict[str, PartyType] = {"LOC": "place", "PER": "person"}


class Entity(NamedTuple):
    """A mention of a name: offsets, its fullest name in the article, what it is."""

    start: int
    end: int
    name: str
    type: PartyType | None
    country: str | None = None
    person: int | None = None
    adjective: bool = False


def entities(
    text: str,
    names: Sequence[NameSpan],
    people: Sequence[PersonMention],
    countries: Sequence[CountryMention],
) -> list[Entity]:
    """The mentions of all names in text order, none overlapping: of several at one place the longest."""
    bare = {n: _AROUND.sub("", " ".join(n.surface.split())) for n in names}
    full = full_names([bare[n] for n in names if n.label in _TYPES])
    found = [Entity(p.start_char, p.end_char, p.name, "person", person=p.person) for p in people]
    found += [
        Entity(n.start_char, n.end_char, full[bare[n]], _TYPES[n.label]) for n in names if n.label in _TYPES
    ]
    for c in countries:
        if not c.inside_name and c.iso_alpha3:
            adjective = c.mention_type in ("adjective", "demonym")
            found.append(Entity(c.start_char, c.end_char, c.name, "country", c.iso_alpha3, None, adjective))
    found += [
        Entity(n.start_char, n.end_char, bare[n], _OTHERS.get(n.label))
        for n in names
        if n.label not in _TYPES
    ]
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda e: (e.start, -e.end)):
        if not kept or entity.start >= kept[-1].end:
            kept.append(entity)
    return kept


def full_names(surfaces: Sequence[str]) -> dict[str, str]:
    """For each name of an organisation the fullest form of it in the article.

    A name of one word is that of the only longer one that begins with it or has its initials; of two names of
    several words the longer counts where it adds a legal form alone ("General Motors Europe" is another).

    >>> full_names(["Bank of Northland", "BN", "Laxal Corp", "Laxal"])["Laxal"]
    'Laxal Corp'
    """
    distinct = list(dict.fromkeys(surfaces))
    ordered = sorted((o.lower(), at) for at, o in enumerate(distinct))
    with_initials = defaultdict(list)
    for o in distinct:
        with_initials[_initials(o)].append(o)
    longer = {}
    for surface in distinct:
        # Those that begin with a name and a blank stand together in the order; "!" follows the blank.
        first, end = (bisect_left(ordered, (surface.lower() + after,)) for after in " !")
        found = [distinct[at] for at in sorted(at for _, at in ordered[first:end])]
        if " " in surface:
            found = [o for o in found if _FORMS.sub("", o) == surface]
        if not found and _ACRONYM.match(surface):
            found = with_initials.get(surface.replace(".", ""), [])
        if len({_FORMS.sub("", o) for o in found}) == 1:
            longer[surface] = max(found, key=len)
    return {s: longer.get(longer.get(s, s), longer.get(s, s)) for s in distinct}


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]", name) if word[:1].isupper())
