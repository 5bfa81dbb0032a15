"""The clause of a figure: the verb that governs it, how the figure hangs on it, and who is its subject."""

from __future__ import annotations

from typing import NamedTuple

from newsledger.stages.ledger.context import BREAKS, DATE, NAME, WORD, Context
from newsledger.stages.ledger.lexicon import LISTS, VERBS, Verb, forms, lemmas, measure_noun
from newsledger.stages.ledger.measure import Measure, is_noun

_STOPS = (LISTS["relatives"] | LISTS["conjunctions"] | {"that", ";", ":"}) - {"and", "or", "as"}
_AUXILIARY = LISTS["be"] | LISTS["have"] | LISTS["modals"] | LISTS["adverbs"]
_PREPOSITIONS = frozenset(["for", "of", "to", "at", "by", "from", "in", "on", "with", "over"])
_TENSES = ("past", "done", "s", "ing", "base")
_FARTHEST = 22


class Frame(NamedTuple):
    """A verb with a figure: its token, entry, tense and voice, and the preposition between ("" for none).

    ``left`` is whether the verb stands before the figure: "paid $5m for", not "$5m was paid to".
    """

    at: int
    verb: Verb
    tense: str
    passive: bool
    preposition: str
    left: bool


def frame_of(c: Context) -> Frame | None:
    """The money verb of a figure; None where no verb of the lexicon governs it."""
    return _right(c) or _left(c)


def _form(c: Context, at: int) -> tuple[str, str] | None:
    """(lemma, tense) of a token that is a form of a money verb; past before base where it may be either."""
    if c.kind(at) != WORD or c.low(at - 1) in LISTS["determiners"] or c.low(at - 1) == "'s":
        return None
    found = [form for form in forms().get(c.low(at), ()) if form[0] in VERBS]
    return min(found, key=lambda form: _TENSES.index(form[1]), default=None)


def _left(c: Context) -> Frame | None:
    """The nearest money verb to the left in the clause."""
    preposition = c.low(c.left) if c.low(c.left) in _PREPOSITIONS else ""
    for at in range(c.left, max(-1, c.left - _FARTHEST), -1):
        if c.low(at) in _STOPS and (at < c.left or c.low(at) in ";:"):
            return None
        form = _form(c, at)
        if form is not None and not _is_noun(c, at, form):
            return Frame(at, VERBS[form[0]], form[1], _is_passive(c, at, form[1]), preposition, left=True)
    return None


def _is_noun(c: Context, at: int, form: tuple[str, str]) -> bool:
    """Whether a word that may be a verb is a noun or adjective: "total costs", "bid of", "a cut in"."""
    before, after = c.low(at - 1), c.low(at + 1)
    capital = c.article.text[c.tokens[at].start].isupper() and at > 0
    if form[1] == "ing":
        return (
            capital or after == "of" or (before not in LISTS["be"] and measure_noun([c.low(at)]) is not None)
        )
    if form[1] in ("past", "done") and form[0] != "bid":
        return False
    if before in LISTS["modals"] or before in ("to", "can", "not"):
        return False
    if form[1] == "base":
        return capital or c.kind(at - 1) != NAME or after == "of"
    beside = c.kind(at - 1) in (NAME, WORD) or before == ","
    return not beside or is_noun(c, at) or after in ("of", "in", "and", ",", "for", "from")


def _is_passive(c: Context, at: int, tense: str) -> bool:
    """Whether a participle is passive: after a form of "be", or before "by"."""
    before = at - 1
    while c.low(before) in LISTS["adverbs"] or c.low(before).endswith("ly"):
        before -= 1
    return tense in ("past", "done") and (c.low(before) in LISTS["be"] or c.low(at + 1) == "by")


def _right(c: Context) -> Frame | None:
    """ "$5m was paid", "$5m in aid pledged to": a participle after the figure and the noun in it."""
    at = c.at + 1
    while at < c.at + 7 and c.low(at) not in _AUXILIARY and not _participle(c, at):
        if c.kind(at) not in (WORD, NAME):
            return None
        at += 1
    auxiliary = False
    while c.low(at) in _AUXILIARY:
        auxiliary = auxiliary or c.low(at) in LISTS["be"]
        at += 1
    form = _participle(c, at)
    if form is None or not (auxiliary or c.kind(at + 1) == DATE or c.low(at + 1) in _PREPOSITIONS):
        return None
    return Frame(at, VERBS[form[0]], form[1], True, "", left=False)


def _participle(c: Context, at: int) -> tuple[str, str] | None:
    form = _form(c, at)
    return form if form is not None and form[1] in ("past", "done") else None


def subject_side(c: Context, verb: int) -> int:
    """The token before a verb and its auxiliaries, adverbs and the verbs it depends on ("agreed to pay")."""
    at = verb - 1
    while at >= 0 and (
        c.low(at) in _AUXILIARY
        or c.low(at) in LISTS["governors"]
        or (c.low(at + 1) == "to" and lemmas(c.low(at)))
        or c.low(at).endswith("ly")
        or (c.kind(at) == DATE and c.low(at - 1) not in ("in", "on"))
    ):
        at -= 1
    return at


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
