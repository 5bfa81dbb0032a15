"""A figure with what rules say of its clause: measure, verb, and who is its subject."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import Context
from newsledger.stages.ledger.frames import Frame, subject_side
from newsledger.stages.ledger.lexicon import LISTS, forms, lemmas
from newsledger.stages.ledger.measure import Measure
from newsledger.stages.ledger.tokens import BREAKS, DATE, NAME, WORD

_OUTSIDE = LISTS["conjunctions"] | LISTS["relatives"] | LISTS["be"]
_STEPS = 14
_LONGEST = 4

Span = tuple[int, int]
"""First and last token of a party."""


class Clause(NamedTuple):
    """A figure with what the other rules say of it: class, measure, verb, and the subject of the verb."""

    c: Context
    name: str | None
    measure: Measure | None
    verb: Frame | None
    subject: Span | None


def clause_of(c: Context, name: str | None, measure: Measure | None, verb: Frame | None) -> Clause:
    """The clause of a figure of class ``name``."""
    subject = _left_party(c, subject_side(c, verb.at)) if verb is not None and verb.left else None
    return Clause(c, name, measure, verb, subject)


def party_at(c: Context, at: int) -> Span | None:
    """The tokens of the party that begins at a token: a name, a pronoun, "the company"."""
    entity = c.entity(at) if c.kind(at) == NAME else None
    if entity is not None:
        if entity.adjective and c.low(at + 1) in LISTS["organisation_nouns"]:
            return at, at + 1
        if entity.adjective or entity.type in (None, "place"):
            return _people(c, at)
        return at, at
    if c.low(at) in LISTS["party_pronouns"]:
        return at, at
    if c.low(at) in ("the", "this"):
        for end in range(at + 1, at + 5):
            if c.kind(end) not in (WORD, NAME) or c.low(end) in BREAKS:
                return None
            if c.low(end) in LISTS["organisation_nouns"]:
                return at, end + 2 * (c.low(end + 1) == "of" and c.kind(end + 2) == NAME)
    return _people(c, at)


def _people(c: Context, at: int) -> Span | None:
    """The tokens from one on that name people or bodies: "farmers", "Chadian fire departments"."""
    people = LISTS["people"]
    if c.low(at) in LISTS["helping"] or not any(
        token.low in people for token in c.tokens[at : at + _LONGEST]
    ):
        return None
    for end in range(at, at + _LONGEST):
        if c.kind(end) not in (WORD, NAME) or c.low(end) in BREAKS or (end == at and lemmas(c.low(at))):
            return None
        if c.low(end) in people:
            return None if c.low(end + 1) in people else (at, end)
    return None


def _ending(c: Context, at: int) -> Span | None:
    """The party whose last token is ``at``."""
    found = next((f for i in range(at, max(-1, at - 4), -1) if (f := party_at(c, i)) and f[1] == at), None)
    return None if found == (at, at) and c.low(at + 1) == "'s" else found


def _left_party(c: Context, at: int) -> Span | None:
    """The party that is the subject of what begins after a token: its head, not what hangs on it.

    Appositions between commas, brackets, dates and prepositional phrases are passed over.
    """
    for _ in range(_STEPS):
        low = c.low(at)
        if at < 0 or low in LISTS["clause_ends"]:
            return None
        if low in ("which", "who"):
            at -= 2 if c.low(at - 1) == "," else 1
        elif low in (",", "--", ")"):
            opening, most = ("(", 8) if low == ")" else (",", 18)
            at = next((i - 1 for i in range(at - 1, max(-1, at - most), -1) if c.low(i) == opening), -1)
        elif c.kind(at) == DATE:
            at -= 2 if c.low(at - 1) in ("in", "on", "since") else 1
        else:
            found = _ending(c, at)
            before = _preposition_before(c, found[0] if found else at)
            if before is None:
                return found
            at = before - 1
    return None


def _preposition_before(c: Context, at: int) -> int | None:
    """The preposition whose phrase holds a token; None where a noun phrase of its own begins there."""
    for i in range(at - 1, max(-1, at - 6), -1):
        low = c.low(i)
        if low in LISTS["prepositions"] and low != "as":
            return i
        if c.kind(i) not in (WORD, NAME) or low in _OUTSIDE:
            return None
        if any(tense == "past" for _, tense in forms().get(low, ())):
            return None
    return None
