"""Whom the words of a party mean: the fullest name, or the name a pronoun or "the company" stands for."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import Article
from newsledger.stages.ledger.drafts import PartyAnswer
from newsledger.stages.ledger.entities import Entity
from newsledger.stages.ledger.lexicon import LISTS

_THINGS = ("organisation", "country")


class Resolved(NamedTuple):
    """Whom a party means, None where that is not clear, and its rule with how that was told."""

    entity: Entity | None
    rule: str


def resolve(article: Article, party: PartyAnswer) -> Resolved:
    """The name that a party means: its own, or for a pronoun or description the only candidate."""
    kind, colon, word = party.basis.partition(":")
    entity, how = _entity(article, party)
    return Resolved(entity, f"{kind}{how}{colon}{word}")


def _entity(article: Article, party: PartyAnswer) -> tuple[Entity | None, str]:
    if party.entity >= 0:
        return article.entities[party.entity], ""
    last = article.text[party.start : party.end].lower().split()[-1]
    inside = [e for e in article.entities_between(party.start, party.end) if e.type == "country"]
    if inside:
        return inside[0], ", government"
    if last in LISTS["personal"]:
        found, how = _before(article, party.start, ("person",)), ", pronoun"
    elif last in LISTS["party_pronouns"] or last in LISTS["owners"]:
        found, how = _before(article, party.start, _THINGS), ", pronoun"
    elif last in LISTS["companies"]:
        found, how = _before(article, party.start, ("organisation",)), ", company"
    else:
        return None, ", described"
    return found, how if found else ", unresolved"


def _before(article: Article, position: int, types: tuple[str, ...]) -> Entity | None:
    """The one name of these types before a position in its sentence, else the one of the sentence before."""
    start, _ = article.layout.sentence_at(position)
    previous, _ = article.layout.sentence_at(max(0, start - 2))
    for first, last in ((start, position), (previous, start)):
        between = article.entities_between(first, last)
        inside = [e for e in between if e.type in types and not e.adjective]
        if inside:
            return inside[0] if len({e.name for e in inside}) == 1 else None
    return None
