"""Whom the words of a party mean: the fullest name, or the name a pronoun or "the company" stands for."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from newsledger.lexicons.load import lazy_regex
from newsledger.stages.ledger.context import Answer, Article
from newsledger.stages.ledger.entities import Entity
from newsledger.stages.ledger.lexicon import LISTS

_THINGS = ("organisation", "country")
_OPENS_GOVERNING = lazy_regex(rf"(?i)the (?:{'|'.join(sorted(LISTS['governing']))})\b")
"""A sentence about "the state" or "the government", which "it" in the next one means."""


class Resolved(NamedTuple):
    """Whom a party means, None where that is not clear, and its rule with how that was told."""

    entity: Entity | None
    rule: str


def resolve(article: Article, party: Answer) -> Resolved:
    """The name that a party means: its own, or for a pronoun or description the only candidate."""
    entity, how = _entity(article, party)
    return Resolved(entity, party.basis + how)


def _entity(article: Article, party: Answer) -> tuple[Entity | None, str]:
    if party.entity >= 0:
        return article.entities[party.entity], ""
    words = article.text[party.start : party.end].lower().split()
    last = words[-1]
    inside = [e for e in article.entities_between(party.start, party.end) if e.type in ("country", "place")]
    if inside and not LISTS["governing"].isdisjoint(words):
        return inside[0], ", government"
    if last in LISTS["unnamed"]:
        return None, ", unresolved"
    if last in LISTS["personal"]:
        found, how = _leading(article, party.start, ("person",), alone=True), ", pronoun"
    elif last in LISTS["party_pronouns"] or last in LISTS["owners"]:
        found, how = _leading(article, party.start, _THINGS), ", pronoun"
    elif last in LISTS["companies"] and len(words) == 2:
        found, how = _leading(article, party.start, ("organisation",), opening=True), ", company"
    else:
        return None, ", described"
    return found, how if found else ", unresolved"


def _leading(
    article: Article, position: int, types: tuple[str, ...], *, alone: bool = False, opening: bool = False
) -> Entity | None:
    """The first name of these types in the sentence or one of the two before, if it is the commonest.

    With ``alone`` the only name of the nearest of these sentences will do; with ``opening`` it must be the
    first of the article too. Of 162 annotated "it" and "its" 154 are told right, of 87 "he" and "she" 82, of
    82 "the company" 75.
    """
    named = [e for e in article.entities if e.type in types and not e.adjective]
    counts = Counter(e.name for e in named)
    start, _ = article.layout.sentence_at(position)
    end = position
    for _ in range(3):
        inside = [e for e in named if start <= e.start < end]
        if inside:
            commonest = inside[0].name == max(counts, key=counts.__getitem__)
            opens = not opening or inside[0].name == named[0].name
            only = alone and len({e.name for e in inside}) == 1
            return inside[0] if only or (commonest and opens) else None
        if not alone and _OPENS_GOVERNING.match(article.text, start, end):
            return None
        start, end = article.layout.sentence_at(max(0, start - 2))[0], start
    return None
