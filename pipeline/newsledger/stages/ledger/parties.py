"""Who is who to an amount: by the slots of its verb, by possessives, by whose results they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsledger.stages.ledger.context import Context
from newsledger.stages.ledger.frames import Frame, subject_side
from newsledger.stages.ledger.lexicon import LISTS, PHRASES, forms, lemmas
from newsledger.stages.ledger.measure import Measure
from newsledger.stages.ledger.tokens import BREAKS, DATE, FIGURE, NAME, WORD
from newsledger.values.ledger import PartyRole

HELD = LISTS["held"]
_OUTSIDE = LISTS["conjunctions"] | LISTS["relatives"] | LISTS["be"]
_ENDS = LISTS["relatives"] | {";", ".", ":", "and", "but", "while"}
_IN_NOUN = frozenset(["total", "net", "annual", "first", "second", "full", "year"])
_STEPS = 14
_FARTHEST = 8

Span = tuple[int, int]
"""First and last token of a party."""


class Place(NamedTuple):
    """A party where it stands: the role, the tokens that name it, the rule."""

    role: PartyRole
    first: int
    last: int
    basis: str


def parties(c: Context, name: str | None, measure: Measure | None, verb: Frame | None) -> list[Place]:
    """The parties of a figure of class ``name``, the surest of each role with those joined to it."""
    found: dict[PartyRole, list[Place]] = {}
    rules = [_of_verb(c, name, verb), _holder(c, name, measure), _channel(c, name)]
    if measure is not None and name is not None:
        rules.insert(1, _possessive(c, name, measure))
    for place in (place for rule in rules for place in rule):
        taken = any(place.first == p.first for places in found.values() for p in places)
        if place.role not in found and not taken and _may_have(name, place.role):
            found[place.role] = list(_joint(c, place))
    return [place for places in found.values() for place in places]


def _may_have(name: str | None, role: PartyRole) -> bool:
    """Whether a class has such a party: results have holders, transfers have the others."""
    if name in HELD:
        return role == "holder" or (name, role) in (("cost", "payer"), ("debt", "recipient"))
    return name is None or (role != "holder" and name not in ("threshold", "other"))


def _joint(c: Context, place: Place) -> Iterator[Place]:
    """The party, and those joined to it by "and"."""
    yield place
    at = place.last
    while c.low(at + 1) == "and" and c.kind(at + 2) == c.kind(at) == NAME and c.low(at + 3) != "'s":
        at += 2
        yield place._replace(first=at, last=at)


def party_at(c: Context, at: int) -> Span | None:
    """The tokens of the party that begins at a token: a name, a pronoun, "the company"."""
    entity = c.entity(at) if c.kind(at) == NAME else None
    if entity is not None:
        if entity.adjective and c.low(at + 1) in LISTS["organisation_nouns"]:
            return at, at + 1
        return None if entity.adjective or entity.type in (None, "place") else (at, at)
    if c.low(at) in LISTS["party_pronouns"]:
        return at, at
    if c.low(at) in ("the", "this"):
        for end in range(at + 1, at + 5):
            if c.kind(end) not in (WORD, NAME) or c.low(end) in BREAKS:
                return None
            if c.low(end) in LISTS["organisation_nouns"]:
                return at, end
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


def _after_preposition(c: Context, preposition: str, start: int) -> Iterator[Span]:
    """The party after the first such preposition within the phrases that follow a token."""
    for at in range(start + 1, min(len(c.tokens), start + 1 + _FARTHEST)):
        if c.low(at) in _ENDS or (c.kind(at) == FIGURE and at != c.at):
            return
        if c.low(at) == preposition:
            named = c.low(at + 1) in ("the", "its") and c.kind(at + 2) == NAME
            found = party_at(c, at + 2 if named else at + 1)
            if found is not None and c.low(found[1] + 1) != "'s":
                yield found
            return


def _of_verb(c: Context, name: str | None, verb: Frame | None) -> Iterator[Place]:
    """The parties in the places of the verb: "Laxal gave Chad $5m", "Chad was given $5m by Laxal"."""
    if verb is None:
        return
    slots = verb.verb.slots
    subject, place = slots.get("subject"), slots.get("object")

    def made(role: str, found: Span, how: str) -> Place:
        return Place(role, *found, f"{how} of verb: {verb.verb.lemma}")  # type: ignore[arg-type]

    if verb.passive:
        for start in (verb.at, c.at) if subject is not None else ():
            for found in _after_preposition(c, "by", start):
                yield made(subject, found, "by")  # type: ignore[arg-type]
        if verb.left and place in ("recipient", "payer") and verb.preposition == "":
            passive = _left_party(c, subject_side(c, verb.at))
            if passive is not None:
                yield made(place, passive, "passive subject")
    elif verb.left:
        if subject is not None and _governs(c, verb) and not (subject == "holder" and name is None):
            active = _left_party(c, subject_side(c, verb.at))
            if active is not None and _may_be(c, active, subject, verb):
                yield made(subject, active, "subject")
        thing = party_at(c, verb.at + 1)
        if place in ("recipient", "payer", "holder") and thing is not None and thing[1] == c.left:
            yield made(place, thing, "object")
    for preposition in ("to", "from"):
        for found in _after_preposition(c, preposition, c.at) if preposition in slots else ():
            yield made(slots[preposition], found, f"after {preposition}")


def _governs(c: Context, verb: Frame) -> bool:
    """Whether a verb to the left takes the figure itself: no other amount with a party of its own between."""
    indirect = verb.verb.lemma in LISTS["direct_only"] and verb.preposition not in ("", "of", "in")
    if indirect or c.left - verb.at > _FARTHEST:
        return False
    last = next((i for i in range(c.left, verb.at, -1) if c.kind(i) == FIGURE), c.at)
    return all(c.kind(i) != NAME for i in range(last, c.at))


def _may_be(c: Context, found: Span, role: str, verb: Frame | None) -> bool:
    """Whether a party can have a role: lawmakers pay nothing, senators secure it for others."""
    entity = c.entity(found[1])
    if entity is None:
        return True
    secures = verb is not None and verb.verb.lemma in ("secure", "seek", "request", "win", "issue")
    senator = entity.type == "person" and role == "recipient" and secures
    return entity.name.split()[-1].lower() not in LISTS["lawmakers"] and not senator


def _possessive(c: Context, name: str, measure: Measure) -> Iterator[Place]:
    """ "Japan's aid", "its debt": whose the measure is."""
    giving = name in LISTS["given"] and measure.noun.split()[-1] in LISTS["gifts"]
    role: PartyRole | None = "holder" if name in HELD else "payer" if giving else None
    if role is None:
        return
    at = measure.first - 1
    if measure.first > c.at and (c.low(c.left) == "'s" or c.low(c.left) in LISTS["owners"]):
        at = c.left
    while c.kind(at) == DATE or c.low(at) in _IN_NOUN:
        at -= 1
    if c.low(at) == "'s" and c.kind(at - 1) == NAME:
        yield Place(role, at - 1, at - 1, f"possessive: {name}")
    elif c.low(at) in LISTS["owners"]:
        yield Place(role, at, at, f"possessive pronoun: {name}")


def _holder(c: Context, name: str | None, measure: Measure | None) -> Iterator[Place]:
    """ "Laxal reported a profit of $5m", "Laxal has debts of $5m": the subject of the clause."""
    if name not in HELD or name == "price":
        return
    begin = min(measure.first if measure else c.at, c.left + 1)
    for at in range(begin - 1, max(-1, begin - 13), -1):
        low = c.low(at)
        if low in LISTS["have"] or lemmas(low) & LISTS["reports"]:
            done = any(tense == "done" for _, tense in forms().get(c.low(at + 1), ()))  # "has seized"
            says = name in ("cost", "saving", "valuation") and lemmas(low) & {"report", "announce", "show"}
            found = None if says or (done and low in LISTS["have"]) else _left_party(c, subject_side(c, at))
            if found is not None and _may_be(c, found, "holder", None):
                yield Place("holder", *found, f"subject with results: {name}")
            return
        if low in (";", ":", "that") or c.kind(at) == FIGURE or low in LISTS["relatives"]:
            return


def _channel(c: Context, name: str | None) -> Iterator[Place]:
    """ "through World Bank projects", "via the Red Cross"."""
    for at in range(c.at + 1, min(len(c.tokens), c.at + _FARTHEST)) if name not in HELD else ():
        if c.low(at) in ("through", "via"):
            first = at + 2 if c.low(at + 1) == "the" else at + 1
            if c.kind(first) == NAME and (entity := c.entity(first)) and entity.type == "organisation":
                yield Place("channel", first, first, "through")
            return


def source(c: Context) -> Place | None:
    """Who says the amount: the subject of a verb of speech, or the name after "according to"."""
    for at in range(len(c.tokens)):
        low = c.low(at)
        for opener in PHRASES["sources"]:
            length = len(opener.split())
            if low == opener.split()[0] and " ".join(c.low(i) for i in range(at, at + length)) == opener:
                named = c.low(at + length) in ("the", "a") and c.kind(at + length + 1) == NAME
                found = party_at(c, at + length + named)
                if found is not None:
                    return Place("source", *found, "according to")
        tenses = {tense for lemma, tense in forms().get(low, ()) if lemma in LISTS["speech"]}
        if not tenses & {"past", "s"} or c.low(at - 1) in LISTS["be"] | LISTS["determiners"]:
            continue
        said = low in ("said", "says")
        found = _left_party(c, subject_side(c, at)) or (party_at(c, at + 1) if said else None)
        if found is not None and (said or at > c.at or c.low(at + 1) in ("that", "it", "the", "its", "a")):
            near = at > c.at or not any(c.low(i) in LISTS["relatives"] for i in range(at, c.at))
            where = "at the end" if at > c.at else "before" if near else "far before"
            return Place("source", *found, f"{'said' if said else 'speech verb'} {where}")
    return None
